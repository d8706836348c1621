"""Going through suggestions line by line, and what a changed answer does to what was learned."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dp100cards.decks.build import draw, read_known
from dp100cards.decks.collection import Collection, shipped
from dp100cards.first.generate.known import ACCEPTED, HERE, REJECTED, SUGGESTED
from dp100cards.first.generate.odds.chance import chance
from dp100cards.first.generate.world import World


def dp100(tmp_path: Path, *arguments: str, lines: str = "", now: str = "2027-01-01T09:00:00+00:00") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "dp100cards", "--home", f"{tmp_path}/home", "--data", f"{tmp_path}/data", *arguments],
        input=lines, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False, cwd=shipped(),
        env={**os.environ, "DP100_NOW": now, "COLUMNS": "80"},
    )  # fmt: skip
    assert "Traceback" not in done.stdout, done.stdout
    return f"{done.stdout}[{done.returncode}]"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A collection with a note that gives some suggestions."""
    (tmp_path / "home" / "notes").mkdir(parents=True)
    shutil.copy(shipped() / "notes" / "02-workspace.md", tmp_path / "home" / "notes")
    return tmp_path / "home"


def states(home: Path) -> dict[str, str]:
    return {known.id: known.state for known in read_known(Collection(home))}


def asked(text: str) -> list[str]:
    """The ids of the suggestions shown, in order."""
    return [found[1] for found in re.finditer(r"(?m)^\d+ left .* (\S+)$", text)]


def test_a_verdict_is_on_disk_at_once_and_the_end_of_the_input_leaves(tmp_path: Path, home: Path) -> None:
    told = dp100(tmp_path, "build", "--review", lines="r\ns\na\n")
    first, second, third, fourth = asked(told)[:4]
    now = states(home)
    assert [now[each] for each in (first, second, third, fourth)] == [REJECTED, SUGGESTED, HERE, SUGGESTED]
    assert "1 accepted, 1 rejected" in told
    assert first not in asked(dp100(tmp_path, "build", "--review"))


def test_the_likeliest_suggestions_come_first(tmp_path: Path, home: Path) -> None:
    shown = asked(dp100(tmp_path, "build", "--review", lines="s\n" * 200))
    collection = Collection(home)
    drawn = draw(collection, collection.note_texts())
    world = World(drawn.extraction.facts)
    likely = {draft.card.ask: chance(draft, world) for draft in drawn.drafts if draft.tier == "suggested"}
    known = {each.id: each.card.ask for each in read_known(collection)}
    told = [likely[known[id_]] for id_ in dict.fromkeys(shown)]
    assert len(told) > 5
    assert told == sorted(told, reverse=True)


def test_undo_outlives_the_program(tmp_path: Path, home: Path) -> None:
    told = dp100(tmp_path, "build", "--review", lines="r\na\n")
    before = {path.name: path.read_bytes() for path in (home / "decks").glob("*.yaml")}
    rejected, accepted = asked(told)[:2]
    told = dp100(tmp_path, "build", "--review", lines="u\nu\nu\n")
    now = states(home)
    assert (now[rejected], now[accepted]) == (SUGGESTED, SUGGESTED)
    assert "There is nothing to take back." in told
    assert asked(told)[1:3] == [accepted, rejected], "each comes first again"
    dp100(tmp_path, "build", "--review", lines="r\na\n")
    assert {path.name: path.read_bytes() for path in (home / "decks").glob("*.yaml")} == before


def test_the_last_of_all_verdicts_can_be_taken_back(tmp_path: Path, home: Path) -> None:
    total = len(asked(dp100(tmp_path, "build", "--review", lines="r\n" * 200)))
    assert SUGGESTED not in states(home).values()
    assert total > 3
    told = dp100(tmp_path, "build", "--review", lines="u\n")
    assert "No suggestion is left" in told
    assert list(states(home).values()).count(SUGGESTED) == 1


def test_a_verdict_that_was_overtaken_is_not_taken_back(tmp_path: Path, home: Path) -> None:
    """Accepted, built, and then deleted by hand from the deck: undo leaves that alone."""
    (accepted, *_) = asked(dp100(tmp_path, "build", "--review", lines="a\n"))
    deck = next(
        path for path in (home / "decks").glob("[!.]*.yaml") if accepted in path.read_text(encoding="utf-8")
    )
    text = deck.read_text(encoding="utf-8")
    deck.write_text(re.sub(rf"(?m)^  - id: {accepted}\n(?:    .*\n)+", "", text), encoding="utf-8")
    assert "There is nothing to take back." in dp100(tmp_path, "build", "--review", lines="u\n")
    assert states(home)[accepted] not in (SUGGESTED, HERE, ACCEPTED)


def test_without_notes_nothing_is_said_of_suggestions(tmp_path: Path, home: Path) -> None:
    dp100(tmp_path, "build")
    shutil.rmtree(home / "notes")
    assert "suggestion" not in dp100(tmp_path)


NUMBERS = """# Kernels

## What is a kernel

The process that runs the code of a notebook.

A kernel stops after 30 minutes without a job. A kernel stores its variables in memory.
"""


def test_a_changed_number_sends_a_learned_card_back_to_learning(tmp_path: Path) -> None:
    """Build, learn, edit the note, build: the id stays, the card says so, and it is asked again today."""
    notes = tmp_path / "home" / "notes"
    notes.mkdir(parents=True)
    (notes / "kernel.md").write_text(NUMBERS, encoding="utf-8")
    dp100(tmp_path, "build", "--review", lines="a\n" * 40)
    cards = json.loads(dp100(tmp_path, "cards", "30", "--json").rpartition("[")[0])
    id_ = next(card["id"] for card in cards if "30 minutes" in json.dumps(card))
    for day in ("01", "02", "06", "20"):
        dp100(tmp_path, "study", "--plain", lines="\n4\n" * 40, now=f"2027-01-{day}T09:00:00+00:00")
    shown = dp100(tmp_path, "cards", "show", id_, now="2027-02-01T09:00:00+00:00")
    assert "learning" not in shown.lower()
    (notes / "kernel.md").write_text(NUMBERS.replace("30 minutes", "45 minutes"), encoding="utf-8")
    told = dp100(tmp_path, "build", now="2027-02-01T09:00:00+00:00")
    assert f"relearn   {id_}" in told
    shown = dp100(tmp_path, "cards", "show", id_, now="2027-02-01T09:00:10+00:00")
    assert "45 minutes" in shown
    assert "said before: 30" in shown
    studied = dp100(tmp_path, "study", "--plain", lines="\n3\n" * 40, now="2027-02-01T09:01:00+00:00")
    assert "1 learning" in studied
    assert "45" in studied
    assert "said before: 30" in studied
    again = dp100(tmp_path, "build", now="2027-02-01T09:02:00+00:00")
    assert "relearn" not in again, "once is enough"
