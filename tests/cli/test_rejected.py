"""A rejected card is at once out of everything, stays away at builds, and can be called back."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dp100cards.cli.main import cli

NOTE = """# Zoo

What is a zebra? :: A striped horse.

Q: Where do zebras live?
A: In Africa, in herds.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "notes").mkdir(parents=True)
    (tmp_path / "home" / "notes" / "zoo.md").write_text(NOTE, encoding="utf-8")
    dp100(tmp_path / "home", "build")
    return tmp_path / "home"


def dp100(home: Path, *arguments: str) -> str:
    done = CliRunner().invoke(cli, ["--home", str(home), "--data", str(home.parent / "data"), *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def id_of(home: Path, words: str) -> str:
    return dp100(home, "cards", words).split()[0]


def deck(home: Path) -> str:
    return (home / "decks" / "zoo.yaml").read_text(encoding="utf-8")


def test_a_rejected_card_is_listed_and_comes_back_when_it_is_called(home: Path) -> None:
    before, zebra = deck(home), id_of(home, "zebra?")
    dp100(home, "cards", "reject", zebra)
    assert "1 card that you deleted or rejected stayed away" in dp100(home, "build")
    assert "What is a zebra?" not in deck(home)
    assert "Where do zebras live?" in deck(home), "its sibling stays"
    assert "What is a zebra?" in dp100(home, "cards", "--rejected")
    assert "What is a zebra?" in dp100(home, "cards", "is:leech,rejected")
    assert "What is a zebra?" in dp100(home, "cards", "show", zebra), "also where no deck has it"
    note = home / "notes" / "zoo.md"
    note.write_text(NOTE.replace("A striped horse", "A horse with stripes"), encoding="utf-8")
    dp100(home, "build")
    assert "zebra?" not in deck(home), "also in other words"
    note.write_text(NOTE, encoding="utf-8")
    dp100(home, "cards", "unreject", zebra)
    assert "1 back" in dp100(home, "build")
    assert deck(home) == before
    assert "zebra" not in dp100(home, "cards", "--rejected")


def test_undo_takes_a_rejection_back(home: Path) -> None:
    before = deck(home)
    dp100(home, "cards", "reject", id_of(home, "live"))
    dp100(home, "build")
    assert deck(home) != before
    dp100(home, "cards", "undo")
    dp100(home, "build")
    assert deck(home) == before


def test_a_card_made_by_hand_is_only_hidden(home: Path) -> None:
    path = home / "decks" / "zoo.yaml"
    path.write_text(
        deck(home) + "  - {id: mine-1, kind: basic, ask: Mine, answer: 'Yes'}\n", encoding="utf-8"
    )
    before = deck(home)
    dp100(home, "cards", "reject", "mine-1")
    dp100(home, "build")
    assert deck(home) == before
    assert "rejected" in dp100(home, "cards", "mine-1")
    assert "mine-1" in dp100(home, "cards", "--rejected")
