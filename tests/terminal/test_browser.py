"""The browser at a real terminal: filtered as one types; cards are edited, rejected, suspended, and it is taken back."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from tests.terminal.learner import Start
from tests.ui.every_kind import write


@pytest.mark.skipif(sys.platform == "win32", reason="the editor here is a shell script")
def test_cards_are_found_shown_rejected_and_edited(start: Start, tmp_path: Path) -> None:
    write(tmp_path / "home")
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/top-level one/first one/" "$2"\n', encoding="utf-8")
    editor.chmod(0o755)
    learner = start("cards", columns=100, EDITOR=str(editor)).until("8 cards of 8").until("✓ a  Workspace")
    learner.press(*"kind:order").until("1 card of 8").until("Deployment")
    learner.press("\x15").until("8 cards of 8").press(*"workspcae").until("of 8").until("Pipeline")
    learner.press("\x1b[B", "\x1b[A").until("x reject").press("x").until("Rejected for good").until(
        "rejected"
    )
    learner.press("u").until("Undone: reject").press("@").until("Suspended.").press("@").until("Brought back")
    learner.press("/", "\x15").until("8 cards of 8").press(*"top-level", "\r").until("0 cards of 8")
    learner.press("\t", "/", "\x15").until("8 cards of 8").until("first one").press("\t", "q")
    assert learner.end() == 0
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        kinds = [row[0] for row in connection.execute("SELECT kind FROM event ORDER BY id")]
    assert kinds == ["reject", "undo", "suspend", "unsuspend"]


def test_a_rejected_card_is_at_once_out_of_study(start: Start, home: Path) -> None:
    learner = start("study").until("thing number 0").press("x").until("works after the answer").press(" ")
    learner.until("1 again").press("x").until("Rejected for good").until("thing number 1").press("u")
    learner.until("Undone: reject").until("thing number 0").press(" ").until("1 again").press("x")
    learner.until("thing number 1").press("q").end()
    learner = start("study").until("thing number 1").press("q")
    assert learner.end() == 0
