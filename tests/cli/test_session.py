"""A session at work on a real store and real decks, with a clock that the test winds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from dp100cards.cli.figures import begun, closing_of
from dp100cards.config import Settings, StudyOptions
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.decks.collection import Collection
from dp100cards.decks.index import Index
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import DAY, MINUTE, Moment, day_of
from dp100cards.scheduler.queue import Limits
from dp100cards.session.study import FINISHED, SessionOptions, StudySession
from dp100cards.store.daily import todays_queue
from dp100cards.store.statistics import Statistics
from dp100cards.store.store import Store
from dp100cards.ui.keys import Bindings
from dp100cards.ui.pages import Closing
from dp100cards.ui.study import Helpers, StudyScreen
from dp100cards.ui.terminal import Lines
from dp100cards.ui.view import Size
from tests.terminal.learner import write_deck

EXAM = read_blueprint("dp-100")
NOW = Moment(1_795_420_800_000, 60)  # 2026-11-23 09:00 in a zone an hour east


class Clock:
    """What time it is."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> Moment:
        return self.moment

    def pass_(self, milliseconds: int) -> None:
        self.moment = self.moment.later(milliseconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    home = write_deck(tmp_path / "home", [f"What is thing number {n}?" for n in range(40)])
    opened = Index.open(Collection(home), tmp_path / "index")
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data", NOW) as opened:
        yield opened


def sat_down(store: Store, index: Index, clock: Clock, **wishes: object) -> StudySession:
    options = SessionOptions(limits=Limits(new=5, reviews=10))._replace(**wishes)  # type: ignore[arg-type]
    return StudySession(store, index, clock, partial(todays_queue, store, index), options)


def figures(session: StudySession) -> Statistics:
    records = session.records
    assert isinstance(records, Store)
    limits = session.options.limits
    study = StudyOptions(new_per_day=limits.new, reviews_per_day=limits.reviews)
    return Statistics(records, session.index, EXAM, session.now(), study)


def closing(session: StudySession) -> Closing:
    return closing_of(figures(session), session, "Nothing is due now.")


def sentences(session: StudySession) -> list[str]:
    return [*closing(session).lines]


def rate(desk: StudySession, rating: int, clock: Clock, took: int = 5_000) -> str:
    card = desk.current
    desk.show()
    clock.pass_(took)
    assert desk.rate(rating)
    return card


def rate_all(desk: StudySession, rating: int, clock: Clock) -> list[str]:
    cards = []
    while desk.phase != FINISHED:
        cards.append(rate(desk, rating, clock))
    return cards


def test_the_waits_beside_the_ratings_are_those_of_one_moment(
    store: Store, index: Index, clock: Clock
) -> None:
    desk = sat_down(store, index, clock)
    desk.show()

    def ticking() -> Moment:
        clock.pass_(1)
        return clock.moment

    desk.now = ticking
    helpers = Helpers(closing=closing, streak=lambda: 0, begun=lambda: "")
    view = StudyScreen(Lines(), desk, Bindings(Settings()), helpers).view(Size(80, 24))
    shown = " ".join(row.plain for row in view.tail)
    assert [wait for wait in ("1m", "6m", "10m") if f" {wait}" in shown] == ["1m", "6m", "10m"]


def test_a_new_day_in_mid_session_brings_its_own_queue(store: Store, index: Index, clock: Clock) -> None:
    clock.moment = NOW.later(18 * 60 * MINUTE)  # 03:00 at night: still yesterday
    desk = sat_down(store, index, clock)
    before = [rate(desk, 4, clock) for _ in range(3)]
    clock.pass_(3 * 60 * MINUTE)  # the laptop wakes at six
    rate(desk, 4, clock)
    assert "A new day has begun" in desk.message
    # The card on the screen was answered on the new day and counts there: four more of its five are left.
    assert desk.left["new"] == 4
    after = rate_all(desk, 4, clock)
    assert not set(before) & set(after)
    assert len(after) == 4


def test_limits_hold_over_sessions_of_one_day_and_decks(store: Store, index: Index, clock: Clock) -> None:
    assert len(rate_all(sat_down(store, index, clock), 4, clock)) == 5
    assert sat_down(store, index, clock).phase == FINISHED
    clock.pass_(DAY)
    assert len(rate_all(sat_down(store, index, clock), 4, clock)) >= 5


def test_undoing_a_leech_takes_back_the_rating_and_the_suspension(
    store: Store, index: Index, clock: Clock
) -> None:
    desk = sat_down(store, index, clock, leech_lapses=1)
    card = rate(desk, 4, clock)
    before = store.state(card)
    clock.pass_(60 * DAY)
    desk = sat_down(store, index, clock, leech_lapses=1)
    assert desk.current == card
    rate(desk, 1, clock)
    assert store.state(card).suspended
    assert "Forgotten 1 time: set aside as a leech." in desk.message
    desk.undo()
    assert store.state(card) == before
    assert desk.current == card


def test_a_leech_is_named_at_every_half_of_the_limit_again(store: Store, index: Index, clock: Clock) -> None:
    desk = sat_down(store, index, clock)
    named = []
    for lapses in range(1, 18):
        desk.state = store.state("things-000000")._replace(phase="review", lapses=lapses - 1)
        if desk._is_leech(desk.state._replace(lapses=lapses), 1):
            named.append(lapses)
    assert named == [8, 12, 16]


def test_burying_siblings_and_undoing_it_is_one_step_each(tmp_path: Path, store: Store, clock: Clock) -> None:
    home = write_deck(tmp_path / "own", ["One?", "Two?", "Three?"])
    deck = home / "decks" / "things.yaml"
    source = "\n    source: {note: a.md, lines: '1', quote: q}"
    deck.write_text(deck.read_text(encoding="utf-8").replace(".\n", f".{source}\n"), encoding="utf-8")
    index = Index.open(Collection(home), tmp_path / "own-index")
    desk = sat_down(store, index, clock)
    desk.set_aside("bury", siblings=True)
    assert desk.message == "Buried until tomorrow: 3 cards. u takes that back."
    assert desk.phase == FINISHED
    clock.pass_(5)
    desk.undo()
    assert not any(state.buried_until for state in store.states().values())
    assert desk.current
    index.close()


def test_a_backlog_is_announced_and_goes(store: Store, index: Index, clock: Clock) -> None:
    for _ in range(8):
        rate_all(sat_down(store, index, clock, limits=Limits(new=5, reviews=99)), 4, clock)
        clock.pass_(DAY)
    clock.pass_(300 * DAY)
    desk = sat_down(store, index, clock)
    assert begun(desk, lambda: figures(desk)) == (
        "Today brings 10 reviews, the most urgent first. 30 overdue reviews follow in the coming days."
    )
    days = 0
    while desk.queue.held_back:
        assert not desk.queue.new, "new cards wait"
        assert len(rate_all(desk, 4, clock)) == 10
        clock.pass_(DAY)
        days += 1
        desk = sat_down(store, index, clock)
    assert days == 3


def test_the_most_urgent_come_first_as_retrievability_says(store: Store, index: Index, clock: Clock) -> None:
    for rating in (4, 3, 2, 4, 1):
        rate_all(sat_down(store, index, clock), rating, clock) if rating == 4 else None
        clock.pass_(DAY)
    clock.pass_(30 * DAY)
    recalls = [store.engine.retrievability(state, clock()) for state in store.due(clock())]
    assert recalls == sorted(recalls)
    assert len(recalls) == 10


def test_asking_ahead_and_more_new_cards(store: Store, index: Index, clock: Clock) -> None:
    rate_all(sat_down(store, index, clock), 4, clock)
    assert sat_down(store, index, clock).phase == FINISHED
    clock.pass_(DAY)
    ahead = sat_down(store, index, clock, limits=Limits(new=0, reviews=99, ahead=30))
    assert ahead.left["due"] == 5
    clock.pass_(-DAY)
    desk = sat_down(store, index, clock)
    desk.more_new(closing(desk).new)
    assert desk.left["new"] == 5


def test_minutes_end_the_session_after_the_card_in_hand(store: Store, index: Index, clock: Clock) -> None:
    desk = sat_down(store, index, clock, minutes=1.0)
    rate(desk, 4, clock, took=30_000)
    assert desk.current
    rate(desk, 4, clock, took=31_000)
    assert desk.phase == FINISHED


def test_the_summary_says_what_was_done_and_what_comes(store: Store, index: Index, clock: Clock) -> None:
    desk = sat_down(store, index, clock)
    for rating in (1, 3, 4):
        rate(desk, rating, clock)
    assert figures(desk).streak.days == 1
    words = " ".join(sentences(desk))
    assert "3 ratings in 15 seconds, 5 seconds each: 1 again, 1 good, 1 easy." in words
    assert "New today: 3 cards." in words
    assert "Left for today: 2 cards." in words


def test_what_waits_is_counted_among_tomorrows(store: Store, index: Index, clock: Clock) -> None:
    desk = sat_down(store, index, clock)
    rate(desk, 1, clock)
    assert "Tomorrow: 5 new cards." in sentences(desk)
    for _ in range(4):
        rate_all(sat_down(store, index, clock, limits=Limits(new=5, reviews=99)), 4, clock)
        clock.pass_(DAY)
    clock.pass_(300 * DAY)
    words = sentences(sat_down(store, index, clock, limits=Limits(new=5, reviews=8)))
    assert "12 overdue reviews follow in the coming days." in words
    assert "Tomorrow: 8 reviews." in words, "new cards wait until no more than that are due"
    clock.pass_(DAY)
    assert sat_down(store, index, clock, limits=Limits(new=5, reviews=8)).queue.new_held_back


def test_a_card_that_leaves_the_decks_is_passed_over(
    tmp_path: Path, store: Store, index: Index, clock: Clock
) -> None:
    desk = sat_down(store, index, clock)
    write_deck(tmp_path / "home", ["What is thing number 0?", "Another?"])
    desk.reread()
    rate(desk, 4, clock)
    assert desk.card is not None
    assert desk.card.ask == "Another?"
    rate(desk, 4, clock)
    assert desk.phase == FINISHED


def test_a_trip_around_the_world_keeps_the_days_of_the_past(store: Store, index: Index, clock: Clock) -> None:
    rate_all(sat_down(store, index, clock), 4, clock)
    day = day_of(NOW)
    assert {state.first_day for state in store.states().values()} == {day}
    clock.moment = Moment(
        clock.moment.at + 60 * MINUTE, -660
    )  # the same hour, in Samoa: still the day before
    assert day_of(clock.moment) == day - 1
    desk = sat_down(store, index, clock)
    assert not set(desk.main) & set(store.states()), "nothing is asked twice"
    assert figures(desk).streak.days in (0, 1)
    store.use(Engine(retention=0.9))
