"""What keys make of an answer, before it is confirmed."""

from __future__ import annotations

from dataclasses import replace

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
from dp100cards.session.answering import (
    Attempt,
    Line,
    begin,
    cleared,
    confirm,
    label,
    press,
    restored,
    shuffled,
    typed,
)
from dp100cards.ui.keys import NAMES

OPTIONS = (Option("one", right=True), Option("two"), Option("three", right=False), Option("four"))
CHOICE, MULTIPLE, ORDER, MATCH, STATEMENTS, CODE, CLOZE, BASIC = CARDS = (
    Choice(id="a", deck="d", ask="?", options=OPTIONS),
    Multiple(id="b", deck="d", ask="?", options=(*OPTIONS, Option("five", right=True))),
    Order(id="c", deck="d", ask="?", items=("one", "two", "three", "four"), extra=("five",)),
    Match(
        id="d", deck="d", ask="?", pairs=(Pair("1", "one"), Pair("2", "two"), Pair("3", "three")), extra=("four",)
    ),
    Statements(id="e", deck="d", ask="?", statements=(Option("yes", right=True), Option("no"))),
    Code(id="f", deck="d", ask="?", code="{{a}}({{b}})", wrong=(("x", "y"), ("z",))),
    Cloze(id="g", deck="d", ask="A {{b}} and {{c}}."),
    Basic(id="h", deck="d", ask="?", answer="a word"),
)  # fmt: skip


def pressed(attempt: Attempt, *keys: str) -> Attempt:
    for name in keys:
        after = press(attempt, name)
        assert after is not None, name
        attempt = after
    return attempt


def entered(attempt: Attempt) -> tuple[Attempt, bool]:
    after, done = confirm(attempt)
    assert done or after.said or after != attempt, "enter never does nothing without a word"
    return after, done


def right_keys(attempt: Attempt) -> list[str]:
    """The keys that answer a card rightly."""
    card = attempt.card
    want = key(card)
    if attempt.lines:
        words = [str(word) for word in want]
        return [
            k
            for n, word in enumerate(words)
            for k in [*(["tab"] if n else []), *(c if c != " " else "space" for c in word)]
        ]
    if isinstance(card, Statements):
        return ["y" if right else "n" for right in want]
    if isinstance(card, Code):
        return [label(words.index(str(right))) for words, right in zip(attempt.lists, want, strict=True)]
    return [label(attempt.shuffle.index(int(index))) for index in want]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.kind)
@pytest.mark.parametrize("seed", range(5))
def test_the_right_keys_give_the_right_answer(card: Card, seed: int) -> None:
    attempt = begin(card, str(seed), typing=True)
    attempt = pressed(attempt, *right_keys(attempt))
    assert attempt.whole
    assert entered(attempt) == (attempt, True)
    assert mark(card, attempt.answer).right
    assert restored(begin(card, str(seed), typing=True), attempt.answer).answer == attempt.answer
    assert pressed(cleared(attempt), *right_keys(attempt)).answer == attempt.answer
    assert cleared(attempt).answer == ()


@pytest.mark.parametrize("seed", range(5))
def test_digits_choose_as_letters_do(seed: int) -> None:
    for card in (CHOICE, MULTIPLE, ORDER, MATCH, CODE):
        attempt = begin(card, str(seed))
        digits = [str("abcdef".index(letter) + 1) for letter in right_keys(attempt)]
        assert mark(card, pressed(attempt, *digits).answer).right


@given(
    st.sampled_from(CARDS),
    st.booleans(),
    st.lists(st.sampled_from([*sorted(NAMES), *"abcdefyn1270", "enter"]), max_size=40),
)
def test_whatever_is_pressed_the_attempt_stays_sound(card: Card, typing: bool, keys: list[str]) -> None:
    attempt = begin(card, "seed", typing=typing)
    for name in keys:
        attempt = confirm(attempt)[0] if name == "enter" else press(attempt, name) or attempt
        assert len(set(attempt.shown)) == len(attempt.shown) if isinstance(card, Order) else True
        if attempt.takes:
            assert attempt.filled <= attempt.wanted
        mark(card, attempt.answer)


def test_arrows_choose_as_radio_buttons_do_and_enter_confirms() -> None:
    attempt = pressed(begin(CHOICE, "1"), "down", "down")
    assert attempt.answer == (attempt.shuffle[1],)
    assert entered(attempt) == (attempt, True)
    assert pressed(attempt, "a").answer == (attempt.shuffle[0],), "it can be changed until then"


def test_arrows_and_enter_choose_several_and_put_in_order() -> None:
    attempt = begin(MULTIPLE, "1")
    for _ in range(2):
        attempt, done = entered(pressed(attempt, "down"))
        assert not done
    assert attempt.answer == tuple(sorted(attempt.shuffle[:2]))
    assert entered(attempt)[1]
    attempt = begin(ORDER, "1")
    for _ in range(4):
        attempt, done = entered(pressed(attempt, *["up"] if not attempt.values else []))
    assert not done and attempt.whole


def test_what_is_not_whole_is_handed_in_only_the_second_time_and_after_a_word() -> None:
    attempt = pressed(begin(MULTIPLE, "1"), "b")
    warned, done = confirm(attempt)
    assert (done, warned.said) == (False, "1 of 2 chosen. Enter again: hand in.")
    assert confirm(warned)[1]
    assert not confirm(pressed(warned, "down"))[1], "another key is no second enter"
    assert confirm(begin(CHOICE, "1"))[0].said.startswith("Choose a–d")
    for card in CARDS[2:7]:
        once, done = confirm(begin(card, "1", typing=True))
        assert not done
        assert confirm(once)[1]


def test_space_takes_a_placed_item_out_again() -> None:
    attempt = pressed(begin(ORDER, "1"), "a", "b", "c")
    first = attempt.values[0]
    attempt = pressed(attempt, "down")
    assert pressed(attempt, "up").values == attempt.values, "an arrow only moves the pointer"
    assert first not in pressed(attempt, "space").values
    assert first not in pressed(attempt, "a").values, "a second time takes it out"


def test_an_order_never_begins_solved() -> None:
    for seed in range(200):
        assert begin(ORDER, str(seed)).shuffle != (0, 1, 2, 3, 4)


def test_a_right_side_belongs_to_one_left_side_only() -> None:
    attempt = pressed(begin(MATCH, "1"), "a", "a")
    assert sorted(attempt.values)[:2] == [-1, -1]
    attempt = pressed(begin(MATCH, "1"), "right", "down", "right")
    assert sorted(attempt.values)[:2] == [-1, -1]


def test_no_more_is_picked_than_a_multiple_card_asks_for() -> None:
    full = pressed(begin(MULTIPLE, "1"), "a", "b")
    more = press(full, "c")
    assert more is not None
    assert more.answer == full.answer
    assert more.said == "Already 2 chosen; deselect one first."
    other = pressed(full, "a", "c")
    assert len(other.answer) == 2
    assert other.answer != full.answer


def test_letters_have_no_holes_and_the_seventh_has_its_number() -> None:
    assert [label(n) for n in range(8)] == ["a", "b", "c", "d", "e", "f", "7", "8"]
    many = Choice(id="m", deck="d", ask="?", options=tuple(Option(str(n), n == 11) for n in range(12)))
    attempt = begin(many, "1")
    assert attempt.span == "a–f 7–12"
    assert pressed(attempt, "12").answer == (attempt.shuffle[11],)
    assert pressed(attempt, "up").answer == (attempt.shuffle[11],)
    assert press(attempt, "g") is None


def test_a_shuffle_depends_on_its_seed_alone_and_mixes() -> None:
    assert shuffled(5, "x") == shuffled(5, "x")
    assert len({shuffled(4, str(n)) for n in range(300)}) == 24


def test_a_line_is_edited_as_everywhere_and_takes_every_character() -> None:
    line = Line()
    for name in [*"worspace", "home", *["right"] * 3, "k", "end", "space", "x", "backspace", "backspace"]:
        line = typed(line, name)
    assert line == Line("workspace")
    assert typed(Line("one two", " three"), "ctrl-w") == Line("one ", " three")
    assert typed(Line("on", "e"), "ctrl-u") == Line("", "e")
    assert typed(Line("o", "ne"), "delete") == Line("o", "e")
    assert typed(Line("o", "ne"), "pgup") == Line("o", "ne")
    attempt = pressed(begin(BASIC, "1", typing=True), *"efq?1/")
    assert attempt.answer == ("efq?1/",)


@pytest.mark.parametrize(
    "texts",
    [
        ("1 GB", "2 GB", "10 GB"),
        ("Yes", "No"),
        ("A disk", "A share", "All of the above"),
        ("A. one", "B. two", "Both A and B"),
    ],
)
def test_options_that_have_an_order_of_their_own_keep_it(texts: tuple[str, ...]) -> None:
    card = Choice(
        id="c", deck="d", ask="?", options=tuple(Option(text, right=not n) for n, text in enumerate(texts))
    )
    assert all(begin(card, str(seed)).shuffle == tuple(range(len(texts))) for seed in range(20))


def test_an_answer_from_memory_takes_no_key() -> None:
    assert {press(begin(BASIC), name) for name in ("a", "1", "space", "ctrl-u", "down")} == {None}


def test_what_is_ruled_out_is_not_chosen_but_can_be_come_to() -> None:
    for card in (CHOICE, MULTIPLE):
        attempt = begin(card)
        attempt = replace(attempt, struck=frozenset({attempt.shuffle[1]}))
        after = press(attempt, "b") or attempt
        assert (after.answer, after.focus, after.said) == ((), 1, "b is struck out; - brings it back.")
        assert attempt.shuffle[1] not in pressed(attempt, "down", "down").answer
        assert confirm(after)[0].answer == ()


def test_one_pick_too_many_moves_the_pointer_all_the_same() -> None:
    full = pressed(begin(MULTIPLE, "1"), "a", "b")
    more = press(full, "c")
    assert more is not None
    assert (more.focus, more.answer) == (2, full.answer)


def test_enter_does_not_choose_again_what_a_letter_has_taken_back() -> None:
    attempt, done = confirm(pressed(begin(MULTIPLE, "1"), "a", "b", "b"))
    assert (attempt.filled, done, attempt.said) == (1, False, "1 of 2 chosen. Enter again: hand in.")
