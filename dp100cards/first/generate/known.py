"""What the generator knows of a card that it once made: the card as it made it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from dp100cards.cards import Card

HERE, SUGGESTED, ACCEPTED = "here", "suggested", "accepted"
REJECTED, DELETED, RETIRED = "rejected", "deleted", "retired"
STATES = (HERE, SUGGESTED, ACCEPTED, REJECTED, DELETED, RETIRED)
"""here: in its deck. suggested: waits for the learner's yes; accepted: got it, and goes into its deck with the
next build. rejected: got a no. deleted: a person
took it out of its deck. retired: its fact is gone from the notes. Rejected and deleted cards stay away for good."""

GONE = frozenset([REJECTED, DELETED])


@dataclass(frozen=True, slots=True)
class Known:
    """One card that was given an id, ever."""

    card: Card
    """As generated the last time, with its id and its deck; the base of the merge."""
    rule: str
    concept: str
    item: str = ""
    state: str = HERE
    doubts: tuple[str, ...] = ()
    """Why it was only suggested."""
    changed: str = ""
    """What the answer was before the notes changed it; "" if they have not."""

    @property
    def id(self) -> str:
        """The permanent id."""
        return self.card.id
