"""Cards that readers of strangers' notes would not take: misspelt, spelled out otherwise, given away, cut short."""

from __future__ import annotations

import pytest

from dp100cards.cards import Basic
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.generate import generate
from dp100cards.first.notes.extract import extract
from dp100cards.first.notes.facts import Use


def drafts(text: str) -> list[Draft]:
    return generate(extract({"note.md": text}).facts)


def doubts(text: str, rule: str) -> set[str]:
    return {doubt for draft in drafts(text) if draft.rule == rule for doubt in draft.doubts}


def asks(text: str) -> list[str]:
    return [draft.card.ask for draft in drafts(text)]


def test_a_misspelt_word_is_not_learned_unseen() -> None:
    text = "# Disks\n\n## Volume\n\nA volume is a device that is attatched to one machine at a time.\n"
    assert "a word may be misspelt" in doubts(text, "definition.what")
    assert "a word may be misspelt" not in doubts(text.replace("attatched", "attached"), "definition.what")


@pytest.mark.parametrize(
    ("spelt", "waits"),
    [
        ("Transport Control Protocol (TCP)", True),
        ("Transmission Control Protocol (TCP)", False),
        ("Configuration Item (CI)", True),
        ("Towing Crew Plan (TCP)", True),
        ("Vessel Traffic Service (VTS)", False),
    ],
)
def test_what_usually_stands_for_something_else_waits(spelt: str, waits: bool) -> None:
    found = doubts(f"# Lines\n\nThe {spelt} carries what is sent.\n", "abbreviation.long")
    assert ("it usually stands for something else" in found) is waits


def test_an_exam_is_no_subject() -> None:
    found = doubts("# Ports\n\nThe Certified Harbour Pilot (CHP) has a badge.\n", "abbreviation.long")
    assert "an exam, and nothing of its subject" in found


def test_a_country_ends_no_definition() -> None:
    text = "# Bodies\n\n**NIST**: A standards body of the U.S. government that measures everything from time to mass with care.\n"
    [answer] = [
        d.card.answer for d in drafts(text) if d.rule == "definition.what" and isinstance(d.card, Basic)
    ]
    assert not answer.endswith("U.S.")


def test_what_was_so_once_is_no_use() -> None:
    facts = extract({"n.md": "# Tools\n\n## Relief crane\n\nUsed to be named the old crane.\n"}).facts
    assert not any(isinstance(fact, Use) for fact in facts)


def table(title: str, header: tuple[str, str], rows: tuple[tuple[str, str], ...]) -> str:
    told = "".join(f"| {name} | {says} |\n" for name, says in rows)
    return f"# {title}\n\n| {header[0]} | {header[1]} |\n| --- | --- |\n{told}"


def test_a_name_whose_words_are_all_in_the_question_is_given_away() -> None:
    rows = (
        ("`DeleteTopic`", "Deletes a topic and all of it"),
        ("`Publish`", "Sends a message to everybody"),
        ("`Subscribe`", "Asks to get what is sent"),
        ("`Confirm`", "Says that the address is right"),
    )
    text = table("Calls", ("Call", "Description"), rows)
    assert not any("Deletes a topic" in ask for ask in asks(text))
    assert any("Sends a message" in ask for ask in asks(text))


def test_what_a_row_is_best_for_is_asked_so() -> None:
    rows = (
        ("Tug", "short tows in narrow water"),
        ("Barge", "heavy cargo without an engine"),
        ("Cutter", "quick trips of a pilot"),
    )
    assert "Which boat is best for short tows in narrow water?" in asks(
        table("Boats", ("Boat", "Best for"), rows)
    )


def test_with_which_of_two_something_is_easier() -> None:
    text = "# Boats\n\nTug vs. Barge: Tug it's easier to turn, built for towing in harbours.\n"
    assert "Barge or Tug: with which is it easier to turn?" in asks(text)


def test_a_column_of_signs_names_no_kind() -> None:
    rows = "".join(
        f"| {name} | what the {told} of a message says |\n"
        for name, told in (("Head", "top"), ("Tail", "end"), ("Body", "middle"))
    )
    assert not any("Which #" in ask for ask in asks(f"# Parts\n\n| # | Description |\n| --- | --- |\n{rows}"))


def test_options_of_a_question_with_marks_are_no_facts() -> None:
    assert not drafts(
        "# Quiz\n\n- [ ] **Owner** ✅ may do everything here\n- [ ] **Guest** ❌ may do nothing at all\n"
    )
    assert not drafts("# Quiz\n\n- Owners may do everything ❌\n- Guests may do nothing at all here ✅\n")


def test_an_answer_half_in_another_writing_waits() -> None:
    text = (
        "# Store\n\n- 写入Azure Storage数据库的都有storage service encryption (SSE) with a 256-bit cipher.\n"
    )
    assert "the answer is in another language" in doubts(text, "abbreviation.long")
    plain = text.replace("写入Azure Storage数据库的都有", "Azure Storage has ")
    assert doubts(plain, "abbreviation.long") == set()


def test_steps_of_a_side_that_everything_has_wait() -> None:
    steps = (
        "1. Switch the network on\n2. Make the end points\n3. Approve the connections\n4. Test the way back\n"
    )
    text = f"# Factory\n\n## End points\n\n### Configuration steps\n\n{steps}"
    made = [draft for draft in drafts(text) if draft.rule.startswith("sequence.")]
    assert all(draft.tier != "active" for draft in made)
    assert all(
        "stands under no name of a thing" in draft.doubts for draft in made if draft.rule == "sequence.next"
    )
