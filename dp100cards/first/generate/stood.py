"""Wrong options as they stood beside their keys when cards were made last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dp100cards.cards import Card, Choice, Multiple
from dp100cards.first.generate.english import bare


@dataclass(frozen=True, slots=True)
class Stood:
    """What wrong options were like before: see `stood`."""

    options: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """By the note's words and the right answer, the options, without case."""
    reasons: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the option, without case, why it was wrong."""


def stood(cards: Iterable[Card]) -> Stood:
    """The wrong options that cards had before, and their reasons.

    They are taken again as long as the notes still show them to be wrong: so a new note changes no card that it has
    nothing to do with.
    """
    found: dict[tuple[str, str], set[str]] = {}
    reasons: dict[str, set[str]] = {}
    for card in cards:
        if isinstance(card, Choice | Multiple) and card.source:
            rights = [option.text for option in card.options if option.right]
            key = rights[0] if isinstance(card, Choice) else ""
            wrong = [(option.text.casefold(), option.because) for option in card.options if not option.right]
            found.setdefault(stands(card.source.quote, key), set()).update(text for text, _ in wrong)
            for text, because in wrong:
                reasons.setdefault(text, set()).add(because)
    return Stood(
        {key: frozenset(texts) for key, texts in found.items()},
        {text: frozenset(said) for text, said in reasons.items()},
    )


def told_as(option: str) -> str:
    """An option as it is compared with what stood before."""
    return bare(option).casefold()


def stands(quote: str, key: str) -> tuple[str, str]:
    """What options stood beside: the words of the note, and the right answer ("" for a list)."""
    return " ".join(quote.casefold().split()), bare(key).casefold()
