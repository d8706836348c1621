"""Full screens over hostile cards: whatever is pressed, the terminal gets nothing but what the painter means."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("pexpect")

from tests.safety.hostile import SEEN
from tests.safety.test_carriers import in_deck
from tests.terminal.learner import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")

PAINTED = re.compile(
    r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x07\x1b\x80-\x9f]*(?:\x1b\\|\x07)|\x1b[=>78()][B0]?|[\r\n\t\x08]"
)
"""What a painter writes: colours and places, links, line ends."""
KEYS = ["a", "b", "1", "2", "3", " ", "\r", "\r", "\x1b[B", "\x1b[A", "?", "o", "i", "u", "f", "\t", "\x1b", "S", "y", "n", "x\x1b", "G", "PgDn", "/", "+", "-", "*"]  # fmt: skip


def left_over(sent: bytes) -> list[str]:
    """What was written that no painter writes, each with the text around it."""
    text = PAINTED.sub("", sent.decode("utf-8", "replace"))
    return [ascii(text[max(found.start() - 40, 0) : found.end() + 20]) for found in SEEN.finditer(text)]


def test_the_check_sees_what_it_should() -> None:
    assert left_over(b"\x1b[2J\x1b[1;1Hhello \x1b]8;id=1;https://x\x1b\\y\x1b]8;;\x1b\\\r\n") == []
    for evil in (
        b"\x1b]52;c;AA==\x07",
        b"\xc2\x9b2J",
        "\u202e".encode(),
        "\u200b".encode(),
        b"\x1b]8;;\x1b]52;c;AA\x07",
    ):
        assert left_over(b"x" + evil)


@pytest.mark.parametrize(
    "command", ["", "study", "study --kind code", "quiz", "exam", "exam --practice", "stats", "cards"]
)
def test_no_screen_lets_anything_through(command: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "decks").mkdir(parents=True)
    (home / "notes").mkdir()
    in_deck(home)
    dice = random.Random(command)
    terminal = Terminal(
        ["--home", str(home), "--data", str(tmp_path / "data"), *command.split()], 80, 24, {"EDITOR": "true"}
    )
    terminal.read(5)
    for _ in range(70):
        if not terminal.child.isalive():
            break
        terminal.press(dice.choice(KEYS))
        terminal.read(0.02)
    terminal.kill() if terminal.child.isalive() else None
    assert len(terminal.sent) > 100
    assert left_over(terminal.sent) == []
    assert b"Traceback" not in terminal.sent
    assert b"went wrong that should not" not in terminal.sent
