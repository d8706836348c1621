"""Ctrl-C at a real terminal: the screen is given back, everything is saved, the exit status is 130."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from dp100cards.ui.pages import run
from tests.terminal.learner import Start, Terminal
from tests.ui.every_kind import write

INTERRUPTED = 130
CTRL_C = "\x03"


def ended(learner: Terminal) -> int:
    """The exit status of a program that has given the screen back, without a traceback."""
    status = learner.end()
    assert "Traceback" not in learner.text
    assert learner.sent.rstrip().count(b"\x1b[?1049l") == learner.sent.count(b"\x1b[?1049h")
    assert b"\x1b[?25h" in learner.sent or b"\x1b[?1049h" not in learner.sent
    return status


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    """A collection with a card of each kind."""
    return write(tmp_path / "home")


def recorded(folder: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(folder / "data" / "progress.db") as connection:
        return connection.execute("SELECT kind, rating FROM event ORDER BY id").fetchall()


@pytest.mark.parametrize("plain", [False, True])
def test_a_session_that_is_interrupted_has_saved_what_was_rated(
    start: Start, home: Path, tmp_path: Path, plain: bool
) -> None:
    learner = start("study", *["--plain"] * plain)
    if plain:
        learner.until("show the answer").press("\n").until("1 again").press("3\n").until("thing number 1")
    else:
        learner.until("show the answer").press(" ").until("1 again").press("3").until("thing number 1")
    learner.press(CTRL_C)
    assert ended(learner) == INTERRUPTED
    assert "Interrupted. Everything that you answered is saved." in learner.text
    assert "Tomorrow:" not in learner.text
    assert recorded(tmp_path) == [("review", 3)]


@pytest.mark.parametrize("panel", ["?", "i", "o", "f"])
def test_ctrl_c_ends_a_session_from_everywhere(start: Start, home: Path, panel: str) -> None:
    learner = start("study").until("show the answer")
    if panel == "f":
        learner.press(" ").until("1 again")
    before = learner.text
    learner.press(panel).until(lambda text: text != before and "u undo" not in text).press(CTRL_C)
    assert ended(learner) == INTERRUPTED


def test_ctrl_c_ends_a_session_at_its_summary_and_ctrl_d_only_closes_it(start: Start, home: Path) -> None:
    for key, status in ((CTRL_C, INTERRUPTED), ("\x04", 0)):
        learner = (
            start("study", "--limit", "1").until("show the answer").press(" ").until("1 again").press("3")
        )
        learner.until("1 rating in").press(key)
        assert ended(learner) == status


@pytest.mark.parametrize("plain", [False, True])
def test_an_exam_that_is_interrupted_waits_at_the_same_question(
    start: Start, kinds: Path, plain: bool
) -> None:
    learner = start("exam", "--questions", "5", "--seed", "2", *["--plain"] * plain)
    learner.until("begin: the clock").press("\n" if plain else "\r")
    learner.until("Question 1 of 5").press("\n" if plain else "\r").until("Question 2 of 5").press(CTRL_C)
    learner.until(lambda text: "exam resume goes on" in text.replace("\n", ""))
    assert ended(learner) == INTERRUPTED
    assert "Paused: the exam waits." in learner.text
    learner = start("exam", "resume").until("Question 2 of 5")
    learner.press("q").until("Pause?").press("x", CTRL_C)
    assert ended(learner) == INTERRUPTED


def test_who_interrupts_before_the_clock_starts_has_begun_no_exam(start: Start, kinds: Path) -> None:
    learner = start("exam", "--questions", "5").until("begin: the clock").press(CTRL_C)
    learner.until("No exam was begun.")
    assert ended(learner) == INTERRUPTED
    start("exam", "resume").until("no exam is open")


def test_ctrl_c_at_the_question_whether_to_resume_is_an_interruption_too(start: Start, kinds: Path) -> None:
    start("exam", "--questions", "5").until("begin: the clock").press("\r").until("Question 1").press(
        CTRL_C
    ).end()
    learner = start("exam").until("r resume it").press(CTRL_C)
    assert ended(learner) == INTERRUPTED


@pytest.mark.parametrize("plain", [False, True])
def test_a_quiz_that_is_interrupted_keeps_what_was_answered(
    start: Start, kinds: Path, tmp_path: Path, plain: bool
) -> None:
    learner = start("quiz", "-n", "2", "--seed", "1", *["--plain"] * plain, rows=40)
    enter = "\n" if plain else "\r"
    learner.until("Question 1 of 2").press(enter).until("Enter again").press(enter)
    learner.until("Not answered").press(enter).until("Question 2 of 2").press(CTRL_C)
    assert ended(learner) == INTERRUPTED
    assert "Everything that you answered is saved." in learner.text
    assert recorded(tmp_path) == [("practice", 0)]


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a process are another matter there")
def test_ctrl_c_in_the_learners_editor_is_the_editors(tmp_path: Path) -> None:
    """Some editors take Ctrl-C as a key of theirs; the signal reaches the program that waits for them as well."""
    editor, file = tmp_path / "editor.py", tmp_path / "deck.yaml"
    editor.write_text(
        "import os, signal, sys, time\nos.kill(os.getppid(), signal.SIGINT)\ntime.sleep(0.2)\n"
        "open(sys.argv[-1], 'w').write('saved')\n",
        encoding="utf-8",
    )
    assert run(f"{sys.executable} {editor}", file, 1) == ""
    assert file.read_text(encoding="utf-8") == "saved"
