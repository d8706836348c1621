"""What the log tells about days: streaks, and what was done on one day. Read-only, and fast in a log of years.

A day is the learner's day, in the time zone in which each review was done.
"""

from __future__ import annotations

from dataclasses import dataclass

from dp100cards.scheduler.days import DAY, MINUTE, ROLLOVER_HOUR
from dp100cards.scheduler.engine import Engine
from dp100cards.store.store import Store
from dp100cards.store.telling import telling_the_learner

WIDEST_OFFSET = 14 * 60 * MINUTE
"""No time zone is further from UTC than this."""

ON_DAY = f"""
    kind = 'review' AND at BETWEEN :day * {DAY} + :start - {WIDEST_OFFSET}
                               AND (:day + 1) * {DAY} + :start + {WIDEST_OFFSET}
    AND (at + offset * {MINUTE} - :start) / {DAY} = :day
    AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.id)
"""


@dataclass(frozen=True, kw_only=True)
class Day:
    """What was done on one day."""

    reviews: int = 0
    """Ratings, learning steps among them."""
    cards: int = 0
    new: int = 0
    """Cards seen for the first time."""
    recalled: int = 0
    """Of the cards that were learned before: how many were known when they were first asked that day."""
    asked: int = 0
    """How many cards that were learned before were asked."""
    took: int = 0
    """Milliseconds."""

    @property
    def retention(self) -> float | None:
        """The share of learned cards that were known, or None if none was asked."""
        return self.recalled / self.asked if self.asked else None


def day(store: Store, number: int, rollover: int = ROLLOVER_HOUR) -> Day:
    """What was done on the day of that number (`days.day_of`)."""
    names = {"day": number, "start": rollover * 60 * MINUTE}
    query = f"""
        WITH today AS (SELECT id, card, rating, took FROM event WHERE {ON_DAY}),
             first AS (SELECT card, rating, min(id) FROM today GROUP BY card),
             old AS (
                 SELECT first.rating FROM first JOIN state USING (card)
                 WHERE state.first_day BETWEEN 1 AND :day - 1
             )
        SELECT (SELECT count(*) FROM today), (SELECT count(*) FROM first), (SELECT sum(took) FROM today),
               (SELECT count(*) FROM old), (SELECT count(*) FROM old WHERE rating > 1)
    """
    with telling_the_learner(store.path):
        reviews, cards, took, asked, recalled = store.connection.execute(query, names).fetchone()
    return Day(
        reviews=reviews, cards=cards, new=cards - asked, recalled=recalled, asked=asked, took=took or 0
    )


def streak(store: Store, today: int, rollover: int = ROLLOVER_HOUR) -> int:
    """How many days in a row something was reviewed, up to today; today may still be empty."""
    return run_before(store, today, rollover) + studied(store, today, rollover)


def run_before(store: Store, number: int, rollover: int = ROLLOVER_HOUR) -> int:
    """How many days in a row something was reviewed, up to the day before that one."""
    first = number
    while studied(store, first - 1, rollover):
        first -= 1
    return number - first


def studied(store: Store, number: int, rollover: int = ROLLOVER_HOUR) -> bool:
    """Was anything reviewed on that day?"""
    names = {"day": number, "start": rollover * 60 * MINUTE}
    with telling_the_learner(store.path):
        found = store.connection.execute(f"SELECT 1 FROM event WHERE {ON_DAY} LIMIT 1", names).fetchone()
    return found is not None


def days(store: Store, first: int, last: int, rollover: int = ROLLOVER_HOUR) -> dict[int, int]:
    """How many reviews each day from `first` to `last` has; days without any are left out."""
    start = rollover * 60 * MINUTE
    query = f"""
        SELECT (at + offset * {MINUTE} - {start}) / {DAY} AS number, count(*) FROM event
        WHERE kind = 'review' AND at BETWEEN ? AND ?
              AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.id)
        GROUP BY number HAVING number BETWEEN ? AND ? ORDER BY number
    """
    span = (first * DAY + start - WIDEST_OFFSET, (last + 1) * DAY + start + WIDEST_OFFSET)
    with telling_the_learner(store.path):
        return dict(store.connection.execute(query, (*span, first, last)).fetchall())


def totals(store: Store) -> tuple[int, int]:
    """How many reviews there are, and how many milliseconds they took."""
    with telling_the_learner(store.path):
        count, took = store.connection.execute(
            "SELECT count(*), coalesce(sum(took), 0) FROM review"
        ).fetchone()
    return int(count), int(took)


def study_days(store: Store, rollover: int = ROLLOVER_HOUR) -> list[int]:
    """Every day on which something was reviewed, ascending."""
    start = rollover * 60 * MINUTE
    query = f"SELECT DISTINCT (at + offset * {MINUTE} - {start}) / {DAY} AS day FROM review ORDER BY day"
    with telling_the_learner(store.path):
        return [row[0] for row in store.connection.execute(query)]


def retention(store: Store, first: int, last: int, engine: Engine) -> tuple[int, int]:
    """Of the cards in review that were asked from one day to another: how many were known, and how many asked.

    Only a card's first answer of a day counts, and only if the card had been begun before that day: what is asked
    again minutes later says nothing about memory.
    """
    start = engine.rollover * 60 * MINUTE
    query = f"""
        WITH answer AS (
            SELECT id, card, rating, (at + offset * {MINUTE} - {start}) / {DAY} AS day FROM review
            WHERE at BETWEEN ? AND ?
        ), first_of_day AS (SELECT card, day, rating, min(id) FROM answer GROUP BY card, day)
        SELECT coalesce(sum(rating > 1), 0), count(*) FROM first_of_day JOIN state USING (card)
        WHERE state.first_day BETWEEN 1 AND day - 1 AND day BETWEEN ? AND ?
    """
    span = (first * DAY + start - WIDEST_OFFSET, (last + 1) * DAY + start + WIDEST_OFFSET)
    with telling_the_learner(store.path):
        known, asked = store.connection.execute(query, (*span, first, last)).fetchone()
    return int(known), int(asked)


def missed(store: Store, today: int) -> list[str]:
    """The ids of new cards that an exam asked and that were not known there, in the order of the exams.

    They come before all other new cards, from the day after their exam on.
    """
    query = """SELECT state.card FROM state JOIN event USING (card)
        WHERE phase = 'new' AND NOT suspended AND buried_until <= ? AND origin = 'exam' AND kind = 'bury'
        AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.id)
        GROUP BY state.card ORDER BY min(event.id)"""
    with telling_the_learner(store.path):
        return [row[0] for row in store.connection.execute(query, (today,))]
