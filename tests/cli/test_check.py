"""`dp100 check`: every mistake with its place, and what the cards cover."""

import json
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cli.main import run

NOTE = """# Service

## What is a workspace

A shared folder in the cloud that holds the models and the data of a team. A workspace stores the experiment objects of
each model.

## What is a datastore

A link to an Azure Storage account that is used by a workspace.

## Deployment

For a deployed web service there are three deployment targets: Container Instances, Kubernetes Service and IoT Edge.

A deployed model is only supported as an App Service.

It all depends, as ever.

term of mine :: a definition of some length that asks nothing at all
"""


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(NOTE, encoding="utf-8")
    assert run(["--home", str(tmp_path), "--data", str(tmp_path / "data"), "build"]) == 0
    capsys.readouterr()
    return tmp_path


def check(home: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    status = run(["--home", str(home), "--data", str(home / "data"), "check", "--json"])
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return status, data


def test_sound_decks_give_status_0_and_all_that_was_found(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, data = check(home, capsys)
    assert status == 0
    assert data["errors"] == []
    assert 0 < data["coverage"] < 1
    assert data["cards"] == sum(data["decks"].values()) > 2
    assert {k: data["uncovered"][-1][k] for k in ("note", "line")} == {"note": "a.md", "line": 18}
    assert data["uncovered"][-1]["text"] == "It all depends, as ever."
    one, other = data["contradictions"][0]
    assert "only supported as an App Service" in one["text"]
    assert "Kubernetes Service" in other["text"]


def test_what_the_learner_wrote_as_a_card_has_no_hard_flaw(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, data = check(home, capsys)
    assert not [each for each in data["flaws"] if each["hard"]]
    for each in data["flaws"]:
        line = (home / each["file"]).read_text(encoding="utf-8").splitlines()[each["line"] - 1]
        assert each["card"] in line


def test_all_mistakes_of_all_decks_are_told_at_once_and_the_rest_is_still_checked(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deck = home / "decks" / "workspace.yaml"
    deck.write_text(
        deck.read_text(encoding="utf-8").replace("kind: basic", "kind: riddle", 1), encoding="utf-8"
    )
    (home / "decks" / "mine.yaml").write_text("deck: mine\ntitle: Mine\ncards: [\n", encoding="utf-8")
    status, data = check(home, capsys)
    assert status == 1
    assert {error["file"] for error in data["errors"]} == {"decks/workspace.yaml", "decks/mine.yaml"}
    assert all(error["line"] > 1 and error["column"] for error in data["errors"])
    assert data["coverage"] > 0.5
    assert data["cards"] > 0
    assert run(["--home", str(home), "--data", str(home / "data"), "check"]) == 1
    out = capsys.readouterr().out
    assert "2 errors" in out
    assert "decks/workspace.yaml:" in out
    assert "coverage" in out


def test_notes_that_went_on_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = ["--home", str(home), "--data", str(home / "data")]
    assert run([*there, "check"]) == 0
    assert "dry-run" not in capsys.readouterr().out
    note = home / "notes" / "a.md"
    note.write_text(
        note.read_text(encoding="utf-8") + "\n## What is an image\n\nA packed model.\n", encoding="utf-8"
    )
    assert run([*there, "check"]) == 0
    assert "the decks are not what the notes give now" in capsys.readouterr().out


def test_a_key_that_study_would_refuse_is_a_mistake(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "dp100.toml").write_text('[keys]\nnope = "x"\n', encoding="utf-8")
    status, data = check(home, capsys)
    assert status == 1
    assert any("keys.nope" in error["message"] for error in data["errors"])


def test_a_scenario_that_no_card_belongs_to_is_a_warning_with_its_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = "options: [{text: A, right: true}, {text: B}]"
    (home / "decks" / "case.yaml").write_text(
        "deck: case\ntitle: Case\nscenarios:\n  firm: A firm sells tea.\n  lone: >-\n    Nobody asks\n    of this.\n"
        f"cards:\n  - {{id: case-1, kind: choice, scenario: firm, ask: What does it sell?, {options}}}\n",
        encoding="utf-8",
    )
    status, data = check(home, capsys)
    assert (status, data["errors"]) == (0, [])
    assert data["idle_scenarios"] == [{"file": "decks/case.yaml", "line": 5, "scenario": "lone"}]
    assert run(["--home", str(home), "--data", str(home / "data"), "check"]) == 0
    assert "scenarios that no card belongs to (1)\n  decks/case.yaml:5: lone\n" in capsys.readouterr().out


def test_while_a_deck_has_mistakes_nothing_is_said_of_its_scenarios(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "decks" / "case.yaml").write_text(
        "deck: case\ntitle: Case\nscenarios:\n  firm: A firm sells tea.\n"
        "cards:\n  - {id: case-1, kind: chioce, scenario: firm, ask: What does it sell?}\n",
        encoding="utf-8",
    )
    status, data = check(home, capsys)
    assert (status, data["idle_scenarios"]) == (1, [])
