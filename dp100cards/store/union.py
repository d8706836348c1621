"""Histories of several machines, united: whatever was written down anywhere, once.

A history is a set of rows, each with a `uid` that is the same on every machine, and is never changed; a setting is
the one that was set last. To unite two is to unite the sets, and therefore the order in which histories are united
does not matter, nor how often. What follows from the rows (states, figures) is computed from them in an order of
their own: a card's events by turn and uid. A row that two machines took in from Anki or an exam each counts once.

The file: one JSON object a line, a head first, and a last line with the number of lines, so that half a file is
noticed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from dp100cards import files
from dp100cards.decks.collection import from_data
from dp100cards.errors import ContentError, Problem
from dp100cards.exam.blueprint import parse
from dp100cards.store.daily import PLAN
from dp100cards.store.migrate import VERSION, explained, reader, uid_of
from dp100cards.store.sittings import ENDS, GIVEN_UP
from dp100cards.store.store import FITTED, Store

HEAD = {"dp100cards": "progress", "version": 1}
LIMIT = 512 * files.MEGABYTE
Record = dict[str, Any]

EVENT = {
    "uid": 0, "turn": 0, "card": "", "kind": "", "at": 0, "offset": 0, "rating": 0, "took": 0, "value": 0, "answer": "",
    "origin": "", "origin_id": None, "key": "", "undone": None,
}  # fmt: skip
SITTING = {
    "uid": 0, "name": "", "at": 0, "offset": 0, "seed": 0, "minutes": 0, "blueprint": "", "practice": 0, "used": 0,
    "phase": "",
}  # fmt: skip
MOVE = {"uid": 0, "turn": 0, "whose": 0, "kind": "", "question": 0, "value": "", "used": 0, "at": 0}
FORECAST = {
    "uid": 0, "exam": "", "at": 0, "offset": 0, "low": 0.0, "high": 0.0, "least": 0.0, "most": 0.0, "basis": "",
    "sitting": 0,
}  # fmt: skip
TABLES: dict[str, tuple[Record, str]] = {
    "event": (EVENT, "event LEFT JOIN (SELECT id AS target, uid AS undone FROM event) ON target = undoes"
                     " ORDER BY turn, uid"),
    "sitting": (SITTING, "sitting ORDER BY at, uid"),
    "question": ({"uid": 0, "number": 0, "card": "", "deck": "", "body": ""},
                 "sitting_question JOIN (SELECT id, uid FROM sitting) ON id = sitting ORDER BY uid, number"),
    "move": (MOVE, "sitting_event JOIN (SELECT id AS of, uid AS whose FROM sitting) ON of = sitting"
                   " ORDER BY whose, turn, uid"),
    "forecast": (FORECAST, "forecast ORDER BY at, uid"),
    "setting": ({"name": "", "value": "", "at": 0},
                f"setting WHERE name = '{FITTED}' OR name LIKE '{PLAN}%' ORDER BY name"),
}  # fmt: skip
"""For each kind of record its columns with what they hold if nothing is said, and where they come from."""


class Merged(NamedTuple):
    """What came of uniting two histories."""

    events: int
    cards: int
    sittings: int


def export(store: Store) -> Iterator[str]:
    """The whole history, line by line. Two stores with one history give the same lines."""
    count = 1
    yield json.dumps(HEAD)
    with explained(store.path):
        for record in _records(store.connection):
            count += 1
            yield json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    yield json.dumps({"lines": count + 1})


def _records(connection: sqlite3.Connection) -> Iterator[Record]:
    for table, (columns, source) in TABLES.items():
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM {source}"):
            record = dict(zip(columns, row, strict=True))
            if record.get("origin") == "exam" and record["origin_id"] is not None:
                # An exam's event is known by its sitting, whose number is another one on every machine.
                number, rest = divmod(record["origin_id"], 10_000)
                found = connection.execute("SELECT uid FROM sitting WHERE id = ?", (number,)).fetchone()
                record["origin_id"] = [found[0] if found else 0, rest]
            yield {table: {name: value for name, value in record.items() if value not in (None, "", 0)}}


def read(text: str, shown: str) -> list[Record]:
    """The records of an exported history. Raises ContentError with the line at which it is not one."""

    def wrong(line: int, message: str) -> ContentError:
        return ContentError([Problem(shown, line, 0, message)])

    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            if number == 1 and record != HEAD:
                newer = isinstance(record, dict) and record.get("dp100cards") == "progress"
                raise wrong(1, "this was written by a newer dp100cards" if newer else NOT_OURS)
            if 1 < number < len(lines):
                found.append(_checked(record))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise wrong(
                number, NOT_OURS if number == 1 else "this is not a line of a dp100cards history"
            ) from None
    if not lines or json.loads(lines[-1]) != {"lines": len(lines)}:
        raise wrong(len(lines), "the file ends too early: it was not written or copied to its end")
    return found


NOT_OURS = "this is not a history of dp100cards; `dp100 progress export` writes one"


def _checked(record: Record) -> Record:
    """A record with all of its columns. Raises ValueError, TypeError or KeyError if it cannot be one."""
    ((table, given),) = record.items()
    columns = TABLES[table][0]
    if given.keys() - columns.keys():
        raise ValueError("an unknown column")
    filled = columns | given
    for name, value in filled.items():
        kind = int if columns[name] is None else type(columns[name])
        if name == "origin_id" and isinstance(value, list):
            filled[name] = tuple(map(int, value))
        elif not (value is columns[name] or type(value) is kind or (kind is float and type(value) is int)):
            raise TypeError(name)
        elif isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
            raise ValueError(name)
    if not 0 <= filled.get("at", 0) < 1 << 43 or not abs(filled.get("offset", 0)) <= 24 * 60:
        raise ValueError("a time that cannot be")
    if table == "sitting":
        parse(json.loads(filled["blueprint"]), "blueprint")
    elif table == "forecast":
        basis = json.loads(filled["basis"])
        if basis.keys() != {"begun", "cards", "mocks"} or {*map(type, basis.values())} != {int}:
            raise ValueError("no basis")
    elif table == "question":
        from_data(json.loads(filled["body"]), deck=filled["deck"])
    return {table: filled}


def merge(store: Store, records: Iterable[Record], shown: str = "") -> Merged:
    """Unite the history of a store with another, in one transaction. Raises ContentError if a record makes no sense."""
    by_table: dict[str, list[Record]] = {table: [] for table in TABLES}
    for record in records:
        for table, values in record.items():
            by_table[table].append(values)
    with store.transaction():
        try:
            sittings = _merge_sittings(store, by_table)
            cards, events = _merge_events(store, by_table["event"])
            for each in by_table["forecast"]:
                store.insert("forecast", each, or_ignore=True)
            for each in by_table["setting"]:
                store.connection.execute(
                    "INSERT INTO setting VALUES (:name, :value, :at) ON CONFLICT (name) DO UPDATE"
                    " SET value = excluded.value, at = excluded.at WHERE (excluded.at, excluded.value) > (at, value)",
                    each,
                )
            store.recompute(cards)
        except (ValueError, KeyError, sqlite3.IntegrityError) as error:
            raise ContentError([Problem(shown, 0, 0, f"the history makes no sense ({error})")]) from None
    return Merged(events, len(cards), sittings)


def _merge_events(store: Store, events: list[Record]) -> tuple[set[str], int]:
    """Add the events that are not there yet; the cards that they are about, and their number."""
    run = store.connection.execute
    known = {uid for (uid,) in run("SELECT uid FROM event")}
    numbers = dict(run("SELECT uid, id FROM sitting").fetchall())
    new = [event for event in events if event["uid"] not in known]
    for event in sorted(new, key=lambda event: event["undone"] is not None):
        row = event | {"undoes": None, "merged": 1}
        undone = row.pop("undone")
        if undone is not None:
            ((row["undoes"],),) = run("SELECT id FROM event WHERE uid = ?", (undone,)).fetchall()
        if isinstance(row["origin_id"], tuple):
            sitting, rest = row["origin_id"]
            row["origin_id"] = numbers[sitting] * 10_000 + rest if sitting in numbers else None
        store.insert("event", row)
    # What two machines took in each counts once: the one with the least uid.
    store.connection.create_function("uid_of", -1, uid_of)
    twice = run("""INSERT OR IGNORE INTO event (uid, turn, card, kind, at, offset, origin, undoes, merged)
        SELECT uid_of('twice', uid), turn, card, 'undo', at, offset, origin, id, 1 FROM event AS late
        WHERE origin_id IS NOT NULL AND EXISTS (SELECT 1 FROM event AS early WHERE early.origin = late.origin
            AND early.origin_id = late.origin_id AND early.card = late.card AND early.uid < late.uid)
        RETURNING card""").fetchall()
    return {event["card"] for event in new} | {card for (card,) in twice}, len(new)


def _merge_sittings(store: Store, found: dict[str, list[Record]]) -> int:
    """Add sittings and what happened in them; the number of new ones."""
    run = store.connection.execute
    before: dict[int, int] = dict(run("SELECT uid, id FROM sitting").fetchall())
    numbers = dict(before)
    for each in found["sitting"]:
        if each["uid"] not in numbers:
            numbers[each["uid"]] = store.insert("sitting", each)
        run("UPDATE sitting SET used = max(used, ?) WHERE uid = ?", (each["used"], each["uid"]))
    for each in found["question"]:
        if each["uid"] not in before:
            question = {name: each[name] for name in ("number", "card", "deck", "body")}
            store.insert("sitting_question", question | {"sitting": numbers[each["uid"]]})
    for each in found["move"]:
        row = each | {"sitting": numbers[each["whose"]]}
        del row["whose"]
        store.insert("sitting_event", row, or_ignore=True)
    for each in found["sitting"]:
        query = f"SELECT kind FROM sitting_event WHERE sitting = ? AND kind IN {(*ENDS,)} ORDER BY turn, uid LIMIT 1"
        end = run(query, (numbers[each["uid"]],)).fetchone()
        if end or each["phase"] == GIVEN_UP:
            phase = ENDS[end[0]] if end else GIVEN_UP
            run("UPDATE sitting SET phase = ? WHERE uid = ?", (phase, each["uid"]))
    return len(numbers) - len(before)


def salvage(store: Store, damaged: Path) -> Merged:
    """Take what can still be read of a damaged file that was set aside: what the backup did not have yet."""
    sane = []
    with suppress(sqlite3.Error), reader(damaged) as connection:
        if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
            for record in _records(connection):
                with suppress(ValueError, TypeError, KeyError):
                    sane.append(_checked(record))
    with suppress(ContentError):
        return merge(store, sane)
    return Merged(0, 0, 0)
