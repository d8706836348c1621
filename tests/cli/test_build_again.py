"""A build of what was built before changes nothing, and says so."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from dp100cards.cli.main import cli

NOTE = """# Zoo

## Zebra

What is a zebra? :: A striped horse.

Q: Where do zebras live?
A: In Africa, in herds.

## Okapi

What is an okapi? :: A short giraffe of the forest.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A collection of one note, with settings."""
    notes = tmp_path / "home" / "notes"
    notes.mkdir(parents=True)
    (notes / "zoo.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "home" / "dp100.toml").write_text('name = "Mine"\n', encoding="utf-8")
    return tmp_path / "home"


def build(home: Path, *arguments: str) -> str:
    done = CliRunner().invoke(
        cli, ["--home", str(home), "--data", str(home.parent / "data"), "build", *arguments]
    )
    assert done.exit_code == 0, done.output
    return done.output


def files(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "decks").iterdir()}


def test_a_build_of_the_same_changes_nothing(home: Path) -> None:
    build(home)
    before = files(home)
    said = build(home)
    assert "0 new, 3 kept" in said
    assert files(home) == before
    assert build(home) == said


def edited_note(home: Path) -> None:
    note = home / "notes" / "zoo.md"
    note.write_text(note.read_text("utf-8") + "\nWhat is a gnu? :: An antelope.\n", encoding="utf-8")


def another_note(home: Path) -> None:
    (home / "notes" / "gnus.md").write_text("# Gnus\n\nWhat is a gnu? :: An antelope.\n", encoding="utf-8")


def removed_note(home: Path) -> None:
    another_note(home)
    build(home)
    (home / "notes" / "gnus.md").unlink()


def edited_deck(home: Path) -> None:
    deck = home / "decks" / "zoo.yaml"
    deck.write_text(re.sub(r"ask: (\w)", r"ask: Now, \1", deck.read_text("utf-8"), count=1), encoding="utf-8")


def removed_deck(home: Path) -> None:
    (home / "decks" / "zoo.yaml").unlink()


def settings(home: Path) -> None:
    (home / "dp100.toml").write_text('[decks.stripes]\nconcepts = ["Zebra"]\n', encoding="utf-8")


@pytest.mark.parametrize(
    "change", [edited_note, another_note, removed_note, edited_deck, removed_deck, settings]
)
def test_whatever_was_changed_the_second_build_after_it_changes_nothing(
    home: Path, change: Callable[[Path], None]
) -> None:
    build(home)
    change(home)
    build(home)
    before = files(home)
    said = build(home)
    assert files(home) == before
    assert "0 new" in said
    assert not re.search(r"[1-9]\d* (?:changed|retired|back)", said)


def test_a_dry_run_shows_the_difference_and_writes_nothing(home: Path) -> None:
    build(home)
    before = files(home)
    edited_note(home)
    note = home / "notes" / "zoo.md"
    note.write_text(note.read_text("utf-8").replace("A striped horse", "A wild horse with stripes"), "utf-8")
    said = build(home, "--dry-run")
    assert "1 would be new, 1 would be changed, 2 would be kept" in said
    assert re.search(r"\+ zoo-\w+  What is a gnu\?", said)
    assert re.search(r"answer - A striped horse.\n +\+ A wild horse with stripes.", said)
    assert files(home) == before


def test_a_conflict_is_shown_once_and_the_person_s_words_stay(home: Path) -> None:
    build(home)
    deck, note = home / "decks" / "zoo.yaml", home / "notes" / "zoo.md"
    deck.write_text(deck.read_text("utf-8").replace("A striped horse", "A horse in stripes"), "utf-8")
    note.write_text(note.read_text("utf-8").replace("A striped horse", "A wild horse"), "utf-8")
    said = build(home)
    assert "answer: yours stays: A horse in stripes." in said
    assert "the notes now say: A wild horse." in said
    assert "A horse in stripes" in deck.read_text("utf-8")
    assert "conflict" not in build(home)


def test_what_the_notes_have_no_card_for_is_counted(home: Path) -> None:
    note = home / "notes" / "zoo.md"
    note.write_text(note.read_text("utf-8") + "\nIt all depends, as ever.\n", encoding="utf-8")
    said = build(home)
    assert "1 statement has no card: dp100 " in said
    assert " check lists it\n" in said


@pytest.mark.skipif(os.name == "nt", reason="needs a folder that refuses")
def test_where_nothing_can_be_kept_a_build_goes_on(home: Path) -> None:
    (home.parent / "data").write_text("a file, and no folder", encoding="utf-8")
    assert "3 new, 0 kept" in build(home)
    assert "0 new" in build(home)


def test_one_card_is_not_called_cards(home: Path) -> None:
    (home / "notes" / "zoo.md").write_text("# Gnus\n\nWhat is a gnu? :: An antelope.\n", encoding="utf-8")
    said = build(home)
    assert " 1 card " in said
    assert "1 cards" not in said


def test_the_sample_of_a_new_collection_gives_way_to_notes(tmp_path: Path) -> None:
    home = tmp_path / "mine"
    assert CliRunner().invoke(cli, ["init", str(home)]).exit_code == 0
    assert "checkpoint" in build(home) + (home / "decks" / "first.yaml").read_text("utf-8")
    (home / "notes" / "zoo.md").write_text(NOTE, encoding="utf-8")
    build(home)
    assert {path.name for path in (home / "decks").glob("*.yaml") if path.name[0] != "."} == {"zoo.yaml"}
