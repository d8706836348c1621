"""Putting a backup in the place of a damaged progress file, which is kept beside it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from dp100cards.scheduler.days import Moment

COMPANIONS = ("", "-wal", "-shm")


def is_whole(path: Path) -> tuple[bool, str]:
    """Whether SQLite finds the file whole, and what it says if not. A file that is not there is whole."""
    if not path.exists():
        return True, ""
    try:
        connection = sqlite3.connect(path, timeout=10)
        try:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
        finally:
            connection.close()
    except sqlite3.Error as error:
        return False, str(error)
    return found == ["ok"], "; ".join(found)


def set_aside(path: Path, now: Moment) -> Path:
    """Move the progress file and its companions out of the way, under a new name; nothing is deleted."""
    target = path.with_name(f"{path.stem}.set-aside-{now.at}{path.suffix}")
    for companion in COMPANIONS:
        part = path.with_name(path.name + companion)
        if part.exists():
            part.replace(path.with_name(target.name + companion))
    return target


def restore(path: Path, chosen: Path, now: Moment) -> Path | None:
    """Put the backup `chosen` in the place of the progress file. Gives where the old file is now, if there was one.

    The backup is copied under a temporary name first, so that a crash leaves either the old file or the new one.
    """
    unfinished = path.with_name(f"{path.name}.restoring")
    shutil.copyfile(chosen, unfinished)
    # What is left of a file that is gone would be taken for the new one's last transactions.
    there = any(path.with_name(path.name + companion).exists() for companion in COMPANIONS)
    aside = set_aside(path, now) if there else None
    unfinished.replace(path)
    return aside


def describe(chosen: Path) -> tuple[int, int]:
    """How many events a backup holds, and the moment of the newest (milliseconds UTC, 0 if none)."""
    connection = sqlite3.connect(f"{chosen.absolute().as_uri()}?mode=ro", uri=True)
    try:
        count, newest = connection.execute("SELECT count(*), coalesce(max(at), 0) FROM event").fetchone()
    finally:
        connection.close()
    return int(count), int(newest)
