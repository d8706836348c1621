"""What SQLite and the system say, as a sentence for the learner."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dp100cards import files
from dp100cards.errors import DataError

BUSY_SECONDS = 10.0
"""A program waits this long for another that is writing."""
ROOM = 256 * 1024
"""Bytes: with less, SQLite cannot even begin."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say of the progress file into a DataError with a sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise DataError(_sentence(error, path)) from error


def is_damage(error: BaseException | None) -> bool:
    """Does an error say that the file itself is damaged, rather than that it cannot be reached?"""
    return isinstance(error, sqlite3.DatabaseError) and any(
        word in str(error) for word in ("malformed", "not a database", "corrupt")
    )


def _sentence(error: sqlite3.Error | OSError, path: Path) -> str:
    text = str(error)
    if isinstance(error, files.Held):
        return f"another program makes or restores a backup of {path} just now. Try again."
    if isinstance(error, OSError):
        return f"{path.parent} cannot be used ({error.strerror or text}). Name another folder with --data."
    if "locked" in text:
        return f"{path} is in use by another program, which has held it for {BUSY_SECONDS:.0f} seconds. Try again."
    if "full" in text or (("disk I/O" in text or "unable to open" in text) and _is_full(path)):
        return f"the disk is full: nothing could be written to {path}. What was recorded before is safe."
    if "readonly" in text or "unable to open" in text:
        return (
            f"{path} cannot be written ({text}). Check its permissions, or name another folder with --data."
        )
    if is_damage(error):
        return (
            f"{path} is damaged ({text}). Nothing was changed. `dp100 doctor` lists the backups;"
            " `dp100 doctor --restore newest` puts the newest whole one in its place."
        )
    return f"{path}: {text}. `dp100 doctor` checks the file."


def _is_full(path: Path) -> bool:
    """Is there no room left for even a small file? SQLite may call that an error of the disk."""
    import shutil  # 5 ms, and needed in trouble only

    try:
        return shutil.disk_usage(path.parent).free < ROOM
    except OSError:
        return False
