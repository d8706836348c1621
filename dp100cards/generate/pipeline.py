"""The way from notes to drafts."""

from __future__ import annotations

from collections.abc import Mapping

from dp100cards.errors import Problem
from dp100cards.generate.draft import EXPLICIT, Draft, Drafts
from dp100cards.notes.blocks import Note, read_note
from dp100cards.notes.questions import explicit_questions


def draft_cards(notes: Mapping[str, str]) -> Drafts:
    """The cards that notes give: path below `notes/` -> text. Pure, and the same for the same notes."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    unused: list[Problem] = []
    for path, text in sorted(notes.items()):
        note = read_note(path, text)
        found = explicit_questions(note)
        deck, title, area = _home(note)
        for question in found.questions:
            headings = question.section.headings
            drafts.append(Draft(question.card, EXPLICIT, "", headings, deck, title, area, explicit=True))
        problems += note.problems
        unused += found.unused
    return Drafts(tuple(drafts), (), tuple(problems), tuple(unused))


def _home(note: Note) -> tuple[str, str, str]:
    """The deck of a note: what its front matter says, or for a file with one question its folder."""
    front = note.front
    if front.question and not front.deck and "/" in note.path:
        folder = note.path.rpartition("/")[0].rpartition("/")[2]
        return "-".join(_words(folder)) or "questions", folder, front.area
    return front.deck, front.title, front.area


def _words(name: str) -> list[str]:
    return "".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()
