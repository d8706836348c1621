"""How options look beside each other: what sets a right one apart, and the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from hashlib import sha256
from operator import ne

from dp100cards.cards import Option
from dp100cards.first.generate.english import plural
from dp100cards.first.generate.shape import features
from dp100cards.first.generate.stems import stems


def cue(option: str, key: str, stem_text: str) -> float:
    """How much an option's look sets the key apart from it: shape, length, words that the question repeats."""
    return cues(key, stem_text)(option)


def cues(key: str, stem_text: str) -> Callable[[str], float]:
    """`cue` for one key and one question."""
    asked, look, many, size = stems(stem_text), features(key), plural(key), len(key)
    repeated = len(stems(key) & asked)

    def of(option: str) -> float:
        looked, own = features(option), len(option)
        shapes: int = 0 if looked == look else sum(map(ne, looked, look))
        if plural(option) != many:
            shapes += 1
        clang = max(0, repeated - len(stems(option) & asked)) if repeated else 0
        if own <= 20 >= size:
            return shapes + clang
        longer, shorter = (own, size) if own > size else (size, own)
        return shapes + round(max(0.0, longer / max(1, shorter) - 1.25), 1) + clang

    return of


def in_order(options: Iterable[Option], seed: str) -> tuple[Option, ...]:
    """Options in an order that depends on the card alone: figures by size, all else by a hash."""
    listed = list(options)
    sizes = [figure(option.text) for option in listed]
    if all(size is not None for size in sizes):
        return tuple(
            option for _, option in sorted(zip(sizes, listed, strict=True), key=lambda pair: pair[0] or ())
        )
    return tuple(sorted(listed, key=lambda option: hash_of(seed + "\n" + option.text)))


_FIGURE = re.compile(r"[v<>≤≥~$€]*\s*(\d[\d.,]*)\s*([%°a-zA-Z]{0,8})\.?")


def figure(text: str) -> tuple[float, ...] | None:
    """The size of an option that is a number, a version or an amount ("3.6", "1,000", "20 %"); None for others."""
    found = _FIGURE.fullmatch(text.strip())
    if not found:
        return None
    parts = found[1].replace(",", "").rstrip(".").split(".")
    if len(parts) == 2 and not text.strip().startswith("v"):
        return (float(".".join(parts)),)
    return tuple(float(part) for part in parts if part)


def hash_of(text: str) -> str:
    """A number that depends on the text alone: an order without a pattern."""
    return sha256(text.encode()).hexdigest()
