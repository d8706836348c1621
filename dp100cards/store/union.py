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
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from dp100cards import files
from dp100cards.decks.blueprints import parse
from dp100cards.decks.collection import from_data
from dp100cards.errors import NOT_DATA, ContentError, Problem
from dp100cards.exam.blueprint import blueprint_from
from dp100cards.store.disk import explained, reader, run_script, uid_of
from dp100cards.store.store import Store

HEAD = {"dp100cards": "progress", "version": 1}
NOT_OURS = "this is not a history of dp100cards; `dp100 progress export` writes one"
NO_LINE = "this is not a line of a dp100cards history"
LIMIT = 512 * files.MEGABYTE
ORDERS = {
    "event": "turn, uid",
    "sitting": "at, uid",
    "question": "uid, number",
    "move": "whose, turn, uid",
    "forecast": "at, uid",
    "setting": "name",
}  # the kinds of records, and the order in which each is exported
NO_RECORD = (*NOT_DATA, ContentError, sqlite3.Error)  # raised where a record cannot be read
Record = tuple[str, dict[str, Any]]  # its kind, and what it says


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
        run_script(store.connection, "history.sql")
        for kind, order in ORDERS.items():
            for _, said in _records(store.connection, kind, f"ORDER BY {order}"):
                lines += 1
                yield json.dumps({kind: said}, ensure_ascii=False, separators=(",", ":"))
    yield json.dumps({"lines": lines})


def _records(connection: sqlite3.Connection, kind: str, which: str = "", *values: int) -> Iterator[Record]:
    rows = connection.execute(f"SELECT * FROM own_{kind} {which}", values)
    names = [column[0] for column in rows.description]
    for row in rows:
        pairs = zip(names, row, strict=True)
        yield kind, {name: value for name, value in pairs if name != "id" and value not in (None, "", 0)}


def read(text: str, shown: str) -> list[Record]:
    """The records of an exported history, one a line from the second on; `merge` looks at what they say.

    Raises ContentError with the line at which it is none.
    """
    # An answer may hold what `splitlines` takes for the end of a line.
    lines, found = text.removesuffix("\n").split("\n"), list[Record]()
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            if number == 1 and record != HEAD:
                newer = isinstance(record, dict) and record.get("dp100cards") == "progress"
                raise _wrong(shown, 1, "this was written by a newer dp100cards" if newer else NOT_OURS)
            if 1 < number < len(lines):
                found += record.items()
                if len(found) != number - 1:
                    raise ValueError(line)
        except NOT_DATA:
            raise _wrong(shown, number, NOT_OURS if number == 1 else NO_LINE) from None
    if json.loads(lines[-1]) != {"lines": len(lines)}:
        raise _wrong(shown, len(lines), "the file ends too early: it was not written or copied to its end")
    return found


def _wrong(shown: str, line: int, message: str) -> ContentError:
    return ContentError([Problem(shown, line, 0, message)])


def merge(store: Store, history: Iterable[Record], shown: str = "", *, sound_only: bool = False) -> Merged:
    """Unite the history of a store with another, in one transaction.

    Raises ContentError if a record makes no sense; with `sound_only` it is left out.
    """
    connection = store.connection
    with store.transaction():
        run_script(connection, "history.sql")
        for kind in ORDERS:
            connection.execute(f"DELETE FROM history_{kind}")
        for line, record in enumerate(history, 2):
            try:
                _take_in(store, *record)
            except NO_RECORD:
                if not sound_only:
                    raise _wrong(shown, line, NO_LINE) from None
        ((last,),) = store.all("SELECT coalesce(max(id), 0) FROM event")
        sat = "SELECT count(*) FROM history_sitting WHERE uid NOT IN (SELECT uid FROM sitting)"
        ((sittings,),) = store.all(sat)
        connection.create_function("uid_of", -1, uid_of)
        try:
            run_script(connection, "merge.sql")
            new = [card for (card,) in store.all("SELECT card FROM event WHERE id > ?", (last,))]
            cards = set(new)
            for card in cards:
                store.rebuild(card)
            store.use(store.usual)  # with the parameters that came, if they are newer
        except (ValueError, KeyError, sqlite3.IntegrityError) as error:
            raise _wrong(shown, 0, f"the history makes no sense ({error})") from None
    return Merged(len(new), len(cards), sittings)


def _take_in(store: Store, kind: str, said: dict[str, Any]) -> None:
    """Put a record into its table, which refuses what is none. Raises one of NO_RECORD if it cannot be one."""
    if kind not in ORDERS or not all(map(str.isidentifier, said)):
        raise ValueError(kind)
    if isinstance(said.get("origin_id"), list):  # as it was written in November 2026
        said["exam"], said["origin_id"] = said["origin_id"]
    if kind == "sitting":
        if blueprint_from(json.loads(said["blueprint"])) != parse(said["blueprint"], "blueprint"):
            raise ValueError(kind)
    elif kind == "question":
        from_data(json.loads(said["body"]), deck=said.get("deck", ""))
    store.insert(f"history_{kind}", said)


def salvage(store: Store, damaged: Path) -> Merged:
    """Take what can still be read of a damaged file that was set aside: what the backup did not have yet."""

    def readable() -> Iterator[Record]:
        with suppress(sqlite3.Error), reader(damaged) as connection:
            run_script(connection, "history.sql")
            # One by one: a bad page takes no others with it. The last id is not asked of the last page.
            ((last,),) = connection.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'event'")
            for number in range(1, (last or 0) + 1):
                with suppress(sqlite3.Error):
                    yield from _records(connection, "event", "WHERE id = ?", number)
            # A sitting without some of its questions would be none.
            yield from [each for kind in ORDERS if kind != "event" for each in _records(connection, kind)]

    with suppress(ContentError):
        return merge(store, readable(), sound_only=True)
    return Merged(0, 0, 0)
