"""What an assistant replied, as cards that are not proved yet.

Each heading from the second level on begins a part that is read by itself: a slip in one, such as a fence that is never
closed, spoils no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dp100cards.cards import Card
from dp100cards.clean import clean
from dp100cards.generate.said import unmarked
from dp100cards.notes.blocks import read_note
from dp100cards.notes.inline import plain
from dp100cards.notes.questions import explicit_questions

PART = re.compile(r"^ {0,3}#{2,6}(?=\s)", re.MULTILINE)
FENCE = re.compile(r"^(?:```+|~~~+)[ \t]*(?:markdown|md)?[ \t]*$", re.MULTILINE)
CITES = re.compile(r"^\W{0,4}sources?\W{0,3}:", re.MULTILINE | re.IGNORECASE)
QUOTE = re.compile(r"^(\W{0,4}sources?\W{1,6}[\"“])([^\"”]{1,4000})(?=[\"”])", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Drafted:
    """One question of a reply, or why a part of it is none. Its source has nothing but the quote."""

    line: int
    ask: str
    card: Card | None = None
    reason: str = ""


def read_reply(text: str) -> list[Drafted]:
    """The questions of a reply, in its order. Empty if it is not in the form that the prompt asks for."""
    text = clean(text)
    first = PART.search(text)
    if first and (fence := FENCE.search(text, 0, first.start())):  # all of the reply is in a fence
        text = text[: fence.start()] + text[fence.end() :]
    starts = [match.start() for match in PART.finditer(text)]
    found: list[Drafted] = []
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        found += _part(text[start:end], text.count("\n", 0, start))
    return found if any(each.card for each in found) else []


def _part(text: str, above: int) -> Iterator[Drafted]:
    note = read_note("", QUOTE.sub(_on_one_line, text))
    found = explicit_questions(note, loose=True)
    for question in found.questions:
        card = replace(question.card, level="", skills=(), explain="")
        proof = card if question.cited and card.source and card.source.quote else None
        why = "" if proof else "it has no line Source: with words of the note"
        yield Drafted(above + question.lines[0], _shortly(card.ask), proof, why)
    if CITES.search(text) and not found.questions:
        told = (each.message for each in (*found.unused, *note.problems))
        why = next(told, "it is no question in the form asked for")
        yield Drafted(above + 1, _shortly(text.strip().split("\n", 1)[0].lstrip("# ")), None, why)


def _on_one_line(match: re.Match[str]) -> str:
    return match[1] + " ".join(map(unmarked, match[2].split("\n")))


def _shortly(text: str) -> str:
    line = plain(text)
    return line if len(line) <= 90 else line[:89].rstrip() + "…"
