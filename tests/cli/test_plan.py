"""`dp100 plan`: how to be ready on the day, and the figures behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dp100cards.cli.context import AppContext
from tests.cli.test_study_plain import dp100
from tests.terminal.learner import write_deck

NOW = "2027-01-01T09:00:00+01:00"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = write_deck(tmp_path / "home", [f"Question {n}?" for n in range(40)])
    path = home / "decks" / "things.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("cards:\n", "area: train\ncards:\n", 1), encoding="utf-8")
    return home


def planned(tmp_path: Path, *more: str, now: str = NOW) -> dict[str, object]:
    """The figures that a plan rests on, after it was made."""
    assert dp100(tmp_path, "plan", *more, now=now).endswith("[0]")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DP100_NOW", now)
        app = AppContext(str(tmp_path / "home"), str(tmp_path / "data"))
        with app.closing:
            figures = app.statistics()
            outlook = figures.outlook
            found: dict[str, object] = {"cards": figures.total.cards, "areas": figures.areas}
            if outlook:
                found |= {"exam_date": f"{figures.plan.day}", "days": figures.days_left}
                found |= {"new_today": figures.limits.new}
                found |= {"minutes_per_day": figures.plan.minutes, "begun_by_day": outlook.begun}
                found |= {"not_begun": figures.unseen - sum(outlook.begun)}
                found |= {"recalled": sum(outlook.recall.values())}
    return found


def test_a_plan_says_what_to_do_what_it_takes_and_what_it_gives(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "plan", "--exam-date", "2027-01-13", now=NOW)
    assert "The exam is on Wednesday 13 January 2027, in 12 days." in said
    assert "Today: 4 new cards, about 2 minutes. That keeps you on track." in said
    assert "New cards: 4 a day until 10 January. Then every card is begun." in said
    assert "answers a day" in said
    assert "On the day you would recall about" in said
    assert "The decks have no cards on: " in said
    assert "retired exam DP-100 on 1 June 2026" in said
    assert "What raises your chance most per minute: 10 new cards of Train and deploy models" in said
    assert said.endswith("[0]")


def test_what_is_buried_until_tomorrow_is_begun_in_time(home: Path, tmp_path: Path) -> None:
    planned(tmp_path, "--exam-date", "2027-01-13")
    ids = AppContext(str(home), str(tmp_path / "data")).index.ids()
    dp100(tmp_path, "cards", "bury", *sorted(ids)[:5], now=NOW)
    assert planned(tmp_path)["not_begun"] == 0


def test_its_figures(home: Path, tmp_path: Path) -> None:
    found = planned(tmp_path, "--exam-date", "2027-01-13")
    assert (found["exam_date"], found["days"], found["new_today"], found["not_begun"]) == (
        "2027-01-13",
        12,
        4,
        0,
    )
    assert isinstance(found["begun_by_day"], tuple)
    assert sum(found["begun_by_day"]) == found["cards"] == 40
    assert isinstance(found["areas"], list)
    train = next(area.progress for area in found["areas"] if area.id == "train")
    assert (train.cards, train.begun, train.recall) == (40, 0, None)
    assert isinstance(found["recalled"], float)
    assert 0.8 < found["recalled"] / 40 < 1


def test_the_day_and_the_minutes_are_kept_changed_and_taken_back(home: Path, tmp_path: Path) -> None:
    assert "No exam date is set." in dp100(tmp_path, "plan", now=NOW)
    planned(tmp_path, "--exam-date", "2027-01-13", "--minutes", "15")
    found = planned(tmp_path)
    assert (found["exam_date"], found["minutes_per_day"]) == ("2027-01-13", 15)
    found = planned(tmp_path, "--minutes", "0")
    assert (found["exam_date"], found["minutes_per_day"]) == ("2027-01-13", None)
    assert "exam_date" not in planned(tmp_path, "--exam-date", "none")
    assert "No exam date is set." in dp100(tmp_path, "plan", now=NOW)


def test_dp100_toml_may_name_them_until_the_command_does(home: Path, tmp_path: Path) -> None:
    toml = "[study]\nexam_date = 2027-02-01\nminutes_per_day = 30\n"
    (home / "dp100.toml").write_text(toml, encoding="utf-8")
    found = planned(tmp_path)
    assert (found["exam_date"], found["minutes_per_day"]) == ("2027-02-01", 30)
    assert planned(tmp_path, "--exam-date", "2027-01-13")["exam_date"] == "2027-01-13"
    (home / "dp100.toml").write_text('[study]\nexam_date = "2027-02-01"\n', encoding="utf-8")
    said = dp100(tmp_path, "plan", now=NOW)
    assert "dp100.toml:2:1: study.exam_date must be a date without quotes" in said


def test_study_follows_the_plan(home: Path, tmp_path: Path) -> None:
    planned(tmp_path, "--exam-date", "2027-01-13")
    assert "4 new" in dp100(tmp_path, now=NOW)
    said = dp100(tmp_path, "study", lines="\n4\n" * 30, now=NOW)
    assert said.count("Question ") == 4
    assert "4 new" not in dp100(tmp_path, now=NOW), "what was done today counts"
    assert planned(tmp_path)["new_today"] == 4, "and the day's number stays"
    assert "0 new" in (rest := dp100(tmp_path, now="2027-01-11T09:00:00+01:00")) or "new" not in rest
    assert "10 new" in dp100(tmp_path, now="2027-01-14T09:00:00+01:00"), "after the exam all is as usual"


def test_missed_days_are_planned_in_again(home: Path, tmp_path: Path) -> None:
    assert planned(tmp_path, "--exam-date", "2027-01-13")["new_today"] == 4
    assert planned(tmp_path, now="2027-01-06T09:00:00+01:00")["new_today"] == 8


def test_a_bound_on_minutes_leaves_cards_for_later_and_says_so(home: Path, tmp_path: Path) -> None:
    free = planned(tmp_path, "--exam-date", "2027-01-13")
    bound = planned(tmp_path, "--exam-date", "2027-01-13", "--minutes", "1")
    assert isinstance(free["new_today"], int)
    assert isinstance(bound["new_today"], int)
    assert bound["new_today"] < free["new_today"]
    assert isinstance(bound["not_begun"], int)
    assert bound["not_begun"] > 0
    assert "would not be begun" in dp100(
        tmp_path, "plan", "--exam-date", "2027-01-13", "--minutes", "1", now=NOW
    )


def test_what_has_been_studied_counts(home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "study", lines="\n4\n" * 10, now=NOW)
    found = planned(tmp_path, "--exam-date", "2027-01-13", now="2027-01-02T09:00:00+01:00")
    assert found["days"] == 11
    assert found["new_today"] == 4, "thirty cards in nine days"


def test_tomorrow_brings_no_new_cards_where_the_exam_is_too_near(home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "plan", "--exam-date", "2027-01-04", now=NOW)
    said = dp100(tmp_path, "study", "--plain", "--limit", "1", lines="\n4\n", now=NOW)
    assert "Left for today: 39 cards." in said
    assert "Tomorrow: nothing is due." in said


def test_a_day_begins_at_four(home: Path, tmp_path: Path) -> None:
    assert planned(tmp_path, "--exam-date", "2027-01-13", now="2027-01-02T03:30:00+01:00")["days"] == 12


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("2027-01-01", "2027-01-01 is not in the future; today is 2027-01-01"),
        ("2026-06-01", "is not in the future"),
        ("2030-01-01", "a plan reaches 730 days at most"),
        ("next week", "is not a date; write it as 2027-01-15"),
    ],
)
def test_a_date_that_cannot_be_is_one_sentence(home: Path, tmp_path: Path, date: str, sentence: str) -> None:
    said = dp100(tmp_path, "plan", "--exam-date", date, now=NOW)
    assert sentence in said
    assert said.endswith("[2]")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2027-01-01"])
def test_an_odd_day_in_dp100_toml_stops_nothing(home: Path, tmp_path: Path, day: str) -> None:
    (home / "dp100.toml").write_text(f"[study]\nexam_date = {day}\n", encoding="utf-8")
    for command in ((), ("plan",), ("stats", "--plain"), ("--short",)):
        assert dp100(tmp_path, *command, now=NOW).endswith("[0]")


def test_who_has_no_time_left_is_not_on_track_and_gets_no_new_cards(home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "study", "--limit", "1", lines="\n3\n", now=NOW)
    said = dp100(tmp_path, "plan", "--exam-date", "2027-01-02", now=NOW)
    assert "There is no time for new cards: 39 cards would not be begun." in said
    assert "on track" not in said
    assert "10 new cards" not in said
    said = dp100(tmp_path, "plan", "--exam-date", "2027-01-13", now=NOW)
    assert "Then every card is begun." in said
