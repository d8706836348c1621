"""Views on a terminal: the alternate screen, only the lines that changed, and everything put back at the end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import FrameType

from rich.console import Console
from rich.text import Text

from dp100cards.ui.keys import RESIZE, Keyboard
from dp100cards.ui.theme import has_ground
from dp100cards.ui.view import (
    CLOSE,
    GONE,
    NOTHING,
    SCROLLS,
    Screen,
    Size,
    View,
    bar,
    beside,
    key_line,
    said,
    spread,
    styled,
    wrong_key,
)

SMALLEST = (40, 12)
"""Columns and rows; below this a sentence stands in for the screen."""
ENTER_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J"
LEAVE_SCREEN = "\x1b[?25h\x1b[?1049l"
BEGIN_UPDATE, END_UPDATE = "\x1b[?2026h", "\x1b[?2026l"
"""A terminal that knows these shows what stands between them at once; the others ignore them."""


def lay_out(view: View, size: Size, scroll: int, message: str = "") -> tuple[list[Text], int, int, int]:
    """The lines of a window; how far its body is scrolled, how far it can be, and the rows that it has.

    What of the body lies above or below is said on the lines at its edges.
    """
    width, height = size.width, size.height
    header = [spread(view.title, view.right, width)]
    header += [view.heading] if view.heading is not None else []
    if view.progress is not None and not size.compact:
        header.append(bar(view.progress, width))
    elif not size.compact:
        header.append(styled("─" * width, "rule"))
    header += view.pinned
    footer = [] if size.compact else [styled("─" * width, "rule")]
    footer += said(message or view.message, width - 1, "message", 1) if message or view.message else []
    note = view.note if width >= 60 else Text()
    footer.append(spread(key_line(view.hints, width - note.cell_len - bool(note)), note, width))
    body, aside = _trimmed(view.body, size), _trimmed(view.aside, size)
    lost = len(view.body) - len(body)
    room = max(height - len(header) - len(footer) - len(view.tail), 1)
    moves = len(body) > room or not aside
    most = max(len(body) - room if moves else 0, len(aside) - room, 0)
    scroll = min(max(scroll - lost, 0), most)
    if view.focus is not None and moves and most:
        first, last = view.focus[0] - lost, view.focus[1] - lost
        scroll = min(max(scroll, last - room + 2 if last < len(body) - 1 else len(body) - room), most)
        scroll = max(min(scroll, first - 1), 0)
    window = _window(body, min(scroll, max(len(body) - room, 0)), room)
    if aside:
        assert size.panes is not None
        left = _window(aside, min(scroll, max(len(aside) - room, 0)), room)
        window = beside(left, window + [Text()] * (room - len(window)), size.panes[0])
    blank = [Text()] * (room - len(window))
    lines = [*header, *window, *view.tail, *blank, *footer]
    return lines[:height], scroll + lost, most + lost, room


def _trimmed(lines: Sequence[Text], size: Size) -> list[Text]:
    """Lines without the blank ones at their head, where rows are scarce."""
    start = 0
    while size.compact and start < len(lines) and not lines[start].plain.strip():
        start += 1
    return list(lines[start:])


def _window(lines: list[Text], scroll: int, room: int) -> list[Text]:
    """As many lines as there is room for; what lies above or below is said at the edges."""
    window, below = lines[scroll : scroll + room], len(lines) - scroll - room
    if scroll:
        window[0] = styled(f" ↑ {scroll + 1} more above", "quiet")
    if below > 0 and room > 1:
        window[-1] = styled(f" ↓ {below + 1} more below: PgDn", "quiet")
    return window


class Terminal:
    """The terminal, held while screens run. Open it with `terminal()`."""

    plain = False

    def __init__(self, console: Console, keyboard: Keyboard) -> None:
        self.console, self.keyboard = console, keyboard
        self._out = console.file
        self._shown: list[Text] = []
        self._scrolls: dict[object, int] = {}
        """How far the body of each page of the running screens is scrolled."""
        self._scroll = self._most = 0
        self._room = 1
        self._page: object = None
        self._focus: tuple[int, int] | None = None
        self._notice = ""
        self._title = ""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the window."""
        try:
            return os.get_terminal_size(self._out.fileno())
        except (OSError, ValueError):
            return 80, 24

    def run(self, screen: Screen) -> None:
        """Show a screen until it closes; another one may be run from inside it."""
        before = self._page, self._scroll, self._focus
        self.paint(screen)
        screen.opened()
        view = self.paint(screen)
        while True:
            key = self._key(screen.tick)
            if key is None:
                if screen.beat() == CLOSE:
                    break
            elif key != RESIZE:
                self._notice = ""
                result = screen.press(key)
                if result == CLOSE:
                    break
                if result == NOTHING and not self._scrolled(key) and key not in (*GONE, *SCROLLS):
                    self._notice = wrong_key(key, view.hints)
            view = self.paint(screen)
        self._page, self._scroll, self._focus = before

    def paint(self, screen: Screen) -> View:
        """Paint where a screen stands now, as far as it differs from what is there."""
        columns, rows = self.size
        width = min(columns, screen.widest)
        size = Size(width, rows)
        view = screen.view(size)
        if columns < SMALLEST[0] or rows < SMALLEST[1]:
            self._show(too_small(columns, rows), None, columns)
            return view
        fresh = view.page != self._page
        if fresh:
            self._page, self._scroll = view.page, view.top
        # What moves is followed; what stays must not keep the learner from scrolling. A new page begins at its
        # top, unless there is something to type.
        followed = (view.focus != self._focus and not fresh) or (fresh and view.cursor is not None)
        self._focus = view.focus
        placed = view if followed else _without_focus(view)
        lines, self._scroll, self._most, self._room = lay_out(placed, size, self._scroll, self._notice)
        margin = max((columns - width) // 2, 0)
        if margin:
            lines = [styled(" " * margin) + line if line.plain else line for line in lines]
        cursor = None
        if view.cursor is not None:
            head = 1 + (view.heading is not None) + (not size.compact) + len(view.pinned)
            row = view.cursor[0] + head - self._scroll
            if head <= row < head + self._room:
                pane = size.panes[0] + 2 if view.aside and size.panes else 0
                cursor = (row, view.cursor[1] + margin + pane)
        self._show(lines, cursor, columns)
        return view

    def _key(self, timeout: float | None) -> str | None:
        """The next key; a changed window, Ctrl-L and Ctrl-Z are dealt with here, and come as RESIZE."""
        pressed = self.keyboard.read(timeout)
        if pressed == "ctrl-z":
            self.suspend()
            return RESIZE
        if pressed in (RESIZE, "ctrl-l"):
            self._shown = []
            return RESIZE
        return pressed

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
        self._write(LEAVE_SCREEN)
        with self.keyboard.released():
            try:
                yield
            finally:
                self._write(ENTER_SCREEN)
                self._shown = []

    def suspend(self) -> None:
        """Stop as Ctrl-Z stops a program, and come back with the screen whole."""
        if sys.platform == "win32":
            return
        with self.released():
            before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, before)

    def name(self, title: str) -> None:
        """Name the tab of the terminal, as `Q 17/50 41:12`."""
        if title != self._title:
            self._title = title
            self._write(f"\x1b]2;{title}\x1b\\")

    def _show(self, lines: list[Text], cursor: tuple[int, int] | None, columns: int) -> None:
        """Write what differs from what is on the screen."""
        fresh = not self._shown
        changed = [
            n for n, line in enumerate(lines) if fresh or n >= len(self._shown) or line != self._shown[n]
        ]
        if changed or cursor:
            parts = [BEGIN_UPDATE, "\x1b[?25l", "\x1b[2J" * fresh]
            painted = self._ansi([lines[n] for n in changed], columns)
            parts += [f"\x1b[{n + 1};1H{line}\x1b[K" for n, line in zip(changed, painted, strict=True)]
            parts += [f"\x1b[{cursor[0] + 1};{cursor[1] + 1}H\x1b[?25h"] if cursor else []
            self._write("".join(parts) + END_UPDATE)
        self._shown = lines

    def _ansi(self, lines: list[Text], columns: int) -> list[str]:
        if not lines:
            return []
        ground = has_ground(self.console)
        if ground:  # a theme with a background of its own fills every line
            lines = [_filled(line, columns) for line in lines]
        with self.console.capture() as capture:
            style = "ground" if ground else None
            text = styled("\n").join(lines)
            self.console.print(text, style=style, no_wrap=True, overflow="ignore", crop=False, end="")
        return capture.get().split("\n")

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except OSError:
            raise Hangup(1) from None


def _filled(line: Text, columns: int) -> Text:
    return line + styled(" " * max(columns - line.cell_len, 0))


def _without_focus(view: View) -> View:
    return replace(view, focus=None) if view.focus is not None else view


def too_small(columns: int, rows: int) -> list[Text]:
    """The sentence that stands in for a screen in a window that is too small for it."""
    words = f"This window has {columns}×{rows}; {SMALLEST[0]}×{SMALLEST[1]} are needed. Make it larger, or press q."
    lines = said(words, max(columns, 4), indent=0)[:rows]
    return lines + [Text()] * (rows - len(lines))


class Hangup(BaseException):
    """The terminal was closed, or the program was told to end: leave, in good order."""


@contextmanager
def terminal(console: Console) -> Iterator[Terminal]:
    """Hold the terminal: the alternate screen and single keys, given back however the block ends."""
    keyboard = Keyboard()
    held = Terminal(console, keyboard)
    with keyboard, _ending_well():
        held._write(ENTER_SCREEN)
        try:
            yield held
        finally:
            with suppress(Hangup, ValueError):
                held.name("")
                held._write(LEAVE_SCREEN)


@contextmanager
def _ending_well() -> Iterator[None]:
    """Turn the signals that end a program into `Hangup`, so that the terminal is given back first."""

    def end(number: int, _: FrameType | None) -> None:
        raise Hangup(number)

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
