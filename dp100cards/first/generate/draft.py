"""A draft: a card before it has an id, with the fact and the rule that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dp100cards.cards import Card
from dp100cards.first.notes.facts import Fact

MOST_ACTIVE = 3
"""Active cards of one fact at most, so that coverage is not bought with noise."""
MOST_DOUBTS = 3
"""A card with more is not even suggested: going through it would waste the learner's evening."""
GUESS = "the gap is a guess"
"""The doubt that a sentence's gap hides something that only may matter; other rules go by it."""

NOT_SURE = "not sure that the note was read rightly"
"""The doubt that a fact may have been misread; other rules go by it, too."""

Tier = Literal["active", "suggested", "spare"]
"""active: goes into its deck. suggested: waits for the learner's yes. spare: not even that."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One card as a rule made it. `card.id` is empty until `merge` gives it one, kept or new."""

    card: Card
    fact: Fact
    rule: str
    """The function that made it, `definition.reverse`; with the fact it tells cards of one fact apart."""
    tier: Tier = "active"
    doubts: tuple[str, ...] = ()
    """Why it is not active: codes of flaws, or a guard's words."""
    item: str = ""
    """Which item of a list, or cell of a row, is asked, where one rule makes a card of each."""

    def judged(self, tier: Tier, doubts: tuple[str, ...]) -> Draft:
        """The same draft with another tier and other doubts."""
        return Draft(self.card, self.fact, self.rule, tier, doubts, self.item)
