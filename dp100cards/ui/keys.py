"""Single keys, by name, with a time-out, on every platform; and a line of text typed with them.

A key is a string: the character itself, or one of `NAMES`. Ctrl-D and Ctrl-Z are keys like the others, so that a
screen always ends in its own way; Ctrl-C comes when its turn comes, as KeyboardInterrupt, and never amid a write.
`RESIZE` comes when the window has changed, `EOF` when the terminal is gone.
The system's own modules do the reading: a library for it would cost more time than the whole of the first card.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

RESIZE, EOF = "resize", "eof"
CONTROL = {
    "\x03": "ctrl-c", "\x04": "ctrl-d", "\x0c": "ctrl-l", "\x1a": "ctrl-z", "\x15": "ctrl-u", "\x17": "ctrl-w",
    "\x01": "home", "\x05": "end", "\t": "tab", "\r": "enter", "\n": "enter", " ": "space",
    "\x7f": "backspace", "\x08": "backspace", "\x1b": "esc",
}  # fmt: skip
SEQUENCES = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "Z": "shift-tab",
    "1~": "home", "3~": "delete", "4~": "end", "5~": "pgup", "6~": "pgdn", "7~": "home", "8~": "end", "M": "enter",
}  # fmt: skip
"""What follows ESC [ or ESC O, in xterm, rxvt, the Linux console, tmux and Windows."""
WINDOWS = {
    "H": "up", "P": "down", "M": "right", "K": "left", "G": "home", "O": "end", "I": "pgup", "Q": "pgdn",
    "S": "delete", "\x0f": "shift-tab",
}  # fmt: skip
NAMES = frozenset({*CONTROL.values(), *SEQUENCES.values()})
"""The names of keys that are not characters."""

ESCAPE_WAIT = 0.05
"""Seconds in which the rest of an escape sequence must follow its ESC."""


def decode(text: str) -> tuple[list[str], str]:
    """The keys in what a terminal has sent, and the beginning of one that is not whole yet."""
    keys: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "\x1b" and at + 1 == len(text):
            return keys, text[at:]
        if text[at] == "\x1b" and text[at + 1] in "[O":
            end = at + 2
            while end < len(text) and not "\x40" <= text[end] <= "\x7e":
                end += 1
            if end == len(text):
                return keys, text[at:]
            name = SEQUENCES.get(text[at + 2 : end + 1])
            keys += [name] if name else []
            at = end + 1
        elif text[at] == "\x1b":
            # Alt and a key: nothing is bound to it, and it must not do what the key alone does.
            at += 2
        else:
            name = CONTROL.get(text[at], text[at])
            keys += [name] if name in NAMES or name.isprintable() else []
            at += 1
    return keys, ""


class Keyboard:
    """The terminal's keyboard, one key at a time, while the context is open."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._part = ""
        self._resized = False
        self._system: Any = _Windows(self.resized) if sys.platform == "win32" else _Posix(self.resized)

    def __enter__(self) -> Keyboard:
        self._system.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._system.stop()

    def resized(self) -> None:
        """Say that the window has changed: the next key is RESIZE."""
        self._resized = True

    @contextmanager
    def released(self) -> Iterator[None]:
        """Give the keyboard back for a while: to an editor, or to the shell."""
        self._system.stop()
        try:
            yield
        finally:
            self._system.start()
            self._resized = True

    def read(self, timeout: float | None = None) -> str | None:
        """The next key; None after `timeout` seconds without one. Raises KeyboardInterrupt for Ctrl-C."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            if self._resized:
                self._resized = False
                return RESIZE
            if self._keys:
                key = self._keys.pop(0)
                if key == "ctrl-c":
                    raise KeyboardInterrupt
                return key
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0 and not self._part:
                return None
            text = self._system.read(ESCAPE_WAIT if self._part else left)
            if text is None:
                return EOF
            if not text and self._part:
                self._keys += ["esc"] if self._part == "\x1b" else []
                self._part = ""
            keys, self._part = decode(self._part + text)
            self._keys += keys


class _Posix:
    """Bytes from a terminal whose line discipline and signal keys are off."""

    def __init__(self, resized: Any) -> None:
        self._resized = resized
        self._before: Any = None
        self._handler: Any = None
        self._pipe: tuple[int, int] | None = None
        self._bytes = b""
        self.fd = -1

    def start(self) -> None:
        if sys.platform == "win32":
            raise NotImplementedError
        import signal
        import termios

        self.fd = sys.stdin.fileno()
        self._before = termios.tcgetattr(self.fd)
        mode = termios.tcgetattr(self.fd)
        mode[0] &= ~(termios.IXON | termios.ICRNL)
        mode[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self.fd, termios.TCSADRAIN, mode)
        self._pipe = os.pipe()
        os.set_blocking(self._pipe[1], False)
        self._handler = signal.signal(signal.SIGWINCH, self._on_resize)

    def stop(self) -> None:
        if sys.platform == "win32":
            raise NotImplementedError
        import signal
        import termios

        if self._pipe is None:
            return
        signal.signal(signal.SIGWINCH, self._handler)
        with suppress(termios.error):
            termios.tcsetattr(self.fd, termios.TCSADRAIN, self._before)
        for end in self._pipe:
            os.close(end)
        self._pipe = None

    def _on_resize(self, *_: object) -> None:
        self._resized()
        if self._pipe is not None:
            with suppress(OSError):
                os.write(self._pipe[1], b"!")

    def read(self, timeout: float | None) -> str | None:
        """What was typed; "" after the time-out or for a changed window; None if the terminal is gone."""
        import select

        assert self._pipe is not None
        ready, _, _ = select.select(
            [self.fd, self._pipe[0]], [], [], None if timeout is None else max(timeout, 0)
        )
        if self._pipe[0] in ready:
            os.read(self._pipe[0], 1024)
        if self.fd not in ready:
            return ""
        try:
            got = os.read(self.fd, 4096)
        except OSError:
            got = b""
        if not got:
            return None
        self._bytes += got
        try:
            text, self._bytes = self._bytes.decode(), b""
        except UnicodeDecodeError as error:
            cut = error.start if len(self._bytes) - error.start < 4 else len(self._bytes)
            text, self._bytes = self._bytes[:cut].decode(errors="replace"), self._bytes[cut:]
        return text


class _Windows:
    """Characters from the Windows console; its special keys as the sequences that a Unix terminal sends."""

    def __init__(self, resized: Any) -> None:
        self._resized = resized

    def start(self) -> None:
        os.system("")  # switches the console's understanding of escape sequences on
        self._size = os.get_terminal_size()

    def stop(self) -> None:
        return

    def read(self, timeout: float | None) -> str | None:
        import msvcrt

        console: Any = msvcrt  # its functions are known to no other platform
        deadline = None if timeout is None else time.monotonic() + timeout
        while not console.kbhit():
            if (size := os.get_terminal_size()) != self._size:
                self._size = size
                self._resized()
                return ""
            if deadline is not None and time.monotonic() >= deadline:
                return ""
            time.sleep(0.01)
        character: str = console.getwch()
        if character in "\x00\xe0":
            name = WINDOWS.get(console.getwch(), "")
            return next((f"\x1b[{code}" for code, key in SEQUENCES.items() if key == name), "")
        if "\ud800" <= character <= "\udbff":  # an emoji comes in two halves
            halves = (character + console.getwch()).encode("utf-16-le", "surrogatepass")
            character = halves.decode("utf-16-le", "replace")
        return character
