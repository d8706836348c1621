from __future__ import annotations

from pathlib import Path

from dp100cards.scheduler.days import DAY, MINUTE, Moment, day_of
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import Event
from dp100cards.store import fitted, history
from dp100cards.store.store import Store

NOW = Moment(1_795_420_800_000, 60)
TODAY = day_of(NOW)


def reviewed(store: Store, card: str, moment: Moment, rating: int = 3) -> None:
    store.record(Event(card=card, kind="review", moment=moment, rating=rating, took=4_000))


def test_a_streak_is_not_broken_by_a_change_of_time_zone(tmp_path: Path) -> None:
    """Each review counts on the day that it was where it was done, whatever the offset is today."""
    with Store.open(tmp_path, NOW) as store:
        evening = Moment(NOW.at + 13 * 60 * MINUTE, 60)  # 22:00
        for n, offset in enumerate((60, 60, -480, -480, 120)):
            local = Moment(evening.at + n * DAY + (60 - offset) * MINUTE, offset)
            assert day_of(local) == TODAY + n
            reviewed(store, f"a-{n}", local)
        assert history.streak(store, TODAY + 4) == 5
        assert history.days(store, TODAY - 5, TODAY + 9) == {TODAY + n: 1 for n in range(5)}
        assert history.study_days(store) == [TODAY + n for n in range(5)]


def test_today_may_still_be_empty_without_breaking_a_streak(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        reviewed(store, "a", NOW)
        assert history.streak(store, TODAY + 1) == 1
        assert history.streak(store, TODAY + 2) == 0


def test_what_was_undone_was_not_done(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        reviewed(store, "a", NOW)
        event = store.last_undoable()
        assert event is not None
        store.undo(event, NOW.later(1000))
        assert history.streak(store, TODAY) == 0
        assert history.day(store, TODAY) == history.Day()
        assert history.totals(store) == (0, 0)


def test_only_the_first_answer_of_a_day_to_a_card_begun_before_tells_of_memory(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        for card in ("a", "b", "c"):
            reviewed(store, card, NOW, 4)
        later = Moment(NOW.at + 9 * DAY, 60)
        for card, ratings in (("a", (1, 3, 3)), ("b", (3,)), ("new", (1, 3))):
            for n, rating in enumerate(ratings):
                reviewed(store, card, later.later(n * 10 * MINUTE), rating)
        done = history.day(store, TODAY + 9)
        assert (done.reviews, done.cards, done.new, done.asked, done.recalled) == (6, 3, 1, 2, 1)
        assert done.retention == 0.5
        assert history.retention(store, TODAY, TODAY + 9, store.engine) == (1, 2)


def test_fitted_parameters_are_kept_checked_and_dropped(tmp_path: Path) -> None:
    usual = Engine.default()
    with Store.open(tmp_path, NOW) as store:
        assert fitted.engine(store, usual) == usual
        own = (*usual.parameters[:3], 20.0, *usual.parameters[4:])
        fitted.keep(store, own, reviews=500, at=NOW.at)
        reviewed(store, "a", NOW, 4)
        interval = store.state("a").interval
    with Store.open(tmp_path, NOW, lambda store: fitted.engine(store, usual)) as store:
        assert store.engine.parameters == own
        assert store.state("a").interval > interval, "all cards are scheduled by them"
        store.set_setting(fitted.NAME, '{"algorithm": "FSRS-9", "parameters": [1]}')
        assert fitted.parameters(store) is None
        store.set_setting(fitted.NAME, "not JSON")
        assert fitted.parameters(store) is None
        fitted.drop(store)
        assert fitted.engine(store, usual) == usual
