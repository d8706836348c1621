"""One palette for every screen: styles by what they mean, never by colour.

Only the terminal's own sixteen colours are used, so the learner's light or dark theme decides what they look like;
and no meaning hangs on a colour alone, so NO_COLOR and a black and white terminal lose nothing.
"""

from __future__ import annotations

from rich.console import Console
from rich.theme import Theme

from dp100cards.clean import guarded

STYLES = {
    "question": "bold",
    "answer": "none",
    "quiet": "dim",
    "title": "bold",
    "accent": "cyan",
    "key": "bold cyan",
    "focus": "bold cyan",
    "right": "green",
    "wrong": "red",
    "warning": "yellow",
    "slip": "red underline",
    "here": "underline",
    "gap": "bold cyan",
    "filled": "bold green underline",
    "again": "red",
    "hard": "yellow",
    "good": "green",
    "easy": "cyan",
    "new": "cyan",
    "learning": "yellow",
    "due": "green",
    "bar.done": "cyan",
    "rule": "dim",
    "text.code": "cyan",
    "text.bold": "bold",
    "code.keyword": "magenta",
    "code.string": "green",
    "code.number": "cyan",
    "code.comment": "dim italic",
    "code.name": "blue",
    "flag.1": "red",
    "flag.2": "yellow",
    "flag.3": "green",
    "flag.4": "blue",
    "flag.5": "magenta",
    "flag.6": "cyan",
    "flag.7": "bright_magenta",
}
"""Every style that a screen may name."""

FLAGS = ("", "red", "orange", "green", "blue", "pink", "turquoise", "purple")
"""Anki's names for the flags 1 to 7."""


def console(width: int | None = None) -> Console:
    """A console that shows text as it is: no markup, no emoji codes, no guessing what is a number."""
    return guarded(
        Console(
            width=width,
            theme=Theme(STYLES, inherit=True),
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )
    )
