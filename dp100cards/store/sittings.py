"""Sittings in the progress file: every answer, mark and move is on disk when the call returns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from dp100cards.decks.collection import from_data, to_data
from dp100cards.exam.blueprint import Blueprint, blueprint_from, plain
from dp100cards.exam.draw import Paper
from dp100cards.exam.score import Result
from dp100cards.exam.sitting import GIVEN_UP, OPEN, Forecast, Sitting, SittingEvent, apply, replay, tick
from dp100cards.readiness import Readiness, weight_of
from dp100cards.scheduler.event import DAY, Moment
from dp100cards.store.disk import new_uid, uid_of
from dp100cards.store.store import Store


def create(store: Store, paper: Paper, now: Moment) -> Sitting:
    """Put a new sitting on disk, with its own copy of each question."""
    rules = [SittingEvent("sections")]
    if paper.strict:
        rules.append(SittingEvent("strict"))
    if paper.partial:
        rules.append(SittingEvent("partial", value=paper.partial))
    row = {"uid": new_uid(), "name": paper.plan.name, "at": now.at, "offset": now.offset, "seed": paper.seed}
    row |= {"minutes": paper.minutes, "practice": paper.practice, "blueprint": as_json(plain(paper.plan))}
    with store.transaction():
        id_ = store.insert("sitting", row)
        for number, card in enumerate(paper.cards):
            question = {"card": card.id, "deck": card.deck, "body": as_json(to_data(card))}
            store.insert("sitting_question", {"sitting": id_, "number": number, **question})
        sitting = next(_each(store, "WHERE id = ?", id_))
        return record(store, sitting, now, *rules)


def away(store: Store, sitting: Sitting, now: Moment) -> int:
    """Milliseconds since the learner was last there; never negative."""
    query = "SELECT used, at FROM sitting_event WHERE sitting = ? ORDER BY turn DESC, uid DESC LIMIT 1"
    used, at = next(iter(store.all(query, (sitting.id,))), (0, sitting.begun.at))
    return max(now.at - at - max(sitting.used - used, 0), 0)


def come_back(store: Store, sitting: Sitting, now: Moment) -> Sitting:
    """The sitting after a break. A strict one's clock has run on, and what was seen is locked; else it waited."""
    gone = away(store, sitting, now)
    if not sitting.strict or not gone:
        return sitting
    used = sitting.used + (gone if sitting.left is None else min(gone, sitting.left))
    return record(store, sitting, now, SittingEvent("away", sitting.at, used=used))


def record(store: Store, sitting: Sitting, now: Moment, *events: SittingEvent) -> Sitting:
    """Let something happen to a sitting: on disk, the clock with it, and in what is returned.

    What another terminal has ended stays ended.
    """
    with store.transaction():
        for event in events:
            sitting = apply(sitting, event)
            query = "SELECT coalesce(max(turn), -1) FROM sitting_event WHERE sitting = ?"
            turn = max(now.at, store.all(query, (sitting.id,))[0][0] + 1)
            row = {"uid": new_uid(), "sitting": sitting.id, "turn": turn, "at": now.at}
            store.insert("sitting_event", row | asdict(event))
        query = "UPDATE sitting SET used = max(used, ?), phase = coalesce(nullif(?, ?), phase) WHERE id = ?"
        store.connection.execute(query, (sitting.used, sitting.phase, OPEN, sitting.id))
    return sitting


def give_up(store: Store, sitting: Sitting, now: Moment) -> None:
    """End a sitting without a result."""
    record(store, replace(sitting, phase=GIVEN_UP), now)


def load(store: Store, id_: int) -> Sitting | None:
    """A sitting as it stands on disk, or None."""
    return next(_each(store, "WHERE id = ?", id_), None)


def latest_open(store: Store) -> Sitting | None:
    """The newest sitting that was not handed in, or None."""
    return next(_each(store, "WHERE phase = ? ORDER BY sitting.at DESC, sitting.uid LIMIT 1", OPEN), None)


def every(store: Store) -> Iterator[Sitting]:
    """All sittings, the oldest first."""
    return _each(store, "ORDER BY sitting.at, sitting.uid")


def times_asked(store: Store) -> dict[str, int]:
    """How often each card was asked in sittings, practice included: it was seen all the same."""
    return dict(store.all("SELECT card, count(*) FROM sitting_question GROUP BY card"))


as_json = partial(json.dumps, ensure_ascii=False)


def _each(store: Store, which: str, *values: Any) -> Iterator[Sitting]:
    query = """SELECT id, seed, minutes, practice, blueprint, used, phase, sitting.at, sitting.offset, low, high
        FROM sitting LEFT JOIN forecast ON forecast.sitting = sitting.uid"""
    asked = "SELECT body, deck FROM sitting_question WHERE sitting = ? ORDER BY number"
    moves = "SELECT kind, question, value, used FROM sitting_event WHERE sitting = ? ORDER BY turn, uid"
    rows = store.all(f"{query} {which}", values)
    for id_, seed, minutes, practice, blueprint, used, phase, at, offset, low, high in rows:
        cards = tuple(from_data(json.loads(body), deck=deck) for body, deck in store.all(asked, (id_,)))
        plan, forecast = blueprint_from(json.loads(blueprint)), None if low is None else Forecast(low, high)
        begun = Sitting(id_, plan, seed, cards, minutes, practice == 1, Moment(at, offset), forecast)
        sitting = tick(replay(begun, (SittingEvent(*event) for event in store.all(moves, (id_,)))), used)
        yield replace(sitting, phase=GIVEN_UP) if phase == GIVEN_UP and not sitting.over else sitting


def keep_forecast(
    store: Store, sitting: int, exam: str, said: Readiness, basis: Mapping[str, int], now: Moment
) -> None:
    """Keep what was said of a sitting, and what that rested on. A sitting has one: the first that was kept."""
    row = {name: getattr(said, name) for name in ("low", "high", "least", "most")}
    row |= {"exam": exam, "at": now.at, "offset": now.offset, "basis": json.dumps(basis)}
    row["sitting"] = store.all("SELECT uid FROM sitting WHERE id = ?", (sitting,))[0][0]
    with store.transaction():
        store.insert("forecast", row | {"uid": uid_of("forecast", row["sitting"])}, or_ignore=True)


def first_answers(taken: Iterable[Result], exam: Blueprint, now: Moment) -> dict[str, tuple[float, float]]:
    """For each area of an exam the first-time answers in mock exams: points, and how many; the older the less."""
    found: dict[str, tuple[float, float]] = {}
    seen: set[str] = set()
    for result in taken:
        weight = weight_of((now.at - result.sitting.begun.at) / DAY)
        for outcome in (each for each in result.outcomes if each.place.seen or each.place.answered):
            if result.sitting.counts and outcome.card.id not in seen:
                area, earned = exam.area_of(outcome.card), weight * outcome.mark.points / outcome.mark.of
                right, answered = found.get(area, (0.0, 0.0))
                found[area] = (right + earned, answered + weight)
            seen.add(outcome.card.id)
    return found
