"""Suggested cards in lines: for screen readers, pipes and scripts."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from dp100cards.cards import Card
from dp100cards.clean import say
from dp100cards.errors import Problem
from dp100cards.first.generate.flaws.flaw import in_words
from dp100cards.first.generate.known import Known
from dp100cards.session.answering import InOrder
from dp100cards.ui.attempt import Attempt, begin
from dp100cards.ui.card_plain import write_question, write_solution, write_verdict
from dp100cards.ui.editor import run
from dp100cards.ui.plain import Plain
from dp100cards.ui.text import clean

KEYS = "a accept   e accept and edit   r reject   s skip   u undo   q leave"


class SuggestionLines:
    """Suggestions line by line; each verdict is the first letter of a line, and the end of the input leaves."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes

    def say(self, message: str) -> None:
        """Something to be said."""
        say(f"  {clean(message)}")

    def ask(self, known: Known | None, left: int) -> str:
        """Show a suggestion, or that none is left, and read what becomes of it."""
        if known:
            show(known, self._notes, left)
        else:
            say("\nNo suggestion is left. The last verdict can be taken back.")
        return _answer(KEYS if known else "u undo   q leave")

    def edit(self, tool: list[str], path: Path, line: int) -> str:
        """Run the editor; what went wrong, or ""."""
        return run(tool, path, line)

    def again(self, problems: list[Problem]) -> bool:
        """Tell the mistakes in the deck; does the learner want to mend them at once?"""
        say("\n".join(clean(str(problem)) for problem in problems))
        return _answer("e edit again   any other key: leave it so") == "e"


def _answer(keys: str) -> str:
    say(f"  {keys}")
    line = sys.stdin.readline()
    return line.strip().lower()[:1] if line else "q"


def show(known: Known, notes: Mapping[str, str], left: int) -> None:
    """A suggested card with its answer, where it comes from, and why it is only suggested."""
    card, attempt, plain = known.card, in_order(known.card), Plain()
    plain.say("", f"{left} left   {card.deck}   {card.kind}   {card.id}")
    write_question(plain, attempt)
    write_verdict(plain, card, None, None)
    write_solution(plain, attempt, None)
    text = notes.get(card.source.note, "").splitlines() if card.source else []
    if card.source:
        first, last = card.source.lines
        for number in range(max(1, first - 1), min(len(text), last + 1) + 1):
            mark = ">" if first <= number <= last else " "
            plain.say(f"  {mark} {number:>4}  {text[number - 1]}".rstrip())
    doubts = ", ".join(map(in_words, known.doubts)) or "a rule was not sure of it"
    plain.say(f"Only suggested: {doubts}.")


def in_order(card: Card) -> Attempt:
    """A card with everything where it stands in its deck."""
    return begin(card, InOrder())
