"""Pieces of text without which a pattern finds nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.first.notes.needed import needed


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"\b(?:see|shown) (?:above|below)\b", {"above", "below"}),
        (r"(?<!of )\bsuch\s+(?!as\b)", {"such"}),
        (r"e\.g\. if|maybe|exams?", {"e.g. if", "maybe", "exam"}),
        (r"a{2}bc+d[^]ef]gh", {"bc"}),
        (r"(?P<one>first)? last", {" last"}),
        (r"this|[ab]", set()),
        (r"one|an(?:other)? one", {"one"}),
    ],
)
def test_of_what_a_match_holds_the_least_to_look_for_is_named(pattern: str, pieces: set[str]) -> None:
    assert set(needed(pattern)) == pieces


LETTERS = st.text("abc .", min_size=1, max_size=3).map(re.escape)
PATTERNS = st.recursive(
    LETTERS | st.sampled_from([r"\b", r"\w", "[^]a]", "[ab]+", "^", "$", ".", "(?!a)", "(?<=b)"]),
    lambda parts: (
        st.lists(parts, min_size=1, max_size=4).map("".join)
        | st.lists(parts, min_size=2, max_size=3).map(lambda each: f"(?:{'|'.join(each)})")
        | st.tuples(parts, st.sampled_from(["?", "*", "+", "{2}", "{0,1}"])).map(
            lambda p: f"(?:{p[0]}){p[1]}"
        )
        | parts.map(lambda part: f"({part})")
    ),
    max_leaves=8,
)


@given(PATTERNS, st.text("abc .", max_size=12))
def test_whatever_is_found_holds_one_of_them(pattern: str, text: str) -> None:
    found = re.search(pattern, text)
    pieces = needed(pattern)
    assert not (found and pieces) or any(piece in text for piece in pieces)
