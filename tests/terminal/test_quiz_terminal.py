"""A quiz at a real terminal: single keys, a score at the end, the schedule left alone."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from tests.terminal.learner import Start
from tests.ui.every_kind import write


def test_a_quiz_on_the_screen(start: Start, tmp_path: Path) -> None:
    write(tmp_path / "home")
    learner = start("quiz", "-n", "1", "--kind", "choice").until("top-level one")
    found = re.search(r"(\w)  \( \)  Workspace", learner.text)
    assert found
    learner.press(found[1], "\r").until("Right").press(" ")
    learner.until("1 of 1").press("q")
    assert learner.end() == 0
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        assert connection.execute("SELECT kind, value FROM event").fetchall() == [("practice", 1)]


def test_a_question_that_is_too_long_for_the_window_scrolls_below_its_scenario(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "home" / "decks").mkdir(parents=True)
    said = "\n".join(f"    Line {n} of the scenario.\n" for n in range(12))
    (tmp_path / "home" / "decks" / "d.yaml").write_text(
        f"deck: d\ntitle: D\nscenarios:\n  firm: |\n{said}cards:\n  - {{id: d-1, kind: choice, scenario: firm, "
        'ask: "What?", options: [{text: this one, right: true}, {text: that one}]}\n',
        encoding="utf-8",
    )
    learner = (
        start("quiz", "-n", "1").until("Line 0 of").until("more below").press("\x1b[6~").until("that one")
    )
    found = re.search(r"(\w)  \( \)  this one", learner.text)
    assert found
    learner.press(found[1], "\r").until("Right").press(" ").until("1 of 1").press("q")
    assert learner.end() == 0
    learner = start("study").until("Line 0 of").press("\x1b[6~").until("that one").press("q")
    assert learner.end() == 0
