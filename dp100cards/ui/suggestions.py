"""Suggested cards, one by one: the card as it would be asked, where it comes from, and why it is only suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from dp100cards.errors import Problem
from dp100cards.first.generate.flaws.flaw import in_words
from dp100cards.first.generate.known import Known
from dp100cards.session.answering import InOrder, begin
from dp100cards.ui.card import answered, with_scenario
from dp100cards.ui.edit import again
from dp100cards.ui.editor import run
from dp100cards.ui.footer import hints, spread
from dp100cards.ui.pages import note_lines
from dp100cards.ui.paint import Frame, Stage
from dp100cards.ui.text import clean, one_line, styled, wrapped
from dp100cards.ui.view import Size

KEYS = (
    ("a", "accept"),
    ("r", "reject"),
    ("e", "edit and accept"),
    ("s", "skip"),
    ("u", "undo"),
    ("q", "quit"),
)
"""In a narrow window the last but one go first."""
LAST_KEYS = (("u", "undo"), ("q", "quit"))
LEAVE = frozenset(["q", "esc", "ctrl-d", "eof"])


class SuggestionScreen:
    """Suggestions on a screen, as comfortable as studying."""

    def __init__(self, stage: Stage, notes: Mapping[str, str]) -> None:
        self.stage = stage
        self._notes = notes
        self._total = 0
        self._message = ""

    def say(self, message: str) -> None:
        """Something to be said below the next suggestion."""
        self._message = message

    def ask(self, known: Known | None, left: int) -> str:
        """Show a suggestion, or that none is left, until the learner says what becomes of it: one of the keys."""
        self._total = max(self._total, left)
        message, self._message = self._message, ""

        def draw(width: int, _: int) -> Frame:
            return frame(known, self._notes, left, self._total, message, self.stage.console, width)

        self.stage.paint(draw)
        allowed = [key for key, _ in (KEYS if known else LAST_KEYS)]
        while True:
            key = self.stage.key()
            if key in LEAVE:
                return "q"
            if key and key.lower() in allowed:
                return key.lower()
            if key:
                self.stage.scroll(key)

    def edit(self, tool: list[str], path: Path, line: int) -> str:
        """Give the terminal to the editor; what went wrong, or ""."""
        with self.stage.released():
            return run(tool, path, line)

    def again(self, problems: list[Problem]) -> bool:
        """Show the mistakes in the deck; does the learner want to mend them at once?"""
        return again(self.stage, problems)


def frame(
    known: Known | None,
    notes: Mapping[str, str],
    left: int,
    total: int,
    message: str,
    console: Console,
    width: int,
) -> Frame:
    """The picture of a suggestion."""
    title = Text(" ").append("Suggestions", "title")
    if known:
        title.append(f" · {one_line(known.card.deck)} · {known.card.kind} · {known.id}", "quiet")
    filled = round(width * (total - left) / max(total, 1))
    bar = styled("━" * filled, "bar.done").append("─" * (width - filled), "rule")
    body = (
        body_of(known, notes, console, width)
        if known
        else [Text(), Text("  No suggestion is left. The last verdict can still be taken back.")]
    )
    keys = [
        (key, "edit" if width < 60 and key == "e" else what) for key, what in (KEYS if known else LAST_KEYS)
    ]
    foot = list(Text(f" {clean(message)}").wrap(console, width, overflow="fold")) if message else []
    return Frame(
        header=[spread(title, styled(f"{left} left ", "quiet"), width), bar],
        body=body,
        footer=[styled("─" * width, "rule"), *foot, hints(keys, width)],
    )


def body_of(known: Known, notes: Mapping[str, str], console: Console, width: int) -> list[Text]:
    """The card with its answer, the doubts, and the lines of the note."""
    card = known.card
    attempt = begin(card, InOrder())
    rows = with_scenario(
        card, lambda size: answered(attempt, None, None, size), Size(min(width, 80), 24)
    ).lines
    rows += [Text(), *doubt_rows(known.doubts, console, width), Text()]
    text = notes.get(card.source.note) if card.source else None
    if card.source and text is not None:
        rows += note_lines(card.source, text, width, around=1)
    return rows


def doubt_rows(doubts: Sequence[str], console: Console, width: int) -> list[Text]:
    """Why it is only suggested, a line for each doubt."""
    lead = "  Only suggested: "
    rows = []
    for n, doubt in enumerate(doubts or ("a rule was not sure of it",)):
        text = wrapped(Text(clean(in_words(doubt))), console, width - len(lead))
        rows.append(styled(lead if not n else " " * len(lead), "warning") + text[0])
        rows += [Text(" " * len(lead)) + line for line in text[1:]]
    return rows
