"""Which cards go into their decks at once: those that readers are likely to take as they are."""

from __future__ import annotations

import pytest

from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.generate.odds.chance import (
    IN_A_SETTING,
    NEEDED,
    OF_A_COLUMN,
    OF_CODE,
    OFTEN_WANTING,
    chance,
    needed,
)
from dp100cards.first.generate.odds.traits import traits
from dp100cards.first.generate.odds.weights import WEIGHTS
from dp100cards.first.generate.world import World
from dp100cards.first.notes.extract import extract
from dp100cards.first.notes.facts import Own
from tests.first.generate.random_edits import NOTES, UNRELATED
from tests.first.generate.test_styles_of_notes import NAMES
from tests.first.generate.test_styles_of_notes import NOTES as FIXTURES

YARD = """# Boat yard

## Slipway

A slipway is a ramp by which boats are brought into the water and out of it. A slipway has rails.

VTS stands for Vessel Traffic Service (VTS).
"""


def judged(texts: dict[str, str]) -> tuple[list[Draft], World]:
    facts = extract(texts).facts
    return generate(facts), World(facts)


def likely(text: str) -> dict[str, float]:
    drafts, world = judged({"note.md": text})
    return {draft.card.ask: chance(draft, world) for draft in drafts}


def test_a_definition_is_likelier_to_be_taken_than_what_a_thing_supports() -> None:
    odds = {ask.rpartition(": ")[2].lower(): likelihood for ask, likelihood in likely(YARD).items()}
    assert odds["what is a slipway?"] > odds["what does a slipway have?"] + 0.1
    assert odds["what does vts stand for?"] > NEEDED["abbreviation.long"]


def test_an_abbreviation_of_two_letters_and_one_that_is_told_of_many_are_less_likely() -> None:
    odds = likely(
        "# Boat yard\n\nVTS stands for Vessel Traffic Service. VT stands for Vessel Traffic. FBG stands for flood barrier"
        " gates. MSI stands for maritime safety information.\n"
    )
    one, two, many = (odds[f"What does {short} stand for?"] for short in ("MSI", "VT", "FBG"))
    assert two < one - 0.1
    assert many < one - 0.05


def test_praise_says_little_of_what_a_thing_is() -> None:
    plain, praised = (
        likely(f"# Boat yard\n\n## What is a slipway?\n\nA slipway is a {word} ramp for boats.\n")
        for word in ("sloping", "powerful")
    )
    ask = "Boat yard: what is a slipway?"
    assert praised[ask] < plain[ask] - 0.05


@pytest.mark.parametrize("name", NAMES)
def test_an_active_card_is_likely_enough_and_one_that_only_is_not_says_so(name: str) -> None:
    drafts, world = judged({name: (FIXTURES / name).read_text(encoding="utf-8")})
    for draft in drafts:
        if isinstance(draft.fact, Own) or draft.rule.startswith("today."):
            continue
        if draft.tier == "active":
            assert chance(draft, world) >= needed(draft) or draft.doubts
        elif draft.doubts == (OFTEN_WANTING,):
            assert draft.tier == "suggested"


def test_a_section_about_something_else_changes_no_odds() -> None:
    drafts, world = judged(NOTES)
    before = {(d.rule, d.item, d.card.ask): chance(d, world) for d in drafts}
    more = {**NOTES, "else.md": "# Elsewhere\n\n" + "\n\n".join(UNRELATED) + "\n"}
    drafts, world = judged(more)
    after = {(d.rule, d.item, d.card.ask): chance(d, world) for d in drafts}
    assert before
    assert {key: after.get(key) for key in before} == before


def test_nearly_all_weights_are_of_traits_that_cards_have() -> None:
    """A trait that nothing has any more, since its name was changed, would weigh nothing and nobody would see it."""
    texts = {name: (FIXTURES / name).read_text(encoding="utf-8") for name in NAMES} | NOTES
    drafts, world = judged(texts)
    seen = {trait for draft in drafts for trait in traits(draft, world)}
    families = {" ".join(trait.split()[:2]).rstrip("<>=0123456789.") for trait in seen}
    gone = {t for t in WEIGHTS if " ".join(t.split()[:2]).rstrip("<>=0123456789.") not in families}
    assert len(gone) < 0.3 * len(WEIGHTS), sorted(gone)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        (
            "# GitHub Actions\n\n## Flow\n\nA workflow is an automated process that is told in a file.\n",
            IN_A_SETTING,
        ),
        ("# Shell\n\n`grep` is a program that finds lines in a file.\n", OF_CODE),
    ],
)
def test_questions_that_readers_liked_less_need_more(text: str, least: float) -> None:
    drafts, _ = judged({"note.md": text})
    asked = [draft for draft in drafts if draft.rule == "definition.what"]
    assert least in {needed(draft) for draft in asked}, [draft.card.ask for draft in asked]


def test_a_row_that_is_asked_for_by_some_column_needs_more_than_by_what_it_is() -> None:
    drafts, _ = judged(
        {
            "note.md": "# Sails\n\n| Sail | Description | Benefit |\n|---|---|---|\n"
            "| Jib | A triangular sail that stands before the mast | Easy to handle |\n"
            "| Spinnaker | A large light sail for the wind behind | Great speed |\n"
            "| Mizzen | A small sail on a mast at the stern | Good balance |\n"
        }
    )
    need = {draft.item: needed(draft) for draft in drafts if draft.rule == "row.which"}
    assert need == {"Description": NEEDED["row.which"], "Benefit": OF_A_COLUMN}
