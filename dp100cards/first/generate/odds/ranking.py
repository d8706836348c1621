"""Suggestions in the order in which they are worth going through: the likeliest to be taken first."""

from __future__ import annotations

from collections.abc import Iterable

from dp100cards.cards import Card
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.known import Known
from dp100cards.first.generate.odds.chance import chance
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Fact


class Ranking:
    """How likely each drawn card is to be taken as it is; worked out once for notes that stay as they are."""

    def __init__(self, drafts: Iterable[Draft], facts: Iterable[Fact]) -> None:
        world = World(facts)
        self._likely = {
            _drawn_as(draft.rule, draft.item, draft.card): chance(draft, world)
            for draft in drafts
            if draft.tier == "suggested"
        }

    def best_first(self, suggested: Iterable[Known]) -> list[Known]:
        """The likeliest first; of equals, and of what is not known, the first of the notes."""
        return sorted(
            suggested, key=lambda one: -self._likely.get(_drawn_as(one.rule, one.item, one.card), 0.0)
        )


def _drawn_as(rule: str, item: str, card: Card) -> tuple[object, ...]:
    return rule, item, card.kind, card.ask, card.source
