"""In Anki a question about a scenario has the scenario above it."""

import pytest

from dp100cards.cards import Basic, Card, Cloze, Scenario
from dp100cards.exchange.anki_notes import fields

FIRM = Scenario("firm", "**A firm** with <much> & {{braces}}.")
ABOUT: list[Card] = [
    Basic(id="a-1", deck="a", ask="What?", answer="That.", scenario=FIRM),
    Cloze(id="a-2", deck="a", ask="It is {{that}}.", scenario=FIRM),
]


@pytest.mark.parametrize("card", ABOUT, ids=lambda card: card.kind)
def test_the_scenario_stands_above_the_question(card: Card) -> None:
    front = fields(card)[0]
    assert front.startswith("<blockquote class='scenario' data-id='firm'>")
    above, below = front.split("</blockquote>")
    assert "A firm" in above
    assert "&lt;much&gt;" in above
    assert "{{" not in above
    assert below


def test_other_cards_are_as_they_were() -> None:
    assert fields(Basic(id="a-1", deck="a", ask="What?", answer="That."))[0] == "What?"
