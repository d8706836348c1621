from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from dp100cards.scheduler.engine import ALGORITHM, Engine
from dp100cards.scheduler.event import DAY, MINUTE, Event, Moment, day_of
from dp100cards.store import daily
from dp100cards.store.store import FITTED, Store

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
        assert daily.streak(store, TODAY + 4).days == 5
        found = daily.days(store, TODAY - 5, TODAY + 9)
        assert {day: done.reviews for day, done in found.items()} == {TODAY + n: 1 for n in range(5)}
        assert daily.study_days(store) == [TODAY + n for n in range(5)]


def test_today_may_still_be_empty_without_breaking_a_streak(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        reviewed(store, "a", NOW)
        assert daily.streak(store, TODAY + 1).days == 1
        assert daily.streak(store, TODAY + 2).days == 1, "one missed day a week is forgiven"
        assert daily.streak(store, TODAY + 3).days == 0


@pytest.mark.parametrize(
    ("studied", "days", "longest"),
    [
        ("xxxxxxx", 7, 7),
        ("xxx.xxx", 6, 6),
        ("xxx..xx", 2, 3),
        ("xx.xx.xx", 2, 4),
        ("xx.xxxxxx.x", 9, 9),
        ("xx.xxxxx.xx", 2, 7),
        ("x.", 1, 1),
        ("x..", 1, 1),
        ("x...", 0, 1),
        ("", 0, 0),
        ("x.x.x.x.x", 1, 2),
    ],
)
def test_one_missed_day_a_week_does_not_end_a_streak(
    tmp_path: Path, studied: str, days: int, longest: int
) -> None:
    with Store.open(tmp_path, NOW) as store:
        for n, each in enumerate(studied):
            if each == "x":
                reviewed(store, f"a-{n}", NOW.later(n * DAY))
        reviewed(store, "wrong clock", NOW.later(26_000 * DAY))
        found = daily.streak(store, TODAY + max(len(studied) - 1, 0))
        assert (found.days, found.longest) == (days, longest)


def test_what_was_undone_was_not_done(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        reviewed(store, "a", NOW)
        event = next(store.undoable(), None)
        assert event is not None
        store.undo(event, NOW.later(1000))
        assert daily.streak(store, TODAY).days == 0
        assert daily.days(store, TODAY, TODAY) == {}
        assert store.count_reviews() == (0, 0)


def test_only_the_first_answer_of_a_day_to_a_card_begun_before_tells_of_memory(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        for card in ("a", "b", "c"):
            reviewed(store, card, NOW, 4)
        later = Moment(NOW.at + 9 * DAY, 60)
        for card, ratings in (("a", (1, 3, 3)), ("b", (3,)), ("new", (1, 3))):
            for n, rating in enumerate(ratings):
                reviewed(store, card, later.later(n * 10 * MINUTE), rating)
        done = daily.days(store, TODAY + 9, TODAY + 9)[TODAY + 9]
        assert (done.reviews, done.new, done.asked, done.recalled) == (6, 1, 2, 1)
        assert [(day.recalled, day.asked) for day in daily.days(store, TODAY, TODAY + 9).values()] == [
            (0, 0),
            (1, 2),
        ]


def test_fitted_parameters_are_kept_checked_and_dropped(tmp_path: Path) -> None:
    usual = Engine()
    with Store.open(tmp_path, NOW) as store:
        assert (store.engine, store.fitted_at) == (usual, 0)
        own = (*usual.parameters[:3], 20.0, *usual.parameters[4:])
        reviewed(store, "a", NOW, 4)
        interval = store.state("a").interval
        store.keep_fitted(own, at=NOW.at)
        assert store.state("a").interval > interval, "at once"
    with Store.open(tmp_path, NOW) as store:
        assert store.engine.parameters == own
        assert store.state("a").interval > interval, "all cards are scheduled by them"
        assert store.fitted_at == NOW.at
        other = '{"algorithm": "FSRS-9", "parameters": [1]}'
        endless = json.dumps({"algorithm": ALGORITHM, "parameters": own, "fitted_at": math.inf})
        for unusable in (other, other.replace("9", "6"), "not JSON", "[]", "[" * 100_000, endless):
            store.set_setting(FITTED, unusable)
            store.use(usual)
            assert (store.engine, store.fitted_at) == (usual, 0)
        store.keep_fitted((), at=NOW.at)
        assert store.engine == usual
