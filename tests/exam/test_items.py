"""Answers tell about questions, too."""

from dp100cards.cards import Answer, Card, Choice, Option
from dp100cards.exam.items import Given, items, suspects


def card(name: str) -> Card:
    options = (Option("key", right=True), Option("rival"), Option("other"))
    return Choice(id=name, deck="d", ask="?", options=options)


def given(name: str, *answers: int) -> list[Given]:
    return [Given(card(name), (n,), 2000) for n in answers]


def test_shares_times_and_what_was_taken() -> None:
    hard, easy = items([*given("a", 0, 1, 1, 2), *given("b", 0, 0)])
    assert (hard.card.id, hard.asked, hard.right, hard.took) == ("a", 4, 1, 8000)
    assert hard.chosen == {"key": 1, "rival": 2, "other": 1}
    assert hard.rival == "rival"
    assert (easy.share, easy.rival) == (1.0, "")


def test_what_was_not_answered_is_no_answer() -> None:
    nothing: Answer = ()
    assert items([Given(card("a"), nothing, 5)]) == []


def test_a_question_looks_broken_only_if_the_learner_is_otherwise_right() -> None:
    odd = given("odd", 1, 1, 0)
    assert [item.card.id for item in suspects(items([*odd, *given("b", 0, 0, 0, 1)]))] == ["odd"]
    assert suspects(items([*odd, *given("b", 1, 2, 0, 1)])) == []
    assert suspects(items([*given("odd", 1, 1), *given("b", 0, 0)])) == []
    assert suspects(items(odd)) == []


def test_a_tie_is_not_enough() -> None:
    assert suspects(items([*given("odd", 1, 0, 1, 0), *given("b", 0, 0, 0)])) == []
