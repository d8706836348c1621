"""Drafted cards as notes: each as a question of the program's own language, with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dp100cards.cards import Basic, Card, Choice, Cloze, Match, Multiple, Option, Order, Statements
from dp100cards.notes.blocks import read_note
from dp100cards.notes.inline import plain
from dp100cards.notes.questions import explicit_questions


def note_text(card: Card) -> str:
    """One card as a part of a note, its heading and its source included."""
    title, body = ("Question", f"{card.ask}\n\n") if "\n" in card.ask else (card.ask, "")
    match card:
        case Basic(answer=answer):
            listed = "\n\n" if answer.startswith("- ") else " "
            title, body = "Question", f"Q: {card.ask}\nA:{listed}{answer}"
        case Cloze():
            title, body = "Gap", card.ask
        case Choice(options=options) | Multiple(options=options):
            body += "\n".join(map(_option, options))
        case Order(items=items, extra=extra):
            steps = "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
            body += "\n\n".join([steps, *(["\n".join(f"- {each}" for each in extra)] if extra else [])])
        case Match(pairs=pairs, extra=extra):
            rows = [(pair.left, pair.right) for pair in pairs] + [("", each) for each in extra]
            body += _table(("Term", "Match"), rows)
        case Statements(statements=statements):
            rows3 = [(each.text, "Yes" if each.right else "No", each.because) for each in statements]
            body += _table(("Statement", "Yes/No", "Why"), rows3)
    source = ""
    if card.source and card.source.note:
        source = f'\n\nSource: notes/{card.source.note}:{card.source.lines[0]} "{card.source.quote}"'
    return f"### {title}\n\n{body}{source}\n"


def _option(option: Option) -> str:
    text = option.text.replace("\n", "\n  ")
    why = f"\n  > {option.because}".replace("\n\n", "\n  >\n  > ") if option.because else ""
    return f"- [{'x' if option.right else ' '}] {text}{why}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def read_back(text: str) -> Card | None:
    """The one card that a part of a note gives; None if it gives none, or several."""
    questions = explicit_questions(read_note("", text)).questions
    return replace(questions[0].card, source=None) if len(questions) == 1 else None


def drafts_text(before: str, path: str, cards: Sequence[Card]) -> str:
    """The note of drafts with these cards behind what is in it."""
    head = f"# Drafted from {path}\n" if not before.strip() else ""
    return "\n".join([before.rstrip() + "\n" if before.strip() else head, *map(note_text, cards)])


def shown(card: Card) -> str:
    """A card as an example for an assistant: without the note and line that it must not copy."""
    quote = plain(card.source.quote) if card.source else ""
    return note_text(replace(card, source=None)) + (f'\nSource: "{quote}"\n' if quote else "")
