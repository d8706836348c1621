"""Backups of the progress file: by SQLite's own interface, each checked before it counts.

They are numbered, so that a wrong clock makes none of them the newest. Kept are the newest of each of the last seven
days and four weeks that have one. Old ones go only after a new one was found whole.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from itertools import islice
from pathlib import Path

from dp100cards import files
from dp100cards.scheduler.event import Moment

DAYS, WEEKS = 7, 4
"""How many days, and before them how many weeks, have a backup each."""
FOLDER = "backups"
PATIENCE = 10.0
"""Seconds to wait for another program that makes a backup or restores one."""
_NAME = re.compile(r"progress-(?:(\d{4,})-)?(\d{8})-\d{6}.*\.db")


def lock(path: Path) -> Path:
    """The lock under which backups are made and restored."""
    return path.with_suffix(".lock")


def daily(connection: sqlite3.Connection, path: Path, now: Moment) -> Path | None:
    """Back the file up unless it was done today. Gives the backup's path, or None if there was nothing to do.

    Raises sqlite3.DatabaseError if the file is damaged.
    """
    today = f"{_local(now):%Y%m%d}"

    def done() -> bool:
        return any(_number_and_day(found)[1] == today for found in existing(path))

    if done() or connection.execute("SELECT 1 FROM event LIMIT 1").fetchone() is None:
        return None
    with files.locked(lock(path), PATIENCE):
        return None if done() else _take(connection, path, now, "")


def take(connection: sqlite3.Connection, path: Path, now: Moment, why: str = "") -> Path:
    """Back the file up now; `why` becomes part of the name. Raises as `daily` does."""
    with files.locked(lock(path), PATIENCE):
        return _take(connection, path, now, why)


def _take(connection: sqlite3.Connection, path: Path, now: Moment, why: str) -> Path:
    folder = files.private_folder(path.parent / FOLDER)
    for left in (*folder.glob(f"{files.STAGED}*"), *folder.glob("*.unfinished")):
        files.remove(left)  # by a program that was killed: whoever has the lock is alone here
    number = max((_number_and_day(found)[0] for found in existing(path)), default=0) + 1
    name = "-".join(filter(None, [f"progress-{number:04}-{_local(now):%Y%m%d-%H%M%S}", why]))
    unfinished = folder / f"{files.STAGED}{os.urandom(8).hex()}"
    try:
        copy(connection, unfinished)
        if (wrong := fault(unfinished)) is not None:
            raise wrong
        target = files.move(unfinished, f"{name}.db")
    finally:
        files.remove(unfinished)
    for old in _superseded(existing(path)):
        files.remove(old)
    return target


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a database into a new file of its own; SQLite has it on disk on return."""
    files.make_private(target)
    with closing(sqlite3.connect(target)) as made:
        connection.backup(made)
        made.execute("PRAGMA journal_mode = DELETE")


def fault(path: Path) -> sqlite3.DatabaseError | None:
    """What SQLite finds wrong with a file at rest, or None if it is whole."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return error
    return None if found == "ok" else sqlite3.DatabaseError(f"malformed: {' '.join(found.split())}")


def existing(path: Path) -> list[Path]:
    """The backups of a progress file, oldest first."""
    found = (path.parent / FOLDER).glob("progress-*.db")
    return sorted(filter(lambda each: _NAME.fullmatch(each.name), found), key=_number_and_day)


def newest_good(path: Path) -> Path | None:
    """The newest backup that SQLite finds whole, or None."""
    return next((found for found in reversed(existing(path)) if fault(found) is None), None)


def _number_and_day(path: Path) -> tuple[int, str, str]:
    """A backup's number and its day; those of the first edition have no number, and are older."""
    match = _NAME.fullmatch(path.name)
    return (int(match[1] or 0), match[2], path.name) if match else (0, "", path.name)


def _superseded(found: list[Path]) -> list[Path]:
    """The backups that are not kept: a day's or a week's newest stays."""
    by_day: dict[str, Path] = {}
    for each in reversed(found):
        by_day.setdefault(_number_and_day(each)[1], each)
    by_week: dict[str, Path] = {}
    for day, each in islice(by_day.items(), DAYS, None):
        with suppress(ValueError):
            by_week.setdefault(f"{datetime.strptime(day, '%Y%m%d'):%G-%V}", each)
    kept = {*islice(by_day.values(), DAYS), *islice(by_week.values(), WEEKS)}
    return [each for each in found if each not in kept]


def _local(now: Moment) -> datetime:
    return datetime.fromtimestamp(now.at / 1000, timezone(timedelta(minutes=now.offset)))
