"""Ordinary words: what is written as one is no name, and what is nearly one is perhaps a slip."""

from __future__ import annotations

import re
from functools import lru_cache

from dp100cards.first.notes.ordinary_words import COMMON, OTHERS

_SUFFIXES = tuple(
    """s es ed d ing ly r er ers rs ness able ment ments ion ions al y ize ized izing ability ities ity ist ists less
    ful or ors ive ation ations""".split()
)
_PREFIXES = tuple(
    """un re pre non sub multi over inter micro auto de dis mis out up cyber hyper super meta data under co anti bi semi
    self web sand work back fire""".split()
)
_BRITISH = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("ysing", "yzing"),
    ("our", "or"),
)
SHORTEST = 5
"""A shorter word has too many neighbours to be called a slip."""
_KNOWN = COMMON | OTHERS
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=16384)
def is_ordinary(word: str) -> bool:
    """Is this a word of the language, in one of its forms, and in letters of any size?"""
    low = word.lower()
    if low in _KNOWN:
        return True
    for british, american in _BRITISH:
        if british in low and is_ordinary(low.replace(british, american)):
            return True
    for suffix in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= 3:
            stem = low[: -len(suffix)]
            undoubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
            if not _KNOWN.isdisjoint((stem, stem + "e", undoubled)):
                return True
            if stem.endswith("i") and stem[:-1] + "y" in _KNOWN:
                return True
    return any(low.startswith(prefix) and low[len(prefix) :] in _KNOWN for prefix in _PREFIXES)


@lru_cache(maxsize=16384)
def meant(word: str) -> frozenset[str]:
    """The common words that are one letter away from a word in small letters that is no ordinary one: "parition" is
    perhaps "partition"."""
    if len(word) < SHORTEST or is_ordinary(word):
        return frozenset()
    return COMMON & _near(word)


def _near(word: str) -> set[str]:
    """All strings that are one letter away: one left out, added, changed, or two that changed places."""
    found: set[str] = set()
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        found.update(head + letter + tail for letter in _LETTERS)
        if tail:
            found.add(head + tail[1:])
            found.update(head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            found.add(head + tail[1] + tail[0] + tail[2:])
    found.discard(word)
    return found


_CODE = re.compile(r"`[^`]*`|\S*[/\\_@.:=<>#]\S*[^\s.,:;!?)”]")
_SMALL_WORD = re.compile(r"(?<![\w'’])[a-z]{5,}(?![\w'’])")


def slips(text: str) -> list[str]:
    """The words of a text that are perhaps slips; code, paths and what has a capital are left out."""
    plain = _CODE.sub(" ", text) if not text.replace(" ", "").isalpha() else text
    return [word for word in _SMALL_WORD.findall(plain) if meant(word)]
