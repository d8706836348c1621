"""What a session is to ask: the queue of the day, as the learner wished it, from the decks and the progress file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from dp100cards.decks.index import Entry, Index
from dp100cards.scheduler.days import DAY, Moment, day_end, day_of
from dp100cards.scheduler.queue import Limits, Queue, plan
from dp100cards.scheduler.state import CardState
from dp100cards.store import history
from dp100cards.store.store import Store

USUAL = Limits()


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a learner asked of the session."""

    wants: Callable[[Entry], bool] = lambda _: True
    """Which cards to ask."""
    limits: Limits = USUAL
    most: int | None = None
    minutes: float | None = None
    leech_lapses: int = 8
    typing: bool = False
    letters: str = ""
    """Letters that may label options."""
    cram: tuple[str, ...] | None = None
    """Ask exactly these, due or not."""


def todays_queue(store: Store, index: Index, now: Moment, wishes: Wishes) -> Queue:
    """The queue of the day, as it stands at a moment."""
    since = day_end(now, store.engine.rollover) - DAY
    return plan(
        _with_entries(index, store.active(since)),
        _with_entries(index, store.due(now, wishes.limits.ahead)),
        _fresh(store, index, day_of(now, store.engine.rollover)),
        now, store.engine, wishes.limits, wishes.wants,
    )  # fmt: skip


def _fresh(store: Store, index: Index, today: int) -> Iterator[Entry]:
    """The cards that can be asked for the first time; those that an exam has shown not to be known come first."""
    missed = history.missed(store, today)
    entries = index.entries_of(missed)
    yield from (entries[id_] for id_ in missed if id_ in entries)
    yield from index.fresh(store.not_fresh(today) | entries.keys())


def _with_entries(index: Index, states: Iterable[CardState]) -> Iterator[tuple[Entry, CardState]]:
    """The states whose cards are in the decks, with their entries, a handful at a time."""
    states = iter(states)
    while part := list(islice(states, 250)):
        entries = index.entries_of(state.card for state in part)
        yield from ((entries[state.card], state) for state in part if state.card in entries)
