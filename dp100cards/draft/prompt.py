"""The prompt for an assistant: what makes a good card, the form of the reply, and the notes in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import islice

from dp100cards.cards import Card, Source
from dp100cards.clean import clean
from dp100cards.draft.text import note_text
from dp100cards.notes.blocks import read_note

PIECE = 6_000
"""Bytes of a note in one piece: of longer ones, assistants skip facts in the middle."""
EXAMPLES = 5
LONGEST = 120
"""Letters of a statement that is pointed at: all of it stands in the piece."""


@dataclass(frozen=True)
class Piece:
    """Some sections of a note, and the statements in them that no card asks for."""

    path: str
    head: str
    text: str
    statements: tuple[str, ...] = ()


def pieces(path: str, text: str, statements: Sequence[Source] | None) -> list[Piece]:
    """A note in pieces. Sections without a statement to ask for are left out; `None` leaves out none."""
    note = read_note(path, text)
    found: list[Piece] = []
    ends = [section.line - 1 for section in note.sections[1:]] + [len(note.lines)]
    for section, end in zip(note.sections, ends, strict=True):
        above = " > ".join(filter(None, [note.front.title, *(each.title for each in section.above)]))
        skills = ", ".join(section.given.skills or note.front.file_skills)
        head = f"Skill of the exam: {skills}\n" * bool(skills) + f"They stand under: {above}" * bool(above)
        for first, last in _spans(note.lines, section.line, end):
            inside = [s for s in statements or () if s.note == path and first <= s.lines[0] <= last]
            part = clean("\n".join(note.lines[first - 1 : last])).strip("\n")
            if part and (inside or statements is None):
                found.append(Piece(path, head, part, tuple(dict.fromkeys(clean(s.quote) for s in inside))))
    return _joined(found)


def _spans(lines: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """A section's lines in spans of at most one piece."""
    start, size = first, 0
    for n in range(first, last + 1):
        length = len(lines[n - 1].encode()) + 1
        if size and size + length > PIECE:
            yield start, n - 1
            start, size = n, 0
        size += length
    if start <= last:
        yield start, last


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """Small pieces that follow each other as one, under the headings of the first."""
    made: list[Piece] = []
    for each in found:
        text = f"{made[-1].text}\n\n{each.text}" if made else ""
        if made and len(text.encode()) <= PIECE and each.head.startswith(made[-1].head):
            made[-1] = replace(made[-1], text=text, statements=made[-1].statements + each.statements)
        else:
            made.append(each)
    return made


def prompt(found: Sequence[Piece], kept: Sequence[Card] = (), rejected: Sequence[Card] = ()) -> str:
    """The prompt for these pieces; each is fenced, so that nothing in it can end it."""
    parts = [(files(__package__) / "prompt.md").read_text(encoding="utf-8").rstrip()]
    for title, cards in (("kept: write more like these", kept), ("rejected: avoid such cards", rejected)):
        if cards:
            named = (replace(card, source=card.source and replace(card.source, note="")) for card in cards)
            shown = "\n".join(map(note_text, islice(named, EXAMPLES)))
            parts.append(f"## Cards that this learner {title}\n\n{_fenced(clean(shown).rstrip())}")
    for n, each in enumerate(found, 1):
        count = f", part {n} of {len(found)}" * (len(found) > 1)
        asked = "Write cards for all that is worth knowing in them."
        if each.statements:
            shown = "\n".join(f"- {_shortly(statement)}" for statement in each.statements)
            asked = f"No card asks for these statements yet. Write cards for them only:\n\n{shown}"
        parts.append(f"## The notes: {each.path}{count}\n\n{each.head}\n\n{_fenced(each.text)}\n\n{asked}")
    return "\n\n".join(parts) + "\n"


def _shortly(statement: str) -> str:
    return statement if len(statement) <= LONGEST else statement[:LONGEST].rsplit(" ", 1)[0] + " …"


def _fenced(text: str) -> str:
    fence = "~" * (1 + max(map(len, re.findall(r"~+", text)), default=3))
    return f"{fence}markdown\n{text}\n{fence}"
