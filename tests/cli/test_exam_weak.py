"""`--weak` leans by how badly an area went; `--unseen` asks nothing twice."""

import sqlite3
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from dp100cards.cards import Card, Choice, Option
from dp100cards.cli.main import run
from dp100cards.exam.blueprint import Area, Blueprint
from dp100cards.exam.draw import draw

AREAS = ("design", "explore", "train", "optimize")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Forty questions of each area; the first option is right."""
    (tmp_path / "home" / "decks").mkdir(parents=True)
    for area in AREAS:
        cards = "".join(
            f'  - {{id: {area}-{n:06}, kind: choice, ask: "{area} {n}?", options: [{{text: right, right: true}}, {{text: no}}]}}\n'
            for n in range(40)
        )
        text = f"deck: {area}\ntitle: {area}\narea: {area}\ncards:\n{cards}"
        (tmp_path / "home" / "decks" / f"{area}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def dp100(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["--home", str(home / "home"), "--data", str(home / "data"), *arguments]) == 0
    return capsys.readouterr().out


def sit(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, wrong: set[str], *more: str
) -> str:  # fmt: skip
    """Sit an exam in lines: right in all areas but the wrong ones."""
    lines = [""]

    class Lines:
        """Answers each question as it was asked."""

        def isatty(self) -> bool:
            return False

        def readline(self) -> str:
            return lines.pop(0) + "\n" if lines else ""

    monkeypatch.setattr("sys.stdin", Lines())
    dp100(home, capsys, "exam", "--plain", *more)
    with sqlite3.connect(home / "data" / "progress.db") as connection:
        (seed, sitting) = connection.execute("SELECT seed, id FROM sitting ORDER BY id DESC").fetchone()
        cards = [card for (card,) in connection.execute(
            "SELECT card FROM sitting_question WHERE sitting = ? ORDER BY number", (sitting,))]  # fmt: skip
    from dp100cards.session.answering import shuffled

    for n, card in enumerate(cards):
        first = shuffled(2, f"{seed}:{n}")[0]
        right = "a" if first == 0 else "b"
        bad = card.split("-")[0] in wrong
        lines += ["g", f"{n + 1}", {"a": "b", "b": "a"}[right] if bad else right]
    lines += ["r", "r", "S", "y", "l", "q"]
    return dp100(home, capsys, "exam", "resume", "--plain")


def areas_of_last(home: Path) -> Counter[str]:
    with sqlite3.connect(home / "data" / "progress.db") as connection:
        rows = connection.execute(
            "SELECT card FROM sitting_question WHERE sitting = (SELECT max(id) FROM sitting)"
        ).fetchall()
    return Counter(card.split("-")[0] for (card,) in rows)


def test_an_area_that_went_all_wrong_gets_three_times_its_weight(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(home, capsys, monkeypatch, {"train"}, "--questions", "40")
    assert areas_of_last(home) == {"design": 9, "explore": 9, "train": 11, "optimize": 11}
    sit(home, capsys, monkeypatch, set(), "--questions", "40", "--weak")
    # 22.5, 22.5, 3 × 27.5 and 27.5 of 155
    assert areas_of_last(home) == {"design": 6, "explore": 6, "train": 21, "optimize": 7}
    sit(home, capsys, monkeypatch, set(), "--questions", "40", "--weak")
    after = areas_of_last(home)
    assert 11 < after["train"] < 21, "what goes better is leaned towards less"


def test_before_the_first_sitting_weak_leans_nowhere(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(home, capsys, monkeypatch, set(), "--questions", "40", "--weak")
    assert areas_of_last(home) == {"design": 9, "explore": 9, "train": 11, "optimize": 11}


@pytest.mark.parametrize("lean", [1.0, 1.5, 2.0, 3.0])
def test_the_lean_multiplies_the_weight(lean: float) -> None:
    plan = Blueprint("X", areas=(Area("a", "A", (50, 50)), Area("b", "B", (50, 50))), kinds=("choice",))
    options = (Option("x", right=True), Option("y"))
    bank: list[Card] = [
        Choice(id=f"{area}-{n}", deck="d", ask=f"{area} {n}?", area=area, options=options)
        for area in "ab" for n in range(60)
    ]  # fmt: skip
    for seed in range(50):
        drawn = draw(bank, plan, 60, Random(seed), lean={"a": lean})
        assert sum(card.area == "a" for card in drawn.cards) == round(60 * lean / (lean + 1))


def test_where_every_question_was_asked_none_is_unseen(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(home, capsys, monkeypatch, set(), "--questions", "500", "--unseen")
    assert run(["--home", str(home / "home"), "--data", str(home / "data"), "exam", "--unseen"]) == 2
    assert "the decks hold no unseen question for DP-100" in capsys.readouterr().err
