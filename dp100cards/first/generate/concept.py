"""A concept of the notes: what is said of it, where it stands, and what may hold of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from dp100cards.first.generate.shelf import home
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.notes.facts import Fact

ASKED = "What is"
"""The category of what stands under headings such as "What is a datastore"."""

FITS = 0.5
"""From this share of its stems found in what the notes say of a concept, a predicate may hold of the concept."""

CARRIERS = stems(
    "covers supports offers provides includes allows enables lets comes has reaches works uses gives makes contains"
)
"""Verbs that only carry what is said: "covers training" holds of what the notes name together with training."""

FITS_BY_MENTION = 0.75
"""The same for sentences that only mention the concept, and say something of another."""


@dataclass(slots=True)
class Concept:
    """A concept and what the notes say of it."""

    key: str
    name: str
    facts: list[Fact] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    """Stems of its name, of every fact about it, and of the lead of every list that names it."""
    mentioned: set[str] = field(default_factory=set)
    """Stems of the other sentences that name it."""
    because: str | None = None
    """What to say of it where it is a wrong option; None until `distractors.because` has worked it out."""
    listed: set[tuple[tuple[str, ...], str]] = field(default_factory=set)
    """The heading and the category of each of its facts: who shares both stands in the same list."""
    told: frozenset[str] = frozenset()
    """The telling stems of `said`, once the world is complete."""


@lru_cache(maxsize=4096)
def telling_of(predicate: frozenset[str]) -> frozenset[str]:
    """The stems of a predicate by which it is known of what it holds."""
    return predicate - GENERIC_STEMS - CARRIERS or predicate


def holds(predicate: frozenset[str], concept: Concept) -> bool:
    """Might a predicate, given by `telling_of`, be true of the concept?"""
    size = len(predicate)
    if len(predicate & concept.said) >= FITS * size:
        return True
    return len(predicate & concept.mentioned) >= FITS_BY_MENTION * size


def places(fact: Fact) -> list[tuple[str, str]]:
    """The groups of like things that a fact's concept stands in, narrowest first: category, section, parent section.

    A group belongs to one deck (or note, as long as no deck is known); only what stands under "What is …" headings
    has siblings in other decks as well.
    """
    deck = home(fact)
    found = [(deck, f"category {' '.join(sorted(stems(fact.category)))}")] if fact.category else []
    if len(fact.heading) > 1:
        found.append((deck, "section " + "\n".join(fact.heading[:-1])))
    found.append((deck, "deck"))
    if fact.category == ASKED:
        found.append(("", "what is"))
    return found
