"""What a screen shows, as data: styled lines and key hints. The terminal paints a view, the plain form prints it.

A `Screen` is a function from its state to a `View`, and says what a key does. A `Stage` (`terminal.Terminal` or
`terminal.Lines`) shows it: `stage.run(screen)` goes on until the screen closes. No text is written twice, no key has
its meaning twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Protocol

from rich.text import Text

from dp100cards.session.answering import Line, typed
from dp100cards.ui.keys import SHOWN
from dp100cards.ui.text import styled

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
SCROLLS = {"j": 1, "k": -1, "down": 1, "up": -1, "pgdn": 0, "pgup": 0, "home": 0, "end": 0}
"""Keys that scroll where a screen has no other use for them, and by how many lines."""
COMPACT = 20  # rows; below this a view is laid out without ornament
PANES = 88  # columns from which on two panes have room side by side


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
        left = self.width * 9 // 20
        return None if self.plain or self.width < PANES else (left, self.width - left - 2)


Layout = Callable[[Size], list[Text]]
"""The lines of something, laid out for a size."""


@dataclass(frozen=True, kw_only=True)
class View:
    """One picture. Each `Text` is one line and fits the width that it was made for."""

    title: Text
    right: Text = field(default_factory=Text)  # in the title's line; it is kept where both have no room
    heading: Text | None = None  # a second line of the header
    pinned: Sequence[Text] = ()  # above the body, and does not scroll with it
    progress: float | None = None  # how much is done, 0 to 1: drawn as the rule below the header
    body: Sequence[Text] = ()
    aside: Sequence[Text] = ()
    """A pane at the left of the body, laid out for `Size.panes`; it scrolls, while a body that fits stays in sight."""
    tail: Sequence[Text] = ()  # directly below the body, and always to be seen, however long the body is
    message: str = ""  # what the last key has to say, or a question that is asked
    hints: Sequence[Hint] = ()
    """The keys that do something now, most important first; `help` and `quit` stay in the narrowest window."""
    note: Text = field(default_factory=Text)  # at the right end of the line of keys, where there is room
    page: object = None
    """What is shown: while it stays the same, the body stays scrolled as it is. Of a pair, the first is the subject:
    lines of it that the plain form has printed are not printed again."""
    top: int = 0  # the line of the body at which a new page begins
    focus: tuple[int, int] | None = None  # the first and last line that must be seen once the focus moves
    cursor: tuple[int, int] | None = None  # of text that is being typed: line of the body, and column
    types: bool = False  # is a line of text asked for? Then the plain form takes a line as it is
    picks: Collection[str] = ()  # the keys that answer a card; in the plain form they make a whole answer


class Screen:
    """What a stage shows. Override `view`, and `do` or all of `press`; `beat` only where time matters."""

    stage: Stage
    tick: float | None = None  # seconds after which a stage that got no key calls `beat` and paints again
    widest: int = 100  # columns: a wider window gets margins, for longer lines are hard to read
    message = ""  # what the last key has to say
    scrolls: Mapping[str, str] = {}
    """Keys of the learner's own that scroll, and those in SCROLLS that they are."""

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

    def ask(self, question: str, *, default: bool = False, gone: bool | None = None) -> bool | None:
        """Ask yes or no below the screen; None if nothing was answered."""
        asking = Ask(self, question, default=default, gone=gone)
        self.stage.run(asking)
        return asking.answer

    def prompt(self, question: str, text: str = "") -> str | None:
        """Ask for a line of text below the screen; None if nothing was answered."""
        asking = Prompt(self, question, text)
        self.stage.run(asking)
        return asking.answer

    def opened(self) -> None:
        """It was painted for the first time: now there is time for what need not come before that."""


class Stage(Protocol):
    """Where screens are shown: the terminal, or lines."""

    plain: bool

    def run(self, screen: Screen) -> None: ...  # until it closes; another may be run from inside its `press`
    def released(self) -> AbstractContextManager[None]: ...  # gives the terminal to an editor for a while


class Over(Screen):
    """A screen over another one, whose time runs on: if it is over, nothing was answered here."""

    def __init__(self, under: Screen) -> None:
        self.under = under
        self.tick, self.widest = under.tick, under.widest

    def beat(self) -> Result:
        return self.under.beat()

    def asking(self, size: Size, question: str, hints: Sequence[Hint], *, types: bool = False) -> View:
        """The screen below, with a question in the place of its message."""
        below = self.under.view(size)
        return replace(below, message=question, hints=hints, types=types, cursor=None, picks=(), note=Text())


class Page(Over):
    """Something to be read over another screen: it scrolls, and any key of its hints closes it; `pressed` is which."""

    def __init__(
        self, title: str, lines: Layout, hints: Sequence[Hint] = (), top: int = 0, under: Screen | None = None
    ) -> None:
        """`lines` lays the body out; without `hints` any key goes back."""
        super().__init__(under or Screen())
        self._title, self._lines, self._hints, self._top = styled(f" {title}", "title"), lines, hints, top
        self.pressed = ""

    def view(self, size: Size) -> View:
        body, hints = self._lines(size), self._hints or [("esc", "back")]
        return View(title=self._title, body=body, hints=hints, page=self, top=self._top)

    def press(self, key: str) -> Result:
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
        """Enter means `default`, esc no. `answer` stays None if the time ran out; `gone` is the answer of `GONE`."""
        super().__init__(under)
        self.question, self.default = question, default
        self.answer: bool | None = None
        self.answers = {"y": True, "Y": True, "n": False, "N": False, "esc": False, "enter": default}
        self.gone = gone

    def view(self, size: Size) -> View:
        question = f"{self.question} {'[Y/n]' if self.default else '[y/N]'}"
        hints = [("y", "yes"), ("n", "no"), ("enter", "yes" if self.default else "no")]
        return self.asking(size, question, hints)

    def press(self, key: str) -> Result:
        if key not in (*self.answers, *GONE):
            return NOTHING
        self.answer = self.answers.get(key, self.gone)
        return CLOSE


class Prompt(Over):
    """A line of text asked for below another screen: enter takes it, esc leaves it."""

    def __init__(self, under: Screen, question: str, text: str = "") -> None:
        """`answer` stays None if the learner left it, or the time ran out."""
        super().__init__(under)
        self.question, self.line = question, Line(text)
        self.answer: str | None = None

    def view(self, size: Size) -> View:
        question = self.question if size.plain else f"{self.question} {'▏'.join(self.line)}"
        return self.asking(size, question, [("enter", "take it"), ("esc", "leave it")], types=True)

    def press(self, key: str) -> Result:
        if key == "enter":
            self.answer = self.line.text.strip()
        elif key != "esc" and key not in GONE:
            self.line = typed(self.line, key)
            return STAY
        return CLOSE


def wrong_key(key: str, hints: Iterable[Hint]) -> str:
    """What to say of a key that means nothing here: what is possible."""
    possible = ", ".join(f"{name} {does}" for name, does in hints)
    return f"{SHOWN.get(key, key)} does nothing here. Keys: {possible}."
