"""Backups of the progress file, by SQLite's own backup interface: never a copy of a live file."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path

from dp100cards.scheduler.days import Moment

KEPT = 10
"""So many of the newest backups are kept."""

FOLDER = "backups"


def daily(connection: sqlite3.Connection, path: Path, now: Moment) -> Path | None:
    """Back the file up unless it was done today. Gives the backup's path, or None if there was nothing to do."""
    today = f"progress-{_local(now):%Y%m%d}"
    if any(found.name.startswith(today) for found in existing(path)):
        return None
    if connection.execute("SELECT 1 FROM event LIMIT 1").fetchone() is None:
        return None
    return take(connection, path, now)


def take(connection: sqlite3.Connection, path: Path, now: Moment, why: str = "") -> Path:
    """Back the file up now; `why` becomes part of the name. The oldest beyond `KEPT` are removed."""
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True)
    name = "-".join(filter(None, [f"progress-{_local(now):%Y%m%d-%H%M%S}", why]))
    target, unfinished = folder / f"{name}.db", folder / f"{name}.{os.getpid()}.unfinished"
    copy = sqlite3.connect(unfinished)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    unfinished.replace(target)
    for old in existing(path)[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def _local(now: Moment) -> datetime:
    return datetime.fromtimestamp(now.at / 1000, timezone(timedelta(minutes=now.offset)))


def existing(path: Path) -> list[Path]:
    """The backups of a progress file, oldest first."""
    return sorted((path.parent / FOLDER).glob("progress-*.db"))


def newest_good(path: Path) -> Path | None:
    """The newest backup that SQLite finds whole, or None."""
    for found in reversed(existing(path)):
        connection = sqlite3.connect(f"{found.absolute().as_uri()}?mode=ro", uri=True)
        try:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok":
                return found
        except sqlite3.Error:
            continue
        finally:
            connection.close()
    return None
