"""A rejected card is at once out of everything, and the next build knows it by its key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dp100cards.config import StudyOptions
from dp100cards.scheduler.event import DAY, Event, Moment, day_of
from dp100cards.store.daily import ExamPlan, exam_plan, falling_due, keep_exam_plan
from dp100cards.store.store import Store

NOW = Moment(1_795_420_800_000, 60)
LATER = NOW.later(400 * DAY)


def reviewed(store: Store, card: str) -> None:
    store.record(Event(card=card, kind="review", moment=NOW, rating=4))


def test_a_rejection_is_kept_with_its_key_and_takes_the_card_out_of_study(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        reviewed(store, "a-1")
        reviewed(store, "a-2")
        store.record(Event("a-1", "reject", NOW, key="workspace.definition"))
        store.record(Event("a-3", "reject", NOW))
        assert store.rejected() == {"a-1": "workspace.definition", "a-3": ""}
    with Store.open(tmp_path, LATER) as store:
        assert store.rejected() == {"a-1": "workspace.definition", "a-3": ""}
        assert [state.card for state in store.due(LATER)] == ["a-2"]
        assert falling_due(store, {"a-1", "a-2"}, LATER, 1) == {0: 1}
        assert store.not_fresh(day_of(LATER)) == {"a-1", "a-2", "a-3"}
        assert store.state("a-1").stability > 0, "what was learned is kept"


def test_a_rejection_is_taken_back_by_name_or_by_undo(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        reviewed(store, "a-1")
        before = store.state("a-1")
        store.record(Event("a-1", "reject", NOW, key="one"))
        store.record(Event("a-1", "unreject", NOW, origin="cards"))
        assert (store.rejected(), store.state("a-1")) == ({}, before)
        store.record(Event("a-1", "reject", NOW, key="two"))
        assert store.rejected() == {"a-1": "two"}
        last = next(store.undoable(), None)
        assert last is not None
        store.undo(last, NOW)
        assert (store.rejected(), store.state("a-1")) == ({}, before)
        store.rebuild()
        assert store.state("a-1") == before


def test_an_exam_plan_is_kept_for_each_exam(tmp_path: Path) -> None:
    study = StudyOptions(exam_date=date(2027, 3, 1), minutes_per_day=20)
    usual = ExamPlan(day=date(2027, 3, 1), minutes=20)
    with Store.open(tmp_path, NOW) as store:
        assert exam_plan(store, "DP-100", StudyOptions()) == ExamPlan()
        assert exam_plan(store, "DP-100", study) == usual
        plan = ExamPlan(day=date(2027, 1, 15), minutes=12.5)
        keep_exam_plan(store, "DP-100", plan, NOW)
        assert exam_plan(store, "DP-100", study) == plan
        assert exam_plan(store, "AI-300", study) == usual
        keep_exam_plan(store, "DP-100", ExamPlan(), NOW)
        assert exam_plan(store, "DP-100", study) == ExamPlan(), "taken back, and not what dp100.toml says"


@pytest.mark.parametrize(
    "odd",
    [
        '{"day": 5}',
        '{"minutes": "many"}',
        "[1]",
        "7",
        "none",
        pytest.param("[" * 100_000, id="deep"),
        f'{{"minutes": 1{"0" * 400}}}',
    ],
)
def test_a_plan_in_a_foreign_history_that_is_none_counts_as_none(tmp_path: Path, odd: str) -> None:
    with Store.open(tmp_path, NOW) as store:
        store.set_setting("plan DP-100", odd, NOW.at)
        assert exam_plan(store, "DP-100", StudyOptions(minutes_per_day=20)) == ExamPlan(minutes=20)
