from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.scheduler.engine import Engine, advance, replay
from dp100cards.scheduler.event import (
    DAY,
    LEARNING,
    MINUTE,
    NEW,
    RELEARNING,
    REVIEW,
    CardState,
    Event,
    Moment,
    day_of,
)

engine = Engine()
START = 1_795_420_800_000
NOW = Moment(START, 60)


def review(rating: int, at: int = START, offset: int = 60) -> Event:
    return Event(card="x", kind="review", moment=Moment(at, offset), rating=rating)


def told(kind: str, value: int = 0, at: int = START) -> Event:
    return Event(card="x", kind=kind, moment=Moment(at, 60), value=value)


def outcomes(own: Engine, state: CardState, now: Moment) -> dict[int, CardState]:
    """What each rating, given now, would make of a card."""
    return {rating: advance(own, state, Event(state.card, "review", now, rating)) for rating in (1, 2, 3, 4)}


gaps = st.sampled_from(
    [0, 1, MINUTE, 10 * MINUTE, DAY // 2, DAY, 5 * DAY, 40 * DAY, 900 * DAY, -DAY, -3 * MINUTE]
)
reviews = st.tuples(st.just("review"), st.integers(1, 4), gaps, st.sampled_from([0, 60, -300, 840, -660]))
others = st.tuples(
    st.sampled_from("suspend unsuspend bury unbury flag mark forget relearn doubt practice".split()),
    st.integers(0, 1), gaps, st.sampled_from([0, 60]),
)  # fmt: skip
histories = st.lists(st.one_of(reviews, reviews, reviews, others), max_size=25)


def events(history: list[tuple[str, int, int, int]]) -> list[Event]:
    result, at = [], START
    for kind, number, gap, offset in history:
        at += gap
        is_review = kind == "review"
        result.append(
            Event(
                card="x",
                kind=kind,
                moment=Moment(at, offset),
                rating=number * is_review,
                value=number * (not is_review),
            )
        )
    return result


@settings(max_examples=400)
@given(histories)
def test_replay_is_the_same_to_the_bit_as_one_event_after_another(
    history: list[tuple[str, int, int, int]],
) -> None:
    state = CardState(card="x")
    for event in events(history):
        state = advance(engine, state, event)
    assert replay(engine, "x", events(history)) == state


@settings(max_examples=400)
@given(histories, st.booleans())
def test_intervals_never_go_backwards(history: list[tuple[str, int, int, int]], fuzz: bool) -> None:
    own = engine if fuzz else replace(engine, fuzz=False)
    state = replay(own, "x", events(history))
    after = outcomes(own, state, Moment(START + 2000 * DAY, 60))
    days = [after[rating].interval for rating in (1, 2, 3, 4) if after[rating].phase == REVIEW]
    assert days == sorted(days), "a better rating never gives a shorter interval"
    if state.phase == REVIEW:
        exact = outcomes(replace(own, fuzz=False), state._replace(interval=0), Moment(START + 2000 * DAY, 60))
        for rating in (2, 3, 4):
            assert after[rating].interval >= min(state.interval, exact[rating].interval)


def test_what_is_shown_is_what_is_applied() -> None:
    state = replay(engine, "x", [review(3), review(3, START + 10 * MINUTE)])
    now = Moment(state.last_at + 3 * DAY, 60)
    for rating, shown in outcomes(engine, state, now).items():
        assert advance(engine, state, review(rating)._replace(moment=now)) == shown


def test_a_new_card_goes_through_the_learning_steps() -> None:
    one = outcomes(engine, CardState(card="x"), NOW)
    waits = {
        rating: (state.due_at - START) / MINUTE for rating, state in one.items() if state.phase == LEARNING
    }
    assert waits == {1: 1, 2: 5.5, 3: 10}
    assert one[4].phase == REVIEW
    two = outcomes(engine, one[3], NOW.later(10 * MINUTE))
    assert (two[1].step, two[2].step, two[3].phase) == (0, 1, REVIEW)


def test_a_lapse_is_relearned_and_keeps_its_day_of_beginning() -> None:
    known = replay(engine, "x", [review(4)])
    lapsed = advance(engine, known, review(1, START + 9 * DAY))
    assert (lapsed.phase, lapsed.lapses, lapsed.due_at - lapsed.last_at) == (RELEARNING, 1, 10 * MINUTE)
    again = advance(engine, lapsed, review(1, START + 9 * DAY + MINUTE))
    assert again.lapses == 1, "only a card that was known can lapse"
    assert again.first_day == known.first_day == day_of(NOW)


def test_forgetting_on_purpose_starts_again_and_keeps_what_the_learner_said_of_the_card() -> None:
    state = replay(
        engine, "x", [review(4), told("flag", 3), told("mark", 1), told("suspend"), told("forget")]
    )
    assert state == CardState(card="x", flag=3, marked=True, suspended=True)


def test_a_changed_answer_sends_a_known_card_back_to_learning_today() -> None:
    known = replay(engine, "x", [review(4)])
    state = advance(engine, known, told("relearn", at=START + DAY))
    assert (state.phase, state.due_at, state.stability) == (RELEARNING, START + DAY, known.stability)
    assert advance(engine, CardState(card="x"), told("relearn")).phase == NEW


@pytest.mark.parametrize(
    "event", [review(0), review(5), told("flag", 8), told("mark", 2), told("undo"), told("sing")]
)
def test_an_event_without_sense_is_refused(event: Event) -> None:
    with pytest.raises(ValueError, match=r"rating|no event"):
        advance(engine, CardState(card="x"), event)
    if event.kind == "review":
        with pytest.raises(ValueError, match="rating"):
            replay(engine, "x", [event])


# Time


def test_a_card_seen_at_22_and_again_at_8_was_seen_a_day_ago() -> None:
    evening = Moment(START + 13 * 60 * MINUTE, 60)  # 22:00 local
    state = advance(engine, CardState(card="x"), review(4)._replace(moment=evening))
    morning = evening.later(10 * 60 * MINUTE)
    same_day = advance(engine, state, review(3)._replace(moment=evening.later(5 * MINUTE)))
    next_day = advance(engine, state, review(3)._replace(moment=morning))
    assert next_day.stability != same_day.stability


@pytest.mark.parametrize(("before", "after"), [(60, 120), (120, 60), (-300, -240), (-240, -300)])
def test_tomorrow_is_tomorrow_in_a_night_of_summer_time(before: int, after: int) -> None:
    noon = START + 7 * 60 * MINUTE
    state = replay(engine, "x", [review(1, noon, before), review(4, noon + MINUTE, before)])
    assert state.interval == 1
    assert day_of(Moment(noon + DAY - 60 * MINUTE, after)) == state.due_day
    assert day_of(Moment(noon + DAY + 60 * MINUTE, after)) == state.due_day


@pytest.mark.parametrize("back", [MINUTE, 60 * MINUTE, DAY, 400 * DAY])
def test_a_clock_set_back_makes_no_time_pass_and_no_error(back: int) -> None:
    known = replay(engine, "x", [review(4)])
    early = advance(engine, known, review(3, START - back))
    at_once = advance(engine, known, review(3, START))
    assert early.stability == at_once.stability
    assert early.last_at == START - back


@given(st.integers(-720, 840), st.integers(0, 2 * DAY))
def test_a_trip_to_another_time_zone_never_makes_days_pass_that_have_not(offset: int, later: int) -> None:
    days = Moment(START + later, offset).days_since(START)
    assert later // DAY <= days <= later // DAY + 1
