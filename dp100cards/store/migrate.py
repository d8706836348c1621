"""The progress file: opened, made, brought up to date; and what SQLite says of it, as a sentence for the learner."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from dp100cards import files
from dp100cards.errors import DataError

VERSION = 2  # of the schema; a file's is its `user_version`
APPLICATION_ID = 0x44503130  # "DP10"
BUSY_SECONDS = 10.0  # a program waits this long for another that is writing, or makes or restores a backup
ROOM = 256 * 1024  # bytes: with less, SQLite cannot even begin


def new_uid() -> int:
    """A number that no other machine has given to anything: 63 random bits."""
    return int.from_bytes(os.urandom(8), "big") >> 1


def uid_of(*content: object) -> int:
    """A uid that every machine gives to the same content."""
    import hashlib  # 2 ms, and needed in migrations and unions only

    return int.from_bytes(hashlib.blake2b(repr(content).encode(), digest_size=8).digest(), "big") >> 1


# Opening


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


def reader(path: Path, how: str = "mode=ro") -> closing[sqlite3.Connection]:
    """A file to be looked into and closed; nothing of it is changed."""
    uri = f"{path.absolute().as_uri()}?{how}"
    return closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS))


def copied(path: Path) -> sqlite3.Connection:
    """A copy in memory of a file that cannot be written."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with reader(path) as source:
            source.backup(memory)
    except sqlite3.OperationalError:
        # SQLite wants to write beside a file with a write-ahead log, even to read it; but nobody can change this one.
        with reader(path, "immutable=1") as source:
            source.backup(memory)
    return memory


def prepare(connection: sqlite3.Connection, path: Path, back_up: Callable[[str], object]) -> None:
    """Set an opened file up, and make it if it is empty; one of an older version is backed up before it is changed.

    Raises DataError for a file of another program or of a newer version; SQLite's own errors for a damaged one.
    """
    connection.execute("PRAGMA synchronous = FULL")
    version = _number(connection, "user_version")
    is_empty = version == 0 and _number(connection, "schema_version") == 0
    if not is_empty and _number(connection, "application_id") != APPLICATION_ID:
        raise DataError(
            f"{path} is not a progress file of dp100cards; it was left as it is. Name another folder with --data."
        )
    if version > VERSION:
        raise DataError(
            f"{path} was written by a newer dp100cards (format {version}; this program knows {VERSION})."
            " It was left as it is. Update dp100cards."
        )
    connection.execute("PRAGMA journal_mode = WAL")  # a restored backup has none
    if version < VERSION:
        if not is_empty:
            back_up(f"before-format-{VERSION}")
        _bring_up_to_date(connection)
    connection.execute("PRAGMA foreign_keys = ON")


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, or run the migrations, in one transaction. Two programs that start at once do it once."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        version = _number(connection, "user_version")
        if version == 0:
            run_script(connection, "schema.sql")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        else:
            for step in range(version, VERSION):
                MIGRATIONS[step](connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _with_uids(connection: sqlite3.Connection) -> None:
    """Version 1 to 2: all tables made anew, with uids that are the same wherever a copy of the file is migrated."""
    made = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type = 'table'"
    for kind, name in connection.execute(made).fetchall():
        rename = f"ALTER TABLE {name} RENAME TO old_{name}"
        connection.execute(rename if kind == "table" else f"DROP {kind} {name}")
    run_script(connection, "schema.sql")
    connection.create_function("uid_of", -1, uid_of, deterministic=True)
    run_script(connection, "from_1.sql")


MIGRATIONS: dict[int, Callable[[sqlite3.Connection], object]] = {1: _with_uids}
"""For each version from 1 on, what makes the next version of it. The newest is `schema.sql`."""


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run a script inside the open transaction; `executescript` would commit it first."""
    statement = ""
    for line in Path(__file__).with_name(script).read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


# Errors


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
