from __future__ import annotations

import math

import pytest
from fsrs import scheduler
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.scheduler.engine import DEFAULTS, FUZZ_FROM, GREATEST, LEAST, Engine, luck
from dp100cards.scheduler.event import DAY, CardState, Moment

engine = Engine()
intervals = st.floats(0.01, 40_000)
chances = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"parameters": DEFAULTS[:-1]},
        {"parameters": (*DEFAULTS[:-1], math.nan)},
        {"parameters": (*DEFAULTS[:-1], 5.0)},
        {"parameters": (-1.0, *DEFAULTS[1:])},
    ],
)
def test_what_fsrs_cannot_work_with_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must|longer|parameters"):
        Engine(**wrong)  # type: ignore[arg-type]


def test_the_limits_themselves_are_accepted() -> None:
    for parameters in (LEAST, GREATEST):
        Engine(parameters=parameters)


def test_the_parameters_and_their_limits_are_those_of_py_fsrs() -> None:
    assert DEFAULTS == scheduler.DEFAULT_PARAMETERS
    assert LEAST == scheduler.LOWER_BOUNDS_PARAMETERS
    assert GREATEST == scheduler.UPPER_BOUNDS_PARAMETERS


@given(intervals, chances)
def test_fuzz_moves_an_interval_by_a_day_and_a_small_part(interval: float, chance: float) -> None:
    fuzzed = engine.fuzzed(interval, chance)
    assert 1 <= fuzzed <= engine.maximum_interval
    if interval < FUZZ_FROM:
        assert fuzzed == max(round(interval), 1)
    elif interval <= engine.maximum_interval:
        assert (
            abs(fuzzed - interval)
            <= 1.5 + 0.25 * min(interval, 7) + 0.1 * min(interval, 20) + 0.05 * interval
        )


@given(intervals, intervals, chances)
def test_fuzz_keeps_the_order_of_intervals(one: float, other: float, chance: float) -> None:
    short, long = sorted((one, other))
    assert engine.fuzzed(short, chance) <= engine.fuzzed(long, chance)


@given(intervals, chances, st.integers(1, 36_500))
def test_no_interval_is_longer_than_the_longest(interval: float, chance: float, longest: int) -> None:
    assert Engine(maximum_interval=longest).fuzzed(interval, chance) <= longest


def test_luck_is_spread_evenly_and_depends_on_nothing_else() -> None:
    values = [luck(f"workspace-{n:06}", reviews) for n in range(200) for reviews in range(10)]
    assert values[7] == luck("workspace-000000", 7)
    for tenth in range(10):
        assert 140 < sum(tenth <= value * 10 < tenth + 1 for value in values) < 260


def test_recall_is_nine_tenths_after_the_stability_has_passed() -> None:
    state = CardState(card="x", phase="review", stability=10.0, difficulty=5.0, last_at=0)
    assert engine.retrievability(state, Moment(10 * DAY)) == pytest.approx(0.9)
    assert engine.retrievability(state, Moment(0)) == 1
    assert engine.retrievability(CardState(card="y"), Moment(0)) == 0
