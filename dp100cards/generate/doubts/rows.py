"""Doubts about the rows of a table: does a header name what is asked of a row, and is the row more than a sample?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.generate.draft import Draft
from dp100cards.generate.english import bare, count_words, plural
from dp100cards.generate.world import World
from dp100cards.notes.facts import MATRIX, Row
from dp100cards.notes.vocabulary import ADJECTIVES

_SIDES = frozenset(
    """local cloud remote on-premises on-prem onpremises premises azure aws gcp google amazon microsoft windows linux
    mac macos ios android public private hybrid before after old new free paid basic standard premium enterprise
    you customer provider client server development production dev prod test manual automatic static dynamic
    traditional modern internal external physical virtual ipv4 ipv6 tcp udp iaas paas saas sql nosql""".split()
)
"""Headers that are one side of a comparison, and no property of a row."""
_SAMPLE = re.compile(
    r"\bexample\.(?:com|org|net)\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\w+@\w+\.\w+|\b\w+\.(?:txt|csv|log|jpe?g|png|docx?)\b"
    r"|^\d{4}-\d\d-\d\d|^(?:row|item|record|user|student|customer|employee|product|order) ?\d+$",
    re.IGNORECASE,
)
"""What stands in a table of invented records."""
_AMOUNT = re.compile(r"(?:unlimited|none|all|many|few|several|up to .*|\d[\d,.]*[kKmM]?\+?)$", re.IGNORECASE)


def of_a_row(draft: Draft, world: World) -> Iterator[str]:
    """Why the cell of a row may not be what its header and its question say."""
    fact = draft.fact
    if not isinstance(fact, Row):
        return
    headers = [bare(header).lower() for header, _ in fact.cells]
    item = bare(draft.item).lower()
    if re.fullmatch(r"[\d.]+|[a-z]|#|col(?:umn)? ?\d+|value \d+", item):
        yield "the columns are compared with each other"
    if item and (_is_side(item) or _one_head(item, headers)):
        yield "the columns are compared with each other"
    if any(_SAMPLE.search(text) for text in (fact.concept, *(cell for _, cell in fact.cells[:1]))):
        yield "one row alone is an example"
    short = [value for _, value in fact.cells if re.fullmatch(r"[A-Z]", value.strip("`* "))]
    if fact.category != MATRIX and len(short) * 2 >= len(fact.cells) and len(fact.cells) > 1:
        yield "one row alone is an example"
    cell = next((value for header, value in fact.cells if header == draft.item), "")
    if (
        draft.rule == "row.cell"
        and plural(item)
        and _AMOUNT.match(cell.strip())
        and " have?" not in draft.card.ask
    ):
        yield "clumsy question"
    if count_words(item) > 3:
        yield "long header"


def _is_side(header: str) -> bool:
    """Is it one of the things compared: "Local", "Terraform Cloud", "AWS"?"""
    words = re.findall(r"[\w-]+", header)
    return bool(words) and (all(w in _SIDES for w in words) or (len(words) == 1 and words[0] in ADJECTIVES))


def _one_head(header: str, headers: list[str]) -> bool:
    """Do all the columns end in one word, and so name things of one kind: "kernel space", "user space"?"""
    heads = {each.split()[-1] for each in headers if each.split()}
    return len(headers) > 1 and len(heads) == 1 and len(header.split()) > 1
