"""Lines that end in a colon, with a list below each, are names: what stands below belongs to them."""

from __future__ import annotations

from dp100cards.first.notes.extract import extract

TOOLS = """## Baking tools

* Whisk:
    * Beats the eggs and the cream of the cake by hand.
* Spatula:
    * Spreads the icing on the layers of the cake.
"""

SIDES = """## Oven

* Benefits:
    * Heats the whole room in the winter.
    * Bakes four loaves at a time.
* Limitations:
    * Takes an hour until it is hot.
"""


def concepts(text: str) -> set[str]:
    return {fact.concept for fact in extract({"note.md": text}).facts}


def test_what_stands_under_a_name_is_said_of_it() -> None:
    assert {"Whisk", "Spatula"} <= concepts(TOOLS)


def test_benefits_are_no_thing() -> None:
    assert not {"Benefits", "Limitations"} & concepts(SIDES)


def test_a_term_may_be_told_apart_by_two_hyphens_and_begin_with_a_bullet_of_its_own() -> None:
    text = "## Databases\n\n* Timestream -- A managed database for time series.\n* -Zone sets: A group of zones.\n"
    assert {"Timestream", "Zone sets"} <= concepts(text)
    assert "`-N`" in concepts("## Flags\n\n- `-N`: the number of lines\n- `-q`: quiet output\n")


def test_a_numbered_heading_that_says_what_to_do_is_no_name() -> None:
    for heading in ("5c. Describe variable scope", "3.6.D. Describe the trust portal", "What are we doing?"):
        assert not {"Describe", "we doing", heading} & concepts(
            f"# Notes\n\n## {heading}\n\nVariables are local.\n"
        )
    assert not any(
        c.startswith("and ") for c in concepts("## Configure and run a client\n\nIt reads images.\n")
    )


def test_the_way_to_another_page_and_what_a_course_says_of_itself_are_passed_over() -> None:
    text = (
        "# Ovens\n\n⬅️ [Return to baking with steam](../x.md)\n\nYou learned about proofing baskets and their linen.\n\n"
        "Previous: [Yeast](y.md)\n\nA proofing basket is a form made of rattan.\n"
    )
    stated = [unit.text for unit in extract({"note.md": text}).units if not unit.skipped]
    assert stated == ["A proofing basket is a form made of rattan."]


def test_numbered_questions_of_a_practice_test_are_passed_over() -> None:
    text = "# Ovens\n\n## Practice test 2\n\n### Q216:\n\nA baker has four ovens.\n\n- The first oven is a tunnel oven.\n"
    assert extract({"note.md": text}).facts == []
    assert extract(
        {"note.md": "# Ovens\n\n## Q1: What is a tunnel oven?\n\nA tunnel oven has a belt.\n"}
    ).facts


def test_a_rule_of_thumb_says_what_a_thing_is_for() -> None:
    text = "# Files\n\n- **For shared files → Use EFS**.\n- For block devices -> choose EBS\n"
    facts = extract({"note.md": text}).facts
    assert [(f.concept, getattr(f, "purpose", "")) for f in facts] == [
        ("EFS", "shared files"),
        ("EBS", "block devices"),
    ]


def test_a_label_in_bold_without_a_colon_names_nothing() -> None:
    text = (
        "# Ovens\n\n## Tunnel oven\n\nA tunnel oven has a belt.\n\n- **Benefits**\n  - Bakes loaves without a pause\n"
        "- **Key features**\n  - Runs on gas\n\n**Key Capabilities**\n- Bakes 900 loaves an hour\n"
    )
    assert concepts(text) == {"Tunnel oven"}


def test_a_command_may_be_told_in_brackets() -> None:
    text = "# Tools\n\n- `bake plan` (shows what would be baked)\n- `bake now` (bakes at once)\n"
    facts = extract({"note.md": text}).facts
    assert {(f.concept, f.source.quote) for f in facts} == {
        ("`bake plan`", "shows what would be baked"),
        ("`bake now`", "bakes at once"),
    }
