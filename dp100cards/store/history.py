"""What the log says about days: what was done on each. Read-only, and fast in a log of years.

A day is the learner's day, in the time zone in which each review was done.
"""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass

from dp100cards.scheduler.event import DAY, MINUTE, ROLLOVER_HOUR, Moment, day_of
from dp100cards.store.store import Store

WIDEST_OFFSET = 14 * 60 * MINUTE
"""No time zone is further from UTC than this."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """What was done on one day, or in several."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """Days in a row with reviews. One missed day a week does not end it, and is not counted."""

    days: int
    longest: int
    today: bool
    """Was anything reviewed today?"""
    rested: bool
    """Was a day missed in the last seven?"""


def days(
    store: Store, first: int, last: int, rollover: int = ROLLOVER_HOUR, ids: Set[str] | None = None
) -> dict[int, Day]:
    """What was done on each day from `first` to `last` (`days.day_of`); days without reviews are left out.

    Only a card's first answer of a day says anything about memory, and only if the card was begun before that day.
    `ids` are the cards that count, if not all do.
    """
    start = rollover * 60 * MINUTE
    mine = "" if ids is None else " AND card IN (SELECT value FROM json_each(:ids))"
    query = f"""
        WITH answer AS (
            SELECT card, rating, took, turn, uid, (at + offset * {MINUTE} - {start}) / {DAY} AS day FROM review
            WHERE at BETWEEN :first * {DAY} + {start} - {WIDEST_OFFSET}
                         AND (:last + 1) * {DAY} + {start} + {WIDEST_OFFSET}
        ), placed AS (
            SELECT answer.*, row_number() OVER (PARTITION BY card, day ORDER BY turn, uid) = 1 AS is_first,
                   state.first_day BETWEEN 1 AND day - 1 AS is_old
            FROM answer JOIN state USING (card) WHERE day BETWEEN :first AND :last{mine}
        )
        SELECT day, count(*), sum(is_first), sum(is_first AND NOT is_old), sum(is_first AND is_old AND rating > 1),
               sum(is_first AND is_old), sum(took)
        FROM placed GROUP BY day ORDER BY day"""
    names = ("reviews", "cards", "new", "recalled", "asked", "took")
    rows = store.all(query, {"first": first, "last": last, "ids": json.dumps(sorted(ids or ()))})
    return {day: Day(**dict(zip(names, row, strict=True))) for day, *row in rows}


def day(store: Store, number: int, rollover: int = ROLLOVER_HOUR, ids: Set[str] | None = None) -> Day:
    """What was done on the day of that number, with all cards or with these."""
    return days(store, number, number, rollover, ids).get(number, Day())


def study_days(store: Store, rollover: int = ROLLOVER_HOUR, first: int = 0) -> list[int]:
    """Every day (from `first` on) on which something was reviewed, ascending."""
    start = rollover * 60 * MINUTE
    query = f"""SELECT DISTINCT (at + offset * {MINUTE} - {start}) / {DAY} AS day FROM review
        WHERE at >= ? ORDER BY day"""
    return [day for (day,) in store.all(query, (first * DAY - WIDEST_OFFSET,))]


GRACE, RECENT = 7, 60
"""Days: within so many one may be missed; within so many most runs begin."""


def streak(store: Store, today: int, rollover: int = ROLLOVER_HOUR, *, recent: bool = False) -> Streak:
    """The days in a row up to today; today may still be empty. `recent`: `longest` does not matter, speed does."""
    longest = run = 0
    before = rested = -GRACE

    def come_to(day: int) -> None:
        nonlocal run, rested
        missed = range(before + 1, day)
        if len(missed) > 1 or (missed and missed[0] - rested < GRACE):
            run = 0
        elif missed:
            rested = missed[0]

    for day in study_days(store, rollover, today - RECENT if recent else 0):
        if day <= today:  # a later one was done by a clock that was wrong
            come_to(day)
            run, before = run + 1, day
            longest = max(longest, run)
    if before < today:
        come_to(today)
    if recent and run > RECENT - 2 * GRACE:
        return streak(store, today, rollover)
    return Streak(days=run, longest=longest, today=before == today, rested=today - rested < GRACE)


def totals(store: Store) -> tuple[int, int]:
    """How many reviews there are, and how many milliseconds they took."""
    count, took = store.all("SELECT count(*), coalesce(sum(took), 0) FROM review")[0]
    return int(count), int(took)


def missed(store: Store, today: int) -> list[str]:
    """The ids of new cards that an exam asked and that were not known there, in the order of the exams.

    They come before all other new cards, from the day after their exam on.
    """
    query = """SELECT state.card FROM state JOIN event USING (card)
        WHERE phase = 'new' AND NOT suspended AND NOT rejected AND buried_until <= ?
        AND origin = 'exam' AND kind = 'bury'
        AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.id)
        GROUP BY state.card ORDER BY min(event.at), min(event.origin_id), min(event.uid)"""
    return [card for (card,) in store.all(query, (today,))]


def coming(store: Store, ids: Set[str], now: Moment, days: int) -> list[int]:
    """How many of these cards fall due on each of the next `days` days, today first and with what is overdue."""
    rollover = store.engine.rollover
    start, today = rollover * 60 * MINUTE, day_of(now, rollover)
    query = f"""SELECT card, max(buried_until, CASE phase WHEN 'review' THEN due_day
            ELSE (due_at + ? * {MINUTE} - {start}) / {DAY} END) FROM state
        WHERE phase <> 'new' AND NOT suspended AND NOT rejected"""
    found = [0] * days
    for card, day in store.all(query, (now.offset,)):
        if card in ids and day < today + days:
            found[max(day - today, 0)] += 1
    return found
