"""The learner's progress: one SQLite file that is only ever added to.

`record` writes an event and the card's new state in one transaction that is on disk when it returns. States are a
cache of the events: whenever the engine differs from the one that they were computed with, they are computed anew.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Self, TypeVar

from dp100cards.errors import NOT_DATA, DataError
from dp100cards.scheduler.engine import ALGORITHM, Engine, advance, replay
from dp100cards.scheduler.event import CUT, DAY, CardState, Event, Moment, day_end, day_of
from dp100cards.store import disk
from dp100cards.store.disk import explained, is_damage, new_uid

FILE = "progress.db"
UNDOABLE = ("study", "cards")
"""Origins of the events that a learner's `u` takes back; what was taken in from Anki or done by a build is not."""
FITTED = "fsrs"
"""The name under which FSRS's parameters are kept, once they are fitted to the learner's own reviews."""

EVENT = "card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes, key, uid, turn, id"
STATE = CardState._fields
SELECT_EVENT = f"SELECT {EVENT} FROM event"
SELECT_STATE = f"SELECT {', '.join(STATE)} FROM state"
PUT_STATE = f"INSERT OR REPLACE INTO state ({', '.join(STATE)}) VALUES ({', '.join('?' * len(STATE))})"
NOT_UNDONE = "kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.id)"

T = TypeVar("T")
Values = Mapping[str, Any] | Sequence[Any]


def state_of(row: Sequence[Any]) -> CardState:
    return CardState(*(*row[:-3], row[-3] == 1, row[-2] == 1, row[-1] == 1))


def event_of(row: Sequence[Any]) -> Event:
    card, kind, at, offset, *others = row
    return Event(card, kind, Moment(at, offset), *others)


class Store(AbstractContextManager["Store"]):
    """An open progress file. Use it as a context manager, or close it."""

    def __init__(self, connection: sqlite3.Connection, path: Path, now: Moment) -> None:
        self.connection, self.path, self._opened = connection, path, now
        self.engine = self.usual = Engine()
        self.fitted_at = 0  # when the parameters in use were fitted (milliseconds UTC); 0: published ones
        self.read_only = False  # is this a copy in memory of a file that cannot be written?
        self._backed_up = False
        self._held: tuple[object, ...] = ()

    @classmethod
    def open(cls, folder: Path, now: Moment, engine: Engine | None = None) -> Self:
        """Open the progress file in `folder`, creating both where they are missing; `engine` is for `use`.

        A file that cannot be written is looked at in a copy in memory: `read_only`.

        Raises DataError, with a sentence that says what to do, if the folder cannot be used or the file is
        damaged, foreign or from a newer version; then nothing was changed.
        """
        path = folder / FILE
        with explained(path):
            read_only = path.exists() and not (os.access(path, os.W_OK) and os.access(folder, os.W_OK))
            connection = disk.in_memory(path) if read_only else disk.connected(path)
            store = cls(connection, path, now)
            store._backed_up = read_only
            try:
                disk.prepare(connection, path, lambda why: read_only or store.back_up(why))
                if not read_only:
                    store._hold()
            except BaseException:
                store.close()
                raise
        store.use(engine or Engine())
        store.read_only = read_only  # from now on: a copy takes what the engine changes
        return store

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was recorded is on disk already."""
        self.connection.close()

    # What is known

    def all(self, query: str, values: Values = ()) -> list[Any]:
        """All rows of a query; what goes wrong is explained."""
        with explained(self.path):
            return self.connection.execute(query, values).fetchall()

    def _each(self, made: Callable[[Any], T], query: str, values: Values = ()) -> Iterator[T]:
        """What is made of each row of a query, fetched as they are asked for."""
        with explained(self.path):
            yield from map(made, self.connection.execute(query, values))

    def state(self, card: str) -> CardState:
        return next(self._each(state_of, f"{SELECT_STATE} WHERE card = ?", (card,)), CardState(card))

    def states(self) -> dict[str, CardState]:
        """The states of all cards that something has happened to, by id."""
        return {state.card: state for state in self._each(state_of, SELECT_STATE)}

    def active(self, since: int) -> list[CardState]:
        """The states of the cards that are in learning, or were answered since a moment."""
        query = f"{SELECT_STATE} WHERE phase IN ('learning', 'relearning') OR last_at >= ?"
        return list(self._each(state_of, query, (since,)))

    def due(self, now: Moment, ahead: int = 0) -> Iterator[CardState]:
        """The states of the cards in review that are due, or will be in `ahead` days, by rising retrievability.

        Recall falls with the days since the last answer over the stability, and so that quotient gives their order.
        Also what was answered more than a day after `now`, by a clock that has been set back.
        """
        end, today = day_end(now), day_of(now)
        query = f"""{SELECT_STATE} WHERE phase = 'review' AND (due_day <= :day OR last_at > :now + {DAY})
            AND NOT suspended AND NOT rejected AND buried_until <= :today
            ORDER BY max(0, (:end - last_at + {CUT}) / {DAY} - (:end - :now + {CUT}) / {DAY}) / stability DESC, card"""
        names = {"day": today + ahead, "today": today, "now": now.at, "end": end}
        return self._each(state_of, query, names)  # the limit of the day is reached long before the end

    def not_fresh(self, today: int = 1 << 60) -> set[str]:
        """The ids of cards that cannot be asked for the first time (today): they were asked, or are set aside."""
        # One string of them all is read in a third of the time that ten thousand rows take.
        query = """SELECT group_concat(card, char(10)) FROM state
            WHERE phase <> 'new' OR suspended OR rejected OR buried_until > ?"""
        found = self.all(query, (today,))[0][0]
        return set(found.split("\n")) if found else set()

    def events(self, card: str | None = None, *, undone: bool = False) -> Iterator[Event]:
        """The events of one card, or of all card by card, in the order in which they count.

        `undone` adds undo events and what they took back.
        """
        # The plus keeps SQLite from going through the index, row by row; sorting all of it is faster.
        which, order = ("true", "+card") if card is None else ("card = :card", "card")
        query = (
            f"{SELECT_EVENT} WHERE {which} AND {'true' if undone else NOT_UNDONE} ORDER BY {order}, turn, uid"
        )
        return self._each(event_of, query, {"card": card})

    def by_card(self, card: str | None = None) -> Iterator[tuple[str, Iterator[Event]]]:
        """Each card that something has happened to, with its events, one after the other; or that one card."""
        return groupby(self.events(card), attrgetter("card"))

    def count_reviews(self) -> tuple[int, int]:
        """How many reviews there are, and of how many cards."""
        reviews, cards = self.all("SELECT count(*), count(DISTINCT card) FROM review")[0]
        return reviews, cards

    def failed(self, since: int) -> set[str]:
        """The cards that were not known in study, quiz or exam since a moment (milliseconds UTC)."""
        query = f"""SELECT card FROM event WHERE at >= ? AND {NOT_UNDONE}
            AND (rating = 1 OR (kind = 'practice' AND value = 0))"""
        return {card for (card,) in self.all(query, (since,))}

    def undoable(self) -> Iterator[Event]:
        """The events that an undo would take back, newest first."""
        query = f"{SELECT_EVENT} WHERE origin IN {UNDOABLE} AND NOT merged AND {NOT_UNDONE} ORDER BY id DESC"
        return self._each(event_of, query)

    def version(self) -> int:
        """A number that changes whenever another connection has written to the file, and only then."""
        return int(self.all("PRAGMA data_version")[0][0])

    # What happens

    def record(self, event: Event) -> Event:
        """Write one event and the card's new state; both are on disk on return. Gives the event with its id."""
        return self.record_all([event])[0]

    def record_all(self, events: Sequence[Event]) -> list[Event]:
        """Write events in one transaction: all of them, or on an error none.

        An event whose `origin_id` is there already is left out. Events older than what a card has seen (from
        another program) are put in their place by computing that card's state anew.
        """
        if not events:
            return []
        written: list[Event] = []
        states: dict[str, CardState] = {}
        out_of_order: set[str] = set()
        with self.transaction():
            run = self.connection.execute
            for event in events:
                card, at, origin_id = event.card, event.moment.at, event.origin_id
                taken = "SELECT 1 FROM event WHERE origin = ? AND origin_id = ?"
                if origin_id is not None and run(taken, (event.origin, origin_id)).fetchone():
                    continue
                # A card without events has had its last turn before any time.
                last = "SELECT coalesce(max(turn), -9e15) FROM event WHERE card = ?"
                ((before,),) = run(last, (card,))
                turn = int(max(at, before + 1)) if origin_id is None else at
                event = event._replace(uid=new_uid(), turn=turn)
                row = event._asdict() | event.moment._asdict()
                del row["moment"], row["id"]
                written.append(event._replace(id=self.insert("event", row)))
                if event.kind == "undo" or turn <= before:
                    out_of_order.add(card)
                elif card not in out_of_order:
                    states[card] = advance(self.engine, states.get(card) or self.state(card), event)
            self.connection.executemany(PUT_STATE, states.values())
            for card in out_of_order:
                self.rebuild(card)
        return written

    def undo(self, event: Event, moment: Moment) -> Event:
        """Take an event back, by its id: the card is where it would be without it. Gives the undo event.

        Raises DataError if another session has taken it back already.
        """
        with self.transaction():
            if self.all("SELECT 1 FROM event WHERE undoes = ?", (event.id,)):
                raise DataError("this was undone already, in another session")
            return self.record(Event(event.card, "undo", moment, undoes=event.id, origin=event.origin))

    # Rejections

    def rejected(self) -> dict[str, str]:
        """The semantic key of each rejected card, by its id, in the order in which they were rejected."""
        query = f"""SELECT card, key FROM event INDEXED BY event_rejection JOIN state USING (card)
            WHERE kind = 'reject' AND state.rejected AND {NOT_UNDONE} ORDER BY turn, uid"""
        return dict(self.all(query))

    def restored(self) -> dict[str, str]:
        """The semantic key of each card that was rejected, or called back, and is not rejected now, by its id."""
        query = """SELECT card, key FROM event LEFT JOIN state USING (card)
            WHERE kind IN ('reject', 'unreject') AND NOT coalesce(state.rejected, 0) ORDER BY key, turn, uid"""
        return dict(self.all(query))

    # Settings of the file

    def setting(self, name: str) -> str | None:
        found = self.all("SELECT value FROM setting WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def set_setting(self, name: str, value: str, at: int = 0) -> None:
        """Keep a value in the file; `at` is the moment (milliseconds UTC) when it was set."""
        with self.transaction():
            self.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?, ?)", (name, value, at))

    def keep_fitted(self, values: Sequence[float], at: int) -> None:
        """Schedule by parameters that were fitted at a moment (milliseconds UTC); without any, by the usual ones."""
        kept = {"algorithm": ALGORITHM, "parameters": list(values), "fitted_at": at} if values else {}
        with self.transaction():
            self.set_setting(FITTED, json.dumps(kept), at)
            self.use(self.usual)

    # The cache of states

    def use(self, engine: Engine) -> None:
        """Schedule by this engine from now on, with the parameters fitted to the learner, if there are any for it.

        Where it differs from the last one, all states are computed anew.
        """
        self.engine = self.usual = engine
        self.fitted_at = 0
        with suppress(*NOT_DATA):  # from a foreign history
            kept = json.loads(self.setting(FITTED) or "{}")
            if kept["algorithm"] == ALGORITHM:
                fitted = replace(engine, parameters=tuple(map(float, kept["parameters"])))
                self.engine, self.fitted_at = fitted, int(kept.get("fitted_at", 0))
        if self.setting("engine") != self.engine.fingerprint:
            with self.transaction():
                self.rebuild()
                self.set_setting("engine", self.engine.fingerprint)

    def rebuild(self, card: str | None = None) -> None:
        """Compute the states of all cards, or that of one, from the events anew."""
        which = "true" if card is None else "card = :card"
        with self.transaction():
            self.connection.execute(f"DELETE FROM state WHERE {which}", {"card": card})
            states = (replay(self.engine, each, events) for each, events in self.by_card(card))
            self.connection.executemany(PUT_STATE, states)

    def mend(self) -> int:
        """Compute all states from the events anew. Gives how many were wrong."""
        kept = self.states()
        if not self.read_only:
            self.rebuild()
        differ = kept.items() ^ self.states().items()
        return len({card for card, state in differ if state != CardState(card)})

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is written, or on an error nothing. One inside another is part of it."""
        if self.connection.in_transaction:
            yield
            return
        if self.read_only:
            raise DataError(f"{self.path} cannot be written (it is read-only). Check its permissions.")
        try:
            self.back_up()
        except DataError as error:
            if is_damage(error.__cause__):
                raise
            self._backed_up = True  # a rating counts for more than a backup that there is no room for
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            with self.connection:
                self._check_file()
                yield

    def insert(self, table: str, row: Mapping[str, object], *, or_ignore: bool = False) -> int:
        """Put a row into a table, inside a transaction; its id."""
        names, verb = ", ".join(row), "INSERT OR IGNORE" if or_ignore else "INSERT"
        values = ", ".join(f":{name}" for name in row)
        return self.connection.execute(f"{verb} INTO {table} ({names}) VALUES ({values})", row).lastrowid or 0

    def back_up(self, why: str = "") -> None:
        """Make the day's backup unless there is one, or one before something that changes much (`why`).

        It comes before the first write of a day at the latest. Raises DataError if the file is damaged.
        """
        if self.read_only or (self._backed_up and not why):
            return
        with explained(self.path):
            disk.take(self.connection, self.path, self._opened, why)
        self._backed_up = True

    # Which file this is

    def _hold(self) -> None:
        """Keep in mind which file this is, after a restore that is under way."""
        if self.setting("epoch") == disk.RESTORING:
            with disk.locked(self.path):
                if self.setting("epoch") == disk.RESTORING:  # it was killed, and changed nothing
                    self.connection.execute(disk.PUT_EPOCH, ("",))
        self._held = self._identity()

    def _identity(self) -> tuple[object, ...]:
        status = self.path.stat()
        return self.setting("epoch"), status.st_dev, status.st_ino

    def _check_file(self) -> None:
        if self._held and self._identity() != self._held:
            raise DataError(
                "a backup was restored while this session was open, and so it ends here. What you answered before is"
                " in the file that was set aside. Start again to go on with the restored progress."
            )
