"""Somebody's Anki deck becomes a deck of ours, as text."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cards import Basic, Cloze
from dp100cards.cli.main import run
from dp100cards.decks.read import read_deck
from dp100cards.exchange.anki_file import Foreign, as_deck, opened
from dp100cards.scheduler.event import Moment
from dp100cards.store.store import Store

anki_collection = pytest.importorskip("anki.collection")

NOTES: list[tuple[str, tuple[str, ...], str]] = [
    ("Basic", ("What is <b>CRISP-DM</b> &amp; who uses&nbsp;it?", "A process.<br>Of <i>six</i> phases."), "ml a-tag"),
    ("Basic", ("Picture <img src='a b.png'>?", "Sound [sound:x.mp3]"), ""),
    ("Basic", ("no answer", ""), ""),
    ("Basic (and reversed card)", ("term", "meaning {{x}} <script>alert(1)</script>"), ""),
    ("Cloze", ("An {{c1::ML}} {{c2::model::hint}} and {{c1::data}}", "more"), ""),
    ("Basic", ("<pre>if x:\n    y()</pre>", "<ul><li>one</li><li>two</li></ul>"), ""),
]  # fmt: skip


@pytest.fixture(params=[True, False], ids=["old container", "new container"])
def package(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    collection: Any = anki_collection.Collection(str(tmp_path / "theirs.anki2"))
    for model, fields, tags in NOTES:
        note = collection.new_note(collection.models.by_name(model))
        note.fields = list(fields)
        note.tags = tags.split()
        collection.add_note(note, collection.decks.id("Theirs"))
    options = anki_collection.ExportAnkiPackageOptions(with_scheduling=False, legacy=request.param)
    collection.export_anki_package(out_path=str(tmp_path / "theirs.apkg"), options=options, limit=None)
    collection.close()
    return tmp_path / "theirs.apkg"


def made(path: Path) -> Foreign:
    with opened(path) as connection:
        return as_deck(connection, "theirs")


def test_simple_and_cloze_notes_become_cards(package: Path) -> None:
    foreign = made(package)
    cards = foreign.deck.cards
    assert [type(card) for card in cards] == [Basic, Basic, Basic, Basic, Cloze, Cloze, Basic]
    assert cards[0].ask == "What is **CRISP-DM** & who uses it?"
    assert cards[0].answer == "A process.\nOf six phases."  # type: ignore[attr-defined]
    assert cards[0].tags == ("a-tag", "ml")
    assert cards[3].ask == "meaning { {x} }"
    assert [card.ask for card in cards[4:6]] == [
        "An {{ML}} model and {{data}}",
        "An ML {{model}} and data",
    ]
    assert cards[4].explain == "more"
    assert "if x:\n    y()" in cards[6].ask
    assert cards[6].answer == "- one\n- two"  # type: ignore[attr-defined]
    assert foreign.left == 1
    assert foreign.media == ["a b.png", "x.mp3"]


def test_the_same_note_gets_the_same_id_again(package: Path) -> None:
    first, second = made(package), made(package)
    assert [card.id for card in first.deck.cards] == [card.id for card in second.deck.cards]
    assert len({card.id for card in first.deck.cards}) == len(first.deck.cards)


def test_the_deck_is_written_once_and_can_be_read(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    (home / "decks").mkdir(parents=True)
    wanted = ["--home", str(home), "--data", str(tmp_path / "data"), "import", "anki", str(package)]
    assert run([*wanted, "--as-deck", "theirs", "--dry-run"]) == 0
    assert not (home / "decks" / "theirs.yaml").exists()
    assert run([*wanted, "--as-deck", "theirs"]) == 0
    assert "2 media files were named, not taken: a b.png, x.mp3" in capsys.readouterr().out
    reading = read_deck((home / "decks" / "theirs.yaml").read_text(encoding="utf-8"), "theirs.yaml", "theirs")
    assert not reading.problems
    assert len(reading.deck.cards) == 7
    assert run([*wanted, "--as-deck", "theirs"]) == 2
    assert run([*wanted, "--as-deck", "../evil"]) == 2


def test_its_reviews_come_along_if_they_are_the_learners_own(
    tmp_path: Path, new_anki: Callable[[], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    anki = new_anki()
    collection = anki.collection
    note = collection.new_note(collection.models.by_name("Basic"))
    note.fields = ["What is ML?", "A way to learn from data."]
    collection.add_note(note, collection.decks.id("Mine"))
    card = collection.get_card(note.card_ids()[0])
    card.start_timer()
    states = collection._backend.get_scheduling_states(card.id)
    collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=2))
    collection.set_user_flag_for_cards(3, [card.id])
    options = anki_collection.ExportAnkiPackageOptions(with_scheduling=True, legacy=True)
    collection.export_anki_package(out_path=str(tmp_path / "mine.apkg"), options=options, limit=None)
    (tmp_path / "home" / "decks").mkdir(parents=True)
    folders = ["--home", str(tmp_path / "home"), "--data", str(tmp_path / "data")]
    wanted = [*folders, "import", "anki", str(tmp_path / "mine.apkg"), "--as-deck"]
    assert run([*wanted, "without"]) == 0
    assert "1 review was left behind; --with-reviews takes them too." in capsys.readouterr().out
    assert not (tmp_path / "data" / "progress.db").exists()
    assert run([*wanted, "mine", "--with-reviews"]) == 0
    assert "1 review was taken in with it." in capsys.readouterr().out
    now = Moment(int(time.time() * 1000))
    with Store.open(tmp_path / "data", now) as store:
        (state,) = store.states().values()
        assert (state.reps, state.flag, state.card.startswith("mine-")) == (1, 3, True)
