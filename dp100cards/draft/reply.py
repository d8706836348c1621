"""What an assistant replied, as cards that are not proved yet.

Each heading from the second level on begins a part, and each part is read by itself: a slip in one, such as a fence that
is never closed, spoils no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dp100cards.cards import Card
from dp100cards.clean import clean
from dp100cards.notes.blocks import Note, read_note
from dp100cards.notes.inline import plain
from dp100cards.notes.questions import explicit_questions

PART = re.compile(r"^ {0,3}#{2,6}(?=\s)", re.MULTILINE)
WRAPPED = re.compile(r"^(```+|~~~+)[ \t]*(?:markdown|md)?[ \t]*\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE)
QUOTE = re.compile(r"^(\W{0,4}sources?\W{1,5}[\"“])([^\"”]{1,4000})(?=[\"”])", re.MULTILINE | re.IGNORECASE)
FRONT = re.compile(r"\A\s*---\s*\n")
SHOWN = 90


@dataclass(frozen=True)
class Drafted:
    """One question of a reply, or why a part of it is none. Its source has nothing but the quote."""

    line: int
    ask: str
    card: Card | None = None
    reason: str = ""


def read_reply(text: str) -> list[Drafted]:
    """The questions of a reply, in its order. Empty if it is not in the form that the prompt asks for."""
    text = _unwrapped(clean(text))
    starts = [match.start() for match in PART.finditer(text)]
    found: list[Drafted] = []
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        found += _part(text[start:end], text.count("\n", 0, start))
    return found if any(each.card for each in found) else []


def _unwrapped(text: str) -> str:
    """A reply without the fence that some assistants put around all of it; its lines stay where they are."""
    match = WRAPPED.search(text)
    if not match or not PART.search(match[2]) or "ource:" not in match[2].replace("*", ""):
        return text
    return "\n" * (text.count("\n", 0, match.start(2))) + match[2] + text[match.end() :]


def _part(text: str, above: int) -> Iterator[Drafted]:
    text = QUOTE.sub(lambda match: match[1] + " ".join(match[2].split("\n")), FRONT.sub("\n", text))
    note = read_note("", text)
    title, said = _title(note), "ource:" in text.replace("*", "")
    found = explicit_questions(note, loose=True)
    for question in found.questions:
        source = question.card.source
        line = above + (question.lines[0] or (source.lines[0] if source else 1))
        if question.lines == (0, 0) or source is None or not source.quote or source.lines == question.lines:
            yield Drafted(line, shortly(question.card.ask), None, "it has no line Source: with the words of the note")
        else:
            yield Drafted(line, shortly(question.card.ask), replace(question.card, level="", skills=()))
    if said and not found.questions:
        why = next((each.message for each in (*found.unused, *note.problems)), "")
        yield Drafted(above + 1, title, None, why or "the program cannot read a question in it")


def _title(note: Note) -> str:
    named = next((section.title for section in note.sections if section.title), "")
    return shortly(named or next((line for line in note.lines if line.strip()), ""))


def shortly(text: str) -> str:
    """A question on one line, cut where it gets long."""
    line = plain(text)
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
