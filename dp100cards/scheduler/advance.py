"""What an event makes of a card's state: `advance` by one, `replay` a card's past, `replay_rows` a whole log.

All share `_rate`, so that what is shown, what is applied and what is rebuilt are the same to the bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, product
from operator import itemgetter

from fsrs_rs_python import FSRSItem, FSRSReview

from dp100cards.scheduler.days import CUT, DAY, MINUTE, Moment, day_of, elapsed_days
from dp100cards.scheduler.engine import (
    AGAIN,
    AGES,
    ANSWERS,
    FUZZ_FROM,
    RATINGS,
    Engine,
    Memory,
    check_rating,
    luck,
)
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.state import LEARNING, NEW, PHASES, RELEARNING, REVIEW, CardState

Row = tuple[str, str, int, int, int, int]
"""An event as a row of the log: card, kind, at, offset, rating, value."""


def advance(engine: Engine, state: CardState, event: Event) -> CardState:
    """A card's state after one event (not an undo). Raises ValueError for an event without sense."""
    if event.kind == "review":
        return _reviewed(engine, state, event.moment, event.rating)
    return _told(state, event.kind, event.value, event.moment)


def replay(engine: Engine, card: str, events: Iterable[Event]) -> CardState:
    """A card's state after all of its events, in their order, without those that were undone."""
    rows = ((card, e.kind, e.moment.at, e.moment.offset, e.rating, e.value) for e in events)
    return _replay(engine, card, rows)


def replay_rows(engine: Engine, rows: Iterable[Row]) -> Iterator[CardState]:
    """The state of each card of a log: rows by card, and within a card in the order of their ids."""
    for card, group in groupby(rows, itemgetter(0)):
        yield _replay(engine, card, group)


def outcomes(engine: Engine, state: CardState, now: Moment) -> dict[int, CardState]:
    """What each rating, given now, would make of a card; what is shown beside the ratings is applied."""
    return {rating: _reviewed(engine, state, now, rating) for rating in RATINGS}


def _reviewed(engine: Engine, state: CardState, now: Moment, rating: int) -> CardState:
    check_rating(rating)
    phase, step, memory, due_at, due_day, interval = _rate(
        engine, state.card, state.phase, state.step, engine.memory(state), state.last_at,
        lambda: state.interval, state.reps, now, rating,
    )  # fmt: skip
    return replace(
        state,
        phase=phase,
        step=step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due_at=due_at,
        due_day=due_day,
        last_at=now.at,
        interval=interval,
        reps=state.reps + 1,
        lapses=state.lapses + (rating == AGAIN and state.phase == REVIEW),
        first_day=state.first_day or day_of(now, engine.rollover),
    )


def _told(state: CardState, kind: str, value: int, moment: Moment) -> CardState:
    """A card's state after an event that is not an answer."""
    match kind:
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
            return replace(state, phase=RELEARNING, step=0, due_at=moment.at, due_day=0, interval=0)
    raise ValueError(f"no event of the kind {kind!r} with the value {value} changes a card")


def _replay(engine: Engine, card: str, rows: Iterable[Row]) -> CardState:
    state = CardState(card=card)
    rows = list(rows)
    if {row[1] for row in rows} == {"review"}:
        return _answered(engine, state, rows)
    reviews: list[Row] = []
    for row in rows:
        if row[1] == "review":
            reviews.append(row)
        else:
            if reviews:
                state = _answered(engine, state, reviews)
                reviews = []
            state = _told(state, row[1], row[5], Moment(row[2], row[3]))
    return _answered(engine, state, reviews) if reviews else state


def _answered(engine: Engine, state: CardState, reviews: list[Row]) -> CardState:
    """A card's state after reviews in a row: what `_reviewed` would give, one after another.

    Phases and days are followed review by review, the memories come from the engine all at once, and intervals are
    computed only where they count: for the last review, and where fuzz must not go below the one before.
    """
    moves, rollover = _moves(engine.learning, engine.relearning), engine.rollover
    place, last_at, lapses = (state.phase, state.step), state.last_at, state.lapses
    known = state.stability > 0
    places, answers = [], []
    for _, _, at, offset, rating, _ in reviews:
        # `days.elapsed`, written out: this runs a million times in a large log.
        shift = (rollover * 60 - offset) * MINUTE
        end = ((at - shift) // DAY + 1) * DAY + shift
        days = (end - last_at + CUT) // DAY - (end - at + CUT) // DAY if known else 0
        answers.append(FSRSReview(rating, 0 if days < 0 else days if days < AGES else AGES))
        places.append(place)
        following = moves[place]
        if rating not in following:
            check_rating(rating)
        if rating == AGAIN and place[0] == REVIEW:
            lapses += 1
        place = following[rating]
        last_at = at
        known = True
    memories = [None]
    if state.stability > 0:
        memories = engine.fsrs.historical_memory_states(FSRSItem(answers), engine.memory(state))
    elif len(answers) > 1:
        memories += engine.fsrs.historical_memory_states(FSRSItem(answers))

    phase, step, memory, due_at, due_day, interval = _rated(
        engine, state, reviews, places, memories, len(reviews) - 1
    )
    first = reviews[0]
    return CardState(
        card=state.card, phase=phase, step=step, stability=memory.stability, difficulty=memory.difficulty,
        due_at=due_at, due_day=due_day, last_at=last_at, interval=interval, reps=state.reps + len(reviews),
        lapses=lapses, first_day=state.first_day or day_of(Moment(first[2], first[3]), rollover),
        suspended=state.suspended, buried_until=state.buried_until, flag=state.flag, marked=state.marked,
        rejected=state.rejected,
    )  # fmt: skip


def _rated(
    engine: Engine, state: CardState, reviews: list[Row], places: list[Place], memories: list[Memory], n: int
) -> tuple[str, int, Memory, int, int, int]:
    """What `_rate` makes of review n of reviews in a row, from the places and memories before each.

    On its own, and not inside `_answered`: a function that calls itself from a closure is garbage in a circle, and
    a hundred thousand of them cost a quarter of a replay.
    """
    before, at_step = places[n]
    _, _, at, offset, rating, _ = reviews[n]
    return _rate(
        engine, state.card, before, at_step, memories[n], reviews[n - 1][2] if n else state.last_at,
        lambda: _rated(engine, state, reviews, places, memories, n - 1)[5] if n else state.interval,
        state.reps + n, Moment(at, offset), rating,
    )  # fmt: skip


Place = tuple[str, int]
"""A phase and a step."""


@lru_cache(maxsize=8)
def _moves(learning: tuple[float, ...], relearning: tuple[float, ...]) -> dict[Place, dict[int, Place]]:
    """For each place and rating the place that follows."""
    steps = max(len(learning), len(relearning)) + 8
    result = {}
    for phase, step in product(PHASES, range(steps)):
        still = RELEARNING if phase in (REVIEW, RELEARNING) else LEARNING
        waits = _waits(learning, relearning, phase, step)
        result[phase, step] = {
            rating: (still if wait else REVIEW, then)
            for rating, (wait, then) in zip(RATINGS, waits, strict=True)
        }
    return result


def _rate(
    engine: Engine, card: str, phase: str, step: int, memory: Memory, last_at: int,
    last_interval: Callable[[], int], reps: int, now: Moment, rating: int,
) -> tuple[str, int, Memory, int, int, int]:  # fmt: skip
    """Phase, step, memory, due_at, due_day and interval after a rating.

    An interval is never shorter than a lower rating's (fuzz keeps the order of what it is given), and fuzz
    never takes the interval of a card that was known below its last one.
    """
    days = elapsed_days(last_at, now, engine.rollover) if memory is not None else 0
    states = engine.next_states(memory, days)
    waits = _waits(engine.learning, engine.relearning, phase, step)
    wait, next_step = waits[rating - 1]
    after = getattr(states, ANSWERS[rating])
    if wait:
        next_phase = RELEARNING if phase in (REVIEW, RELEARNING) else LEARNING
        return next_phase, next_step, after.memory, now.at + round(wait * MINUTE), 0, 0
    exact = after.interval
    for lower in range(rating - 1, 0, -1):
        if not waits[lower - 1][0]:
            exact = max(exact, getattr(states, ANSWERS[lower]).interval)
    interval = engine.fuzzed(exact, luck(card, reps)) if exact >= FUZZ_FROM else engine.days(exact)
    if phase == REVIEW and rating > AGAIN and interval < engine.days(exact):
        interval = max(interval, min(last_interval(), engine.days(exact)))
    return REVIEW, 0, after.memory, 0, day_of(now, engine.rollover) + interval, interval


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
