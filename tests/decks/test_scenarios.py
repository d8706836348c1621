"""Scenarios in decks: read, checked at their place, written, merged and exported without loss."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import Basic, Choice, Deck, Option, Scenario
from dp100cards.config import shipped
from dp100cards.decks.build import prepare, write
from dp100cards.decks.collection import Collection, from_data, to_data
from dp100cards.decks.index import Index
from dp100cards.decks.read import SCHEMA_TEXT, read_deck
from dp100cards.decks.write import deck_text
from dp100cards.exchange.documents import paper, to_markdown

DECK = """deck: d
title: D
scenarios:
  firm: |-
    **A firm** wants much.

    - And soon.
  idle: Nobody asks about this one.
cards:
  - {id: d-000001, kind: basic, scenario: firm, ask: "What does it want?", answer: Much.}
  - {id: d-000002, kind: basic, ask: "And else?", answer: Nothing.}
  - {id: d-000003, kind: basic, scenario: firm, ask: "When?", answer: Soon.}
"""
FIRM = Scenario("firm", "**A firm** wants much.\n\n- And soon.")


def deck() -> Deck:
    reading = read_deck(DECK, "decks/d.yaml", "d")
    assert reading.problems == []
    return reading.deck


def test_a_card_brings_its_scenario_along() -> None:
    one, other, third = deck().cards
    assert one.scenario == third.scenario == FIRM
    assert other.scenario is None
    assert [each.id for each in deck().scenarios] == ["firm", "idle"]
    assert from_data(json.loads(json.dumps(to_data(one))), deck="d") == one


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("scenario: firm, ask: \"What", "scenario: farm, ask: \"What",
         "d.yaml:10:43: card d-000001: this deck has no scenario 'farm': firm, idle"),
        ("  idle: Nobody asks about this one.", "  idle: ''", "d.yaml:8:9: the scenario is empty"),
        ("  idle:", "  Not this:", "d.yaml:8:3: the scenario's id may hold only a–z, 0–9 and single hyphens, not 'Not this'"),
        ("  idle:", "  firm:", "d.yaml:8:3: firm is here twice"),
        ("scenario: firm, ask: \"What", "scenario: [firm], ask: \"What", "d.yaml:10:43: card d-000001: scenario must be text"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_scenario_is_told_at_its_place(old: str, new: str, problem: str) -> None:
    assert old in DECK
    told = [str(each) for each in read_deck(DECK.replace(old, new, 1), "d.yaml", "d").problems]
    assert any(each.startswith(problem) for each in told), told


def test_a_deck_without_scenarios_says_so() -> None:
    text = "deck: d\ntitle: D\ncards:\n  - {id: d-1, kind: basic, scenario: x, ask: a, answer: b}\n"
    (problem,) = read_deck(text, "d.yaml", "d").problems
    assert "it has none; write scenarios: at its head" in problem.message


def test_what_did_not_change_is_kept_to_the_letter_and_a_changed_card_keeps_its_scenario() -> None:
    reading = read_deck(DECK, "d.yaml", "d")
    assert deck_text(reading.deck, reading) == DECK
    first = reading.deck.cards[0]
    assert isinstance(first, Basic)
    changed = Basic(id=first.id, deck="d", ask="What?", answer="Much.", scenario=first.scenario)
    after = deck_text(Deck("d", "D", "", (changed, *reading.deck.cards[1:]), reading.deck.scenarios), reading)
    assert after.startswith(DECK[: DECK.index("  - {id")])
    assert read_deck(after, "d.yaml", "d").deck.cards[0] == changed


def test_scenarios_below_the_cards_are_not_lost_when_the_last_card_changes() -> None:
    head, rest = DECK.split("scenarios:\n")
    said, cards = rest.split("cards:\n")
    turned = f"{head}cards:\n{cards}scenarios:\n{said}"
    reading = read_deck(turned, "d.yaml", "d")
    assert reading.deck == deck()
    last = reading.deck.cards[-1]
    moved = Basic(id=last.id, deck="d", ask="And when?", answer="Soon.", scenario=FIRM)
    after = deck_text(Deck("d", "D", "", (*reading.deck.cards[:-1], moved), reading.deck.scenarios), reading)
    assert read_deck(after, "d.yaml", "d").deck == Deck(
        "d", "D", "", (*deck().cards[:-1], moved), deck().scenarios
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip()))
def test_any_text_comes_back_from_yaml_and_json(text: str) -> None:
    scenario = Scenario("firm", text.strip("\n"))
    if not scenario.text.strip():
        return
    card = Choice(
        id="d-1", deck="d", ask="?", options=(Option("a", right=True), Option("b")), scenario=scenario
    )
    made = Deck("d", "D", "", (card,), (scenario,))
    reading = read_deck(deck_text(made), "d.yaml", "d")
    assert reading.deck == made


def test_a_document_shows_a_scenario_before_its_questions() -> None:
    markdown = to_markdown(deck())
    assert (
        markdown.index("## Case study: firm")
        < markdown.index("wants much")
        < markdown.index("What does it want?")
    )
    page = paper([deck()], "Cards")
    assert page.index("A firm") < page.index("What does it want?")


def test_the_schema_knows_scenarios() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA_TEXT))
    assert list(validator.iter_errors(yaml.safe_load(DECK))) == []
    assert list(validator.iter_errors(yaml.safe_load(DECK.replace("  idle:", "  Not this:"))))
    text = (shipped() / "decks" / "case-study.yaml").read_text(encoding="utf-8")
    assert list(validator.iter_errors(yaml.safe_load(text))) == []


def test_the_index_and_a_build_keep_scenarios(tmp_path: Path) -> None:
    shutil.copytree(shipped() / "notes", tmp_path / "notes")
    shutil.copytree(shipped() / "decks", tmp_path / "decks")
    path = tmp_path / "decks" / "workspace.yaml"
    text = path.read_text(encoding="utf-8")
    first = text.index("    kind: basic\n")
    text = f"{text[:first]}    kind: basic\n    scenario: firm\n{text[first + len('    kind: basic') + 1 :]}"
    path.write_text(text.replace("cards:\n", "scenarios:\n  firm: A firm.\ncards:\n", 1), encoding="utf-8")
    collection = Collection(tmp_path)
    built = prepare(collection, collection.note_texts())
    write(collection, built)
    index = Index.open(collection, tmp_path / "index")
    about = [card for card in index.cards() if card.scenario]
    assert {card.deck for card in about} == {"workspace", "case-study"}
    assert sum(card.scenario == Scenario("firm", "A firm.") for card in about) == 1
    assert [deck.name for deck in index.decks()][-1] == "case-study", (
        "case studies come after what they ask about"
    )
    index.close()
    assert "case-study.yaml" not in {each.name for each in built.files}


def test_the_shipped_case_studies_are_six_of_four_to_six_questions_with_their_words_in_the_notes() -> None:
    collection = Collection(shipped())
    reading = read_deck(
        collection.deck_file("case-study").read_text(encoding="utf-8"), "case-study.yaml", "case-study"
    )
    assert reading.problems == []
    notes = collection.note_texts()
    by_scenario: dict[str, int] = {}
    for card in reading.deck.cards:
        assert card.scenario is not None
        by_scenario[card.scenario.id] = by_scenario.get(card.scenario.id, 0) + 1
        assert card.source is not None
        first, last = card.source.lines
        said = " ".join(notes[card.source.note].splitlines()[first - 1 : last]).replace("`", "")
        assert card.source.quote in said
    assert len(by_scenario) == 6
    assert set(by_scenario.values()) <= {4, 5, 6}
