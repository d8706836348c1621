"""The queue of a day: which cards to ask, and in which order.

Learning cards come when they are due. Reviews come by rising retrievability, what is nearest to being forgotten
first, with new cards spread evenly between them. Of the cards of one fact (siblings) only one is asked on a day: an
answer to one would give the others away. The limits count what was done today, in whatever session or terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dp100cards.memory.days import DAY, Moment, day_of
from dp100cards.memory.engine import Engine
from dp100cards.memory.state import LEARNING, NEW, RELEARNING, REVIEW, CardState

LONGEST_MELT = 365
"""Days: further ahead nobody plans how a backlog goes away."""


class Entry(Protocol):
    """What the queue needs to know of a card."""

    @property
    def id(self) -> str:
        """The card's id."""

    @property
    def fact(self) -> str:
        """What the card shares with its siblings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much to ask on one day."""

    new: int = 10
    reviews: int = 200
    ahead: int = 0
    """Days: ask also what will fall due so soon."""
    new_in_backlog: bool = False
    """Ask new cards even while more reviews are due than the limit takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What a day asks."""

    main: tuple[str, ...] = ()
    """Reviews and new cards, in the order in which they are asked."""
    learning: tuple[tuple[int, str], ...] = ()
    """Cards in learning or relearning: when each is due (milliseconds UTC), earliest first."""
    new: frozenset[str] = frozenset()
    """Which of `main` are new."""
    due: int = 0
    """How many reviews are due today, before the limit and without siblings."""
    held_back: int = 0
    """How many of those the limit leaves for later days."""
    new_held_back: bool = False
    """Are new cards waiting until the backlog has melted?"""
    melts_in: int = 0
    """Days until the limit has dealt with what it holds back; `LONGEST_MELT` if it never does."""


def plan(
    entries: Sequence[Entry],
    states: Mapping[str, CardState],
    now: Moment,
    engine: Engine,
    limits: Limits,
    wanted: Iterable[str] | None = None,
) -> Queue:
    """The queue at `now`. `entries` are all cards in the order of the notes; `wanted`, if given, names those to ask.

    Limits and siblings are reckoned over all cards, so that a session with one deck and then another asks no more
    than one with both.
    """
    today = day_of(now, engine.rollover)
    chosen = None if wanted is None else set(wanted)
    spent: set[str] = set()
    learning: list[tuple[int, str]] = []
    due: list[tuple[float, str, str]] = []
    fresh: list[tuple[str, str]] = []
    new_today = reviewed_today = 0
    for entry in entries:
        state = states.get(entry.id)
        asked = chosen is None or entry.id in chosen
        if state is not None and state.reps and _day(state.last_at, now, engine) == today:
            spent.add(entry.fact)
            new_today += state.first_day == today
            reviewed_today += state.first_day < today
        if state is None or state.phase == NEW:
            if asked and (state is None or not set_aside(state, today)):
                fresh.append((entry.id, entry.fact))
        elif set_aside(state, today):
            continue
        elif state.phase in (LEARNING, RELEARNING):
            spent.add(entry.fact)
            if asked:
                # An answer in the future: the clock has been set back, and waiting for it to catch up is no use.
                learning.append((now.at if state.last_at > now.at else state.due_at, entry.id))
        elif asked and is_due(state, now, today + limits.ahead):
            due.append((engine.retrievability(state, now), entry.id, entry.fact))
    due.sort()
    reviews = [id_ for id_, _ in _one_of_each(((id_, fact) for _, id_, fact in due), spent)]
    room = max(limits.reviews - reviewed_today, 0)
    held_back = max(len(reviews) - room, 0)
    new_room = max(limits.new - new_today, 0)
    waits = held_back > 0 and not limits.new_in_backlog and new_room > 0
    new = [id_ for id_, _ in _one_of_each(fresh, spent, 0 if waits else new_room)]
    return Queue(
        main=tuple(spread(reviews[:room], new)),
        learning=tuple(sorted(learning)),
        new=frozenset(new),
        due=len(reviews),
        held_back=held_back,
        new_held_back=waits and bool(fresh),
        melts_in=_melts_in(states.values(), today, held_back, limits.reviews) if held_back else 0,
    )


def _day(at: int, now: Moment, engine: Engine) -> int:
    return day_of(Moment(at, now.offset), engine.rollover)


def set_aside(state: CardState, today: int) -> bool:
    """Is the card suspended, or buried beyond today?"""
    return state.suspended or state.buried_until > today


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


def _one_of_each(
    cards: Iterable[tuple[str, str]], spent: set[str], most: int | None = None
) -> list[tuple[str, str]]:
    """Of the cards of one fact the first, and none of a fact that was asked today already; marks them as spent."""
    result: list[tuple[str, str]] = []
    for id_, fact in cards:
        if most is not None and len(result) >= most:
            break
        if fact not in spent:
            spent.add(fact)
            result.append((id_, fact))
    return result


def _melts_in(states: Iterable[CardState], today: int, held_back: int, limit: int) -> int:
    """Days until what is held back has been asked, while each day brings its own."""
    falling_due: dict[int, int] = {}
    for state in states:
        if state.phase == REVIEW and not state.suspended and state.due_day > today:
            falling_due[state.due_day] = falling_due.get(state.due_day, 0) + 1
    for days in range(1, LONGEST_MELT):
        held_back += falling_due.get(today + days, 0) - limit
        if held_back <= 0:
            return days
    return LONGEST_MELT
