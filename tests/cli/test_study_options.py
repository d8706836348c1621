"""What is asked for on the command line of `dp100 study` is what is asked."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_study_plain import dp100
from tests.terminal.learner import write_deck

DAY = "2027-01-{:02}T09:00:00+00:00"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two decks of four cards each, one of them with a tag."""
    write_deck(tmp_path / "home", [f"Apple {n}?" for n in range(4)], "apples")
    home = write_deck(tmp_path / "home", [f"Pear {n}?" for n in range(4)], "pears")
    path = home / "decks" / "pears.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Pear 2?", "Pear 2?\n    tags: [ripe]"), encoding="utf-8"
    )
    return home


def asked(said: str) -> list[str]:
    """The questions that were asked, in order."""
    return re.findall(r"(?m)^((?:Apple|Pear) \d)\?$", said)


def test_a_deck_by_its_name_or_its_beginning(home: Path, tmp_path: Path) -> None:
    assert asked(dp100(tmp_path, "study", "app", lines="\n3\nq\n")) == ["Apple 0", "Apple 1"]
    assert asked(dp100(tmp_path, "study", "pears", lines="q\n")) == ["Pear 0"]


def test_a_tag(home: Path, tmp_path: Path) -> None:
    assert asked(dp100(tmp_path, "study", "--tag", "ripe", lines="\n4\n")) == ["Pear 2"]


def test_so_many_ratings_and_so_many_new_cards(home: Path, tmp_path: Path) -> None:
    assert len(asked(dp100(tmp_path, "study", "--limit", "3", lines="\n4\n" * 9))) == 3
    assert asked(dp100(tmp_path, "study", "--new", "3", lines="\n4\n" * 9)) == []
    assert len(asked(dp100(tmp_path, "study", "--new", "4", lines="\n4\n" * 9))) == 1


def test_so_many_minutes_end_after_the_card_in_hand(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "study", "--minutes", "0.0001", lines="\n4\n" * 9)
    assert len(asked(said)) == 1
    assert "1 rating in" in said


def test_days_ahead(home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "study", "apples", lines="\n4\n" * 4, now=DAY.format(1))
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        longest = connection.execute("SELECT max(interval) FROM state").fetchone()[0]
    today = DAY.format(2)
    assert asked(dp100(tmp_path, "study", "apples", "--new", "0", lines="q\n", now=today)) == []
    ahead = dp100(
        tmp_path, "study", "apples", "--new", "0", "--ahead", str(longest), lines="\n3\n" * 4, now=today
    )
    assert sorted(asked(ahead)) == ["Apple 0", "Apple 1", "Apple 2", "Apple 3"]


def test_a_kind(home: Path, tmp_path: Path) -> None:
    path = home / "decks" / "pears.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text
        + "  - {id: pears-choice, kind: choice, ask: Pear 9?, options: [{text: x, right: true}, {text: y}]}\n",
        encoding="utf-8",
    )
    assert asked(dp100(tmp_path, "study", "--kind", "choice", lines="q\n")) == ["Pear 9"]


def test_flagged_cards_and_leeches_due_or_not(home: Path, tmp_path: Path) -> None:
    dp100(tmp_path, "study", "apples", "--limit", "3", lines="\n4\n\nf 2\n4\n\n4\n")
    assert asked(dp100(tmp_path, "study", "is:flagged", lines="q\n")) == ["Apple 1"]
    assert asked(dp100(tmp_path, "study", "is:leech", lines="q\n")) == []
    assert "no card matches: is:leech" in dp100(tmp_path, "quiz", "is:leech")
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        connection.execute(
            "UPDATE state SET lapses = 8 WHERE card = (SELECT card FROM event ORDER BY id LIMIT 1)"
        )
    assert asked(dp100(tmp_path, "study", "is:leech", lines="q\n")) == ["Apple 0"]


def test_what_was_not_known_today_is_asked_again_due_or_not(home: Path, tmp_path: Path) -> None:
    assert "No card matches: is:failed." in dp100(tmp_path, "study", "is:failed")
    dp100(tmp_path, "study", "apples", "--limit", "3", lines="\n4\n\n1\n\n4\n", now=DAY.format(1))
    for words in (["is:failed"], ["app", "is:failed"]):
        assert asked(dp100(tmp_path, "study", *words, lines="q\n", now=DAY.format(1))) == ["Apple 1"]
    assert asked(dp100(tmp_path, "study", "pears", "is:failed", now=DAY.format(1))) == []
    assert asked(dp100(tmp_path, "study", "is:failed", now=DAY.format(2))) == [], "that was yesterday"


def test_words_of_a_filter_narrow_what_is_asked(home: Path, tmp_path: Path) -> None:
    assert asked(dp100(tmp_path, "study", "tag:ripe", lines="q\n")) == ["Pear 2"]
    assert asked(dp100(tmp_path, "study", "deck:app,pears", "tag:ripe", lines="\n4\n")) == ["Pear 2"]
    assert "No card matches: deck:apples tag:ripe." in dp100(tmp_path, "study", "apples", "--tag", "ripe")
    assert "there is no deck plums; there are apples, pears" in dp100(tmp_path, "study", "plums")
    assert "there is no state ripe" in dp100(tmp_path, "study", "is:ripe")


def test_mistakes_in_the_decks_are_said_and_the_sound_cards_asked(home: Path, tmp_path: Path) -> None:
    (home / "decks" / "broken.yaml").write_text("deck: [", encoding="utf-8")
    said = dp100(tmp_path, "study", lines="q\n")
    assert f"1 mistake in the decks: dp100 --home {home}" in said
    assert "check. The sound cards are asked." in said
    assert asked(said) == ["Apple 0"]


def test_a_clash_of_keys_is_told_of_what_the_learner_set_with_its_line(home: Path, tmp_path: Path) -> None:
    (home / "dp100.toml").write_text('[study]\nnew_per_day = 3\n[keys]\nundo = "q"\n', encoding="utf-8")
    said = dp100(tmp_path, "study", lines="q\n")
    assert "dp100.toml:4:1: keys.undo: q is the key of quit already; one key, one meaning" in said


def test_what_today_still_asks_and_tomorrow_brings_follows_the_settings(home: Path, tmp_path: Path) -> None:
    said = dp100(tmp_path, "study", "--plain", "--limit", "1", lines="\n4\n")
    assert "Left for today: 7 cards." in said
    assert "Tomorrow: 7 new cards." in dp100(tmp_path, "study", "--new", "0")


def test_another_collection_counts_its_own_cards_and_has_no_chance_to_pass(
    home: Path, tmp_path: Path
) -> None:
    dp100(tmp_path, "study", "--limit", "2", lines="\n4\n\n4\n")
    other = write_deck(tmp_path / "other", ["Plum?", "Fig?"], "plums")
    mine = ("--home", str(other))
    assert "New today" not in dp100(tmp_path, *mine, "study", lines="q\n")
    said = dp100(tmp_path, *mine, "study", "--limit", "1", lines="\n4\n")
    assert "New today: 1 card." in said
    for each in (said, dp100(tmp_path, *mine, "stats"), dp100(tmp_path, *mine, "plan")):
        assert "hance to pass" not in each
