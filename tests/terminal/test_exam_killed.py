"""Exams that are killed at any moment at a real terminal, while keys are pressed as fast as they can be."""

from __future__ import annotations

import re
import time
from pathlib import Path
from random import Random

import pytest

from dp100cards.exam.sitting import Sitting
from dp100cards.scheduler.event import Moment
from dp100cards.store import sittings
from dp100cards.store.store import Store
from tests.terminal.learner import Start

QUESTIONS = 100


@pytest.fixture
def home(tmp_path: Path) -> Path:
    cards = "".join(
        f'  - {{id: q-{n:06}, kind: choice, ask: "What is {n}?", options: [{{text: a, right: true}}, {{text: b}}]}}\n'
        for n in range(QUESTIONS)
    )
    (tmp_path / "home" / "decks").mkdir(parents=True)
    text = f"deck: q\ntitle: Q\narea: train\ncards:\n{cards}"
    (tmp_path / "home" / "decks" / "q.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "home"


def on_disk(data: Path) -> Sitting:
    with Store.open(data, Moment(int(time.time() * 1000))) as store:
        kept = sittings.latest_open(store)
        assert kept is not None
        return kept


@pytest.mark.parametrize("rule", ["--minutes", "--strict"])
def test_what_was_painted_is_on_disk_and_the_clock_within_five_seconds(
    start: Start, home: Path, tmp_path: Path, rule: str
) -> None:
    rng = Random(3)
    begin = [
        "exam",
        "--questions",
        str(QUESTIONS),
        *([rule, "50"] if rule == "--minutes" else [rule, "--minutes", "50"]),
    ]
    learner = start(*begin).until("begin: the clock").press("\r").until("Question 1 of")
    answered = 0
    for _ in range(4):
        learner.child.send("1\r" * 12)
        end = time.monotonic() + rng.random() * 0.15
        while time.monotonic() < end:
            learner.read(0.005)
        learner.kill()
        while learner.read(0.05):
            pass
        painted = [int(n) for n in re.findall(rb"(\d+) answered", learner.sent)]
        # The last clock that was sent: the kill may have come while the line that it stands on was written again,
        # or before the screen was there at all.
        shown = re.findall(rb"(\d+):(\d\d)", learner.sent.partition(b"\x1b[?1049h")[2])
        kept = on_disk(tmp_path / "data")
        count = len(kept.questions) - len(kept.unanswered)
        assert answered <= max(painted) <= count <= answered + 12
        assert kept.left is not None
        if shown:
            seconds = int(shown[-1][0]) * 60 + int(shown[-1][1])
            assert -1 <= kept.left / 1000 - seconds <= 5
        answered = count
        learner = start("exam", "resume").until("? help").until(f"{count} answered")
    assert answered > 4
    learner.press("\x03").end()
