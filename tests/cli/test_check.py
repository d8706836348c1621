"""`dp100 check`: every mistake with its place, and what the cards cover."""

import re
from pathlib import Path

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


def check(home: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, list[str]]]:
    """The exit status, and the lines of each section by its title; those before the first by ""."""
    status = run(["--home", str(home), "--data", str(home / "data"), "check", "--all", *more])
    sections: dict[str, list[str]] = {"": []}
    for line in capsys.readouterr().out.splitlines():
        if found := re.fullmatch(r"(\w.*) \((\d+)\)", line):
            sections[found[1]] = []
        elif line:
            sections[[*sections][-1]].append(line.strip())
    return status, sections


def coverage(sections: dict[str, list[str]]) -> int:
    (found,) = [re.match(r"coverage (\d+) %: ", line) for line in sections[""] if line.startswith("coverage")]
    assert found
    return int(found[1])


def test_sound_decks_give_status_0_and_all_that_was_found(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = check(home, capsys)
    assert status == 0
    assert re.fullmatch(r"\d+ cards in \d decks?: no errors", found[""][0])
    assert 0 < coverage(found) < 100
    assert found["no card asks for"] == ["notes/a.md:12: It all depends, as ever."]
    assert any(line.startswith("notes/a.md:21:") for line in found["makes no card"])


def test_coverage_counts_the_cards_of_the_decks_and_nothing_else(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = check(home, capsys)[1]
    (home / "decks" / "workspace.yaml").write_text("deck: workspace\ntitle: W\ncards: []\n", encoding="utf-8")
    after = check(home, capsys)[1]
    gone = {line.partition(": ")[2][:30] for line in after["no card asks for"]}
    gone -= {line.partition(": ")[2][:30] for line in before["no card asks for"]}
    assert gone == {"A shared folder in the cloud t", "A workspace stores the experim"}
    assert coverage(after) < coverage(before)


def test_a_hint_has_a_sentence_and_the_line_of_its_card_and_is_no_error(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = check(home, capsys)
    assert status == 0
    assert any(line.endswith(": The answer has more than 15 words.") for line in found["hints"])
    for each in found["hints"]:
        place, card, _ = each.split(": ")
        path, line = place.split(":")
        assert card in (home / path).read_text(encoding="utf-8").splitlines()[int(line) - 1]


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
    _, found = check(home, capsys)
    skills = {line.split()[0]: " ".join(line.split()[1:5]) for line in found["skills"]}
    assert skills["dp-100/3.17"] == "1 recall 1 exam"
    assert skills["dp-100/1.1"] == "0 recall 0 exam", "a skill without a card is seen"
    assert skills["ai-300/X9"] == "1 recall 0 exam"
    assert found["sources"] == ["2025-01    2 cards  Old page", "2026-11     1 card  New page"]
    old = check(home, capsys, "--stale", "12")[1]
    assert old["sources that were not checked for 12 months"] == ["2025-01    2 cards  Old page"]


def test_all_mistakes_of_all_decks_are_told_at_once_and_the_rest_is_still_checked(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deck = home / "decks" / "workspace.yaml"
    deck.write_text(
        deck.read_text(encoding="utf-8").replace("kind: basic", "kind: riddle", 1), encoding="utf-8"
    )
    (home / "decks" / "mine.yaml").write_text("deck: mine\ntitle: Mine\ncards: [\n", encoding="utf-8")
    status, found = check(home, capsys)
    assert status == 1
    errors = [re.match(r"(decks/\w+\.yaml):(\d+):\d+: ", line) for line in found[""]]
    assert {error[1] for error in errors if error} == {"decks/workspace.yaml", "decks/mine.yaml"}
    assert all(int(error[2]) > 1 for error in errors if error)
    assert coverage(found) > 30
    assert any(re.match(r"[1-9]\d* cards? in ", line) for line in found[""])
    assert "2 errors. The sound cards stay usable." in found[""]


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
    status, found = check(home, capsys)
    assert status == 1
    assert any("keys.nope" in line for line in found[""])


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
        assert "build` makes cards from them." in said
