"""FSRS-6 behind one small interface, and what an event makes of a card's state.

The arithmetic is that of py-fsrs, fed with exact noon of whole days, so that it counts days as Anki does. Learning
steps, fuzz, a longest interval and retrievability are here.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dp100cards.scheduler.event import LEARNING, MINUTE, RELEARNING, REVIEW, CardState, Event, Moment, day_of

ALGORITHM = "FSRS-6"
AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)
ANSWERS = ("", "again", "hard", "good", "easy")  # the ratings' names, as the engine and the learner call them

LEARNING_STEPS, RELEARNING_STEPS = (1.0, 10.0), (10.0,)  # minutes, as Anki has them
TO_REVIEW = (0.0, 0)
# For each phase and step, by rating, the minutes until the next step and which that is. Anki's and py-fsrs's rule:
# again starts the steps over, hard repeats one (of several the first: half-way to the second; an only one: half as
# long again), good goes to the next, easy to review.
WAITS = {
    (LEARNING, 0): ((1.0, 0), (5.5, 0), (10.0, 1), TO_REVIEW),
    (LEARNING, 1): ((1.0, 0), (10.0, 1), TO_REVIEW, TO_REVIEW),
    (REVIEW, 0): ((10.0, 0), TO_REVIEW, TO_REVIEW, TO_REVIEW),
    (RELEARNING, 0): ((10.0, 0), (15.0, 0), TO_REVIEW, TO_REVIEW),
}

# FSRS-6's parameters as published, learned from some 700 million reviews of 20,000 learners, and the least and the
# greatest value of each. They are py-fsrs's own, which takes 27 ms to import.
DEFAULTS, LEAST, GREATEST = (
    tuple(map(float, numbers.split()))
    for numbers in (
        "0.212 1.2931 2.3065 8.2956 6.4133 0.8334 3.0194 0.001 1.8722 0.1666 0.796"
        " 1.4835 0.0614 0.2629 1.6483 0.6014 1.8729 0.5425 0.0912 0.0658 0.1542",
        "0.001 0.001 0.001 0.001 1 0.001 0.001 0.001 0 0 0.001 0.001 0.001 0.001 0 0 1 0 0 0 0.1",
        "100 100 100 100 10 4 4 0.75 4.5 0.8 3.5 5 0.25 0.9 4 1 6 2 2 0.8 0.8",
    )
)

LONGEST = 36_500  # days: stability is clamped here, as in Anki, and so no interval is longer
AGES = 1_000_000  # days: more than this since the last review is a wrong clock, and more than a date can hold
FUZZ_FROM = 2.5  # days: a shorter interval has no fuzz
# Of an interval's days from and to these numbers, the share by which it may be shorter or longer.
FUZZ = ((FUZZ_FROM, 7, 0.15), (7, 20, 0.10), (20, math.inf, 0.05))

Memory = tuple[float, float]  # stability (days until recall falls to 90 %) and difficulty (1 to 10)


@dataclass(frozen=True, kw_only=True)
class Engine:
    """How memory is computed, and when a card comes again. ValueError for what FSRS cannot work with."""

    parameters: tuple[float, ...] = DEFAULTS
    retention: float = 0.90  # the probability of recall at which a review falls due
    maximum_interval: int = LONGEST  # days
    fuzz: bool = True

    def __post_init__(self) -> None:
        if len(self.parameters) != len(DEFAULTS):
            raise ValueError(f"{ALGORITHM} has {len(DEFAULTS)} parameters, not {len(self.parameters)}")
        for n, (value, least, greatest) in enumerate(zip(self.parameters, LEAST, GREATEST, strict=True)):
            slack = 1e-6 * max(1.0, greatest)
            if not least - slack <= value <= greatest + slack:
                raise ValueError(
                    f"{ALGORITHM}'s parameter {n} must be from {least} to {greatest}, not {value}"
                )

    @property
    def fingerprint(self) -> str:
        """All that states depend on: those of another fingerprint are out of date. Days begin at 4 o'clock."""
        steps = LEARNING_STEPS, RELEARNING_STEPS
        return f"{ALGORITHM} py-fsrs {(self.parameters, self.retention, *steps, self.maximum_interval, self.fuzz, 4)}"

    @cached_property
    def after(self) -> Callable[[Memory | None, int, int], Memory]:
        """What a rating makes of a memory so many days after the last review; no memory: of a card never seen."""
        # Imported here because it takes 27 ms, and the first card is shown without it.
        from datetime import UTC, datetime, timedelta

        from fsrs import Card, Rating, Scheduler, State

        bounded = zip(self.parameters, LEAST, GREATEST, strict=True)
        clamped = [min(max(value, least), greatest) for value, least, greatest in bounded]
        scheduler = Scheduler(clamped, self.retention, (), (), enable_fuzzing=False)
        ratings = [Rating.Again, *Rating]
        noon = datetime(1, 1, 2, 12, tzinfo=UTC)
        unseen = Card(card_id=1, due=noon)
        # `review_card` leaves its card alone: one is enough, and making one takes longer than the review.
        seen = Card(card_id=1, state=State.Review, due=noon, last_review=noon)

        def after(memory: Memory | None, days: int, rating: int) -> Memory:
            if memory:
                seen.stability, seen.difficulty = memory
            card: Any = seen if memory else unseen
            card, _ = scheduler.review_card(card, ratings[rating], noon + timedelta(min(days, AGES)))
            return min(card.stability, float(LONGEST)), card.difficulty

        return after

    @cached_property
    def _factor(self) -> float:
        return float(0.9 ** (-1 / self.parameters[20]) - 1)

    def interval(self, stability: float) -> float:
        """The days, not yet whole ones, until recall has fallen to the desired retention."""
        return stability * float((self.retention ** (-1 / self.parameters[20]) - 1) / self._factor)

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
        delta = 1 + sum(share * max(min(interval, end) - start, 0) for start, end, share in FUZZ)
        low, high = self.days(interval - delta), self.days(interval + delta)
        return min(int(low + luck * (1 + high - low)), high) if low < high else high

    def retrievability(self, state: CardState, now: Moment) -> float:
        """The probability of recalling a card at `now`; 0 for one that was never learned."""
        return self.recall(state.stability, now.days_since(state.last_at)) if state.stability else 0.0

    def recall(self, stability: float, days: float) -> float:
        """FSRS-6's forgetting curve: the probability of recall `days` after the last review."""
        return float((1 + self._factor * max(days, 0) / stability) ** -self.parameters[20])


def luck(card: str, reviews: int) -> float:
    """A number from 0 up to but not including 1 that depends only on a card and how often it was reviewed."""
    mixed = zlib.crc32(b"%s:%d" % (card.encode(), reviews)) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    return (mixed >> 11) / (1 << 53)


def replay(engine: Engine, card: str, events: Iterable[Event]) -> CardState:
    """A card's state after all of its events, in their order, without those that were undone."""
    state = CardState(card)
    for event in events:
        state = advance(engine, state, event)
    return state


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
        case "relearn" if state.is_new:
            return state
        case "relearn":
            return state._replace(phase=RELEARNING, step=0, due_at=event.moment.at, due_day=0, interval=0)
    raise ValueError(f"no event of the kind {kind!r} with the value {value} changes a card")


def _reviewed(engine: Engine, state: CardState, now: Moment, rating: int) -> CardState:
    """A card's state after a rating: the only place where one is worked out."""
    if rating not in RATINGS:
        raise ValueError(f"a rating is 1, 2, 3 or 4, not {rating!r}")
    memory = None if state.is_new else (state.stability, state.difficulty)
    days = now.days_since(state.last_at) if memory else 0
    stability, difficulty = engine.after(memory, days, rating)
    wait, step = WAITS[LEARNING if state.is_new else state.phase, state.step][rating - 1]
    today, known = day_of(now), state.phase == REVIEW
    phase = RELEARNING if state.phase in (REVIEW, RELEARNING) else LEARNING
    due_at, due_day, interval = now.at + round(wait * MINUTE), 0, 0
    if not wait:
        exact = engine.interval(stability)
        phase, interval = REVIEW, engine.fuzzed(exact, luck(state.card, state.reps))
        if known:
            # Chance never takes the interval of a card that was known below its last one.
            interval = max(interval, min(state.interval, engine.days(exact)))
        due_at, due_day = 0, today + interval
    return state._replace(
        phase=phase,
        step=step,
        stability=stability,
        difficulty=difficulty,
        due_at=due_at,
        due_day=due_day,
        last_at=now.at,
        interval=interval,
        reps=state.reps + 1,
        lapses=state.lapses + (known and rating == AGAIN),
        first_day=state.first_day or today,
    )
