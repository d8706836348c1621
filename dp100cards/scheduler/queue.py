"""The queue of a day: which cards to ask, and in which order.

Learning cards come when they are due. Reviews come by rising retrievability, what is nearest to being forgotten
first, with new cards spread evenly between them. Of the cards of one fact (siblings) only one is asked on a day: an
answer to one would give the others away. The limits count what was done today, in whatever session or terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dp100cards.scheduler.days import DAY, Moment, day_of
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.state import LEARNING, RELEARNING, REVIEW, CardState

LONGEST_MELT = 365
"""Days: further ahead nobody plans how a backlog goes away."""


class Entry(Protocol):
    """What the queue needs to know of a card: its id, and what it shares with its siblings."""

    @property
    def id(self) -> str: ...

    @property
    def fact(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much to ask on one day."""

    new: int = 10
    reviews: int = 200
    ahead: int = 0
    """Days: ask also what will fall due so soon."""
    new_in_backlog: bool = False
    """Ask new cards even while more reviews are due than the limit takes."""


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What a day asks."""

    main: tuple[str, ...] = ()
    """Reviews and new cards, in the order in which they are asked."""
    learning: tuple[tuple[int, str], ...] = ()
    """Cards in learning or relearning: when each is due (milliseconds UTC), earliest first."""
    new: frozenset[str] = frozenset()
    """Which of `main` are new."""
    held_back: bool = False
    """Does the limit leave reviews that are due for later days?"""
    new_held_back: bool = False
    """Are new cards waiting until the backlog has melted?"""


def plan(
    active: Iterable[tuple[Entry, CardState]],
    due: Iterable[tuple[Entry, CardState]],
    fresh: Iterable[Entry],
    now: Moment,
    engine: Engine,
    limits: Limits,
    wants: Callable[[Any], bool] = lambda _: True,
) -> Queue:
    """The queue at `now`.

    `active` are the cards that are in learning or were asked today, with their states; `due` those in review that
    are due, by rising retrievability; `fresh` those that can be asked for the first time, in the order of the notes.
    No more of the last two is drawn than is needed. `wants` says which cards to ask. Limits and siblings are reckoned
    over all cards, so that a session with one deck and then another asks no more than one with both.
    """
    today = day_of(now, engine.rollover)
    spent: set[str] = set()
    learning: list[tuple[int, str]] = []
    new_today = reviewed_today = 0
    for entry, state in active:
        if state.reps and _day(state.last_at, now, engine) == today:
            spent.add(entry.fact)
            new_today += state.first_day == today
            reviewed_today += state.first_day < today
        if state.phase in (LEARNING, RELEARNING) and not set_aside(state, today):
            spent.add(entry.fact)
            if wants(entry):
                # An answer in the future: the clock has been set back, and waiting for it to catch up is no use.
                learning.append((now.at if state.last_at > now.at else state.due_at, entry.id))
    room = max(limits.reviews - reviewed_today, 0)
    candidates = (
        entry
        for entry, state in due
        if not set_aside(state, today) and is_due(state, now, today + limits.ahead) and wants(entry)
    )
    reviews = _one_of_each(candidates, spent, room + 1)
    held_back = len(reviews) > room
    new_room = max(limits.new - new_today, 0)
    waits = held_back and not limits.new_in_backlog and new_room > 0
    unseen = (entry for entry in fresh if wants(entry))
    new = _one_of_each(unseen, spent, 0 if waits else new_room)
    return Queue(
        main=tuple(spread(reviews[:room], new)),
        learning=tuple(sorted(learning)),
        new=frozenset(new),
        held_back=held_back,
        new_held_back=waits and next(unseen, None) is not None,
    )


def _day(at: int, now: Moment, engine: Engine) -> int:
    return day_of(Moment(at, now.offset), engine.rollover)


def set_aside(state: CardState, today: int) -> bool:
    """Is the card suspended, rejected, or buried beyond today?"""
    return state.out or state.buried_until > today


def is_due(state: CardState, now: Moment, day: int) -> bool:
    """Is a card in review due by `day`?

    Also if its last answer lies more than a day in the future: the clock has been set back, and what the wrong
    clock said about the day when it falls due counts for nothing.
    """
    return state.phase == REVIEW and (state.due_day <= day or state.last_at > now.at + DAY)


def spread(reviews: Sequence[str], new: Sequence[str]) -> list[str]:
    """New cards spread evenly between reviews; the first is a review, if there is one."""
    result: list[str] = []
    taken = 0
    for n, review in enumerate(reviews, 1):
        result.append(review)
        upto = n * len(new) // len(reviews)
        result += new[taken:upto]
        taken = upto
    return result + list(new[taken:])


def _one_of_each(cards: Iterable[Entry], spent: set[str], most: int) -> list[str]:
    """Of the cards of one fact the first, and none of a fact that was asked today already; marks them as spent."""
    result: list[str] = []
    if not most:
        return result
    for card in cards:
        if card.fact not in spent:
            spent.add(card.fact)
            result.append(card.id)
            if len(result) == most:
                break
    return result


def melts_in(held_back: int, falling_due: Mapping[int, int], today: int, limit: int) -> int:
    """Days until so many reviews have been asked beside those that fall due; `LONGEST_MELT` if they never are."""
    for days in range(1, LONGEST_MELT):
        held_back += falling_due.get(today + days, 0) - limit
        if held_back <= 0:
            return days
    return LONGEST_MELT
