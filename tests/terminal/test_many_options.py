"""Cards with far more to choose from than there are small letters, wherever cards are asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_study_plain import dp100
from tests.terminal.learner import Start

COUNT = 70


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """One card of each kind that has something to choose, with seventy of it."""
    numbers = range(COUNT - 1)
    wrong = ", ".join(f"{{text: wrong {n}}}" for n in numbers)
    pairs = ", ".join(f"{{left: left {n}, right: right {n}}}" for n in numbers)
    cards = (
        f"kind: choice, ask: Choice?, options: [{{text: the one, right: true}}, {wrong}]",
        f"kind: multiple, ask: Multiple?, options: [{{text: A, right: true}}, {{text: B, right: true}}, {wrong}]",
        f"kind: order, ask: Order?, items: [{', '.join(f'item {n}' for n in numbers)}]",
        f"kind: match, ask: Match?, pairs: [{pairs}]",
        f'kind: code, ask: Code?, code: "a {{{{b}}}} c", wrong: [[{", ".join(f"w{n}" for n in numbers)}]]',
    )
    path = tmp_path / "home" / "decks" / "d.yaml"
    path.parent.mkdir(parents=True)
    listed = "".join(f"  - {{id: d-{n}, {card}}}\n" for n, card in enumerate(cards))
    path.write_text(f"deck: d\ntitle: D\ncards:\n{listed}", encoding="utf-8")
    return tmp_path / "home"


@pytest.mark.parametrize("kind", ["choice", "multiple", "order", "match", "code"])
@pytest.mark.parametrize("command", ["study", "quiz"])
def test_they_are_asked_and_answered_on_the_screen(start: Start, home: Path, command: str, kind: str) -> None:
    learner = start(command, "--kind", kind).until(f"{kind.capitalize()}?").press("\r")
    learner.until("Enter again").press("\r")
    learner.until("space next" if command == "quiz" else "space again").press("q")
    if command == "quiz":
        learner.until("0 of 1 question right").press("q")
    assert learner.end() == 0


def test_in_an_exam_too_and_the_arrow_keys_reach_every_option(start: Start, home: Path) -> None:
    learner = start("exam", "--seed", "1").until("begin: the clock").press("\r")
    for n in range(1, 6):
        learner.until(f"Question {n} of 5").press("\x1b[A", " ").press("n")
    learner.until("Review: all").press("\x04", "\x04")
    assert learner.end() == 0


def test_in_lines_numbers_reach_what_has_no_letter(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "study", "--kind", "choice", "--plain", lines="q\n")
    labels = {text: label for label, text in re.findall(r"(?m)^[›]? *(\S+)  +[(] [)]  (.+)$", said)}
    assert len(labels) == COUNT
    assert "✓ Right" in dp100(
        tmp_path, "study", "--kind", "choice", "--plain", lines=f"{labels['the one']}\nq\n"
    )
    assert "[0]" in dp100(tmp_path, "quiz", "--plain", lines="\n\n\n\n\nq\n")
