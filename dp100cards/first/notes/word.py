"""Words: where they are in a text, bare of their punctuation, in the plural or as a participle, and their stems."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"`[^`]*`|[^\s]+")
IRREGULAR = frozenset(
    """
        built made done set put kept held run sent given taken written known seen shown found bound split
        tied
        """.split()
)


def words(text: str) -> list[str]:
    """The words of a text, with their punctuation; a code span is one word."""
    return WORD.findall(text) if "`" in text else text.split()


@lru_cache(maxsize=16384)
def bare(word: str) -> str:
    """A word without the punctuation around it, in lower case."""
    return word.strip(".,;:!?()[]“”\"'…").lower()


_PARTICIPLES = IRREGULAR | {"shared"}


def is_participle(word: str) -> bool:
    """Does the word look like a past participle: "attached", "built"?"""
    return (
        len(word) > 4 and word.endswith("ed") and word not in ("need", "speed", "shared", "embed")
    ) or word in _PARTICIPLES


def looks_plural(word: str) -> bool:
    """Does the word look like a plural noun?"""
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics"))


def stem(word: str) -> str:
    """A word without its plural or verbal ending."""
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + put
    if looks_plural(word):
        return word[:-1]
    return word
