"""What reading the notes gives: cards without an identity yet, and what the notes say, for coverage.

`pipeline.draft_cards` makes these; identity, routing and merge turn them into decks.
"""

from __future__ import annotations

from dataclasses import dataclass

from dp100cards.cards import Card, Source
from dp100cards.errors import Problem

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
class Statement:
    """One statement of the notes. It is covered if a card of the decks quotes it, or is quoted in it."""

    source: Source


@dataclass(frozen=True)
class Drafts:
    """All that a set of notes gives, in the order of the notes."""

    drafts: tuple[Draft, ...] = ()
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Mistakes that a person has to mend: malformed front matter, attributes or questions."""
    unused: tuple[Problem, ...] = ()
    """What looks like a question and makes no card, with the reason; no mistake (a to-do list)."""
