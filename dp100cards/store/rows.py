"""Events and states as rows of the progress file, and the order in which events count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import groupby
from operator import itemgetter
from typing import Any

from dp100cards.scheduler.advance import Row
from dp100cards.scheduler.days import DAY, Moment
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.state import CardState

STATE_COLUMNS = tuple(field.name for field in fields(CardState))
EVENT_COLUMNS = "id, card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes"
NOT_UNDONE = "kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.id)"
SELECT_STATE = f"SELECT {', '.join(STATE_COLUMNS)} FROM state"
IS_DUE = f"""phase = 'review' AND (due_day <= :day OR last_at > :now + {DAY}) AND NOT suspended
    AND buried_until <= :today"""
"""A card in review that is due by `:day`, or was answered by a clock that has been set back since."""
PUT_EVENT = """INSERT INTO event (card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
PUT_STATE = f"INSERT OR REPLACE INTO state VALUES ({', '.join('?' * len(STATE_COLUMNS))})"


def in_time(events: Iterable[Event]) -> list[Event]:
    """The order in which a card's events count: as recorded, save that reviews taken in from another program stand
    at the time when they were done there."""
    kept = list(events)
    if all(event.origin_id is None for event in kept):
        return kept
    return sorted(kept, key=lambda event: (event.moment.at, event.id))


def log_in_time(rows: Iterable[Row], cards: Collection[str]) -> Iterator[Row]:
    """A log, card by card, with the events of these cards in the order of their times: as `in_time`, for rows."""
    for card, group in groupby(rows, key=itemgetter(0)):
        events = list(group)
        yield from sorted(events, key=itemgetter(2)) if card in cards else events


def state_of(row: Sequence[Any]) -> CardState:
    """A card's state from its row."""
    (
        card, phase, step, stability, difficulty, due_at, due_day, last_at, interval, reps, lapses, first_day,
        suspended, buried_until, flag, marked,
    ) = row  # fmt: skip
    # Spelt out because it is done for every card: half the time of a mapping of names to values.
    return CardState(
        card=card, phase=phase, step=step, stability=stability, difficulty=difficulty, due_at=due_at,
        due_day=due_day, last_at=last_at, interval=interval, reps=reps, lapses=lapses, first_day=first_day,
        suspended=suspended == 1, buried_until=buried_until, flag=flag, marked=marked == 1,
    )  # fmt: skip


def row_of(event: Event) -> tuple[object, ...]:
    """An event as `PUT_EVENT` wants it."""
    return (
        event.card, event.kind, event.moment.at, event.moment.offset, event.rating, event.took, event.value,
        event.answer, event.origin, event.origin_id, event.undoes,
    )  # fmt: skip


def event_of(row: Sequence[Any]) -> Event:
    """An event from its row."""
    id_, card, kind, at, offset, *others = row
    values = dict(
        zip(("rating", "took", "value", "answer", "origin", "origin_id", "undoes"), others, strict=True)
    )
    return Event(id=id_, card=card, kind=kind, moment=Moment(at, offset), **values)
