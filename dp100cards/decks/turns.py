"""In which order the cards of a deck are begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dp100cards.cards import Card

OUTDATED = 1_000_000
"""Added to the turn of a card that is outdated: it comes after all others of its deck."""


def turns(cards: Iterable[Card]) -> Iterator[int]:
    """When each card of a deck is begun: the first of every line of a note, then the second of each, and so on."""
    met: Counter[str] = Counter()
    for card in cards:
        line = f"{card.source.note}:{card.source.lines[0]}" if card.source else card.id
        yield met[line] + OUTDATED * (card.status == "outdated")
        met[line] += 1
