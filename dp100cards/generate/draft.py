"""A card in the making: how a fact is asked, and what reading the notes gives before anything has an identity.

`pipeline.draft_cards` makes drafts; identity, routing and merge turn them into decks.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dp100cards.cards import Basic, Card, Match, Pair, Source
from dp100cards.errors import Problem
from dp100cards.generate.options import clearly_different

EXPLICIT = "explicit"
"""The template of a card that a person wrote as a question."""


@dataclass(frozen=True)
class Draft:
    """One card that the notes give, before it has an id and a deck: `card.id` and `card.deck` are empty."""

    card: Card
    template: str
    """`explicit`, or how a fact was asked: `term.definition`, `table.cell`."""
    concept: str = ""
    """The thing that the card is about, as the note writes it."""
    headings: tuple[str, ...] = ()
    """The headings above it, outermost first, without attributes."""
    deck: str = ""
    """The deck that the front matter names, or the folder of a bank with one question a file; else empty."""
    title: str = ""
    area: str = ""
    top: str = ""
    """The note's heading of level 1, if it has exactly one."""
    cited: bool = False
    """Does its source quote another note than the one that it is written in?"""
    hints: tuple[str, ...] = ()
    """Codes of the soft checks that the card does not pass (`quality.CHECKS` has a sentence for each)."""


@dataclass(frozen=True)
class Drafts:
    """All that a set of notes gives, in the order of the notes."""

    drafts: list[Draft] = field(default_factory=list)
    statements: list[Source] = field(default_factory=list)
    """What the notes say. A statement is covered if a card of the decks quotes it, or is quoted in it."""
    problems: list[Problem] = field(default_factory=list)
    """Mistakes that a person has to mend: malformed front matter, attributes or questions."""
    unused: list[Problem] = field(default_factory=list)
    """What looks like a question and makes no card, with the reason; no mistake (a to-do list)."""


def made(template: str, kind: type[Card], ask: str, concept: str, **fields: Any) -> Draft:
    """A card before its source."""
    return Draft(kind(id="", deck="", ask=ask, **fields), template, concept)


TRUTHS = re.compile(
    r"(?:yes|no|true|false|y|n|x|present|absent|usually|rarely|sometimes)\b|[✓✔✗✘✅❌⚠]", re.IGNORECASE
)
"""A column of these is no relation."""
MOST_PAIRS = 5


def tidy(text: str) -> str:
    """A question with a capital and single blanks."""
    text = re.sub(r"\s+", " ", text).replace(" ?", "?").strip()
    return text[:1].upper() + text[1:]


def as_answer(text: str) -> str:
    """An answer with a capital and without a full stop."""
    text = text.strip(" ,;.")
    return text[:1].upper() + text[1:] if text[1:2].islower() or text[:2] in ("a ", "A ") else text


def basic(template: str, ask: str, answer: str, concept: str) -> Draft:
    """A question and its answer."""
    return made(template, Basic, tidy(ask), concept, answer=as_answer(answer))


def shares(name: str, value: str) -> bool:
    """Does a meaning give its name away?"""
    words = {word.lower() for word in re.findall(r"\w{3,}", name)}
    return bool(words & {word.lower() for word in re.findall(r"\w{3,}", value)})


def matches(
    template: str, ask: str, pairs: Sequence[tuple[str, str]], about: str, longest: int
) -> Iterator[Draft]:
    """Cards of up to five pairs whose right sides cannot be taken for each other."""
    fit = [
        (a, b) for a, b in pairs if 0 < len(b.split()) <= longest and not shares(a, b) and not TRUTHS.match(b)
    ]
    chunks: list[list[tuple[str, str]]] = []
    for pair in fit[:30] if len(fit) * 4 >= len(pairs) * 3 else []:
        room = (each for each in chunks if len(each) < MOST_PAIRS)
        home = next((each for each in room if clearly_different([*(b for _, b in each), pair[1]])), None)
        if home is None:
            chunks.append(home := [])
        home.append(pair)
    chunks = [chunk for chunk in chunks if len(chunk) >= 3]
    for n, chunk in enumerate(chunks, 1):
        part = f" (part {n} of {len(chunks)})" if len(chunks) > 1 else ""
        paired = tuple(Pair(*pair) for pair in chunk)
        yield made(template, Match, tidy(f"{ask}{part}."), about, pairs=paired)


LETTERS = 6
"""Letters of an id after the deck's name: 32^6, a thousand million."""


def id_from(deck: str, seed: str) -> str:
    """The id that this seed gives a card of this deck, always the same: "workspace-bzqydj"."""
    digest = hashlib.sha256(seed.encode()).digest()[:5]
    return f"{deck}-{base64.b32encode(digest).decode().lower()[:LETTERS]}"
