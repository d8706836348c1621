"""FSRS-6 behind one small interface, and what an event makes of a card's state.

The arithmetic is that of py-fsrs, fed with exact noon of whole days, so that it counts days as Anki does. Learning
steps, fuzz, a longest interval and retrievability are here.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from dp100cards.scheduler.event import (
    LEARNING,
    MINUTE,
    NEW,
    RELEARNING,
    REVIEW,
    ROLLOVER,
    CardState,
    Event,
    Moment,
    day_of,
    elapsed_days,
)

ALGORITHM = "FSRS-6"
PROGRAM = "py-fsrs"  # what computes it: states of another program are computed anew, once
AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)
ANSWERS = ("", "again", "hard", "good", "easy")  # the ratings' names, as the engine and the learner call them

LEARNING_STEPS, RELEARNING_STEPS = (1.0, 10.0), (10.0,)  # minutes, as Anki has them
TO_REVIEW = (0.0, 0)
WAITS = {
    (NEW, 0): ((1.0, 0), (5.5, 0), (10.0, 1), TO_REVIEW),
    (LEARNING, 0): ((1.0, 0), (5.5, 0), (10.0, 1), TO_REVIEW),
    (LEARNING, 1): ((1.0, 0), (10.0, 1), TO_REVIEW, TO_REVIEW),
    (REVIEW, 0): ((10.0, 0), TO_REVIEW, TO_REVIEW, TO_REVIEW),
    (RELEARNING, 0): ((10.0, 0), (15.0, 0), TO_REVIEW, TO_REVIEW),
}
"""For each phase and step, by rating, the minutes until the next step and which that is.

Anki's and py-fsrs's rule: again starts the steps over, hard repeats one (of several the first: half-way to the second;
an only one: half as long again), good goes to the next, easy to review.
"""

DEFAULTS = (
    0.212,
    1.2931,
    2.3065,
    8.2956,
    6.4133,
    0.8334,
    3.0194,
    0.001,
    1.8722,
    0.1666,
    0.796,
    1.4835,
    0.0614,
    0.2629,
    1.6483,
    0.6014,
    1.8729,
    0.5425,
    0.0912,
    0.0658,
    0.1542,
)
"""FSRS-6's parameters as published, learned from some 700 million reviews of 20,000 learners."""

BOUNDS = (
    *[(0.001, 100.0)] * 4,
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    (0.0, 1.0),
    (1.0, 6.0),
    (0.0, 2.0),
    (0.0, 2.0),
    (0.0, 0.8),
    (0.1, 0.8),
)
"""The least and the greatest value of each parameter, as FSRS's own optimiser keeps to."""

LONGEST = 36_500  # days: stability is clamped here, as in Anki, and so no interval is longer
AGES = 1_000_000  # days: more than this since the last review is a wrong clock, and more than a date can hold
FUZZ_FROM = 2.5  # days: a shorter interval has no fuzz

Memory = tuple[float, float]  # stability (days until recall falls to 90 %) and difficulty (1 to 10)


@dataclass(frozen=True, kw_only=True)
class Engine:
    """How memory is computed, and when a card comes again. ValueError for what FSRS cannot work with."""

    parameters: tuple[float, ...] = DEFAULTS
    retention: float = 0.90  # the probability of recall at which a review falls due
    maximum_interval: int = LONGEST  # days
    fuzz: bool = True

    def __post_init__(self) -> None:
        check_parameters(self.parameters)
        if not 0.70 <= self.retention <= 0.99:
            raise ValueError(f"the desired retention must be from 0.70 to 0.99, not {self.retention}")
        if not 1 <= self.maximum_interval <= LONGEST:
            raise ValueError(f"the longest interval must be from 1 to {LONGEST} days")

    @property
    def fingerprint(self) -> str:
        """All that states depend on, the algorithm's name first: states of another fingerprint are out of date."""
        steps, hour = (LEARNING_STEPS, RELEARNING_STEPS), ROLLOVER // (60 * MINUTE)
        values = (self.parameters, self.retention, *steps, self.maximum_interval, self.fuzz, hour)
        return f"{ALGORITHM} {PROGRAM} {values}"

    @cached_property
    def after(self) -> Callable[[Memory | None, int, int], Memory]:
        """What a rating makes of a memory so many days after the last review; no memory: of a card never seen."""
        # Imported here because it takes 27 ms, and the first card is shown without it.
        from datetime import UTC, datetime, timedelta

        from fsrs import Card, Rating, Scheduler, State

        low, high = zip(*BOUNDS, strict=True)
        clamped = [min(max(p, a), b) for p, a, b in zip(self.parameters, low, high, strict=True)]
        scheduler = Scheduler(clamped, self.retention, (), (), enable_fuzzing=False)
        ratings = [Rating.Again, *Rating]
        noon = datetime(1, 1, 2, 12, tzinfo=UTC)
        unseen = Card(card_id=1, due=noon)
        # `review_card` leaves its card alone: one is enough, and making one takes longer than the review.
        seen = Card(card_id=1, state=State.Review, due=noon, last_review=noon)

        def after(memory: Memory | None, days: int, rating: int) -> Memory:
            card = unseen
            if memory is not None:
                card = seen
                card.stability, card.difficulty = memory
            card, _ = scheduler.review_card(card, ratings[rating], noon + timedelta(min(days, AGES)))
            assert card.stability is not None
            assert card.difficulty is not None
            return min(card.stability, float(LONGEST)), card.difficulty

        return after

    @cached_property
    def _factor(self) -> float:
        return float(0.9 ** (-1 / self.parameters[20]) - 1)

    @cached_property
    def _reach(self) -> float:
        """How many times its stability an interval is."""
        return float((self.retention ** (-1 / self.parameters[20]) - 1) / self._factor)

    def interval(self, stability: float) -> float:
        """The days, not yet whole ones, until recall has fallen to the desired retention."""
        return stability * self._reach

    def days(self, interval: float) -> int:
        """A fractional interval as whole days, without fuzz."""
        return min(max(round(interval), 1), self.maximum_interval)

    def fuzzed(self, interval: float, luck: float) -> int:
        """An interval in whole days, moved a little by `luck` (0 to 1): what was learned together parts.

        Anki's rule (`rslib/src/scheduler/states/fuzz.rs`): a day, and a part of the interval that falls with
        its length, may go or come. With the same luck what was longer before is never shorter after.
        """
        if not self.fuzz or interval < FUZZ_FROM:
            return self.days(interval)
        if interval < 7:
            delta = 1 + 0.15 * (interval - FUZZ_FROM)
        elif interval < 20:
            delta = 1.675 + 0.10 * (interval - 7)
        else:
            delta = 2.975 + 0.05 * (interval - 20)
        low, high = self.days(interval - delta), self.days(interval + delta)
        return min(int(low + luck * (1 + high - low)), high) if low < high else high

    def retrievability(self, state: CardState, now: Moment) -> float:
        """The probability of recalling a card at `now`; 0 for one that was never learned."""
        if state.phase == NEW or state.stability <= 0:
            return 0.0
        return self.recall(state.stability, elapsed_days(state.last_at, now))

    def recall(self, stability: float, days: float) -> float:
        """FSRS-6's forgetting curve: the probability of recall `days` after the last review."""
        return float((1 + self._factor * max(days, 0) / stability) ** -self.parameters[20])


def luck(card: str, reviews: int) -> float:
    """A number from 0 up to but not including 1 that depends only on a card and how often it was reviewed."""
    mixed = zlib.crc32(b"%s:%d" % (card.encode(), reviews)) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    return (mixed >> 11) / (1 << 53)


def check_parameters(parameters: Sequence[float]) -> None:
    """Raise ValueError unless these are 21 parameters that FSRS-6 can work with."""
    if len(parameters) != len(BOUNDS):
        raise ValueError(f"{ALGORITHM} has {len(BOUNDS)} parameters, not {len(parameters)}")
    for n, (value, (low, high)) in enumerate(zip(parameters, BOUNDS, strict=True)):
        slack = 1e-6 * max(1.0, abs(high))
        if not (math.isfinite(value) and low - slack <= value <= high + slack):
            raise ValueError(f"{ALGORITHM}'s parameter {n} must be from {low} to {high}, not {value}")


Row = tuple[str, str, int, int, int, int]
"""An event as a row of the log: card, kind, at, offset, rating, value."""


def replay(engine: Engine, card: str, events: Iterable[Event]) -> CardState:
    """A card's state after all of its events, in their order, without those that were undone."""
    state = CardState(card)
    for event in events:
        state = advance(engine, state, event)
    return state


def replay_rows(engine: Engine, rows: Iterable[Row]) -> Iterator[CardState]:
    """The state of each card of a log: rows by card, and within a card in the order in which they count."""
    for card, group in groupby(rows, itemgetter(0)):
        events = (
            Event(card, kind, Moment(at, offset), rating, value=value)
            for _, kind, at, offset, rating, value in group
        )
        yield replay(engine, card, events)


def outcomes(engine: Engine, state: CardState, now: Moment) -> dict[int, CardState]:
    """What each rating, given now, would make of a card."""
    return {rating: _reviewed(engine, state, now, rating) for rating in RATINGS}


def advance(engine: Engine, state: CardState, event: Event) -> CardState:
    """A card's state after one event (not an undo). Raises ValueError for an event that makes no sense."""
    kind, value = event.kind, event.value
    match kind:
        case "review":
            return _reviewed(engine, state, event.moment, event.rating)
        case "practice" | "doubt":
            return state
        case "suspend" | "unsuspend":
            return state._replace(suspended=kind == "suspend")
        case "reject" | "unreject":
            return state._replace(rejected=kind == "reject")
        case "bury" | "unbury":
            return state._replace(buried_until=value if kind == "bury" else 0)
        case "flag" if 0 <= value <= 7:
            return state._replace(flag=value)
        case "mark" if value in (0, 1):
            return state._replace(marked=bool(value))
        case "forget":
            own = {name: getattr(state, name) for name in ("flag", "suspended", "marked", "rejected")}
            return CardState(state.card, **own)
        case "relearn":
            if state.phase == NEW:
                return state
            return state._replace(phase=RELEARNING, step=0, due_at=event.moment.at, due_day=0, interval=0)
    raise ValueError(f"no event of the kind {kind!r} with the value {value} changes a card")


def _reviewed(engine: Engine, state: CardState, now: Moment, rating: int) -> CardState:
    """A card's state after a rating: the only place where one is worked out."""
    if rating not in RATINGS:
        raise ValueError(f"a rating is 1, 2, 3 or 4, not {rating!r}")
    memory = (state.stability, state.difficulty) if state.stability > 0 else None
    days = elapsed_days(state.last_at, now) if memory else 0
    stability, difficulty = engine.after(memory, days, rating)
    waits = WAITS[state.phase, state.step]
    wait, step = waits[rating - 1]
    today = day_of(now)
    phase = RELEARNING if state.phase in (REVIEW, RELEARNING) else LEARNING
    due_at, due_day, interval = now.at + round(wait * MINUTE), 0, 0
    if not wait:
        exact = engine.interval(stability)
        if memory is None:
            # Fitted parameters may give a better first rating less; else a better one never does.
            lower = [each for each in RATINGS[: rating - 1] if not waits[each - 1][0]]
            exact = max(engine.interval(engine.after(None, 0, each)[0]) for each in (rating, *lower))
        phase, interval = REVIEW, engine.fuzzed(exact, luck(state.card, state.reps))
        if state.phase == REVIEW and rating > AGAIN:
            # Chance never takes the interval of a card that was known below its last one.
            interval = max(interval, min(state.interval, engine.days(exact)))
        due_at, due_day = 0, today + interval
    return CardState(
        card=state.card,
        phase=phase,
        step=step,
        stability=stability,
        difficulty=difficulty,
        due_at=due_at,
        due_day=due_day,
        last_at=now.at,
        interval=interval,
        reps=state.reps + 1,
        lapses=state.lapses + (rating == AGAIN and state.phase == REVIEW),
        first_day=state.first_day or today,
        suspended=state.suspended,
        buried_until=state.buried_until,
        flag=state.flag,
        marked=state.marked,
        rejected=state.rejected,
    )
