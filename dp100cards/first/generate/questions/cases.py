"""Rows that are no things but cases: what is asked for, and what answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, count_words, lower_first, plural
from dp100cards.first.generate.making import basic
from dp100cards.first.generate.phrase import quoted
from dp100cards.first.generate.questions.columns import ASIDE, EMPTY, first_of, is_yes_no, label_of, named
from dp100cards.first.notes.facts import Row

_LONG_CASE = 16
_CASES = re.compile(
    r"\b(?:scenarios?|requirements?|needs?|questions?|use cases?|problems?|situations?|symptoms?|goals?|tasks?|if you"
    r"|(?:you )?want|cases?|issues?|challenges?)\b",
    re.IGNORECASE,
)
"""How the first column of a table may be headed whose rows are cases."""
OF_CASES = re.compile(
    r"(?:exam |key )?(?:scenarios?|requirements?|situations?|problems?|if you (?:need|want)(?: to)?|symptoms?)",
    re.IGNORECASE,
)
"""How it is headed where they can be nothing else."""


def of_a_case(fact: Row) -> Iterator[Draft]:
    """Rows that are no things but cases: "“Copy a terabyte overnight”: what is the answer?"."""
    case = bare(fact.concept)
    if not 1 < count_words(case) <= _LONG_CASE or "|" in case:
        return
    doubts = () if _CASES.search(fact.category) else ("asks about no thing",)
    for header, cell in fact.cells:
        label = label_of(named(header, cell))
        if is_yes_no(cell) or EMPTY.match(cell.strip()) or ASIDE.search(header) or count_words(label) > 3:
            continue
        be = "are" if plural(label) else "is"
        ask = f"{quoted(case)}: what {be} the {lower_first(label)}?"
        short, rest = first_of(cell)
        yield basic(fact, "row.case", ask, short, explain=rest, item=header, doubts=doubts)
