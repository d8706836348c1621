"""Sentences on a narrow terminal are broken at words, and nothing of them is lost."""

from hypothesis import given
from hypothesis import strategies as st

from dp100cards.cli.context import folded


def test_what_follows_stands_below_what_is_said_and_not_below_its_name() -> None:
    assert folded("Learned  12 of 134 cards begun, 3 for three weeks or more", 40) == [
        "Learned  12 of 134 cards begun, 3 for",
        "         three weeks or more",
    ]
    assert folded("    a note of five words here", 20) == ["    a note of five", "        words here"]
    assert folded("one sentence of many words", 20) == ["one sentence of many", "words"]
    assert folded("", 20) == [""]


@given(st.text("ab  -", max_size=200), st.integers(20, 100))
def test_every_line_fits_and_no_word_is_lost(line: str, width: int) -> None:
    pieces = folded(line, width)
    assert all(len(piece) <= width for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(line.split())
