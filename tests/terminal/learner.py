"""A real program at a real pseudo-terminal, and an emulator that knows what a learner sees on it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

PATIENCE = 20.0
"""Seconds until a test gives up waiting; no test depends on how fast it is."""
REPOSITORY = Path(__file__).resolve().parents[2]


class Terminal:
    """`dp100` at a pseudo-terminal."""

    def __init__(self, arguments: list[str], columns: int, rows: int, environment: dict[str, str]) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.sent = b""
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("DP100", "NO_COLOR"))
        }
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "dp100cards", *arguments],
            dimensions=(rows, columns),
            env={
                **clean,
                "TERM": "xterm-256color",
                "TZ": "UTC",
                "PYTHONPATH": str(REPOSITORY),
                **environment,
            },
            timeout=PATIENCE,
            # A job in the background hands down an ignored Ctrl-C: the learner's shell does not.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        self.child.delaybeforesend = None
        self.child.delayafterclose = self.child.delayafterterminate = 0.01

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what the program has written; False if it wrote nothing."""
        try:
            got = self.child.read_nonblocking(65536, seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.sent += got
        self.stream.feed(got)
        return True

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """What stands on the screen, as one text."""
        return "\n".join(self.lines)

    def until(self, seen: str | Callable[[str], object]) -> Terminal:
        """Wait until a text is on the screen, or something is true of it."""
        end = time.monotonic() + PATIENCE
        while not (seen in self.text if isinstance(seen, str) else seen(self.text)):
            if time.monotonic() > end or not (self.child.isalive() or self.read(0.2)):
                raise AssertionError(f"never seen: {seen}\n{self.text}")
            self.read()
        return self

    def press(self, *keys: str) -> Terminal:
        """Press keys, one by one."""
        for key in keys:
            self.child.send(key)
        return self

    def end(self) -> int:
        """Wait until the program has ended; its exit status, or the negative signal."""
        end = time.monotonic() + PATIENCE
        while self.child.isalive() and time.monotonic() < end:
            self.read()
        self.read()
        self.child.close()
        status = self.child.exitstatus
        return int(status) if status is not None else -int(self.child.signalstatus or 0)

    def kill(self) -> None:
        """End the program as a power cut would."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()


Start = Callable[..., Terminal]


def write_deck(home: Path, questions: list[str], name: str = "things") -> Path:
    """A collection with a deck of basic cards."""
    (home / "decks").mkdir(parents=True, exist_ok=True)
    cards = "".join(
        f"  - id: {name}-{n:06}\n    kind: basic\n    ask: {question}\n    answer: It is the answer {n}.\n"
        for n, question in enumerate(questions)
    )
    (home / "decks" / f"{name}.yaml").write_text(
        f"deck: {name}\ntitle: {name.title()}\ncards:\n{cards}", encoding="utf-8", newline="\n"
    )
    return home
