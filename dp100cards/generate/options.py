"""The places of a card's options: the build's to give, for a person puts the right one first."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from dp100cards.cards import Card, Choice, Multiple

_NAMES_OTHERS = re.compile(
    r"(?i)^\(?[A-H][.):]\s"
    r"|\b(?:all|none|both|neither|any|only)\b.*\b(?:above|below|these|[A-H],? (?:and|or|nor) [A-H])\b"
)
_YES_NO = ({"yes", "no"}, {"true", "false"})
_QUANTITY = re.compile(r"\W*?(-?\d+(?:[.,]\d+)*)\s*([^\d\s]*)\W*")


def with_places(card: Card) -> Card:
    """The card with its options in their places: the right ones spread evenly over a bank, the same for one id always.

    Numbers are sorted. Options that name each other keep the order of the note, also "All of the above" and yes and no.
    """
    if not isinstance(card, Choice | Multiple):
        return card
    texts = [each.text for each in card.options]
    if keep_places(texts):
        values = [_quantity(text)[0] for text in texts]
        order = (
            range(len(texts)) if None in values else sorted(range(len(texts)), key=lambda n: values[n] or 0)
        )
        return replace(card, options=tuple(card.options[n] for n in order))
    mixed = sorted(card.options, key=lambda option: _dice(f"{card.id}\n{option.text}"))
    if isinstance(card, Choice):  # by the id alone: it stays in its place when a wrong one is reworded
        right = next(option for option in mixed if option.right)
        mixed.remove(right)
        mixed.insert(_dice(card.id) % len(card.options), right)
    return replace(card, options=tuple(mixed))


def keep_places(options: Sequence[str]) -> bool:
    """Have options an order of their own: numbers, yes and no, or those that name each other?"""
    values = [_quantity(text) for text in options]
    numbers = len({unit for _, unit in values}) == 1 and all(value is not None for value, _ in values)
    return (
        numbers or any(map(_NAMES_OTHERS.search, options)) or {text.casefold() for text in options} in _YES_NO
    )


def _dice(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _quantity(text: str) -> tuple[float | None, str]:
    """The number that an option is, if it is one, and its unit."""
    found = _QUANTITY.fullmatch(text.strip())
    if not found or found[1].count(".") > 1:
        return None, ""
    return float(found[1].replace(",", "")), found[2].casefold()
