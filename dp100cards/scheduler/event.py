"""Days as a learner lives them, the events of a card's life, and the state in which they leave it.

Days begin at 04:00 local time, not at midnight. Every moment is kept with the offset from UTC that was in force when
it happened. A day number is therefore fixed once and for all, and a trip to another time zone or a change to summer
time moves no review to another day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

MINUTE, DAY = 60_000, 86_400_000  # milliseconds
ROLLOVER = 4 * 60 * MINUTE  # from midnight, local time, until a day begins
CUT = 999  # added to the milliseconds from a moment to a whole second, this cuts the moment to a whole second
NEW, LEARNING, REVIEW, RELEARNING = "new", "learning", "review", "relearning"


class Moment(NamedTuple):
    """A point in time: `at` in milliseconds since 1970 UTC, `offset` in minutes east of UTC."""

    at: int
    offset: int = 0

    def later(self, milliseconds: int) -> Moment:
        return Moment(self.at + milliseconds, self.offset)

    @property
    def local(self) -> datetime:
        """The date and the time on the learner's clock."""
        return datetime.fromtimestamp(self.at / 1000, timezone(timedelta(minutes=self.offset)))

    def days_since(self, earlier: int) -> int:
        """Days from `earlier` (milliseconds UTC), never negative.

        Anki's rule (`rslib/src/scheduler/fsrs/memory_state.rs`): the difference of both moments' whole periods of 24
        hours before the end of today, with today's offset from UTC, both moments cut to whole seconds.
        """
        end = day_end(self)
        return max((end - earlier + CUT) // DAY - (end - self.at + CUT) // DAY, 0)


def day_of(moment: Moment) -> int:
    """The number of the learner's day: days since 1970-01-01, counted from 04:00 local time."""
    return (moment.at + moment.offset * MINUTE - ROLLOVER) // DAY


def date_of(day: int) -> date:
    """The date of a day number."""
    return date(1970, 1, 1) + timedelta(days=day)


def day_end(moment: Moment) -> int:
    """When the day of `moment` ends: milliseconds since 1970 UTC of the next 04:00."""
    return (day_of(moment) + 1) * DAY + ROLLOVER - moment.offset * MINUTE


class Event(NamedTuple):
    """What happened to a card, never changed once it is written. The store gives `uid`, `turn` and `id` (0 before).

    review: an answer with a rating that the schedule goes by; practice: one in a quiz or an exam (`value` 1 if right)
    suspend, unsuspend: never ask; bury: not before the day `value`; unbury
    flag: coloured 1 to 7 by `value`, 0 takes it away; mark: the learner's own mark, 1 on, 0 off
    forget: start again, as a new card; relearn: the answer changed, back to learning today
    reject: never ask it, and never build it again; unreject; doubt: what a learner of the first edition thought of it
    undo: takes back the event whose id is `undoes`

    A card's events count in the order of their turns, on every machine the same. A turn is the time of the event, or
    later than the turn before where a clock was set back. What comes from another program counts at its time there.
    """

    card: str
    kind: str
    moment: Moment
    rating: int = 0  # 1 again, 2 hard, 3 good, 4 easy; 0 where there is none
    took: int = 0  # milliseconds from the question to the rating
    value: int = 0
    answer: str = ""  # what was answered, as JSON of `cards.Answer`; "" where the learner judged from memory
    origin: str = "study"
    origin_id: int | None = None  # its id there (Anki's revlog id), so that it is taken in once only
    undoes: int | None = None
    key: str = ""  # of a rejection: the card's semantic key, "" for a card made by hand
    uid: int = 0
    turn: int = 0
    id: int = 0


class CardState(NamedTuple):
    """Where a card stands after its events: a cache, for a replay gives it again, the same to the bit."""

    card: str
    phase: str = NEW
    step: int = 0  # which learning or relearning step comes next, from 0
    stability: float = 0.0  # days until recall falls to 90 %; 0 while there is no memory
    difficulty: float = 0.0  # 1 (easy) to 10 (hard); 0 while there is no memory
    due_at: int = 0  # in learning and relearning: milliseconds UTC from which the card may be asked again
    due_day: int = 0  # in review: the day (`day_of`) from which the card may be asked
    last_at: int = 0  # milliseconds UTC of the last review; 0 if none
    interval: int = 0  # days of the last interval given; 0 in learning
    reps: int = 0
    lapses: int = 0
    first_day: int = 0  # the day of the first review, so that new cards of a day can be counted
    buried_until: int = 0  # not asked before this day
    flag: int = 0
    suspended: bool = False
    marked: bool = False
    rejected: bool = False

    @property
    def is_new(self) -> bool:
        """Has it never been learned, or been forgotten on purpose?"""
        return self.phase == NEW

    @property
    def in_learning(self) -> bool:
        return self.phase in (LEARNING, RELEARNING)

    @property
    def out(self) -> bool:
        """Is it not to be asked until the learner says otherwise?"""
        return self.suspended or self.rejected

    def is_due(self, now: Moment, by: int) -> bool:
        """Is it in review and due by a day? Also if its last answer lies more than a day ahead: a clock was wrong."""
        return self.phase == REVIEW and (self.due_day <= by or self.last_at > now.at + DAY)

    def is_set_aside(self, today: int) -> bool:
        return self.out or self.buried_until > today
