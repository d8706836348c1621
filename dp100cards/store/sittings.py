"""Sittings in the progress file: every answer, mark and move is on disk when the call returns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from dp100cards.cards import Card
from dp100cards.decks.collection import from_data, to_data
from dp100cards.exam.blueprint import Blueprint, parse, plain
from dp100cards.exam.sitting import (
    OPEN,
    SUBMITTED,
    TIMED_OUT,
    Sitting,
    SittingEvent,
    apply,
    replay,
    tick,
)
from dp100cards.scheduler.event import MINUTE, Moment
from dp100cards.store.migrate import new_uid, uid_of
from dp100cards.store.store import Store

GIVEN_UP = "given up"
ENDS = {"submit": SUBMITTED, "time-up": TIMED_OUT}


@dataclass(frozen=True, slots=True)
class Kept:
    """A sitting as it is kept: what it is, when it began, and how it stands."""

    sitting: Sitting
    blueprint: Blueprint
    moment: Moment
    phase: str
    last: tuple[int, int] = (0, 0)
    """The last that is on record of its course: clock used, and the moment, both in milliseconds."""

    def away(self, now: Moment) -> int:
        """Milliseconds since the learner was last there; never negative."""
        used, at = self.last
        return max(now.at - at - max(self.sitting.used - used, 0), 0)


def create(
    store: Store, plan: Blueprint, seed: int, cards: tuple[Card, ...], minutes: int, now: Moment, *,
    practice: bool = False, strict: bool = False, partial: str = "",
) -> Sitting:  # fmt: skip
    """Put a new sitting on disk, with its own copy of each question."""
    run = store.connection.execute
    rules = [SittingEvent("sections"), *[SittingEvent("strict")] * strict]
    rules += [SittingEvent("partial", value=partial)] if partial else []
    with store.transaction():
        row = (new_uid(), plan.name, now.at, now.offset, seed, minutes, practice, as_json(plain(plan)))
        id_ = run(PUT_SITTING, row).lastrowid
        assert id_ is not None
        for n, card in enumerate(cards):
            run(PUT_QUESTION, (id_, n, card.id, card.deck, as_json(to_data(card))))
        for rule in rules:
            _put(store, id_, rule, now)
    made = Sitting(id_, plan.name, seed, cards, minutes, practice, plan.locks(cards), plan.headings(cards))
    return replay(made, rules)


def come_back(store: Store, kept: Kept, now: Moment) -> Sitting:
    """The sitting after a break. A strict one's clock has run on, and what was seen is locked; else it waited."""
    sitting = kept.sitting
    if not sitting.strict or not kept.away(now):
        return sitting
    used = sitting.used + kept.away(now)
    used = min(used, sitting.minutes * MINUTE) if sitting.minutes else used
    event = SittingEvent("away", sitting.at, "", used)
    record(store, sitting, event, now)
    return apply(sitting, event)


def record(store: Store, sitting: Sitting, event: SittingEvent, now: Moment) -> None:
    """Write one event of a sitting, and the clock with it."""
    with store.transaction():
        _put(store, sitting.id, event, now)
        query = "UPDATE sitting SET used = max(used, ?), phase = coalesce(?, phase) WHERE id = ?"
        store.connection.execute(query, (event.used, ENDS.get(event.kind), sitting.id))


def _put(store: Store, sitting: int, event: SittingEvent, now: Moment) -> None:
    """Write an event at the end of a sitting's others."""
    query = "SELECT max(turn) FROM sitting_event WHERE sitting = ?"
    last = store.connection.execute(query, (sitting,)).fetchone()[0]
    turn = now.at if last is None else max(now.at, last + 1)
    row = (new_uid(), turn, sitting, event.kind, event.question, event.value, event.used, now.at)
    store.connection.execute(PUT_EVENT, row)


def keep_clock(store: Store, sitting: Sitting, used: int) -> None:
    """Write how much of the clock is used."""
    with store.transaction():
        store.connection.execute("UPDATE sitting SET used = max(used, ?) WHERE id = ?", (used, sitting.id))


def give_up(store: Store, sitting: Sitting) -> None:
    """End a sitting without a result."""
    with store.transaction():
        store.connection.execute("UPDATE sitting SET phase = ? WHERE id = ?", (GIVEN_UP, sitting.id))


def load(store: Store, id_: int) -> Kept | None:
    """A sitting as it stands on disk, or None."""
    rows = store.all(f"{SELECT} WHERE id = ?", (id_,))
    return _kept(store, rows[0]) if rows else None


def latest_open(store: Store) -> Kept | None:
    """The newest sitting that was not handed in, or None."""
    rows = store.all(f"{SELECT} WHERE phase = ? ORDER BY at DESC, uid LIMIT 1", (OPEN,))
    return _kept(store, rows[0]) if rows else None


def every(store: Store) -> Iterator[Kept]:
    """All sittings, the oldest first."""
    return (_kept(store, row) for row in store.all(f"{SELECT} ORDER BY at, uid"))


def times_asked(store: Store) -> dict[str, int]:
    """How often each card was asked in sittings, practice included: it was seen all the same."""
    return dict(store.all("SELECT card, count(*) FROM sitting_question GROUP BY card"))


as_json = partial(json.dumps, ensure_ascii=False)
PUT_SITTING = """INSERT INTO sitting (uid, name, at, offset, seed, minutes, practice, blueprint)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
PUT_QUESTION = "INSERT INTO sitting_question (sitting, number, card, deck, body) VALUES (?, ?, ?, ?, ?)"
PUT_EVENT = """INSERT INTO sitting_event (uid, turn, sitting, kind, question, value, used, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
SELECT = "SELECT id, name, at, offset, seed, minutes, practice, blueprint, used, phase FROM sitting"


def _kept(store: Store, row: tuple[Any, ...]) -> Kept:
    id_, name, at, offset, seed, minutes, practice, blueprint, used, phase = row
    query = "SELECT body, deck FROM sitting_question WHERE sitting = ? ORDER BY number"
    questions = store.all(query, (id_,))
    query = "SELECT kind, question, value, used, at FROM sitting_event WHERE sitting = ? ORDER BY turn, uid"
    events = store.all(query, (id_,))
    cards = tuple(from_data(json.loads(body), deck=deck) for body, deck in questions)
    plan = parse(json.loads(blueprint), "blueprint")
    begun = Sitting(id_, name, seed, cards, minutes, bool(practice), plan.locks(cards), plan.headings(cards))
    sitting = replay(begun, (SittingEvent(*event[:4]) for event in events))
    last = (events[-1][3], events[-1][4]) if events else (0, at)
    return Kept(tick(sitting, used), plan, Moment(at, offset), phase, last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was said of a mock exam when it began."""

    exam: str
    moment: Moment
    low: float
    high: float
    """The chance to pass lies between these."""
    least: float
    most: float
    """The share of right answers lies between these with a probability of 80 %."""
    begun: int
    cards: int
    mocks: int
    """What it rested on."""
    sitting: int = 0
    """The sitting, by its number in this file."""


def keep_forecast(store: Store, forecast: Forecast) -> None:
    """Keep a forecast, with the sitting that it is about. A sitting has one: the first that was kept."""
    basis = json.dumps({"begun": forecast.begun, "cards": forecast.cards, "mocks": forecast.mocks})
    with store.transaction():
        (uid,) = store.connection.execute(
            "SELECT uid FROM sitting WHERE id = ?", (forecast.sitting,)
        ).fetchone()
        store.connection.execute(
            "INSERT OR IGNORE INTO forecast VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                uid_of("forecast", uid), forecast.exam, forecast.moment.at, forecast.moment.offset,
                forecast.low, forecast.high, forecast.least, forecast.most, basis, uid,
            ),
        )  # fmt: skip


def forecasts(store: Store, exam: str) -> list[Forecast]:
    """The forecasts for an exam, the oldest first."""
    query = """SELECT forecast.at, forecast.offset, low, high, least, most, basis, sitting.id
        FROM forecast JOIN sitting ON sitting.uid = forecast.sitting WHERE exam = ?
        ORDER BY forecast.at, forecast.uid"""
    return [
        Forecast(
            exam=exam, moment=Moment(at, offset), low=low, high=high, least=least, most=most, sitting=sitting,
            **json.loads(basis),
        )
        for at, offset, low, high, least, most, basis, sitting in store.all(query, (exam,))
    ]  # fmt: skip
