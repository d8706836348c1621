"""A quiz at a real terminal: single keys, a score at the end, the schedule left alone."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from tests.screen.every_kind import write
from tests.terminal.learner import Start


def test_a_quiz_on_the_screen(start: Start, tmp_path: Path) -> None:
    write(tmp_path / "home")
    learner = start("quiz", "-n", "1", "--kind", "choice").until("top-level one")
    found = re.search(r"(\w)\s+Workspace", learner.text)
    assert found
    learner.press(found[1]).until("Right").press(" ")
    learner.until("1 of 1").press("q")
    assert learner.end() == 0
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        assert connection.execute("SELECT kind, value FROM event").fetchall() == [("practice", 1)]
