"""Each kind of fact and the questions that a careful teacher would ask of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dp100cards.cards import Basic, Card, Choice, Cloze, Multiple
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.facts import (
    Advice,
    Cause,
    Change,
    Consequence,
    Definition,
    Description,
    Enumeration,
    Fact,
    Row,
    Sequence,
    Statement,
    Use,
)
from tests.first.generate.handmade_facts import at
from tests.first.generate.offered import offered

HUB: dict[str, Any] = {"category": "Studio rooms", "heading": ("Studio", "Rooms")}


def drafts(*facts: Fact) -> list[Draft]:
    return generate(facts)


def cards(*facts: Fact) -> list[Card]:
    return [d.card for d in drafts(*facts) if offered(d)]


def answers(*facts: Fact) -> dict[str, str]:
    return {c.ask: c.answer for c in cards(*facts) if isinstance(c, Basic)}


def says(concept: str, sentence: str, subject: str, verb: str, obj: str, **more: Any) -> Statement:
    return Statement(
        concept=concept,
        sentence=sentence,
        subject=subject,
        verb=verb,
        object=obj,
        source=at(1, sentence),
        **more,
    )


@pytest.mark.parametrize(
    ("fact", "ask", "answer"),
    [
        (says("kiln", "A kiln stores heat.", "A kiln", "stores", "heat"), "What does a kiln store?", "Heat."),
        (
            says("kiln", "The kiln is attached to a chimney.", "The kiln", "is attached to", "a chimney"),
            "What is the kiln attached to?",
            "A chimney.",
        ),
        (
            says("kiln", "Pots are stored in the attic.", "Pots", "are stored in", "the attic"),
            "Kiln: where are pots stored?",
            "In the attic.",
        ),
        (
            says("kiln", "A kiln lets you fire clay.", "A kiln", "lets you", "fire clay"),
            "What does a kiln let you do?",
            "Fire clay.",
        ),
        (
            says("kiln", "The timer tells the kiln to cool down.", "The timer", "tells", "the kiln to cool down"),
            "What does the timer tell the kiln to do?",
            "Cool down.",
        ),
        (
            says("kiln", "A kiln makes it easier to glaze pots.", "A kiln", "makes", "it easier to glaze pots"),
            "What does a kiln make easier?",
            "To glaze pots.",
        ),
        (
            says("kiln", "Venting is enabled during firing.", "Venting", "is enabled", "during firing"),
            "Kiln: when is venting enabled?",
            "During firing.",
        ),
        (
            says("kiln", "You must buy a kiln in the shop.", "You", "must buy", "a kiln in the shop"),
            "Where must you buy a kiln?",
            "In the shop.",
        ),
        (
            says("glaze", "You can test sample tiles here.", "You", "can test", "sample tiles with the glaze"),
            "What can you test with the glaze?",
            "Sample tiles.",
        ),
    ],
)  # fmt: skip
def test_a_sentence_is_asked_for_its_object(fact: Statement, ask: str, answer: str) -> None:
    assert answers(fact)[ask] == answer


@pytest.mark.parametrize(
    "fact",
    [
        says("kiln", "There are old kilns in town.", "There", "are", "old kilns in town"),
        says("kiln", "You can use them at night.", "You", "can use", "them at night"),
        says("kiln", "Some potters use gas.", "Some potters", "use", "gas"),
        says("kiln", "It must burn slowly.", "It", "must burn", "slowly"),
    ],
)
def test_what_fits_no_question_is_not_forced_into_one(fact: Statement) -> None:
    assert not any(d.rule == "statement.object" for d in drafts(fact))


def test_a_condition_named_first_is_asked_for_what_follows() -> None:
    quote = "If the door is open, the kiln stops."
    fact = Consequence(
        concept="kiln", condition="the door is open", result="the kiln stops", source=at(1, quote)
    )
    assert answers(fact) == {"Kiln: what happens if the door is open?": "The kiln stops."}


def test_a_condition_named_last_is_asked_for_by_when() -> None:
    quote = "The fan is needed only if you fire with gas."
    fact = Consequence(
        concept="fan", condition="you fire with gas", result="the fan is needed only", source=at(1, quote)
    )
    assert answers(fact) == {"When is the fan needed?": "If you fire with gas."}


def test_a_command_after_a_condition_is_asked_for_as_one() -> None:
    quote = "If the pots crack, lower the heat."
    fact = Consequence(
        concept="kiln", condition="the pots crack", result="lower the heat", source=at(1, quote)
    )
    assert answers(fact) == {"Kiln: what should you do if the pots crack?": "Lower the heat."}


def test_a_cause_is_asked_by_why() -> None:
    fact = Cause(
        concept="kiln",
        claim="the kiln has two doors",
        reason="large pots come out at the back",
        source=at(1, "x"),
    )
    assert answers(fact) == {"Why does the kiln have two doors?": "Large pots come out at the back."}


def test_advice_is_asked_for_its_reason() -> None:
    quote = "It is better to dry pots slowly, as they crack."
    fact = Advice(
        concept="pot",
        what="it is better to dry pots slowly",
        why="they crack in the sun",
        status="advice",
        source=at(1, quote),
    )
    found = answers(fact)
    assert found["Why is it better to dry pots slowly?"] == "They crack in the sun."
    assert {c.status for c in cards(fact)} == {"advice"}


def test_a_list_is_asked_by_its_lead() -> None:
    fact = Enumeration(
        concept="kiln",
        lead="A kiln has three layers",
        what="layers",
        items=("a brick wall", "a felt mat", "a steel shell"),
        source=at(1, "A kiln has three layers: a brick wall, a felt mat, a steel shell"),
    )
    found = answers(fact)
    assert found == {"A kiln has which three layers?": "A brick wall, a felt mat and a steel shell."}
    gaps = [c.ask for c in cards(fact) if isinstance(c, Cloze)]
    assert "A kiln has three layers: a {{brick wall}}, a felt mat and a steel shell." in gaps


def test_a_list_that_only_gives_examples_is_not_asked_for_whole() -> None:
    fact = Enumeration(
        concept="clay",
        lead="Examples",
        what="examples",
        items=("terracotta", "kaolin", "ball clay"),
        source=at(1, "Examples: terracotta, kaolin, ball clay"),
    )
    assert cards(fact) == []


def test_members_of_a_list_are_chosen_among_those_of_another() -> None:
    tools = Enumeration(
        concept="potter",
        lead="A potter needs three tools",
        what="tools",
        items=("needle", "sponge", "rib"),
        source=at(1, "tools"),
        heading=("Lab", "Potter"),
    )
    clays = Enumeration(
        concept="glazer",
        lead="A glazer needs three tools",
        what="tools",
        items=("kaolin", "terracotta", "stoneware"),
        source=at(2, "clays"),
        heading=("Lab", "Potter"),
    )
    (choose,) = [
        c for c in cards(tools) + cards(tools, clays) if isinstance(c, Multiple) and "potter" in c.ask
    ]
    assert {o.text for o in choose.options if o.right} == {"Needle", "Sponge", "Rib"}
    assert {o.text for o in choose.options if not o.right} <= {"Kaolin", "Terracotta", "Stoneware"}
    assert all("another list" in o.because for o in choose.options if not o.right)
    other = replace(clays, lead="A glazer keeps three clays", what="clays")
    assert not [c for c in cards(tools, other) if isinstance(c, Multiple)], "tools are set apart by tools"


def test_two_steps_make_no_order_and_nine_are_too_many() -> None:
    for n, wanted in ((2, False), (3, True), (7, True), (8, False)):
        steps = tuple(f"{word} the clay" for word in "dig dry crush sieve soak wedge rest weigh".split()[:n])
        fact = Sequence(concept="clay", what="clay making", steps=steps, source=at(1, " -> ".join(steps)))
        assert any(c.kind == "order" for c in cards(fact)) is wanted


def test_siblings_lend_each_other_wrong_options() -> None:
    rooms = {"Kiln room": "heated by gas", "Wheel room": "lit from the north", "Drying room": "aired by fans"}
    facts = [
        Description(concept=name, value=value, source=at(n, f"{name}: {value}"), **HUB)
        for n, (name, value) in enumerate(rooms.items(), 1)
    ]
    (which,) = [c for c in cards(*facts) if isinstance(c, Choice) and "heated by gas" in c.ask]
    assert which.ask == "Which studio room is heated by gas?"
    assert [o.text for o in which.options if o.right] == ["Kiln room"]
    assert {o.because for o in which.options if not o.right} == {"Lit from the north.", "Aired by fans."}


def test_a_sibling_of_which_the_same_is_said_lends_none() -> None:
    facts = [
        Description(concept="Kiln room", value="heated by natural gas", source=at(1, "x"), **HUB),
        Description(concept="Smoke room", value="heated with gas from a bottle", source=at(2, "x"), **HUB),
        Description(concept="Wheel room", value="lit from the north", source=at(3, "x"), **HUB),
        Description(concept="Drying room", value="aired by large fans", source=at(4, "x"), **HUB),
    ]
    (which,) = [c for c in cards(*facts) if isinstance(c, Choice) and "natural gas" in c.ask]
    assert "Smoke room" not in {o.text for o in which.options}


def test_a_use_is_asked_both_ways() -> None:
    rooms = {
        "Kiln room": "firing large bowls",
        "Wheel room": "throwing clay",
        "Drying room": "storing wet ware",
    }
    facts = [
        Use(concept=n, marker="suitable for", purpose=p, source=at(i, f"{n} is suitable for {p}"), **HUB)
        for i, (n, p) in enumerate(rooms.items(), 1)
    ]
    asks = [c.ask for c in cards(*facts)]
    assert "Which studio room is suitable for firing large bowls?" in asks
    assert any(a.endswith("what is it suitable for?") for a in asks)


def row(name: str, line: int, **cells: str) -> Row:
    named = tuple((header.replace("_", " "), cell) for header, cell in cells.items())
    return Row(
        concept=name,
        category="Clay",
        heading=("Lab", "Clays"),
        cells=named,
        source=at(line, " | ".join([name, *cells.values()])),
    )


def test_a_table_is_asked_cell_by_cell_and_matched() -> None:
    rows = [
        row("Kaolin", 1, Heat="1300 degrees", Pores="few"),
        row("Terracotta", 2, Heat="1000 degrees", Pores="12"),
        row("Stoneware", 3, Heat="1200 degrees", Pores="n/a"),
        row("Raku", 4, Heat="900 degrees", Pores="-"),
    ]
    found = answers(*rows)
    assert found["What is the heat of Kaolin?"] == "1300 degrees."
    assert found["How many pores does Terracotta have?"] == "12."
    assert not any("Stoneware" in ask and "pores" in ask.lower() for ask in found)
    assert [c.kind for c in cards(*rows)].count("match") <= 1


@pytest.mark.parametrize(
    ("today", "ask", "answer"),
    [
        (
            "Kiln Studio was retired in 2024; use Wheel Studio instead.",
            "Kiln Studio was retired in 2024. What should you use instead?",
            "Wheel Studio.",
        ),
        (
            "Kiln Studio was renamed to Fire Studio.",
            "Kiln Studio: what is it called today (May 2024)?",
            "Fire Studio.",
        ),
        (
            "The free plan of 2019 is gone.",
            "Kiln Studio: the notes said “A hosted kiln”. What is so today (May 2024)?",
            "The free plan of 2019 is gone.",
        ),
    ],
)
def test_what_has_changed_is_asked_as_it_is_today(today: str, ask: str, answer: str) -> None:
    change = Change("2024-05", today, at(2, f"Today (2024-05): {today}"))
    fact = Definition(
        concept="Kiln Studio", value="a hosted kiln", source=at(1, "A hosted kiln."), change=change
    )
    (card,) = cards(fact)
    assert isinstance(card, Basic)
    assert (card.ask, card.answer, card.shows) == (ask, answer, "The notes said: A hosted kiln.")
