"""The history counts what a sitting asked for the first time."""

from dp100cards.cards import Card, Choice, Option
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam.score import first_exposures
from dp100cards.exam.sitting import Sitting, SittingEvent, replay

PLAN = read_blueprint("dp-100")


def cards(*numbers: int) -> tuple[Card, ...]:
    options = (Option("a", right=True), Option("b"))
    return tuple(Choice(id=f"c-{n}", deck="d", ask="?", options=options) for n in numbers)


def sat(id_: int, questions: tuple[Card, ...], right: set[int], *, practice: bool = False) -> Sitting:
    happened = [SittingEvent("answer", n, "[0]" if n in right else "[1]") for n in range(len(questions))]
    return replay(Sitting(id_, "x", 1, questions, 100, practice), [*happened, SittingEvent("submit")])


def test_a_question_asked_before_does_not_count_again() -> None:
    one = sat(1, cards(1, 2), {0})
    two = sat(2, cards(1, 2, 3), {0, 1})
    three = sat(3, cards(1, 2), {0, 1})
    points = first_exposures((sitting, PLAN) for sitting in (one, two, three))
    assert points == [(2, 500), (1, 1), (0, None)]


def test_practice_and_open_sittings_have_no_score_but_are_exposures() -> None:
    practised = sat(1, cards(1), {0}, practice=True)
    opened = Sitting(2, "x", 1, cards(2, 3), 100)
    last = sat(3, cards(1, 2, 4), {0, 1, 2})
    points = first_exposures((sitting, PLAN) for sitting in (practised, opened, last))
    assert [score for _, score in points] == [None, None, 1000]
    assert points[2][0] == 2  # what was drawn but never seen is still new
