"""Lines that end in a colon, with a list below each, are names: what stands below belongs to them."""

from __future__ import annotations

from dp100cards.notes.extract import extract

TOOLS = """## Baking tools

* Whisk:
    * Beats the eggs and the cream of the cake by hand.
* Spatula:
    * Spreads the icing on the layers of the cake.
"""

SIDES = """## Oven

* Benefits:
    * Heats the whole room in the winter.
    * Bakes four loaves at a time.
* Limitations:
    * Takes an hour until it is hot.
"""


def concepts(text: str) -> set[str]:
    return {fact.concept for fact in extract({"note.md": text}).facts}


def test_what_stands_under_a_name_is_said_of_it() -> None:
    assert {"Whisk", "Spatula"} <= concepts(TOOLS)


def test_benefits_are_no_thing() -> None:
    assert not {"Benefits", "Limitations"} & concepts(SIDES)
