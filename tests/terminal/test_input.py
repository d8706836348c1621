"""What hands do at a terminal, and what must never surprise them: the same rules in study and quiz."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_study_plain import dp100
from tests.terminal.learner import Start, Terminal
from tests.terminal.test_every_kind import letter
from tests.ui.every_kind import write

DOWN, ENTER, BACKSPACE = "\x1b[B", "\r", "\x7f"


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    return write(tmp_path / "home")


@pytest.fixture
def ratings(tmp_path: Path) -> Callable[[], list[int]]:
    def read() -> list[int]:
        with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
            return [row[0] for row in connection.execute("SELECT rating FROM review ORDER BY id")]

    return read


def go_to(learner: Terminal, words: str) -> None:
    """Move with the arrow until something is in focus."""
    for _ in range(8):
        if any("›" in line and words in line for line in learner.lines):
            return
        before = learner.text
        learner.press(DOWN).until(lambda text, before=before: text != before)  # type: ignore[misc]
    raise AssertionError(words)


@pytest.mark.parametrize("command", ["study", "quiz"])
def test_arrows_and_enter_choose_and_a_choice_can_be_changed(start: Start, kinds: Path, command: str) -> None:
    learner = start(command, "--kind", "choice").until("Pipeline")
    go_to(learner, "Pipeline")
    go_to(learner, "Workspace")
    learner.press(ENTER).until("✓ Right").press("u").until("Answer taken back").until("enter confirm")
    learner.press(letter(learner, "Datastore")).until("(•)").press(ENTER).until("✗ Wrong").press("u")
    learner.until("enter confirm").press(str("abc".index(letter(learner, "Workspace")) + 1), ENTER)
    learner.until("✓ Right").press("q").until(lambda text: "quit" in text).press("q").end()


def test_an_answer_is_taken_back_after_the_rating_too(
    start: Start, kinds: Path, ratings: Callable[[], list[int]]
) -> None:
    learner = start("study", "--kind", "choice").until("Pipeline")
    learner.press(letter(learner, "Pipeline"), ENTER).until("1 again").press("1").until("a–c choose").press(
        "u"
    )
    learner.until("Undone: again").press(letter(learner, "Workspace"), ENTER).until("4 easy").press("4")
    learner.until("1 rating in").press("q").end()
    assert ratings() == [4]


def test_a_quiz_takes_answers_back_shows_help_and_the_source(
    start: Start, kinds: Path, tmp_path: Path
) -> None:
    learner = (
        start("quiz", "--kind", "choice").until("Pipeline").press("?").until("choose an option").press("q")
    )
    learner.until("Pipeline").press(letter(learner, "Pipeline"), ENTER).until("✗ Wrong")
    learner.press("o").until("▎   3  The top-level resource").press("q").until("✗ Wrong")
    learner.press(" ").until("0 of 1 question right").press("u").until("Answer taken back")
    learner.press(letter(learner, "Workspace"), ENTER).until("✓ Right").press(" ").until(
        "1 of 1 question right"
    )
    learner.press(" ").until("space does nothing here").press("q").end()
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        query = "SELECT value FROM event WHERE kind = 'practice' AND id NOT IN (SELECT undoes FROM event WHERE undoes)"
        assert connection.execute(query).fetchall() == [(1,)]


def test_half_of_an_answer_is_not_handed_in_without_a_word_and_is_the_learners_to_rate(
    start: Start, kinds: Path, ratings: Callable[[], list[int]]
) -> None:
    learner = start("study", "--kind", "multiple").until("A scoring script")
    learner.press(letter(learner, "A scoring script"), ENTER).until("1 of 2 chosen. Enter again: hand in.")
    learner.press(ENTER).until("Partly right: 1 of 2 points").until("space hard").until("4 easy").press(" ")
    learner.until("learning").press("q").end()
    assert ratings() == [2]
    learner = start("study", "--kind", "order").until("Deployment").press(ENTER).until("0 of 4 placed")
    learner.press(letter(learner, "Setup")).until("1.  Setup").press(BACKSPACE).until(
        lambda text: "1." not in text
    )
    learner.press("q").end()
    learner = (
        start("study", "--kind", "match").until("in-memory").press(ENTER).until("0 of 3 answered").press("q")
    )
    learner.end()
    learner = (
        start("study", "--kind", "statements").until("storage").press("y", ENTER).until("1 of 2 answered")
    )
    learner.press("q").end()


def test_edit_and_flag_wait_for_the_answer_and_a_wrong_key_says_what_is_possible(
    start: Start, kinds: Path
) -> None:
    learner = (
        start("study", "--kind", "choice")
        .until("Pipeline")
        .press("e")
        .until("e (edit) works after the answer")
    )
    learner.press("f").until("f (flag) works after the answer").press("w")
    learner.until("w does nothing here. Keys: a–c choose, enter confirm").press("d").until(
        "d does nothing here"
    )
    learner.press("q").end()


def test_typed_gaps_take_every_character(start: Start, kinds: Path, tmp_path: Path) -> None:
    learner = start("study", "--kind", "cloze", "--type").until("enter answer")
    learner.press(*"q?u1e/f x*").until("q?u1e/f x*").press(ENTER, *"b", ENTER).until("you: ").press("q").end()


def test_options_have_no_holes_and_more_than_six_are_reached_by_the_arrows(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "home" / "decks").mkdir(parents=True)
    options = ", ".join(f"{{text: option {n}{', right: true' * (n == 7)}}}" for n in range(8))
    (tmp_path / "home" / "decks" / "d.yaml").write_text(
        f"deck: d\ntitle: D\ncards:\n  - {{id: d-1, kind: choice, ask: What?, options: [{options}]}}\n",
        encoding="utf-8",
    )
    learner = start("study").until("option 7")
    rows = [line.replace("›", "").split() for line in learner.lines if "option" in line]
    assert [row[0] for row in rows] == ["a", "b", "c", "d", "e", "f", "7", "8"]
    go_to(learner, "option 7")
    learner.press(ENTER).until("✓ Right").press("q").end()


def test_keys_of_ones_own_may_not_be_those_that_answer(start: Start, kinds: Path) -> None:
    (kinds / "dp100.toml").write_text('[keys]\nskip = "c"\nundo = "5"\n', encoding="utf-8")
    learner = start("study")
    learner.until("c answers cards").until("5 answers cards")
    assert learner.end() == 1


def test_a_scenario_stays_in_reach_after_the_answer(start: Start, tmp_path: Path) -> None:
    (tmp_path / "home" / "decks").mkdir(parents=True)
    text = "\n".join(f"    Line {n} of the scenario.\n" for n in range(9))
    (tmp_path / "home" / "decks" / "d.yaml").write_text(
        f"deck: d\ntitle: D\nscenarios:\n  firm: |\n{text}cards:\n  - {{id: d-1, kind: choice, scenario: firm, "
        'ask: "What?", options: [{text: this one, right: true}, {text: that one}]}\n',
        encoding="utf-8",
    )
    for command, rows, columns in (("study", 24, 100), ("quiz", 14, 60), ("study", 12, 40)):
        learner = start(command, rows=rows, columns=columns).until("Line 0 of").press("a", ENTER)
        learner.until("more above" if columns < 88 else "Line 8 of").press("\x1b[H").until("Line 0 of").press(
            "q"
        )
        learner.press("q").end()


@pytest.mark.parametrize("theme", ["", "night"])
def test_forty_columns_and_twelve_rows_are_enough(start: Start, kinds: Path, theme: str) -> None:
    (kinds / "dp100.toml").write_text(f'[ui]\ntheme = "{theme}"\n' if theme else "", encoding="utf-8")
    learner = (
        start("study", "--kind", "choice", rows=12, columns=40).until("Workspace").until("enter confirm")
    )
    learner.press(letter(learner, "Workspace"), ENTER).until("✓ Right").until("4 easy").until(
        "space good"
    ).press("q")
    assert learner.end() == 0


def test_with_an_exam_ahead_the_day_ends_with_a_question_of_the_exam(
    start: Start, kinds: Path, ratings: Callable[[], list[int]]
) -> None:
    dp100(kinds.parent, "plan", "--exam-date", "2027-03-01")
    learner = start("study", "--new", "1", DP100_NOW="2027-01-01T09:00:00+00:00").until("Pipeline")
    learner.press(letter(learner, "Workspace"), ENTER).until("4 easy").press("4")
    learner.until("One question of the exam to end with").press("s").until("1 rating in")
    learner.press("u").until("Undone: easy").press("q").end()
    learner = start("study", "--new", "1", DP100_NOW="2027-01-01T09:00:00+00:00").until("Pipeline")
    learner.press(letter(learner, "Workspace"), ENTER).until("4 easy").press("4")
    learner.until("One question of the exam to end with").press(ENTER).until("Enter again").press(ENTER)
    learner.until("Not answered").press(" ").until("What helps most").press("q")
    assert learner.end() == 0
    assert ratings() == [4], "the question is practice"
