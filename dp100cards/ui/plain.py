"""The linear form of a screen: static text out, lines in. For screen readers, pipes and bare terminals.

No box drawing, no colour, no repainting; what a screen shows by place and style is said in words here.
"""

from __future__ import annotations

import sys
from typing import IO

from dp100cards.ui.text import clean, unmarked


class Plain:
    """A conversation in lines."""

    def __init__(self, out: IO[str] | None = None, source: IO[str] | None = None) -> None:
        self._out = out or sys.stdout
        self._source = source or sys.stdin

    def say(self, *lines: str) -> None:
        """Write lines of the program's own words, or of a card's after `shown`."""
        for line in lines:
            self._out.write(f"{clean(line)}\n")
        self._out.flush()

    def show(self, text: str, indent: int = 0) -> None:
        """Write a card's text, without the marks of bold and code, each line indented."""
        for line in unmarked(text.strip("\n")).split("\n"):
            self._out.write(f"{' ' * indent if line else ''}{line}\n")
        self._out.flush()

    def ask(self, prompt: str) -> str | None:
        """Write a prompt and read a line, without the space around it; None when there are no more."""
        self._out.write(f"{clean(prompt)} ")
        self._out.flush()
        line = self._source.readline()
        if not line or not self._is_terminal():
            # What was typed is not on the screen, so the prompt's line has to be ended here.
            self._out.write("\n")
            self._out.flush()
        return line.strip() if line else None

    def _is_terminal(self) -> bool:
        return self._source.isatty()
