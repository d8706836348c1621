"""Events and states as rows of the progress file, and the order in which events count."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from dp100cards.scheduler.event import DAY, CardState, Event, Moment

STATE_COLUMNS = tuple(field.name for field in fields(CardState))
EVENT_COLUMNS = (
    "id, card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes, key, uid, turn"
)
NOT_UNDONE = "kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.id)"
SELECT_STATE = f"SELECT {', '.join(STATE_COLUMNS)} FROM state"
IS_DUE = f"""phase = 'review' AND (due_day <= :day OR last_at > :now + {DAY}) AND NOT suspended AND NOT rejected
    AND buried_until <= :today"""
"""A card in review that is due by `:day`, or was answered by a clock that has been set back since."""
PUT_EVENT = """INSERT INTO event
    (card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes, key, uid, turn)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
RESTORING = "restoring"
"""The epoch, which changes with each restore of a backup, while one is under way."""
PUT_EPOCH = "INSERT OR REPLACE INTO setting (name, value) VALUES ('epoch', ?)"
PUT_STATE = f"INSERT OR REPLACE INTO state VALUES ({', '.join('?' * len(STATE_COLUMNS))})"


def in_time(events: Iterable[Event]) -> list[Event]:
    """The order in which a card's events count: by their turns, on every machine the same.

    A turn is the time of the event, or later than the turn before where a clock was set back. What comes from another
    program counts at the time when it was done there.
    """
    return sorted(events, key=lambda event: (event.turn or event.moment.at, event.uid))


def new_uid() -> int:
    """A number that no other machine has given to anything: 63 random bits."""
    return int.from_bytes(os.urandom(8), "big") >> 1


def uid_of(*content: object) -> int:
    """A uid that every machine gives to the same content."""
    import hashlib  # 2 ms, and needed in migrations and unions only

    return int.from_bytes(hashlib.blake2b(repr(content).encode(), digest_size=8).digest(), "big") >> 1


def state_of(row: Sequence[Any]) -> CardState:
    """A card's state from its row."""
    (
        card, phase, step, stability, difficulty, due_at, due_day, last_at, interval, reps, lapses, first_day,
        suspended, buried_until, flag, marked, rejected,
    ) = row  # fmt: skip
    # Spelt out because it is done for every card: half the time of a mapping of names to values.
    return CardState(
        card=card, phase=phase, step=step, stability=stability, difficulty=difficulty, due_at=due_at,
        due_day=due_day, last_at=last_at, interval=interval, reps=reps, lapses=lapses, first_day=first_day,
        suspended=suspended == 1, buried_until=buried_until, flag=flag, marked=marked == 1,
        rejected=rejected == 1,
    )  # fmt: skip


def row_of(event: Event) -> tuple[object, ...]:
    """An event as `PUT_EVENT` wants it."""
    return (
        event.card, event.kind, event.moment.at, event.moment.offset, event.rating, event.took, event.value,
        event.answer, event.origin, event.origin_id, event.undoes, event.key, event.uid, event.turn,
    )  # fmt: skip


def event_of(row: Sequence[Any]) -> Event:
    """An event from its row."""
    id_, card, kind, at, offset, *others = row
    rating, took, value, answer, origin, origin_id, undoes, key, uid, turn = others
    return Event(
        id=id_, card=card, kind=kind, moment=Moment(at, offset), rating=rating, took=took, value=value, answer=answer,
        origin=origin, origin_id=origin_id, undoes=undoes, key=key, uid=uid, turn=turn,
    )  # fmt: skip
