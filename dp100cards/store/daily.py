"""What today asks: the queue of the day, from the decks and the progress file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from dp100cards.decks.index import Entry, Index
from dp100cards.scheduler.days import DAY, Moment, day_end, day_of
from dp100cards.scheduler.queue import Limits, Queue, plan
from dp100cards.scheduler.state import CardState
from dp100cards.store import history
from dp100cards.store.store import Store


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
