"""What an exam sends to daily study: nothing of today's new cards is taken, and tomorrow it comes first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dp100cards.cards import Card, Mark
from dp100cards.decks.collection import Collection
from dp100cards.decks.index import Index
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.score import Outcome, Result, events
from dp100cards.exam.sitting import Place, Sitting
from dp100cards.scheduler.event import DAY, Event, Moment
from dp100cards.scheduler.queue import Limits
from dp100cards.store.daily import todays_queue
from dp100cards.store.store import Store
from tests.terminal.learner import write_deck

NOW = Moment(1_795_420_800_000, 60)
NEW = 3


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    home = write_deck(tmp_path / "home", [f"What is thing number {n}?" for n in range(20)])
    opened = Index.open(Collection(home), tmp_path / "index")
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data", NOW) as opened:
        yield opened


def queue(store: Store, index: Index, days: int = 0) -> tuple[str, ...]:
    return todays_queue(store, index, NOW.later(days * DAY), Limits(new=NEW, reviews=50)).main


def went_wrong(store: Store, cards: list[Card]) -> list[Event]:
    place = Place(answer=(0,), seen=True, used=3000)
    outcomes = [Outcome(n, card, place, Mark(0, 1)) for n, card in enumerate(cards, 1)]
    sitting = Sitting(1, Blueprint("X"), 1, tuple(cards), 10)
    result = Result(sitting, tuple(outcomes), (), 0, len(cards), 1, 1, 1, ())
    return events(result, store.state, {card.id for card in cards}, NOW)


def test_a_wrong_answer_takes_no_place_among_today_s_new_cards_and_comes_first_tomorrow(
    store: Store, index: Index
) -> None:
    before = queue(store, index)
    late = [card for card in index.cards() if card.id in ("things-000017", "things-000012")]
    store.record_all(went_wrong(store, late))
    assert queue(store, index) == before
    assert len(before) == NEW
    assert queue(store, index, 1) == ("things-000012", "things-000017", before[0])


def test_more_than_a_day_takes_comes_on_the_days_after(store: Store, index: Index) -> None:
    late = [card for card in index.cards() if card.id >= "things-000015"]
    store.record_all(went_wrong(store, late))
    assert set(queue(store, index, 1)) <= {card.id for card in late}
    assert len(queue(store, index, 1)) == NEW


def test_what_is_suspended_meanwhile_is_not_asked(store: Store, index: Index) -> None:
    late = [card for card in index.cards() if card.id == "things-000017"]
    store.record_all(went_wrong(store, late))
    store.record(Event(card="things-000017", kind="suspend", moment=NOW))
    assert "things-000017" not in queue(store, index, 1)
