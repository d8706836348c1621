"""What a learner remembers, as Anki's cards and Anki's review log hold it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dp100cards.scheduler.advance import advance, replay
from dp100cards.scheduler.days import Moment, day_of
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.state import LEARNING, RELEARNING, REVIEW, CardState

CREATED = 1_577_836_800
"""2020-01-01: from this day on a package counts the days at which cards fall due."""

EASE = 2500
"""The ease that Anki's older scheduler begins with; FSRS has no use for it."""

MARK = "dp100"
"""Under this name Anki keeps, with a card that it took from a package of ours, how it was handed over."""

FLAGS = 8
"""Flags are 0 to 7."""

RESET = 4
"""Anki's mark of a row that no answer made; without a factor it says that the card was reset."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a learner remembers: each card's state and its events, in their order."""

    engine: Engine
    states: Mapping[str, CardState] = field(default_factory=dict)
    events: Mapping[str, Sequence[Event]] = field(default_factory=dict)


def created(now: Moment) -> int:
    """When the package's collection began, in seconds: four in the morning, by the learner's clock of today."""
    return CREATED - now.offset * 60 + 4 * 3600


def scheduled(
    state: CardState | None, position: int, now: Moment, schedule: Schedule | None
) -> tuple[int | str, ...]:
    """type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data of a card."""
    if state is None or schedule is None:
        return 0, 0, position, 0, 0, 0, 0, 0, 0, 0, 0, f'{{"pos": {position}}}'
    data: dict[str, object] = {"pos": position}
    if given := handed_over(state):
        data["cd"] = json.dumps({MARK: given}, separators=(",", ":"))
    parked = -1 if state.suspended else None
    if state.is_new:
        return _row(0, parked or 0, position, data, state)
    # Anki reckons the days between reviews with today's offset from UTC, whatever it was then; so does this.
    today = (
        replace(event, moment=Moment(event.moment.at, now.offset))
        for event in schedule.events.get(state.card, ())
    )
    memory = replay(schedule.engine, state.card, today)
    data |= {
        "s": round(memory.stability, 4), "d": round(memory.difficulty, 3), "dr": schedule.engine.retention,
        "decay": schedule.engine.parameters[20], "lrt": state.last_at // 1000,
    }  # fmt: skip
    if state.phase == REVIEW:
        first_day = day_of(Moment(created(now) * 1000, now.offset), schedule.engine.rollover)
        return _row(2, parked or 2, state.due_day - first_day, data, state, state.interval)
    kind = {LEARNING: 1, RELEARNING: 3}[state.phase]
    left = 1001 if kind == 3 else 2002 - 1001 * min(state.step, 1)
    return _row(kind, parked or 1, state.due_at // 1000, data, state, 1, left)


def _row(
    kind: int, queue: int, due: int, data: Mapping[str, object], state: CardState, ivl: int = 0, left: int = 0
) -> tuple[int | str, ...]:
    factor = EASE if kind else 0
    return (
        kind, queue, due, ivl, factor, state.reps, state.lapses, left, 0, 0, state.flag, json.dumps(data)
    )  # fmt: skip


def handed_over(state: CardState) -> int:
    """Suspension and flag as one number, 0 if there is neither: Anki keeps it with the card that it takes over."""
    return state.suspended * FLAGS + state.flag


def log_of(schedule: Schedule, card: str, anki: int, taken: set[int]) -> list[tuple[int, ...]]:
    """A card's reviews as rows of Anki's review log, and where the learner had it forgotten."""
    rows: list[tuple[int, ...]] = []
    state, last = CardState(card=card), 0
    for event in schedule.events.get(card, ()):
        before = state
        state = advance(schedule.engine, state, event)
        if event.kind not in ("review", "forget"):
            continue
        id_ = event.origin_id if event.origin == "anki" and event.origin_id else event.moment.at
        while id_ in taken:
            id_ += 1
        taken.add(id_)
        if event.kind == "forget":
            rows.append((id_, anki, -1, 0, 0, last, 0, 0, RESET))
            last = 0
            continue
        ivl = state.interval if state.phase == REVIEW else -max((state.due_at - event.moment.at) // 1000, 1)
        kind = {REVIEW: 1, RELEARNING: 2}.get(before.phase, 0) if rows else 0
        factor = round(((state.difficulty - 1) / 9 + 0.1) * 1000)
        rows.append((id_, anki, -1, event.rating, ivl, last, factor, min(event.took, 60_000), kind))
        last = ivl
    return rows
