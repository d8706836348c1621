"""Day by day: what was done, what today asks, and the way to the exam that the learner plans.

A day is the learner's day, in the time zone in which each review was done. Days of study are the learner's, whatever
collection they went to. All that is said of cards and of answers is said of the cards of one collection (`ids`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from dp100cards.config import StudyOptions
from dp100cards.decks.index import Entry, Index
from dp100cards.errors import NOT_DATA
from dp100cards.scheduler.event import DAY, MINUTE, ROLLOVER, CardState, Moment, date_of, day_end, day_of
from dp100cards.scheduler.queue import FURTHEST, Limits, Queue, Work, new_on, plan
from dp100cards.store.store import NOT_UNDONE, Store

WIDEST_OFFSET = 14 * 60 * MINUTE  # no time zone is further from UTC than this
DAY_OF = f"(at + offset * {MINUTE} - {ROLLOVER}) / {DAY}"
BEGIN, END = f"{DAY} + {ROLLOVER - WIDEST_OFFSET}", f"{DAY} + {ROLLOVER + WIDEST_OFFSET}"
"""Behind `day *`: when a day begins where it is first, and where it is last."""
GRACE = 7  # days: within so many one may be missed
USUAL_SECONDS = 8.0  # for an answer, until the learner's own are known
ENOUGH_ANSWERS = 50
PLAN = "plan "
"""How the names of the settings begin that hold the plan of an exam; the name of its blueprint follows."""


# What was done


class Day(NamedTuple):
    """What was done on one day. Of the cards that were begun before it, only the first answer says anything."""

    reviews: int = 0  # ratings, learning steps among them
    new: int = 0  # cards seen for the first time
    recalled: int = 0  # of the cards asked that were begun before, how many were known
    asked: int = 0
    took: int = 0  # milliseconds


def days(store: Store, first: int, last: int, ids: Set[str] | None = None) -> dict[int, Day]:
    """What was done on each day from `first` to `last` (`day_of`), with these cards or with all; no empty days."""
    # The plus keeps SQLite from looking for the answers of each card, one after the other.
    mine = "" if ids is None else "AND +card IN (SELECT value FROM json_each(:ids))"
    query = f"""
        WITH answer AS (
            SELECT card, rating, took, turn, uid, {DAY_OF} AS day FROM review
            WHERE at BETWEEN :first * {BEGIN} AND (:last + 1) * {END} {mine}
        ), placed AS (
            SELECT answer.*, row_number() OVER (PARTITION BY card, day ORDER BY turn, uid) = 1 AS is_first,
                   state.first_day BETWEEN 1 AND day - 1 AS is_old
            FROM answer JOIN state USING (card) WHERE day BETWEEN :first AND :last
        )
        SELECT day, count(*), sum(is_first AND NOT is_old), sum(is_first AND is_old AND rating > 1),
               sum(is_first AND is_old), sum(took)
        FROM placed GROUP BY day ORDER BY day"""
    names = {"first": first, "last": last, "ids": json.dumps(list(ids or ()))}
    return {day: Day(*row) for day, *row in store.all(query, names)}


def study_days(store: Store) -> list[int]:
    """Every day on which something was reviewed, ascending.

    Day by day it is looked for one review, from the last event on to the one before: quick in a log of years.
    """
    latest = f"SELECT (max(at) + {WIDEST_OFFSET - ROLLOVER}) / {DAY} FROM event"
    query = f"""WITH RECURSIVE each (day) AS (
            {latest} UNION ALL SELECT min(day - 1, ({latest} WHERE at < day * {END})) FROM each WHERE day NOT NULL
        ) SELECT day FROM each WHERE EXISTS (
            SELECT 1 FROM review WHERE at BETWEEN day * {BEGIN} AND (day + 1) * {END} AND {DAY_OF} = day
        ) ORDER BY day"""
    return [day for (day,) in store.all(query)]


class Streak(NamedTuple):
    """Days in a row with reviews. One missed day a week does not end it, and is not counted."""

    days: int
    longest: int


def streak(store: Store, today: int) -> Streak:
    """The days in a row up to today; today may still be empty."""
    studied = set(study_days(store))
    longest = run = 0
    before = rested = -GRACE
    for day in sorted(studied | {today}):
        if day > today:  # by a clock that was wrong
            break
        if day - before > 2 or (day - before == 2 and day - 1 - rested < GRACE):
            run = 0
        elif day - before == 2:
            rested = day - 1
        if day in studied:
            run, before = run + 1, day
            longest = max(longest, run)
    return Streak(run, longest)


# What is coming


def falling_due(
    store: Store, ids: Set[str], now: Moment, days: int, *, learning: bool = False
) -> Counter[int]:
    """How many of these cards in review (or learning) fall due on each of so many days, from 0 for today on.

    What is overdue is due today, and so is what was answered more than a day after `now`, by a clock that was wrong.
    """
    query = f"""SELECT card, day - :today FROM (
            SELECT card, max(:today, buried_until, CASE
                WHEN phase <> 'review' THEN (due_at + :offset * {MINUTE} - {ROLLOVER}) / {DAY}
                WHEN last_at > :now + {DAY} THEN 0 ELSE due_day END) AS day
            FROM state WHERE (phase = 'review' OR :learning AND phase <> 'new') AND NOT suspended AND NOT rejected
        ) WHERE day < :today + :days"""
    names = {"today": day_of(now), "days": days, "offset": now.offset, "now": now.at, "learning": learning}
    return Counter(day for card, day in store.all(query, names) if card in ids)


def todays_queue(
    store: Store,
    index: Index,
    now: Moment,
    limits: Limits,
    wants: Callable[[Entry], bool] = lambda _: True,
    new: Callable[[], Iterable[Entry]] | None = None,
) -> Queue:
    """The queue of the day, as it is at a moment; `new` gives new cards in an order of their own."""
    active, due = store.active(day_end(now) - DAY), store.due(now, limits.ahead)
    fresh = _fresh(store, index, day_of(now), new)
    return plan(_with_entries(index, active), _with_entries(index, due), fresh, now, limits, wants)


def _fresh(
    store: Store, index: Index, today: int, new: Callable[[], Iterable[Entry]] | None
) -> Iterator[Entry]:
    """The cards that can be asked for the first time; those that an exam has shown not to be known come first.

    An exam buries them until the day after it, and they come in the order of the exams.
    """
    query = f"""SELECT state.card FROM state JOIN event USING (card)
        WHERE phase = 'new' AND NOT suspended AND NOT rejected AND buried_until <= ?
        AND origin = 'exam' AND kind = 'bury' AND {NOT_UNDONE}
        GROUP BY state.card ORDER BY min(event.at), min(event.origin_id), min(event.uid)"""
    missed = [card for (card,) in store.all(query, (today,))]
    entries = index.entries_of(missed)
    yield from (entries[id_] for id_ in missed if id_ in entries)
    if new is None:
        yield from index.fresh(store.not_fresh(today) | entries.keys())
    else:
        yield from (entry for entry in new() if entry.id not in entries)


def _with_entries(index: Index, states: Iterable[CardState]) -> Iterator[tuple[Entry, CardState]]:
    """The states whose cards are in the decks, with their entries, a handful at a time."""
    states = iter(states)
    while part := list(islice(states, 250)):
        entries = index.entries_of(state.card for state in part)
        yield from ((entries[state.card], state) for state in part if state.card in entries)


# The way to an exam


class ExamPlan(NamedTuple):
    """When an exam is, and how many minutes a day there are for it; None where the learner has not said.

    It is kept in the progress file and not in `dp100.toml`, so that a command or a screen can set it without
    rewriting a file of the learner's, and so that it travels with the history.
    """

    day: date | None = None
    minutes: float | None = None


def exam_plan(store: Store, exam: str, study: StudyOptions) -> ExamPlan:
    """The plan for an exam; what was never said is as `dp100.toml` has it."""
    usual = ExamPlan(study.exam_date, study.minutes_per_day or None)
    try:
        kept = as_data(usual) | json.loads(store.setting(PLAN + exam) or "{}")
        day, minutes = kept["day"], float(kept["minutes"] or 0)
        return ExamPlan(date.fromisoformat(day) if day else None, minutes if 0 < minutes <= 1440 else None)
    except NOT_DATA:  # from a foreign history
        return usual


def as_data(plan: ExamPlan) -> dict[str, Any]:
    return {"day": plan.day.isoformat() if plan.day else None, "minutes": plan.minutes}


def planned_exams(store: Store) -> list[str]:
    """The names of the exams for which a plan was kept."""
    query = f"SELECT name FROM setting WHERE name GLOB '{PLAN}*'"
    return [name.removeprefix(PLAN) for (name,) in store.all(query)]


def keep_exam_plan(store: Store, exam: str, plan: ExamPlan, now: Moment) -> None:
    store.set_setting(PLAN + exam, json.dumps(as_data(plan)), now.at)


class Today:
    """What today asks on the way to an exam, as it is at a moment; each figure is computed when it is asked for."""

    def __init__(self, store: Store, index: Index, now: Moment, study: StudyOptions, exam: str = "") -> None:
        """`exam` is the name under which the plan is kept; without it there is only that of `dp100.toml`."""
        self.store, self.index, self.now, self.study = store, index, now, study
        self.plan, self.today = exam_plan(store, exam, study), day_of(now)
        self.date = date_of(self.today)

    @cached_property
    def ids(self) -> Set[str]:
        """The ids of all cards of the collection, rejected ones too."""
        return self.index.ids()

    @cached_property
    def done(self) -> Day:
        """What was done today, with cards of the collection."""
        return days(self.store, self.today, self.today, self.ids).get(self.today, Day())

    @cached_property
    def streak(self) -> Streak:
        """Days in a row, with cards of whatever collection."""
        return streak(self.store, self.today)

    @cached_property
    def seconds(self) -> float:
        """What an answer takes this learner, by the latest thousand."""
        query = "SELECT took FROM event WHERE kind = 'review' ORDER BY id DESC LIMIT 1000"
        took = [milliseconds for (milliseconds,) in self.store.all(query)]
        return max(sum(took) / len(took) / 1000, 1.0) if len(took) >= ENOUGH_ANSWERS else USUAL_SECONDS

    @property
    def days_left(self) -> int | None:
        """Days until the exam, 0 on its day; None if there is none ahead, or none that a plan can reach."""
        left = (self.plan.day - self.date).days if self.plan.day else -1
        return left if 0 <= left <= FURTHEST else None

    @cached_property
    def unseen(self) -> int:
        """How many cards were never asked."""
        return len(self.ids - self.store.not_fresh())

    @property
    def affordable(self) -> float | None:
        """How many answers a day fit into the learner's minutes; None if these are not bounded."""
        return self.plan.minutes and self.plan.minutes * 60 / self.seconds

    @cached_property
    def _reviews_due(self) -> int:
        return falling_due(self.store, self.ids, self.now, 1)[0]

    @cached_property
    def limits(self) -> Limits:
        """How much today asks: as `dp100.toml` says; with an exam ahead, the new cards that it and the minutes want."""
        new = self.study.new_per_day
        if self.days_left is not None:
            # What was done today counts, so that the day's number stays the same all day.
            unseen, reviews = self.unseen + self.done.new, self.done.asked + self._reviews_due
            new = new_on(unseen, self.days_left, reviews, self.affordable)
        return Limits(new, self.study.reviews_per_day)

    def new_tomorrow(self, reviews: int) -> int:
        """How many new cards tomorrow brings, beside so many reviews; after the exam's day as `dp100.toml` says."""
        if not self.days_left:
            return min(self.study.new_per_day, self.unseen)
        return new_on(self.unseen, self.days_left - 1, reviews, self.affordable)

    @cached_property
    def queue(self) -> Queue:
        return todays_queue(self.store, self.index, self.now, self.limits)

    @cached_property
    def work(self) -> Work:
        """What today's session asks."""
        queue, new = self.queue, len(self.queue.new)
        due = len(queue.main) - new
        held_back = max(self._reviews_due - due, 0) if queue.held_back else 0
        return Work(due, len(queue.learning), new, held_back, self.seconds)
