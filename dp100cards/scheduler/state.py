"""What is known of a card in the learner's memory, at the end of its events so far.

A state is a cache: `replay` of the events gives it again, the same to the bit.
"""

from __future__ import annotations

from dataclasses import dataclass

NEW, LEARNING, REVIEW, RELEARNING = "new", "learning", "review", "relearning"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """The state of one card. A card without events is `CardState(card=id)`."""

    card: str
    phase: str = NEW
    step: int = 0
    """Which learning or relearning step comes next, from 0."""
    stability: float = 0.0
    """Days until recall falls to 90 %; 0 while there is no memory."""
    difficulty: float = 0.0
    """1 (easy) to 10 (hard); 0 while there is no memory."""
    due_at: int = 0
    """In learning and relearning: milliseconds UTC from which the card may be asked again."""
    due_day: int = 0
    """In review: the learner's day (`days.day_of`) from which the card may be asked."""
    last_at: int = 0
    """Milliseconds UTC of the last review; 0 if none."""
    interval: int = 0
    """Days of the last interval given; 0 in learning."""
    reps: int = 0
    lapses: int = 0
    first_day: int = 0
    """The day of the first review, so that new cards of a day can be counted."""
    suspended: bool = False
    buried_until: int = 0
    """Not asked before this day."""
    flag: int = 0
    marked: bool = False
    rejected: bool = False
    """Never asked: the learner has rejected it for good."""

    @property
    def is_new(self) -> bool:
        """Has it never been learned, or been forgotten on purpose?"""
        return self.phase == NEW

    @property
    def out(self) -> bool:
        """Is it not to be asked until the learner says otherwise: suspended, or rejected?"""
        return self.suspended or self.rejected
