"""A mock exam at a real terminal: taken to the end, killed in the middle, and gone on with."""

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.learner import REPOSITORY, Start


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A collection with twelve choice cards; the right option is always the one that says so."""
    cards = "".join(
        f"  - id: q-{n:06}\n    kind: choice\n    ask: What is question {n}?\n    options:\n"
        f"      - {{text: right {n}, right: true}}\n      - {{text: wrong {n}, because: it is wrong}}\n"
        for n in range(12)
    )
    decks = tmp_path / "home" / "decks"
    decks.mkdir(parents=True)
    (decks / "q.yaml").write_text(f"deck: q\ntitle: Q\ncards:\n{cards}", encoding="utf-8")
    return tmp_path / "home"


def right_option(text: str) -> str:
    found = re.search(r"([a-f])\s+(?:\( \)|\(•\))\s+right", text)
    assert found, text
    return found[1]


def report(tmp_path: Path) -> dict[str, object]:
    arguments = [
        "--home",
        str(tmp_path / "home"),
        "--data",
        str(tmp_path / "data"),
        "exam",
        "report",
        "--json",
    ]
    out = subprocess.run(
        [sys.executable, "-m", "dp100cards", *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return dict(json.loads(out.stdout))


def test_ten_questions_killed_at_the_fifth_and_taken_to_the_end(
    start: Start, home: Path, tmp_path: Path
) -> None:
    learner = start("exam", "--questions", "10", "--seed", "4").until("begin: the clock").press("\r")
    for n in range(1, 5):
        learner.until(f"Question {n} of 10")
        learner.press(right_option(learner.text)).until(f"{n} answered").press("\r")
    learner.until("Question 5 of 10").press("*").until("marked")
    learner.press(right_option(learner.text)).until("5 answered")
    learner.kill()
    learner = start("exam", "resume").until("Question 5 of 10").until("5 answered").until("marked")
    for n in range(5, 11):
        learner.until(f"Question {n} of 10")
        if n > 5:
            learner.press(right_option(learner.text)).until(f"{n} answered")
        learner.press("\r")
    learner.until("Review: all").until("0 unanswered · 1 marked").press("S").until("1 marked (5)").press("y")
    learner.until("1000 of 1000 · passed").press("l").until("1 marked question flagged.").press("q")
    learner.until("exam learn 1")
    assert learner.end() == 0
    told = report(tmp_path)
    assert (told["score"], told["passed"], told["points"], told["of"]) == (1000, True, 10, 10)
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        kinds = [kind for (kind,) in connection.execute("SELECT kind FROM sitting_event ORDER BY id")]
    assert kinds.count("answer") == 10
    assert kinds.count("submit") == 1


def test_the_countdown_is_seen_to_run(start: Start, home: Path) -> None:
    learner = start("exam", "--questions", "5", "--minutes", "30")
    learner.until("5 questions · 30 minutes").press("\r").until("Question 1 of 5").until("30:00")
    learner.until("29:58").press("q").until("Pause").press("y")
    assert learner.end() == 0
    assert "exam resume" in " ".join(learner.text.split()), "wherever the line is broken"


def test_what_a_learner_notes_down_at_a_question_stays_with_it(
    start: Start, home: Path, tmp_path: Path
) -> None:
    """A struck option, a mark; a jump away and back."""
    learner = start("exam", "--questions", "5", "--seed", "3").until("begin: the clock").press("\r")
    learner.until("Question 1 of 5").press("b").press("\x1b[A", "-", "*").until("marked")
    learner.press("g").until("Question 1–5:").press("4", "\r").until("Question 4 of 5")
    learner.press("g").until("Question 1–5:").press("9", "\r").until("There is no question 9.")
    learner.press("2", "\x7f").press("g").until("Question 1–5:").press("1", "\r")
    learner.until("Question 1 of 5").press("\x04")
    assert learner.end() == 0
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        noted = connection.execute("SELECT kind, question, value FROM sitting_event ORDER BY id").fetchall()
    kept = {(kind, question): value for kind, question, value in noted}
    assert len(json.loads(kept["strike", 0])) == 1
    assert kept["answer", 0] == "[]", "what is struck out is not chosen"
    assert kept["answer", 3] == "[]", "cleared"


@pytest.mark.parametrize("key", ["q", "\x04"])
def test_who_leaves_before_the_clock_starts_has_begun_nothing(start: Start, home: Path, key: str) -> None:
    learner = start("exam", "--questions", "5").until("begin: the clock").press(key)
    learner.until("No exam was begun.")
    assert learner.end() == 0
    start("exam", "resume").until("no exam is open")


def test_ctrl_d_pauses_and_a_second_exam_offers_to_resume(start: Start, home: Path) -> None:
    learner = (
        start("exam", "--questions", "5")
        .until("begin: the clock")
        .press("\r")
        .until("Question 1 of 5")
        .press("\r")
        .until("Question 2 of 5")
        .press("\x04")
    )
    assert learner.end() == 0
    learner = start("exam").until("Question 2 of 5, 0 answered").until("r resume it").press("r")
    learner.until("Question 2 of 5").press("q").until("Pause").press("y").end()


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (80, 16), (80, 24), (120, 40)])
def test_the_exam_fits_the_window(start: Start, home: Path, columns: int, rows: int) -> None:
    learner = (
        start("exam", "--questions", "5", columns=columns, rows=rows)
        .until("begin: the clock")
        .press("\r")
        .until("Question 1 of 5")
        .until("right")
    )
    learner.press("r").until("Review: all").press("r").until("Question 1 of 5").press("?").until(
        "choose an option"
    )
    learner.press(" ").until("right").press("\x04")
    assert learner.end() == 0
    again = start("exam", columns=columns, rows=rows).until("An exam is open.").until("n new exam").press("q")
    assert again.end() == 0


def run(tmp_path: Path, *arguments: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dp100cards", "--home", str(tmp_path / "home"), "--data", str(tmp_path / "data"),
         *arguments],
        cwd=REPOSITORY, input=lines, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_in_lines_without_a_terminal(home: Path, tmp_path: Path) -> None:
    done = run(tmp_path, "exam", "--questions", "3", lines="\na\n*\nb\np\ng\n3\nzz\n1\nr\nr\nS\ny\n")
    assert done.returncode == 0
    assert "Question 3 of 3" in done.stdout
    assert "z does nothing here. Keys: a–b choose" in done.stdout
    assert "mock exam 1" in done.stdout
    assert "\x1b" not in done.stdout
    assert run(tmp_path, "exam", "list").stdout.count("questions") == 1


def test_the_end_of_the_input_pauses(home: Path, tmp_path: Path) -> None:
    assert "exam resume" in run(tmp_path, "exam", "--questions", "3", lines="\na\n").stdout
    done = run(tmp_path, "exam", "resume", lines="S\ny\n")
    assert "Question 2 of 3. 1 answered" in done.stdout
    assert "2 unanswered (2, 3)" in done.stdout


def test_what_cannot_be_is_one_sentence(home: Path, tmp_path: Path) -> None:
    for arguments, words in (
        (["exam", "resume"], "no exam is open"),
        (["exam", "report"], "no exam has been handed in"),
        (["exam", "report", "9"], "there is no exam 9"),
        (["exam", "--area", "cooking"], "there is no area cooking"),
        (["exam", "--exam", "dp-100", "--area", "design"], "the decks hold no question"),
        (["exam", "--exam", "az-900"], "there is no exam az-900"),
    ):
        done = run(tmp_path, *arguments)
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_fewer_questions_than_the_blueprint_wants_are_said(home: Path, tmp_path: Path) -> None:
    (home / "dp100.toml").write_text('blueprint = "dp-100"\n', encoding="utf-8")
    out = run(tmp_path, "exam", lines="d\nq\n").stdout
    assert "The decks hold 12 of the 50 questions wanted. This paper asks about 0 of 4 areas." in out
    assert "Optimize language models for AI applications (14)" in out
    assert "AI-300" in out


def test_practice_explains_each_answer_at_once(start: Start, home: Path, tmp_path: Path) -> None:
    learner = (
        start("exam", "--questions", "3", "--practice").until("untimed").press("\r").until("Question 1 of 3")
    )
    wrong = "2" if right_option(learner.text) == "a" else "1"
    learner.press(wrong).until("1 answered").press("\r").until("it is wrong").press(
        "1", "2", "c", "\r"
    ).until("Question 2 of 3")
    learner.press("\x04").end()
    learner = start("exam", "resume").until("Question 2 of 3")
    learner.press(right_option(learner.text)).until("2 answered").press("\r").until("Right").press("S").until(
        "Hand in"
    ).press("y")
    learner.until("practice (pass 700)").press("l").until("1 missed question added to daily study.").press(
        "q"
    )
    assert learner.end() == 0
    assert "practice (pass 700)" in str(run(tmp_path, "exam", "report").stdout)
    told = report(tmp_path)
    assert (told["points"], told["of"]) == (1, 3)
    assert run(tmp_path, "exam", "list").stdout.rstrip().endswith("practice")


def test_practice_in_lines(home: Path, tmp_path: Path) -> None:
    out = run(tmp_path, "exam", "--questions", "2", "--practice", lines="\na\n\nb\n\nS\ny\n").stdout
    assert out.count("✓ Right\n") + out.count("✗ Wrong\n") == 2
    assert "it is wrong" in out


def test_weak_leans_towards_what_went_badly(home: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "exam", "--questions", "3", "--weak", lines="\na\nS\ny\n").returncode == 0
    assert run(tmp_path, "exam", "--questions", "3", "--weak", lines="\nS\ny\n").returncode == 0


def test_the_report_as_a_page_fetches_nothing_and_says_it_all(home: Path, tmp_path: Path) -> None:
    run(tmp_path, "exam", "--questions", "3", lines="\na\nb\nS\ny\n")
    page = tmp_path / "report.html"
    assert run(tmp_path, "exam", "report", "--html", str(page)).returncode == 0
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=.?http|url\(|@import", text)
    assert "<script" not in text
    assert text.count("<article>") == 3
    assert "prefers-color-scheme: dark" in text
    done = run(tmp_path, "exam", "report", "--html", str(tmp_path / "no" / "where.html"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_what_went_wrong_enters_daily_study_once(home: Path, tmp_path: Path) -> None:
    out = run(tmp_path, "exam", "--questions", "3", lines="\na\nb\na\nr\n*\nS\ny\nq\n").stdout
    assert "exam learn 1" in out
    first, again = run(tmp_path, "exam", "learn"), run(tmp_path, "exam", "learn", "1")
    assert "1 marked question flagged" in first.stdout
    assert again.stdout == "Nothing to add: daily study has all of it.\n"
    wrong = 3 - int(str(report(tmp_path)["points"]))
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM event WHERE origin = 'exam' AND kind = 'practice' AND value = 0"
        ).fetchone()
    assert count == wrong


def test_a_strict_break_locks_what_was_answered_and_says_how_long_it_was(home: Path, tmp_path: Path) -> None:
    run(tmp_path, "exam", "--questions", "4", "--strict", lines="\na\nb\n")
    out = run(tmp_path, "exam", "resume", lines="g\n1\nr\nr\nq\ny\n").stdout
    assert "You were away for" in out
    assert "the clock ran on" in out
    assert "Question 1 is locked; its answer stays." in out
    assert out.count("locked What") == 2


def test_in_lines_an_option_can_be_struck_out_and_the_report_tells_times(home: Path, tmp_path: Path) -> None:
    out = run(tmp_path, "exam", "--questions", "4", lines="\n-\nb-\na\na\na\na\nS\ny\nq\n").stdout
    assert "b is struck out." in out
    assert out.count("(struck out)") == 1
    assert "Go to an option first" in out
    told = run(tmp_path, "exam", "report", "--all").stdout
    assert told.count(" second") >= 4
