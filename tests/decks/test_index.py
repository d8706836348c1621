"""The compiled decks are what the deck files say, at any moment."""

import sqlite3
import sys
from pathlib import Path

import pytest

from dp100cards.decks.collection import Collection
from dp100cards.decks.index import Index


def write_deck(home: Path, name: str, *ids: str, note: str = "a.md") -> Path:
    cards = "".join(
        f"  - {{id: {id_}, kind: basic, ask: What is {id_}?, answer: x, tags: [t],"
        f" source: {{note: {note}, lines: 1, quote: about {id_[:5]}}}}}\n"
        for id_ in ids
    )
    path = home / "decks" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"deck: {name}\ntitle: {name.title()}\narea: design\ncards:\n{cards or '  []'}", encoding="utf-8"
    )
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_deck(tmp_path, "one", "one-a", "one-b", note="2.md")
    write_deck(tmp_path, "two", "two-a", note="1.md")
    return tmp_path


def opened(home: Path) -> Index:
    return Index.open(Collection(home), home / "cache")


def ids(index: Index) -> list[str]:
    return [entry.id for entry in index.each()]


def test_cards_come_in_the_order_of_the_notes(home: Path) -> None:
    index = opened(home)
    assert ids(index) == ["two-a", "one-a", "one-b"]
    assert [deck.name for deck in index.decks()] == ["two", "one"]
    assert [card.id for card in index.cards(["one"])] == ["one-a", "one-b"]


def test_what_is_outdated_is_begun_last_in_its_deck(home: Path) -> None:
    path = write_deck(home, "two", "two-a", "two-b", note="1.md")
    path.write_text(
        path.read_text(encoding="utf-8").replace("id: two-a,", "id: two-a, status: outdated,"),
        encoding="utf-8",
    )
    index = opened(home)
    assert [entry.id for entry in index.fresh(set())] == ["two-b", "one-a", "one-b", "two-a"]
    assert ids(index)[0] == "two-a"


def test_every_line_of_a_note_is_begun_before_a_second_card_of_any(home: Path) -> None:
    path = write_deck(home, "one", "one-a1", "one-a2", "one-b1", "one-b2", "one-c1", note="0.md")
    text = path.read_text(encoding="utf-8")
    for id_, line in (("one-b1", 2), ("one-b2", 2), ("one-c1", 3)):
        before, _, after = text.partition(f"id: {id_},")
        text = f"{before}id: {id_},{after.replace('lines: 1', f'lines: {line}', 1)}"
    path.write_text(text, encoding="utf-8")
    begun = [entry.id for entry in opened(home).fresh(set()) if entry.deck == "one"]
    assert begun == ["one-a1", "one-b1", "one-c1", "one-a2", "one-b2"]
    begun = [entry.id for entry in opened(home).fresh({"one-a1"}) if entry.deck == "one"]
    assert begun == ["one-b1", "one-c1", "one-a2", "one-b2"]


def test_decks_take_turns_and_items_of_exam_level_come_last(home: Path) -> None:
    path = write_deck(home, "one", "one-a", "one-b", "one-c", note="2.md")
    text = path.read_text(encoding="utf-8").replace("id: one-a,", "id: one-a, level: exam,")
    path.write_text(text, encoding="utf-8")
    write_deck(home, "two", "two-a", "two-b", note="1.md")
    assert [entry.id for entry in opened(home).fresh(set())] == ["two-a", "one-b", "two-b", "one-c", "one-a"]


def test_a_card_comes_back_whole(home: Path) -> None:
    card = opened(home).card("one-b")
    assert card is not None
    assert (card.ask, card.deck, card.area, card.tags) == ("What is one-b?", "one", "design", ("t",))
    assert opened(home).card("nobody") is None


def test_siblings_share_their_fact(home: Path) -> None:
    write_deck(home, "one", "one-a1", "one-a2", "one-b")
    facts = {entry.id: entry.fact for entry in opened(home).each()}
    assert facts["one-a1"] == facts["one-a2"] != facts["one-b"]


def test_only_a_changed_file_is_read_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(home).close()
    read: list[str] = []
    from dp100cards.decks import read as module

    real = module.read_deck
    monkeypatch.setattr(module, "read_deck", lambda s, path, name: read.append(name) or real(s, path, name))  # type: ignore[func-returns-value]
    opened(home).close()
    assert read == []
    write_deck(home, "one", "one-a", "one-b", "one-c")
    assert "one-c" in ids(opened(home))
    assert read == ["one"]


def test_a_deck_that_goes_takes_its_cards_along(home: Path) -> None:
    opened(home)
    (home / "decks" / "one.yaml").unlink()
    assert ids(opened(home)) == ["two-a"]


def test_a_broken_deck_leaves_the_others_usable_and_is_told(home: Path) -> None:
    (home / "decks" / "one.yaml").write_text("deck: one\ncards: [", encoding="utf-8")
    index = opened(home)
    assert ids(index) == ["two-a"]
    assert [problem.path for problem in index.problems()] == ["decks/one.yaml"]
    write_deck(home, "one", "one-a")
    index = opened(home)
    assert index.problems() == []
    assert len(ids(index)) == 2


def test_an_id_in_two_decks_counts_once_and_both_places_are_named(home: Path) -> None:
    write_deck(home, "two", "two-a", "one-a", note="9.md")
    index = opened(home)
    assert sorted(ids(index)) == ["one-a", "one-b", "two-a"]
    assert str(index.problems()[0]) == (
        "decks/two.yaml:6:5: card one-a: the id is used at decks/one.yaml:5:5 already; give one of the two a new id"
    )


def test_a_damaged_cache_is_made_anew(home: Path) -> None:
    opened(home).close()
    cache = next((home / "cache").glob("*.db"))
    cache.write_bytes(b"not a database" * 400)
    assert len(ids(opened(home))) == 3


def test_a_cache_of_an_older_format_is_made_anew(home: Path) -> None:
    opened(home).close()
    with sqlite3.connect(next((home / "cache").glob("*.db"))) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert len(ids(opened(home))) == 3


def test_without_a_disk_to_write_to_the_index_lives_in_memory(home: Path) -> None:
    (home / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert len(ids(opened(home))) == 3


def test_the_place_of_a_card_is_where_an_editor_should_open(home: Path) -> None:
    assert opened(home).place("one-b") == (home / "decks" / "one.yaml", 6, 5)


def test_a_folder_without_decks_has_no_cards(tmp_path: Path) -> None:
    assert ids(opened(tmp_path)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="making links takes rights of its own there")
def test_a_deck_file_that_cannot_be_read_is_told_until_it_can(home: Path) -> None:
    (home / "decks" / "gone.yaml").symlink_to(home / "elsewhere.yaml")
    index = opened(home)
    assert [str(problem) for problem in index.problems()] == [
        "decks/gone.yaml: the deck cannot be read: there is no such file"
    ]
    assert "one-a" in ids(index)
    (home / "elsewhere.yaml").write_text("", encoding="utf-8")
    index.refresh()
    assert "the deck is empty" in str(index.problems()[0])
    (home / "elsewhere.yaml").write_text("deck: gone\ntitle: Gone\ncards: []\n", encoding="utf-8")
    index.refresh()
    assert not index.problems()
