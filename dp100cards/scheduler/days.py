"""Days as a learner lives them: they begin at 04:00 local time, not at midnight.

Every moment is kept with the offset from UTC that was in force when it happened. A day number is therefore fixed
once and for all, and a trip to another time zone or a change to summer time moves no review to another day.
"""

from __future__ import annotations

from dataclasses import dataclass

ROLLOVER_HOUR = 4
MINUTE = 60_000
DAY = 86_400_000
"""Milliseconds of a minute, and of a day of 24 hours."""
CUT = 999
"""Added to the milliseconds from a moment to a whole second, this cuts the moment itself to a whole second."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time: `at` in milliseconds since 1970 UTC, `offset` in minutes east of UTC."""

    at: int
    offset: int = 0

    def later(self, milliseconds: int) -> Moment:
        """The moment so many milliseconds later, in the same time zone."""
        return Moment(self.at + milliseconds, self.offset)


def day_of(moment: Moment, rollover: int = ROLLOVER_HOUR) -> int:
    """The number of the learner's day: days since 1970-01-01, counted from `rollover` o'clock local time."""
    return (moment.at + moment.offset * MINUTE - rollover * 60 * MINUTE) // DAY


def day_end(moment: Moment, rollover: int = ROLLOVER_HOUR) -> int:
    """When the day of `moment` ends: milliseconds since 1970 UTC of the next rollover."""
    return (day_of(moment, rollover) + 1) * DAY + rollover * 60 * MINUTE - moment.offset * MINUTE


def elapsed_days(earlier: int, now: Moment, rollover: int = ROLLOVER_HOUR) -> int:
    """Days from `earlier` (milliseconds UTC) to `now`, never negative.

    Anki's rule (`rslib/src/scheduler/fsrs/memory_state.rs`): the difference of both moments' whole periods of 24
    hours before the end of today, with today's offset from UTC, both moments cut to whole seconds. So both programs
    give FSRS the same number.
    """
    return elapsed(earlier, now.at, now.offset, rollover)


def elapsed(earlier: int, at: int, offset: int, rollover: int) -> int:
    """`elapsed_days` to the moment `at` with `offset`."""
    shift = rollover * 60 * MINUTE - offset * MINUTE
    end = ((at - shift) // DAY + 1) * DAY + shift
    days = (end - earlier + CUT) // DAY - (end - at + CUT) // DAY
    return days if days > 0 else 0
