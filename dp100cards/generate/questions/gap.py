"""Cloze cards: the words of a statement that are worth knowing, hidden one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dp100cards.generate.draft import Draft
from dp100cards.generate.english import bare, count_words, sentence, upper_first
from dp100cards.generate.making import cloze
from dp100cards.generate.phrase import cut, without_lead
from dp100cards.generate.stems import stem, stems
from dp100cards.generate.world import World
from dp100cards.notes.facts import Fact
from dp100cards.notes.vocabulary import (
    ADJECTIVES,
    AUXILIARIES,
    BASE,
    GENERIC,
    PREPOSITIONS,
    PRONOUNS,
    STOP_WORDS,
    THIRD,
)

LONGEST = 32
"""Words of a cloze card; a longer statement is cut at a clause first."""

_TOKEN = re.compile(r"`[^`]+`|\*\*[^*]+\*\*|[^\s]+")
_FIGURE = re.compile(
    r"[<>≤≥~$€]?\d[\d.,:/-]*\s?(?:%|[kKMGT]?B|GiB|ms|s|min|h|days?|hours?|minutes?|months?|years?|weeks?)?$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence that might be hidden; a higher worth is better."""

    start: int
    end: int
    text: str
    worth: float


STRONG = 3.0
"""A span of this worth is a figure, code, a concept or a name; a weaker one is a guess at what matters."""


def gap_cards(
    fact: Fact, world: World, text: str, rule: str, *, most: int = 1, least: float = 0.0
) -> Iterator[Draft]:
    """Cloze cards of a statement, the best gap first; a gap that is only a guess is doubted."""
    shown = clause(text)
    named = world.named_in(fact.concept, shown) or world.names_another(fact.concept, shown)
    prefix = "" if named else f"{world.naming.title(fact.concept)}: "
    shown = _with_article(shown, fact.concept, world)
    chosen: list[Span] = []
    for span in spans(shown, fact, world):
        if span.worth < least:
            continue
        hidden = stems(span.text)
        visible = stems(shown[: span.start] + " " + shown[span.end :]) | (
            stems(prefix) if prefix else frozenset()
        )
        if hidden & visible or any(span.start < c.end and c.start < span.end for c in chosen):
            continue
        around = shown[: span.start] + " " + shown[span.end :]
        if len(visible) < (2 if prefix else 3) or len(stems(around)) < 2:
            continue
        chosen.append(span)
        gapped = shown[: span.start] + "{{" + span.text + "}}" + shown[span.end :]
        body = sentence(gapped)
        doubts = () if span.worth >= STRONG else ("the gap is a guess",)
        yield cloze(fact, rule, prefix + body, item=span.text, doubts=doubts)
        if len(chosen) == most:
            return


def _with_article(text: str, concept: str, world: World) -> str:
    """ "Compute target is attached …" → "A compute target is attached …"."""
    name = world.naming.subject(concept) if concept else ""
    after = text[len(concept) :]
    bare_name = text.casefold().startswith(concept.casefold()) and re.match(r"\s+[a-z]", after)
    if (
        not bare_name
        or not name
        or not world.naming.common(concept)
        or after.split()[0] not in AUXILIARIES | THIRD
    ):
        return text
    return upper_first(name) + after


def clause(text: str) -> str:
    """The statement, cut at a clause where it is too long for a card, without words that lean on others."""
    short, _ = cut(without_lead(text), LONGEST)
    return upper_first(short)


def spans(text: str, fact: Fact, world: World) -> list[Span]:
    """All pieces worth hiding, the best first: figures, code, names of concepts, names, ends of noun phrases."""
    found: list[Span] = []
    brackets = [(m.start(), m.end()) for m in re.finditer(r"\([^)]*\)|“[^”]*”", text)]
    tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]
    own = stems(fact.concept)
    for at, (start, end, raw) in enumerate(tokens):
        core = raw.strip(".,;:!?()“”\"'*")
        if not core:
            continue
        left = start + raw.index(core)
        if raw.startswith("`") and len(raw) > 3:
            found.append(
                Span(
                    start,
                    end if raw.endswith("`") else start + len(raw.rstrip(".,;:)")),
                    raw.rstrip(".,;:)"),
                    4.0,
                )
            )
            continue
        if _FIGURE.match(core) and not re.search(r"[/-]\w", core):
            found.append(Span(left, left + len(core), core, 5.0))
            continue
        for size in (4, 3, 2, 1):
            piece = _piece(tokens, at, size)
            if piece is None:
                continue
            name = text[left:piece]
            worth = _worth(name, own, world, at)
            if worth:
                found.append(Span(left, piece, name, worth))
    found = [s for s in found if not any(a < s.start and s.end < b for a, b in brackets)]
    later = len(text) or 1
    return sorted(found, key=lambda s: (-(s.worth + 0.8 * s.start / later), s.start))


def _piece(tokens: list[tuple[int, int, str]], at: int, size: int) -> int | None:
    """The end of a run of `size` tokens with no punctuation inside it."""
    run = tokens[at : at + size]
    if len(run) < size or any(re.search(r"[.,;:!?)”\"]$", raw) for _, _, raw in run[:-1]):
        return None
    if any(raw[0] in '(“"`*' for _, _, raw in run[1:]) or any("/" in raw for _, _, raw in run):
        return None
    last = run[-1]
    return last[1] - (len(last[2]) - len(last[2].rstrip(".,;:!?)“”\"'*")))


def _worth(name: str, own: frozenset[str], world: World, at: int) -> float:
    parts = name.split()
    low = [p.lower() for p in parts]
    if low[0] in STOP_WORDS or low[-1] in STOP_WORDS or any(p in PREPOSITIONS or p in PRONOUNS for p in low):
        return 0.0
    if any(
        p in ("and", "or", "that", "which", "to", "is", "are", "can", "will", "has", "have", "be", "not")
        for p in low
    ):
        return 0.0
    if re.search(r"[()“”\"]", name) or not stems(name) or all(p in GENERIC for p in low):
        return 0.0
    if stems(name) <= own or low[0].endswith("ly"):
        return 0.0
    if world.of(name):
        return 3.2 + 0.1 * len(parts)
    capitals = sum(bool(re.search(r"[A-Z0-9]", p)) for p in (parts if at else parts[1:]))
    if len(parts) == 1 and name[1:].islower() and world.naming.seen_small(name):
        return 1.0 if at and name.lower() not in GENERIC else 0.0
    if capitals and capitals >= len(parts) - (0 if at else 1) and (at or re.search(r"[A-Z]", name[1:])):
        return 3.0 + 0.1 * len(parts)
    if len(parts) == 1 and len(name) > 4 and low[0].endswith(("ing", "ed")):
        return 0.5
    verb = low[0] in THIRD or low[0] in BASE or low[-1] in ADJECTIVES or low[-1] in THIRD or low[-1] in BASE
    if verb or low[-1].endswith(("ly", "ing", "ed")) or any(p in THIRD for p in low):
        return 0.0
    content = [p for p in low if p not in GENERIC]
    if len(parts) == 1:
        return 1.0 if len(name) > 4 and stem(low[0]) else 0.0
    return 1.2 + (0.4 if len(parts) == 2 else 0.2 if len(parts) == 3 else 0) if content else 0.0


def is_short(text: str) -> bool:
    """Is the text short enough to stand whole on a card?"""
    return count_words(bare(text)) <= LONGEST
