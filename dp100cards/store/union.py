"""Histories of several machines, united: whatever was written down anywhere, once.

A history is a set of rows, each with a `uid` that is the same on every machine, and is never changed; a setting is
the one that was set last. To unite two is to unite the sets (`merge.sql`), and therefore the order in which histories
are united does not matter, nor how often. What follows from the rows (states, figures) is computed from them in an
order of their own: a card's events by turn and uid. A row that two machines took in from Anki or an exam each counts
once.

The file: one JSON object a line, a head first, and a last line with the number of lines, so that half a file is
noticed. What a record is, the tables of `history.sql` say; what holds nothing (0, "") is left out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from dp100cards import files
from dp100cards.decks.collection import from_data
from dp100cards.errors import ContentError, Problem
from dp100cards.exam.blueprint import parse
from dp100cards.store.disk import VERSION, explained, reader, run_script, uid_of
from dp100cards.store.store import Store

HEAD = {"dp100cards": "progress", "version": 1}
NOT_OURS = "this is not a history of dp100cards; `dp100 progress export` writes one"
LIMIT = 512 * files.MEGABYTE
ORDERS = {
    "event": "turn, uid",
    "sitting": "at, uid",
    "question": "uid, number",
    "move": "whose, turn, uid",
    "forecast": "at, uid",
    "setting": "name",
}
"""The kinds of records, and the order in which each is exported."""
NO_RECORD = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError, sqlite3.Error)
"""What is raised for data that is none of ours."""
Record = dict[str, Any]
History = dict[str, list[tuple[Any, ...]]]
"""The checked rows of each kind."""


class Merged(NamedTuple):
    """What came of uniting two histories."""

    events: int
    cards: int
    sittings: int


def export(store: Store) -> Iterator[str]:
    """The whole history, line by line. Two stores with one history give the same lines."""
    lines = 2
    yield json.dumps(HEAD)
    with explained(store.path):
        for kind, record in _records(store.connection):
            lines += 1
            yield json.dumps({kind: record}, ensure_ascii=False, separators=(",", ":"))
    yield json.dumps({"lines": lines})


def _records(connection: sqlite3.Connection) -> Iterator[tuple[str, Record]]:
    run_script(connection, "history.sql")
    for kind, order in ORDERS.items():
        rows = connection.execute(f"SELECT * FROM own_{kind} ORDER BY {order}")
        names = [column[0] for column in rows.description]
        for row in rows:
            yield (
                kind,
                {name: value for name, value in zip(names, row, strict=True) if value not in (None, "", 0)},
            )


def read(text: str, shown: str) -> History:
    """An exported history. Raises ContentError with the line at which it is not one."""

    def wrong(line: int, message: str) -> ContentError:
        return ContentError([Problem(shown, line, 0, message)])

    lines = text.splitlines()
    with closing(_Intake()) as intake:
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
                if number == 1 and record != HEAD:
                    newer = isinstance(record, dict) and record.get("dp100cards") == "progress"
                    raise wrong(1, "this was written by a newer dp100cards" if newer else NOT_OURS)
                if 1 < number < len(lines):
                    ((kind, given),) = record.items()
                    intake.add(kind, given)
            except NO_RECORD:
                message = NOT_OURS if number == 1 else "this is not a line of a dp100cards history"
                raise wrong(number, message) from None
        if not lines or json.loads(lines[-1]) != {"lines": len(lines)}:
            raise wrong(len(lines), "the file ends too early: it was not written or copied to its end")
        return intake.history()


class _Intake:
    """Tables in memory that records are put into, and which refuse what is none."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        run_script(self.connection, "history.sql")

    def close(self) -> None:
        self.connection.close()

    def add(self, kind: str, given: Record) -> None:
        """Take a record in. Raises one of NO_RECORD if it cannot be one."""
        if kind not in ORDERS or not all(map(str.isidentifier, given)):
            raise ValueError(kind)
        if isinstance(given.get("origin_id"), list):  # as it was written in November 2026
            given["exam"], given["origin_id"] = given["origin_id"]
        if kind == "sitting":
            parse(json.loads(given["blueprint"]), "blueprint")
        elif kind == "question":
            from_data(json.loads(given["body"]), deck=given.get("deck", ""))
        values = ", ".join(f":{name}" for name in given)
        self.connection.execute(f"INSERT INTO history_{kind} ({', '.join(given)}) VALUES ({values})", given)

    def history(self) -> History:
        run = self.connection.execute
        return {kind: run(f"SELECT * FROM history_{kind}").fetchall() for kind in ORDERS}


def merge(store: Store, history: History, shown: str = "") -> Merged:
    """Unite the history of a store with another, in one transaction. Raises ContentError if a record makes no sense."""
    connection = store.connection
    with store.transaction():
        try:
            run_script(connection, "history.sql")
            for kind, rows in history.items():
                connection.execute(f"DELETE FROM history_{kind}")
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    connection.executemany(f"INSERT INTO history_{kind} VALUES ({marks})", rows)
            ((last, sittings),) = store.all(
                "SELECT coalesce(max(id), 0), (SELECT count(*) FROM sitting) FROM event"
            )
            connection.create_function("uid_of", -1, uid_of)
            run_script(connection, "merge.sql")
            cards = {card for (card,) in connection.execute("SELECT card FROM event WHERE id > ?", (last,))}
            store.recompute(cards)
            counts = "SELECT (SELECT count(*) FROM history_event), (SELECT count(*) FROM sitting)"
            ((events, all_sittings),) = connection.execute(counts)
        except (ValueError, KeyError, sqlite3.IntegrityError) as error:
            raise ContentError([Problem(shown, 0, 0, f"the history makes no sense ({error})")]) from None
    return Merged(events, len(cards), all_sittings - sittings)


def salvage(store: Store, damaged: Path) -> Merged:
    """Take what can still be read of a damaged file that was set aside: what the backup did not have yet."""
    with closing(_Intake()) as intake:
        with suppress(sqlite3.Error), reader(damaged) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                for kind, record in _records(connection):
                    with suppress(*NO_RECORD):
                        intake.add(kind, record)
        with suppress(ContentError):
            return merge(store, intake.history())
    return Merged(0, 0, 0)
