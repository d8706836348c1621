"""A card in lines reads the same wherever it is met: in study, among the suggestions."""

from io import StringIO

import pytest

from dp100cards.cards import Card, Choice, Match, Multiple, Option, Order, Pair, Source, Statements
from dp100cards.first.generate.known import SUGGESTED, Known
from dp100cards.ui.card_plain import write_question, write_solution
from dp100cards.ui.plain import Plain
from dp100cards.ui.suggestions_plain import in_order, show

CHOICE = Choice(
    id="a-1",
    deck="a",
    ask="Which is **top**?",
    options=(Option("Workspace", True), Option("Datastore", False, "It lies below.")),
    explain="It holds all.",
    shows="The notes said: another.",
    source=Source("one.md", (3, 4), "The top"),
)
CARDS: list[Card] = [
    CHOICE,
    Multiple(
        id="a-2", deck="a", ask="Which two?", options=(Option("A", True), Option("B", True), Option("C"))
    ),
    Order(id="a-3", deck="a", ask="In which order?", items=("first", "second")),
    Match(id="a-4", deck="a", ask="Match.", pairs=(Pair("left", "right"), Pair("up", "down"))),
    Statements(
        id="a-5", deck="a", ask="True?", statements=(Option("Yes it is.", True), Option("It is not."))
    ),
]


def written(card: Card, answer: tuple[int, ...] | None = None) -> str:
    out = StringIO()
    write_question(Plain(out), in_order(card))
    write_solution(Plain(out), in_order(card), answer)
    return out.getvalue()


def test_a_question_and_its_solution_in_words() -> None:
    assert written(CHOICE, (1,)) == (
        "Which is top?\n  a. Workspace\n  b. Datastore\n  a, right: Workspace\n"
        "  b, wrong, your choice: Datastore (It lies below.)\n  It holds all.\n  The notes said: another.\n"
        "  From one.md, lines 3 to 4.\n"
    )


@pytest.mark.parametrize("card", CARDS)
def test_a_suggestion_is_shown_as_it_would_be_asked_and_solved(
    card: Card, capsys: pytest.CaptureFixture[str]
) -> None:
    show(Known(card, "rule", "concept", state=SUGGESTED), {"one.md": "# One\n\nThe top\nis it.\n"}, 2)
    shown = capsys.readouterr().out
    for line in written(card).splitlines():
        assert line in shown
    if card.source:
        assert "  >    3  The top\n" in shown
