"""What the figures are: the shapes that `statistics` fills and every screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dp100cards.scheduler.event import Moment
from dp100cards.scheduler.queue import ANSWERS_PER_NEW
from dp100cards.store.plans import Forecast

MATURE = 21
"""Days: from this interval on a card counts as mature, as in Anki."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the learner is with some cards. Rejected ones are not counted at all."""

    cards: int = 0
    new: int = 0
    """Never asked, suspended ones left out."""
    learning: int = 0
    young: int = 0
    mature: int = 0
    suspended: int = 0
    recalled: float = 0.0
    """How many of those begun would be recalled now, by FSRS."""

    @property
    def begun(self) -> int:
        """How many were asked, and are not suspended."""
        return self.learning + self.young + self.mature

    @property
    def recall(self) -> float | None:
        """The mean recall of those begun, never of unseen ones as zero; None if there are none."""
        return self.recalled / self.begun if self.begun else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A deck, an area (with its share of the exam in percent) or a skill (with its area)."""

    id: str
    title: str
    progress: Progress
    weight: tuple[float, float] = (0.0, 0.0)
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What today's session asks, as it is now."""

    due: int
    learning: int
    new: int
    seconds: float
    """What an answer takes this learner."""
    held_back: int
    """Reviews that are due beyond today's limit."""
    melts_in: int
    """In how many days these will be done."""
    new_held_back: bool
    """Do new cards wait until then?"""
    never_asked: int
    """Cards of the decks that may still be asked for the first time."""

    @property
    def minutes(self) -> int:
        """About how long that takes."""
        answers = self.due + self.learning + self.new * ANSWERS_PER_NEW
        return max(round(answers * self.seconds / 60), 1) if answers else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mock:
    """One mock exam that was handed in; practice is left out."""

    number: int
    moment: Moment
    questions: int
    score: int
    passed: bool | None
    pass_mark: int
    fresh: int
    """How many of its questions no sitting had asked before, and the score of those alone."""
    fresh_score: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the chance to pass rests on, and the day for which it is said: the exam's, or today."""

    begun: int
    cards: int
    mocks: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Relearned:
    """The cards that were missed in a mock exam, in the order of the paper, and those of them known today."""

    number: int
    missed: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A forecast, and the mock exam that followed it."""

    forecast: Forecast
    mock: Mock | None
