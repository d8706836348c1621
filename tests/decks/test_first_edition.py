"""A collection of the first edition goes on: its decks, its manifest and its settings are read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from dp100cards.cards import Card
from dp100cards.decks.build import prepare, write
from dp100cards.decks.collection import Collection

FIXTURE = Path(__file__).parents[1] / "fixtures" / "first_edition"
REJECTED = {"harbour-mhervl", "harbour-s4p45q", "tides-wcodtz"}
DELETED = {"ferries-5uswoc"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURE, tmp_path / "home"))


def entries(home: Path) -> dict[str, dict[str, object]]:
    text = (home / "decks" / ".generated.yaml").read_text(encoding="utf-8")
    return {entry["id"]: entry for entry in yaml.safe_load(text)["cards"]}


def build(home: Path) -> dict[str, Card]:
    collection = Collection(home)
    built = prepare(collection, collection.note_texts())
    write(collection, built)
    return {card.id: card for deck in built.merged.decks for card in deck.cards}


def test_what_was_accepted_is_active_and_what_was_rejected_or_deleted_stays_away(home: Path) -> None:
    before = entries(home)
    states = {id_: entry.get("state", "here") for id_, entry in before.items()}
    after = build(home)
    here = {id_ for id_, state in states.items() if state in ("here", "accepted")}
    assert "tides-fyp76r" in here, "accepted, and not built yet"
    assert here <= after.keys()
    assert not (REJECTED | DELETED) & after.keys()
    suggested = {id_ for id_, state in states.items() if state == "suggested"}
    assert not suggested & (after.keys() | entries(home).keys()), "suggestions are dropped"
    away = {before[id_]["card"]["ask"] for id_ in REJECTED | DELETED}  # type: ignore[index]
    assert not away & {card.ask for card in after.values()}


def test_edits_comments_own_cards_and_a_card_in_another_deck_survive(home: Path) -> None:
    after = build(home)
    ferries, harbour = (
        (home / "decks" / f"{n}.yaml").read_text(encoding="utf-8") for n in ("ferries", "harbour")
    )
    assert "answer: The harbour pilot." in ferries
    assert "# as the port calls him\n" in ferries
    assert (
        "  # my own\n  - {id: mine-1, kind: basic, ask: Who pays the pilot?, answer: The ship}\n"
        not in ferries
    )
    assert "  # my own\n  - id: mine-1\n    kind: basic\n    ask: Who pays the pilot?\n" in ferries, (
        "YAML for all"
    )
    assert "title: The harbour\narea: design\n" in harbour
    assert after["tides-acxwxr"].deck == "harbour"


def test_the_settings_are_read(home: Path) -> None:
    settings = Collection(home).settings
    assert (settings.name, settings.keys) == ("Harbour", {"undo": "z"})
    assert (settings.study.new_per_day, settings.study.retention) == (7, 0.92)
    assert list(settings.decks) == ["harbour", "ferries"]


def test_the_second_build_changes_nothing_and_every_reader_of_yaml_reads_the_decks(home: Path) -> None:
    build(home)
    before = {path.name: path.read_bytes() for path in (home / "decks").iterdir()}
    build(home)
    assert {path.name: path.read_bytes() for path in (home / "decks").iterdir()} == before
    for name, data in before.items():
        if name.endswith(".yaml"):
            assert yaml.load(data, Loader=yaml.SafeLoader) == yaml.load(data, Loader=yaml.CSafeLoader)


def test_a_card_that_came_from_a_note_of_before_keeps_its_id_through_the_changes_of_the_note(
    home: Path,
) -> None:
    build(home)
    note = home / "notes" / "harbour.md"
    text = note.read_text(encoding="utf-8")
    note.write_text(text.replace("Who guides a ship into", "Who guides every ship into"), encoding="utf-8")
    after = build(home)
    assert after["ferries-v7xqf2"].ask == "Who guides every ship into the harbour?"
