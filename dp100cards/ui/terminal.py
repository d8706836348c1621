"""The two stages. The terminal paints a view on the alternate screen, only the lines that changed; the plain form
prints it line by line, for screen readers, pipes and bare terminals: without box drawing, colour or repainting, what a
screen shows by place and style said in words.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import takewhile
from types import FrameType
from typing import IO

from rich.console import Console
from rich.text import Text

from dp100cards.clean import as_typed, clean
from dp100cards.ui.keys import RESIZE, Keyboard, window_size
from dp100cards.ui.text import KEPT, bar, beside, fit, has_ground, key_line, said, spread, styled
from dp100cards.ui.view import CLOSE, GONE, NOTHING, SCROLLS, Hint, Screen, Size, View, wrong_key

SMALLEST = (40, 12)  # columns and rows; below this a sentence stands in for the screen
ENTER_SCREEN, LEAVE_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J", "\x1b[?25h\x1b[?1049l"
BEGIN_UPDATE, END_UPDATE = "\x1b[?2026h", "\x1b[?2026l"
"""A terminal that knows these shows what stands between them at once; the others ignore them."""


# Laid out for a window


def lay_out(view: View, size: Size, scroll: int, message: str = "") -> tuple[list[Text], int, int, int]:
    """The lines of a window; how far its body is scrolled, how far it can be, and the rows that it has.

    What of the body lies above or below is said on the lines at its edges.
    """
    width, message = size.width, message or view.message
    rule = [] if size.compact else [styled("─" * width, "rule")]
    header = [spread(view.title, view.right, width), *([view.heading] if view.heading is not None else [])]
    header += [bar(view.progress, width)] if rule and view.progress is not None else rule
    header += view.pinned
    note = view.note if width >= 60 else Text()
    keys = key_line(view.hints, width - note.cell_len - bool(note))
    footer = [*rule, *(said(message, width - 1, "message", 1) if message else []), spread(keys, note, width)]
    body, aside = _trimmed(view.body, size), _trimmed(view.aside, size)
    lost = len(view.body) - len(body)
    room = max(size.height - len(header) - len(footer) - len(view.tail), 1)
    moves = len(body) > room or not aside
    most = max(len(body) - room if moves else 0, len(aside) - room, 0)
    scroll = min(max(scroll - lost, 0), most)
    if view.focus is not None and moves and most:
        first, last = view.focus[0] - lost, view.focus[1] - lost
        scroll = min(max(scroll, last - room + 2 if last < len(body) - 1 else len(body) - room), most)
        scroll = max(min(scroll, first - 1), 0)
    window = _window(body, scroll, room)
    if aside and size.panes:
        window = beside(_window(aside, scroll, room), window + [Text()] * (room - len(window)), size.panes[0])
    lines = [*header, *window, *view.tail, *[Text()] * (room - len(window)), *footer]
    return lines[: size.height], scroll + lost, most + lost, room


def _trimmed(lines: Sequence[Text], size: Size) -> list[Text]:
    """Lines without the blank ones at their head, where rows are scarce."""
    start = 0
    while size.compact and start < len(lines) and not lines[start].plain.strip():
        start += 1
    return list(lines[start:])


def _window(lines: list[Text], scroll: int, room: int) -> list[Text]:
    """As many lines as there is room for; what lies above or below is said at the edges."""
    scroll = min(scroll, max(len(lines) - room, 0))
    window, below = lines[scroll : scroll + room], len(lines) - scroll - room
    if scroll:
        window[0] = styled(f" ↑ {scroll + 1} more above", "quiet")
    if below > 0 and room > 1:
        window[-1] = styled(f" ↓ {below + 1} more below: PgDn", "quiet")
    return window


def too_small(columns: int, rows: int) -> list[Text]:
    """The sentence that stands in for a screen in a window that is too small for it."""
    words = f"This window has {columns}×{rows}; {SMALLEST[0]}×{SMALLEST[1]} are needed. Make it larger, or press q."
    lines = said(words, max(columns, 4), indent=0)[:rows]
    return lines + [Text()] * (rows - len(lines))


# Painted


class Hangup(BaseException):
    """The terminal was closed, or the program was told to end: leave, in good order."""


class Terminal:
    """The terminal, held while screens run. Open it with `terminal()`."""

    plain = False

    def __init__(self, console: Console, keyboard: Keyboard) -> None:
        self.console, self.keyboard = console, keyboard
        self._shown: list[Text] = []
        self._page: object = None
        self._scroll = self._most = 0
        self._room = 1
        self._focus: tuple[int, int] | None = None
        self._notice = ""

    def run(self, screen: Screen) -> None:
        """Show a screen until it closes; another one may be run from inside it."""
        before = self._page, self._scroll, self._focus
        self.paint(screen)
        screen.opened()
        result = None
        while result != CLOSE:
            view = self.paint(screen)
            key = self.keyboard.read(screen.tick)
            if key is None:
                result = screen.beat()
            elif key == "ctrl-z":
                self._suspend()
            elif key in (RESIZE, "ctrl-l"):
                self._shown = []
            else:
                self._notice, result = "", screen.press(key)
                scroll = screen.scrolls.get(key, key)
                if result == NOTHING and not self._scrolled(scroll) and scroll not in (*GONE, *SCROLLS):
                    self._notice = wrong_key(key, view.hints)
        self._page, self._scroll, self._focus = before

    def paint(self, screen: Screen) -> View:
        columns, rows = window_size()
        size = Size(min(columns, screen.widest), rows)
        view = screen.view(size)
        if columns < SMALLEST[0] or rows < SMALLEST[1]:
            self._show(too_small(columns, rows), None, columns)
            return view
        fresh = view.page != self._page
        if fresh:
            self._page, self._scroll = view.page, view.top
        # What moves is followed; what stays must not keep the learner from scrolling. A new page begins at its
        # top, unless there is something to type.
        followed = view.cursor is not None if fresh else view.focus != self._focus
        self._focus = view.focus
        placed = view if followed else replace(view, focus=None)
        lines, self._scroll, self._most, self._room = lay_out(placed, size, self._scroll, self._notice)
        margin = max((columns - size.width) // 2, 0)
        if margin:
            lines = [styled(" " * margin) + line if line.plain else line for line in lines]
        cursor = None
        if view.cursor is not None:
            head = 1 + (view.heading is not None) + (not size.compact) + len(view.pinned)
            row = view.cursor[0] + head - self._scroll
            pane = size.panes[0] + 2 if view.aside and size.panes else 0
            cursor = (row, view.cursor[1] + margin + pane) if head <= row < head + self._room else None
        self._show(lines, cursor, columns)
        return view

    def _scrolled(self, key: str) -> bool:
        """Scroll a body that is too long; False if the key does not scroll or there is nothing to scroll."""
        if key not in SCROLLS or not self._most:
            return False
        page = max(self._room - 2, 1)
        wanted = {"pgdn": self._scroll + page, "pgup": self._scroll - page, "home": 0, "end": self._most}
        self._scroll = min(max(wanted.get(key, self._scroll + SCROLLS[key]), 0), self._most)
        return True

    @contextmanager
    def released(self) -> Iterator[None]:
        """Give the terminal to somebody else for a while; all of it is painted again afterwards."""
        self.write(LEAVE_SCREEN)
        with self.keyboard.released():
            try:
                yield
            finally:
                self.write(ENTER_SCREEN)
                self._shown = []

    def _suspend(self) -> None:
        """Stop as Ctrl-Z stops a program, and come back with the screen whole."""
        if sys.platform != "win32":
            with self.released():
                before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
                os.kill(os.getpid(), signal.SIGTSTP)
                signal.signal(signal.SIGTSTP, before)

    def _show(self, lines: list[Text], cursor: tuple[int, int] | None, columns: int) -> None:
        before = self._shown if len(self._shown) == len(lines) else [None] * len(lines)
        changed = [n for n, (line, old) in enumerate(zip(lines, before, strict=True)) if line != old]
        if changed or cursor:
            parts = [BEGIN_UPDATE, "\x1b[?25l", "" if self._shown else "\x1b[2J"]
            painted = self._ansi([lines[n] for n in changed], columns)
            parts += [f"\x1b[{n + 1};1H{line}\x1b[K" for n, line in zip(changed, painted, strict=True)]
            parts += [f"\x1b[{cursor[0] + 1};{cursor[1] + 1}H\x1b[?25h"] if cursor else []
            self.write("".join(parts) + END_UPDATE)
        self._shown = lines

    def _ansi(self, lines: list[Text], columns: int) -> list[str]:
        if not lines:
            return []
        ground = has_ground(self.console)
        if ground:  # a theme with a background of its own fills every line
            lines = [fit(line, columns) for line in lines]
        with self.console.capture() as capture:
            text, style = styled("\n").join(lines), "ground" if ground else None
            self.console.print(text, style=style, no_wrap=True, overflow="ignore", crop=False, end="")
        return capture.get().split("\n")

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

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    keyboard = Keyboard()
    held = Terminal(console, keyboard)
    with keyboard:
        before = {name: signal.signal(getattr(signal, name), end) for name in names}
        held.write(ENTER_SCREEN)
        try:
            yield held
        finally:
            with suppress(Hangup, ValueError):
                held.write(LEAVE_SCREEN)
            for name, handler in before.items():
                signal.signal(getattr(signal, name), handler)


# Printed

ORNAMENT = str.maketrans(dict.fromkeys("│─━┌┐└┘▎▏", " ") | dict.fromkeys("▁▂▃▄▅▆▇█▓░", ""))
"""What only eyes can read is left out."""
WIDE = 10_000  # columns of lines that go into a pipe: whoever reads them breaks them as they like


class Lines:
    """Screens in lines: each view is printed as text that stands still, and what is typed is read as keys."""

    plain = True

    def __init__(self, out: IO[str] | None = None, source: IO[str] | None = None) -> None:
        self._out, self._source = out or sys.stdout, source or sys.stdin
        self._printed: tuple[object, list[str]] = None, []

    @property
    def size(self) -> Size:
        """The window's columns, so that lines are broken at words; whole lines in a pipe."""
        try:
            width = os.get_terminal_size(self._out.fileno()).columns or 80
        except (OSError, ValueError):
            width = WIDE
        return Size(max(width, 20), WIDE, plain=True)

    def run(self, screen: Screen) -> None:
        screen.opened()
        while True:
            view = screen.view(self.size)
            self.print(view)
            line = self.read(view.hints)
            for key in ["eof"] if line is None else keys_of(line, view):
                result = screen.press(key)
                if result == CLOSE:
                    self._printed = None, []
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
        page, before = self._printed
        if page == view.page and page is not None:
            self.say(*(line for line in body if line not in before))
        elif isinstance(page, tuple) and isinstance(view.page, tuple) and page[0] == view.page[0]:
            # Another view of the same thing, such as a card's answer: both begin alike.
            alike = (new == old for new, old in zip(body, before, strict=False))
            self.say(*body[len(list(takewhile(bool, alike))) :])
        else:
            self.say("", head, *heading, *body)
        self._printed = view.page, body
        if view.message:
            self.say(as_typed(view.message))

    def say(self, *lines: str) -> None:
        for line in lines:
            self._out.write(f"{clean(line.rstrip())}\n")
        self._out.flush()

    def read(self, hints: Sequence[Hint]) -> str | None:
        """Read a line, below what can be typed; None when there are no more."""
        keys = [f"{key} {does}" for n, (key, does) in enumerate(for_lines(hints)) if n < 3 or does in KEPT]
        self._out.write(f"[{', '.join(keys)}] ")
        self._out.flush()
        line = self._source.readline()
        if not line or not self._source.isatty():
            self.say("")  # what was typed is not on the screen, so the prompt's line has to be ended here
        return line.strip() if line else None

    @contextmanager
    def released(self) -> Iterator[None]:
        """An editor has the terminal meanwhile; nothing has to be given back."""
        self._out.flush()
        yield


def for_lines(hints: Sequence[Hint]) -> list[Hint]:
    """Key hints as they are typed in lines: an empty line is enter."""
    typed = [hint for hint in hints if hint[0] not in ("PgDn", "PgUp", "↑ ↓")]
    return [("enter" if key == "space" else key, does) for key, does in typed]


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
    letters = [key for word in words for key in word]
    for keys in (words, letters):
        known = [key if key in view.picks else key.casefold() for key in keys]
        if view.picks and all(key in view.picks for key in known):
            return ["ctrl-u", *known, "enter"]
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
