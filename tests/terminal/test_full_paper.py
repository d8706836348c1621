"""A full paper from the shipped bank, taken to the end at a real terminal by a learner who presses a and enter."""

import re
import shutil
import sqlite3
import time
from pathlib import Path

from tests.terminal.learner import PATIENCE, REPOSITORY, Start

PAPER = 50


def test_a_full_paper_of_the_shipped_bank_is_taken_to_the_end(start: Start, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "decks", tmp_path / "home" / "decks")
    (tmp_path / "home" / "dp100.toml").write_text('blueprint = "dp-100"\n', encoding="utf-8")
    learner = (
        start("exam", "--seed", "7")
        .until("begin: the clock")
        .until("50 questions")
        .press("\r")
        .until("Question 1 of 50")
    )
    seen: set[int] = set()
    before, end = "", time.monotonic() + 6 * PATIENCE
    while "of 1000" not in learner.text:
        assert time.monotonic() < end, learner.text
        learner.read()
        now = re.sub(r"\d+:\d\d(:\d\d)?", "", learner.text)
        if now == before:
            continue
        before = now
        if re.search(r"\by (?:yes|hand in|leave|close)|y/n", now):
            learner.press("y")
        elif "Review: all" in now:
            learner.press("S")
        elif found := re.search(rf"Question (\d+) of {PAPER}", now):
            if int(found[1]) not in seen:
                seen.add(int(found[1]))
                learner.press("a")
            else:
                learner.press("\r")
    learner.press("q")
    learner.end()
    assert seen == set(range(1, PAPER + 1))
    with sqlite3.connect(tmp_path / "data" / "progress.db") as database:
        answers = database.execute(
            "SELECT DISTINCT question FROM sitting_event WHERE kind = 'answer'"
        ).fetchall()
        cards = [card for (card,) in database.execute("SELECT card FROM sitting_question")]
    assert len(answers) >= 40
    assert len(cards) == PAPER
    assert sum(card.startswith("case-study-") for card in cards) >= 4
