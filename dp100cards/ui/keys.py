"""Keys: their names on every terminal, what reads them, and which does what over a card in study and quiz.

A key is a string: the character itself, or one of `NAMES`. Ctrl-D and Ctrl-Z are keys like the others, so that a
screen always ends in its own way; Ctrl-C comes when its turn comes, as KeyboardInterrupt, and never amid a write.
`RESIZE` comes when the window has changed, `EOF` when the terminal is gone.
The system's own modules do the reading: a library for it would cost more time than the whole of the first card.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from dp100cards import files
from dp100cards.config import Settings
from dp100cards.errors import ContentError
from dp100cards.session.answering import LETTERS

if sys.platform != "win32":
    import termios
    import tty

RESIZE, EOF = "resize", "eof"


def _tables() -> dict[str, list[list[str]]]:
    text = files.read_bytes(Path(__file__).with_name("keys.txt")).decode()
    parts = re.split(r"^\[(.+)\]$", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)
    rows = ([re.split(r" {2,}", row) for row in part.strip().splitlines()] for part in parts[2::2])
    return dict(zip(parts[1::2], rows, strict=True))


_TABLES = _tables()
CONTROL = {chr(int(code, 16)): name for code, name in _TABLES.pop("control")}
SEQUENCES = {row[0]: row[1] for row in _TABLES.pop("sequences")}
SHOWN = dict(_TABLES.pop("shown"))
WINDOWS = {chr(int(code, 16)): sequence for code, sequence in _TABLES.pop("windows")}
NAMES = frozenset({*CONTROL.values(), *SEQUENCES.values()})
"""The names of keys that are not characters."""
ACTIONS = {action: (key, group, does) for action, key, group, does in _TABLES.pop("actions")}
"""Every action over a card: its usual key, its group in the help, and what it does."""
HELP = {name: [(key, does) for key, does in rows] for name, rows in _TABLES.items()}
"""The keys of each screen, and what they do."""
ESCAPE_WAIT = 0.05  # seconds in which the rest of an escape sequence must follow its ESC
POLL = 0.1  # seconds after which the size of the window is looked at again
_KEY = re.compile(r"\x1b[\[O]([^@-~]*[@-~])|\x1b[^\[O]|[^\x1b]", re.DOTALL)


def decode(text: str) -> tuple[list[str], str]:
    """The keys in what a terminal has sent, and the beginning of one that is not whole yet.

    A key with Alt is dropped: nothing is bound to it, and it must not do what the key alone does.
    """
    keys, end = [], 0
    while found := _KEY.match(text, end):
        end = found.end()
        name = SEQUENCES.get(found[1], "") if found[1] else CONTROL.get(found[0], found[0])
        if name in NAMES or (len(name) == 1 and name.isprintable()):
            keys.append(name)
    return keys, text[end:]


class Keyboard:
    """The terminal's keyboard, one key at a time, while it is open."""

    def __init__(self) -> None:
        self._keys, self._part = list[str](), ""
        self._size, self._before = window_size(), list[Any]()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def open(self) -> None:
        """Have keys come one by one, as they are typed."""
        if sys.platform == "win32":
            os.system("")  # switches the console's understanding of escape sequences on
        else:
            self._before = termios.tcgetattr(sys.stdin)
            tty.setraw(sys.stdin, termios.TCSADRAIN)

    def close(self) -> None:
        """Give the keyboard back: to the shell, or to an editor for a while."""
        if sys.platform != "win32" and self._before:
            with suppress(termios.error):
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._before)

    def read(self, timeout: float | None = None) -> str | None:
        """The next key; None after `timeout` seconds without one. Raises KeyboardInterrupt for Ctrl-C."""
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            if (size := window_size()) != self._size:
                self._size = size
                return RESIZE
            if self._keys:
                key = self._keys.pop(0)
                if key == "ctrl-c":
                    raise KeyboardInterrupt
                return key
            left = deadline - time.monotonic()
            if left <= 0 and not self._part:
                return None
            wait = ESCAPE_WAIT if self._part else min(left, POLL)
            text = from_windows(wait) if sys.platform == "win32" else self._from_terminal(wait)
            if text is None:
                return EOF
            if not text and self._part:
                self._keys += ["esc"] if self._part == "\x1b" else []
                self._part = ""
            keys, self._part = decode(self._part + text)
            self._keys += keys

    def _from_terminal(self, wait: float) -> str | None:
        """What was typed; "" after the time-out; None if the terminal is gone."""
        if not select.select([sys.stdin], [], [], wait)[0]:
            return ""
        got = b""
        with suppress(OSError):
            got = os.read(sys.stdin.fileno(), 4096)
        return self._decoder.decode(got) if got else None


def from_windows(wait: float) -> str:
    """What was typed into the Windows console; "" after the time-out."""
    console: Any = import_module("msvcrt")
    deadline = time.monotonic() + wait
    while not console.kbhit():
        if time.monotonic() >= deadline:
            return ""
        time.sleep(0.01)
    character: str = console.getwch()
    if character in "\x00\xe0":
        return "\x1b[" + WINDOWS.get(console.getwch(), "~")
    if "\ud800" <= character <= "\udbff":  # an emoji comes in two halves
        halves = (character + console.getwch()).encode("utf-16-le", "surrogatepass")
        character = halves.decode("utf-16-le", "replace")
    return character


def window_size() -> tuple[int, int]:
    try:
        return os.get_terminal_size()
    except (OSError, ValueError):
        return 80, 24


# What they do over a card

AFTER = ("edit", "flag", "reject")  # they wait until the answer is there: before it, letters answer
_ANSWERING = frozenset({*LETTERS, *"123456", "y", "n"})
_RESERVED = frozenset(NAMES - {"space", "delete", "home", "end", "left", "right"})


class Bindings:
    """Keys to actions and back. `[keys]` in `dp100.toml` gives an action another key."""

    def __init__(self, settings: Settings) -> None:
        """Raises ContentError, with all mistakes at once, for unknown actions, unknown keys and double meanings."""
        # `doubt` is what the first edition called `reject`.
        own = {"reject" if action == "doubt" else action: key for action, key in settings.keys.items()}
        usual = {action: key for action, (key, _, _) in ACTIONS.items()}
        self.key_of, problems = usual | own, []
        self._action_of: dict[str, str] = {}
        # What the learner has set comes last, so that a clash is reported for that.
        for action, key in sorted(self.key_of.items(), key=lambda each: each[0] in own):
            if action not in ACTIONS:
                wrong = f"there is no action {action}; there are {', '.join(ACTIONS)}"
            elif key != usual[action] and key in _ANSWERING:
                wrong = f"{key} answers cards (a–f, 1–6, y and n do); choose another key"
            elif key in _RESERVED:
                wrong = f"{key} has a meaning of its own; choose another key"
            elif not (key in NAMES or (len(key) == 1 and key.isprintable() and key != " ")):
                wrong = f"there is no key {key!r}; write one character, or space"
            elif key in self._action_of:
                wrong = f"{key} is the key of {self._action_of[key]} already; one key, one meaning"
            else:
                self._action_of[key] = action
                continue
            problems.append(settings.problem(f"keys.{action}", f"keys.{action}: {wrong}"))
        if problems:
            raise ContentError(problems)

    def action(self, key: str) -> str:
        """The action of a key, or "" if it has none."""
        return self._action_of.get(key, "")
