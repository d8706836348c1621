from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from dp100cards.ui.text import blocks, clean, code_lines, folded, inline, lines, one_line, unmarked
from dp100cards.ui.theme import console

screen = console(width=80)


def plain(text: str, width: int = 40) -> list[str]:
    return [line.plain for line in lines(text, screen, width)]


@given(st.text(st.characters(), max_size=200), st.integers(10, 80))
def test_nothing_that_a_terminal_obeys_ever_comes_through(text: str, width: int) -> None:
    for line in lines(text, screen, width):
        for character in line.plain:
            assert unicodedata.category(character) not in ("Cc", "Cs"), repr(character)
            assert not "\u202a" <= character <= "\u202e"
            assert not "\u2066" <= character <= "\u2069"


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=200), st.integers(10, 80))
def test_no_line_is_wider_than_it_may_be(text: str, width: int) -> None:
    for line in lines(text, screen, width):
        assert line.cell_len <= width


def test_text_is_shown_as_it_is() -> None:
    text = r"[bold]no[/bold] \n :smile: 100 %"
    assert plain(text) == [text]


def test_control_characters_are_pictures_of_themselves() -> None:
    assert clean("a\x1b[31mb\x07\x7f\x9b\u202e\r\n\tc") == "a␛[31mb␇␡��\n    c"


def test_code_spans_and_bold_are_styled_and_their_marks_are_gone() -> None:
    text = inline("Use `ws.get()` and **always** ``a`b``, not ** this ** or 2 * 3 * 4")
    assert text.plain == "Use ws.get() and always a`b, not ** this ** or 2 * 3 * 4"
    assert {span.style for span in text.spans} == {"text.code", "text.bold"}


def test_what_follows_a_bullet_keeps_its_column() -> None:
    assert plain("- one two three four five", 16) == ["- one two three", "  four five"]
    assert plain("10. one two three", 14) == ["10. one two", "    three"]


def test_fenced_code_is_highlighted_and_keeps_its_spaces() -> None:
    found = lines("Before\n```python\ndef f():\n    return '[x]'\n```\nafter", screen, 40)
    assert [line.plain for line in found] == ["Before", "def f():", "    return '[x]'", "after"]
    assert any(span.style == "code.keyword" for span in found[1].spans)
    assert list(blocks("~~~\na\n```\n~~~")) == [("", "a\n```")]


def test_code_of_an_unknown_language_stands_as_it_is() -> None:
    assert plain("```nosuchlanguage\n  x = 1\n```") == ["  x = 1"]


def test_a_long_word_and_a_long_line_of_code_are_broken() -> None:
    assert plain("x" * 50, 20) == ["x" * 20, "x" * 20, "x" * 10]
    assert [line.plain for line in code_lines("漢" * 15, "", 20)] == ["漢" * 10, "漢" * 5]


def test_gaps_are_filled_in_order_also_inside_code() -> None:
    gaps = [Text("ONE"), Text("TWO")]
    assert [line.plain for line in lines("a {{x}} b `{{y}}` c", screen, 40, gaps=gaps)] == ["a ONE b TWO c"]
    assert [line.plain for line in code_lines("f({{a}}, {{b}})", "python", 40, gaps=gaps)] == ["f(ONE, TWO)"]


def test_one_line_for_lists() -> None:
    assert one_line("a **b**\n\n- `c`") == "a b - c"
    assert unmarked("```python\nx\n```") == "x"


@given(st.text("ab 漢-", max_size=120), st.integers(4, 30))
def test_a_line_of_a_note_is_broken_at_words_and_keeps_them_all(text: str, width: int) -> None:
    pieces = folded(Text(text), width, at_words=True)
    assert all(piece.cell_len <= width for piece in pieces)
    assert "".join("".join(piece.plain for piece in pieces).split()) == "".join(text.split())


def test_a_long_word_alone_is_cut_and_others_are_not() -> None:
    pieces = folded(Text("- one two threefourfive six"), 12, at_words=True)
    assert [piece.plain for piece in pieces] == ["- one two", "threefourfiv", "e six"]
