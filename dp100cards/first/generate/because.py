"""Why an option is wrong: what the notes do say of it."""

from __future__ import annotations

from dp100cards.first.generate.concept import Concept
from dp100cards.first.generate.english import bare, count_words, joined, sentence
from dp100cards.first.generate.phrase import only_a_name
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import (
    Abbreviation,
    Definition,
    Description,
    Enumeration,
    Fact,
    Own,
    Sequence,
    Statement,
    Use,
)

TOLD = 12
"""So many facts of a concept, from its first on, are looked at where one or a few are wanted."""

SHORT = 4
"""Words: with fewer, what is told of a concept is a catchword, and says little."""


def because(concept: Concept, world: World) -> str:
    """What the notes say of a concept, in one short sentence of their own words; "" where they say nothing short.

    What was told of it before, if they still say so; else of several the most telling kind, then the shortest: not the
    first, for the order of the notes changes no card.
    """
    if concept.because is None:
        told = (_said(fact) for fact in concept.facts[:TOLD] if not fact.status)
        short = sorted(
            (each[0], count_words(each[1]) < SHORT, len(each[1]), each[1])
            for each in told
            if each and _tells(each[1])
        )
        said = [sentence(bare(text)) for *_, text in short]
        before = world.stood.reasons.get(world.naming.title(concept.name).casefold(), frozenset())
        concept.because = next((text for text in said if text in before), said[0] if said else "")
    return concept.because


def _tells(text: str) -> bool:
    return 2 <= count_words(text) <= 25 and (text.startswith("used for ") or not only_a_name(text))


def _said(fact: Fact) -> tuple[int, str] | None:
    match fact:
        case Definition(value=value):
            return 0, value
        case Use(marker="for", purpose=purpose):
            return 1, f"used for {purpose}"
        case Use(marker=marker, purpose=purpose):
            return 1, f"{marker} {purpose}" if "…" not in marker else purpose
        case Description(value=value):
            return 2, value
        case Statement(sentence=text):
            return 3, text
        case Enumeration(lead=lead, items=items, inline=inline):
            return 4, f"{lead} {joined(items)}" if inline else f"{lead}: {joined(items)}"
        case Sequence() | Abbreviation() | Own():
            return None
    return None
