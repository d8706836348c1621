"""The prompt for an assistant: what makes a good card, the form of the reply, and the notes in pieces.

Cards are written as in notes: each a question of the program's own language, with the words that prove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import islice

from dp100cards.cards import Basic, Card, Choice, Cloze, Match, Multiple, Option, Order, Source, Statements
from dp100cards.clean import clean
from dp100cards.notes.blocks import read_note

DRAFTS = "drafts/"
"""The folder below `notes/` for what was drafted."""
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
    """A note in pieces. Sections without a statement to ask for are left out; `None` leaves out none.

    Small pieces that follow each other are one, under the headings of the first.
    """
    note = read_note(path, text)
    made: list[Piece] = []
    ends = [section.line - 1 for section in note.sections[1:]] + [len(note.lines)]
    for section, end in zip(note.sections, ends, strict=True):
        above = " > ".join(filter(None, [note.front.title, *(each.title for each in section.above)]))
        skills = ", ".join(section.given.skills or note.front.file_skills)
        head = f"Skill of the exam: {skills}\n" * bool(skills) + f"They stand under: {above}" * bool(above)
        for first, last in _spans(note.lines, section.line, end):
            inside = [s for s in statements or () if s.note == path and first <= s.lines[0] <= last]
            part = clean("\n".join(note.lines[first - 1 : last])).strip("\n")
            if not part or not (inside or statements is None):
                continue
            said = tuple(dict.fromkeys(clean(each.quote) for each in inside))
            joined = f"{made[-1].text}\n\n{part}" if made else ""
            if made and len(joined.encode()) <= PIECE and head.startswith(made[-1].head):
                made[-1] = replace(made[-1], text=joined, statements=made[-1].statements + said)
            else:
                made.append(Piece(path, head, part, said))
    return made


def _spans(lines: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    start, size = first, 0
    for n in range(first, last + 1):
        length = len(lines[n - 1].encode()) + 1
        if size and size + length > PIECE:
            yield start, n - 1
            start, size = n, 0
        size += length
    if start <= last:
        yield start, last


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


def note_text(card: Card) -> str:
    """One card as a part of a note: a heading, the question, its source."""
    title, body = ("Question", f"{card.ask}\n\n") if "\n" in card.ask else (card.ask, "")
    match card:
        case Basic(answer=answer):
            apart = "\n\n" if answer.startswith("- ") else " "
            title, body = "Question", f"Q: {card.ask}\nA:{apart}{answer}"
        case Cloze():
            title, body = "Gap", card.ask
        case Choice(options=options) | Multiple(options=options):
            body += "\n".join(map(_option, options))
        case Order(items=items, extra=extra):
            body += "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
            body += "\n\n" * bool(extra) + "\n".join(f"- {each}" for each in extra)
        case Match(pairs=pairs, extra=extra):
            rows = [[pair.left, pair.right] for pair in pairs] + [["", each] for each in extra]
            body += _table(["Term", "Match"], rows)
        case Statements(statements=every):
            rows = [[each.text, "Yes" if each.right else "No", each.because] for each in every]
            body += _table(["Statement", "Yes/No", "Why"], rows)
    source = card.source
    place = f"notes/{source.note}:{source.lines[0]} " if source and source.note else ""
    return f"### {title}\n\n{body}\n" + (f'\nSource: {place}"{source.quote}"\n' if source else "")


def _option(option: Option) -> str:
    text = option.text.replace("\n", "\n  ")
    why = f"\n  > {option.because}".replace("\n\n", "\n  >\n  > ") if option.because else ""
    return f"- [{'x' if option.right else ' '}] {text}{why}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def drafts_text(before: str, path: str, cards: Sequence[Card]) -> str:
    """The note of drafts from this note, with these cards behind what is in it."""
    head = before.rstrip("\n") if before.strip() else f"# Drafted from {path}"
    return "\n".join([f"{head}\n", *map(note_text, cards)])
