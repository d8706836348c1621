"""A question that names nothing says first what it is asked of."""

from __future__ import annotations

import pytest

from dp100cards.generate.generate import generate
from dp100cards.notes.extract import extract

FLOWS = """# Building blocks of GitHub Actions

GitHub Actions runs what is pushed. Machines that GitHub Actions rents are paid by the minute.

## Workflows

A workflow is an automated process that is told in a file.
"""

GRAPHS = """# Databases

## Graph store

- **Node**: a person or a thing that the store knows
- **Edge**: the way from one of them to the other
"""


def asks(text: str) -> set[str]:
    return {draft.card.ask for draft in generate(extract({"note.md": text}).facts)}


def test_the_product_of_a_heading_is_named_before_a_question_about_a_common_thing() -> None:
    assert "GitHub Actions: what is a workflow?" in asks(FLOWS)


def test_a_common_word_alone_is_told_apart_by_what_its_section_is_about() -> None:
    assert "Graph store: what is a node?" in asks(GRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "# AZ-900 exam notes\n\n## Region\n\nA region is a set of data centres that are near each other.\n",
        "# Tubes, pipes and hoses\n\n## Valves\n\nA valve is a device that lets water through one way only.\n",
    ],
)
def test_an_exam_and_a_list_of_things_set_no_question(text: str) -> None:
    assert all(": " not in ask for ask in asks(text) if ask.startswith(("AZ", "Tubes", "Exam")))
    assert any(ask in ("What is a region?", "What is a valve?") for ask in asks(text))


def test_what_names_itself_or_gives_the_answer_away_has_no_setting() -> None:
    text = (
        FLOWS
        + "\n## Runners\n\nA runner is a machine that GitHub Actions rents.\n\nAn MX runner is a runner with 12 cores.\n"
    )
    told = asks(text)
    assert not any(ask.startswith("GitHub Actions: what is a runner") for ask in told)
    assert not any(ask.startswith("GitHub Actions") and "MX" in ask for ask in told)


def test_an_arrow_between_two_names_is_asked_for_what_it_points_to() -> None:
    text = "# Names\n\n- Route 53: a service that finds hosts by their names.\n\n## By task\n\n- Name lookup -> Route 53\n- Mail -> SES\n"
    assert "“Name lookup”: what do your notes point to?" in asks(text)


def test_the_number_of_a_line_is_no_gap() -> None:
    assert not any(
        "{{17}}" in ask
        for ask in asks("# Yard\n\nSafety of the crane.\n\n17\\. You may receive a warning.\n")
    )


def test_the_vendor_of_a_product_is_left_out_of_a_setting_as_the_notes_leave_it_out() -> None:
    text = (
        "# Describe how to draw in Microsoft Power BI\n\nReports are drawn with Power BI. Power BI runs in a browser.\n\n"
        "A dashboard is a canvas on a single page to which tiles are pinned.\n"
    )
    assert "Power BI: what is a dashboard?" in asks(text)
