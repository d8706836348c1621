"""What a session is to ask: the queue of the day, as the learner wished it, from the decks and the progress file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dp100cards.decks.index import Entry, Index
from dp100cards.scheduler.days import Moment
from dp100cards.scheduler.queue import Limits, Queue
from dp100cards.store import daily
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
    return daily.todays_queue(store, index, now, wishes.limits, wishes.wants)
