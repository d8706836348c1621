"""`dp100 build --review` at a real terminal: keys, the editor at the card, a kill in between, undo after it."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from dp100cards.decks.build import read_known
from dp100cards.decks.collection import Collection, shipped
from dp100cards.first.generate.known import HERE, REJECTED, SUGGESTED
from tests.terminal.learner import Start, Terminal


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A collection with a note that gives some suggestions; no deck is built yet."""
    (tmp_path / "home" / "notes").mkdir(parents=True)
    shutil.copy(shipped() / "notes" / "02-workspace.md", tmp_path / "home" / "notes")
    return tmp_path / "home"


def states(home: Path) -> dict[str, str]:
    return {known.id: known.state for known in read_known(Collection(home))}


def waiting(terminal: Terminal, left: int) -> str:
    """The id of the suggestion that is asked about when so many are left."""
    found = re.compile(rf"(?m)^ Suggestions · .* · (\S+) +{left} left$")
    terminal.until(lambda text: found.search(text) and "q quit" in text)
    return str(found.findall(terminal.text)[-1])


def first(terminal: Terminal) -> tuple[int, str]:
    """How many suggestions wait, and the first one."""
    terminal.until(lambda text: re.search(r"\d+ left", text))
    left = int(re.findall(r"(\d+) left", terminal.text)[-1])
    return left, waiting(terminal, left)


def test_single_keys_decide_a_kill_loses_nothing_and_undo_goes_on_after_it(start: Start, notes: Path) -> None:
    terminal = start("build", "--review", rows=40)
    left, rejected = first(terminal)
    terminal.press("r")
    accepted = waiting(terminal, left - 1)
    terminal.press("a")
    skipped = waiting(terminal, left - 2)
    terminal.press("s")
    waiting(terminal, left - 3)
    terminal.kill()
    assert [states(notes)[each] for each in (rejected, accepted, skipped)] == [REJECTED, HERE, SUGGESTED]
    terminal = start("build", "--review", rows=40)
    waiting(terminal, left - 2)
    terminal.press("u")
    assert waiting(terminal, left - 1) == accepted
    terminal.press("u")
    assert waiting(terminal, left) == rejected
    terminal.press("q")
    assert terminal.end() == 0
    assert [states(notes)[each] for each in (rejected, accepted)] == [SUGGESTED, SUGGESTED]


def test_a_suggestion_is_shown_as_it_would_be_asked_with_its_lines_and_the_doubts(
    start: Start, notes: Path
) -> None:
    terminal = start("build", "--review", columns=60, rows=40)
    _, id_ = first(terminal)
    known = next(each for each in read_known(Collection(notes)) if each.id == id_)
    assert known.card.source is not None
    assert "Only suggested: " in terminal.text
    assert f"▎{known.card.source.lines[0]:>4}" in terminal.text
    assert "a accept" in terminal.text
    terminal.press("x", "7").press("u").until("There is nothing to take back.")
    terminal.press("\x04")
    assert terminal.end() == 0
    assert states(notes)[id_] == SUGGESTED


def test_when_none_is_left_the_last_verdict_can_be_taken_back(start: Start, notes: Path) -> None:
    terminal = start("build", "--review", rows=40)
    left, _ = first(terminal)
    for n in range(left, 0, -1):
        last = waiting(terminal, n)
        terminal.press("r")
    terminal.until("No suggestion is left")
    terminal.press("u")
    assert waiting(terminal, 1) == last
    terminal.press("q")
    assert terminal.end() == 0
    assert states(notes)[last] == SUGGESTED


@pytest.mark.skipif(sys.platform == "win32", reason="the editor here is a shell script")
def test_the_editor_opens_at_the_card_and_a_mistake_can_be_mended(
    start: Start, notes: Path, tmp_path: Path
) -> None:
    editor, log, edits = tmp_path / "editor", tmp_path / "log", tmp_path / "edits"
    editor.write_text(
        '#!/bin/sh\necho "$@" >> "$LOG"\nsed -i "$(head -1 "$EDITS")" "$2"\nsed -i 1d "$EDITS"\n',
        encoding="utf-8",
    )
    editor.chmod(0o755)
    edits.write_text("s/kind: basic/kind: strange/\ns/kind: strange/kind: basic/\n", encoding="utf-8")
    terminal = start("build", "--review", rows=50, EDITOR=str(editor), LOG=str(log), EDITS=str(edits))
    left, id_ = first(terminal)
    terminal.press("e").until("e edit again").press("e")
    waiting(terminal, left - 1)
    terminal.press("q")
    assert terminal.end() == 0
    opened, again = log.read_text(encoding="utf-8").splitlines()
    line, path = re.fullmatch(r"\+(\d+) (.+)", opened).groups()  # type: ignore[union-attr]
    assert Path(path).read_text(encoding="utf-8").splitlines()[int(line) - 1] == f"  - id: {id_}"
    assert again.endswith(path)
    assert states(notes)[id_] == HERE
