"""Rows that begin with a command: what does it do, and which one does this?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.making import basic
from dp100cards.first.generate.phrase import quoted
from dp100cards.first.generate.questions.columns import DOES, EMPTY, USE, WHAT, first_of, is_yes_no, named
from dp100cards.first.notes.facts import Row

_COMMAND = re.compile(r"\W{0,3}`([^`\s]+[\s=][^`]+)`\W{0,3}\|")
"""A first cell that is all code, and more than a word of it: `docker pull <image>`."""


def command_of(fact: Row) -> str:
    """The command that names a row, as code; "" where something else does."""
    found = _COMMAND.match(fact.source.quote)
    return f"`{found[1]}`" if found and found[1].strip() == fact.concept else ""


def of_a_command(fact: Row, command: str) -> Iterator[Draft]:
    """Both ways for the column that says what it does; else what the column says of it."""
    for header, cell in fact.cells:
        if EMPTY.match(cell.strip()) or is_yes_no(cell):
            continue
        told, rest = first_of(cell)
        if not any(column.match(named(header, cell)) for column in (WHAT, DOES, USE)):
            ask = f"{command}: what is said under {quoted(header)}?"
            yield basic(fact, "row.cell", ask, told, explain=rest, item=header)
            continue
        yield basic(fact, "row.cell", f"What does {command} do?", told, explain=rest, item=header)
        yield basic(fact, "row.command", f"Which command does this: {quoted(told)}?", command, item=header)
