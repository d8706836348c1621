"""Which deck a card goes to.

The note's front matter decides; else the collection's plan of decks, by the concept that the card is about or the
headings that it stands under; else the deck is named after the note. The plan is data: `[decks]` in `dp100.toml`, or
what the program brings for an exam.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from dp100cards.generate.draft import Draft
from dp100cards.generate.words import WORD, stem


@dataclass(frozen=True, slots=True)
class PlannedDeck:
    """One deck of a plan: its name and title, its exam area, and the concepts that belong to it."""

    name: str
    title: str
    area: str = ""
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """How drafts are spread over decks."""

    decks: tuple[PlannedDeck, ...] = ()
    areas: Mapping[str, str] = field(default_factory=dict)
    """The exam area of each skill."""
    guessed: bool = False
    """Is it only the usual plan, which the collection has not asked for? It counts if it fits half of the drafts."""

    @cached_property
    def _by_concept(self) -> dict[tuple[str, ...], str]:
        """Each planned concept's deck; of two decks that claim one the first has it."""
        return {_key(name): deck.name for deck in reversed(self.decks) for name in deck.concepts}

    def place(self, drafts: Sequence[Draft]) -> list[str]:
        """The name of each draft's deck."""
        planned = [self._planned(draft) for draft in drafts]
        if self.guessed and 2 * sum(map(bool, planned)) < len(planned):
            planned = [""] * len(planned)
        return [
            slug(draft.deck)
            if draft.deck
            else deck or _of_note(draft.card.source.note if draft.card.source else "")
            for draft, deck in zip(drafts, planned, strict=True)
        ]

    def _planned(self, draft: Draft) -> str:
        """The deck that the plan gives a draft: by its concept, else by the innermost heading that it knows."""
        for name in (draft.concept, *reversed(draft.headings)):
            if found := self._by_concept.get(_key(name)):
                return found
        return ""

    def heads(self, drafts: Iterable[Draft], decks: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The title and the area of each deck: the plan's, else what a note that names the deck says."""
        found = {deck.name: (deck.title, deck.area) for deck in self.decks}
        for draft, name in zip(drafts, decks, strict=True):
            title, area = found.get(name, ("", ""))
            mine = (draft.title, draft.area) if draft.deck else ("", "")
            found[name] = (title or mine[0], area or mine[1])
        return {
            name: (title or name.replace("-", " ").capitalize(), area)
            for name, (title, area) in found.items()
        }

    def area_of(self, draft: Draft, deck_area: str) -> str:
        """A card's exam area: its skill's, else what its note says, else its deck's."""
        skilled = next((self.areas[skill] for skill in draft.card.skills if skill in self.areas), "")
        return skilled or draft.area or deck_area

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Deck names, the plan's first and in its order."""
        places = {deck.name: n for n, deck in enumerate(self.decks)}
        return sorted(names, key=lambda name: (places.get(name, len(places)), name))


_AROUND = re.compile(
    r"^(?:\W*\d[\d.]*[.):]?\s+)?(?:what(?:['’]s|\s+is|\s+are)\s+)?(?:an?\s+|the\s+)?(.*?)\s*[?:.]*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def _key(name: str) -> tuple[str, ...]:
    """A name as it is looked up: "2. What is a Workspace?" and "workspaces" are one."""
    found = _AROUND.match(name.strip())
    return tuple(map(stem, WORD.findall(found[1] if found else name)))


@lru_cache(maxsize=4096)
def _of_note(note: str) -> str:
    return slug(re.sub(r"^\d+[-_ ]*", "", note.rpartition("/")[2].removesuffix(".md")))


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """A name as a deck file and an id can carry it: a–z, 0–9, single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "notes"
