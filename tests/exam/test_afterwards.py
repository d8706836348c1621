"""After an exam: what went wrong is learned, what was marked is flagged, and nothing happens twice."""

import json
from pathlib import Path

from dp100cards.cards import Card, Choice, Option
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam.score import Result, events, score
from dp100cards.exam.sitting import Sitting, SittingEvent, replay
from dp100cards.scheduler.event import DAY, Event, Moment, day_of
from dp100cards.store.store import Store

PLAN = read_blueprint("dp-100")
NOW = Moment(1_790_000_000_000, 60)
CARDS: tuple[Card, ...] = tuple(
    Choice(id=f"c-{n}", deck="d", ask="?", options=(Option("a", right=True), Option("b"))) for n in range(5)
)
KNOWN = {card.id for card in CARDS}


def result(number: int = 3) -> Result:
    """Right and marked; wrong; wrong; seen and not answered; never seen."""
    happened = [
        SittingEvent("answer", 0, "[0]", 1000), SittingEvent("mark", 0, "1", 1000), SittingEvent("go", 1, "", 2000),
        SittingEvent("answer", 1, "[1]", 5000), SittingEvent("go", 2, "", 6000), SittingEvent("answer", 2, "[1]", 7000),
        SittingEvent("go", 3, "", 8000), SittingEvent("time-up", 3, "", 9000),
    ]  # fmt: skip
    return score(replay(Sitting(number, PLAN, 1, CARDS, 100), happened))


def learned(store: Store, card: str) -> None:
    for days in (30, 20):
        store.record(Event(card=card, kind="review", rating=4, moment=NOW.later(-days * DAY)))


def test_what_was_learned_lapses_and_what_was_new_waits_for_tomorrow(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        learned(store, "c-1")
        store.record_all(events(result(), store.state, KNOWN, NOW))
        lapsed, begun, unanswered = (store.state(card) for card in ("c-1", "c-2", "c-3"))
        assert (lapsed.phase, lapsed.lapses, lapsed.buried_until) == ("relearning", 1, 0)
        for state in (begun, unanswered):
            assert (state.phase, state.buried_until, state.first_day) == ("new", day_of(NOW) + 1, 0)
        assert (store.state("c-0").phase, store.state("c-0").flag) == ("new", 1)
        assert store.state("c-4").phase == "new"
        kept = [event for event in store.events() if event.origin == "exam" and event.card == "c-1"]
        assert (kept[0].rating, kept[0].took, json.loads(kept[0].answer)) == (1, 4000, [1])


def test_doing_it_twice_or_rebuilding_changes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        learned(store, "c-1")
        found = events(result(), store.state, KNOWN, NOW)
        store.record_all(found[:2])
        store.record_all(found)
        states = store.states()
        assert store.record_all(found) == []
        store.rebuild()
        assert store.states() == states
        assert sum(event.kind == "review" for event in store.events()) == 2 + 1
        assert sum(event.kind == "practice" for event in store.events()) == 2


def test_suspended_and_deleted_cards_are_left_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        store.record(Event(card="c-1", kind="suspend", moment=NOW))
        found = events(result(), store.state, {"c-1", "c-2"}, NOW)
        assert {event.card for event in found} == {"c-2"}


def test_two_sittings_do_not_share_their_events(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        one = events(result(), store.state, KNOWN, NOW)
        other = events(result(4), store.state, KNOWN, NOW)
        assert not {event.origin_id for event in one} & {event.origin_id for event in other}
