"""Which deck a card goes to.

The note's front matter decides; else the collection's plan of decks, by the concept that the card is about or the
headings that it stands under; else the deck is named after the note. The plan is data: `[decks]` in `dp100.toml`, or
what the program brings for an exam.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from unicodedata import combining, normalize

from dp100cards.generate.draft import Draft
from dp100cards.generate.words import WORD, stem

LONGEST_TITLE = 80
"""A top heading that is longer is a sentence, no title."""


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
            slug(draft.deck) if draft.deck else deck or slug(_stem(_note_of(draft)))
            for draft, deck in zip(drafts, planned, strict=True)
        ]

    def _planned(self, draft: Draft) -> str:
        """The deck that the plan gives a draft: by its concept, else by the innermost heading that it knows."""
        for name in (draft.concept, *reversed(draft.headings)):
            if found := self._by_concept.get(_key(name)):
                return found
        return ""

    def heads(self, drafts: Iterable[Draft], decks: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The title and the area of each deck: the plan's, else what its notes say, else how they are named."""
        found = {deck.name: (deck.title, deck.area) for deck in self.decks}
        notes: dict[str, dict[str, str]] = {}
        for draft, name in zip(drafts, decks, strict=True):
            title, area = found.get(name, ("", ""))
            found[name] = (title or draft.title, area or (draft.area if draft.deck else ""))
            notes.setdefault(name, {})[_note_of(draft)] = draft.top
        return {
            name: (title or _title(name, notes.get(name, {})), area) for name, (title, area) in found.items()
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


def _note_of(draft: Draft) -> str:
    return draft.card.source.note if draft.card.source else ""


def _title(name: str, notes: Mapping[str, str]) -> str:
    """The title of a deck with cards of these notes: the one note's top heading, else the note's name as written."""
    tops = [_shown(top) for top in notes.values()]
    if len(tops) == 1 and 0 < len(tops[0]) <= LONGEST_TITLE:
        return tops[0]
    stems = (_stem(note) for note in notes)
    written = next(
        (_shown(re.sub(r"[-_]", " ", stem).lstrip(".")) for stem in stems if slug(stem) == name), ""
    )
    written = written or name.replace("-", " ")
    return written[0].upper() + written[1:]


def _shown(text: str) -> str:
    """A text on one line, without what a terminal would obey, whichever way a file system spells an umlaut."""
    return " ".join("".join(c if c.isprintable() else " " for c in normalize("NFC", text)).split())


def _stem(note: str) -> str:
    """The name of a note's file without its number and its suffix."""
    return re.sub(r"^\d+[-_ ]*|\.[^.]*$", "", note.rpartition("/")[2])


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """A name as a deck file and an id can carry it: a–z, 0–9, single hyphens; for other scripts a hash stands in."""
    text = normalize("NFKD", text).casefold()
    plain = "".join(c for c in text if not combining(c))
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if any(c.isalnum() and not c.isascii() for c in plain) or not (name or text.isascii()):
        return f"{name or 'note'}-{zlib.crc32(text.encode('utf-8', 'replace')):08x}"
    return name or "notes"
