"""Every kind of card, and every key, at a real terminal."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.terminal.learner import Start, Terminal, write_deck
from tests.ui.every_kind import write


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    return write(tmp_path / "home")


def letter(learner: Terminal, words: str) -> str:
    """The letter that stands before some words."""
    line = next(line for line in learner.lines if words in line)
    return next(part for part in line.replace("›", "").split() if len(part) == 1 and part.isalpha())


def one(tmp_path: Path, query: str) -> object:
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        row = connection.execute(query).fetchone()
        return row[0] if row else None


def test_a_wrong_choice_is_explained_and_rated_again(start: Start, kinds: Path, tmp_path: Path) -> None:
    learner = start("study", "--kind", "choice").until("Pipeline")
    learner.press(letter(learner, "Pipeline"), "\r").until("✗ Wrong")
    assert "It orchestrates steps." in learner.text
    assert "It holds all the others." in learner.text
    assert "4 easy" not in learner.text
    learner.press("4", "3", " ").until("learning").press("q").end()
    assert one(tmp_path, "SELECT rating FROM review") == 1
    assert one(tmp_path, "SELECT count(*) FROM review") == 1


def test_arrows_and_space_choose_too(start: Start, kinds: Path) -> None:
    learner = start("study", "--kind", "choice").until("Workspace")
    for _ in range(3):
        learner.press("\x1b[B").until("›")
        if any("›" in line and "Workspace" in line for line in learner.lines):
            break
        learner.read(0.2)
    learner.until(lambda text: "›" in text and "(•)" in text).press("\r").until("✓ Right").until("1 again")


def test_multiple_order_match_statements_and_lists(start: Start, kinds: Path, tmp_path: Path) -> None:
    learner = start("study", "--kind", "multiple").until("A scoring script")
    learner.press(letter(learner, "A scoring script"), letter(learner, "An environment file")).until(
        "2 of 2 chosen"
    )
    learner.press("\r").until("✓ Right").press("q").end()
    learner = start("study", "--kind", "order").until("Deployment")
    learner.press(
        *(letter(learner, item) for item in ("Setup", "Preparation", "Experimentation", "Deployment"))
    )
    learner.press("\r").until("✓ Right").press("q").end()
    learner = start("study", "--kind", "match").until("in-memory")
    learner.press(letter(learner, "Spark"), letter(learner, "tools"), letter(learner, "in-memory"))
    learner.press("\r").until("✓ Right").press("q").end()
    learner = (
        start("study", "--kind", "statements").until("storage").press("y", "y", "\r").until("1 of 2 points")
    )
    learner.until("It only uses one.").press("q").end()
    learner = start("study", "--kind", "code").until("Workspace.").until("from_config")
    learner.press(letter(learner, "from_config"), "\r").until("✓").press("q").end()


def test_typing_is_compared_leniently_and_shown_where_it_differs(
    start: Start, kinds: Path, tmp_path: Path
) -> None:
    learner = start("study", "--kind", "cloze", "--type").until("enter answer")
    learner.press(*"datastor").press("\r").press(*"Pipeline").press("\r").until("✗ 2")
    assert "✓ 1 you: datastor" in learner.text
    learner.press("3").until("learning").press("\x03").end()
    assert one(tmp_path, "SELECT answer FROM review") == '["datastor", "Pipeline"]'
    learner = start("study", "--kind", "basic", "--type").until("enter answer")
    learner.press("q", "u", "1").until("qu1").press("\x1b").until("1 again").press("q")
    assert learner.end() == 0


def test_nothing_of_a_deck_is_obeyed_by_the_terminal(start: Start, kinds: Path) -> None:
    learner = start("study", "--kind", "basic").until("[bold]as it is[/bold] \\n :smile: 漢")
    learner.press(" ").until("print('[x]')").press("q").end()
    sent = learner.sent.decode()
    for harm in ("\x1b[31mred", "\x9b", "\x07", "\u202e"):
        assert harm not in sent


def test_flag_mark_info_note_and_help(start: Start, kinds: Path, tmp_path: Path) -> None:
    learner = start("study", "--kind", "choice").until("Pipeline")
    learner.press("*").until("★")
    learner.press("o").until("▎   3  The top-level resource").press("x").until("Pipeline")
    learner.press("?").until("choose an option").press("q").until("Pipeline")
    learner.press(letter(learner, "Workspace"), "\r").until("✓ Right").press("i").until("Phase").press(" ")
    learner.until("✓ Right").press("f").until("3 green").press("3").until("⚑3")
    learner.press("4").until("q quit").press("q").end()
    assert one(tmp_path, "SELECT flag * 10 + marked FROM state") == 31
    start("study", "is:flagged").until("Pipeline").press("q").end()


def test_siblings_are_buried_and_suspended_together(start: Start, tmp_path: Path) -> None:
    home = write_deck(tmp_path / "home", ["First?", "Second?", "Third?"])
    deck = home / "decks" / "things.yaml"
    source = "    source: {note: a.md, lines: '1', quote: q}"
    text = deck.read_text(encoding="utf-8").replace("answer 0.", f"answer 0.\n{source}")
    text = text.replace("answer 2.", f"answer 2.\n{source}")
    deck.write_text(text, encoding="utf-8")
    learner = start("study").until("First?").press("!").until("2 cards").until("Second?").press("q")
    learner.end()
    assert one(tmp_path, "SELECT count(*) FROM state WHERE suspended") == 2
    learner = start("study").until("Second?").press("u").until("Undone").until("First?").press("q")
    learner.end()
    assert one(tmp_path, "SELECT count(*) FROM state WHERE suspended") == 0


def test_a_leech_is_named_and_set_aside(start: Start, kinds: Path, tmp_path: Path) -> None:
    (kinds / "dp100.toml").write_text("[study]\nleech_lapses = 1\n", encoding="utf-8")
    learner = start("study", "--kind", "choice", DP100_NOW="2027-01-01T09:00:00+00:00").until("Pipeline")
    learner.press(letter(learner, "Workspace"), "\r").until("4 easy").press("4").until("q quit").press(
        "q"
    ).end()
    learner = start("study", "--kind", "choice", DP100_NOW="2027-02-01T09:00:00+00:00").until("Pipeline")
    learner.press(letter(learner, "Pipeline"), "\r").until("1 again").press("1").until("set aside as a leech")
    learner.until("q quit").press("q").end()
    assert one(tmp_path, "SELECT suspended FROM state") == 1
    start("study", "is:leech").until("Pipeline").press("q").end()


@pytest.mark.skipif(sys.platform == "win32", reason="the editor here is a shell script")
def test_editing_a_card_in_mid_session_takes_the_change_and_refuses_a_mistake(
    start: Start, home: Path, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "$@" >> "$LOG"\nsed -i "$EDIT" "$2"\n', encoding="utf-8")
    editor.chmod(0o755)
    log = tmp_path / "log"
    learner = start(
        "study",
        EDITOR=str(editor),
        LOG=str(log),
        EDIT="s/thing number 0/thing that was edited/",
        TERM="xterm",
    ).until("thing number 0")
    learner.press(" ").until("1 again").press("e").until("thing that was edited").press("q").end()
    assert log.read_text(encoding="utf-8").startswith(f"+4 {home / 'decks' / 'things.yaml'}")
    learner = start("study", EDITOR=str(editor), LOG=str(log), EDIT="s/kind: basic/kind: strange/").until(
        "was edited"
    )
    learner.press(" ").until("1 again").press("e").until("The deck has a mistake").until(
        "things.yaml:5"
    ).press("q")
    learner.until("q quit").press("q")
    assert learner.end() == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no Ctrl-Z here")
def test_ctrl_z_gives_the_shell_its_screen_and_comes_back_whole(start: Start, home: Path) -> None:
    import signal

    learner = start("study").until("thing number 0")
    learner.press("\x1a").until(lambda _: b"\x1b[?1049l" in learner.sent)
    learner.child.kill(signal.SIGCONT)
    learner.until("thing number 0").until("q quit").press("q")
    assert learner.end() == 0
