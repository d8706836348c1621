"""The pieces of a sentence that are worth hiding: figures, code, names of concepts, other names, noun phrases."""

from __future__ import annotations

import re
from typing import NamedTuple

from dp100cards.first.generate.concept_key import concept_stem
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.vocabulary import (
    ADJECTIVES,
    BASE,
    GENERIC,
    NAMES,
    PREPOSITIONS,
    SMALL_WORDS,
    THIRD,
    VERBS,
)

LONGEST_SPAN = 4
KEPT = 512
"""Sentences whose pieces are kept: one sentence is asked for them by several rules, one after the other."""
TORN = 2.0
"""So much less a piece is worth that is torn off the word before it: "virtual {{network}}"."""

_TOKEN = re.compile(r"`[^`]+`|\S+")
_FIGURE = re.compile(
    r"[<>≤≥~$€]?\d[\d.,:/-]*\s?(?:%|[kKMGT]?B|GiB|ms|s|min|h|days?|hours?|minutes?|months?|years?|weeks?)?$"
)
_BRACKETS = re.compile(r"\([^)]*\)|“[^”]*”")
_TRITE = frozenset({"DS", "WS", "AI", "ML", "IT", "OS", "UI"})
"""Abbreviations that stand for the subject itself: nobody learns anything from filling them in."""
_NO_NAME = VERBS | ADJECTIVES | PREPOSITIONS
_CAPITAL = re.compile(r"[A-Z0-9]")
_EDGES = ".,;:!?()“”\"'*"


class Span(NamedTuple):
    """A piece of a sentence that might be hidden; a higher worth is better."""

    start: int
    end: int
    text: str
    worth: float


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    at: int
    """How many tokens stand before it."""
    said: frozenset[str]
    key: str
    """Its share of a concept's key (`world.concept_stem`)."""


def spans(text: str, concept: str, world: World, least: float = 0.0) -> list[Span]:
    """All pieces of at least this worth, the best first; among equals those near the end, where the news stands."""
    key = (text, concept)
    known = world.spans.get(key)
    if known is None:
        if len(world.spans) >= KEPT:
            world.spans.clear()
        known = world.spans[key] = _spans(text, concept, world)
    return [span for span in known if span.worth >= least]


def _spans(text: str, concept: str, world: World) -> list[Span]:
    own = stems(concept)
    brackets = [m.span() for m in _BRACKETS.finditer(text)]
    found: list[Span] = []
    for block in _blocks(text, found):
        for n, first in enumerate(block):
            if n and _capital(block[n - 1]) and not _capital(first):
                continue  # the tail of a name: "EC2 {{instances}}"
            said: frozenset[str] = frozenset()
            keys: list[str] = []
            for last in range(n, min(n + LONGEST_SPAN, len(block))):
                said |= block[last].said
                if block[last].key:
                    keys.append(block[last].key)
                if not said or said <= own or _cuts_a_name(text, block, n, last):
                    continue
                name = text[first.start : block[last].end]
                worth = _worth(name, " ".join(keys), world, first.at)
                if n and _modifies(block[n - 1]) and not _capital(first):
                    worth = max(0.0, worth - TORN)
                if worth:
                    found.append(Span(first.start, block[last].end, name, worth))
    found = [s for s in found if not any(a < s.start and s.end < b for a, b in brackets)]
    return sorted(found, key=lambda s: (-(s.worth + 0.8 * s.start / (len(text) or 1)), s.start))


def _capital(token: _Token) -> bool:
    return token.text[:1].isupper()


def _modifies(token: _Token) -> bool:
    """Does the word belong to what follows it: "virtual network"?"""
    low = token.text.lower()
    return token.text.islower() and low not in VERBS and not low.endswith(("ly", "ing"))


_JOINED = re.compile(r"[/-]\w")
_LETTER = re.compile(r"\w")


def _blocks(text: str, found: list[Span]) -> list[list[_Token]]:
    """Runs of words with no small word and no punctuation inside; code and figures go to `found` at once."""
    blocks: list[list[_Token]] = [[]]
    for at, m in enumerate(_TOKEN.finditer(text)):
        raw = m[0]
        if raw.isalpha():  # most words: neither edges nor figures
            if raw.lower() in SMALL_WORDS:
                blocks.append([])
            else:
                blocks[-1].append(_Token(m.start(), m.end(), raw, at, stems(raw), concept_stem(raw)))
            continue
        if raw[0] == "`" and len(raw) > 3:
            code = raw[: raw.rindex("`") + 1]
            found.append(Span(m.start(), m.start() + len(code), code, 4.0))
            blocks.append([])
            continue
        core = raw.strip(_EDGES)
        left = m.start() + (raw.index(core) if core else 0)
        numbering = not at and raw.endswith((".", ")"))  # "17. You may receive a warning."
        if core and _FIGURE.match(core) and not _JOINED.search(core) and not numbering:
            found.append(Span(left, left + len(core), core, 5.0))
        if not _LETTER.search(core) or core.lower() in SMALL_WORDS or "/" in raw or "—" in core:
            blocks.append([])
            continue
        if left > m.start():
            blocks.append([])
        blocks[-1].append(_Token(left, left + len(core), core, at, stems(core), concept_stem(core)))
        if left + len(core) < m.end():
            blocks.append([])
    return blocks


_ONE_CAPITAL = re.compile(r"[A-Z][a-z]+")
_UPPER = re.compile(r"[A-Z]")
_GOES_ON = re.compile(r"\s+(?:Of|And|For|In|The|&)\s+[A-Z]")


def _cuts_a_name(text: str, block: list[_Token], first: int, last: int) -> bool:
    """Does the name go on beyond the piece: "Lake Gen2" of "Data Lake Gen2"?"""
    if _capital(block[last]):
        after = block[last + 1 : last + 2]
        if _GOES_ON.match(text, block[last].end) or any(_capital(token) for token in after):
            return True
    if not first or not _capital(block[first]):
        return False
    before = block[first - 1]
    return _capital(before) and (before.at > 0 or before.text.lower() not in _NO_NAME)


def _worth(name: str, key: str, world: World, at: int) -> float:
    """How much a piece is worth hiding: 3 and more for names, 1 to 2 for noun phrases, 0 for anything else."""
    parts = name.split()
    low = [p.lower() for p in parts]
    if low[0].endswith("ly") or all(p in GENERIC for p in low):
        return 0.0
    if world.has(key):
        return 3.2 + 0.1 * len(parts)
    if len(parts) == 1 and name[1:].islower() and world.naming.seen_small(name):
        return 1.0 if at and len(name) > 4 and low[0] not in _NO_NAME else 0.0
    if low[0] in VERBS or (len(parts) == 1 and low[0].endswith("ing")):
        return _phrase_worth(low)
    if not at and len(parts) > 1 and _ONE_CAPITAL.fullmatch(parts[0]) and parts[0] not in NAMES:
        return 0.0  # a capital at the beginning shows no name
    if name in _TRITE and name not in world.long_forms:
        return 0.5
    counted = parts if at else parts[1:]
    capitals = sum(bool(_CAPITAL.search(p)) for p in counted)
    if capitals and capitals >= len(counted) and (at or _UPPER.search(name, 1)):
        return 3.0 + 0.1 * len(parts)
    return _phrase_worth(low)


def _phrase_worth(low: list[str]) -> float:
    if len(low) == 1 and len(low[0]) > 4 and low[0].endswith(("ing", "ed")):
        return 0.5
    if len(low) == 1 and len(low[0]) > 3 and low[0] not in GENERIC and low[0] not in VERBS:
        return 1.0 if len(low[0]) > 4 and low[0] not in ADJECTIVES else 0.3
    verb = any(p in THIRD for p in low) or low[0] in BASE or low[-1] in BASE or low[-1] in ADJECTIVES
    if verb or low[-1].endswith(("ly", "ing", "ed")) or all(p in GENERIC for p in low):
        return 0.0
    if len(low) == 1:
        return 1.0 if len(low[0]) > 4 else 0.0
    return 1.2 + {2: 0.4, 3: 0.2}.get(len(low), 0.0)
