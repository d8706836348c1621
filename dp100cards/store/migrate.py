"""Bringing a progress file up to date: `user_version` says which schema it has."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from dp100cards.errors import DataError
from dp100cards.scheduler.days import Moment
from dp100cards.store import backup

VERSION = 1
APPLICATION_ID = 0x44503130  # "DP10"

MIGRATIONS: dict[int, str] = {}
"""For each version from 1 on, the SQL that makes the next version of it. Version 1 is `schema.sql`."""


def prepare(connection: sqlite3.Connection, path: Path, now: Moment) -> None:
    """Set an opened file up, and make it if it is empty.

    Raises DataError for a file of another program or of a newer version; SQLite's own errors for a damaged one.
    A file of an older version is backed up before it is changed.
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
    if version < VERSION:
        backup.take(connection, path, now, f"before-format-{VERSION}")
        upgrade(connection)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file. Two programs that start at once make them once."""
    from importlib.resources import files

    connection.execute("PRAGMA journal_mode = WAL")
    schema = files("dp100cards.store").joinpath("schema.sql").read_text(encoding="utf-8")
    connection.execute("BEGIN IMMEDIATE")
    if _number(connection, "user_version") == 0:
        _run(connection, schema)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def upgrade(connection: sqlite3.Connection) -> None:
    """Run the migrations from the version that the file has to today's, all in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in range(_number(connection, "user_version"), VERSION):
            _run(connection, MIGRATIONS[step])
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


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
