"""An upgrade brings the program's new cards into the learner's copy, and takes nothing away that is the learner's."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from dp100cards import config
from dp100cards.cli.context import AppContext
from dp100cards.cli.main import run
from dp100cards.decks import shipped
from dp100cards.decks.build import prepare
from dp100cards.decks.collection import Collection
from dp100cards.decks.read import read_deck
from tests.safety.hostile import dp100, tree

FIRST = """# Bread

Q: What is rye?
A: A grain of cold lands.

Q: What is spelt?
A: A wheat.

Q: How many grams of salt does a loaf need?
A: 10

Q: What is oat?
A: A grass.

Q: What is malt?
A: Sprouted barley.
"""
SECOND = """# Bread

Q: What is a levain?
A: A culture of yeasts.

Q: What is rye?
A: A grain of cold lands that makes dark bread.

Q: What is spelt?
A: An old wheat.

Q: How many grams of salt does a loaf need?
A: 12

Q: What is malt?
A: Sprouted barley.
"""


class Program:
    """A program with a collection of its own, as it is released again and again, and a learner who has it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.source, self.data, self.cwd = folder / "shipped", folder / "data", folder / "elsewhere"
        self.cwd.mkdir()
        (self.source / "notes").mkdir(parents=True)
        (self.source / "dp100.toml").write_text('name = "Bread"\n', encoding="utf-8")
        monkeypatch.setattr(config, "shipped", lambda: self.source)
        monkeypatch.chdir(self.cwd)
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))

    def release(self, **notes: str) -> None:
        """Another edition."""
        for name, text in notes.items():
            path = self.source / "notes" / f"{name}.md"
            path.write_text(text, encoding="utf-8") if text else path.unlink()
        assert run(["--home", str(self.source), "--data", str(self.data.parent / "author"), "build"]) == 0

    @property
    def home(self) -> Path:
        return self.data / shipped.NAME

    def start(self, *arguments: str) -> str:
        """The learner starts the program; gives what it says."""
        done = dp100(["--data", str(self.data), *(arguments or ("cards",))])
        assert done.status == 0, done
        return done.err

    def cards(self) -> dict[str, str]:
        """Each question in the learner's decks, and its answer."""
        found = {}
        for path in Collection(self.home).deck_files():
            reading = read_deck(path.read_text(encoding="utf-8"), path.name, path.stem)
            assert not reading.problems
            for card in reading.deck.cards:
                assert card.ask not in found
                found[card.ask] = getattr(card, "answer", "")
        return found

    def ids(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for path in Collection(self.home).deck_files():
            found |= {
                c.ask: c.id
                for c in read_deck(path.read_text(encoding="utf-8"), path.name, path.stem).deck.cards
            }
        return found

    def edit(self, before: str, after: str) -> None:
        """The learner edits a deck by hand."""
        (path,) = [p for p in Collection(self.home).deck_files() if before in p.read_text(encoding="utf-8")]
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    def delete(self, ask: str) -> None:
        """The learner takes a card out of a deck."""
        (path,) = [p for p in Collection(self.home).deck_files() if ask in p.read_text(encoding="utf-8")]
        head, *cards = path.read_text(encoding="utf-8").split("\n  - id:")
        path.write_text(
            "\n  - id:".join([head, *(c for c in cards if ask not in c)]).rstrip("\n") + "\n",
            encoding="utf-8",
        )

    def builds_to_itself(self) -> None:
        """A build of the learner's copy would change nothing."""
        collection = Collection(self.home)
        assert not prepare(collection, collection.note_texts()).files


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    program = Program(tmp_path, monkeypatch)
    program.release(bread=FIRST)
    program.start()
    return program


def test_new_cards_come_changed_ones_change_and_ids_stay(program: Program) -> None:
    before = program.ids()
    program.release(bread=SECOND)
    said = program.start()
    assert (
        f"Your copy of the collection in {program.home} was brought up to date: 1 new, 3 changed, 1 retired"
        in said
    )
    assert program.cards() == {
        "What is a levain?": "A culture of yeasts.", "What is rye?": "A grain of cold lands that makes dark bread.",
        "What is spelt?": "An old wheat.", "How many grams of salt does a loaf need?": "12", "What is malt?": "Sprouted barley.",
    }  # fmt: skip
    assert before.items() >= {(ask, id_) for ask, id_ in program.ids().items() if ask in before}
    assert tree(program.home / "decks") == tree(program.source / "decks")
    assert "brought up" not in program.start()
    program.builds_to_itself()


def test_after_an_upgrade_nothing_waits_for_a_build(program: Program) -> None:
    program.start()
    manifest = Collection(program.home).generated
    os.utime(manifest, (1, 1))  # as if it had been built long ago
    program.release(bread=FIRST.replace("# Bread", "# All of bread"))
    program.start()
    notes = [path.stat().st_mtime for path in (program.home / "notes").iterdir()]
    assert manifest.stat().st_mtime >= max(notes)


def test_what_is_the_learner_s_stays(program: Program) -> None:
    program.edit("answer: A wheat.", "answer: My wheat.")
    program.edit("answer: A grass.", "answer: My grass.")
    program.delete("What is malt?")
    own = program.home / "decks" / "own.yaml"
    own.write_text(
        "deck: own\ntitle: Own\ncards:\n  - {id: own-1, kind: basic, ask: Mine?, answer: Yes.}\n",
        encoding="utf-8",
    )
    (program.home / "notes" / "mine.md").write_text("Q: What is mine?\nA: This.\n", encoding="utf-8")
    program.start("build")  # in the copy, since the learner is elsewhere
    program.release(bread=SECOND)
    said = program.start()
    assert "Your own edits stay where the new edition says something else" in said
    cards = program.cards()
    assert cards["What is spelt?"] == "My wheat."
    assert cards["What is oat?"] == "My grass.", "its fact is gone, and it was edited: it is the learner's"
    assert "What is malt?" not in cards
    assert (cards["Mine?"], cards["What is mine?"]) == ("Yes.", "This.")
    assert cards["What is a levain?"] == "A culture of yeasts."
    program.builds_to_itself()
    program.release(bread=SECOND.replace("dark bread", "heavy bread"))
    program.start()
    assert "What is malt?" not in program.cards()
    assert program.cards()["What is rye?"].endswith("heavy bread.")
    program.builds_to_itself()


def test_a_note_that_both_changed_is_the_learner_s_and_is_named(program: Program) -> None:
    note = program.home / "notes" / "bread.md"
    note.write_text(FIRST.replace("A wheat.", "My wheat."), encoding="utf-8")
    program.start("build")
    program.release(bread=SECOND, cake="Q: What is a cake?\nA: Sweet bread.\n")
    said = program.start()
    assert "Your own version stays, and the new edition's is left out: notes/bread.md." in said
    assert program.cards() == {
        "What is rye?": "A grain of cold lands.", "What is spelt?": "My wheat.", "How many grams of salt does a loaf need?": "10",
        "What is oat?": "A grass.", "What is malt?": "Sprouted barley.", "What is a cake?": "Sweet bread.",
    }  # fmt: skip
    program.builds_to_itself()


def test_settings_are_the_learner_s_once_they_changed_them(program: Program) -> None:
    (program.source / "dp100.toml").write_text('name = "Breads"\n', encoding="utf-8")
    program.start()
    assert AppContext(None, str(program.data)).settings.name == "Breads"
    (program.home / "dp100.toml").write_text('name = "Mine"\n', encoding="utf-8")
    (program.source / "dp100.toml").write_text('name = "Loaves"\n', encoding="utf-8")
    assert "dp100.toml" in program.start()
    assert AppContext(None, str(program.data)).settings.name == "Mine"


def test_a_changed_answer_goes_back_to_learning_and_other_progress_stays(program: Program) -> None:
    for _ in range(3):
        dp100(["--data", str(program.data), "study", "--plain"], typed="\n4\n" * 12)
    before = {s["id"]: s for s in dp100_json(program)}
    program.release(bread=SECOND)
    program.start()
    ids = program.ids()
    after = {s["id"]: s for s in dp100_json(program)}
    salt, malt = ids["How many grams of salt does a loaf need?"], ids["What is malt?"]
    assert phase(before[salt]) == "review"
    assert phase(after[salt]) == "relearning"
    assert phase(after[malt]) == phase(before[malt]) == "review"
    assert before[malt]["state"] == after[malt]["state"]


def phase(card: dict[str, Any]) -> str:
    return str(card["state"]["phase"])


def dp100_json(program: Program) -> list[dict[str, Any]]:
    found = json.loads(dp100(["--data", str(program.data), "cards", "--json"]).out)["cards"]
    assert isinstance(found, list)
    return found


def test_decks_with_mistakes_wait_for_their_mending(program: Program) -> None:
    deck = program.home / "decks" / "bread.yaml"
    sound = deck.read_text(encoding="utf-8")
    deck.write_text(sound + "  - broken\n", encoding="utf-8")
    program.release(bread=SECOND)
    program.start()
    assert deck.read_text(encoding="utf-8") == sound + "  - broken\n"
    deck.write_text(sound, encoding="utf-8")
    assert "brought up to date" in program.start()


@pytest.mark.parametrize("seed", range(6))
def test_an_upgrade_that_is_killed_anywhere_comes_to_the_same_end(
    seed: int, program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program.edit("answer: A wheat.", "answer: My wheat.")
    program.delete("What is malt?")
    program.release(
        bread="deck: grain\n".join(["---\n", "---\n"]) + SECOND, cake="Q: What is a cake?\nA: Sweet bread.\n"
    )
    shutil.copytree(program.home, tmp_path / "before")
    program.start()
    end = tree(program.home)

    class Killed(BaseException):
        pass

    dice, tries = random.Random(seed), 0
    while True:
        shutil.rmtree(program.home)
        shutil.copytree(tmp_path / "before", program.home)
        left = dice.randrange(1, 30) if tries else 10_000
        steps = 0

        def step(real: Callable[..., object]) -> Callable[..., object]:
            def stepped(*a: object, **k: object) -> object:
                nonlocal left, steps
                left, steps = left - 1, steps + 1
                if left == 0:
                    raise Killed
                return real(*a, **k)

            return stepped

        with monkeypatch.context() as patched:
            for name in ("replace", "unlink", "fsync"):
                patched.setattr(os, name, step(getattr(os, name)))
            with suppress(Killed):
                dp100(["--data", str(program.data), "cards"])
        program.start()
        found = tree(program.home)
        for name in end:
            if not name.startswith("."):
                assert found[name] == end[name], (name, steps)
        tries += 1
        if tries == 4:
            break
