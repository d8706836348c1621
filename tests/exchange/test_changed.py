"""Anki is told of a card's change when that card changed, and of no other."""

from dataclasses import replace
from pathlib import Path

from dp100cards.cards import Basic
from dp100cards.exchange.changed import read, since, write

ONE, TWO = (Basic(id=f"demo-{n}", deck="demo", ask=f"Q{n}?", answer="A.") for n in "ab")


def test_a_card_exported_for_the_first_time_is_as_old_as_its_deck_file() -> None:
    assert since([ONE], {}, {"demo": 100}, now=500)["demo-a"][1] == 100
    assert since([ONE], {}, {"demo": 900}, now=500)["demo-a"][1] == 500


def test_only_the_card_that_changed_is_newer() -> None:
    first = since([ONE, TWO], {}, {"demo": 100}, now=500)
    again = since([replace(ONE, answer="B."), TWO], first, {"demo": 600}, now=700)
    assert {card: when for card, (_, when) in again.items()} == {"demo-a": 700, "demo-b": 100}


def test_a_change_is_newer_also_by_a_clock_that_was_set_back() -> None:
    first = since([ONE], {}, {"demo": 100}, now=500)
    assert since([replace(ONE, answer="B.")], first, {}, now=50)["demo-a"][1] == 101


def test_what_is_remembered_survives_and_a_broken_file_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "data" / "exported.json"
    known = since([ONE, TWO], {}, {"demo": 100}, now=500)
    write(path, known)
    assert read(path) == known
    for broken in ("", "[1]", '{"a": 3}', '{"a": ["x", "y"]}', "null"):
        path.write_text(broken, encoding="utf-8")
        assert read(path) == {}
