"""How an answer to a card is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import (
    Answer,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Statements,
    gaps,
    key,
    mark,
    same_text,
)

OPTIONS = (Option("a", right=True), Option("b"), Option("c", right=True), Option("d"))
CHOICE = Choice(id="x-1", deck="x", ask="?", options=(Option("a"), Option("b", right=True), Option("c")))
MULTIPLE = Multiple(id="x-2", deck="x", ask="?", options=OPTIONS)
ORDER = Order(id="x-3", deck="x", ask="?", items=("one", "two", "three"))
MATCH = Match(id="x-4", deck="x", ask="?", pairs=(Pair("p", "1"), Pair("q", "2"), Pair("r", "2")))
STATEMENTS = Statements(id="x-5", deck="x", ask="?", statements=(Option("s", right=True), Option("t")))
CLOZE = Cloze(id="x-6", deck="x", ask="An image has {{three}} {{components}}.")
CODE = Code(id="x-7", deck="x", ask="?", code="ws = {{Workspace}}.{{from_config}}()")
BASIC = Basic(id="x-8", deck="x", ask="?", answer="A registered, default datastore.")
ALL: list[Card] = [CHOICE, MULTIPLE, ORDER, MATCH, STATEMENTS, CLOZE, CODE, BASIC]


@pytest.mark.parametrize("card", ALL, ids=lambda card: card.kind)
def test_the_key_earns_every_point_and_no_answer_earns_none(card: Card) -> None:
    assert mark(card, key(card)).right
    assert mark(card, ()).points == 0


@pytest.mark.parametrize(
    ("card", "answer", "points", "of"),
    [
        (CHOICE, (0,), 0, 1),
        (CHOICE, (0, 1), 0, 1),
        (MULTIPLE, (0,), 1, 2),
        (MULTIPLE, (0, 1), 1, 2),
        (MULTIPLE, (1, 3), 0, 2),
        (MULTIPLE, (3,), 0, 2),
        (MULTIPLE, (0, 1, 2), 1, 2),  # one pick more than asked for
        (MULTIPLE, (0, 1, 3), 0, 2),
        (MULTIPLE, (0, 1, 2, 3), 0, 2),
        (MULTIPLE, (0, 2, 9), 1, 2),
        (MULTIPLE, (0, 0, 2), 2, 2),
        (ORDER, (1, 0, 2), 1, 3),
        (ORDER, (2, 0, 1), 0, 3),
        (MATCH, (0, 2, 1), 3, 3),
        (MATCH, (1, 0, -1), 0, 3),
        (ORDER, (0, 1, 2), 3, 3),
        (ORDER, (0,), 1, 3),
        (MATCH, (0, -1, 1), 2, 3),
        (STATEMENTS, (1, 1), 1, 2),
        (STATEMENTS, (0, 1), 0, 2),
        (CLOZE, ("", "component"), 1, 2),
        (CODE, ("workspace", ""), 1, 2),
        (CODE, ("Workspace", "from_config", "more"), 2, 2),
        (BASIC, ("default",), 0, 1),
        (STATEMENTS, (-1, 0), 1, 2),
        (CLOZE, ("three", "parts"), 1, 2),
        (CODE, ("workspace", "from_config"), 2, 2),
        (BASIC, ("a registered default datastore",), 1, 1),
    ],
)
def test_each_right_part_earns_a_point(card: Card, answer: Answer, points: int, of: int) -> None:
    got = mark(card, answer)
    assert (got.points, got.of) == (points, of)


def test_a_wrong_pick_costs_nothing_as_long_as_no_more_are_made_than_asked_for() -> None:
    options = (*(Option(letter, right=True) for letter in "abc"), *(Option(letter) for letter in "xyz"))
    card = Multiple(id="x-9", deck="x", ask="?", options=options)
    for right in range(4):
        for wrong in range(4 - right):
            picks = (*range(right), *range(3, 3 + wrong))
            assert mark(card, picks).points == right, "no penalty for guessing"


@given(card=st.sampled_from(ALL), answer=st.lists(st.integers(-3, 9), max_size=6).map(tuple))
def test_no_answer_at_all_breaks_the_marking(card: Card, answer: tuple[int, ...]) -> None:
    got = mark(card, answer)
    assert 0 <= got.points <= got.of


@pytest.mark.parametrize(
    ("typed", "right", "same"),
    [
        ("compute target", "Compute  Target.", True),
        ("compute taget", "compute target", True),
        ("comptue target", "compute target", True),
        ("AKS", "ACI", False),
        ("python 3.6", "Python 3.8", False),
        ("", "x", False),
        ("datastore", "workspace", False),
        ("`score.py`", "score.py", True),
    ],
)
def test_typing_is_compared_leniently_but_not_blindly(typed: str, right: str, same: bool) -> None:
    assert same_text(typed, right) is same


def test_what_is_not_needed_is_wrong_at_every_place() -> None:
    order = Order(id="x-9", deck="x", ask="?", items=("one", "two"), extra=("never",))
    assert mark(order, (2, 1)).points == 1
    match = Match(id="x-9", deck="x", ask="?", pairs=(Pair("p", "1"), Pair("q", "2")), extra=("3",))
    assert mark(match, key(match)).right
    assert mark(match, (0, 2)).points == 1


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("x: ${{inputs.data}}", ()),
        ("lr: ${{{{search_space}}.learning_rate}} ${{inputs.iris}}", ("search_space",)),
        ("a({{b}}, {{c}})", ("b", "c")),
        ("x: {{${{inputs.data}}}} {{y}}", ("${{inputs.data}}", "y")),
        ("{{item.a}} {{={{item.b}}=}} {{=${data.c}=}}", ("{{item.b}}", "${data.c}")),
    ],
)
def test_a_dollar_before_the_braces_makes_no_blank(code: str, found: tuple[str, ...]) -> None:
    assert gaps(code) == found
