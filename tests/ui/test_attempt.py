from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cards import (
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
    key,
    mark,
)
from dp100cards.ui.attempt import Attempt, Shuffle, begin, cleared, press, refused
from dp100cards.ui.card_plain import picked
from dp100cards.ui.keys import NAMES

OPTIONS = (Option("one", right=True), Option("two"), Option("three", right=False), Option("four"))
CARDS: list[Card] = [
    Choice(id="a", deck="d", ask="?", options=OPTIONS),
    Multiple(id="b", deck="d", ask="?", options=(*OPTIONS, Option("five", right=True))),
    Order(id="c", deck="d", ask="?", items=("one", "two", "three", "four")),
    Match(id="d", deck="d", ask="?", pairs=(Pair("1", "one"), Pair("2", "two"), Pair("3", "three"))),
    Statements(id="e", deck="d", ask="?", statements=(Option("yes", right=True), Option("no"))),
    Code(id="f", deck="d", ask="?", code="{{a}}({{b}})", wrong=(("x", "y"), ("z",))),
    Cloze(id="g", deck="d", ask="A {{b}} and {{c}}."),
    Basic(id="h", deck="d", ask="?", answer="a word"),
]


def pressed(attempt: Attempt, *keys: str) -> Attempt:
    for name in keys:
        after = press(attempt, name)
        assert after is not None, name
        attempt = after
    return attempt


def right_keys(attempt: Attempt) -> list[str]:
    """The keys that answer a card rightly."""
    card = attempt.card
    want = key(card)
    if attempt.types:
        words = [str(word) for word in want]
        return [
            k
            for n, word in enumerate(words)
            for k in [*(["tab"] if n else []), *(c if c != " " else "space" for c in word)]
        ]
    if isinstance(card, Statements):
        return ["y" if right else "n" for right in want]
    if isinstance(card, Code):
        return [
            attempt.labels[words.index(str(right))]
            for words, right in zip(attempt.wordings, want, strict=True)
        ]
    return [attempt.labels[attempt.shuffle.index(int(index))] for index in want]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.kind)
@pytest.mark.parametrize("seed", range(5))
def test_the_right_keys_give_the_right_answer(card: Card, seed: int) -> None:
    attempt = begin(card, Random(seed), typing=True)
    attempt = pressed(attempt, *right_keys(attempt))
    assert attempt.whole
    assert mark(card, attempt.answer).right


@given(
    st.sampled_from(CARDS),
    st.booleans(),
    st.lists(st.sampled_from([*sorted(NAMES), *"abcdeyn12"]), max_size=40),
)
def test_whatever_is_pressed_the_attempt_stays_sound(card: Card, typing: bool, keys: list[str]) -> None:
    attempt = begin(card, Shuffle("seed"), typing=typing)
    for name in keys:
        attempt = press(attempt, name) or attempt
        assert -1 <= attempt.focus < max(attempt.rows, 1)
        if isinstance(card, Order):
            assert sorted(attempt.values) == [0, 1, 2, 3]
        mark(card, attempt.answer)


def test_items_move_with_the_arrow_keys_while_held() -> None:
    attempt = begin(CARDS[2], Random(1))
    first = attempt.values[0]
    attempt = pressed(attempt, "space", "down", "down", "space")
    assert attempt.values[2] == first
    assert pressed(attempt, "down").values == attempt.values, "let go, only the pointer moves"


def test_an_order_never_begins_solved() -> None:
    for seed in range(200):
        assert begin(CARDS[2], Random(seed)).values != (0, 1, 2, 3)


def test_a_right_side_belongs_to_one_left_side_only() -> None:
    attempt = begin(CARDS[3], Random(1))
    attempt = pressed(attempt, "a", "a")
    assert sorted(attempt.values)[:2] == [-1, -1]


def test_a_choice_is_taken_back_in_a_multiple_card() -> None:
    attempt = pressed(begin(CARDS[1], Random(1)), "a", "b", "a")
    assert len(attempt.answer) == 1


def test_no_more_is_picked_than_a_multiple_card_asks_for() -> None:
    full = pressed(begin(CARDS[1], Random(1)), "a", "b")
    more = pressed(full, "c")
    assert more.answer == full.answer
    assert "2 are asked for" in refused(full, more, "c")
    assert refused(more, pressed(more, "down"), "down") == ""
    other = pressed(more, "a", "c")
    assert len(other.answer) == 2
    assert other.answer != full.answer
    assert refused(more, pressed(more, "a"), "a") == ""


@pytest.mark.parametrize("card", CARDS[:6], ids=lambda card: card.kind)
def test_a_second_line_replaces_the_first_answer(card: Card) -> None:
    blank = begin(card, Random(3))
    line = " ".join(right_keys(blank))
    first = picked(blank, line)
    assert first is not None
    second = picked(first, line)
    assert second is not None
    assert mark(card, second.answer).right
    assert cleared(second).answer == blank.answer


def test_in_lines_more_letters_than_asked_for_are_no_answer() -> None:
    blank = begin(CARDS[1], Random(1))
    assert picked(blank, "a b c") is None
    assert picked(blank, "a") is not None


def test_letters_that_other_keys_need_are_not_used() -> None:
    assert begin(CARDS[1], Random(1), letters="abcdg").labels == "abcdg"


def test_a_shuffle_depends_on_its_seed_alone_and_mixes() -> None:
    assert Shuffle("x").sample(range(5), 5) == Shuffle("x").sample(range(5), 5)
    assert len({tuple(Shuffle(str(n)).sample(range(4), 4)) for n in range(300)}) == 24
