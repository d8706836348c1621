"""A card in lines reads the same wherever it is met: in study, in a practice exam."""

from io import StringIO

from dp100cards.cards import Card, Choice, Option, Source, mark
from dp100cards.exam.score import Outcome
from dp100cards.exam.sitting import Place
from dp100cards.ui.card_plain import write_question, write_solution
from dp100cards.ui.exam_report import outcome_lines
from dp100cards.ui.listing import in_order
from dp100cards.ui.plain import Plain

CHOICE = Choice(
    id="a-1",
    deck="a",
    ask="Which is **top**?",
    options=(Option("Workspace", True), Option("Datastore", False, "It lies below.")),
    explain="It holds all.",
    shows="The notes said: another.",
    source=Source("one.md", (3, 4), "The top"),
)


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


def test_a_report_names_the_lines_of_a_note_in_the_same_words() -> None:
    place = Place(answer=(1,), seen=True, used=1000)
    lines = outcome_lines(Outcome(1, CHOICE, place, mark(CHOICE, (1,))))
    assert "    From one.md, lines 3 to 4: “The top”" in lines
