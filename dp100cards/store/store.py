"""The learner's progress: one SQLite file that is only ever added to.

`record` writes an event and the card's new state in one transaction that is on disk when it returns. States are a
cache of the events: whenever the engine differs from the one that they were computed with, they are computed anew.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any, Self

from dp100cards import files
from dp100cards.errors import DataError
from dp100cards.scheduler.engine import Engine, Row, advance, replay, replay_rows
from dp100cards.scheduler.event import CUT, DAY, CardState, Event, Moment, day_end, day_of
from dp100cards.store import migrate
from dp100cards.store.rows import (
    EVENT_COLUMNS,
    IS_DUE,
    NOT_UNDONE,
    PUT_EPOCH,
    PUT_EVENT,
    PUT_STATE,
    RESTORING,
    SELECT_STATE,
    event_of,
    in_time,
    new_uid,
    row_of,
    state_of,
)  # fmt: skip
from dp100cards.store.trouble import explained, is_damage

FILE = "progress.db"

UNDOABLE = ("study", "cards")
"""Origins of the events that a learner's `u` takes back; what was taken in from Anki or done by a build is not."""


class Store:
    """An open progress file. Use it as a context manager, or close it."""

    def __init__(self, connection: sqlite3.Connection, path: Path, now: Moment) -> None:
        self.connection, self.path, self._opened = connection, path, now
        self.engine = Engine.default()
        self.read_only = False
        """Is this a copy in memory of a file that cannot be written?"""
        self._held: tuple[object, ...] = ()
        self._backed_up = False

    @classmethod
    def open(
        cls, folder: Path, now: Moment, engine: Engine | Callable[[Store], Engine] | None = None
    ) -> Self:
        """Open the progress file in `folder`, creating both where they are missing.

        The engine may depend on what the file holds: parameters fitted to the learner. A file that cannot be written
        is looked at in a copy in memory: `read_only`.

        Raises DataError, with a sentence that says what to do, if the folder cannot be used or the file is
        damaged, foreign or from a newer version; then nothing was changed.
        """
        path = folder / FILE
        with explained(path):
            read_only = path.exists() and not (os.access(path, os.W_OK) and os.access(folder, os.W_OK))
            connection = migrate.copied(path) if read_only else migrate.connected(path)
            try:
                migrate.prepare(connection, path, None if read_only else now)
                store = cls(connection, path, now)
                store._backed_up = read_only
                if not read_only:
                    store._hold()
            except BaseException:
                connection.close()
                raise
        store.use(engine(store) if callable(engine) else engine or Engine.default())
        store.read_only = read_only
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was recorded is on disk already."""
        self.connection.close()

    # What is known

    def all(self, query: str, values: Mapping[str, Any] | Sequence[Any] = ()) -> list[Any]:
        """All rows of a query; what goes wrong is explained."""
        with explained(self.path):
            return self.connection.execute(query, values).fetchall()

    def state(self, card: str) -> CardState:
        """The state of one card; a card that nothing has happened to is new."""
        found = self.all(f"{SELECT_STATE} WHERE card = ?", (card,))
        return state_of(found[0]) if found else CardState(card=card)

    def states(self) -> dict[str, CardState]:
        """The states of all cards that something has happened to, by id."""
        return {row[0]: state_of(row) for row in self.all(SELECT_STATE)}

    def active(self, since: int) -> list[CardState]:
        """The states of the cards that are in learning, or were answered since a moment."""
        query = f"{SELECT_STATE} WHERE phase IN ('learning', 'relearning') OR last_at >= ?"
        return list(map(state_of, self.all(query, (since,))))

    def due(self, now: Moment, ahead: int = 0) -> Iterator[CardState]:
        """The states of the cards in review that are due, or will be in `ahead` days, by rising retrievability.

        Recall falls with the days since the last answer over the stability, and so that quotient gives their order.
        Also what was answered more than a day after `now`, by a clock that has been set back.
        """
        end, today = day_end(now, self.engine.rollover), day_of(now, self.engine.rollover)
        query = f"""{SELECT_STATE} WHERE {IS_DUE}
            ORDER BY max(0, (:end - last_at + {CUT}) / {DAY} - (:end - :now + {CUT}) / {DAY}) / stability DESC, card"""
        names = {"day": today + ahead, "today": today, "now": now.at, "end": end}
        with explained(self.path):  # not `all`: the limit of the day is reached long before the end
            yield from map(state_of, self.connection.execute(query, names))

    def count_due(self, now: Moment) -> int:
        """How many cards in review are due."""
        today = day_of(now, self.engine.rollover)
        names = {"day": today, "today": today, "now": now.at}
        return int(self.all(f"SELECT count(*) FROM state WHERE {IS_DUE}", names)[0][0])

    def not_fresh(self, today: int = 1 << 60) -> set[str]:
        """The ids of cards that cannot be asked for the first time (today): they were asked, or are set aside."""
        # One string of them all is read in a third of the time that ten thousand rows take.
        query = """SELECT group_concat(card, char(10)) FROM state
            WHERE phase <> 'new' OR suspended OR rejected OR buried_until > ?"""
        found = self.all(query, (today,))[0][0]
        return set(found.split("\n")) if found else set()

    def begun_on(self, day: int) -> set[str]:
        """The ids of the cards that were first asked on a day."""
        return {card for (card,) in self.all("SELECT card FROM state WHERE first_day = ?", (day,))}

    def falling_due(self, after: int) -> dict[int, int]:
        """How many cards fall due on each day after `after`."""
        query = """SELECT due_day, count(*) FROM state
            WHERE phase = 'review' AND NOT suspended AND NOT rejected AND due_day > ? GROUP BY due_day"""
        return dict(self.all(query, (after,)))

    def events(self, card: str | None = None, *, since: int = 0, undone: bool = False) -> Iterator[Event]:
        """Events in the order in which they were recorded.

        Of one card or of all; only those from the moment `since` (milliseconds UTC) on; `undone` adds undo events
        and what they took back.
        """
        where = ["at >= ?", "card = ?" if card is not None else "?", "1" if undone else NOT_UNDONE]
        query = f"SELECT {EVENT_COLUMNS} FROM event WHERE {' AND '.join(where)} ORDER BY id"
        with explained(self.path):
            yield from map(event_of, self.connection.execute(query, (since, 1 if card is None else card)))

    def last_undoable(self) -> Event | None:
        """The newest event that an undo would take back."""
        return next(self._undoable(1 << 62), None)

    def newest_before(self, event: Event) -> Iterator[Event]:
        """The events before one that an undo would take back, newest first."""
        return self._undoable(event.id)

    def _undoable(self, before: int) -> Iterator[Event]:
        query = f"""SELECT {EVENT_COLUMNS} FROM event WHERE id < ? AND origin IN {UNDOABLE} AND NOT merged
            AND {NOT_UNDONE} ORDER BY id DESC"""
        with explained(self.path):
            yield from map(event_of, self.connection.execute(query, (before,)))

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
        out_of_order: set[str] = set()
        with self.transaction():
            for event in events:
                if event.origin_id is not None and self._is_taken_in(event):
                    continue
                last = self._last_turn(event.card)
                turn = event.moment.at if event.origin_id is not None else max(event.moment.at, last + 1)
                event = replace(event, uid=new_uid(), turn=turn)
                written.append(replace(event, id=self._insert(event)))
                if event.kind == "undo" or turn <= last:
                    out_of_order.add(event.card)
                else:
                    self._put(advance(self.engine, self.state(event.card), event))
            for card in sorted(out_of_order):
                self._put(self._replayed(card))
        return written

    def undo(self, event: Event, moment: Moment) -> Event:
        """Take an event back, by its id: the card is where it would be without it. Gives the undo event.

        Raises DataError if another session has taken it back already.
        """
        with self.transaction():
            if self.connection.execute("SELECT 1 FROM event WHERE undoes = ?", (event.id,)).fetchone():
                raise DataError("this was undone already, in another session")
            undo = Event(card=event.card, kind="undo", moment=moment, undoes=event.id, origin=event.origin)
            return self.record(undo)

    # Rejections

    def reject(self, card: str, key: str, now: Moment, origin: str = "study") -> Event:
        """Never ask a card again, and never build it again under its semantic key ("" for a card made by hand)."""
        return self.record(Event(card=card, kind="reject", moment=now, key=key, origin=origin))

    def unreject(self, card: str, now: Moment, origin: str = "cards") -> Event:
        """Take a rejection back."""
        return self.record(Event(card=card, kind="unreject", moment=now, origin=origin))

    def rejected(self) -> dict[str, str]:
        """The semantic key of each rejected card, by its id, in the order in which they were rejected."""
        query = f"""SELECT card, key FROM event INDEXED BY event_rejection JOIN state USING (card)
            WHERE kind = 'reject' AND state.rejected AND {NOT_UNDONE} ORDER BY turn, uid"""
        return dict(self.all(query))

    def restored(self) -> dict[str, str]:
        """The semantic key of each card that was rejected, or called back, and is not rejected now, by its id."""
        query = """SELECT card, key FROM event LEFT JOIN state USING (card)
            WHERE kind IN ('reject', 'unreject') AND NOT coalesce(state.rejected, 0) ORDER BY key, turn, uid"""
        with explained(self.path):
            return dict(self.connection.execute(query).fetchall())

    # Settings of the file

    def setting(self, name: str) -> str | None:
        """A value kept in the file, or None."""
        found = self.all("SELECT value FROM setting WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def set_setting(self, name: str, value: str, at: int = 0) -> None:
        """Keep a value in the file; `at` is the moment (milliseconds UTC) when it was set."""
        with self.transaction():
            self._set(name, value, at)

    # The cache of states

    def use(self, engine: Engine) -> None:
        """Schedule by this engine from now on; where it differs from the last one, all states are computed anew."""
        self.engine = engine
        if self.setting("engine") != engine.fingerprint:
            self.rebuild()

    def rebuild(self) -> None:
        """Compute all states from the events."""
        with self.transaction():
            self.connection.execute("DELETE FROM state")
            self.connection.executemany(PUT_STATE, map(astuple, replay_rows(self.engine, self.rows())))
            self._set("engine", self.engine.fingerprint)

    def mend(self) -> int:
        """Compute all states from the events, and keep them where they are others. Gives how many were wrong."""
        kept = self.states()
        with explained(self.path):
            right = {state.card: state for state in replay_rows(self.engine, self.rows())}
        new = {card: CardState(card=card) for card in right.keys() | kept.keys()}
        right, kept = new | right, new | kept
        wrong = sum(right[card] != kept[card] for card in new)
        if wrong and not self.read_only:
            self.rebuild()
        return wrong

    def recompute(self, cards: Iterable[str]) -> None:
        """Compute the states of some cards from their events."""
        with self.transaction():
            for card in sorted(cards):
                self._put(self._replayed(card))

    def rows(self) -> Iterable[Row]:
        """The log as `replay_rows` wants it: card by card, each card's events in the order in which they count."""
        # The plus keeps SQLite from going through the index, row by row; sorting all of it is faster.
        query = f"""SELECT card, kind, at, offset, rating, value FROM event WHERE {NOT_UNDONE}
            ORDER BY +card, turn, uid"""
        return self.connection.execute(query)

    # Inside a transaction

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is written, or on an error nothing. One inside another is part of it."""
        if self.connection.in_transaction:
            yield
            return
        if self.read_only:
            raise DataError(f"{self.path} cannot be written (it is read-only). Check its permissions.")
        try:
            self.back_up(self._opened)
        except DataError as error:
            if is_damage(error.__cause__):
                raise
            self._backed_up = True  # a rating counts for more than a backup that there is no room for
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._check_file()
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def _insert(self, event: Event) -> int:
        cursor = self.connection.execute(PUT_EVENT, row_of(event))
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _is_taken_in(self, event: Event) -> bool:
        query = "SELECT 1 FROM event WHERE origin = ? AND origin_id = ?"
        return self.connection.execute(query, (event.origin, event.origin_id)).fetchone() is not None

    def _last_turn(self, card: str) -> int:
        """The turn of a card's last event; before any time if it has none."""
        query = "SELECT coalesce(max(turn), -9e15) FROM event WHERE card = ?"
        return int(self.connection.execute(query, (card,)).fetchone()[0])

    def _replayed(self, card: str) -> CardState:
        return replay(self.engine, card, in_time(self.events(card)))

    def _put(self, state: CardState) -> None:
        self.connection.execute(PUT_STATE, astuple(state))

    def _set(self, name: str, value: str, at: int = 0) -> None:
        self.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?, ?)", (name, value, at))

    def back_up(self, now: Moment, why: str = "") -> None:
        """Make the day's backup unless there is one, or one before something that changes much (`why`).

        It comes before the first write of a day at the latest. Raises DataError if the file is damaged.
        """
        if self.read_only or (self._backed_up and not why):
            return
        from dp100cards.store import backup  # 5 ms, and the first card is on the screen before

        with explained(self.path):
            if why:
                backup.take(self.connection, self.path, now, why)
            else:
                backup.daily(self.connection, self.path, now)
        self._backed_up = True

    # Which file this is

    def _hold(self) -> None:
        """Keep in mind which file this is, after a restore that is under way."""
        if self.setting("epoch") == RESTORING:
            from dp100cards.store import backup

            with files.locked(backup.lock(self.path), backup.PATIENCE):
                if self.setting("epoch") == RESTORING:  # it was killed, and changed nothing
                    self.connection.execute(PUT_EPOCH, ("",))
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
