"""The two stages. The terminal paints a view on the alternate screen, only the lines that changed; the plain form
prints it line by line, for screen readers, pipes and bare terminals: without box drawing, colour or repainting, what a
screen shows by place and style said in words.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile
from types import FrameType
from typing import IO

from rich.console import Console
from rich.text import Text

from dp100cards.clean import as_typed, clean
from dp100cards.ui.keys import NAMES, RESIZE, Keyboard, window_size
from dp100cards.ui.text import KEPT, bar, beside, fit, key_line, said, spread, styled
from dp100cards.ui.view import SCROLLS, AnyScreen, Hint, Screen, Size, Stage, View

SMALLEST = (40, 12)  # columns and rows; below this a sentence stands in for the screen
ENTER_SCREEN, LEAVE_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J", "\x1b[?25h\x1b[?1049l"
BEGIN_UPDATE, END_UPDATE = "\x1b[?2026h", "\x1b[?2026l"
"""A terminal that knows these shows what stands between them at once; the others ignore them."""


# Laid out for a window


@dataclass
class Window:
    """How far the body of a page is scrolled, how far it can be, and how many rows it has."""

    page: object = None
    scroll: int = 0
    most: int = 0
    room: int = 1
    focus: tuple[int, int] | None = None
    follows: bool = False  # does what is in focus stay in sight? Until the learner scrolls it out of sight

    def lay_out(self, view: View, size: Size, notice: str = "") -> tuple[list[Text], tuple[int, int] | None]:
        """The lines of the window, and where its cursor is."""
        if size.width < SMALLEST[0] or size.height < SMALLEST[1]:
            small, needed = (f"{columns}×{rows}" for columns, rows in (size[:2], SMALLEST))
            words = f"This window has {small}; {needed} are needed. Make it larger, or press q."
            return [*said(words, max(size.width, 4), indent=0), *[Text()] * size.height][: size.height], None
        header, footer = _around(view, size, f"{notice} {view.message}".strip())
        body, aside = _trimmed(view.body, size), _trimmed(view.aside, size)
        lost = len(view.body) - len(body)  # by which the places that the view names are too low
        self.room = room = max(size.height - len(header) - len(footer) - len(view.tail), 1)
        over = max(len(body) - room, 0)
        self.most = max(over, len(aside) - room)
        if view.page != self.page:  # it begins at its top, unless there is something to type
            self.scroll, self.follows = view.top - lost, view.cursor is not None
        elif view.focus != self.focus:
            self.follows = True
        self.page, self.focus, self.scroll = view.page, view.focus, min(max(self.scroll, 0), self.most)
        if view.focus is not None and over:
            first, last = view.focus[0] - lost, view.focus[1] - lost
            end = last - room + 2 if last < len(body) - 1 else over
            seen = max(min(max(self.scroll, end), self.most, first - 1), 0)
            self.follows = self.follows or seen == self.scroll
            self.scroll = seen if self.follows else self.scroll
        shown, left = _window(body, self.scroll, room), 0
        if aside and size.panes:
            left = size.panes[0]
            shown = beside(_window(aside, self.scroll, room), shown + [Text()] * (room - len(shown)), left)
        lines = [*header, *shown, *view.tail, *[Text()] * (room - len(shown)), *footer][: size.height]
        if view.cursor is None:
            return lines, None
        # A body that fits stands still beside its aside.
        row, column = view.cursor[0] - lost - min(self.scroll, over), view.cursor[1] + (left and left + 2)
        return lines, (len(header) + row, column) if 0 <= row < room else None

    def turn(self, key: str) -> None:
        """Scroll, if the body is too long."""
        page = max(self.room - 2, 1)
        wanted = {"pgdn": self.scroll + page, "pgup": self.scroll - page, "home": 0, "end": self.most}
        self.scroll, self.follows = wanted.get(key, self.scroll + SCROLLS[key]), False


def _around(view: View, size: Size, message: str) -> tuple[list[Text], list[Text]]:
    """The lines above a body and those below it; without rules where there are few rows."""
    width = size.width
    rule = [] if size.compact else [styled("─" * width, "rule")]
    done = rule if view.progress is None or not rule else [bar(view.progress, width)]
    note = view.note if width >= 60 else Text()
    keys = key_line(view.hints, width - note.cell_len - bool(note))
    header = [spread(view.title, view.right, width), *view.heading, *done]
    return header, [
        *rule,
        *said([message] * bool(message), width - 1, "message", 1),
        spread(keys, note, width),
    ]


def _trimmed(lines: Sequence[Text], size: Size) -> list[Text]:
    """Lines without the blank ones that they begin with, where there are few rows."""
    return list(dropwhile(lambda line: size.compact and not line.plain.strip(), lines))


def _window(lines: list[Text], scroll: int, room: int) -> list[Text]:
    """As many lines as there is room for; what lies above or below is said at the edges."""
    scroll = min(scroll, max(len(lines) - room, 0))
    window, below = lines[scroll : scroll + room], len(lines) - scroll - room
    if scroll:
        window[0] = styled(f" ↑ {scroll + 1} more above", "quiet")
    if below > 0 and room > 1:
        window[-1] = styled(f" ↓ {below + 1} more below: PgDn", "quiet")
    return window


# Painted


class Hangup(BaseException):
    """The terminal was closed, or the program was told to end: leave, in good order."""


class Terminal(Stage):
    """The terminal, held while screens run. Open it with `terminal()`."""

    def __init__(self, console: Console, keyboard: Keyboard) -> None:
        super().__init__()
        self.console, self.keyboard = console, keyboard
        self._window, self._shown = Window(), list[Text]()

    def run(self, screen: AnyScreen) -> AnyScreen:
        before = replace(self._window)
        super().run(screen)
        self._window = before
        return screen

    def show(self, screen: Screen) -> View:
        columns, rows = window_size()
        size = Size(min(columns, screen.widest), rows)
        view, margin = screen.view(size), (columns - size.width) // 2
        lines, cursor = self._window.lay_out(view, size, self.notice)
        if margin:
            lines = [styled(" " * margin) + line if line.plain else line for line in lines]
        changed = [n for n, line in enumerate(lines) if self._shown[n : n + 1] != [line]]
        if changed or cursor:
            parts = [BEGIN_UPDATE, "\x1b[?25l", "" if self._shown else "\x1b[2J"]
            painted = self._ansi([lines[n] for n in changed], columns)
            parts += [f"\x1b[{n + 1};1H{line}\x1b[K" for n, line in zip(changed, painted, strict=False)]
            parts += [f"\x1b[{cursor[0] + 1};{cursor[1] + margin + 1}H\x1b[?25h"] if cursor else []
            self.write("".join(parts) + END_UPDATE)
        self._shown = lines
        return view

    def _ansi(self, lines: list[Text], columns: int) -> list[str]:
        ground = self.console.get_style("ground", default="none")
        if ground:  # a theme with a background of its own fills every line
            lines = [fit(line, columns) for line in lines]
        with self.console.capture() as capture:
            text = styled("\n").join(lines)
            self.console.print(text, style=ground, no_wrap=True, overflow="ignore", crop=False, end="")
        return capture.get().split("\n")

    def keys(self, view: View, tick: float | None) -> Iterator[str | None]:
        key = self.keyboard.read(tick)
        if key == "ctrl-z" and sys.platform != "win32":
            with self.released():
                os.kill(os.getpid(), signal.SIGTSTP)
        elif key in (RESIZE, "ctrl-l"):
            self._shown = []
        else:
            yield key

    def scroll(self, key: str) -> None:
        self._window.turn(key)

    def hold(self) -> None:
        """Take the terminal: the alternate screen and single keys."""
        self.keyboard.open()
        self.write(ENTER_SCREEN)
        self._shown = []

    def let_go(self) -> None:
        self.keyboard.close()
        self.write(LEAVE_SCREEN)

    @contextmanager
    def released(self) -> Iterator[None]:
        self.let_go()
        try:
            yield
        finally:
            self.hold()

    def write(self, text: str) -> None:
        """Write to the terminal; Hangup if it is gone."""
        try:
            self.console.file.write(text)
            self.console.file.flush()
        except OSError:
            raise Hangup(1) from None


@contextmanager
def terminal(console: Console) -> Iterator[Terminal]:
    """Hold the terminal: the alternate screen and single keys, given back however the block ends."""

    def end(number: int, _: FrameType | None) -> None:
        raise Hangup(number)

    with ExitStack() as before:
        for number in {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
            before.callback(signal.signal, number, signal.signal(number, end))
        held = Terminal(console, Keyboard())
        try:
            held.hold()
            yield held
        finally:
            with suppress(Hangup, ValueError):
                held.let_go()


# Printed

ORNAMENT = str.maketrans(dict.fromkeys("│─━┌┐└┘▎▏", " ") | dict.fromkeys("▁▂▃▄▅▆▇█▓░", ""))
"""What only eyes can read is left out."""
WIDE = 10_000  # columns of lines that go into a pipe: whoever reads them breaks them as they like


class Lines(Stage):
    """Screens in lines: each view is printed as text that stands still, and what is typed is read as keys."""

    plain = True

    def __init__(self, out: IO[str] | None = None, source: IO[str] | None = None) -> None:
        super().__init__()
        self._out, self._source = out or sys.stdout, source or sys.stdin
        self._printed: tuple[object, list[str]] = None, []
        self._typed: list[str] = []  # the keys of a line that are not pressed yet
        self._about: object = None  # the page that they are about

    @property
    def size(self) -> Size:
        """The window's columns, so that lines are broken at words; whole lines in a pipe."""
        width = (window_size()[0] or 80) if self._out.isatty() else WIDE
        return Size(max(width, 20), WIDE, plain=True)

    def run(self, screen: AnyScreen) -> AnyScreen:
        super().run(screen)
        self._printed = None, []
        return screen

    def show(self, screen: Screen) -> View:
        """Print what is new of a view: all of a new page, else only the lines that have changed."""
        if self.notice:
            self._typed = []
            self.say(self.notice)
        view = screen.view(self.size)
        head = f"{view.title.plain.strip()}. {view.right.plain.strip()}".strip(". ")
        shown = (line for text in (*view.body, *view.tail) if (line := plain_line(text)) is not None)
        body = list(dropwhile(lambda line: not line, shown))
        page, before = self._printed
        if page == view.page and page is not None:
            self.say(*(line for line in body if line not in before))
        elif isinstance(page, tuple) and isinstance(view.page, tuple) and page[0] == view.page[0]:
            # Another view of the same thing, such as a card's answer: both begin alike.
            alike = (new == old for new, old in zip(body, before, strict=False))
            self.say(*body[len(list(takewhile(bool, alike))) :])
        else:
            self.say("", head, *(line.plain for line in view.heading), *body)
        self._printed = view.page, body
        if view.message:
            self.say(as_typed(view.message))
        return replace(view, hints=for_lines(view.hints))

    def keys(self, view: View, tick: float | None) -> Iterator[str | None]:
        if not self._typed or view.page != self._about:
            self._typed, self._about = self.read(view), view.page
        # A line is about the page that was printed, and questions on it. A message about an answer ends it.
        pressed = "enter"
        while self._typed and (now := self.screens[-1].view(self.size)).page == self._about:
            if pressed in now.picks and now.message:
                break
            pressed = self._typed.pop(0)
            yield pressed
        self._typed = []

    def read(self, view: View) -> list[str]:
        """The keys of the next line."""
        shown = [f"{key} {does}" for n, (key, does) in enumerate(view.hints) if n < 3 or does in KEPT]
        self._out.write(f"[{', '.join(shown)}] ")
        self._out.flush()
        line = self._source.readline()
        if not line or not self._source.isatty():
            self.say("")  # what was typed is not on the screen, so the prompt's line has to be ended here
        return keys_of(line.strip(), view) if line else ["eof"]

    def say(self, *lines: str) -> None:
        for line in lines:
            self._out.write(f"{clean(line.rstrip())}\n")
        self._out.flush()


def for_lines(hints: Sequence[Hint]) -> list[Hint]:
    """Key hints as they are typed in lines: an empty line is enter."""
    unused = ("PgDn", "PgUp", "↑ ↓")
    return [("enter" if key == "space" else key, does) for key, does in hints if key not in unused]


def keys_of(line: str, view: View) -> list[str]:
    """The keys that a typed line stands for.

    An empty line is enter. Where text is typed, the line is the text (`;` goes to the next gap). A line of the keys
    that answer a card is the whole answer in place of what was chosen before; one key alone adds to it. Anything else
    is its keys in order.
    """
    if not line:
        return ["enter"]
    if (view.types or view.cursor is not None) and line.casefold() != "esc":
        parts = [part.strip() for part in line.split(";")]
        text = [key for n, part in enumerate(parts) for key in [*["tab"] * (n > 0), *part]]
        return ["ctrl-u", *("space" if key == " " else key for key in text), "enter"]
    if line.casefold() in NAMES:
        return [line.casefold()]
    words = line.replace(",", " ").replace(";", " ").split()
    letters = [key for word in words for key in word]
    for keys in (words, letters):
        known = [key if key in view.picks else key.casefold() for key in keys]
        if view.picks and all(key in view.picks for key in known):
            return [*["ctrl-u"] * (len(known) > 1), *known, "enter"]
    return letters


def plain_line(text: Text) -> str | None:
    """A line without ornament; None if it is nothing else."""
    line = text.plain
    for span in reversed(text.spans):
        address = str(span.style).partition("link ")[2]
        if address and address not in line:
            line = f"{line[: span.end]} ({address}){line[span.end :]}"
    line = line[min(len(line) - len(line.lstrip(" ")), 2) :].translate(ORNAMENT).rstrip()
    return None if not line and text.plain.strip() else line
