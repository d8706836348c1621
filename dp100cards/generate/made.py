"""A card in the making, and what all templates need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dp100cards.cards import Basic, Card, Match, Pair
from dp100cards.generate.distractors import clearly_different

TRUTHS = re.compile(
    r"(?:yes|no|true|false|y|n|x|present|absent|usually|rarely|sometimes)\b|[✓✔✗✘✅❌⚠]", re.IGNORECASE
)
"""A column of these is no relation."""
MOST_PAIRS = 5


@dataclass(frozen=True)
class Made:
    """A card before its source: the template, the kind, and its fields."""

    template: str
    kind: type[Card]
    ask: str
    fields: dict[str, Any] = field(default_factory=dict)
    concept: str = ""


def tidy(text: str) -> str:
    """A question with a capital and single blanks."""
    text = re.sub(r"\s+", " ", text).replace(" ?", "?").strip()
    return text[:1].upper() + text[1:]


def answer_text(text: str) -> str:
    """An answer with a capital and without a full stop."""
    text = text.strip(" ,;.")
    return text[:1].upper() + text[1:] if text[1:2].islower() or text[:2] in ("a ", "A ") else text


def basic(template: str, ask: str, answer: str, concept: str) -> Made:
    """A question and its answer."""
    return Made(template, Basic, tidy(ask), {"answer": answer_text(answer)}, concept)


def shares(name: str, value: str) -> bool:
    """Does a meaning give its name away?"""
    words = {word.lower() for word in re.findall(r"\w{3,}", name)}
    return bool(words & {word.lower() for word in re.findall(r"\w{3,}", value)})


def matches(
    template: str, ask: str, pairs: Sequence[tuple[str, str]], about: str, longest: int
) -> Iterator[Made]:
    """Cards of up to five pairs whose right sides cannot be taken for each other."""
    fit = [
        (a, b) for a, b in pairs if 0 < len(b.split()) <= longest and not shares(a, b) and not TRUTHS.match(b)
    ]
    chunks: list[list[tuple[str, str]]] = []
    for pair in fit[:30] if len(fit) * 4 >= len(pairs) * 3 else []:
        room = (each for each in chunks if len(each) < MOST_PAIRS)
        home = next((each for each in room if clearly_different([*(b for _, b in each), pair[1]])), None)
        if home is None:
            chunks.append([pair])
        else:
            home.append(pair)
    chunks = [chunk for chunk in chunks if len(chunk) >= 3]
    for n, chunk in enumerate(chunks, 1):
        part = f" (part {n} of {len(chunks)})" if len(chunks) > 1 else ""
        fields = {"pairs": tuple(Pair(*pair) for pair in chunk)}
        yield Made(template, Match, tidy(f"{ask}{part}."), fields, about)
