"""A plan begins everything in time, leaves the last days alone, and knows what it does not know."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.scheduler.engine import Engine, advance
from dp100cards.scheduler.event import DAY, CardState, Event, Moment
from dp100cards.scheduler.queue import ANSWERS_PER_NEW, REST, Outlook, new_on, play

ENGINE = Engine()
NOW = Moment(1_795_420_800_000, 60)


def cards(count: int) -> list[str]:
    return [f"card-{n:04}" for n in range(count)]


def learned(count: int, days_ago: int = 3) -> list[CardState]:
    at = NOW.later(-days_ago * DAY)
    return [
        advance(
            ENGINE, CardState(card=f"old-{n}"), Event(card=f"old-{n}", kind="review", moment=at, rating=4)
        )
        for n in range(count)
    ]


def played(states: list[CardState], unseen: list[str], days: int, new: int, reviews: int = 200) -> Outlook:
    """Played with the same number of new cards on every day."""

    def most(_: int, left: int, __: int) -> int:
        return new if left > REST else 0

    return play(states, unseen, NOW, days, ENGINE, reviews, most)


@settings(max_examples=60)
@given(st.integers(0, 60), st.integers(0, 20), st.integers(REST + 1, 90))
def test_with_what_is_needed_everything_is_begun_before_the_last_days(new: int, old: int, days: int) -> None:
    found = play(learned(old), cards(new), NOW, days, ENGINE, 200)
    assert sum(found.begun) == new
    assert len(found.answers) == len(found.begun) == days
    assert not any(found.begun[max(days - REST, 1) :])
    assert set(found.recall) == {*cards(new), *(state.card for state in learned(old))}
    assert all(0 < chance <= 1 for chance in found.recall.values())
    assert all(answers >= begun for answers, begun in zip(found.answers, found.begun, strict=True))


def test_with_fewer_new_cards_some_are_not_begun_and_count_as_unknown() -> None:
    found = played([], cards(50), 12, 3)
    assert found.begun == (3,) * 10 + (0, 0)
    assert sum(chance == 0 for chance in found.recall.values()) == 20


def test_the_same_day_gives_the_same_plan() -> None:
    assert played(learned(9), cards(40), 30, 4) == played(learned(9), cards(40), 30, 4)


def test_reviews_keep_recall_where_the_schedule_wants_it() -> None:
    found = play([], cards(400), NOW, 60, ENGINE, 200)
    assert 0.88 < sum(found.recall.values()) / 400 < 0.98
    left_alone = sum(ENGINE.retrievability(state, NOW.later(60 * DAY)) for state in learned(100)) / 100
    assert sum(played(learned(100), [], 60, 0).recall.values()) / 100 > left_alone


def test_no_day_has_more_reviews_than_the_limit_and_nothing_is_forgotten_about() -> None:
    found = played(learned(60, days_ago=300), [], 10, 0, reviews=20)
    assert found.answers[0] >= 20
    assert max(found.answers) <= 20 * 5, "each of twenty cards, with its lapses"
    unhurried = played(learned(60, days_ago=300), [], 10, 0)
    assert unhurried.answers[0] >= 60


def test_a_suspended_card_is_neither_asked_nor_counted() -> None:
    state = advance(ENGINE, learned(1)[0], Event(card="old-0", kind="suspend", moment=NOW))
    found = played([state], [], 30, 0)
    assert found.recall == {}
    assert not any(found.answers)


@settings(max_examples=30)
@given(st.integers(1, 80), st.integers(5, 40), st.integers(1, 60))
def test_what_is_affordable_keeps_to_the_bound_and_wastes_none_of_it(new: int, days: int, bound: int) -> None:
    wasted = []

    def most(unseen: int, left: int, reviews: int) -> int:
        begun, needed = new_on(unseen, left, reviews, bound), new_on(unseen, left, reviews)
        assert begun <= needed
        if begun < needed and reviews + (begun + 1) * ANSWERS_PER_NEW <= bound:
            wasted.append(left)
        return begun

    found = play([], cards(new), NOW, days, ENGINE, 200, most)
    assert sum(found.answers) <= bound * days or not any(found.begun)
    assert not wasted, "there was room for one more"


def test_missed_days_are_made_up_for_and_the_last_two_days_bring_nothing_new() -> None:
    assert [new_on(40, days, 5) for days in (12, 8, 3, 2, 1, 0, -4)] == [4, 7, 40, 0, 0, 0, 0]
    assert [new_on(40, 12, reviews, answers=20) for reviews in (0, 9, 17, 18, 99)] == [4, 3, 1, 0, 0]
