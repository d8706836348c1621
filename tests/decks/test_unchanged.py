"""Reading what the build wrote without YAML gives what reading it as YAML gives, however it was edited."""

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.cards import Card
from dp100cards.decks.build import read_known
from dp100cards.decks.collection import Collection, shipped
from dp100cards.decks.read import read_deck
from dp100cards.decks.unchanged import read_unchanged


@cache
def written() -> tuple[dict[str, str], dict[str, Card]]:
    """The shipped decks, and the cards as they were generated."""
    collection = Collection(shipped())
    texts = {path.stem: path.read_text(encoding="utf-8") for path in collection.deck_files()}
    return texts, {known.id: known.card for known in read_known(collection)}


@pytest.mark.parametrize("name", ["workspace", "services", "image", "deployment"])
def test_a_deck_as_it_was_written_is_read_the_same(name: str) -> None:
    texts, known = written()
    assert read_unchanged(texts[name], "d.yaml", name, known) == read_deck(texts[name], "d.yaml", name)


LINES = (
    "# a remark",
    "  # a remark on a card",
    "",
    "title: Another",
    "    explain: Mine.",
    "    area: train",
    "  - {id: mine-1, kind: basic, ask: What?, answer: That.}",
    "  - id: workspace-own\n    kind: basic\n    ask: Why is it so?\n    answer: As it is.",
    "  - broken: [",
    "    ask: *alias",
    "\tx",
    "---",
    "...",
    "cards:",
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["workspace", "image", "pipeline"]), st.integers(0, 10**9), st.integers(1, 4))
def test_after_any_edits_it_is_read_the_same_or_left_to_yaml(name: str, seed: int, number: int) -> None:
    """Lines put in, taken out, doubled or moved, words changed: never another reading, never a mistake missed."""
    texts, known = written()
    rng = random.Random(seed)
    lines = texts[name].splitlines()
    for _ in range(number):
        at = rng.randrange(len(lines))
        match rng.randrange(5):
            case 0:
                lines.insert(at, rng.choice(LINES))
            case 1:
                del lines[at]
            case 2:
                lines.insert(at, lines[at])
            case 3:
                lines.insert(at, lines.pop(rng.randrange(len(lines))))
            case _:
                words = lines[at].split(" ")
                words[rng.randrange(len(words))] = rng.choice(["", "other", "a: b", "{x}", "#", "&a", "3.8"])
                lines[at] = " ".join(words)
    text = "\n".join(lines) + rng.choice(["\n", "", "\n\n"])
    quick = read_unchanged(text, "d.yaml", name, known)
    whole = read_deck(text, "d.yaml", name)
    if quick is not None:
        assert not whole.problems
        assert quick == whole


def test_an_edited_card_is_read_as_it_was_edited(tmp_path: Path) -> None:
    texts, known = written()
    card = next(card for card in known.values() if card.kind == "basic" and card.deck == "workspace")
    text = texts["workspace"].replace(card.ask, "Is this mine now?")
    quick = read_unchanged(text, "d.yaml", "workspace", known)
    assert quick is not None
    assert "Is this mine now?" in [each.ask for each in quick.deck.cards]
    assert quick == read_deck(text, "d.yaml", "workspace")
