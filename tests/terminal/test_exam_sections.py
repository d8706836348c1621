"""Case studies, yes/no series and typed answers in an exam of the learner's own making, on the screen and in lines."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.learner import REPOSITORY, Start

BLUEPRINT = """
name: OWN
questions: 8
minutes: 16
kinds: [choice, statements, cloze, code]
sections:
  - {title: Case study, scenarios: 1, locks: section}
  - {title: Yes or no, kinds: [statements], locks: section}
"""

SEED = "5"
"""With it the first question is the one with options."""

DECK = """deck: q
title: Q
scenarios:
  firm: |-
    A firm sells **boats** by the sea.

    - It has no data yet.
cards:
  - {id: q-1, kind: choice, ask: "What floats?", options: [{text: right wood, right: true}, {text: wrong iron}]}
  - {id: q-2, kind: cloze, ask: "A {{boat}} needs a {{captain}}."}
  - {id: q-3, kind: code, ask: "Which call?", language: python, code: "ws = {{Workspace}}.get()"}
  - {id: q-4, kind: statements, ask: "Series one?", statements: [{text: Water is wet., right: true}]}
  - {id: q-5, kind: statements, ask: "Series two?", statements: [{text: Fire is cold.}]}
  - {id: q-6, kind: choice, scenario: firm, ask: "What does it sell?", options: [{text: right boats, right: true}, {text: cars}]}
  - {id: q-7, kind: choice, scenario: firm, ask: "Where does it sell?", options: [{text: right sea, right: true}, {text: hills}]}
  - {id: q-8, kind: basic, ask: "Never asked?", answer: "Never."}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "decks").mkdir(parents=True)
    (tmp_path / "home" / "decks" / "q.yaml").write_text(DECK, encoding="utf-8")
    (tmp_path / "home" / "own.yaml").write_text(BLUEPRINT, encoding="utf-8")
    (tmp_path / "home" / "dp100.toml").write_text('blueprint = "own.yaml"\n', encoding="utf-8")
    return tmp_path / "home"


def run(tmp_path: Path, *arguments: str, lines: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "dp100cards", "--home", str(tmp_path / "home"), "--data", str(tmp_path / "data"),
         *arguments],
        cwd=REPOSITORY, input=lines, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_in_lines_sections_are_told_closed_and_locked(home: Path, tmp_path: Path) -> None:
    out = run(
        tmp_path, "exam", "--seed", SEED,
        lines="\ng\n4\n\ng\n1\nn\ns\n\ng\n1\ny\ng\n4\nr\nr\nq\ny\n",
    )  # fmt: skip
    assert "3 normal questions. You can go back until you hand in." in out
    assert "Case study 1: 2 questions. Once you leave them, they are closed for good." in out
    assert "Question 4 of 7" in out
    assert "Case study 1, 1 of 2" in out
    assert out.count("A firm sells boats by the sea.") == 2, "once when it begins, once when asked for"
    assert "Leave Case study 1 for good? 2 of its 2 questions are not answered." in out
    assert "Question 4 is locked" in out
    assert out.count("locked What") + out.count("locked Where") == 2
    assert "Case study 1\n  4  unanswered" in out
    assert "captain" not in out, "no list gives an answer away"
    assert out.count("Paused:") == 1
    again = run(tmp_path, "exam", "resume", lines="g\n6\ng\n7\ng\n1\ny\ng\n6\nq\ny\n")
    assert "Yes or no: 2 questions. Once you leave them, they are closed for good." in again
    assert "Question 7 of 7" in again
    assert "Yes or no, 2 of 2" in again
    assert "Question 6 is locked" in again


def test_typed_answers_are_marked_kept_and_reported(home: Path, tmp_path: Path) -> None:
    """Whatever the order of the paper: the answer goes to the question that asks for it."""
    cards = {"What floats": "b", "_ needs a": "boat; captin", "Which call": "Workspase"}
    out = run(tmp_path, "exam", "--seed", "1", lines="\n\n\n")
    asked = [
        next(answer for ask, answer in cards.items() if ask in part) for part in out.split("\nQuestion ")[1:4]
    ]
    assert sorted(asked) == sorted(cards.values())
    run(tmp_path, "exam", "resume", lines="esc\ng\n1\n" + "\n".join(asked) + "\n\nS\ny\n")
    rows = json.loads(run(tmp_path, "exam", "report", "--json"))["questions"]
    found = {row["card"]: row for row in rows}
    assert found["q-2"]["answer"] == ["boat", "captin"]
    assert (found["q-2"]["points"], found["q-2"]["of"], found["q-2"]["verdict"]) == (2, 2, "right")
    assert (found["q-3"]["answer"], found["q-3"]["verdict"]) == (["Workspase"], "right")
    assert "q-8" not in found
    told = run(tmp_path, "exam", "report", "--all")
    assert "you: boat" in told
    assert "captain" in told
    assert "{{" not in told
    assert "A firm sells boats by the sea." in told
    page = tmp_path / "page.html"
    run(tmp_path, "exam", "report", "--html", str(page))
    assert "captin" in page.read_text(encoding="utf-8")


def test_a_word_that_is_a_key_can_be_an_answer(home: Path, tmp_path: Path) -> None:
    deck = 'deck: q\ntitle: Q\ncards:\n  - {id: q-1, kind: cloze, ask: "It is {{q}}."}\n'
    (home / "decks" / "q.yaml").write_text(deck, encoding="utf-8")
    run(tmp_path, "exam", lines="\nq\nS\ny\n")
    assert json.loads(run(tmp_path, "exam", "report", "--json"))["passed"] is True


@pytest.mark.parametrize(("columns", "rows"), [(40, 20), (80, 24)])
def test_a_scenario_is_read_first_and_again_where_both_have_no_room(
    start: Start, home: Path, columns: int, rows: int
) -> None:
    learner = start("exam", "--seed", SEED, columns=columns, rows=rows).until("begin: the clock").press("\r")
    learner.until("Normal questions, 1 of 3").press("g").until("Question 1–7").press("4", "\r").until(
        "A firm sells boats"
    )
    learner.press("1").until("enter to the question").press("\r").until("What does it sell?").press(
        "s"
    ).until("by the sea")
    learner.press("s").until("What does it sell?").press("\r").until("Where does it sell?")
    learner.press("\x1b[D").until("What does it sell?").press("g").until("Question 1–7").press("1", "\r")
    learner.until("for good").press("n").until("What does it sell?").press("\x04")
    assert learner.end() == 0


def test_the_first_question_shows_its_keys_beside_what_is_said_of_its_section(
    start: Start, home: Path
) -> None:
    learner = start("exam", "--seed", SEED).until("begin: the clock").press("\r")
    learner.until("3 normal questions.").until("? help").press("S").until("Hand in anyway? [y/N]")
    learner.until(lambda text: "? help" not in text).press("n").until("? help").press("\x04")
    assert learner.end() == 0


def test_a_wide_window_shows_scenario_and_question_side_by_side(start: Start, home: Path) -> None:
    learner = (
        start("exam", "--seed", SEED, columns=120, rows=40)
        .until("begin: the clock")
        .press("\r")
        .until("1 of 3")
    )
    learner.press("g").until("Question 1–7").press("4", "\r").until("What does it sell?").until("by the sea")
    learner.press("g").until("Question 1–7").press("1", "\r").until("Leave Case study 1 for good?").press("y")
    learner.until("Normal questions, 1 of 3").press("\x04")
    assert learner.end() == 0


def test_a_long_scenario_scrolls_and_its_question_stays_in_sight(start: Start, home: Path) -> None:
    path = home / "decks" / "q.yaml"
    said = "\n\n".join(f"    Line {n} of it." for n in range(15))
    path.write_text(DECK.replace("    - It has no data yet.", said), encoding="utf-8")
    learner = (
        start("exam", "--seed", SEED, columns=120, rows=20)
        .until("begin: the clock")
        .press("\r")
        .until("1 of 3")
    )
    learner.press("g").until("Question 1–7").press("4", "\r").until("What does it sell?").until(
        "Line 2 of it"
    )
    learner.press("\x1b[6~", "\x1b[6~", "\x1b[6~").until("Line 14 of it").until("What does it sell?")
    learner.press("1").until("(•)").until("Line 14 of it").press("\x1b[5~", "\x1b[5~", "\x1b[5~").until(
        "Line 2 of it"
    )
    learner.until("What does it sell?").press("\x04")
    assert learner.end() == 0


def test_answers_are_typed_on_the_screen_and_there_after_a_kill(
    start: Start, home: Path, tmp_path: Path
) -> None:
    learner = start("exam", "--seed", SEED).until("begin: the clock").press("\r").until("Question 1 of 7")
    learner.press("g").until("Question 1–7").press("3", "\r")
    learner.until("needs a").press(*"frigate").until("frigate").press("\r").press(*"pilot").until(
        "pilot"
    ).until("1 answered")
    learner.kill()
    learner = start("exam", "resume").until("needs a").until("frigate").until("pilot")
    learner.press("\x1b").until("* mark").press("*").until("marked").press("\x1b").until(
        "other keys than letters"
    ).press("\x04")
    assert learner.end() == 0
