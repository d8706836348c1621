"""A first guess at how hard a card is, before anybody has answered it."""

from __future__ import annotations

from dp100cards.cards import (
    MARKED_BY_PROGRAM,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Order,
    Statements,
    gaps,
)
from dp100cards.first.generate.english import count_words
from dp100cards.first.generate.stems import stems

_BY_KIND = {
    "choice": 3.5, "statements": 4.0, "cloze": 4.5, "match": 4.5,
    "basic": 5.0, "multiple": 5.5, "order": 5.5, "code": 6.0,
}  # fmt: skip
"""Recognising is easier than recalling, one thing easier than several."""


def guess_difficulty(card: Card) -> float:
    """From 1 (easy) to 10, on FSRS's scale: by what is asked, how much of it, how near the wrong options are."""
    guess = _BY_KIND[card.kind]
    match card:
        case Basic(answer=answer):
            guess += min(2.5, 0.12 * max(0, count_words(answer) - 4))
        case Cloze(ask=ask):
            guess += 0.6 * (len(gaps(ask)) - 1) + 0.2 * (sum(map(count_words, gaps(ask))) - 1)
        case Choice(options=options) | Multiple(options=options):
            guess += 2.0 * nearness(options_texts(options)) + 0.3 * (len(options) - 3)
        case Order(items=items):
            guess += 0.5 * (len(items) - 3)
        case Match(pairs=pairs):
            guess += 0.4 * (len(pairs) - 3)
        case Statements(statements=series):
            guess += 0.5 * (len(series) - 2)
        case Code(code=code, wrong=wrong):
            guess += 0.5 * (len(gaps(code)) - 1) - (1.0 if wrong else 0.0)
    if card.kind in MARKED_BY_PROGRAM:
        guess = min(guess, 8.0)
    return round(min(10.0, max(1.0, guess)), 1)


def options_texts(options: tuple[object, ...]) -> list[frozenset[str]]:
    """The stems of each option."""
    return [stems(getattr(option, "text", "")) for option in options]


def nearness(options: list[frozenset[str]]) -> float:
    """How much the options have in common, 0–1: the mean share of common stems over all pairs."""
    pairs = [(a, b) for n, a in enumerate(options) for b in options[n + 1 :] if a or b]
    return sum(len(a & b) / len(a | b) for a, b in pairs) / len(pairs) if pairs else 0.0
