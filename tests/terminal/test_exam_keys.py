"""Input in an exam never surprises: each thing that once hurt a learner, at a real terminal."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.learner import REPOSITORY, Start

DECK = """deck: q
title: Q
cards:
  - {id: q-1, kind: choice, ask: "What floats?", options: [{text: wood, right: true}, {text: iron}, {text: gold}]}
  - {id: q-2, kind: multiple, ask: "Which two float?", options: [{text: wood, right: true}, {text: cork, right: true}, {text: gold}]}
  - {id: q-3, kind: order, ask: "In which order?", items: [first, second, third]}
"""
BLUEPRINT = "name: OWN\nquestions: 3\nminutes: 30\nkinds: [choice, multiple, order]\n"
DOWN, PAGE_DOWN = "\x1b[B", "\x1b[6~"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "decks").mkdir(parents=True)
    (tmp_path / "home" / "decks" / "q.yaml").write_text(DECK, encoding="utf-8")
    (tmp_path / "home" / "own.yaml").write_text(BLUEPRINT, encoding="utf-8")
    (tmp_path / "home" / "dp100.toml").write_text('blueprint = "own.yaml"\n', encoding="utf-8")
    return tmp_path / "home"


def phases(tmp_path: Path) -> list[str]:
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        return [phase for (phase,) in connection.execute("SELECT phase FROM sitting ORDER BY id")]


def number_of(text: str, ask: str) -> str:
    """The number of a question on the review page."""
    return next(line.split()[0].strip("›") or line.split()[1] for line in text.splitlines() if ask in line)


@pytest.mark.parametrize("keys", [[DOWN], ["a"], ["1"]])
def test_arrow_letter_and_digit_choose_and_enter_keeps_it(start: Start, home: Path, keys: list[str]) -> None:
    learner = start("exam", "--seed", "1").until("begin: the clock").press("\r").until("Question 1 of 3")
    learner.press("r").until("Review: all")
    learner.press("g").until("Question 1–3").press(number_of(learner.text, "What floats"), "\r").until(
        "What floats?"
    )
    learner.press(*keys).until("(•)").until("1 answered").press("n")
    learner.until(lambda text: "What floats?" not in text).until("1 answered").press("\x04")
    assert learner.end() == 0


def test_a_wrong_key_says_what_is_possible_and_changes_nothing(start: Start, home: Path) -> None:
    learner = (
        start("exam").until("begin: the clock").press("x").until("x does nothing here. Keys: enter begin")
    )
    learner.press("\r").until("Question 1 of 3").press("z").until("z does nothing here. Keys: a–c")
    learner.press("4").until("4 does nothing here").until("0 answered").press("\x04")
    assert learner.end() == 0


def test_what_is_half_filled_is_called_incomplete_before_it_is_handed_in(start: Start, home: Path) -> None:
    learner = start("exam").until("begin: the clock").press("\r").until("Question 1 of 3").press("r")
    learner.until("Review: all").press("g").until("Question 1–3").press(
        number_of(learner.text, "Which two"), "\r"
    )
    learner.until("Which two float?").press("a").until("1 of 2 chosen").press("\r")
    learner.until("Enter again leaves it incomplete.").until("Which two float?").press("r").until(
        "Review: all"
    )
    learner.until("2 unanswered · 1 incomplete").press("S").until("1 incomplete (").until("[y/N]").press("\r")
    learner.until(lambda text: "[y/N]" not in text).press("u").until("Review: unanswered").until(
        "incomplete"
    ).press("\x04")
    learner.press("\x04")
    assert learner.end() == 0


def test_no_prompt_is_answered_by_a_stray_key(start: Start, home: Path, tmp_path: Path) -> None:
    learner = (
        start("exam").until("begin: the clock").press("\r").until("Question 1 of 3").press("S").until("[y/N]")
    )
    learner.press(" ").until("space does nothing here. Keys: y yes, n no").press(PAGE_DOWN, "3").until(
        "3 does nothing"
    )
    learner.until("in anyway? [y/N]") if "[y/N]" in learner.text else None
    learner.press("n").until("? help").press("S").until("[y/N]").press("y").until("of 1000 · ")
    learner.press(PAGE_DOWN, " ", "7").until("7 does nothing here").press("q").until("0 of 3 questions right")
    assert learner.end() == 0
    assert phases(tmp_path) == ["submitted"]


def test_an_open_exam_is_given_up_only_when_the_new_clock_starts(
    start: Start, home: Path, tmp_path: Path
) -> None:
    learner = (
        start("exam").until("begin: the clock").press("\r").until("Question 1 of 3").press("a").press("\x04")
    )
    assert learner.end() == 0
    learner = start("exam").until("An exam is open.").press("n").until("begin: the clock").press("q")
    learner.until("Paused: the exam waits.")
    assert (learner.end(), phases(tmp_path)) == (0, ["open"])
    learner = start("exam").until("An exam is open.").press("n").until("begin: the clock").press("\r")
    learner.until("Give up the open exam (1 of 3 begun) and begin the new one? [y/N]").press("\r")
    learner.until(lambda text: "Give up" not in text).press("q")
    assert (learner.end(), phases(tmp_path)) == (0, ["open"])
    learner = start("exam").until("An exam is open.").press("n").until("begin: the clock").press("\r")
    learner.until("Give up").press("y").until("Question 1 of 3").until("0 answered").press("\x04")
    assert (learner.end(), phases(tmp_path)) == (0, ["given up", "open"])


def test_three_lines_stay_in_the_shell_and_the_result_can_be_looked_at_again(
    start: Start, home: Path, tmp_path: Path
) -> None:
    learner = start("exam", rows=30).until("begin: the clock").press("\r").until("Question 1 of 3").press("S")
    learner.until("Hand in anyway?").press("y").until("of 1000 · not passed (pass 700)").until("Questions")
    learner.press(DOWN, "\r").until("unanswered").until("x reject").press("x").until(
        "This card is rejected"
    ).press("q", "q")
    learner.until("0 of 3 questions right")
    assert learner.end() == 0
    shell = bytes(learner.sent).rpartition(b"\x1b[?1049l")[2].decode().strip().splitlines()
    assert [line.strip().split()[0] for line in shell if not line.startswith(" ")][:3] == [
        "OWN",
        "0",
        "dp100",
    ]
    learner = start("exam", "report", rows=30).until("of 1000").until("rejected").press("q")
    assert learner.end() == 0
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        assert [kind for (kind,) in connection.execute("SELECT kind FROM event")].count("reject") == 1
    drawn = start("exam").until("begin: the clock")
    assert "2 questions · 20 minutes" in drawn.text, "a rejected card is at once out of exams"
    drawn.press("q").end()


def test_the_open_exam_of_the_first_edition_is_finished(home: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copyfile(REPOSITORY / "tests" / "fixtures" / "first-edition" / "progress.db", data / "progress.db")

    def run(*arguments: str, lines: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "dp100cards", "--home", str(home), "--data", str(data), *arguments],
            cwd=REPOSITORY, input=lines, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    before = run("exam", "list")
    assert before.count("open") == 1
    out = run("exam", "resume", lines="r\nr\nS\ny\nl\nq\n")
    assert "Review: all" in out
    assert "mock exam 5" in out
    assert phases(tmp_path).count("open") == 0
    told = json.loads(run("exam", "report", "5", "--json"))
    assert len(told["questions"]) == 20
    assert any(question["points"] for question in told["questions"])
