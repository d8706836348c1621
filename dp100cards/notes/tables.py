"""Facts of tables: cells, columns and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dp100cards.notes.blocks import Block
from dp100cards.notes.fact import Facts, Spot
from dp100cards.notes.inline import bare, plain
from dp100cards.notes.words import LISTS

ASPECTS = LISTS["aspects"]
ASPECT = re.compile(
    r"(?:feature|aspect|criteri(?:on|a)|property|attribute|characteristic|basis|factor|point|difference)s?\Z"
)
DATED = re.compile(r"(?:date|year|when|time|period)s?\Z", re.IGNORECASE)
NO_THING = frozenset("# no nr id week day date chapter file link step".split()) | {""}
MOST_ROWS = 40


def table_facts(facts: Facts, spot: Spot, block: Block) -> None:
    """The cells and columns of a table whose first column names things."""
    header = [plain(cell) for cell in block.rows[0].cells]
    rows = [(row.line, [bare(cell) for cell in row.cells]) for row in block.rows[1:]]
    facts.said += [((line, line), " | ".join(cells)) for line, cells in rows]
    lines = [line for line, _ in rows]
    firsts = [cells[0].lower() for _, cells in rows]
    events = [cells[1] for _, cells in rows] if len(header) == 2 else []
    if events and DATED.match(header[0]) and all(events) and all(re.search(r"\d", each) for each in firsts):
        _dates(facts, spot, rows)
        return
    turned = len(header) > 2 and (
        ASPECT.match(header[0].lower()) or sum(e in ASPECTS for e in firsts) * 3 > len(firsts)
    )
    if turned:
        # The things stand in the header: turn the table over.
        things = [facts.index.with_article(name) for name in header[1:]]
        columns = [[thing, *(cells[n] for _, cells in rows)] for n, thing in enumerate(things, 1)]
        header = ["item", *(cells[0] for _, cells in rows)]
        rows = [(block.first, cells) for cells in columns]
    names = [cells[0] for _, cells in rows]
    if {cell.lower() for cell in header[1:]} & {name.lower() for name in names}:
        return  # things against things
    if len(header) == 2 and header[0].isupper() and header[1].isupper():
        return  # two lists side by side
    things_named = all(name and len(name.split()) <= 6 and re.search("[A-Za-z]", name) for name in names)
    if (
        len(rows) < 2
        or len(set(names)) < len(rows)
        or header[0].lower().strip(" .") in NO_THING
        or not things_named
    ):
        return
    for column in range(1, len(header)):
        items = [(cells[0], cells[column]) for _, cells in rows[:MOST_ROWS]]
        shared = {"header": header[column], "thing": header[0]}
        facts.keep(spot, f"{header[0]} | {header[column]}", "column", header[0], items=items, **shared)
        for n, (line, cells) in enumerate(rows):
            if value := cells[column]:
                at = lines[column - 1] if turned else line
                here = replace(spot, lines=(at, at))
                facts.keep(
                    here,
                    f"{cells[0]} | {value}",
                    "cell",
                    cells[0],
                    value,
                    items,
                    cells[0],
                    row=str(n),
                    **shared,
                )


def _dates(facts: Facts, spot: Spot, rows: Sequence[tuple[int, list[str]]]) -> None:
    """A table of dates and what happened."""
    items = [(cells[1], cells[0]) for _, cells in rows[:MOST_ROWS]]
    for line, cells in rows:
        here = replace(spot, lines=(line, line))
        facts.keep(here, f"{cells[0]} | {cells[1]}", "date", cells[1], cells[0], items, cells[1])
    facts.keep(spot, f"{rows[0][1][0]} | {rows[-1][1][0]}", "dates", plain(spot.section.title), items=items)
