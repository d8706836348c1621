"""Notes in several styles, none of which was written for a rule: what a stranger's notes may look like."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from dp100cards.cards import Basic, Choice, Multiple
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.flaws import flaws
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import Extraction, extract
from dp100cards.first.notes.facts import Own
from tests.first.generate.offered import offered

NOTES = Path(__file__).parents[2] / "fixtures" / "notes"
NAMES = sorted(path.name for path in NOTES.glob("*.md"))

ASKED = {
    "bold-terms-beekeeping.md": {"Beekeeping: what is the queen?", "A colony has which three castes?"},
    "tables-coffee.md": {"Which of these has “Makes crema”?", "What is the pressure of Espresso?"},
    "lab-walkthrough-darkroom.md": {
        "Developing film: what is a developer?",
        "Put the steps of baths in order.",
    },
    "terse-outline-geology.md": {
        "Mohs scale: what does it measure?",
        "Put the steps of the rock cycle in order.",
    },
    "prose-lighthouses.md": {"Lighthouses: what happens if the fog is too thick?"},
    "exam-notes-cloud.md": {"What is Berth Storage?", "What is the limitation of Anchor Functions?"},
    "pictures-houseplants.md": {
        "Why is it better to turn a plant by a quarter every week?",
        "Houseplants: what is a root ball?",
        "Saucer: what is it?",
    },
    "headings-immune-system.md": {
        "Immune system: what is an antibody?",
        "Vaccination: what does a vaccine train?",
    },
}
"""Questions that a careful teacher would ask of each."""

NEVER = (
    "this lab", "cassette", "lamp off", "exam", "question twice", "700", "Duration", "PC1", "I think", "next chapter",
    "might see", "Good to know", "🚢", "State the", "🪴", "✅", "fern", "What is Limitation", "what is Benefits", "does reads",
)  # fmt: skip
"""Hints, lab steps, examples, opinions and labels, of which no card is made."""


@cache
def read(name: str) -> tuple[Extraction, list[Draft]]:
    found = extract({name: (NOTES / name).read_text(encoding="utf-8")})
    return found, generate(found.facts)


def words_of(draft: Draft) -> str:
    card = draft.card
    options = card.options if isinstance(card, Choice | Multiple) else ()
    return " ".join([card.ask, card.answer if isinstance(card, Basic) else "", *(o.text for o in options)])


def test_there_are_notes_in_at_least_five_styles() -> None:
    assert len(NAMES) >= 5
    assert set(ASKED) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_states_something_is_covered(name: str) -> None:
    found, drafts = read(name)
    place = {id(fact): at for at, fact in enumerate(found.facts)}
    covered = {place[id(draft.fact)] for draft in drafts if draft.tier != "spare" and id(draft.fact) in place}
    states = [unit for unit in found.units if not unit.skipped]
    held = [unit for unit in states if covered & set(unit.facts)]
    assert len(held) >= 0.9 * len(states), [unit.text for unit in states if unit not in held]


@pytest.mark.parametrize("name", NAMES)
def test_a_careful_teachers_questions_are_active(name: str) -> None:
    asks = {draft.card.ask for draft in read(name)[1] if offered(draft)}
    assert asks >= ASKED[name], asks


@pytest.mark.parametrize("name", NAMES)
def test_no_hint_lab_step_example_or_opinion_is_active(name: str) -> None:
    for draft in read(name)[1]:
        if draft.tier == "active":
            assert not any(word in words_of(draft) for word in NEVER), draft.card


@pytest.mark.parametrize("name", NAMES)
def test_no_active_card_has_a_hard_flaw(name: str) -> None:
    for draft in read(name)[1]:
        if draft.tier == "active" and not isinstance(draft.fact, Own):
            assert not [each for each in flaws(draft.card) if each.hard], draft.card


@pytest.mark.parametrize("name", NAMES)
def test_every_suggestion_says_why_it_waits(name: str) -> None:
    assert all(draft.doubts for draft in read(name)[1] if draft.tier == "suggested")


@pytest.mark.parametrize("name", NAMES)
def test_notes_that_stand_there_twice_give_each_card_once(name: str) -> None:
    text = (NOTES / name).read_text(encoding="utf-8")
    twice = generate(extract({name: f"{text}\n\n{text}"}).facts)

    def generated(drafts: list[Draft]) -> list[tuple[str, str]]:
        return [(each.card.ask, each.tier) for each in drafts if not isinstance(each.fact, Own)]

    assert generated(twice) == generated(read(name)[1])
