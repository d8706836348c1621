"""The content stems of a text: what two wordings of one thing have in common.

A stem is a word in lower case without its ending; stop words give none. Two texts are compared by their sets of
stems: that is blunt, and blunt on the side of caution, for a shared stem forbids an option or a question.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from dp100cards.first.notes.vocabulary import GENERIC, STOP_WORDS

WORD = re.compile(r"[^\W_]+(?:[#+]+|(?:['’.][^\W_]+)*)")
"""Without a possessive group: Python 3.11.2 takes a full stop too many with one, and so would draw other cards."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its usual endings: "stores", "storing" and "stored" share "stor"."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    if len(word) <= 3 or not word.isalpha():
        return word.rstrip("s") if len(word) > 3 else word
    for ending, put in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + put
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "ey" else word


_ENDINGS = (
    ("isations", "is"), ("izations", "iz"), ("isation", "is"), ("ization", "iz"), ("ations", "at"), ("ation", "at"),
    ("ments", "ment"), ("nesses", ""), ("ness", ""), ("ingly", ""), ("edly", ""), ("ings", ""), ("ing", ""),
    ("ities", "it"), ("ity", "it"), ("ables", "abl"), ("ated", "at"), ("ates", "at"), ("ate", "at"), ("ized", "iz"),
    ("izes", "iz"), ("ize", "iz"), ("ised", "is"), ("ises", "is"), ("ise", "is"), ("ions", ""), ("ion", ""),
    ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ers", "er"), ("ors", "or"), ("ed", ""), ("es", "e"), ("ly", ""),
    ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""),
)  # fmt: skip


_APART = bytes(ord(" ") if chr(n) in ',;:!?()[]"`*-/=<>|\n\t&%$@^~{}\\' else n for n in range(256))
"""What stands between words and never in one, as a space."""


def words(text: str) -> list[str]:
    """The words of a text, as written: "F#", "3.6", "score.py" and "on-premises" (two) are words.

    Most texts hold nothing but letters and what stands between words: these need no pattern.
    """
    if text.isascii():
        apart = text.encode().translate(_APART).rstrip(b" .")
        if apart.replace(b" ", b"").isalnum():
            return apart.decode().split()
    return WORD.findall(text)


@lru_cache(maxsize=16384)
def stems(text: str) -> frozenset[str]:
    """The content stems of a text."""
    return frozenset(map(_content_stem, words(text))) - _NONE


@lru_cache(maxsize=16384)
def _content_stem(word: str) -> str:
    """A word's stem; "" for a stop word."""
    return "" if word.casefold().replace("’", "'") in STOP_WORDS else stem(word)


_NONE = frozenset([""])


@lru_cache(maxsize=4096)
def stems_in_order(text: str) -> tuple[str, ...]:
    """The stems of all words of a text, one after the other."""
    return tuple(map(stem, words(text)))


def telling(text: str) -> frozenset[str]:
    """The content stems that say something: not the generic ones, unless there are no others."""
    found = stems(text)
    return found - GENERIC_STEMS or found


GENERIC_STEMS = frozenset(stem(w) for w in GENERIC)


def overlap(part: Set[str], whole: Set[str]) -> float:
    """How much of `part` is in `whole`, 0–1; an empty part is wholly in."""
    return len(part & whole) / len(part) if part else 1.0
