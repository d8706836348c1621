"""Every place that must know each kind of card: a new kind fails here where it was forgotten."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dp100cards.cards import KINDS, Card, Code, key, mark
from dp100cards.decks.read import read_deck
from dp100cards.draft.prompt import note_text
from dp100cards.exam import blueprint
from dp100cards.exchange.anki_out import fields
from dp100cards.exchange.documents import to_csv, to_markdown
from dp100cards.generate.words import answer_text
from dp100cards.notes.blocks import read_note
from dp100cards.notes.questions import explicit_questions
from dp100cards.readiness import GUESSES
from dp100cards.session.answering import begin
from dp100cards.ui.card import answered
from dp100cards.ui.view import Size
from tests.ui.every_kind import DECK

ROOT = Path(__file__).parent.parent
FOUND = read_deck(DECK, "kinds.yaml", "kinds")


def test_the_deck_of_the_tests_has_a_card_of_each_kind() -> None:
    assert {card.kind for card in FOUND.deck.cards} == set(KINDS)


@pytest.mark.parametrize("card", FOUND.deck.cards, ids=lambda card: card.kind)
def test_each_kind_is_marked_shown_and_written(card: Card) -> None:
    assert card.kind == "basic" or mark(card, key(card)).right
    assert answer_text(card)
    assert any(line.plain.strip() for line in answered(begin(card), None, Size(80, 40)).body)
    assert isinstance(card, Code) or len(note_text(card).splitlines()) > 2
    question, _, answer, *_ = fields(card)
    assert question and (answer or card.kind == "cloze")
    row = next(csv.DictReader(io.StringIO(to_csv([card]))))
    assert row["answer"]


def test_each_kind_has_its_place_in_schemas_figures_and_help() -> None:
    marked = [kind for kind in KINDS if kind != "basic"]
    schema = (Path(blueprint.__file__).with_name("schema.json")).read_text(encoding="utf-8")
    assert schema.count(json.dumps(marked)) == schema.count('"kinds": {')
    assert set(GUESSES) == set(marked) - {"cloze"}
    assert "[" + "\\|".join(KINDS) + "]" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_each_kind_is_written_as_a_note_and_read_again() -> None:
    found = explicit_questions(read_note("kinds.md", to_markdown(FOUND.deck)))
    assert {question.card.kind for question in found.questions} == set(KINDS)
