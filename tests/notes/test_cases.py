"""Each case of `cases/*.md`, and each example of `docs/notes.md`, gives its cards and no others."""

from pathlib import Path
from typing import Any

import pytest

from dp100cards.generate.pipeline import draft_cards
from tests.notes.read_cases import cases, compare

HERE = Path(__file__).parent
FILES = sorted(path for path in HERE.glob("cases/*.md") if path.name != "README.md")
ALL = [case for path in [*FILES, HERE.parents[1] / "docs" / "notes.md"] for case in cases(path)]


@pytest.mark.parametrize(("notes", "cards"), [case[1:] for case in ALL], ids=[case[0] for case in ALL])
def test_the_notes_give_these_cards(notes: str, cards: list[dict[str, Any]]) -> None:
    made, wanted = compare(notes, cards)
    assert made == wanted


def test_no_case_is_overlooked() -> None:
    for path in FILES:
        assert cases(path), f"{path.name} holds no case: a fence of four ~ with markdown, then one with yaml"


@pytest.mark.parametrize("path", ["pneumonia.md", "a/Pneumonia_notes.markdown", "01-pneumonia.MD"])
def test_a_short_heading_has_the_name_of_its_file_in_front(path: str) -> None:
    (draft,) = draft_cards({path: "## Diagnosis\n\n- **Film**: a picture of the chest\n"}).drafts
    assert draft.card.ask == "Pneumonia, Diagnosis: what is Film?"
