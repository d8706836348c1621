"""`dp100 draft`: out with a prompt, home with a reply, and into the deck."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from dp100cards.cli.main import cli, run
from dp100cards.decks.collection import Collection
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import Event, Moment
from dp100cards.store.store import Store

HERE = Path(__file__).parents[1] / "draft"
AT = Moment(1_795_420_800_000, 60)
REPLY = (HERE / "reply.md").read_text(encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    notes = tmp_path / "home" / "notes"
    (notes / "day one").mkdir(parents=True)
    (notes / "day one" / "coffee.md").write_bytes((HERE / "coffee.md").read_bytes())
    (tmp_path / "reply.md").write_text(REPLY, encoding="utf-8")
    return tmp_path / "home"


def dp100(home: Path, *arguments: str, fails: bool = False, typed: str = "") -> Result:
    where = ["--home", str(home), "--data", str(home.parent / "data")]
    result = CliRunner().invoke(cli, [*where, *arguments], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit) or fails, result.exception
    return result


def cards(home: Path) -> list[dict[str, object]]:
    found = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (home / "decks").glob("*.yaml")]
    return [card for deck in found for card in deck["cards"]]


def test_out_and_home(home: Path) -> None:
    note = str(home / "notes" / "day one" / "coffee.md")
    prompt = dp100(home, "draft", note).stdout
    assert "What makes a good card" in prompt and "London had" in prompt
    assert not (home / "decks").exists() and not (home.parent / "data").exists()

    out = dp100(home, "draft", "--take", str(home.parent / "reply.md")).stdout
    assert (
        "refused" in out and "taken    notes/day one/coffee.md:7: Which city did coffee reach in 1570?" in out
    )
    drafted = (home / "notes" / "drafts" / "day one" / "coffee.md").read_text(encoding="utf-8")
    assert 'Source: notes/day one/coffee.md:37 "The foam on it is called crema."' in drafted
    (crema,) = [card for card in cards(home) if card.get("ask") == "What is the foam on espresso called?"]
    assert crema["source"] == {
        "note": "day one/coffee.md",
        "lines": 37,
        "quote": "The foam on it is called crema.",
    }

    count = len(cards(home))
    again = dp100(home, "draft", "--take", "-", fails=True, typed=REPLY)
    assert "0 cards taken, 20 refused" in again.stdout and len(cards(home)) == count
    assert (home / "notes" / "drafts" / "day one" / "coffee.md").read_text(encoding="utf-8") == drafted
    dp100(home, "build")
    assert len(cards(home)) == count
    assert "every statement has a card" in str(
        dp100(home, "draft", "day one/coffee.md", fails=True).exception
    )


def test_a_question_taken_out_of_the_drafts_leaves_the_deck(home: Path) -> None:
    dp100(home, "draft", "--take", str(home.parent / "reply.md"))
    path = home / "notes" / "drafts" / "day one" / "coffee.md"
    parts = path.read_text(encoding="utf-8").split("### ")
    path.write_text("### ".join(part for part in parts if "crema" not in part.lower()), encoding="utf-8")
    assert "1 retired" in dp100(home, "build").stdout
    assert not any("foam" in str(card.get("ask")) for card in cards(home))


def test_a_card_that_was_rejected_is_an_example_and_does_not_come_back(home: Path) -> None:
    dp100(home, "draft", "--take", str(home.parent / "reply.md"))
    ids = {str(card.get("ask")): str(card["id"]) for card in cards(home)}
    bad, good = ids["What is the foam on espresso called?"], ids["Which city did coffee reach in 1570?"]
    (home.parent / "data").mkdir(exist_ok=True)
    with Store.open(home.parent / "data", AT, Engine()) as store:
        store.record(Event(bad, "reject", AT, key=Collection(home).key_of(bad)))
        store.record(Event(card=good, kind="review", moment=AT, rating=3))
    prompt = dp100(home, "draft", "--all", "day one/coffee.md").stdout
    kept, _, rejected = prompt.partition("rejected: avoid such cards")
    assert "Which city did coffee reach in 1570?" in kept and "the foam on espresso" in rejected
    dp100(home, "build")
    again = dp100(home, "draft", "--take", "-", typed=REPLY, fails=True).stdout
    assert "like a card that you rejected" in again


@pytest.mark.parametrize(
    ("arguments", "typed", "says"),
    [
        (["draft"], "", "name a note"),
        (["draft", "none.md"], "", "there is no note none.md to draft from"),
        (["draft", "--piece", "9", "day one/coffee.md"], "", "there is no piece 9"),
        (["draft", "--take", "-"], "I am sorry, I cannot do that.", "nothing was changed"),
        (["draft", "--take", "-"], "\x00\x1b]0;x\x07\n" * 99, "nothing was changed"),
        (["draft", "--take", "none.md"], "", "none.md"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    typed: str,
    says: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    before = sorted(home.rglob("*"))
    assert run(["--home", str(home), "--data", str(home.parent / "data"), *arguments]) != 0
    said = capsys.readouterr().err.strip()
    assert says in said and "\n" not in said and "\x1b" not in said
    assert sorted(home.rglob("*")) == before
