"""Days of study in the real Anki come home, row by row; studied on here, they go out again as they are."""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cards import Basic, Card
from dp100cards.cli.context import local_offset
from dp100cards.exchange.anki_file import opened
from dp100cards.exchange.anki_in import Here, Intake, take
from dp100cards.exchange.anki_out import Package, Schedule
from dp100cards.scheduler.engine import Engine, replay
from dp100cards.scheduler.event import DAY, CardState, Event, Moment, day_of
from dp100cards.store.store import Store

CARDS: list[Card] = [Basic(id=f"demo-{n}", deck="demo", ask=f"Q{n}?", answer=f"A{n}.") for n in range(40)]
DAYS = 6


def present() -> Moment:
    at = time.time()
    return Moment(int(at * 1000), local_offset(at))


def shifted(events: list[Event], days: int) -> list[Event]:
    return [
        Event(
            card=e.card, kind=e.kind, rating=e.rating, took=e.took, value=e.value, origin=e.origin,
            origin_id=e.origin_id and e.origin_id + days * DAY, moment=e.moment.later(days * DAY),
        )
        for e in events
    ]  # fmt: skip


def a_past(until: Moment, cards: list[Card], seed: int = 3) -> list[Event]:
    """Reviews over some months, ending at least a day before a moment."""
    rng, events = random.Random(seed), list[Event]()
    for card in cards:
        at = until.at - int(rng.uniform(60, 200) * DAY)
        for _ in range(rng.randrange(1, 6)):
            if at < until.at - DAY:
                # One offset for all, as Anki reckons; summer time has a test of its own (test_anki_in.py).
                moment = Moment(at, until.offset)
                rating = rng.choice((1, 2, 3, 3, 3, 4))
                events.append(Event(card=card.id, kind="review", rating=rating, took=4000, moment=moment))
            at += rng.choice((600_000, int(rng.uniform(1, 30) * DAY)))
    return sorted(events, key=lambda event: event.moment.at)


def schedule_of(events: list[Event], engine: Engine | None = None) -> Schedule:
    engine = engine or Engine()
    by_card: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda event: (event.turn or event.moment.at, event.uid)):
        by_card.setdefault(event.card, []).append(event)
    return Schedule(engine, {id_: replay(engine, id_, mine) for id_, mine in by_card.items()}, by_card)


def brought(path: Path, past: list[Event], states: dict[str, CardState], now: Moment) -> Intake:
    with opened(path) as connection:
        return take(connection, {card.id for card in CARDS}, Here(past, states, now, lambda _: now.offset))


def out(path: Path, events: list[Event], now: Moment, engine: Engine | None = None) -> Path:
    Package(CARDS, {"demo": "Demo"}, "DP-100", now, {}, schedule_of(events, engine)).write(path)
    return path


def studied_there(
    anki: Any, past: list[Event], now: Moment, tmp_path: Path, engine: Engine | None = None
) -> int:
    """Go to Anki with a past, and study there for some days that end today; how many answers were given."""
    # Anki lives today. So the past is first moved to where it would stand if today were the first day there.
    anki.take_in(out(tmp_path / "out.apkg", shifted(past, DAYS), now, engine))
    rng, done = random.Random(11), 0
    for _ in range(DAYS):
        done += len(anki.answer(12, (rng.choice((1, 2, 3, 3, 3, 4)) for _ in itertools.count())))
        anki.pass_days(1)
    return done


WAYS: dict[str, Callable[[Any, Path, Any], Path]] = {
    "apkg": lambda anki, path, _: anki.package(path),
    "apkg, anki21": lambda anki, path, _: anki.package(path, legacy=True),
    "apkg, anki2": lambda anki, path, oldest: oldest(
        anki.package(path.with_name("x"), legacy=True), "collection.anki21", path
    ),
    "colpkg": lambda anki, path, _: anki.whole(path),
    "colpkg, anki21": lambda anki, path, _: anki.whole(path, legacy=True),
    "colpkg, anki2": lambda anki, path, oldest: oldest(
        anki.whole(path.with_name("x"), legacy=True), "collection.anki21", path
    ),
}


def test_every_row_of_ankis_log_comes_home_by_every_container(anki: Any, oldest: Any, tmp_path: Path) -> None:
    now = present()
    past = a_past(now.later(-DAYS * DAY), CARDS[:25])
    done = studied_there(anki, past, now, tmp_path)
    assert done > 40
    rows = anki.log()
    assert len(rows) == len(past) + done
    here = {(e.moment.at, e.card, e.rating) for e in past}
    theirs = [row for row in rows if (row[0], row[1], row[2]) not in here]
    assert len(theirs) == done
    states = dict(schedule_of(past).states)
    for name, way in WAYS.items():
        intake = brought(way(anki, tmp_path / f"{name}.pkg", oldest), past, states, now)
        came = [(e.moment.at, e.card, e.rating, e.took) for e in intake.events]
        assert came == [row[:4] for row in theirs], name
        assert all(e.origin_id == e.moment.at and e.kind == "review" for e in intake.events)
        assert (intake.known, intake.foreign) == (len(past), 0)


def test_without_its_learning_progress_a_package_brings_nothing_and_changes_nothing(
    anki: Any, tmp_path: Path
) -> None:
    now = present()
    past = a_past(now.later(-DAYS * DAY), CARDS[:25])
    studied_there(anki, past, now, tmp_path)
    anki.collection.sched.suspend_cards([anki.cards()["demo-3"].id])
    local = Event(card="demo-4", kind="suspend", moment=now.later(-DAY))
    flagged = Event(card="demo-5", kind="flag", value=2, moment=now.later(-DAY))
    states = dict(schedule_of([*past, local, flagged]).states)
    for legacy in (True, False):
        path = anki.package(tmp_path / "bare.apkg", legacy=legacy, scheduling=False)
        intake = brought(path, [*past, local, flagged], states, now)
        assert not intake.events
        assert (intake.known, intake.notes) == (0, len(CARDS))


def test_memory_due_days_and_intervals_agree_after_days_there_and_days_here(
    anki: Any, new_anki: Callable[[], Any], tmp_path: Path
) -> None:
    now = present()
    past = a_past(now.later(-DAYS * DAY), CARDS[:25])
    studied_there(anki, past, now, tmp_path)
    with Store.open(tmp_path / "data", now) as store:
        store.record_all(past)
        kept = list(store.events(undone=True))
        intake = brought(anki.package(tmp_path / "back.apkg"), kept, store.states(), now)
        store.record_all(intake.events)
        compare(anki, store, now, fuzz=True)
        studied_here(store, now)
        again = new_anki()
        again.take_in(out(tmp_path / "again.apkg", list(store.events()), now))
        compare(again, store, now, fuzz=False)
        log = [(at, card, rating) for at, card, rating, *_ in again.log()]
        assert log == sorted((e.moment.at, e.card, e.rating) for e in store.events())
        # And home once more: there is nothing that is not here.
        kept = list(store.events(undone=True))
        assert not brought(again.package(tmp_path / "home.apkg"), kept, store.states(), now).events


def studied_here(store: Store, now: Moment) -> None:
    """Answer what is due, and what is new, a minute apart, until now."""
    waiting = [state.card for state in store.due(now)][:10] + [card.id for card in CARDS[36:]]
    for n, card in enumerate(waiting):
        moment = now.later((n - len(waiting)) * 60_000)
        store.record(Event(card=card, kind="review", rating=1 + n % 4, took=5000, moment=moment))


def compare(anki: Any, store: Store, now: Moment, *, fuzz: bool) -> None:
    """Card by card: kind, memory state, due day, interval, repetitions, lapses."""
    kinds = {"new": 0, "learning": 1, "review": 2, "relearning": 3}
    today = anki.collection.sched.today
    seen = 0
    for id_, card in anki.cards().items():
        state = store.state(id_)
        assert card.type == kinds[state.phase], id_
        if not state.reps:
            continue
        seen += 1
        assert (card.reps, card.lapses) == (state.reps, state.lapses), id_
        # A card of Anki's keeps four digits of its stability, and goes on from there; its log tells the whole.
        said = anki.collection.compute_memory_state(card.id)
        assert said.stability == pytest.approx(state.stability, rel=1e-5), id_
        assert said.difficulty == pytest.approx(state.difficulty, rel=1e-5), id_
        assert card.memory_state.stability == pytest.approx(state.stability, rel=2e-3, abs=1e-4), id_
        assert card.memory_state.difficulty == pytest.approx(state.difficulty, abs=5e-3), id_
        if state.phase == "review":
            # Both add chance to an interval, each its own, and Anki a day for each better rating; no more may differ.
            longest = max(state.interval, card.ivl)
            slack = 0 if not fuzz else 1 if longest < 3 else 4 + 0.3 * longest
            assert abs(card.ivl - state.interval) <= slack, id_
            there, here = card.due - today, state.due_day - day_of(now)
            assert abs(there - here) <= slack, id_
            assert (there - card.ivl == here - state.interval) or not fuzz, id_
        else:
            assert card.due == pytest.approx(state.due_at // 1000, abs=301 if fuzz else 1), id_
    assert seen > 25


def test_a_log_of_ankis_first_scheduler_means_what_anki_takes_it_for(
    anki: Any, new_anki: Callable[[], Any], oldest: Any, tmp_path: Path
) -> None:
    """It knew three ratings in learning: 2 was good there, and 3 easy. Anki reads a file so that names no scheduler."""
    now = present()
    past = a_past(now.later(-DAY), CARDS, 5)
    full = out(tmp_path / "full.apkg", past, now)
    with zipfile.ZipFile(full) as package:
        (tmp_path / "db").write_bytes(package.read("collection.anki2"))
    with closing(sqlite3.connect(tmp_path / "db")) as database, database:
        conf = json.loads(database.execute("SELECT conf FROM col").fetchone()[0])
        del conf["schedVer"], conf["sched2021"]
        database.execute("UPDATE col SET conf = ?", (json.dumps(conf),))
    old = tmp_path / "old.apkg"
    with zipfile.ZipFile(old, "w") as package:
        package.write(tmp_path / "db", "collection.anki2")
        package.writestr("media", "{}")
    anki.take_in(old)
    theirs = [(id_, guid, ease) for id_, guid, ease, *_ in anki.log()]
    intake = brought(old, [], {}, now)
    assert [(e.moment.at, e.card, e.rating) for e in intake.events if e.kind == "review"] == theirs
    assert theirs != [(e.moment.at, e.card, e.rating) for e in sorted(past, key=lambda e: e.moment.at)]
