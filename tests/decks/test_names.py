"""What decks are called: by the front matter, the note's one H1, or the name of its file."""

from pathlib import Path
from unicodedata import normalize

import pytest

from dp100cards.decks.build import prepare, write
from dp100cards.decks.collection import Collection
from dp100cards.generate.pipeline import slug

CARD = "What is the {0}? :: The {0} is a thing of its own.\n"


def build(home: Path, **notes: str) -> dict[str, str]:
    """Write notes and build: the title of each deck by its name."""
    (home / "notes").mkdir(exist_ok=True)
    for n, (name, text) in enumerate(notes.items()):
        (home / "notes" / name).write_text(
            text + CARD.format(f"{'abcdefgh'[n] * 3} gadget"), encoding="utf-8"
        )
    collection = Collection(home)
    built = prepare(collection, collection.note_texts())
    write(collection, built)
    return {deck.name: deck.title for deck in built.merged.decks if deck.cards}


def test_every_markdown_file_is_a_note(tmp_path: Path) -> None:
    found = build(tmp_path, **{"a.markdown": "", "b.MD": "", "c.md": "", "d.txt": ""})
    assert found == {"a": "A", "b": "B", "c": "C"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_beyond_ascii_is_decomposed_and_shown_as_it_is(tmp_path: Path, form: str) -> None:
    name = normalize(form, "Über Käse.md")  # type: ignore[arg-type]
    assert build(tmp_path, **{name: ""}) == {"uber-kase": "Über Käse"}


def test_names_in_other_scripts_are_decks_of_their_own(tmp_path: Path) -> None:
    found = build(
        tmp_path,
        **{
            "日本.md": "",
            "中国.md": "",
            "Kurs 日本.md": "",
            "カ.md": "",
            "ガ.md": "",
            "1.md": "",
            "2.1 intro.md": "",
        },
    )
    assert sorted(found.values()) == sorted(["日本", "中国", "Kurs 日本", "カ", "ガ", "Notes", "1 intro"])
    assert found["note-c7b7cdcc"] == "日本", "stable"
    assert all(name.isascii() for name in found)


def test_a_title_is_the_one_h1_of_a_note_alone_in_its_deck(tmp_path: Path) -> None:
    notes = {
        "tcp-ip.md": "# **TCP/IP**\n\n",
        "UDP-and-DNS.md": "# One\n\n# Two\n\n",
        "1-pair.md": "# First\n\n",
        "2-pair.md": "# Second\n\n",
        "long.md": f"# {'very ' * 20}long\n\n",
    }
    assert build(tmp_path, **notes) == {
        "tcp-ip": "TCP/IP", "udp-and-dns": "UDP and DNS", "pair": "Pair", "long": "Long"
    }  # fmt: skip


def test_a_title_in_front_matter_needs_no_deck(tmp_path: Path) -> None:
    assert build(tmp_path, **{"x.md": "---\ntitle: Brot\n---\n\n# H1\n\n"}) == {"x": "Brot"}


def test_a_title_that_a_person_edited_stays(tmp_path: Path) -> None:
    build(tmp_path, **{"x.md": "# Old\n\n"})
    deck = tmp_path / "decks" / "x.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("title: Old", "title: Mine"), encoding="utf-8")
    assert build(tmp_path, **{"x.md": "# New\n\n"}) == {"x": "Mine"}


@pytest.mark.parametrize("text", ["Tcp ip", "a_b", "2.1 Intro", "A – B", "___", ""])
def test_plain_names_are_as_they_were(text: str) -> None:
    assert slug(text) in {"tcp-ip", "a-b", "2-1-intro", "notes"}
