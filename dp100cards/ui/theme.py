"""The palette of all screens: styles by what they mean, never by colour.

By default only the terminal's own sixteen colours are used, so the learner's light or dark theme decides what they
look like: none of those that are unreadable on black (blue) or on white (yellow). `[ui] theme = "night"` brings exact
colours and a background of its own. No meaning hangs on a colour alone: NO_COLOR and a black and white terminal lose
nothing.
"""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment
from rich.theme import Theme

from dp100cards.clean import clean, clean_line, safe_link

STYLES = {
    "question": "bold", "quiet": "dim", "title": "bold", "message": "magenta", "accent": "cyan", "key": "bold cyan",
    "focus": "bold cyan", "right": "green", "wrong": "red", "warning": "magenta", "slip": "red underline",
    "here": "underline", "gap": "bold cyan", "filled": "bold green underline", "struck": "dim strike",
    "again": "red", "hard": "magenta", "good": "green", "easy": "cyan", "new": "cyan", "learning": "magenta",
    "due": "green", "bar.done": "cyan", "bar.mature": "green", "bar.young": "cyan", "rule": "dim",
    "text.code": "cyan", "text.bold": "bold", "code.keyword": "magenta", "code.string": "green",
    "code.number": "cyan", "code.comment": "dim italic", "code.name": "bright_blue",
    "flag.1": "red", "flag.2": "yellow", "flag.3": "green", "flag.4": "bright_blue", "flag.5": "magenta",
    "flag.6": "cyan", "flag.7": "bright_magenta", "heat.0": "dim", "heat.1": "green", "heat.2": "green",
    "heat.3": "bold green", "heat.4": "bold green", "answer": "none",
}  # fmt: skip
"""Every style that a screen may name."""

_NIGHT = {
    "dim": "#8b96a8", "cyan": "#7cc4ff", "magenta": "#f0b35e", "green": "#8fd694", "red": "#ff8a80",
    "bright_blue": "#9db7ff", "bright_magenta": "#d6a8ff", "yellow": "#f4d06f",
}  # fmt: skip
_GROUND = "#dce3ee on #151a23"
THEMES = ("terminal", "night")
"""What `[ui] theme` may name."""


def styles(theme: str = "") -> dict[str, str]:
    """The styles of a theme."""
    if theme != "night":
        return STYLES
    exact = {
        name: " ".join(_NIGHT.get(word, word) for word in style.split()) for name, style in STYLES.items()
    }
    return {**exact, "code.keyword": "#d6a8ff", "heat.1": "#3d6b4f", "heat.2": "#5a9e6f", "ground": _GROUND}


FLAGS = ("", "red", "orange", "green", "blue", "pink", "turquoise", "purple")
"""Anki's names for the flags 1 to 7."""


def console(width: int | None = None, theme: str = "") -> Console:
    """A console that shows text as it is: no markup, no emoji codes, no guessing what is a number."""
    return guarded(
        Console(
            width=width,
            theme=Theme(styles(theme), inherit=True),
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )
    )


def has_ground(console: Console) -> bool:
    """Does the theme paint a background of its own?"""
    return "ground" in console._theme_stack._entries[-1] and not console.no_color


class _Cleaned:
    """What a screen is about to print, each piece of text cleaned and each link safe."""

    def __init__(self, inner: ConsoleRenderable) -> None:
        self.inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text, style, control in console.render(self.inner, options):
            if control:
                yield Segment(text, style, control)
                continue
            if style is not None and style.link and not safe_link(style.link):
                style = style.update_link(None)
            shown = clean(text)
            if shown.count("\n") != text.count("\n"):  # a line more would push the picture apart
                shown = clean_line(text)
            yield Segment(shown, style)


class _Hook(RenderHook):
    """Rich's way to see all that is printed before it is."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Wrap everything that is about to be printed."""
        return [_Cleaned(each) for each in renderables]


def guarded(console: Console) -> Console:
    """A console that prints nothing but clean text, whatever a caller forgot."""
    console.push_render_hook(_Hook())
    return console
