"""From notes to decks and back again: rebuilding forgets nothing."""

import re
from pathlib import Path

import pytest

from dp100cards.cli.main import run
from dp100cards.config import GENERATED, shipped
from dp100cards.decks.build import prepare, write
from dp100cards.decks.collection import Collection
from dp100cards.errors import ContentError
from dp100cards.generate.merge import Verdicts
from dp100cards.generate.words import answer_text

NOTE = """# Azure Machine Learning

## Workspace

What is a workspace? :: The top-level resource of the service.

## Datastore

What is a datastore? :: An abstraction over an Azure Storage account.

## Image

### Which three components does an image have?

- A scoring script
- An environment file
- A configuration file

### Kernel

Q: To which version is the Python kernel set?
A: To 3.6 at least.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(NOTE, encoding="utf-8")
    build(tmp_path)
    return tmp_path


def build(home: Path, verdicts: Verdicts | None = None) -> dict[str, str]:
    """Build, and give each card's id with its question."""
    collection = Collection(home)
    built = prepare(collection, collection.note_texts(), verdicts)
    write(collection, built)
    return {card.id: card.ask for deck in built.merged.decks for card in deck.cards}


def edit(home: Path, old: str, new: str, file: str = "notes/a.md") -> None:
    path = home / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def everything(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((home / "decks").iterdir())}


MARKS = re.compile(r"\*\*|`|\\\\|==")


def test_every_quote_is_found_in_its_note() -> None:
    collection = Collection(shipped())
    texts = collection.note_texts()
    built = prepare(collection, texts)
    for deck in built.merged.decks:
        for card in deck.cards:
            assert card.source is not None
            first, last = card.source.lines
            lines = texts[card.source.note].splitlines()[first - 1 : last]
            words = " ".join(" ".join(line.strip(" >-*\t") for line in lines).split())
            words = MARKS.sub("", words)
            for piece in MARKS.sub("", card.source.quote).split(" > "):
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
    edit(home, "## Datastore", "## What are datastores?")
    edit(home, "## Workspace\n", "## More\n\nSomething quite different.\n\n## Workspace\n")
    after = build(home)
    assert before.keys() <= after.keys()


def test_a_moved_section_keeps_every_id_and_every_word(home: Path) -> None:
    before = build(home)
    text = (home / "notes" / "a.md").read_text(encoding="utf-8")
    head, workspace, datastore, image = text.split("\n## ")
    text = "\n## ".join([head, image, datastore, workspace])
    (home / "notes" / "a.md").write_text(text, encoding="utf-8")
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
    gone = remove_card(home, "datastore", "What is a datastore?")
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
    line = "What is a datastore? :: An abstraction over an Azure Storage account."
    edit(home, line, "")
    after = build(home)
    assert not any(id_.startswith("datastore") for id_ in after)
    edit(home, "## Datastore\n", f"## Datastore\n\n{line}\n")
    assert before.items() <= build(home).items()


def test_where_a_number_changed_the_id_stays_and_the_card_goes_back_to_learning(home: Path) -> None:
    collection = Collection(home)
    edit(home, "To 3.6 at least", "To 3.8 at least")
    built = prepare(collection, collection.note_texts())
    assert built.merged.new == []
    assert built.merged.retired == []
    changed = {after.id: (answer_text(before), answer_text(after)) for before, after in built.merged.changed}
    assert built.merged.relearn
    for id_ in built.merged.relearn:
        assert "3.6" in changed[id_][0]
        assert "3.8" in changed[id_][1]
    assert all("3.6" in after.shows for _, after in built.merged.changed), "the card says what it was before"


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


def only(found: dict[str, str], words: str) -> str:
    (id_,) = (id_ for id_, ask in found.items() if words in ask)
    return id_


def key_of(home: Path, id_: str) -> str:
    key = Collection(home).key_of(id_)
    assert key
    return key


def test_a_rejected_card_stays_away_under_another_wording_and_its_siblings_stay(home: Path) -> None:
    before = build(home)
    id_ = only(before, "What is a datastore?")
    rejected = {id_: key_of(home, id_)}
    after = build(home, Verdicts(rejected))
    assert after == {other: ask for other, ask in before.items() if other != id_}
    edit(
        home,
        "An abstraction over an Azure Storage account.",
        "An abstraction over one Azure Storage account.",
    )
    assert build(home, Verdicts(rejected)) == after
    assert build(home) == after, "also where the progress file was lost"


def test_a_rejection_by_its_key_alone_holds_where_the_id_is_another(home: Path) -> None:
    """As after a build in an empty folder, in which the same notes got other ids."""
    before = build(home)
    id_ = only(before, "What is a datastore?")
    assert id_ not in build(home, Verdicts({"elsewhere-abcdef": key_of(home, id_)}))


def test_a_rejection_that_is_taken_back_brings_the_card_back_with_every_edit(home: Path) -> None:
    before = build(home)
    id_ = only(before, "What is a datastore?")
    edit(home, "An abstraction over an Azure Storage account.", "A view on storage.", "decks/datastore.yaml")
    rejected = {id_: key_of(home, id_)}
    assert id_ not in build(home, Verdicts(rejected))
    build(home, Verdicts(rejected))
    assert build(home, Verdicts({}, rejected)) == before
    assert "A view on storage." in (home / "decks" / "datastore.yaml").read_text(encoding="utf-8")


def test_a_note_that_is_away_for_one_build_costs_nothing(home: Path) -> None:
    """Ids, deletions, rejections, edits and the deck that a card was taken to: all as before when it comes back."""
    gone = remove_card(home, "workspace", "What is a workspace?")
    moved = take_to_another_deck(home)
    edit(home, "To 3.6 at least", "To version 3.6", "decks/image.yaml")
    rejected = {only(build(home), "three components"): ""}
    build(home, Verdicts(rejected))
    before = everything(home)
    (home / "notes" / "a.md").rename(home / "a.md")
    (home / "notes" / "b.md").write_text("# B\n\nOther :: Note\n", encoding="utf-8")
    away = build(home)
    assert set(away.values()) >= {"Other", "To which version is the Python kernel set?"}, (
        "what was edited stays"
    )
    (home / "notes" / "b.md").unlink()
    (home / "a.md").rename(home / "notes" / "a.md")
    after = build(home)
    assert gone not in after
    assert moved in after
    decks = {name: text for name, text in everything(home).items() if name[0] != "." and name != "b.yaml"}
    assert decks == {name: text for name, text in before.items() if name[0] != "."}


def test_a_lost_manifest_stops_the_build_and_no_card_is_made_twice(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(home)
    (home / "decks" / GENERATED).unlink()
    there = ["--home", str(home), "--data", str(home / "data")]
    assert run([*there, "build"]) == 1
    assert "decks/.generated.yaml: it is missing" in (said := capsys.readouterr().err)
    assert "--adopt" in said
    assert everything(home) == {name: text for name, text in before.items() if name != GENERATED}
    assert run([*there, "check"]) == 1
    edit(home, "An abstraction over an Azure Storage account.", "A view on storage.", "decks/datastore.yaml")
    assert run([*there, "build", "--adopt"]) == 0
    assert "0 new" in capsys.readouterr().out
    edit(home, "A view on storage.", "An abstraction over an Azure Storage account.", "decks/datastore.yaml")
    build(home)
    assert everything(home) == before


def test_a_manifest_that_lost_some_cards_knows_them_again(home: Path) -> None:
    before = everything(home)
    path = home / "decks" / GENERATED
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"id": "datastore-' not in line), encoding="utf-8")
    build(home)
    assert everything(home) == before


def test_a_person_may_change_the_kind_of_a_card(home: Path) -> None:
    id_ = only(build(home), "What is a datastore?")
    edit(
        home,
        "kind: basic\n    ask: What is a datastore?\n    answer: An abstraction over an Azure Storage account.\n",
        "kind: choice\n    ask: What is a datastore?\n    options:\n"
        "      - {text: An abstraction over storage, right: true}\n      - {text: A cluster}\n",
        "decks/datastore.yaml",
    )
    assert only(build(home), "What is a datastore?") == id_
    text = (home / "decks" / "datastore.yaml").read_text(encoding="utf-8")
    assert "{text: A cluster}" in text
    edit(home, "an Azure Storage account", "an Azure Storage account or container")
    build(home)
    assert (home / "decks" / "datastore.yaml").read_text(encoding="utf-8") == text, "but for its quote"


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
    with pytest.raises(ContentError, match=r"decks/folder\.yaml: the deck cannot be read"):
        build(home)


def test_a_deck_file_that_was_lost_is_written_again(home: Path) -> None:
    before = everything(home)
    (home / "decks" / "image.yaml").unlink()
    build(home)
    assert everything(home) == before


@pytest.mark.parametrize("spoilt", ["cards: [", pytest.param("# deep\n" + '{"a":' * 100_000, id="deep")])
def test_the_memory_of_the_build_that_was_spoilt_is_told(home: Path, spoilt: str) -> None:
    (home / "decks" / GENERATED).write_text(spoilt, encoding="utf-8")
    with pytest.raises(ContentError, match=r"decks/\.generated\.yaml:\d+:\d+: this is not what"):
        build(home)


def take_to_another_deck(home: Path) -> str:
    """Take the first card of a deck to another one; its id."""
    path, other = home / "decks" / "datastore.yaml", home / "decks" / "mine.yaml"
    head, first, *rest = path.read_text(encoding="utf-8").split("  - id: ")
    path.write_text("  - id: ".join([head, *rest]) + ("  []\n" if not rest else ""), encoding="utf-8")
    other.write_text("deck: mine\ntitle: Mine\ncards:\n  - id: " + first, encoding="utf-8")
    return first.splitlines()[0]


def test_a_card_that_was_taken_to_another_deck_stays_there(home: Path) -> None:
    id_ = take_to_another_deck(home)
    before = build(home)
    other, path = home / "decks" / "mine.yaml", home / "decks" / "datastore.yaml"
    assert f"  - id: {id_}\n" in other.read_text(encoding="utf-8")
    edit(home, "over an Azure Storage account", "over a Storage account of Azure")
    assert build(home).keys() == before.keys()
    assert f"  - id: {id_}\n" in other.read_text(encoding="utf-8")
    assert not path.exists() or id_ not in path.read_text(encoding="utf-8")


def test_a_mistake_in_one_note_costs_its_card_and_nothing_else(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = build(home)
    (home / "notes" / "b.md").write_text("---\narea: [\n---\n\nOther :: Note\n", encoding="utf-8")
    there = ["--home", str(home), "--data", str(home / "data")]
    assert run([*there, "build"]) == 0
    assert "notes/b.md:" in capsys.readouterr().err
    assert run([*there, "check"]) == 1
    assert before.items() <= build(home).items()
