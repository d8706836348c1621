"""The doubt that a word of a card is misspelt: a learner would learn it so."""

from __future__ import annotations

from collections.abc import Iterator

from dp100cards.cards import Basic, Choice, Multiple, filled
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.flaws.wording import every_text
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Abbreviation
from dp100cards.first.notes.ordinary import meant, slips

LONG = 9
"""A word of so many letters that is one letter away from a common one is hardly ever another word."""


def doubts(draft: Draft, world: World) -> Iterator[str]:
    """Is there a word that is nearly another one, which the notes use, too, or which is long?"""
    card = draft.card
    text = " ".join(every_text(card)) if isinstance(card, Basic | Choice | Multiple) else filled(card.ask)
    spelt = isinstance(draft.fact, Abbreviation)
    found = slips(text.lower() if spelt else text)
    if any(spelt or len(word) >= LONG or any(map(world.often, meant(word))) for word in found):
        yield "a word may be misspelt"
