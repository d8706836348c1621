"""What a stranger's collection can be full of, and the commands that meet it."""

from __future__ import annotations

import io
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from dp100cards.cli.main import run

EVIL = "\x1b]52;c;RVZJTA==\x07\x1b[2J\x9b31m\x8d\u202e\u2066\u200b\u2060\U000e0041\x00\x7f\r"
"""Clipboard, screen, colour in C1, direction, zero width, tags, null, delete and return."""
EVIL_YAML = "".join(f"\\U{ord(c):08x}" for c in EVIL)
"""The same as it stands in double quotes of YAML."""
EVIL_NAME = EVIL.replace("\x00", "")
"""The same as it can stand in the name of a file."""

SEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e0fff]"
)
"""What must never be written: controls but newline and tab, direction, zero width, tags."""

LOOKS = [
    [], ["build", "--dry-run"], ["check"], ["check", "--all"], ["cards"], ["cards", "--json"], ["stats"],
    ["stats", "--json"], ["doctor"], ["exam", "list"], ["exam", "items"], ["study", "--plain"], ["quiz", "--plain"],
    ["exam", "--plain"], ["export", "csv"], ["export", "markdown"], ["export", "html"], ["plan", "--exam-date", "2030-01-01"],
]  # fmt: skip
SOME_LOOKS = [
    [],
    ["check"],
    ["cards", "--json"],
    ["stats"],
    ["doctor"],
    ["study", "--plain"],
    ["exam", "--plain"],
]
WRITES = [["build"], ["init", "sub"], ["export", "anki", "-o", "x.apkg"], ["export", "csv", "-o", "x.csv"]]


@dataclass(frozen=True)
class Done:
    """What a command did."""

    status: int
    out: str
    err: str


@contextmanager
def in_time(seconds: int) -> Iterator[None]:
    """Give up on what waits for ever, such as a pipe that nobody writes to."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError(f"not done after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def dp100(arguments: list[str], typed: str = "\n1\n\n3\n\na\n\n\n\nq\n", seconds: int = 30) -> Done:
    """Run a command in this process, with lines typed into it."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    stdin, sys.stdin = sys.stdin, io.StringIO(typed)
    try:
        with redirect_stdout(out), redirect_stderr(err), in_time(seconds):
            status = run(arguments)
    finally:
        sys.stdin = stdin
    texts = []
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue().decode("utf-8", "replace"))
    return Done(status, *texts)


def is_sound(done: Done, arguments: list[str]) -> str:
    """What is wrong with what a command did; "" if nothing. An export into a pipe is to the letter."""
    if done.status not in (0, 1, 2, 3):
        return f"status {done.status}"
    for stream in (done.out, done.err):
        if "Traceback" in stream or "went wrong that should not" in stream:
            return "an unforeseen exception"
    if found := SEEN.search(done.err if arguments[:1] == ["export"] else done.out + done.err):
        at = (done.out + done.err)[max(found.start() - 60, 0) : found.end() + 20]
        return f"a control character: {at!a}"
    return ""


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """All that is in a folder: modes, and the bytes of files, and where links lead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        data = (
            str(path.readlink()).encode()
            if path.is_symlink()
            else path.read_bytes()
            if path.is_file()
            else b""
        )
        found[path.relative_to(folder).as_posix()] = (mode, data)
    return found
