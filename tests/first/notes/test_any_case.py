"""Patterns that take capitals for small letters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100cards.first.notes.any_case import AnyCase

PATTERN = r"\b(?:for example|such as|e\.g)\b|^note\W"


@given(
    st.lists(st.sampled_from(["For", "example", "SUCH", "as", "E.g", "Note:", "and", " ", "x"])).map(" ".join)
)
def test_it_finds_what_the_flag_finds(text: str) -> None:
    flagged, ours = re.compile(PATTERN, re.IGNORECASE), AnyCase(PATTERN)
    for one, two in ((flagged.search(text), ours.search(text)), (flagged.match(text), ours.match(text))):
        assert (one and one.span()) == (two and two.span())
    found = flagged.search(text)
    assert ours.found(text) == (found[0] if found else "")


def test_a_pattern_with_a_capital_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="capital"):
        AnyCase(r"\bTODO\b")


def test_classes_and_groups_may_have_their_capitals() -> None:
    found = AnyCase(r"(?P<word>\W\w+)").search("to Do")
    assert found is not None
    assert found["word"] == " do"
