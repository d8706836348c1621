from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import DAY, MINUTE, CardState, Moment, day_of
from dp100cards.scheduler.queue import Limits, Queue, plan, spread

engine = Engine()
NOW = Moment(1_795_420_800_000, 60)
TODAY = day_of(NOW)


@dataclass(frozen=True)
class Entry:
    id: str
    fact: str


def known(n: int, *, stability: float = 10.0, due: int = 0, ago: int = 10, **more: object) -> CardState:
    state = CardState(
        card=f"k{n}", phase="review", stability=stability, difficulty=5.0, due_day=TODAY + due, reps=3,
        last_at=NOW.at - ago * DAY, interval=ago, first_day=TODAY - 100,
    )  # fmt: skip
    return state._replace(**more)  # type: ignore[arg-type]


def queue(
    states: list[CardState], fresh: int = 0, limits: Limits | None = None, facts: dict[str, str] | None = None
) -> Queue:
    names = facts or {}
    standing = [(Entry(state.card, names.get(state.card, state.card)), state) for state in states]
    new = [Entry(f"n{n}", names.get(f"n{n}", f"n{n}")) for n in range(fresh)]
    due = sorted(standing, key=lambda pair: engine.retrievability(pair[1], NOW))
    return plan(standing, due, new, NOW, limits or Limits())


def test_reviews_come_by_rising_retrievability() -> None:
    states = [known(n, stability=s) for n, s in enumerate((30.0, 3.0, 300.0, 10.0))]
    assert queue(states).main == ("k1", "k3", "k0", "k2")


def test_new_cards_are_spread_evenly_between_reviews() -> None:
    found = queue([known(n) for n in range(9)], fresh=3)
    assert [n for n, id_ in enumerate(found.main) if id_ in found.new] == [3, 7, 11]


@given(st.integers(0, 60), st.integers(0, 60))
def test_spreading_loses_nothing_and_keeps_both_orders(reviews: int, new: int) -> None:
    old, fresh = [f"k{n}" for n in range(reviews)], [f"n{n}" for n in range(new)]
    mixed = spread(old, fresh)
    assert [id_ for id_ in mixed if id_ in old] == old
    assert [id_ for id_ in mixed if id_ in fresh] == fresh
    if reviews and new:
        assert mixed[0] == "k0"


def test_siblings_are_asked_on_different_days() -> None:
    facts = {"k0": "one", "k1": "one", "n0": "one", "n1": "two", "n2": "two", "k3": "three", "n3": "three"}
    states = [known(0, stability=3.0), known(1), known(3, due=5, ago=0)]
    assert queue(states, fresh=5, facts=facts).main == ("k0", "n1", "n4")


def test_what_was_done_today_counts_towards_the_limits() -> None:
    done = [known(n, due=9, ago=0) for n in range(4)]
    new_today = [known(n, due=9, ago=0, first_day=TODAY) for n in range(10, 13)]
    found = queue([*done, *new_today, *(known(n) for n in range(20, 30))], 10, Limits(new=5, reviews=6))
    assert len(found.main) - len(found.new) == 2
    assert (found.held_back, len(found.new)) == (True, 0)


def test_new_cards_wait_for_a_backlog() -> None:
    found = queue([known(n) for n in range(500)], 10, Limits(new=10, reviews=100))
    assert (len(found.main), found.held_back, found.new_held_back) == (100, True, True)
    assert not found.new
    wanted = queue([known(n) for n in range(500)], 10, Limits(new=3, reviews=100, new_in_backlog=True))
    assert len(wanted.new) == 3


def test_learning_cards_come_when_they_are_due_whatever_the_limits() -> None:
    states = [known(n)._replace(phase="relearning", due_at=NOW.at + n * MINUTE) for n in (3, 1, 2)]
    found = queue(states, 5, Limits(new=0, reviews=0))
    assert found.learning == tuple((NOW.at + n * MINUTE, f"k{n}") for n in (1, 2, 3))
    assert found.main == ()


def test_suspended_and_buried_cards_are_not_asked() -> None:
    states = [known(0, suspended=True), known(1, buried_until=TODAY + 1), known(2, buried_until=TODAY)]
    assert queue(states).main == ("k2",)


def test_ahead_asks_what_falls_due_later() -> None:
    states = [known(0, due=3), known(1, due=4)]
    assert queue(states).main == ()
    assert queue(states, 0, Limits(ahead=3)).main == ("k0",)


def test_a_clock_set_back_hides_no_card() -> None:
    states = [
        known(0, due=400, ago=-300),
        known(1, ago=-1)._replace(phase="learning", due_at=NOW.at + DAY),
        known(2, due=3, ago=0, last_at=NOW.at + 60 * MINUTE),
    ]
    found = queue(states)
    assert found.main == ("k0",)
    assert found.learning == ((NOW.at, "k1"),)
    assert "k2" not in found.main, "an hour of summer time is no reason to ask again"
