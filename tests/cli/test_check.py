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

A link to an Azure Storage account.

It all depends, as ever.

## Images

What does an image hold? :: A model, and a script that is so long that the answer to this question has more than fifteen
words, which nobody can learn by heart

## To do

- [ ] ask somebody
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
    assert data["uncovered"] == [{"note": "a.md", "line": 12, "text": "It all depends, as ever."}]
    assert ("notes/a.md", 21) in {(each["file"], each["line"]) for each in data["unused"]}


def test_coverage_counts_the_cards_of_the_decks_and_nothing_else(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = check(home, capsys)[1]
    (home / "decks" / "workspace.yaml").write_text("deck: workspace\ntitle: W\ncards: []\n", encoding="utf-8")
    after = check(home, capsys)[1]
    gone = {each["text"][:30] for each in after["uncovered"]} - {
        each["text"][:30] for each in before["uncovered"]
    }
    assert gone == {"A shared folder in the cloud t", "A workspace stores the experim"}
    assert after["coverage"] < before["coverage"]


def test_a_hint_has_a_sentence_and_the_line_of_its_card_and_is_no_error(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, data = check(home, capsys)
    assert status == 0
    assert "The answer has more than 15 words." in {each["message"] for each in data["hints"]}
    for each in data["hints"]:
        line = (home / each["file"]).read_text(encoding="utf-8").splitlines()[each["line"] - 1]
        assert each["card"] in line


BANK = """deck: bank
title: Bank
cards:
  - {id: b-1, kind: basic, ask: "What is it?", answer: A thing, skills: [dp-100/3.17], level: recall,
     source: {title: Old page, url: "https://x.example/old#part", date: "2024-02-03", checked: "2025-01"}}
  - {id: b-2, kind: choice, ask: "Which?", options: [{text: a, right: true}, {text: b}], skills: [dp-100/3.17], level: exam,
     source: {title: New page, checked: "2026-11"}}
  - {id: b-3, kind: basic, ask: "What is that?", answer: A thing, skills: [ai-300/X9],
     source: {title: Old page, url: "https://x.example/old", date: "2024-02-03", checked: "2025-01"}}
"""


def test_skills_have_their_cards_counted_and_sources_say_when_they_were_checked(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "decks" / "bank.yaml").write_text(BANK, encoding="utf-8")
    (home / "dp100.toml").write_text('blueprint = "dp-100"\n', encoding="utf-8")
    _, data = check(home, capsys)
    skills = {each["skill"]: (each["recall"], each["exam"]) for each in data["skills"]}
    assert skills["dp-100/3.17"] == (1, 1)
    assert skills["dp-100/1.1"] == (0, 0), "a skill without a card is seen"
    assert skills["ai-300/X9"] == (1, 0)
    old, new = data["sources"]
    assert old == {
        "title": "Old page", "url": "https://x.example/old", "date": "2024-02-03", "checked": "2025-01", "cards": 2,
    }  # fmt: skip
    assert (new["title"], new["cards"]) == ("New page", 1)
    there = ["--home", str(home), "--data", str(home / "data"), "check", "--all"]
    assert run([*there, "--stale", "12"]) == 0
    out = capsys.readouterr().out
    assert "sources that were not checked for 12 months (1)\n  2025-01    2 cards  Old page\n" in out
    assert "dp-100/3.17    1 recall   1 exam  " in out


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
    assert data["coverage"] > 0.3
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


def test_where_nothing_is_every_command_names_the_way_to_cards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = ["--home", str(tmp_path), "--data", str(tmp_path / "data")]
    assert run([*there, "check"]) == 0
    out = capsys.readouterr().out
    assert "there are no notes and no cards" in out
    assert "dry-run" not in out
    for command in ("study", "quiz", "exam"):
        assert run([*there, command]) == 2
        said = capsys.readouterr().err
        assert "holds no cards" in said
        assert "build` makes them from your notes" in said
