"""What today asks: how much, and the queue of the day, from the decks and the progress file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from dp100cards.decks.index import Entry, Index
from dp100cards.scheduler.event import DAY, CardState, Moment, day_end, day_of
from dp100cards.scheduler.queue import Limits, Queue, new_on, plan
from dp100cards.store import history
from dp100cards.store.plans import ExamPlan
from dp100cards.store.store import Store

EPOCH = date(1970, 1, 1)
USUAL_SECONDS = 8.0
"""For an answer, until the learner's own are known."""
ENOUGH_ANSWERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """The way to the day of the exam, planned anew each day."""

    day: date
    days: int
    """Until then: 0 on the day itself, less if it is over."""
    answers: float | None
    """How many answers a day fit into the learner's minutes; None if these are not bounded."""
    new_today: int
    """How many new cards today brings, those already asked today among them."""
    unseen: int
    """Cards that were never asked."""

    def limits(self, usual: Limits) -> Limits:
        """How much today asks: as the exam wants it, until it is over."""
        return usual if self.days < 0 else replace(usual, new=self.new_today)


def preparation(store: Store, index: Index, exam: ExamPlan, now: Moment) -> Preparation | None:
    """The way to the exam, as it is at a moment; None if no day is named."""
    if exam.day is None:
        return None
    today, ids = day_of(now, store.engine.rollover), index.ids()
    unseen = len(ids - store.not_fresh())
    begun = len(ids & store.begun_on(today))
    done = history.day(store, today, store.engine.rollover)
    days = (exam.day - EPOCH).days - today
    answers = None if exam.minutes is None else exam.minutes * 60 / seconds_per_answer(store)
    # What was done today counts, so that the day's number stays the same all day.
    new = new_on(unseen + begun, days, done.cards - done.new + store.count_due(now), answers)
    return Preparation(day=exam.day, days=days, answers=answers, new_today=new, unseen=unseen)


def seconds_per_answer(store: Store) -> float:
    """What an answer takes this learner, by the latest thousand."""
    query = "SELECT took FROM event WHERE kind = 'review' ORDER BY id DESC LIMIT 1000"
    took = [milliseconds for (milliseconds,) in store.all(query)]
    return max(sum(took) / len(took) / 1000, 1.0) if len(took) >= ENOUGH_ANSWERS else USUAL_SECONDS


def todays_queue(
    store: Store,
    index: Index,
    now: Moment,
    limits: Limits,
    wants: Callable[[Entry], bool] = lambda _: True,
    new: Iterable[Entry] | None = None,
) -> Queue:
    """The queue of the day, as it is at a moment; `new` is the order of new cards, if it is not that of the notes."""
    since = day_end(now, store.engine.rollover) - DAY
    return plan(
        _with_entries(index, store.active(since)),
        _with_entries(index, store.due(now, limits.ahead)),
        _fresh(store, index, day_of(now, store.engine.rollover), new),
        now, store.engine, limits, wants,
    )  # fmt: skip


def _fresh(store: Store, index: Index, today: int, new: Iterable[Entry] | None) -> Iterator[Entry]:
    """The cards that can be asked for the first time; those that an exam has shown not to be known come first."""
    missed = history.missed(store, today)
    entries = index.entries_of(missed)
    yield from (entries[id_] for id_ in missed if id_ in entries)
    if new is None:
        yield from index.fresh(store.not_fresh(today) | entries.keys())
    else:
        yield from (entry for entry in new if entry.id not in entries)


def _with_entries(index: Index, states: Iterable[CardState]) -> Iterator[tuple[Entry, CardState]]:
    """The states whose cards are in the decks, with their entries, a handful at a time."""
    states = iter(states)
    while part := list(islice(states, 250)):
        entries = index.entries_of(state.card for state in part)
        yield from ((entries[state.card], state) for state in part if state.card in entries)
