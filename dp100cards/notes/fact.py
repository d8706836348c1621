"""A fact, and the facts of one note while they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dp100cards.notes.blocks import Section
from dp100cards.notes.inline import LINK, PICTURE, plain
from dp100cards.notes.lists import (
    lead_parts,
)
from dp100cards.notes.questions import name_of
from dp100cards.notes.words import (
    LISTS,
    Index,
    is_gerund,
    is_name,
)

NUMBERING = re.compile(
    r"(?:\d{1,2}[.)](?=[A-Za-z])|\(?\d{1,3}(?:\.\d+)*[.):]?|[A-Z][.)]|[ivx]{1,4}[.)]|(?:chapter|part|section|step|lesson|module) \d+\s*[:.–-]?)\s*",
    re.IGNORECASE,
)
MARKS = re.compile(r"\A[^\w`(\"$.<~/-]+")
"""Emoji and the like in front of a name."""
INTRODUCES = re.compile(r"(?:introduction to|overview of|about|more on|basics of|notes on)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Fact:
    """One statement drawn from a note's structure: its kind, the thing it is about, and the words a question needs."""

    kind: str
    subject: str
    value: str
    section: Section
    lines: tuple[int, int]
    quote: str
    parts: Mapping[str, str]
    items: tuple[tuple[str, str], ...]
    about: str
    """The name that the section or the list item is about."""
    shows: str
    """What the note said before a line `> Today: …` took its place."""
    linked: str
    """The statement with its links, where it has any."""


@dataclass(frozen=True)
class Spot:
    """Where the reader is: `about` is what "it" stands for, `concept` what the section is about."""

    section: Section
    lines: tuple[int, int]
    about: str = ""
    concept: str = ""
    raw: str = ""


@dataclass
class Facts:
    """The facts of one note, and every statement that was read."""

    index: Index
    used: set[int]
    facts: list[Fact] = field(default_factory=list)
    said: list[tuple[tuple[int, int], str]] = field(default_factory=list)
    short_names: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    """The names of the steps of procedures."""
    shows: str = ""

    def keep(
        self, spot: Spot, quote: str, kind: str, subject: str = "", value: str = "",
        items: Sequence[tuple[str, str]] = (), about: str = "", **parts: str,
    ) -> None:  # fmt: skip
        """Keep a fact."""
        subject = self.index.inside(subject)
        parts.setdefault("be", "are" if self.index.is_plural(subject) else "is")
        linked = spot.raw if "](" in spot.raw and (LINK.search(spot.raw) or PICTURE.search(spot.raw)) else ""
        about, value = about or spot.about or spot.concept, value.strip(" .;,")
        self.facts.append(
            Fact(
                kind,
                subject,
                value,
                spot.section,
                spot.lines,
                quote,
                parts,
                tuple(items),
                about,
                self.shows,
                linked,
            )
        )

    def list_fact(self, spot: Spot, lead: str, names: Sequence[str], about: str) -> bool:
        """Keep what the lead of a list asks for, if it does."""
        parts = lead_parts(lead, names, about) if all(names) else None
        if parts:
            self.keep(spot, f"{lead} {'; '.join(names)}", items=[(name, "") for name in names], **parts)
        return bool(parts)


def concept_of(section: Section) -> str:
    """What a section is about: its heading if that is a noun, else the one above."""
    for each in (section, *reversed(section.above)):
        name = name_of(each.title) or NUMBERING.sub("", plain(each.title)).strip(" :.?!–—-")
        name = INTRODUCES.sub("", MARKS.sub("", name))
        if {name.lower(), name.lower().split(" and ")[0]} & LISTS["properties"]:
            continue
        if name and is_name(name) and not (is_gerund(name.split()[0]) and " " in name):
            return name
    return ""
