"""Frames on a terminal: the alternate screen, only the lines that changed, and everything put back at the end.

A `Frame` has a header and a footer that are always there, and a body that scrolls between them. A `Stage` holds the
terminal while a screen runs: it paints frames, reads keys, and lets go for an editor, for Ctrl-Z and at the end.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from types import FrameType

from rich.console import Console
from rich.text import Text

from dp100cards.ui.keys import RESIZE, Keyboard
from dp100cards.ui.text import styled, wrapped

SMALLEST = (40, 20)
"""Columns and rows; below this a sentence stands in for the screen."""
WIDEST = 100
"""Columns: a longer line is hard to read, so a wider window gets margins."""

ENTER_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J"
LEAVE_SCREEN = "\x1b[?25h\x1b[?1049l"
BEGIN_UPDATE, END_UPDATE = "\x1b[?2026h", "\x1b[?2026l"
"""A terminal that knows these shows what stands between them at once; the others ignore them."""
SCROLLS = {"j": 1, "k": -1, "down": 1, "up": -1, "pgdn": 0, "pgup": 0, "home": 0, "end": 0}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One picture. Each `Text` is one line and fits the width that it was made for."""

    body: list[Text]
    header: list[Text]
    footer: list[Text]
    focus: tuple[int, int] | None = None
    """The first and last line of the body that must be seen."""
    cursor: tuple[int, int] | None = None
    """Where the text cursor stands, as line of the body and column; hidden if None."""


def place(frame: Frame, height: int, scroll: int) -> tuple[list[Text], int]:
    """The `height` lines of a frame with its body scrolled, and the scroll as far as it can go.

    What of the body lies above or below is said on the lines at its edges.
    """
    room = max(height - len(frame.header) - len(frame.footer), 1)
    most = max(len(frame.body) - room, 0)
    scroll = min(max(scroll, 0), most)
    if frame.focus is not None and most:
        first, last = frame.focus
        scroll = min(max(scroll, last - room + 2 if last < len(frame.body) - 1 else most), most)
        scroll = max(min(scroll, first - 1), 0)
    window = frame.body[scroll : scroll + room]
    window += [Text()] * (room - len(window))
    if scroll:
        window[0] = styled(f" ↑ {scroll + 1} more above", "quiet")
    if scroll < most and room > 1:
        window[-1] = styled(f" ↓ {most - scroll + 1} more below: PgDn", "quiet")
    return [*frame.header, *window, *frame.footer][:height], scroll


class Stage:
    """The terminal, held while a screen runs. Open it with `stage()`."""

    def __init__(self, console: Console, keyboard: Keyboard) -> None:
        self.console = console
        self.keyboard = keyboard
        self._out = console.file
        self._shown: list[Text] = []
        self._draw: Callable[[int, int], Frame] | None = None
        self._scroll = 0
        self._focus: tuple[int, int] | None = None
        self._fresh = True
        self._most = 0
        self._room = 1

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the window."""
        try:
            return os.get_terminal_size(self._out.fileno())
        except (OSError, ValueError):
            return 80, 24

    @property
    def scrolled(self) -> int:
        """How many lines of the body lie above the window; known to `draw`, so that something may stay in sight."""
        return self._scroll

    def paint(self, draw: Callable[[int, int], Frame], *, keep_scroll: bool = False) -> None:
        """Show the frame that `draw` makes for so many columns and rows, and again when the window changes."""
        self._draw = draw
        if not keep_scroll:
            self._scroll, self._fresh = 0, True
        self._repaint()

    def key(self, timeout: float | None = None) -> str | None:
        """The next key; None after `timeout` seconds without one.

        A changed window, Ctrl-L and Ctrl-Z are dealt with here, and come as RESIZE when all is painted again.
        """
        pressed = self.keyboard.read(timeout)
        if pressed == "ctrl-z":
            self.suspend()
            return RESIZE
        if pressed in (RESIZE, "ctrl-l"):
            self._shown = []
            self._repaint()
            return RESIZE
        return pressed

    def scroll(self, key: str) -> bool:
        """Scroll a body that is too long; False if the key does not scroll or there is nothing to scroll."""
        if key not in SCROLLS or not self._most:
            return False
        page = max(self._room - 2, 1)
        wanted = {"pgdn": self._scroll + page, "pgup": self._scroll - page, "home": 0, "end": self._most}
        self._scroll = min(max(wanted.get(key, self._scroll + SCROLLS[key]), 0), self._most)
        self._repaint()
        return True

    @contextmanager
    def released(self) -> Iterator[None]:
        """Give the terminal to somebody else for a while, and paint all of it again afterwards."""
        self._write(LEAVE_SCREEN)
        with self.keyboard.released():
            try:
                yield
            finally:
                self._write(ENTER_SCREEN)
                self._shown = []
        self._repaint()

    def suspend(self) -> None:
        """Stop as Ctrl-Z stops a program, and come back with the screen whole."""
        if sys.platform == "win32":
            return
        with self.released():
            before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, before)

    def _repaint(self) -> None:
        if self._draw is None:
            return
        columns, rows = self.size
        if columns < SMALLEST[0] or rows < SMALLEST[1]:
            lines, cursor = too_small(self.console, columns, rows), None
        else:
            margin = max((columns - WIDEST) // 2, 0)
            frame = self._draw(min(columns, WIDEST), rows)
            # What moves is followed; what stands still must not keep the learner from scrolling. A new picture
            # begins at its top, unless there is something to type.
            moved = frame.focus != self._focus and not self._fresh
            followed = moved or (self._fresh and frame.cursor is not None)
            self._focus, self._fresh = frame.focus, False
            lines, self._scroll = place(frame if followed else replace(frame, focus=None), rows, self._scroll)
            self._room = rows - len(frame.header) - len(frame.footer)
            self._most = max(len(frame.body) - self._room, 0)
            cursor = frame.cursor
            if margin:
                lines = [Text(" " * margin) + line if line.plain else line for line in lines]
            if cursor:
                row = cursor[0] + len(frame.header) - self._scroll
                seen = len(frame.header) <= row < rows - len(frame.footer)
                cursor = (row, cursor[1] + margin) if seen else None
        self._show(lines, cursor)

    def _show(self, lines: list[Text], cursor: tuple[int, int] | None) -> None:
        """Write what differs from what is on the screen."""
        fresh = not self._shown
        changed = [
            n for n, line in enumerate(lines) if fresh or n >= len(self._shown) or line != self._shown[n]
        ]
        if changed or cursor:
            parts = [BEGIN_UPDATE, "\x1b[?25l", "\x1b[2J" * fresh]
            painted = self._ansi([lines[n] for n in changed])
            parts += [f"\x1b[{n + 1};1H{line}\x1b[K" for n, line in zip(changed, painted, strict=True)]
            parts += [f"\x1b[{cursor[0] + 1};{cursor[1] + 1}H\x1b[?25h"] if cursor else []
            self._write("".join(parts) + END_UPDATE)
        self._shown = lines

    def _ansi(self, lines: list[Text]) -> list[str]:
        if not lines:
            return []
        with self.console.capture() as capture:
            self.console.print(Text("\n").join(lines), no_wrap=True, overflow="ignore", crop=False, end="")
        return capture.get().split("\n")

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except OSError:
            raise Hangup(1) from None


def too_small(console: Console, columns: int, rows: int) -> list[Text]:
    """The sentence that stands in for a screen in a window that is too small for it."""
    words = f"This window has {columns}×{rows}; {SMALLEST[0]}×{SMALLEST[1]} are needed. Make it larger, or press q."
    lines = wrapped(Text(words), console, max(columns, 4))[:rows]
    return lines + [Text()] * (rows - len(lines))


class Hangup(BaseException):
    """The terminal was closed, or the program was told to end: leave, in good order."""


@contextmanager
def stage(console: Console) -> Iterator[Stage]:
    """Hold the terminal: the alternate screen and single keys, given back however the block ends."""
    keyboard = Keyboard()
    held = Stage(console, keyboard)
    with keyboard, _ending_well():
        held._write(ENTER_SCREEN)
        try:
            yield held
        finally:
            with suppress(Hangup, ValueError):
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
