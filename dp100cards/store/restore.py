"""Putting a backup in the place of the progress file, which is kept beside it under another name.

Where SQLite can still write to the file, the backup is copied into it in one transaction: a crash leaves the old
content or the new one, and no session keeps hold of a file that is gone. A session that is open elsewhere notices by
the epoch, which changes with each restore. A file that SQLite cannot write to is replaced.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from dp100cards import files
from dp100cards.scheduler.event import Moment
from dp100cards.store import backup
from dp100cards.store.rows import PUT_EPOCH, RESTORING
from dp100cards.store.trouble import is_damage

COMPANIONS = ("-wal", "-shm")


def restore(path: Path, chosen: Path, now: Moment) -> Path | None:
    """Put the backup `chosen` in place. Gives where the file before it is kept, if there was one.

    Raises sqlite3.Error or OSError, and then the old file is in place.
    """
    with files.locked(backup.lock(path), backup.PATIENCE):
        staged = path.with_name(f"{files.STAGED}{os.urandom(8).hex()}")
        try:
            with closing(sqlite3.connect(f"{chosen.absolute().as_uri()}?mode=ro", uri=True)) as source:
                backup.copy(source, staged)
            if (wrong := backup.fault(staged)) is not None:
                raise wrong
            with closing(sqlite3.connect(staged, isolation_level=None)) as new:
                new.execute(PUT_EPOCH, (os.urandom(8).hex(),))
                try:
                    if path.exists():
                        return _copied(path, new, now)
                except sqlite3.DatabaseError as error:
                    if not is_damage(error) and "no such table" not in str(error):
                        raise
            return _replaced(path, staged, now)
        finally:
            for left in path.parent.glob(f"{files.STAGED}*"):
                files.remove(left)


def _copied(path: Path, new: sqlite3.Connection, now: Moment) -> Path:
    """Copy the backup into the file. Raises sqlite3.DatabaseError if SQLite cannot write to it."""
    with closing(sqlite3.connect(path, timeout=backup.PATIENCE, isolation_level=None)) as old:
        old.execute("PRAGMA synchronous = FULL")
        old.execute(PUT_EPOCH, (RESTORING,))  # from now on no session writes
        copied, kept = path.with_name(f"{files.STAGED}{os.urandom(8).hex()}"), _aside(path, now)
        backup.copy(old, copied)
        files.move(copied, kept.name)
        new.backup(old)
    return kept


def _replaced(path: Path, staged: Path, now: Moment) -> Path | None:
    """Put a file in the place of one that SQLite cannot use."""
    aside = _aside(path, now)
    kept = None
    for end in ("", *COMPANIONS):
        part = path.with_name(path.name + end)
        if part.exists():
            kept = aside
            _link(part, path.with_name(aside.name + end))
    # What is left of a file that is gone would be taken for the new one's last transactions.
    for end in COMPANIONS:
        files.remove(path.with_name(path.name + end))
    files.move(staged, path.name)
    return kept


def _aside(path: Path, now: Moment) -> Path:
    for n in range(1000):
        aside = path.with_name(f"{path.stem}.set-aside-{now.at + n}{path.suffix}")
        if not any(path.with_name(aside.name + end).exists() for end in ("", *COMPANIONS)):
            return aside
    raise FileExistsError(17, "there are too many files that were set aside", str(path.parent))


def _link(part: Path, target: Path) -> None:
    """Give a file a second name; where the disk knows no such thing, copy it."""
    with suppress(OSError):
        os.link(part, target)
        return
    shutil.copy2(part, target)


def is_whole(path: Path) -> tuple[bool, str]:
    """Whether SQLite finds the file whole, and what it says if not. A file that is not there is whole.

    Raises sqlite3.Error if the file cannot be looked into: then nobody knows.
    """
    if not path.exists():
        return True, ""
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
        ) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False, str(error)
        raise
    return found == ["ok"], "; ".join(found)


def describe(chosen: Path) -> tuple[int, int]:
    """How many events a backup holds, and the moment of the newest (milliseconds UTC, 0 if none)."""
    with closing(sqlite3.connect(f"{chosen.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        count, newest = connection.execute("SELECT count(*), coalesce(max(at), 0) FROM event").fetchone()
    return int(count), int(newest)
