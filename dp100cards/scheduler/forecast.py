"""What the coming days bring, from the states of the cards as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dp100cards.scheduler.days import DAY, Moment, day_end, day_of
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.state import NEW, REVIEW, CardState

MATURE = 21
"""Days: from this interval on a card counts as mature, as in Anki."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many cards stand where."""

    new: int = 0
    learning: int = 0
    young: int = 0
    mature: int = 0
    suspended: int = 0


def due_by_day(states: Iterable[CardState], now: Moment, engine: Engine, days: int) -> list[int]:
    """How many cards fall due on each of the next `days` days, today first; what is overdue counts for today."""
    today = day_of(now, engine.rollover)
    end = day_end(now, engine.rollover)
    result = [0] * days
    for state in states:
        if state.out or state.phase == NEW:
            continue
        if state.phase == REVIEW:
            day = max(state.due_day, state.buried_until) - today
        else:
            day = max(-(-(state.due_at + 1 - end) // DAY), state.buried_until - today)
        if max(day, 0) < days:
            result[max(day, 0)] += 1
    return result


def count(states: Iterable[CardState], cards: int) -> Counts:
    """How many of `cards` cards are new, in learning, young, mature and suspended. States without a card are left
    out by the caller."""
    new, learning, young, mature, suspended = cards, 0, 0, 0, 0
    for state in states:
        if state.suspended:
            suspended += 1
            new -= 1
        elif state.phase != NEW:
            new -= 1
            if state.phase != REVIEW:
                learning += 1
            elif state.interval < MATURE:
                young += 1
            else:
                mature += 1
    return Counts(new=new, learning=learning, young=young, mature=mature, suspended=suspended)


def remembered(states: Iterable[CardState], now: Moment, engine: Engine) -> float:
    """How many of the cards would be recalled now: the sum of their retrievabilities."""
    return sum(engine.retrievability(state, now) for state in states)
