"""Which deck a card goes to.

The note's front matter decides; else the collection's plan of decks, by the concept that a fact is about or the
headings that it stands under; else the deck is named after the note. The plan is data: `plans/*.yaml`, or `[decks]` in
`dp100.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dp100cards.cards import Source
from dp100cards.first.generate.draft import Draft
from dp100cards.first.notes.front import Front
from dp100cards.first.notes.names import from_heading, key, object_of_heading, without_number


@dataclass(frozen=True, slots=True)
class PlannedDeck:
    """One deck of a plan: its name and title, its exam area, and the concepts that belong to it."""

    name: str
    title: str
    area: str = ""
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How facts are spread over decks."""

    decks: tuple[PlannedDeck, ...] = ()
    fronts: Mapping[str, Front] = field(default_factory=dict)
    """The front matter of each note."""

    def deck_for(self, concept: str) -> str:
        """The deck that the plan gives a concept, or ""."""
        wanted = key(concept)
        return _by_concept(self.decks).get(wanted, "") if wanted else ""

    def title_of(self, name: str) -> str:
        """A deck's title: the plan's, a note's that names the deck, or its name spelled out."""
        for deck in self.decks:
            if deck.name == name:
                return deck.title
        for front in self.fronts.values():
            if front.deck == name and front.title:
                return front.title
        return name.replace("-", " ").capitalize()

    def deck_area(self, name: str) -> str:
        """A deck's exam area: the plan's, or that of the notes that name the deck; "" if nothing says it."""
        for deck in self.decks:
            if deck.name == name:
                return deck.area
        return next((f.area for f in self.fronts.values() if f.deck == name and f.area), "")

    def area_of(self, name: str, source: Source | None) -> str:
        """A card's exam area: its note's front matter before its deck's."""
        front = self.fronts.get(source.note) if source else None
        return front.area if front and front.area else self.deck_area(name)

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Deck names, the plan's first and in its order."""
        places = {deck.name: n for n, deck in enumerate(self.decks)}
        return sorted(names, key=lambda name: (places.get(name, len(places)), name))


@lru_cache(maxsize=8)
def _by_concept(decks: tuple[PlannedDeck, ...]) -> dict[str, str]:
    """Each planned concept's deck; of two decks that claim one the first has it."""
    return {key(name): deck.name for deck in reversed(decks) for name in deck.concepts}


@lru_cache(maxsize=4096)
def _of_headings(decks: tuple[PlannedDeck, ...], heading: tuple[str, ...]) -> str:
    """The deck that the plan gives the innermost heading that it knows, or ""."""
    by_concept = _by_concept(decks)
    for title in reversed(heading):
        for concept in (from_heading(title), object_of_heading(title), without_number(title)):
            wanted = key(concept)
            if wanted and wanted in by_concept:
                return by_concept[wanted]
    return ""


def route(draft: Draft, plan: Plan) -> str:
    """The name of the deck that a draft belongs to."""
    fact = draft.fact
    if fact.deck:
        return slug(fact.deck)
    found = plan.deck_for(fact.concept)
    if found:
        return found
    found = _of_headings(plan.decks, fact.heading)
    if found:
        return found
    return _of_note(fact.source.note)


@lru_cache(maxsize=4096)
def _of_note(note: str) -> str:
    return slug(re.sub(r"^\d+[-_ ]*", "", note.rpartition("/")[2].removesuffix(".md"))) or "notes"


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """A name as a deck file and an id can carry it: a–z, 0–9, single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "notes"
