"""A card as it is asked and answered, whatever shows it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from dp100cards.cards import (
    Answer,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Scenario,
    Source,
    Statements,
)
from dp100cards.session.answering import begin, press
from dp100cards.ui.card import CardView, answered, asked
from dp100cards.ui.terminal import plain_line
from dp100cards.ui.text import code, folded, inline, one_line, prose
from dp100cards.ui.view import Size

CHOICE = Choice(
    id="a-1", deck="a", ask="Which is **top**?", explain="It holds all.",
    options=(Option("Workspace", True), Option("Datastore", False, "It lies below."), Option("Run")),
    source=Source(
        note="one.md", lines=(3, 4), title="The workspace", url="https://learn.example/ws", date="2026-06-01"
    ),
)  # fmt: skip
MULTIPLE = Multiple(
    id="a-2", deck="a", ask="Which two?", options=(Option("A", True), Option("B", True), Option("C"))
)
ORDER = Order(id="a-3", deck="a", ask="In which order?", items=("first", "second"), extra=("never",))
MATCH = Match(
    id="a-4", deck="a", ask="Match.", pairs=(Pair("left", "right"), Pair("up", "down")), extra=("x",)
)
STATEMENTS = Statements(
    id="a-5",
    deck="a",
    ask="True?",
    statements=(Option("Yes it is.", True), Option("It is not.", False, "No.")),
)
CODE = Code(id="a-6", deck="a", ask="Complete.", code="f({{a}})", wrong=(("b",),))


def lines(card: Card, answer: Answer | None = None) -> list[str]:
    attempt, size = begin(card), Size(60, 30)
    shown = answered(attempt, answer, size) if answer is not None else asked(attempt, size)
    return [line.plain.rstrip() for line in shown.body if line.plain.strip()]


def test_a_question_with_what_can_be_chosen() -> None:
    assert lines(CHOICE) == ["  Which is top?", "  a  ( )  Workspace", "  b  ( )  Datastore", "  c  ( )  Run"]
    assert lines(MULTIPLE)[1:] == ["  a  [ ]  A", "  b  [ ]  B", "  c  [ ]  C", "  Choose 2: 0 of 2 chosen"]
    assert lines(ORDER)[1:3] == ["  b   ·  second", "  a   ·  first"] or lines(ORDER)[1].strip()[0] in "ab"
    assert lines(MATCH)[1:] == ["  a  right", "  b  down", "  c  x", "› _  left", "  _  up"]
    assert lines(CODE)[1:] == ["  f(_____)", "  a  a", "  b  b"]


def test_an_answer_with_what_was_chosen_and_why() -> None:
    assert lines(CHOICE, (1,)) == [
        "  Which is top?", "  ✗ Wrong", "✓ a  Workspace", "✗ b  Datastore  ← your choice", "     It lies below.",
        "  c  Run", "  It holds all.", "  one.md:3–4  ·  The workspace  2026-06-01",
    ]  # fmt: skip
    assert lines(MULTIPLE, (0, 2))[1] == "  ✗ Partly right: 1 of 2 points"
    assert lines(ORDER, (2, 0))[2:] == [
        "✗  1  first", "      you: 2.", "✗  2  second", "      you: left out", "✗  –  never (not needed)"
    ]  # fmt: skip
    assert lines(MATCH, (2, 1))[2:] == ["✗ left", "    right", "    you: x", "✓ up", "    down"]
    assert lines(STATEMENTS, (1, 1))[2:] == [
        "✓ yes  Yes it is.",
        "✗ no   It is not.",
        "       you: yes",
        "       No.",
    ]
    assert lines(CODE, ("b",))[1:] == ["  ✗ Wrong", "  f(a)", "✗ you: b"]


def test_what_teaches_is_bright_and_what_was_not_chosen_is_dim() -> None:
    body = answered(begin(CHOICE), (1,), Size(60, 30))
    style = {line.plain.strip(): {str(span.style) for span in line.spans} for line in body.body}
    assert style["It lies below."] == style["It holds all."] == set()
    assert style["c  Run"] == {"quiet"}
    assert "right" in style["✓ a  Workspace"] and "wrong" in style["✗ b  Datastore  ← your choice"]


def test_the_page_of_a_source_is_a_link_and_in_lines_its_address() -> None:
    body = answered(begin(CHOICE), (0,), Size(90, 30))
    assert any("link https://learn.example/ws" in str(span.style) for span in body.body[-1].spans)
    assert plain_line(body.body[-1]) == (
        "one.md:3–4  ·  The workspace (https://learn.example/ws)  2026-06-01"
    )
    bad = inline("[text](javascript:alert)")
    assert bad.plain == "text (javascript:alert)" and not bad.spans
    assert inline("![plot](a/b.png) and [a page](https://x.y)").plain == "[picture: plot] and a page"


def test_a_scenario_stands_beside_its_question_or_above_it_and_stays_reachable_after_the_answer() -> None:
    card = Choice(
        id="s", deck="a", ask="What?", options=CHOICE.options, scenario=Scenario("firm", "It has\ntwo sites.")
    )
    attempt = begin(card)

    def shown(size: Size) -> CardView:
        return answered(attempt, None, size) if after else asked(attempt, size)

    for after in (False, True):
        wide = shown(Size(100, 30))
        assert "two sites." in "\n".join(line.plain for line in wide.aside)
        assert not any("two sites." in line.plain for line in wide.body)
        narrow = shown(Size(60, 30))
        assert narrow.body[2].plain == "  │ two sites."
        assert narrow.top == (2 if after else 0)


@pytest.mark.parametrize("card", [CHOICE, MULTIPLE, ORDER, MATCH, STATEMENTS, CODE])
@pytest.mark.parametrize("width", [40, 80])
def test_every_line_fits(card: Card, width: int) -> None:
    attempt = begin(card)
    for keys in ((), ("a",), ("y",)):
        for name in keys:
            attempt = press(attempt, name) or attempt
        for body in (
            asked(attempt, Size(width, 12)),
            answered(attempt, attempt.answer, Size(width, 12)),
        ):
            assert all(line.cell_len <= width for line in body.body)


@given(st.text(st.characters(), max_size=200), st.integers(10, 80))
def test_nothing_that_a_terminal_obeys_ever_comes_through(text: str, width: int) -> None:
    for line in prose(text, width):
        for character in line.plain:
            assert unicodedata.category(character) not in ("Cc", "Cs"), repr(character)
            assert not "\u202a" <= character <= "\u202e"
            assert not "\u2066" <= character <= "\u2069"


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=200), st.integers(10, 80))
def test_no_line_is_wider_than_it_may_be(text: str, width: int) -> None:
    for line in prose(text, width):
        assert line.cell_len <= width


def test_text_is_shown_as_it_is() -> None:
    text = r"[bold]no[/bold] \n :smile: 100 %"
    assert [line.plain for line in prose(text, 40)] == [text]


def test_italics_lose_their_stars() -> None:
    text = inline("*Hamlet* by 2 * 3 * 4 and `*x*`")
    assert text.plain == "Hamlet by 2 * 3 * 4 and *x*"
    assert [span.style for span in text.spans] == ["italic", "text.code"]


def test_code_spans_and_bold_are_styled_and_their_marks_are_gone() -> None:
    text = inline("Use `ws.get()` and **always** ``a`b``, not ** this ** or 2 * 3 * 4")
    assert text.plain == "Use ws.get() and always a`b, not ** this ** or 2 * 3 * 4"
    assert {span.style for span in text.spans} == {"text.code", "text.bold"}


def test_what_follows_a_bullet_keeps_its_column() -> None:
    assert [line.plain for line in prose("- one two three four five", 16)] == [
        "- one two three",
        "  four five",
    ]
    assert [line.plain for line in prose("10. one two three", 14)] == ["10. one two", "    three"]


def test_fenced_code_is_highlighted_and_keeps_its_spaces() -> None:
    found = prose("Before\n```python\ndef f():\n    return '[x]'\n```\nafter", 40)
    assert [line.plain for line in found] == ["Before", "def f():", "    return '[x]'", "after"]
    assert any(span.style == "code.keyword" for span in found[1].spans)
    assert [line.plain for line in prose("~~~\na\n```\n~~~", 40)] == ["a", "```"]
    assert [line.plain for line in prose("```nosuchlanguage\n  x = 1\n```", 40)] == ["  x = 1"]


def test_a_long_word_and_a_long_line_of_code_are_broken() -> None:
    assert [line.plain for line in prose("x" * 50, 20)] == ["x" * 20, "x" * 20, "x" * 10]
    assert [line.plain for line in code("漢" * 15, "", 20)] == ["漢" * 10, "漢" * 5]
    assert [line.plain for line in folded(Text("a  b   c"), 4)] == ["a  b", "   c"]


def test_gaps_are_filled_in_order_also_inside_code() -> None:
    gaps = [Text("ONE"), Text("TWO")]
    assert [line.plain for line in prose("a {{x}} b `{{y}}` c", 40, gaps=gaps)] == ["a ONE b TWO c"]
    assert [line.plain for line in code("f({{a}}, {{b}})", "python", 40, gaps=gaps)] == ["f(ONE, TWO)"]


def test_one_line_for_lists() -> None:
    assert one_line("a **b**\n\n- `c`") == "a b - c"
    assert one_line("```python\nx\n```") == "x"
    assert "datastore" in "".join(
        lines(Cloze(id="c", deck="d", ask="A {{datastore}} is here."), ("datastore",))
    )
