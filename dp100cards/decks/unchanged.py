"""A deck file that stands mostly as the build wrote it, read without YAML.

A card whose lines are, letter by letter, what would be written for the card as it was generated last *is* that card.
Only the others are read as YAML, one by one: that takes a tenth of the time and of the memory, for a parser makes
dozens of objects of each card.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dp100cards.cards import Card, Deck
from dp100cards.decks.nodes import Place
from dp100cards.decks.read import Reading, read_deck
from dp100cards.decks.write import card_lines

_CARDS = "\ncards:\n"
_DASH = "\n  - "


def read_unchanged(text: str, path: str, name: str, known: Mapping[str, Card]) -> Reading | None:
    """The deck, or None where it has to be read as a whole: it has mistakes, another layout, or other cards.

    `known` are the cards as they were generated last, by id.
    """
    head, found, body = text.partition(_CARDS)
    if not found or not body.startswith(_DASH[1:]) or "\r" in text:
        return None
    start = read_deck(f"{head}\ncards: []\n", path, name)
    if start.problems:
        return None
    reading = Reading(start.deck)
    chunks = body[len(_DASH) - 1 :].removesuffix("\n").split(_DASH)
    line, cards, read = head.count("\n") + 3, [], 0
    for chunk in chunks:
        card = _as_written(chunk, start.deck, known)
        if card is None:
            read += 1
            card = _read(chunk, head, path, start.deck) if 2 * read <= len(chunks) + 2 else None
        if card is None or card.id in reading.places:
            return None
        reading.places[card.id] = Place(line, len(_DASH))
        cards.append(card)
        line += chunk.count("\n") + 1
    reading.deck = replace(start.deck, cards=tuple(cards))
    return reading


def _as_written(chunk: str, deck: Deck, known: Mapping[str, Card]) -> Card | None:
    """The known card of which these are the lines."""
    card = known.get(chunk[4 : chunk.find("\n")])
    if card is None or card.deck != deck.name:
        return None
    return card if "\n".join(card_lines(card, deck.area))[len(_DASH) - 1 :] == chunk else None


def _read(chunk: str, head: str, path: str, deck: Deck) -> Card | None:
    """The one card of these lines."""
    if any(line[:1] not in ("", " ", "#") for line in chunk.split("\n")[1:]):
        return None  # what stands at the left margin is no part of a card
    reading = read_deck(f"{head}{_CARDS}  - {chunk}\n", path, deck.name)
    told, cards = reading.deck, reading.deck.cards
    if reading.problems or len(cards) != 1 or replace(told, cards=()) != deck:
        return None
    return cards[0]
