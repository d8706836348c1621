"""What SQLite and the system say, as a sentence for the learner."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dp100cards.errors import DataError

BUSY_SECONDS = 10.0
"""So long a program waits for another that is writing."""

ROOM = 256 * 1024
"""Bytes: with less, SQLite cannot even begin."""


@contextmanager
def telling_the_learner(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into a sentence for the learner."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise DataError(_sentence(error, path)) from error


def _sentence(error: sqlite3.Error | OSError, path: Path) -> str:
    text = str(error)
    if isinstance(error, OSError):
        return f"{path.parent} cannot be used ({error.strerror or text}). Name another folder with --data."
    if "locked" in text:
        return f"{path} is in use by another program, which has held it for {BUSY_SECONDS:.0f} seconds. Try again."
    if "full" in text:
        return f"the disk is full: nothing could be written to {path}. What was recorded before is safe."
    if "readonly" in text or "unable to open" in text:
        return (
            f"{path} cannot be written ({text}). Check its permissions, or name another folder with --data."
        )
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return (
            f"{path} is damaged ({text}). It was left as it is. `dp100 doctor` finds the newest good backup."
        )
    if "disk I/O" in text and _is_full(path):
        return f"the disk is full: nothing could be written to {path}. What was recorded before is safe."
    return f"{path}: {text}. `dp100 doctor` checks the file."


def _is_full(path: Path) -> bool:
    """Is there no room left for even a small file? SQLite tells that as an error of the disk when it opens one."""
    import shutil

    try:
        return shutil.disk_usage(path.parent).free < ROOM
    except OSError:
        return False
