"""Lines that are statements of their own are read one by one; text that an editor wrapped is read as one."""

from __future__ import annotations

from dp100cards.first.notes.extract import extract

TERSE = """# Tides

spring tides come at full and new moon
neap tides come at half moon
the range of a neap tide is small
a bore is a wave
that runs up a river
"""

WRAPPED = """# Tides

Spring tides come at full and at new moon, when the sun and the
moon pull along one line, and neap tides come at half moon, when
they pull across each other. A bore is a wave that runs up a river
with the tide.
"""


def quotes(text: str) -> list[str]:
    return [unit.text for unit in extract({"n.md": text}).units]


def test_terse_lines_are_statements_and_what_leans_on_the_line_before_stays_with_it() -> None:
    assert quotes(TERSE) == [
        "spring tides come at full and new moon",
        "neap tides come at half moon",
        "the range of a neap tide is small",
        "a bore is a wave that runs up a river",
    ]


def test_each_statement_names_its_lines() -> None:
    assert extract({"n.md": TERSE}).units[-1].lines == (6, 7)


def test_wrapped_text_is_parted_at_its_full_stops() -> None:
    assert len(quotes(WRAPPED)) == 2
    assert quotes(WRAPPED)[1] == "A bore is a wave that runs up a river with the tide."
