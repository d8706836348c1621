"""The last net: an exception that nobody foresaw becomes a sentence and a file that can be sent to the author."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dp100cards import __version__, files
from dp100cards.clean import clean, say

FOLDER = "reports"
KEPT = 10


def unforeseen(error: Exception, arguments: Sequence[str]) -> int:
    """Say that something went wrong that should not, and write a report; the exit status."""
    lines = traceback.format_exception(error)
    if os.environ.get("DP100_DEBUG"):
        say("".join(lines), err=True)
    if isinstance(error, OverflowError):
        say("dp100: a number or a date is out of range. Nothing was changed by it.", err=True)
        return 2
    where = written(report(lines, arguments))
    say(
        f"dp100: something went wrong that should not ({type(error).__name__}). Nothing that was recorded is lost."
        + (f"\nA report is in {where}; it holds no cards, notes or answers." if where else "")
        + "\nWith DP100_DEBUG=1 the same command shows where it happened.",
        err=True,
    )
    return 70


def report(lines: Sequence[str], arguments: Sequence[str]) -> str:
    """What helps to find the mistake: the versions, the command, the way through the program."""
    head = [
        f"dp100cards {__version__}", f"Python {platform.python_version()} on {platform.platform()}",
        f"Command: dp100 {' '.join(map(repr, arguments))}", "",
    ]  # fmt: skip
    # The exception's own text, which comes last, may quote what the learner wrote.
    return clean("\n".join([*head, "".join(lines[:-1]) + lines[-1].split(":")[0], ""]))


def written(text: str) -> Path | None:
    """Where the report is: among the learner's cached files, or in the system's folder for temporary ones."""
    from platformdirs import user_cache_path

    name = f"{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    for folder in (user_cache_path("dp100cards", appauthor=False) / FOLDER, Path(tempfile.gettempdir())):
        try:
            if folder.name == FOLDER:
                files.private_folder(folder)
                for old in sorted(folder.glob("*.txt"))[: -KEPT + 1]:
                    files.remove(old)
            target = folder / (name if folder.name == FOLDER else f"dp100-{name}")
            files.write(target, text, private=True)
            return target
        except OSError:
            continue
    return None
