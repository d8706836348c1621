"""What a screen shows, as data: styled lines and key hints. The terminal paints a view, the plain form prints it.

A `Screen` is a function from its state to a `View`, and says what a key does. A `Stage` (`terminal.Terminal` or
`plain.Plain`) shows it: `stage.run(screen)` goes on until the screen closes. No text is written twice, no key has its
meaning twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Protocol

from rich.cells import cell_len
from rich.text import Text

from dp100cards.clean import as_typed, clean
from dp100cards.session.answering import Line, typed

Hint = tuple[str, str]
"""A key, and what it does."""
Result = Literal["stay", "close", "nothing"]
STAY: Result = "stay"
CLOSE: Result = "close"
NOTHING: Result = "nothing"
"""What a key did: the screen goes on, or closes, or the key means nothing to it (it may still scroll)."""
GONE = ("ctrl-d", "eof")
"""The learner leaves, or the terminal is gone: every screen closes."""
LEAVES = (*GONE, "q", "esc")
COMPACT = 20
"""Rows; below this a view is laid out without ornament."""
PANES = 88
"""Columns from which on two panes have room side by side."""


class Size(NamedTuple):
    """What a view is laid out for. In the plain form nothing is drawn that only eyes can read."""

    width: int
    height: int
    plain: bool = False

    @property
    def compact(self) -> bool:
        """Are there too few rows for blank lines and rules?"""
        return self.height < COMPACT and not self.plain

    @property
    def panes(self) -> tuple[int, int] | None:
        """The columns of the left and the right pane, with two between them; None where both have no room."""
        if self.plain or self.width < PANES:
            return None
        left = self.width * 9 // 20
        return left, self.width - left - 2


@dataclass(frozen=True, kw_only=True)
class View:
    """One picture. Each `Text` is one line and fits the width that it was made for."""

    title: Text
    right: Text = field(default_factory=Text)
    """At the right end of the title's line; it is kept where both have no room."""
    heading: Text | None = None
    """A second line of the header."""
    pinned: Sequence[Text] = ()
    """Lines above the body that do not scroll with it."""
    progress: float | None = None
    """How much is done, 0 to 1: drawn as the rule below the header."""
    body: Sequence[Text] = ()
    aside: Sequence[Text] = ()
    """A pane at the left of the body, laid out for `Size.panes`; it scrolls, while a body that fits stays in sight."""
    tail: Sequence[Text] = ()
    """Directly below the body, and always to be seen, however long the body is."""
    message: str = ""
    """What the last key has to say, or a question that is asked."""
    hints: Sequence[Hint] = ()
    """The keys that do something now, most important first; `help` and `quit` stay in the narrowest window."""
    note: Text = field(default_factory=Text)
    """At the right end of the line of keys, where there is room."""
    page: object = None
    """What is shown: while it stays the same, the body stays scrolled as it is. Of a pair, the first is the subject:
    lines of it that the plain form has printed are not printed again."""
    top: int = 0
    """The line of the body at which a new page begins."""
    focus: tuple[int, int] | None = None
    """The first and last line of the body that must be seen once the focus moves."""
    cursor: tuple[int, int] | None = None
    """Where the text cursor stands, as line of the body and column: text is being typed."""
    types: bool = False
    """Is a line of text asked for? Then the plain form takes a line as it is."""
    picks: Collection[str] = ()
    """The keys that answer a card. In the plain form a line of these alone is a whole answer."""


class Screen:
    """What a stage shows. Override `view`, and `do` or all of `press`; `beat` only where time matters."""

    tick: float | None = None
    """Seconds after which a stage that got no key calls `beat` and paints again."""
    widest: int = 100
    """Columns: a wider window gets margins, for longer lines are hard to read."""
    message = ""
    """What the last key has to say."""

    def view(self, size: Size) -> View:
        """The picture of where the screen stands."""
        raise NotImplementedError

    def press(self, key: str) -> Result:
        """Leave, or do what a key says. Every screen closes on the keys in `GONE`."""
        self.message = ""
        return CLOSE if key in LEAVES else self.do(key) or STAY

    def do(self, key: str) -> Result | None:
        """What a key does besides: NOTHING if it means nothing here, None if the screen stays."""
        return NOTHING

    def beat(self) -> Result:
        """Time has passed."""
        return STAY

    def opened(self) -> None:
        """It was painted for the first time: now there is time for what need not come before that."""


class Stage(Protocol):
    """Where screens are shown: the terminal, or lines."""

    plain: bool

    def run(self, screen: Screen) -> None:
        """Show a screen until it closes; another may be run from inside its `press`."""

    def released(self) -> AbstractContextManager[None]:
        """Give the terminal to an editor for a while."""


class Over(Screen):
    """A screen over another one, whose time runs on."""

    def __init__(self, under: Screen) -> None:
        self.under = under
        self.tick, self.widest = under.tick, under.widest

    def beat(self) -> Result:
        """The screen below may be over; then nothing was answered."""
        return self.under.beat()


class Page(Over):
    """Something to be read over another screen: it scrolls, and any key of its hints closes it; `pressed` is which."""

    def __init__(
        self, title: str, lines: Callable[[Size], Sequence[Text]], hints: Sequence[Hint] = (), top: int = 0,
        under: Screen | None = None, widest: int = Screen.widest,
    ) -> None:  # fmt: skip
        """`lines` lays the body out; without `hints` any key goes back."""
        super().__init__(under or Screen())
        self.widest = widest
        self._title, self._lines, self._hints, self._top = title, lines, hints, top
        self.pressed = ""

    def view(self, size: Size) -> View:
        """The lines, below their title."""
        body, hints = self._lines(size), self._hints or [("esc", "back")]
        return View(
            title=styled(f" {self._title}", "title"), body=body, hints=hints, page=self, top=self._top
        )

    def press(self, key: str) -> Result:
        """Close, unless the key scrolls."""
        known = {"enter", "space", "esc", *GONE, *(key for key, _ in self._hints)}
        if key not in known and (self._hints or key in SCROLLS):
            return NOTHING
        self.pressed = key
        return CLOSE


class Ask(Over):
    """A question below another screen, which only y, n, enter and esc answer. Time running out answers nothing."""

    def __init__(
        self, under: Screen, question: str, *, default: bool = False, gone: bool | None = None
    ) -> None:
        """Enter means `default`, esc no. `answer` stays None if the time ran out; `gone` is said by who is gone."""
        super().__init__(under)
        self.question, self.default, self.gone = question, default, gone
        self.answer: bool | None = None

    def view(self, size: Size) -> View:
        """The screen below, with the question in the place of its keys."""
        said = f"{self.question} {'[Y/n]' if self.default else '[y/N]'}"
        hints = [("y", "yes"), ("n", "no"), ("enter", "yes" if self.default else "no")]
        return replace(self.under.view(size), message=said, hints=hints, cursor=None, picks=(), note=Text())

    def press(self, key: str) -> Result:
        """Take an answer; a stray key is none."""
        answers = {
            **dict.fromkeys(GONE, self.gone),
            **dict.fromkeys("yY", True),
            **dict.fromkeys("nN", False),
        }
        answers |= {"esc": False, "enter": self.default}
        if key not in answers:
            return NOTHING
        self.answer = answers[key]
        return CLOSE


def ask(stage: Stage, under: Screen, question: str, *, default: bool = False) -> bool | None:
    """Ask yes or no below a screen; None if nothing was answered."""
    asking = Ask(under, question, default=default)
    stage.run(asking)
    return asking.answer


class Prompt(Over):
    """A line of text asked for below another screen: enter takes it, esc thinks better of it."""

    def __init__(self, under: Screen, question: str, text: str = "") -> None:
        """`answer` stays None if the learner thought better of it, or the time ran out."""
        super().__init__(under)
        self.question, self.line = question, Line(text, len(text))
        self.answer: str | None = None

    def view(self, size: Size) -> View:
        """The screen below, with the question in the place of its message."""
        text, at = self.line.text, self.line.cursor
        words = self.question if size.plain else f"{self.question} {text[:at]}▏{text[at:]}"
        hints = [("enter", "take it"), ("esc", "leave it")]
        below = self.under.view(size)
        return replace(below, message=words, hints=hints, cursor=None, picks=(), types=True, note=Text())

    def press(self, key: str) -> Result:
        """Edit the line."""
        if key == "enter":
            self.answer = self.line.text.strip()
        elif key != "esc" and key not in GONE:
            self.line = typed(self.line, key)
            return STAY
        return CLOSE


def prompt(stage: Stage, under: Screen, question: str, text: str = "") -> str | None:
    """Ask for a line of text below a screen; None if nothing was answered."""
    asking = Prompt(under, question, text)
    stage.run(asking)
    return asking.answer


SCROLLS = {"j": 1, "k": -1, "down": 1, "up": -1, "pgdn": 0, "pgup": 0, "home": 0, "end": 0}
"""Keys that scroll where a screen has no other use for them, and by how many lines."""
NAMED = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pgup": "PgUp",
    "pgdn": "PgDn",
    "backspace": "Backspace",
}
"""How some keys are written."""


def wrong_key(key: str, hints: Iterable[Hint]) -> str:
    """What to say of a key that means nothing here: what is possible."""
    possible = ", ".join(f"{name} {what}" for name, what in hints)
    return f"{NAMED.get(key, key)} does nothing here. Keys: {possible}."


# Lines


def styled(text: str, style: str = "") -> Text:
    """The one gate from words to styled text: cleaned, and only these words have the style, not what is appended."""
    return Text().append(clean(text), style)


_WORD = re.compile(r"\S+\s*|\s+")


def wrap(text: Text, width: int, hang: int = 0) -> list[Text]:
    """One paragraph in lines of at most `width` columns, broken at words; all but the first `hang` columns in."""
    if cell_len(text.plain) <= width:
        text = text.copy()
        text.rstrip()
        return [text]
    breaks: list[int] = []
    hang = min(hang, width // 3)
    used, room = 0, width
    for found in _WORD.finditer(text.plain):
        word = found[0]
        size = cell_len(word.rstrip())
        if used and used + size > room:
            breaks.append(found.start())
            used, room = 0, max(width - hang, 1)
        if size > room:
            for n, character in enumerate(word.rstrip(), found.start()):
                columns = cell_len(character)
                if used + columns > room and used:
                    breaks.append(n)
                    used, room = 0, max(width - hang, 1)
                used += columns
            used += len(word) - len(word.rstrip())
        else:
            used += cell_len(word)
    lines = list(text.divide(breaks))
    for line in lines:
        line.rstrip()
    return [lines[0], *(indented(line, hang) for line in lines[1:])]


def indented(line: Text, columns: int) -> Text:
    """A line further in; a blank one stays blank."""
    return styled(" " * columns) + line if columns and line.plain else line


def said(words: str, width: int, style: str = "", indent: int = 2) -> list[Text]:
    """A sentence of the program's own, in lines."""
    return [indented(line, indent) for line in wrap(styled(as_typed(words), style), width - indent)]


def rows(lead: Text, lines: Sequence[Text]) -> list[Text]:
    """Lines behind a lead, such as a letter: all of them keep their own column."""
    blank = " " * lead.cell_len
    return [(lead if n == 0 else styled(blank)) + line for n, line in enumerate(lines or [Text()])]


def spread(left: Text, right: Text, width: int) -> Text:
    """A line with one text at its left end and one at its right; the left one gives way."""
    room = width - right.cell_len
    most = max(room - bool(right.plain), 1)
    if left.cell_len > most:
        left = left.copy()
        left.truncate(most, overflow="ellipsis")
    return left + styled(" " * max(room - left.cell_len, 0)) + right


def fit(text: Text | str, width: int) -> Text:
    """A line of exactly so many columns: cut with an ellipsis, or filled with blanks."""
    line = styled(text) if isinstance(text, str) else text.copy()
    line.truncate(max(width, 0), overflow="ellipsis", pad=True)
    return line


KEPT = ("help", "quit", "back")
"""What stays among the key hints when others have to go."""


def key_line(hints: Iterable[Hint], width: int) -> Text:
    """Keys with what they do, as many as fit; help and quit are kept when others have to go."""
    shown = list(hints)
    gap = "  " if width >= 60 else " "

    def line() -> Text:
        result = styled(" ")
        for n, (key, what) in enumerate(shown):
            result.append(gap if n else "").append(key, "key").append(f" {what}", "quiet")
        return result

    while line().cell_len > width and len(shown) > 1:
        spare = [n for n, (_, what) in enumerate(shown) if n and what not in KEPT]
        shown.pop(spare[-1] if spare else -1)
    result = line()
    result.truncate(width, overflow="ellipsis")
    return result


def bar(share: float, width: int, style: str = "bar.done") -> Text:
    """A bar of which a share is filled; something that is not nothing shows."""
    filled = min(max(round(width * share), int(share > 0)), width)
    return styled("━" * filled, style).append("─" * (width - filled), "rule")


BLOCKS = " ▁▂▃▄▅▆▇█"


def blocks(values: Sequence[float], most: float | None = None) -> str:
    """Values as a row of blocks of eight heights."""
    top = max([*values, 1e-9]) if most is None else most
    return "".join(BLOCKS[min(max(round(value / top * 8), int(value > 0)), 8)] for value in values)


def beside(left: Sequence[Text], right: Sequence[Text], width: int) -> list[Text]:
    """Two columns of lines with a rule between them, the left one `width` columns wide."""
    result: list[Text] = []
    for n in range(max(len(left), len(right))):
        lead = fit(left[n] if n < len(left) else Text(), width).append("│ ", "rule")
        result.append(lead + right[n] if n < len(right) else lead)
    return result
