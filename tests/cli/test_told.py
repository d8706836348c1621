"""Sentences on a narrow terminal are broken at words, and nothing of them is lost."""

from contextlib import redirect_stdout
from io import StringIO
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cli.context import tell
from dp100cards.ui.terminal import Lines
from dp100cards.ui.view import Size


def told(line: str, width: int) -> list[str]:
    with redirect_stdout(StringIO()) as out, patch.object(Lines, "size", Size(width, 100, plain=True)):
        tell([line])
    return out.getvalue().splitlines()


def test_what_follows_stands_below_what_is_said() -> None:
    assert told("    a note of five words here", 20) == ["    a note of five", "    words here"]
    assert told("one sentence of many words", 20) == ["one sentence of many", "words"]
    assert told("", 20) == [""]


@given(st.text("ab  -", max_size=200), st.integers(20, 100))
def test_every_line_fits_and_no_word_is_lost(line: str, width: int) -> None:
    pieces = told(line, width)
    assert all(len(piece) <= width for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(line.split())
