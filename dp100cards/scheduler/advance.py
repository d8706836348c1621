"""What an event makes of a card's state: `advance` by one, `replay` a card's past, `replay_rows` a whole log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from dp100cards.scheduler.days import MINUTE, Moment, day_of, elapsed
from dp100cards.scheduler.engine import AGAIN, RATINGS, Engine, luck
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.state import LEARNING, NEW, RELEARNING, REVIEW, CardState

Row = tuple[str, str, int, int, int, int]
"""An event as a row of the log: card, kind, at, offset, rating, value."""


def advance(engine: Engine, state: CardState, event: Event) -> CardState:
    """A card's state after one event (not an undo). Raises ValueError for an event that makes no sense."""
    return _after(engine, state, event.kind, event.moment.at, event.moment.offset, event.rating, event.value)


def replay(engine: Engine, card: str, events: Iterable[Event]) -> CardState:
    """A card's state after all of its events, in their order, without those that were undone."""
    state = CardState(card=card)
    for event in events:
        state = advance(engine, state, event)
    return state


def replay_rows(engine: Engine, rows: Iterable[Row]) -> Iterator[CardState]:
    """The state of each card of a log: rows by card, and within a card in the order in which they count."""
    for card, group in groupby(rows, itemgetter(0)):
        state = CardState(card=card)
        for _, kind, at, offset, rating, value in group:
            state = _after(engine, state, kind, at, offset, rating, value)
        yield state


def outcomes(engine: Engine, state: CardState, now: Moment) -> dict[int, CardState]:
    """What each rating, given now, would make of a card; what is shown beside the ratings is applied."""
    return {rating: _reviewed(engine, state, now.at, now.offset, rating) for rating in RATINGS}


def _after(
    engine: Engine, state: CardState, kind: str, at: int, offset: int, rating: int, value: int
) -> CardState:
    match kind:
        case "review":
            return _reviewed(engine, state, at, offset, rating)
        case "practice" | "doubt":
            return state
        case "suspend" | "unsuspend":
            return replace(state, suspended=kind == "suspend")
        case "reject" | "unreject":
            return replace(state, rejected=kind == "reject")
        case "bury" | "unbury":
            return replace(state, buried_until=value if kind == "bury" else 0)
        case "flag" if 0 <= value <= 7:
            return replace(state, flag=value)
        case "mark" if value in (0, 1):
            return replace(state, marked=bool(value))
        case "forget":
            return CardState(
                card=state.card, suspended=state.suspended, rejected=state.rejected,
                flag=state.flag, marked=state.marked,
            )  # fmt: skip
        case "relearn":
            if state.phase == NEW:
                return state
            return replace(state, phase=RELEARNING, step=0, due_at=at, due_day=0, interval=0)
    raise ValueError(f"no event of the kind {kind!r} with the value {value} changes a card")


def _reviewed(engine: Engine, state: CardState, at: int, offset: int, rating: int) -> CardState:
    """A card's state after a rating: the only place where one is worked out."""
    if rating not in RATINGS:
        raise ValueError(f"a rating is 1, 2, 3 or 4, not {rating!r}")
    memory = (state.stability, state.difficulty) if state.stability > 0 else None
    days = elapsed(state.last_at, at, offset, engine.rollover) if memory else 0
    stability, difficulty = engine.after(memory, days, rating)
    waits = _waits(engine.learning, engine.relearning, state.phase, state.step)
    wait, step = waits[rating - 1]
    today = day_of(Moment(at, offset), engine.rollover)
    if wait:
        phase = RELEARNING if state.phase in (REVIEW, RELEARNING) else LEARNING
        due_at, due_day, interval = at + round(wait * MINUTE), 0, 0
    else:
        exact = engine.interval(stability)
        if memory is None:
            # Fitted parameters may give a better first rating less; else a better one never does.
            firsts = (
                engine.after(None, 0, lower)[0] for lower in range(1, rating) if not waits[lower - 1][0]
            )
            exact = max([exact, *map(engine.interval, firsts)])
        phase, interval = REVIEW, engine.fuzzed(exact, luck(state.card, state.reps))
        if state.phase == REVIEW and rating > AGAIN:
            # Chance never takes the interval of a card that was known below its last one.
            interval = max(interval, min(state.interval, engine.days(exact)))
        due_at, due_day = 0, today + interval
    return CardState(
        card=state.card, phase=phase, step=step, stability=stability, difficulty=difficulty, due_at=due_at,
        due_day=due_day, last_at=at, interval=interval, reps=state.reps + 1,
        lapses=state.lapses + (rating == AGAIN and state.phase == REVIEW), first_day=state.first_day or today,
        suspended=state.suspended, buried_until=state.buried_until, flag=state.flag, marked=state.marked,
        rejected=state.rejected,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _waits(
    learning: tuple[float, ...], relearning: tuple[float, ...], phase: str, step: int
) -> tuple[tuple[float, int], ...]:
    """For each rating the minutes until the next step, and which step that is; 0 minutes: on to review.

    Anki's and py-fsrs's rule: again starts the steps over, hard repeats one (of several the first: half-way
    to the second; an only one: half as long again), good goes to the next, easy to review.
    """
    if phase == REVIEW:
        return ((relearning[0], 0), *_ON) if relearning else (_TO_REVIEW, *_ON)
    steps = relearning if phase == RELEARNING else learning
    if not steps:
        return _TO_REVIEW, *_ON
    again = (steps[0], 0)
    if step >= len(steps):
        return again, *_ON
    second = steps[1] if len(steps) > 1 else steps[0] * 2
    hard = (steps[step], step) if step else ((steps[0] + second) / 2, 0)
    good = (steps[step + 1], step + 1) if step + 1 < len(steps) else _TO_REVIEW
    return again, hard, good, _TO_REVIEW


_TO_REVIEW = (0.0, 0)
_ON = (_TO_REVIEW, _TO_REVIEW, _TO_REVIEW)
