"""Marks of other dialects: boxes of tasks, and the pictures that some put before their points."""

from __future__ import annotations

import pytest

from dp100cards.first.notes.extract import extract
from dp100cards.first.notes.marks import as_commonmark


def facts(text: str) -> dict[str, str]:
    """Of each concept the words that the note has of it."""
    return {fact.concept: fact.source.quote for fact in extract({"n.md": text}).facts}


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("- [ ] Sails", "- Sails"),
        ("3. [x] Sails", "3. Sails"),
        ("## 📌 Sails 🧵", "## Sails"),
        ("### 2️⃣ Sails", "### Sails"),
        ("- 🔹 **Jib**: a sail", "- **Jib**: a sail"),
        ("- **⭐ Jib**: a sail", "- **Jib**: a sail"),
        ("> 💡 A jib is a sail.", "> A jib is a sail."),
        ("A jib is a sail. 🧵", "A jib is a sail."),
    ],
)
def test_pictures_and_boxes_are_no_words(line: str, read: str) -> None:
    assert as_commonmark(line) == read


@pytest.mark.parametrize(
    "line",
    [
        "| Jib | ✅ |",
        "`✅ done`",
        "- → up",
        "- [a link](b.md)",
        "```\n✅ x\n- [ ] y\n```",
        "- ❌ A jib is a mast.",
    ],
)
def test_other_signs_stay(line: str) -> None:
    assert as_commonmark(line) == line


def test_lines_behind_pictures_are_points_of_a_list() -> None:
    assert as_commonmark("✅ Jibs pull.\n✅ Masts stand.\n") == "- Jibs pull.\n- Masts stand.\n"
    assert as_commonmark("1️⃣ Haul.\n2️⃣ Belay.") == "1. Haul.\n2. Belay."


def test_no_line_is_added_or_taken_away() -> None:
    text = "# 📌 Sails\n\n✅ Jibs pull.\n✅ Masts stand.\n\n- [ ] **Boom**\n  - Holds the foot of a sail\n"
    assert as_commonmark(text).count("\n") == text.count("\n")
    found = extract({"n.md": text})
    lines = text.splitlines()
    for fact in found.facts:
        first, last = fact.source.lines
        assert fact.source.quote in " ".join(lines[first - 1 : last])


def test_what_stands_under_a_task_is_told_of_it() -> None:
    assert facts("# Rig\n\n- [ ] **Boom**\n  - Holds the foot of a sail\n") == {
        "Boom": "Holds the foot of a sail"
    }


def test_a_line_behind_a_cross_is_no_fact() -> None:
    text = "# Rig\n\n- ✅ **Jib**: a sail before the mast\n- ❌ **Jib**: a sail behind the mast\n\n🚫 A jib is a mast.\n"
    assert facts(text) == {"Jib": "a sail before the mast"}
    assert [u.skipped for u in extract({"n.md": text}).units if u.skipped] == ["marked as wrong"] * 2
