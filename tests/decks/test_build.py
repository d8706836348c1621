"""From notes to decks and back again: rebuilding forgets nothing."""

import shutil
from pathlib import Path

import pytest

from dp100cards.cli.main import run
from dp100cards.decks.build import decide, prepare, write
from dp100cards.decks.collection import GENERATED, Collection, shipped
from dp100cards.errors import ContentError
from dp100cards.first.generate.identity import answer_text
from dp100cards.first.generate.known import ACCEPTED

NOTE = """# Azure Machine Learning

## What is a workspace

The top-level resource of the service. It stores the experiment objects that each model requires.

## What is a datastore

An abstraction over an Azure Storage account.

## What is an image

An image has three components:

- A scoring script
- An environment file
- A configuration file

> OBS: It is better to set the Python kernel to 3.6, because the default is Python 3.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(NOTE, encoding="utf-8")
    build(tmp_path)
    return tmp_path


def build(home: Path) -> dict[str, str]:
    """Build, and give each card's id with its question."""
    collection = Collection(home)
    built = prepare(collection, collection.settings(), collection.note_texts())
    write(collection, built)
    return {card.id: card.ask for deck in built.merged.decks for card in deck.cards}


def edit(home: Path, old: str, new: str, file: str = "notes/a.md") -> None:
    path = home / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def everything(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((home / "decks").iterdir())}


def test_the_decks_that_are_shipped_are_what_the_build_writes(tmp_path: Path) -> None:
    """Over the shipped decks: the same bytes. From the notes alone: nothing but cards that are shipped; the others were
    taken from the suggestions, or written by hand."""
    shutil.copytree(shipped() / "notes", tmp_path / "notes")
    alone = build(tmp_path)
    shutil.rmtree(tmp_path / "decks")
    shutil.copytree(shipped() / "decks", tmp_path / "decks")
    over = build(tmp_path)
    assert everything(tmp_path) == everything(shipped())
    assert len(alone) > 30
    assert set(alone.values()) <= set(over.values())


def test_the_shipped_decks_are_the_seven_with_enough_cards_of_five_kinds() -> None:
    collection = Collection(shipped())
    built = prepare(collection, collection.settings(), collection.note_texts())
    names = {deck.name for deck in built.merged.decks}
    assert names == {
        "services",
        "workspace",
        "image",
        "datastore",
        "pipeline",
        "compute-target",
        "deployment",
        "case-study",
    }
    cards = [card for deck in built.merged.decks for card in deck.cards]
    assert len(cards) >= 80
    assert {"basic", "cloze", "choice", "multiple", "order"} <= {card.kind for card in cards}


def test_every_quote_is_found_in_its_note() -> None:
    collection = Collection(shipped())
    texts = collection.note_texts()
    built = prepare(collection, collection.settings(), texts)
    for deck in built.merged.decks:
        for card in deck.cards:
            assert card.source is not None
            first, last = card.source.lines
            lines = texts[card.source.note].splitlines()[first - 1 : last]
            words = " ".join(" ".join(line.strip(" >-*\t") for line in lines).replace("**", "").split())
            for piece in card.source.quote.replace("**", "").split(" > "):
                assert piece[:40] in words, card.id


def test_building_twice_gives_the_same_bytes(home: Path) -> None:
    before = everything(home)
    build(home)
    assert everything(home) == before


def test_a_reworded_sentence_and_a_renamed_heading_keep_every_id(home: Path) -> None:
    before = build(home)
    edit(
        home,
        "An abstraction over an Azure Storage account.",
        "An abstraction over one Azure Storage account.",
    )
    edit(home, "## What is a datastore", "## Datastores")
    edit(
        home, "## What is a workspace\n", "## More\n\nSomething quite different.\n\n## What is a workspace\n"
    )
    after = build(home)
    lost = before.keys() - after.keys()
    assert not {id_ for id_ in lost if id_.startswith(("workspace", "image"))}
    assert len(lost) <= 1


def test_a_moved_section_keeps_every_id_and_every_word(home: Path) -> None:
    before = build(home)
    text = (home / "notes" / "a.md").read_text(encoding="utf-8")
    head, workspace, datastore, image = text.split("## ")
    (home / "notes" / "a.md").write_text("## ".join([head, image, datastore, workspace]), encoding="utf-8")
    assert build(home) == before


def test_a_renamed_note_keeps_every_id(home: Path) -> None:
    before = build(home)
    (home / "notes" / "a.md").rename(home / "notes" / "b.md")
    assert build(home) == before


def test_a_hand_edit_survives_and_what_the_notes_now_say_is_told(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        home,
        "answer: An abstraction over an Azure Storage account.",
        "answer: A view on storage.",
        "decks/datastore.yaml",
    )
    build(home)
    assert "A view on storage." in (home / "decks" / "datastore.yaml").read_text(encoding="utf-8")
    edit(home, "over an Azure Storage account", "over an Azure Storage account or container")
    assert run(["--home", str(home), "--data", str(home / "data"), "build"]) == 0
    out = capsys.readouterr().out
    assert "conflict" in out
    assert "yours stays: A view on storage." in out
    assert "or container" in out
    assert "A view on storage." in (home / "decks" / "datastore.yaml").read_text(encoding="utf-8")


def remove_card(home: Path, deck: str, which: str) -> str:
    path = home / "decks" / f"{deck}.yaml"
    head, *cards = path.read_text(encoding="utf-8").split("  - id: ")
    gone = next(card for card in cards if which in card)
    path.write_text("  - id: ".join([head, *(card for card in cards if card is not gone)]), encoding="utf-8")
    return gone.split("\n")[0]


def test_a_deleted_card_stays_away_also_under_a_new_wording(home: Path) -> None:
    gone = remove_card(home, "datastore", "what is a datastore?")
    assert gone not in build(home)
    edit(
        home,
        "An abstraction over an Azure Storage account.",
        "An abstraction over one Azure Storage account.",
    )
    after = build(home)
    assert gone not in after
    assert not any(ask.lower().endswith("what is a datastore?") for ask in after.values())


def test_a_card_whose_fact_is_gone_is_retired_and_comes_back_with_its_id(home: Path) -> None:
    before = build(home)
    edit(home, "An abstraction over an Azure Storage account.", "")
    after = build(home)
    assert not any(id_.startswith("datastore") for id_ in after)
    edit(
        home,
        "## What is a datastore\n",
        "## What is a datastore\n\nAn abstraction over an Azure Storage account.\n",
    )
    assert before.items() <= build(home).items()


def test_where_a_number_changed_the_id_stays_and_the_card_goes_back_to_learning(home: Path) -> None:
    collection = Collection(home)
    waiting = [
        each.id
        for each in prepare(collection, collection.settings(), collection.note_texts()).merged.suggested
    ]
    decide(collection, collection.settings(), collection.note_texts(), dict.fromkeys(waiting, ACCEPTED))
    edit(home, "kernel to 3.6", "kernel to 3.8")
    built = prepare(collection, collection.settings(), collection.note_texts())
    assert built.merged.new == []
    assert built.merged.retired == []
    changed = {after.id: (answer_text(before), answer_text(after)) for before, after in built.merged.changed}
    assert built.merged.relearn
    for id_ in built.merged.relearn:
        assert "3.6" in changed[id_][0]
        assert "3.8" in changed[id_][1]


def test_a_person_s_own_card_is_never_touched_and_keeps_its_place(home: Path) -> None:
    mine = "  - id: mine-1\n    kind: basic\n    ask:  Mine?\n    answer: Mine.   # so\n"
    path = home / "decks" / "datastore.yaml"
    head, *cards = path.read_text(encoding="utf-8").split("  - id: ")
    path.write_text(
        "  - id: ".join([head, cards[0]]) + mine + "".join("  - id: " + c for c in cards[1:]),
        encoding="utf-8",
    )
    build(home)
    text = path.read_text(encoding="utf-8")
    assert mine in text
    assert text.index(cards[0]) < text.index(mine)


def test_rejecting_and_accepting_suggestions_is_remembered(home: Path) -> None:
    from dp100cards.decks.build import decide
    from dp100cards.first.generate.known import ACCEPTED, REJECTED

    shutil.copy(shipped() / "notes" / "02-workspace.md", home / "notes")
    build(home)
    collection = Collection(home)
    built = prepare(collection, collection.settings(), collection.note_texts())
    first, second, *_ = (each.id for each in built.merged.suggested)
    verdicts = {first: REJECTED, second: ACCEPTED}
    write(collection, decide(collection, collection.settings(), collection.note_texts(), verdicts))
    edit(
        home,
        "A workspace also saves your compute targets.",
        "A workspace also keeps your compute targets.",
        "notes/02-workspace.md",
    )
    after = build(home)
    assert second in after
    assert first not in after
    built = prepare(collection, collection.settings(), collection.note_texts())
    assert first not in {each.id for each in built.merged.suggested}


def test_a_dry_run_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything(home)
    edit(home, "An abstraction over an Azure Storage account.", "A view on an Azure Storage account.")
    assert run(["--home", str(home), "--data", str(home / "data"), "build", "--dry-run"]) == 0
    assert everything(home) == before
    assert "A view on an Azure Storage account" in capsys.readouterr().out


def test_a_broken_deck_stops_the_build_before_anything_is_lost(home: Path) -> None:
    before = everything(home)
    edit(home, "cards:", "cards: [", "decks/image.yaml")
    with pytest.raises(ContentError):
        build(home)
    after = everything(home)
    assert {n: t for n, t in after.items() if n != "image.yaml"} == {
        n: t for n, t in before.items() if n != "image.yaml"
    }


def test_a_deck_file_that_cannot_be_read_stops_the_build_with_a_sentence(home: Path) -> None:
    (home / "decks" / "folder.yaml").mkdir()
    with pytest.raises(ContentError, match=r"decks/folder\.yaml: the file cannot be read"):
        build(home)


def test_a_deck_file_that_was_lost_is_written_again(home: Path) -> None:
    before = everything(home)
    (home / "decks" / "image.yaml").unlink()
    build(home)
    assert everything(home) == before


def test_a_note_from_elsewhere_makes_a_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = tmp_path / "raw.md"
    note.write_text(NOTE, encoding="utf-8")
    home = tmp_path / "new"
    arguments = ["--home", str(home), "--data", str(tmp_path / "data"), "build", str(note)]
    assert run(arguments) == 0
    assert (home / "notes" / "raw.md").read_bytes() == note.read_bytes()
    assert {p.stem for p in (home / "decks").glob("[a-z]*.yaml")} >= {"workspace", "datastore", "image"}
    assert "new" in capsys.readouterr().out
    assert run(arguments) == 0
    note.write_text("# Another\n", encoding="utf-8")
    assert run(arguments) == 2
    assert "is there already, with another text" in capsys.readouterr().err


def test_the_memory_of_the_build_that_was_spoilt_is_told(home: Path) -> None:
    (home / "decks" / GENERATED).write_text("cards: [", encoding="utf-8")
    with pytest.raises(ContentError, match=r"decks/\.generated\.yaml:\d+:\d+: this is not what"):
        build(home)


def test_a_card_that_was_taken_to_another_deck_stays_there(home: Path) -> None:
    path, other = home / "decks" / "datastore.yaml", home / "decks" / "mine.yaml"
    head, first, *rest = path.read_text(encoding="utf-8").split("  - id: ")
    path.write_text("  - id: ".join([head, *rest]), encoding="utf-8")
    other.write_text("deck: mine\ntitle: Mine\ncards:\n  - id: " + first, encoding="utf-8")
    before = build(home)
    assert f"  - id: {first}" in other.read_text(encoding="utf-8")
    edit(home, "over an Azure Storage account", "over a Storage account of Azure")
    assert build(home).keys() == before.keys()
    assert f"  - id: {first.splitlines()[0]}\n" in other.read_text(encoding="utf-8")
    assert first.splitlines()[0] not in path.read_text(encoding="utf-8")
