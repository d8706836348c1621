"""Drafted cards as notes: each a question of the program's own language, with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dp100cards.cards import Basic, Card, Choice, Cloze, Match, Multiple, Option, Order, Statements
from dp100cards.generate.said import tokens
from dp100cards.notes.blocks import read_note
from dp100cards.notes.questions import explicit_questions

DRAFTS = "drafts/"
"""The folder below `notes/` for what was drafted."""


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


def is_read_back(card: Card) -> bool:
    """Does the card, written as a note, give the same card again?"""
    questions = explicit_questions(read_note("", note_text(card))).questions
    back = questions[0].card if len(questions) == 1 else None
    if not back or not back.source or not card.source or back.source.note != card.source.note:
        return False
    return back == replace(card, source=back.source) and tokens(back.source.quote) == tokens(
        card.source.quote
    )


def drafts_text(before: str, path: str, cards: Sequence[Card]) -> str:
    """The note of drafts from this note, with these cards behind what is in it."""
    head = before.rstrip("\n") if before.strip() else f"# Drafted from {path}"
    return "\n".join([f"{head}\n", *map(note_text, cards)])
