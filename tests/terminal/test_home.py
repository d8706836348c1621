"""Home at a real terminal: what there is to do, one key away, and the question for the exam's day."""

from __future__ import annotations

from pathlib import Path

from dp100cards.config import StudyOptions
from dp100cards.scheduler.event import Moment
from dp100cards.store.daily import exam_plan
from dp100cards.store.store import Store
from tests.cli.test_study_plain import dp100
from tests.terminal.learner import Start

FIRST = "2027-01-01T09:00:00+00:00"


def test_home_begins_a_session_and_comes_back(start: Start, home: Path) -> None:
    learner = start(DP100_NOW=FIRST).until("10 new").until("▶ enter  study").press("\r")
    learner.until("thing number 0").press(" ").until("comes back in a minute").press("4")
    learner.until("thing number 1").press("q").until("When is your exam?")
    learner.press(*"2027-02-30", "\r").until("is not a date; write it as 2027-01-15: 2027-02-30")
    learner.press("\x7f", "\x7f", *"15", "\r").until("How many minutes")
    learner.press(*"2o", "\r").until("2o is not a number of minutes: 2o").press("\x7f", "0", "\r")
    learner.until("exam in 45 days").press("z").until("z does nothing here").press("q")
    assert learner.end() == 0
    assert b"1 rating in" in learner.sent, "what was done is left on the terminal"
    again = start(DP100_NOW=FIRST).until("exam in 45 days").until("streak 1 day")
    assert "When is" not in again.text
    again.press("q").end()


def test_who_skips_the_question_is_not_asked_again(start: Start, home: Path) -> None:
    learner = start(DP100_NOW=FIRST).until("10 new").press("\r").until("thing number 0").press(" ")
    learner.until("4 easy").press("4").until("thing number 1").press("q").until("When is your exam?")
    learner.press("\x1b").until("enter study").press("q").end()
    learner = start(DP100_NOW=FIRST).until("enter study")
    assert "When is" not in learner.text
    learner.press("\x04")
    assert learner.end() == 0


def test_another_date_leaves_the_minutes_as_they_were(start: Start, home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "plan", "--minutes", "1", now=FIRST)
    learner = start(DP100_NOW=FIRST).until("mature card").press("d").until("When is your exam?")
    learner.press(*"2027-01-05", "\r").until("How many minutes").press(*"9999", "\r")
    learner.until("9999 is not a number of minutes").press("\x1b").until("exam in 4 days").press("q").end()
    with Store.open(tmp_path / "data", Moment(0)) as store:
        assert exam_plan(store, "home", StudyOptions()).minutes == 1


def test_an_exam_can_be_called_off_at_home(start: Start, home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "plan", "--exam-date", "2027-01-05", now=FIRST)
    learner = start(DP100_NOW=FIRST).until("exam in 4 days").until("mature card").press("d")
    learner.until("When is your exam?").press(*"none", "\r").until("How many minutes").press("\x1b")
    learner.until("Kept: no exam is planned.").press("q").end()
    assert "No exam date is set." in dp100(tmp_path, "plan", now=FIRST)


def test_home_leads_to_statistics_to_an_exam_and_back_into_it(start: Start, home: Path) -> None:
    options = "options: [{text: a, right: true}, {text: b}]"
    cards = "".join(f"  - {{id: q-{n}, kind: choice, ask: 'What is {n}?', {options}}}\n" for n in range(9))
    (home / "decks" / "q.yaml").write_text(f"deck: q\ntitle: Q\ncards:\n{cards}", encoding="utf-8")
    learner = (
        start(DP100_NOW=FIRST).until("none yet").press("s").until("Maturity").press("q").until("sit one")
    )
    learner.press("e").until("mark for review").press("\r").until("What is").press("q").until("Pause?")
    learner.press("y").until("e  resume").press("e").until("You were away").press("q").until("Pause?")
    learner.press("y").until("e  resume").press("q")
    assert learner.end() == 0


def test_home_builds_when_notes_have_changed(start: Start, home: Path) -> None:
    (home / "notes").mkdir()
    (home / "notes" / "more.md").write_text("Q: What is new?\nA: This.\n", encoding="utf-8")
    learner = start(DP100_NOW=FIRST).until("Your notes have changed").until("b build").press("b")
    learner.until("0 of 13").press("b").until("b does nothing here").press("q")
    assert learner.end() == 0


def test_the_same_in_lines(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path)
    for words in ("Today", "10 new", "0 of 12 cards begun", "Mock exams", "none yet", "Things"):
        assert words in said
    assert f"dp100 --home {tmp_path}/home --data {tmp_path}/data study" in said
    assert not set(said) & set("│─┌▪\x1b")


def test_an_empty_collection_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "home" / "notes").mkdir(parents=True)
    (tmp_path / "home" / "dp100.toml").write_text("", encoding="utf-8")
    assert "Write notes into" in dp100(tmp_path)
    (tmp_path / "home" / "notes" / "a.md").write_text("Nothing.\n", encoding="utf-8")
    said = dp100(tmp_path)
    assert "build` makes cards from 1 note." in said
