from __future__ import annotations

import re
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.terminal.learner import Start


def ratings(tmp_path: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        return connection.execute("SELECT card, rating FROM review ORDER BY id").fetchall()


def test_single_keys_show_rate_and_end_a_session(start: Start, home: Path, tmp_path: Path) -> None:
    learner = start("study").until("thing number 0").press(" ").until("3 good 10m")
    learner.press("3").until("thing number 1").press(" ").until("the answer 1").press(" ").until(
        "thing number 2"
    )
    learner.press("q")
    assert learner.end() == 0
    assert ratings(tmp_path) == [("things-000000", 3), ("things-000001", 3)]
    assert "2 ratings" in learner.text, "the summary is left on the terminal"


def test_what_is_shown_beside_a_rating_is_what_is_applied(start: Start, home: Path, tmp_path: Path) -> None:
    learner = start("study").until("thing number 0").press(" ").until("4 easy")
    shown = learner.text.partition("4 easy ")[2].split()[0]
    learner.press("4").until("thing number 1").press("q").end()
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        assert f"{connection.execute('SELECT interval FROM state').fetchone()[0]}d" == shown


def test_a_rating_before_the_answer_and_an_unknown_key_do_nothing(
    start: Start, home: Path, tmp_path: Path
) -> None:
    learner = (
        start("study")
        .until("thing number 0")
        .press("1", "4", "z", "\x1b[20~")
        .press(" ")
        .until("the answer 0")
    )
    learner.press("z").press("2").until("thing number 1").press("q").end()
    assert ratings(tmp_path) == [("things-000000", 2)]


def test_killed_twice_nothing_is_lost_and_nothing_doubled(start: Start, home: Path, tmp_path: Path) -> None:
    given = []
    learner = start("study", "--new", "12")
    for n in range(20):
        learner.until(lambda text: "show the answer" in text)
        learner.press(" ").until("1 again")
        learner.press(str(1 + n % 4))
        given.append(1 + n % 4)
        learner.until(lambda text: "show the answer" in text or "Nothing" in text or " ratings in " in text)
        if n in (6, 13):
            learner.kill()
            learner = start("study", "--new", "12")
    learner.press("q").end()
    assert [rating for _, rating in ratings(tmp_path)] == given


def test_ctrl_d_leaves_in_good_order(start: Start, home: Path, tmp_path: Path) -> None:
    learner = start("study").until("show the answer").press("\x04")
    assert learner.end() == 0
    assert b"\x1b[?1049l" in learner.sent
    assert b"\x1b[?25h" in learner.sent


def test_a_closed_terminal_and_a_kind_kill_give_the_screen_back(
    start: Start, home: Path, tmp_path: Path
) -> None:
    learner = start("study").until("show the answer")
    learner.child.kill(signal.SIGTERM)
    assert learner.end() == 128 + signal.SIGTERM
    assert b"\x1b[?1049l" in learner.sent


def test_undo_goes_back_over_bury_and_suspend_and_over_a_restart(
    start: Start, home: Path, tmp_path: Path
) -> None:
    learner = start("study").until("thing number 0").press(" ", "1").until("thing number 1")
    learner.press("-").until("thing number 2").press("@").until("thing number 3").press("q")
    learner.end()
    learner = start("study").until("show the answer")
    learner.press("u").until("Undone: suspend").until("thing number 2")
    learner.press("u").until("Undone: bury").until("thing number 1")
    learner.press("u").until("Undone: again").until("thing number 0")
    learner.press("u").until("nothing to undo").press("q").end()
    assert ratings(tmp_path) == []
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        assert connection.execute(
            "SELECT count(*) FROM state WHERE suspended OR buried_until"
        ).fetchone() == (0,)


def test_undo_after_the_last_card_brings_it_back(start: Start, home: Path, tmp_path: Path) -> None:
    learner = start("study", "--limit", "1").until("thing number 0").press(" ", "4").until("1 rating in")
    learner.press("u").until("thing number 0").press("q").end()
    assert ratings(tmp_path) == []


def test_the_end_of_a_session_waits_for_enter_or_q(start: Start, home: Path) -> None:
    for key in ("\r", "q"):
        learner = start("study", "--limit", "1").until("thing number").press(" ").until("4 easy").press("4")
        learner.until("enter close").press(" ").until("space does nothing here").press(key)
        assert learner.end() == 0


def test_a_resize_repaints_and_a_small_window_says_so(start: Start, home: Path) -> None:
    learner = start("study").until("thing number 0")
    learner.screen.resize(24, 39)
    learner.child.setwinsize(24, 39)
    learner.until("40×12 are")
    learner.screen.resize(12, 40)
    learner.child.setwinsize(12, 40)
    learner.until("thing number 0").until("q quit").press("q")
    assert learner.end() == 0


def test_two_sessions_at_once_ask_no_card_twice_and_keep_the_limit(
    start: Start, home: Path, tmp_path: Path
) -> None:
    one = start("study", "--new", "4").until("thing number 0")
    two = start("study", "--new", "4").until("thing number 0")
    one.press(" ").until("4 easy").press("4").until("thing number 1")
    two.press(" ").until("4 easy").press("4").until("Another session has answered").until("thing number 1")
    two.press(" ").until("4 easy").press("4").until("thing number 2").press(" ").until("4 easy").press("4")
    two.until("thing number 3")
    one.press(" ").until("4 easy").press("4").until("thing number 3")
    one.press(" ").until("4 easy").press("4").until("ratings in")
    two.press(" ").until("4 easy").press("4").until("ratings in")
    assert [card for card, _ in ratings(tmp_path)] == [f"things-{n:06}" for n in range(4)]


@pytest.mark.parametrize("name", ["NO_COLOR", "TERM"])
def test_colours_are_never_needed(start: Start, home: Path, name: str) -> None:
    value = {"NO_COLOR": "1", "TERM": "vt100"}[name]
    learner = start("study", **{name: value}).until("show the answer").press(" ").until("1 again")
    if name == "NO_COLOR":
        assert not re.search(rb"\x1b\[(?:\d+;)*(?:3[0-8]|9[0-7])(?:;\d+)*m", learner.sent)
    learner.press("q").end()


def test_a_streak_of_days_is_seen_and_today_counts_from_its_first_answer_on(start: Start, home: Path) -> None:
    for day in (1, 2, 3):
        learner = start("study", DP100_NOW=f"2027-01-0{day}T09:00:00+00:00")
        learner.until("2-day streak" if day == 3 else "show the answer")
        learner.press(" ").until("4 easy").press("4").until("show the answer")
        if day > 1:
            learner.until(f"{day}-day streak")
        if day == 3:
            learner.press("u").until("Undone: easy").press(" ").until("2-day streak").press("4")
            learner.until("3-day streak")
        learner.press("q")
        assert learner.end() == 0


def test_what_is_said_takes_no_key_away_but_the_flags_stand_alone(start: Start, home: Path) -> None:
    learner = start("study").until("show the answer").press("s").until("Skipped for this session.")
    learner.until("? help").press("f").until("f (flag) works after the answer").press(" ").until("1 again")
    learner.press("f").until("Flag: ").until(lambda text: "? help" not in text)
    learner.press("2").until("Flagged orange.").until("? help").press("q")
    assert learner.end() == 0
