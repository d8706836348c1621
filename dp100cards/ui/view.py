"""What a screen shows, as data: styled lines and key hints. The terminal paints a view, the plain form prints it.

A `Screen` is a function from its state to a `View`, and says what a key does. A `Stage` (`terminal.Terminal` or
`terminal.Lines`) shows it: `stage.run(screen)` goes on until the screen closes. No text is written twice, no key has
its meaning twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, TypeVar

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


@dataclass(kw_only=True)
class View:
    """One picture. Each `Text` is one line and fits the width that it was made for."""

    title: Text = field(default_factory=Text)
    right: Text = field(default_factory=Text)  # in the title's line; it is kept where both have no room
    heading: Sequence[Text] = ()  # more lines of the header
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
        """Time has passed, on this screen or on one over it. If it closes, those over it close unanswered."""
        return STAY

    def opened(self) -> None:
        """It was painted for the first time: now there is time for what need not come before that."""

    def ask(self, question: str, *, default: bool = False) -> bool:
        """Ask yes or no below the screen; enter means `default`."""
        enter, shown = ("yes", "[Y/n]") if default else ("no", "[y/N]")
        choices = [("y", "yes", True), ("n", "no", False), ("enter", enter, default)]
        return bool(self.choose(f"{question} {shown}", choices))

    def prompt(self, question: str, text: str = "") -> str:
        """Ask for a line of text below the screen; "" if nothing was answered."""
        choices = [("enter", "take it", ""), ("esc", "leave it", "")]
        return str(self.choose(question, choices, Line(text)) or "")

    def choose(self, question: str, choices: Sequence[tuple[str, str, Any]], line: Line | None = None) -> Any:
        """Ask for one of some keys below the screen; what it stands for, or None."""
        return self.stage.run(Ask(self, question, choices, line)).answer


AnyScreen = TypeVar("AnyScreen", bound=Screen)


class Stage:
    """Where screens are shown, one over the other: `terminal.Terminal` or `terminal.Lines`."""

    plain = False

    def __init__(self) -> None:
        self.screens: list[Screen] = []
        self.notice = ""  # what there is to say of a key that meant nothing

    def run(self, screen: AnyScreen) -> AnyScreen:
        """Show a screen until it closes; another one may be run from inside its `press`."""
        self.screens.append(screen)
        self.notice = ""
        if not self.plain:
            self.show(screen)
        screen.opened()
        result = STAY
        while result != CLOSE:
            view = self.show(screen)
            for key in self.keys(view, min((each.tick for each in self.screens if each.tick), default=None)):
                if key is None:
                    result = CLOSE if CLOSE in [each.beat() for each in self.screens] else STAY
                    continue
                self.notice, result = "", screen.press(key)
                used = screen.scrolls.get(key, key)
                if result == NOTHING and used in SCROLLS:
                    self.scroll(used)
                elif result == NOTHING:
                    possible = ", ".join(f"{name} {does}" for name, does in view.hints)
                    self.notice = f"{SHOWN.get(key, key)} does nothing here. Keys: {possible}."
                if result != STAY:
                    break
        self.screens.pop()
        return screen

    def show(self, screen: Screen) -> View:
        """Paint or print the view of a screen."""
        raise NotImplementedError

    def keys(self, view: View, tick: float | None) -> Iterator[str | None]:
        """The next keys, each when the one before is done with; None if none came for so many seconds."""
        raise NotImplementedError

    def scroll(self, key: str) -> None:
        """Do what a key of SCROLLS says, where there is something to scroll."""

    @contextmanager
    def released(self) -> Iterator[None]:
        """Give the terminal to an editor for a while."""
        yield


class Page(Screen):
    """Something to be read over another screen: it scrolls, and any key of its hints closes it; `pressed` is which."""

    def __init__(self, title: str, lines: Layout, hints: Sequence[Hint] = (), seek: str = "") -> None:
        """`lines` lays the body out; it begins at the line with `seek`. Without `hints` any key goes back."""
        self.title, self.lines, self.hints, self.seek = styled(f" {title}", "title"), lines, hints, seek
        self.pressed = ""

    def view(self, size: Size) -> View:
        body, hints = self.lines(size), self.hints or [("esc", "back")]
        top = next((n for n, line in enumerate(body) if self.seek and self.seek in line.plain), 3) - 3
        return View(title=self.title, body=body, hints=hints, page=self, top=max(top, 0))

    def press(self, key: str) -> Result:
        known = {"enter", "space", "esc", *GONE, *dict(self.hints)}
        if key not in known and (self.hints or key in SCROLLS):
            return NOTHING
        self.pressed = key
        return CLOSE


class Ask(Screen):
    """A question in the place of another screen's message, or a `line` of text that is asked for.

    Only the keys of `choices` answer it: each with what it does, and the answer. Enter takes the line. `answer` stays
    None if the learner left, or the time ran out.
    """

    answer: Any = None

    def __init__(
        self, under: Screen, question: str, choices: Sequence[tuple[str, str, Any]], line: Line | None = None
    ) -> None:
        self.under, self.widest, self.question, self.line = under, under.widest, question, line
        self.hints = [(key, does) for key, does, _ in choices]
        self.answers = dict[str, Any].fromkeys(("esc", *GONE)) | {key: answer for key, _, answer in choices}

    def view(self, size: Size) -> View:
        words = "" if self.line is None or size.plain else f" {'▏'.join(self.line)}"
        view = replace(self.under.view(size), message=self.question + words, hints=self.hints)
        return replace(view, types=self.line is not None, cursor=None, picks=(), note=Text())

    def press(self, key: str) -> Result:
        if self.line is not None and key == "enter":
            self.answer = self.line.text.strip()
        elif key.lower() in self.answers:
            self.answer = self.answers[key.lower()]
        elif self.line is not None:
            self.line = typed(self.line, key)
            return STAY
        else:
            return NOTHING
        return CLOSE
