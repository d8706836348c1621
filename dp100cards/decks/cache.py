"""The file in which decks are kept compiled: its tables, made anew when its format is another."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from dp100cards import files

FORMAT = 6
"""Raise it when what is kept, or how a deck is read, changes."""

SCHEMA = """
CREATE TABLE file (path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, hash TEXT) STRICT;
CREATE TABLE deck (name TEXT PRIMARY KEY, path TEXT, title TEXT, area TEXT, rank TEXT) STRICT;
CREATE TABLE card (
    path TEXT, position INTEGER, id TEXT, deck TEXT, kind TEXT, fact TEXT, tags TEXT, status TEXT, area TEXT,
    level TEXT, skills TEXT, turn INTEGER, line INTEGER, col INTEGER, body TEXT, PRIMARY KEY (path, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_by_id ON card (id);
CREATE INDEX card_by_fact ON card (fact);
CREATE INDEX card_entry ON card (path, position, id, deck, kind, fact, tags, status, area, level, skills, turn);
CREATE TABLE problem (path TEXT, line INTEGER, col INTEGER, message TEXT) STRICT;
"""


def connect(path: Path | None) -> sqlite3.Connection:
    """Open the cache, made anew if it is of another format; None is one in memory."""
    if path is not None:
        files.private_folder(path.parent)
    connection = sqlite3.connect(path or ":memory:", timeout=5, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        connection.execute("BEGIN IMMEDIATE")
        for table in ("file", "deck", "card", "problem"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in filter(str.strip, SCHEMA.split(";\n")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    return connection


def remove(path: Path) -> None:
    """Remove a cache that cannot be used, if that can be done."""
    with suppress(OSError):
        files.remove(path)
