"""The repository's own notes, and what a careful reader wants of the cards that come out of any notes."""

from __future__ import annotations

from dp100cards.cards import Basic, Card, Choice, Multiple
from dp100cards.generate.draft import Draft
from dp100cards.generate.generate import generate
from dp100cards.notes.extract import extract


def drafts(text: str, **more: str) -> list[Draft]:
    return generate(extract({"note.md": text, **{f"{name}.md": note for name, note in more.items()}}).facts)


def active(text: str, **more: str) -> list[Card]:
    return [draft.card for draft in drafts(text, **more) if draft.tier == "active"]


def asked(text: str) -> list[str]:
    return [card.ask for card in active(text)]


def answers(text: str) -> dict[str, str]:
    return {card.ask: card.answer for card in active(text) if isinstance(card, Basic)}


def options(card: Card) -> set[str]:
    assert isinstance(card, Choice | Multiple)
    return {option.text for option in card.options}


STORAGE = """
## 3) Storage services

- **Blobs**: Object storage for unstructured data.
- **Queues**: Messaging service for asynchronous workflows.
- **Tables**: Key-value store for structured data without relations.
"""


def test_the_number_of_a_heading_is_no_part_of_a_question() -> None:
    assert any("storage service" in ask.lower() for ask in asked(STORAGE))
    assert not any("3)" in ask for ask in asked(STORAGE))


def test_a_check_question_with_its_answer_becomes_that_card() -> None:
    found = answers(
        "## Knowledge check\n\n1. Which option offers **sixteen nines**? → **Geo-zone redundancy**\n"
    )
    assert found == {"Which option offers sixteen nines?": "Geo-zone redundancy"}


def test_a_label_under_a_concept_is_a_trait_of_it_and_no_concept() -> None:
    found = answers(
        "## Round robin\n\n"
        "- **Limitation**: High turnaround time for long jobs.\n"
        "- **Purpose**: Fair shares of the processor.\n"
    )
    assert any("limitation" in ask.lower() and "round robin" in ask.lower() for ask in found)
    assert not any(ask.lower().startswith("what is limitation") for ask in found)


def test_what_a_course_is_like_is_no_card() -> None:
    assert (
        drafts("# Module\n\n- **Level:** Beginner\n- **Roles:** Administrator, developer and architect\n")
        == []
    )


def test_a_verb_without_its_subject_keeps_its_object() -> None:
    text = (
        STORAGE
        + "- **File sync**: A service for file servers.\n  - Keeps Windows file shares in sync with the cloud.\n"
    )
    assert not any("does keeps" in ask.lower() or "do keeps" in ask.lower() for ask in asked(text))
    assert any("keep" in ask.lower() for ask in asked(text))
