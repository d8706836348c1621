"""A card's options: which are known to be wrong, and in which places they stand.

Silence of the notes is not falsity. Known to be wrong are another row's value in the same column where no two rows
share one, and the other terms of a list whose own meanings differ clearly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dp100cards.cards import Card, Choice, Multiple

ALIKE = 60
"""From this likeness (token set ratio) on, two meanings may both fit."""
MOST_ALIKE_LENGTH = 2.5
SEVERAL = re.compile(r",| and | or |/|;|\+")


def words_of(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9][\w+#.-]*", text.lower())
    return {word for word in words if len(word) > 3 or word.isdigit()}


def different(one: str, other: str) -> bool:
    """Can what is said in one not be meant by the other?"""
    from rapidfuzz.fuzz import token_set_ratio  # 23 ms, which the first card of a session does without

    a, b = words_of(one), words_of(other)
    if not a or not b or a <= b or b <= a:
        return False
    return token_set_ratio(one.lower(), other.lower()) < ALIKE or len(a & b) * 4 < min(len(a), len(b))


def clearly_different(values: Sequence[str]) -> bool:
    """Do all values of a small group differ from each other?"""
    low = [value.lower().strip(" .") for value in values]
    if len(set(low)) < len(low):
        return False
    if all(len(value.split()) <= 3 for value in low):
        return not any(a in b for n, a in enumerate(low) for m, b in enumerate(low) if n != m)
    return all(different(a, b) for n, a in enumerate(low) for b in low[n + 1 :])


def others_of_list(name: str, value: str, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Other terms of a list that cannot be meant by this meaning, with their meanings; alike in length first."""
    mine = words_of(name)
    found = [
        (other, said)
        for other, said in pairs
        if other != name
        and different(value, said)
        # A kind and one of its kind could both be meant.
        and not (mine & (words_of(said) | words_of(other)) or words_of(other) & words_of(value))
    ]
    return sorted(found, key=lambda pair: abs(len(pair[0]) - len(name)))


def others_of_column(value: str, values: Sequence[str]) -> list[str]:
    """Values of other rows that are wrong for this one: where a row has one value, and the two do not overlap."""
    distinct = list(dict.fromkeys(each for each in values[:16] if each))
    if len(distinct) < 4 or not all(values[:16]) or value not in distinct:
        return []
    longest = max(len(value), 12) * MOST_ALIKE_LENGTH
    fit = [
        each
        for each in distinct
        if each != value
        and clearly_different([value, each])
        and len(value) / MOST_ALIKE_LENGTH <= len(each) <= longest
        and not (SEVERAL.search(each) and SEVERAL.search(value))
    ]
    return sorted(fit, key=lambda each: (abs(len(each) - len(value)), each))


_NAMES_OTHERS = (
    r"(?i)^\(?[A-H][.):]\s"
    r"|\b(?:all|none|both|neither|any|only)\b.*\b(?:above|below|these|[A-H],? (?:and|or|nor) [A-H])\b"
)
_YES_NO = ({"yes", "no"}, {"true", "false"})
_QUANTITY = r"\W*?(-?\d+(?:[.,]\d+)*)\s*([^\d\s]*)\W*"


def with_places(card: Card) -> Card:
    """The card with its options in their places: the right ones spread evenly over a bank, the same for one id always.

    The places are the build's to give, for a person puts the right option first. Numbers are sorted; options that name
    each other keep the order of the note, also "All of the above" and yes and no.
    """
    if not isinstance(card, Choice | Multiple):
        return card
    if keep_places([each.text for each in card.options]):
        sizes = [size for each in card.options if (size := _quantity(each.text)[0]) is not None]
        if len(sizes) < len(card.options):
            return card
        order = sorted(range(len(sizes)), key=sizes.__getitem__)
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
    yes_no = {text.casefold() for text in options} in _YES_NO
    return numbers or yes_no or any(re.search(_NAMES_OTHERS, each) for each in options)


def _dice(text: str) -> int:
    import hashlib  # 3 ms that a first card without options saves

    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _quantity(text: str) -> tuple[float | None, str]:
    """The number that an option is, if it is one, and its unit."""
    found = re.fullmatch(_QUANTITY, text.strip())
    if not found or found[1].count(".") > 1:
        return None, ""
    return float(found[1].replace(",", "")), found[2].casefold()
