"""The prompt for an assistant: what makes a good card, the form of the reply, and the note in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from dp100cards.cards import Card, Source
from dp100cards.clean import clean
from dp100cards.draft.text import shown
from dp100cards.draft.words import BULLET
from dp100cards.generate.draft import Statement
from dp100cards.notes.blocks import Note, Section, read_note
from dp100cards.notes.inline import plain, sentences

PIECE = 6_000
"""Bytes of a note in one piece: with longer ones, assistants skip facts in the middle."""
EXAMPLES = 5
LONGEST = 120
"""Letters of a statement that is pointed at: all of it stands in the piece."""


@dataclass(frozen=True)
class Piece:
    """A part of a note, by section, and the statements in it that no card asks for."""

    path: str
    title: str
    headings: tuple[str, ...]
    skills: tuple[str, ...]
    text: str
    statements: tuple[str, ...]


def by_sentence(statements: Sequence[Statement], notes: Mapping[str, str]) -> list[Statement]:
    """Statements sentence by sentence: one card of a long item does not cover all that it says.

    Lines that all begin with a capital are no wrapped prose: each says something for itself.
    """
    found: dict[Source, None] = {}
    lines = {path: [plain(BULLET.sub("", line)) for line in text.splitlines()] for path, text in notes.items()}
    for source in (each.source for each in statements):
        inside = lines.get(source.note, [])[source.lines[0] - 1 : source.lines[1]]
        own = [(n, line) for n, line in enumerate(inside, source.lines[0]) if line]
        if len(own) > 1 and all(line[0].isupper() or line[0].isdigit() for _, line in own):
            parts = [((n, n), line) for n, line in own if line in source.quote]
        else:
            parts = [(source.lines, source.quote)]
        for place, text in parts:
            found |= {replace(source, lines=place, quote=sentence): None for sentence in sentences(text)}
    return [Statement(source) for source in found]


def pieces(path: str, text: str, statements: Sequence[Statement] | None) -> list[Piece]:
    """A note in pieces. Sections without a statement to ask for are left out; `None` takes the whole note."""
    note = read_note(path, text)
    found: list[Piece] = []
    ends = [section.line - 1 for section in note.sections[1:]] + [len(note.lines)]
    for section, end in zip(note.sections, ends, strict=True):
        inside = [s for s in statements or () if s.source.note == path and section.line <= s.source.lines[0] <= end]
        if statements is not None and not inside:
            continue
        for first, last in _spans(note, section.line, end):
            said = (s.source.quote for s in inside if first <= s.source.lines[0] <= last)
            wanted = tuple(dict.fromkeys(said))
            if (statements is None or wanted) and any(line.strip() for line in note.lines[first - 1 : last]):
                found.append(_piece(note, section, first, last, wanted))
    return _joined(found)


def _piece(note: Note, section: Section, first: int, last: int, statements: tuple[str, ...]) -> Piece:
    skills = section.given.skills or note.front.file_skills
    above = tuple(each.title for each in section.above if each.title)
    text = clean("\n".join(note.lines[first - 1 : last])).strip("\n")
    return Piece(note.path, note.front.title, above, skills, text, statements)


def _spans(note: Note, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A section's lines in spans of at most a piece, cut at blank lines where there are any."""
    start, size, blank = first, 0, 0
    for n in range(first, last + 1):
        size += len(note.lines[n - 1].encode()) + 1
        if not note.lines[n - 1].strip():
            blank = n
        if size > PIECE and n > start:
            cut = blank if blank > start else n - 1
            yield start, cut
            start, blank = cut + 1, 0
            size = sum(len(note.lines[k - 1].encode()) + 1 for k in range(start, n + 1))
    if start <= last:
        yield start, last


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """Small pieces that follow each other as one, as long as their skills agree."""
    made: list[Piece] = []
    for each in found:
        last = made[-1] if made else None
        text = f"{last.text}\n\n{each.text}" if last else ""
        if last and last.skills == each.skills and len(text.encode()) <= PIECE:
            made[-1] = replace(last, text=text, statements=last.statements + each.statements)
        else:
            made.append(each)
    return made


def prompt(found: Sequence[Piece], kept: Sequence[Card] = (), rejected: Sequence[Card] = ()) -> str:
    """The prompt for these pieces; each piece is fenced so that nothing in it can end it."""
    parts = [(files(__package__) / "prompt.md").read_text(encoding="utf-8").rstrip()]
    for title, cards in (("kept: write more like these", kept), ("rejected: avoid such cards", rejected)):
        if cards:
            examples = "\n".join(shown(card) for card in cards[:EXAMPLES])
            parts.append(f"## Cards that this learner {title}\n\n{_fenced(clean(examples).rstrip())}")
    for n, each in enumerate(found, 1):
        count = f", part {n} of {len(found)}" if len(found) > 1 else ""
        lines = [f"## The notes: {each.path}{count}"]
        if each.title:
            lines.append(f"Their title: {each.title}")
        if each.headings:
            lines.append(f"These words stand under: {' > '.join(each.headings)}")
        if each.skills:
            lines.append(f"They serve the skill {', '.join(each.skills)} of the exam.")
        lines.append(_fenced(each.text))
        if each.statements:
            asked = "\n".join(f"- {_shortly(clean(statement))}" for statement in each.statements)
            lines.append(f"No card asks for these statements yet. Write cards for them only:\n\n{asked}")
        else:
            lines.append("Write cards for all that is worth knowing in it.")
        parts.append("\n\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _shortly(statement: str) -> str:
    return statement if len(statement) <= LONGEST else statement[:LONGEST].rsplit(" ", 1)[0] + " …"


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"~+", text)), default=0)
    fence = "~" * max(4, longest + 1)
    return f"{fence}markdown\n{text}\n{fence}"
