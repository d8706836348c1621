"""Opening a progress file and bringing it up to date: `user_version` says which schema it has."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from dp100cards import files
from dp100cards.errors import DataError
from dp100cards.scheduler.event import Moment
from dp100cards.store.rows import uid_of
from dp100cards.store.trouble import BUSY_SECONDS

VERSION = 2
APPLICATION_ID = 0x44503130  # "DP10"

MIGRATIONS: dict[int, str | Callable[[sqlite3.Connection], None]] = {}
"""For each version from 1 on, the SQL or the function that makes the next version of it. The newest is `schema.sql`."""


def connected(path: Path) -> sqlite3.Connection:
    """The file, open; it and its folder are made where they are missing, for their owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        files.make_private(path)
    elif not path.is_file():
        raise OSError(errno.EINVAL, f"{path.name} is not a file")
    elif path.stat().st_mode & 0o077:
        files.private_file(path)
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def copied(path: Path) -> sqlite3.Connection:
    """A copy in memory of a file that cannot be written."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
            source.backup(memory)
    except sqlite3.OperationalError:
        # SQLite wants to write beside a file with a write-ahead log, even to read it; but nobody can change this one.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as source:
            source.backup(memory)
    return memory


def prepare(connection: sqlite3.Connection, path: Path, now: Moment | None) -> None:
    """Set an opened file up, and make it if it is empty.

    Raises DataError for a file of another program or of a newer version; SQLite's own errors for a damaged one.
    A file of an older version is backed up before it is changed; a copy in memory (`now` is None) is not.
    """
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    version, application = _number(connection, "user_version"), _number(connection, "application_id")
    if version == 0 and _number(connection, "schema_version") == 0:
        create(connection)
        return
    if application != APPLICATION_ID:
        raise DataError(
            f"{path} is not a progress file of dp100cards; it was left as it is. Name another folder with --data."
        )
    if version > VERSION:
        raise DataError(
            f"{path} was written by a newer dp100cards (format {version}; this program knows {VERSION})."
            " It was left as it is. Update dp100cards."
        )
    if now is not None:
        connection.execute("PRAGMA journal_mode = WAL")  # a restored backup has none
    if version < VERSION:
        if now is not None:
            from dp100cards.store import backup

            backup.take(connection, path, now, f"before-format-{VERSION}")
        upgrade(connection)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file. Two programs that start at once make them once."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if _number(connection, "user_version") == 0:
        _run(connection, _schema())
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def upgrade(connection: sqlite3.Connection) -> None:
    """Run the migrations from the version that the file has to today's, all in one transaction."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in range(_number(connection, "user_version"), VERSION):
            migration = MIGRATIONS[step]
            if isinstance(migration, str):
                _run(connection, migration)
            else:
                migration(connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("PRAGMA foreign_keys = ON")


def _with_uids(connection: sqlite3.Connection) -> None:
    """Version 1 to 2: all tables made anew, with uids that are the same wherever a copy of the file is migrated."""
    rows = connection.execute(
        "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for kind in ("view", "trigger", "index"):
        for name in (name for each, name in rows if each == kind):
            connection.execute(f"DROP {kind} {name}")
    tables = [name for kind, name in rows if kind == "table"]
    for name in tables:
        connection.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    _run(connection, _schema())
    turns: dict[str | int, int] = {}

    def turn(owner: str | int, at: int, origin_id: int | None) -> int:
        if origin_id is not None:
            return at
        turns[owner] = max(at, turns.get(owner, at - 1) + 1)
        return turns[owner]

    connection.create_function("uid_of", -1, uid_of, deterministic=True)
    connection.create_function("turn", 3, turn)
    event = "card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes"
    connection.execute(
        f"INSERT INTO event (id, uid, turn, {event})"
        f" SELECT id, uid_of('event', id, {event}), turn(card, at, origin_id), {event} FROM old_event ORDER BY id"
    )
    sitting = "name, at, offset, seed, minutes, blueprint, practice, used, phase"
    connection.execute(
        f"INSERT INTO sitting (id, uid, {sitting}) SELECT id, uid_of('sitting', id, name, at, seed), {sitting}"
        " FROM old_sitting ORDER BY id"
    )
    connection.execute("INSERT INTO sitting_question SELECT * FROM old_sitting_question")
    happened = "sitting, kind, question, value, used, at"
    connection.execute(
        f"INSERT INTO sitting_event (id, uid, turn, {happened})"
        f" SELECT id, uid_of('sitting event', id, {happened}), turn(sitting, at, NULL), {happened}"
        " FROM old_sitting_event ORDER BY id"
    )
    connection.execute(
        "INSERT INTO setting (name, value) SELECT name, value FROM old_setting WHERE name <> 'engine'"
    )
    for name in ("sitting_event", "sitting_question", "sitting", "state", "setting", "event"):
        connection.execute(f"DROP TABLE old_{name}")


MIGRATIONS[1] = _with_uids


def _schema() -> str:
    from importlib.resources import files  # 5 ms, and needed for a new file only

    return files("dp100cards.store").joinpath("schema.sql").read_text(encoding="utf-8")


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run the statements of a script inside the open transaction; `executescript` would commit it first."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
