"""A sentence that is taken out of its paragraph: read rightly, or left to the learner's yes."""

from __future__ import annotations

import pytest

from dp100cards.cards import Basic
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.generate.questions.inversion import inverted
from dp100cards.first.generate.world import World
from dp100cards.first.notes.extract import extract
from dp100cards.first.notes.grammar import has_verb, split
from tests.first.generate.offered import offered, undoubted


def drafts(text: str) -> list[Draft]:
    return [draft for draft in generate(extract({"note.md": text}).facts) if draft.tier != "spare"]


def answers(text: str) -> dict[str, str]:
    return {d.card.ask: d.card.answer for d in drafts(text) if isinstance(d.card, Basic) and offered(d)}


@pytest.mark.parametrize(
    ("text", "ask", "answer"),
    [
        (
            "## Throws\n\nWheel throws are useful when the pot is round.\n",
            "When are wheel throws useful?",
            "When the pot is round.",
        ),
        (
            "## Glazes\n\nIf there are several glazes on the shelf, need to label each of the jars.\n",
            "What do you need to do if there are several glazes on the shelf?",
            "Label each of the jars.",
        ),
        (
            "## Beehive\n\nThe beehive shelters the brood, and stores honey for the winter.\n",
            "What does the beehive shelter?",
            "The brood.",
        ),
        (
            "# Boats\n\n## Rudder\n\nThe rudder is part of the steering gear.\n",
            "What is the rudder part of?",
            "The steering gear.",
        ),
        (
            "# Music\n\n## Score files\n\nScore files are written in a language called LilyPond.\n",
            "In which language are score files written?",
            "LilyPond.",
        ),
        (
            "# Mill\n\n## Waterwheel\n\nA waterwheel works by turning the fall of water into rotation.\n",
            "How does a waterwheel work?",
            "By turning the fall of water into rotation.",
        ),
    ],
)
def test_a_sentence_gets_the_question_that_its_grammar_asks_for(text: str, ask: str, answer: str) -> None:
    assert answers(text).get(ask) == answer, [(d.tier, d.card.ask, d.doubts) for d in drafts(text)]


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("Calls from the harbour should go to the pilot", "should go to"),
        ("The tide in the bay turns 4 times a day", "turns"),
        ("Docker supports different kinds of networks", "supports"),
    ],
)
def test_a_plural_noun_is_not_taken_for_the_verb(sentence: str, verb: str) -> None:
    found = split(sentence)
    assert found is not None and found.verb == verb


def test_what_hangs_on_where_is_no_sentence() -> None:
    assert not has_verb("A desk where the guest signs the book")


def test_an_adverb_is_no_subject() -> None:
    assert split("Significantly reduces the noise of the engine") is None


def test_a_clause_with_nothing_behind_its_verb_cannot_be_turned() -> None:
    assert inverted("The worst case is", World([])) is None


@pytest.mark.parametrize(
    "text",
    [
        "## Oven\n\nYou can go to the window and see if the bread is brown.\n",
        "## Oven\n\nThe manual also tells what happens if the thermostat breaks.\n",
    ],
)
def test_a_question_inside_a_sentence_is_no_condition(text: str) -> None:
    assert not [d.card.ask for d in drafts(text) if d.rule.startswith("consequence.")]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("## Sails\n\nWhen you use both, the boat is in balance.\n", "the question does not say of what"),
        ("## Ferries\n\nIf one fails, the harbour sends a tug.\n", "the question does not say of what"),
        (
            "# Bridges\n\n## Cable\n\nIf the pylon was built the old way, it needs to be painted each spring.\n",
            "leans on another sentence",
        ),
        ("# Bees\n\n## Hive\n\nFurther videos will cover the frames of a hive.\n", "speaks of the text"),
        ("# Bees\n\n## Smoke\n\nSmoke is the most popular tool among keepers.\n", "praise is no fact"),
        (
            "# Wool\n\n## Loom\n\nA loom reduces the weaving time. A loom also reduces broken threads.\n",
            "the notes say several such things",
        ),
        ("# Wool\n\n## Loom\n\nLoad the warp so the loom runs until tomorrow.\n", "the reason is an order"),
        (
            "# Quiz\n\n## Practice exam\n\nThe basket of the balloon holds 12 people.\n",
            "an example is no fact",
        ),
    ],
)
def test_what_does_not_stand_alone_waits_for_the_learner(text: str, doubt: str) -> None:
    assert not [d.card.ask for d in drafts(text) if undoubted(d) and doubt not in d.doubts], drafts(text)
    assert doubt in {each for d in drafts(text) for each in d.doubts}, drafts(text)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "# Pumps\n\n## Valve\n\nThe valve opens by the `checkPort` when the check port is wet.\n",
            "beside it",
        ),
        (
            "# Alpine Huts\n\n## Beds\n\nGuests can book a bed through the AlpineHuts agency in May.\n",
            "about",
        ),
    ],
)
def test_a_gap_that_gives_itself_away_waits(text: str, doubt: str) -> None:
    gaps = [d for d in drafts(text) if "{{" in d.card.ask]
    assert all(d.tier == "suggested" for d in gaps), gaps


def test_a_product_with_for_in_its_name_is_one_name() -> None:
    made = drafts("# Pots\n\n- **Clay Studio for Potters:** A program that draws pots on a wheel.\n")
    assert not [d.card.ask for d in made if d.rule.startswith("use.")]


@pytest.mark.parametrize(
    "text",
    [
        "# Bees\n\n## Hive\n\nThe table below clarifies the frames of a hive.\n",
        "# Shop\n\n## Cart\n\nThe user uploads drawings of the wooden cart.\n",
        "# Shop\n\n## Cart (`/cart`)\n\nThe cart shows the total price of the order in red.\n",
    ],
)
def test_the_text_itself_and_a_program_to_be_built_are_not_asked(text: str) -> None:
    assert not [draft.card.ask for draft in drafts(text) if undoubted(draft)]


@pytest.mark.parametrize(
    "text",
    [
        "# Market\n\n## Stall\n\nA major benefit of a stall is the open air around it.\n",
        "# Post\n\n## Letters\n\nWhat a clerk does: if another clerk replies, both clerks stamp the letter.\n",
        "# Post\n\n## Parcels\n\nWhen a parcel is sorted, you'll often need to choose a shelf for it.\n",
        "# Post\n\n## Example of a day\n\nWhen the next bag comes in, the postman empties the box.\n",
    ],
)
def test_one_of_several_and_half_a_tale_wait_for_the_learner(text: str) -> None:
    family = ("statement.", "consequence.")
    assert not [d.card.ask for d in drafts(text) if undoubted(d) and d.rule.startswith(family)]


@pytest.mark.parametrize(
    ("text", "ask", "answer"),
    [
        (
            "# Ships\n\n## Pilot boats\n\nPilot boats are checked by the harbour master to ensure the safety of all.\n",
            "What are pilot boats checked by?",
            "The harbour master.",
        ),
        (
            "# Ships\n\n## Beacon\n\nThe beacon is a rare sight because it needs a keeper on the rock.\n",
            "Why is the beacon a rare sight?",
            "The beacon needs a keeper on the rock.",
        ),
    ],
)
def test_an_answer_says_what_was_asked_and_whose(text: str, ask: str, answer: str) -> None:
    assert answers(text).get(ask) == answer, [(d.tier, d.card.ask, d.doubts) for d in drafts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "# Ports\n\n## Crane\n\nThe crane driver is usually a retired sailor of the port.\n",
        "# Ports\n\n## Crane\n\nThe router then performs its own check of the berth.\n",
        "# Ports\n\n## Crane\n\nA ship may know the depth of the berth but not its width.\n",
    ],
)
def test_what_is_only_often_so_or_told_in_a_tale_is_not_asked(text: str) -> None:
    assert not [d.card.ask for d in drafts(text) if undoubted(d) and d.rule == "statement.object"]


def test_a_noun_that_is_a_verb_elsewhere_is_no_second_deed() -> None:
    text = "# Port\n\n## Berths\n\nBerths can be assigned to ships and groups (with a licence).\n"
    told = [d.card.answer for d in drafts(text) if isinstance(d.card, Basic) and d.rule == "statement.object"]
    assert told == ["Ships and groups (with a licence)."]
