"""`dp100 plan`: how to be ready on the day, in words and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
    said = dp100(tmp_path, "plan", "--json", *more, now=now)
    assert said.endswith("[0]"), said
    data: dict[str, object] = json.loads(said.removesuffix("[0]"))
    return data


def test_a_plan_says_what_to_do_what_it_takes_and_what_it_gives(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "plan", "--exam-date", "2027-01-13", now=NOW)
    assert "The exam is on Wednesday 13 January 2027, in 12 days." in said
    assert "Take 4 new cards a day until 10 January: then all 40 cards that are left are begun." in said
    assert "answers a day" in said
    assert "On the day you would recall about" in said
    assert "25–30 %     40      0" in said
    assert "The decks hold nothing on: " in said
    assert "retired exam DP-100 on 1 June 2026" in said
    assert said.endswith("[0]")


def test_as_data(home: Path, tmp_path: Path) -> None:
    found = planned(tmp_path, "--exam-date", "2027-01-13")
    assert (found["exam_date"], found["days"], found["new_per_day"], found["not_begun"]) == (
        "2027-01-13",
        12,
        4,
        0,
    )
    assert isinstance(found["begun_by_day"], list)
    assert sum(found["begun_by_day"]) == found["cards"] == 40
    assert isinstance(found["areas"], list)
    train = next(area for area in found["areas"] if area["id"] == "train")
    assert train["cards"] == 40
    assert 0.8 < train["recall"] < 1


def test_a_bound_on_minutes_leaves_cards_for_later_and_says_so(home: Path, tmp_path: Path) -> None:
    free = planned(tmp_path, "--exam-date", "2027-01-13")
    bound = planned(tmp_path, "--exam-date", "2027-01-13", "--minutes", "1")
    assert isinstance(free["new_per_day"], int)
    assert isinstance(bound["new_per_day"], int)
    assert bound["new_per_day"] < free["new_per_day"]
    assert isinstance(bound["not_begun"], int)
    assert bound["not_begun"] > 0
    assert "would not be begun" in dp100(
        tmp_path, "plan", "--exam-date", "2027-01-13", "--minutes", "1", now=NOW
    )


def test_what_has_been_studied_counts(home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "study", lines="\n4\n" * 10, now=NOW)
    found = planned(tmp_path, "--exam-date", "2027-01-13", now="2027-01-02T09:00:00+01:00")
    assert found["days"] == 11
    assert found["new_per_day"] == 4, "thirty cards in nine days"


def test_a_day_begins_at_four(home: Path, tmp_path: Path) -> None:
    assert planned(tmp_path, "--exam-date", "2027-01-13", now="2027-01-02T03:30:00+01:00")["days"] == 12


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("2027-01-01", "2027-01-01 is not ahead; today is 2027-01-01"),
        ("2026-06-01", "is not ahead"),
        ("2030-01-01", "a plan reaches no further than 730"),
        ("next week", "is no date; write it as 2027-01-15"),
    ],
)
def test_a_date_that_cannot_be_is_one_sentence(home: Path, tmp_path: Path, date: str, sentence: str) -> None:
    said = dp100(tmp_path, "plan", "--exam-date", date, now=NOW)
    assert sentence in said
    assert said.endswith("[2]")
