"""Suggested cards in lines: for screen readers, pipes and scripts."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from dp100cards.cards import Basic, Card, Choice, Cloze, Code, Match, Multiple, Order, Statements, gaps
from dp100cards.errors import Problem
from dp100cards.generate.flaws.flaw import in_words
from dp100cards.generate.known import Known
from dp100cards.screen.edit import run
from dp100cards.screen.text import clean

KEYS = "a accept   e accept and edit   r reject   s skip   u undo   q leave"


class SuggestionLines:
    """Suggestions line by line; each verdict is the first letter of a line, and the end of the input leaves."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes

    def say(self, message: str) -> None:
        """Something to be said."""
        click.echo(f"  {clean(message)}")

    def ask(self, known: Known | None, left: int) -> str:
        """Show a suggestion, or that none is left, and read what becomes of it."""
        if known:
            show(known, self._notes, left)
        else:
            click.echo("\nNo suggestion is left. The last verdict can be taken back.")
        return _answer(KEYS if known else "u undo   q leave")

    def edit(self, tool: list[str], path: Path, line: int) -> str:
        """Run the editor; what went wrong, or ""."""
        return run(tool, path, line)

    def again(self, problems: list[Problem]) -> bool:
        """Tell the mistakes in the deck; does the learner want to mend them at once?"""
        click.echo("\n".join(clean(str(problem)) for problem in problems))
        return _answer("e edit again   any other key: leave it so") == "e"


def _answer(keys: str) -> str:
    click.echo(f"  {keys}")
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"


def show(known: Known, notes: Mapping[str, str], left: int) -> None:
    """A suggested card, where it comes from, and why it is only suggested."""
    card = known.card
    click.echo(f"\n{left} left   {card.deck}   {card.kind}   {card.id}")
    for line in as_text(card):
        click.echo(f"  {line}")
    if card.source:
        click.echo(f"  From {card.source.note}, line {card.source.lines[0]}:")
        text = notes.get(card.source.note, "").splitlines()
        first, last = card.source.lines
        for number in range(max(1, first - 1), min(len(text), last + 1) + 1):
            mark = ">" if first <= number <= last else " "
            click.echo(f"  {mark} {number:>4}  {text[number - 1]}")
    click.echo(
        f"  Why only suggested: {', '.join(map(in_words, known.doubts)) or 'a rule was not sure of it'}"
    )


def as_text(card: Card) -> list[str]:
    """A card with its answer, as lines of text."""
    lines = [card.ask]
    match card:
        case Basic(answer=answer):
            lines.append(f"= {answer}")
        case Choice(options=options) | Multiple(options=options) | Statements(statements=options):
            lines += [f"{'[+]' if option.right else '[ ]'} {option.text}" for option in options]
        case Order(items=items):
            lines += [f"{n}. {item}" for n, item in enumerate(items, 1)]
        case Match(pairs=pairs):
            lines += [f"{pair.left} – {pair.right}" for pair in pairs]
        case Code(code=code):
            lines += [*code.splitlines(), f"= {', '.join(gaps(code))}"]
        case Cloze():
            lines.append(f"= {', '.join(gaps(card.ask))}")
    return lines
