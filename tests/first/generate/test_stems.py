"""What counts as a word, and what two texts have in common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dp100cards.first.generate.stems import WORD, words


def test_a_word_may_hold_a_stop_and_never_ends_in_one() -> None:
    assert words("Run score.py. It needs C++, F# or 3.6.") == [
        "Run", "score.py", "It", "needs", "C++", "F#", "or", "3.6",
    ]  # fmt: skip
    assert words("on-premises (don't), a_b’s…") == ["on", "premises", "don't", "a", "b’s"]
    assert words("") == words(" . ") == []


@given(st.text(alphabet="aB1é._'’#+,-()/\n\t ", max_size=30) | st.text(max_size=30))
def test_the_words_of_a_plain_text_are_those_that_the_pattern_finds(text: str) -> None:
    assert words(text) == WORD.findall(text)
