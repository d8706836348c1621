"""A question that names nothing says first what it is asked of."""

from __future__ import annotations

import pytest

from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import extract

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


def test_an_abbreviation_is_no_setting_of_what_it_stands_for() -> None:
    text = "# BPMS\n\nA BPMS runs everywhere. BPMS is old.\n\nA berth plan management service is a service for ports.\n"
    assert not [ask for ask in asks(text) if ask.startswith("BPMS: ") and "berth plan" in ask]


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


def test_two_letters_and_a_word_of_code_are_asked_of_the_product_above_them() -> None:
    text = (
        "# EFS (Elastic File System)\n\nEFS knows standard and Infrequent Access (IA) classes.\n\n"
        "`Scratch` is a kind of disk that forgets what it holds.\n"
    )
    assert "EFS: what does IA stand for?" in asks(text)
    assert "EFS: what is `Scratch`?" in asks(text)


def test_one_of_two_in_a_heading_does_not_set_the_other() -> None:
    text = "# Disks\n\n## EFS vs EBS\n\n- **EFS**: a shared file system for many instances\n- **EBS**: a disk for one instance\n"
    assert not any(ask.startswith(("EFS: what is EBS", "EBS: what is EFS")) for ask in asks(text))


@pytest.mark.parametrize("title", ["QUESTION", "Detailed Syllabus Breakdown", "Study Guide", "AWS Databases"])
def test_a_heading_over_no_subject_sets_nothing(title: str) -> None:
    text = f"# {title}\n\n## Terms\n\n- **Node**: a machine that the scheduler knows\n- **Edge**: a way from one to another\n"
    assert not any(ask.startswith(f"{title}:") or f"({title})" in ask for ask in asks(text))


def test_a_one_word_title_that_is_no_ordinary_word_sets_definitions() -> None:
    assert "Beekeeping: what is a hive?" in asks("# Beekeeping\n\nA hive is a box in which bees live.\n")


def test_a_heading_that_sets_things_against_each_other_sets_no_question() -> None:
    text = (
        "# Terraform vs Other Tools\n\nTerraform plans. Terraform applies what it planned.\n\n"
        "## Terraform vs Chef\n\n- **`Chef`**: a tool that keeps the configuration of machines as it should be\n"
        "- **`Packer`**: a tool that bakes images of machines\n"
    )
    assert any("Packer" in ask for ask in asks(text))
    assert not any(ask.startswith("Terraform: what is") for ask in asks(text))


@pytest.mark.parametrize("title", ["Creating Images", "Other Docker Best practices"])
def test_an_act_and_a_quality_are_no_settings(title: str) -> None:
    text = (
        "# Boxes and what they hold\n\nDocker runs them. Docker is best alone. The best of Docker is its cache.\n\n"
        f"## {title}\n\nA context is a folder that is sent to the builder.\n"
    )
    assert any("a context?" in ask for ask in asks(text))
    assert not any(ask.startswith(("Docker Best:", "Creating Images:")) for ask in asks(text))
