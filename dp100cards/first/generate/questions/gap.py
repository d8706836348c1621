"""Cloze cards: the words of a statement that are worth knowing, hidden one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.draft import GUESS, Draft
from dp100cards.first.generate.english import sentence, upper_first
from dp100cards.first.generate.making import cloze
from dp100cards.first.generate.phrase import cut, without_lead
from dp100cards.first.generate.questions.spans import Span, spans
from dp100cards.first.generate.stems import GENERIC_STEMS, stems, telling
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Definition, Description, Fact, Statement
from dp100cards.first.notes.vocabulary import (
    AUXILIARIES,
    PRONOUNS,
    THIRD,
)

PARTS = stems("process step stage phase part item task operation code rest result")
"""Nouns for a part of something: a sentence about one of them does not say of what."""

LONGEST = 32
"""Words of a cloze card; a longer statement is cut at a clause first."""

STRONG = 3.0
"""A span of this worth is a figure, code, a concept or a name; a weaker one is a guess at what matters."""


THIN = 4
"""With fewer content words than this around the gap, the concept's name is put before the sentence."""


def gap_cards(
    fact: Fact, world: World, text: str, rule: str, *, most: int = 1, least: float = 0.0
) -> Iterator[Draft]:
    """Cloze cards of a statement, the best gap first; a gap that is only a guess is doubted."""
    shown = clause(text)
    alone = stands_alone(fact, world, shown)
    name = f"{world.naming.title(fact.concept)}: " if fact.concept else ""
    shown = _with_article(shown, fact.concept, world)
    chosen: list[Span] = []
    for span in spans(shown, fact.concept, world, least):
        hidden = stems(span.text)
        around = stems(f"{shown[: span.start]} {shown[span.end :]}")
        thin = len(around) < THIN and not hidden & stems(name) and not world.names_wholly(fact.concept, shown)
        prefix = name if not alone or thin else ""
        visible = around | stems(prefix)
        if hidden & visible or any(span.start < c.end and c.start < span.end for c in chosen):
            continue
        if len(visible) < (2 if prefix else 3) or len(around) < 2:
            continue
        chosen.append(span)
        gapped = shown[: span.start] + "{{" + span.text + "}}" + shown[span.end :]
        doubts = () if span.worth >= STRONG else (GUESS,)
        yield cloze(fact, rule, prefix + sentence(gapped), item=span.text, doubts=doubts)
        if len(chosen) == most:
            return


def stands_alone(fact: Fact, world: World, shown: str) -> bool:
    """Does the sentence say itself what it is about: its concept, or as its subject another of the notes'?"""
    if not fact.concept or world.names_wholly(fact.concept, shown) or _says_its_subject(fact, shown):
        return True
    if isinstance(fact, Statement) and fact.subject:
        own = (
            len(stems(fact.subject) - GENERIC_STEMS - PARTS) > 1
            and fact.subject.split()[0].lower() not in PRONOUNS
        )
        return own or any(c.key != world.key(fact.concept) for c in world.named_concepts(fact.subject))
    return not isinstance(fact, Statement | Description | Definition) and (
        world.named_in(fact.concept, shown) or world.names_another(fact.concept, shown)
    )


_NOBODY = PRONOUNS | {"you", "we", "there"}


def _says_its_subject(fact: Fact, shown: str) -> bool:
    """Has the sentence a subject of its own that is no pronoun, and enough besides to be understood alone?"""
    if not isinstance(fact, Statement) or not fact.subject:
        return False
    first = fact.subject.split()[0].lower()
    says = stems(fact.subject) - GENERIC_STEMS - PARTS
    return bool(says) and first not in _NOBODY and len(telling(shown)) >= 4


_FINITE = AUXILIARIES | THIRD


def _with_article(text: str, concept: str, world: World) -> str:
    """ "Compute target is attached …" → "A compute target is attached …"."""
    name = world.naming.subject(concept) if concept else ""
    after = text[len(concept) :]
    bare_name = text.casefold().startswith(concept.casefold()) and re.match(r"\s+[a-z]", after)
    if not bare_name or not name or not world.naming.common(concept) or after.split()[0] not in _FINITE:
        return text
    return upper_first(name) + after


def clause(text: str) -> str:
    """The statement, cut at a clause where it is too long for a card, without words that lean on others."""
    short, _ = cut(without_lead(text), LONGEST)
    return upper_first(short)
