"""A build of what was built before does nothing, and says what it would say."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import dp100cards.decks.build
from dp100cards.cli.main import cli
from dp100cards.decks.collection import shipped


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A collection of one note, with settings."""
    notes = tmp_path / "home" / "notes"
    notes.mkdir(parents=True)
    shutil.copy(shipped() / "notes" / "02-workspace.md", notes)
    (tmp_path / "home" / "dp100.toml").write_text('name = "Mine"\n', encoding="utf-8")
    return tmp_path / "home"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each build that draws facts and cards from the notes."""
    counted: list[int] = []
    draw = dp100cards.decks.build._draw

    def counting(*arguments: object) -> object:
        counted.append(1)
        return draw(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(dp100cards.decks.build, "_draw", counting)
    return counted


def build(home: Path, *arguments: str) -> str:
    done = CliRunner().invoke(
        cli, ["--home", str(home), "--data", str(home.parent / "data"), "build", *arguments]
    )
    assert done.exit_code == 0, done.output
    return done.output


def files(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "decks").iterdir()}


def everything(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def forget(home: Path) -> None:
    shutil.rmtree(home.parent / "data" / "cache")


def test_a_build_of_the_same_does_nothing_and_says_what_it_would_say(home: Path, drawn: list[int]) -> None:
    build(home)
    before = files(home)
    quick = build(home)
    assert len(drawn) == 1
    assert files(home) == before
    forget(home)
    assert build(home) == quick
    assert len(drawn) == 2
    assert build(home) == quick
    assert len(drawn) == 2


def edited_note(home: Path) -> None:
    note = next((home / "notes").glob("*.md"))
    note.write_text(note.read_text(encoding="utf-8") + "\nA zebra store holds zebras.\n", encoding="utf-8")


def another_note(home: Path) -> None:
    (home / "notes" / "zebras.md").write_text("# Zebras\n\nA zebra is a striped horse.\n", encoding="utf-8")


def removed_note(home: Path) -> None:
    another_note(home)
    build(home)
    (home / "notes" / "zebras.md").unlink()


def edited_deck(home: Path) -> None:
    deck = next((home / "decks").glob("[!.]*.yaml"))
    text = deck.read_text(encoding="utf-8")
    deck.write_text(re.sub(r"ask: (\w)", r"ask: Now, \1", text, count=1), encoding="utf-8")


def removed_deck(home: Path) -> None:
    next((home / "decks").glob("[!.]*.yaml")).unlink()


def verdict(home: Path) -> None:
    known = home / "decks" / ".generated.yaml"
    text = known.read_text(encoding="utf-8")
    known.write_text(text.replace('state: "suggested"', 'state: "rejected"', 1), encoding="utf-8")


def settings(home: Path) -> None:
    (home / "dp100.toml").write_text('name = "Other"\n', encoding="utf-8")


@pytest.mark.parametrize(
    "change", [edited_note, another_note, removed_note, edited_deck, removed_deck, verdict, settings]
)
def test_whatever_changes_a_build_looks(home: Path, drawn: list[int], change: Callable[[Path], None]) -> None:
    build(home)
    build(home)
    before = everything(home)
    change(home)
    assert everything(home) != before
    drawn.clear()
    told = build(home)
    assert drawn
    quick = build(home)
    forget(home)
    assert build(home) == quick, told


def test_another_version_of_the_program_looks(
    home: Path, drawn: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build(home)
    copy = tmp_path / "package"
    copy.mkdir()
    (copy / "__init__.py").write_text("# another version\n", encoding="utf-8")
    monkeypatch.setattr(dp100cards, "__file__", str(copy / "__init__.py"))
    build(home)
    assert len(drawn) == 2


def test_a_dry_run_and_a_broken_cache_look(home: Path, drawn: list[int]) -> None:
    build(home)
    assert "0 would be new" in build(home, "--dry-run")
    assert len(drawn) == 2
    for path in (home.parent / "data" / "cache").glob("*.build.json"):
        path.write_text('{"of": ', encoding="utf-8")
    build(home)
    assert len(drawn) == 3


def test_what_is_said_of_conflicts_is_said_again(home: Path, drawn: list[int]) -> None:
    note = home / "notes" / "own.md"
    note.write_text("# Own\n\nQ: What is a zebra?\nA: A striped horse.\n", encoding="utf-8")
    build(home)
    deck = next(
        path for path in (home / "decks").glob("[!.]*.yaml") if "A striped horse" in path.read_text("utf-8")
    )
    deck.write_text(
        deck.read_text("utf-8").replace("A striped horse", "A horse in stripes"), encoding="utf-8"
    )
    note.write_text("# Own\n\nQ: What is a zebra?\nA: A wild horse.\n", encoding="utf-8")
    build(home)
    once = build(home)
    drawn.clear()
    assert build(home) == once
    assert not drawn


@pytest.mark.skipif(os.name == "nt", reason="needs a folder that refuses")
def test_where_nothing_can_be_kept_a_build_goes_on(home: Path) -> None:
    (home.parent / "data").write_text("a file, and no folder", encoding="utf-8")
    first = build(home)
    assert " 0 kept" in first
    assert "0 new" in build(home)


def test_one_card_is_not_called_cards(home: Path) -> None:
    (home / "notes" / "02-workspace.md").unlink()
    (home / "notes" / "ceramics.md").write_text(
        "# Ceramics\n\n## What is a kiln?\n\nA kiln is an oven for burning clay at high temperatures.\n",
        encoding="utf-8",
    )
    said = build(home)
    assert " 1 card " in said
    assert "1 cards" not in said
