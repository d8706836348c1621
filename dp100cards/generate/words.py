"""Words as they are compared: folded, and by the stems that two wordings of one thing share."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

from dp100cards.cards import (
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

WORD = re.compile(r"[^\W_]+(?:[#+]+|(?:['’.][^\W_]+)*)")
"""`F#`, `C++`, `3.6` and `score.py` are words."""

STOP_WORDS = frozenset(
    """
    a an the this that these those it its they them their there he she his her we us our you your i me my who whom
    which what when where why how and or but nor so yet if then than as at by for from in into of off on onto out
    over to up with within without about above after again against all also am any are be because been before being
    below between both can could did do does doing down during each few had has have having here just more most no
    not now only other own same should some such too under until very was were while will would
    """.split()
)
_MARKS = re.compile(r"[`*_“”\"]")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending: "stores", "storing" and "stored" share "store"."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    return str(_stemmer.stemWord(word)) if len(word) > 3 and word.isalpha() else word


@lru_cache(maxsize=16384)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that say something."""
    words = (word.casefold() for word in WORD.findall(text))
    return frozenset(stem(word) for word in words if word not in STOP_WORDS)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """A text without case, spacing, Markdown's marks and a full stop at the end."""
    return " ".join(_MARKS.sub("", text).casefold().split()).rstrip(".")


def masked(text: str) -> str:
    """A folded text with every number as 0."""
    return _NUMBER.sub("0", fold(text))


def numbers(text: str) -> list[str]:
    """The numbers and versions of a text, in order."""
    return _NUMBER.findall(text)


_NAME = re.compile(r"(?<![.!?:]\s)(?<![\n\t“])(?<!^)\b([A-Z][\w#+]*)|\b([a-z]+[A-Z]\w*|[A-Z]{2,}\w*)")


def names(text: str) -> frozenset[str]:
    """The words of a text that are names: with a capital, where no sentence begins, or inside."""
    return frozenset(word.casefold().rstrip("s") for pair in _NAME.findall(text) for word in pair if word)


def answer_text(card: Card) -> str:
    """The right answer as text, for comparing; the order of options is left out."""
    match card:
        case Basic(answer=answer):
            return answer
        case Choice(options=options) | Multiple(options=options):
            return "\n".join(sorted(option.text for option in options if option.right))
        case Order(items=items):
            return "\n".join(items)
        case Match(pairs=pairs):
            return "\n".join(f"{pair.left}\t{pair.right}" for pair in pairs)
        case Statements(statements=statements):
            return "\n".join(f"{each.text}\t{each.right}" for each in statements)
        case Cloze(ask=text) | Code(code=text):
            return "\n".join(gaps(text))
    raise TypeError(f"no such kind of card: {card!r}")
