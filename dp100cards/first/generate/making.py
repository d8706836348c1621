"""Drafts from their parts: what every card of a fact shares is said here once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dp100cards.cards import (
    Basic,
    Card,
    Choice,
    Cloze,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Source,
    Statements,
)
from dp100cards.first.generate.distractors import MOST, Wrong
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, sentence, upper_first
from dp100cards.first.generate.looks import in_order
from dp100cards.first.notes.facts import Fact


def _shared(fact: Fact, explain: str, tags: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "id": "",
        "deck": fact.deck,
        "explain": explain,
        "tags": tuple(dict.fromkeys((fact.kind, *tags, *fact.tags))),
        "source": fact.source,
        "status": fact.status if fact.status in ("advice", "outdated") else "",
    }


def _draft(card: Card, fact: Fact, rule: str, item: str, doubts: Iterable[str]) -> Draft:
    return Draft(card, fact, rule, "active", tuple(doubts), item)


def basic(
    fact: Fact,
    rule: str,
    ask: str,
    answer: str,
    *,
    explain: str = "",
    item: str = "",
    doubts: Sequence[str] = (),
) -> Draft:
    """A question and its answer; answer and explanation become sentences."""
    shared = _shared(fact, sentence(explain) if explain else "")
    return _draft(Basic(ask=_closed(ask), answer=sentence(answer), **shared), fact, rule, item, doubts)  # type: ignore[arg-type]


_SPACE_BEFORE_SIGN = re.compile(r"\s+\?$")


def _closed(ask: str) -> str:
    """The question with a capital at its head and no space before its sign."""
    return _SPACE_BEFORE_SIGN.sub("?", upper_first(ask))


def cloze(fact: Fact, rule: str, ask: str, *, item: str = "", doubts: Sequence[str] = ()) -> Draft:
    """A sentence with its `{{hidden}}` words."""
    return _draft(Cloze(ask=ask, **_shared(fact, "")), fact, rule, item, doubts)  # type: ignore[arg-type]


def choice(
    fact: Fact, rule: str, ask: str, key: str, wrong: Sequence[Wrong], *, explain: str = "", item: str = ""
) -> Draft:
    """A question with one right option and up to three wrong ones."""
    right = upper_first(bare(key))
    options = [Option(right, right=True), *(Option(w.text, because=w.because) for w in wrong[:MOST])]
    card = Choice(ask=upper_first(ask), options=in_order(options, ask), **_shared(fact, explain))  # type: ignore[arg-type]
    return _draft(card, fact, rule, item, ())


def multiple(
    fact: Fact,
    rule: str,
    ask: str,
    keys: Sequence[str],
    wrong: Sequence[Wrong],
    *,
    explain: str = "",
    item: str = "",
) -> Draft:
    """A question with several right options, their number told in the question."""
    options = [Option(upper_first(bare(key)), right=True) for key in keys]
    options += [Option(w.text, because=w.because) for w in wrong]
    card = Multiple(ask=upper_first(ask), options=in_order(options, ask), **_shared(fact, explain))  # type: ignore[arg-type]
    return _draft(card, fact, rule, item, ())


def order(fact: Fact, rule: str, ask: str, items: Sequence[str]) -> Draft:
    """Steps to be put in order."""
    listed = tuple(upper_first(bare(item)) for item in items)
    return _draft(Order(ask=ask, items=listed, **_shared(fact, "")), fact, rule, "", ())  # type: ignore[arg-type]


def match(fact: Fact, rule: str, ask: str, pairs: Sequence[tuple[str, str]], *, item: str = "") -> Draft:
    """Left sides to be matched to their right sides."""
    made = tuple(Pair(left, upper_first(bare(right))) for left, right in pairs)
    return _draft(Match(ask=ask, pairs=made, **_shared(fact, "")), fact, rule, item, ())  # type: ignore[arg-type]


def statements(fact: Fact, rule: str, ask: str, series: Sequence[Option]) -> Draft:
    """A series of statements, each true or not."""
    card = Statements(ask=ask, statements=tuple(series), **_shared(fact, "", ("yes-no",)))  # type: ignore[arg-type]
    return _draft(card, fact, rule, "", ())


def beside(source: Source, other: Source) -> Source:
    """The place that two sources of one note share."""
    if source.note != other.note:
        return source
    first, last = min(source.lines[0], other.lines[0]), max(source.lines[1], other.lines[1])
    return Source(source.note, (first, last), source.quote)
