"""Wrong options, only where it is known that they are wrong: silence of the notes is not falsity.

Known are another row's value in the same column where no two rows share one, and the other terms of a list whose own
meanings differ clearly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

ALIKE = 60
"""From this likeness (token set ratio) on, two meanings may both fit."""
MOST_ALIKE_LENGTH = 2.5


def words_of(text: str) -> set[str]:
    """The content words of a text."""
    return {
        word for word in re.findall(r"[a-z0-9][\w+#.-]*", text.lower()) if len(word) > 3 or word.isdigit()
    }


def different(one: str, other: str) -> bool:
    """Can what is said in one not be meant by the other?"""
    a, b = words_of(one), words_of(other)
    if not a or not b or a <= b or b <= a:
        return bool(a) and bool(b) and not (a <= b or b <= a)
    return fuzz.token_set_ratio(one.lower(), other.lower()) < ALIKE or len(a & b) * 4 < min(len(a), len(b))


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
    several = re.compile(r",| and | or |/|;|\+")
    if len(distinct) < 4 or not all(values[:16]) or value not in distinct:
        return []
    longest = max(len(value), 12) * MOST_ALIKE_LENGTH
    fit = [
        each
        for each in distinct
        if each != value
        and clearly_different([value, each])
        and len(each) <= longest
        and len(each) * MOST_ALIKE_LENGTH >= len(value)
        and not (several.search(each) and several.search(value))
    ]
    return sorted(fit, key=lambda each: (abs(len(each) - len(value)), each))
