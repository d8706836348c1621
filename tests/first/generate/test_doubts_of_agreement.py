"""The parts of a card go together: one and many, a name and what is said of it, a key and its rivals."""

from __future__ import annotations

import pytest

from dp100cards.first.generate.doubts.agreement import of_agreement
from dp100cards.first.generate.doubts.words import no_noun
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.generate.world import World
from dp100cards.first.notes.extract import extract
from dp100cards.first.notes.skip import reason_to_skip


def doubts_about(text: str) -> dict[str, set[str]]:
    facts = extract({"note.md": text}).facts
    drafts: list[Draft] = [draft for draft in generate(facts) if draft.tier != "spare"]
    world = World(facts)
    return {draft.card.ask: set(of_agreement(draft, world)) for draft in drafts}


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "## Rolls\n\n- **Rolls**: bread that is baked in an hour.\n",
            "the definition of many is told of one",
        ),
        ("## Crumb\n\nThe crumb is a loaf that doesn't rise.\n", ""),
        (
            "## Confusion\n\n**Confusion**: The dough doesn't look like the flour.\n",
            "the answer is a whole sentence",
        ),
        ("## Ovens\n\nAzure supports a wide range of gas ovens.\n", "the question could mean anything"),
        (
            "## 6.2 Outline of ovens and their parts.\n\n- Gas ovens:\n  - Ring\n  - Valve\n  - Flame\n",
            "stands under no name of a thing",
        ),
        (
            "## Dough\n\nA dough consists of flour, water, salt and yeast.\n",
            "a gap in the middle of a list",
        ),
    ],
)
def test_parts_that_do_not_agree_are_doubted(text: str, doubt: str) -> None:
    found = set().union(*doubts_about(text).values())
    assert doubt in found if doubt else not found, doubts_about(text)


@pytest.mark.parametrize("name", ["Low heat", "Better crust", "Faster proofing"])
def test_a_degree_of_something_is_no_name(name: str) -> None:
    assert no_noun(name)


@pytest.mark.parametrize("name", ["High availability", "High Performance Oven"])
def test_a_name_that_begins_with_a_degree_is_one(name: str) -> None:
    assert not no_noun(name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("![[Pasted oven.png", "a picture"),
        ("![[loaf.jpg]]", "a picture"),
        (": the weight of the loaf", "a picture"),
        (r"$w_1 = w_1 - \alpha \frac{1}{m} \sum x_i$", "a formula"),
        (r"The slope $\alpha$ says how fast the oven heats up", ""),
    ],
)
def test_pictures_and_formulas_state_nothing(text: str, reason: str) -> None:
    assert reason_to_skip(text) == reason
