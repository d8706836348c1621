"""The linear form of a screen: static text out, lines in. For screen readers, pipes and bare terminals.

No box drawing, no colour, no repainting; what a screen shows by place and style is said in words here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from rich.text import Text

from dp100cards.clean import as_typed, clean
from dp100cards.ui.view import CLOSE, KEPT, NOTHING, SCROLLS, Hint, Screen, Size, View, wrong_key

ORNAMENT = str.maketrans(dict.fromkeys("│─━┌┐└┘▎▏", " ") | dict.fromkeys("▁▂▃▄▅▆▇█▓░", ""))
"""What only eyes can read is left out."""
WIDE = 10_000
"""Columns of lines that go into a pipe: whoever reads them breaks them as they like."""


class Lines:
    """Screens in lines: each view is printed as text that stands still, and what is typed is read as keys."""

    plain = True

    def __init__(self, out: IO[str] | None = None, source: IO[str] | None = None) -> None:
        self._out = out or sys.stdout
        self._source = source or sys.stdin
        self._printed: tuple[object, str, list[str]] | None = None

    @property
    def size(self) -> Size:
        """The window's columns, so that lines are broken at words; whole lines in a pipe."""
        try:
            width = os.get_terminal_size(self._out.fileno()).columns or 80
        except (OSError, ValueError):
            width = WIDE
        return Size(max(width, 20), WIDE, plain=True)

    def run(self, screen: Screen) -> None:
        """Show a screen until it closes, or until there is nothing more to read."""
        screen.opened()
        while True:
            view = screen.view(self.size)
            self.print(view)
            line = self.read(view.hints)
            for key in ["eof"] if line is None else keys_of(line, view):
                result = screen.press(key)
                if result == CLOSE:
                    self._printed = None
                    return
                if result == NOTHING and key not in SCROLLS:
                    self.say(wrong_key(key, for_lines(view.hints)))
                    break
                if screen.view(self.size).page != view.page:
                    break
            if screen.beat() == CLOSE:
                return

    def print(self, view: View) -> None:
        """Print what is new of a view: all of a new page, else only the lines that have changed."""
        head = f"{view.title.plain.strip()}. {view.right.plain.strip()}".strip(". ")
        heading = [view.heading.plain] if view.heading is not None else []
        body = [line for text in [*view.body, *view.tail] if (line := plain_line(text)) is not None]
        while body and not body[0]:
            body.pop(0)
        page, _, before = self._printed or (None, "", [])
        if page == view.page and page is not None:
            self.say(*(line for line in body if line not in before))
        elif self._same_subject(view.page):
            same = (a == b for a, b in zip(body, before, strict=False))
            start = next((n for n, equal in enumerate(same) if not equal), min(len(body), len(before)))
            self.say(*body[start:])
        else:
            self.say("", head, *heading, *body)
        self._printed = (view.page, head, body)
        if view.message:
            self.say(as_typed(view.message))

    def _same_subject(self, page: object) -> bool:
        """Is it another view of the same thing, such as a card's answer? Pages of one thing begin alike."""
        before = self._printed[0] if self._printed else None
        return isinstance(page, tuple) and isinstance(before, tuple) and page[0] == before[0]

    def say(self, *lines: str) -> None:
        """Write lines."""
        for line in lines:
            self._out.write(f"{clean(line.rstrip())}\n")
        self._out.flush()

    def read(self, hints: Sequence[Hint]) -> str | None:
        """Read a line, below what can be typed; None when there are no more."""
        keys = [f"{key} {what}" for n, (key, what) in enumerate(for_lines(hints)) if n < 3 or what in KEPT]
        self._out.write(f"[{', '.join(keys)}] ")
        self._out.flush()
        line = self._source.readline()
        if not line or not self._source.isatty():
            # What was typed is not on the screen, so the prompt's line has to be ended here.
            self._out.write("\n")
            self._out.flush()
        return line.strip() if line else None

    @contextmanager
    def released(self) -> Iterator[None]:
        """An editor has the terminal meanwhile; nothing has to be given back."""
        self._out.flush()
        yield


def for_lines(hints: Sequence[Hint]) -> list[Hint]:
    """Key hints as they are typed in lines: an empty line is enter."""
    return [
        ("enter" if key == "space" else key, what)
        for key, what in hints
        if key not in ("PgDn", "PgUp", "↑ ↓")
    ]


def keys_of(line: str, view: View) -> list[str]:
    """The keys that a typed line stands for.

    An empty line is enter. Where text is typed, the line is the text (`;` goes to the next gap). A line of the keys
    that answer a card is the whole answer in place of what was chosen before; anything else is its keys in order.
    """
    if not line:
        return ["enter"]
    if (view.types or view.cursor is not None) and line.casefold() != "esc":
        parts = [part.strip() for part in line.split(";")]
        text = [key for n, part in enumerate(parts) for key in [*["tab"] * (n > 0), *part]]
        return ["ctrl-u", *("space" if key == " " else key for key in text), "enter"]
    if line.casefold() in ("esc", "space", "enter", "up", "down", "left", "right", "tab", "backspace"):
        return [line.casefold()]
    words = line.replace(",", " ").replace(";", " ").split()
    for keys in (words, [key for word in words for key in word]):
        known = [key if key in view.picks else key.casefold() for key in keys]
        if view.picks and all(key in view.picks for key in known):
            return ["ctrl-u", *known, "enter"]
    return [key for word in words for key in word]


def plain_line(text: Text) -> str | None:
    """A line without ornament; None if it is nothing else."""
    line = text.plain
    for span in reversed(text.spans):
        address = str(span.style).partition("link ")[2]
        if address and address not in line:
            line = f"{line[: span.end]} ({address}){line[span.end :]}"
    line = line[min(len(line) - len(line.lstrip(" ")), 2) :].translate(ORNAMENT).rstrip()
    return None if not line and text.plain.strip() else line
