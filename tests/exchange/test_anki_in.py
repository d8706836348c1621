"""Reviews done in the real Anki come home: each once, in both containers, however the histories overlap."""

import itertools
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.cards import Basic, Card
from dp100cards.exchange.anki_file import opened
from dp100cards.exchange.anki_in import Here, Intake, take
from dp100cards.exchange.anki_out import Package, Schedule
from dp100cards.exchange.markup import data
from dp100cards.scheduler.engine import Engine, replay
from dp100cards.scheduler.event import DAY, Event, Moment, day_of
from dp100cards.store.store import Store

anki_collection = pytest.importorskip("anki.collection")

NOW = Moment(1_795_420_800_000, 0)  # 2026-11-23, 08:00 UTC
CARDS: list[Card] = [Basic(id=f"demo-{n}", deck="demo", ask=f"Q{n}?", answer=f"A{n}.") for n in range(6)]
OURS = {card.id for card in CARDS}


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Any]:
    opened_one = anki_collection.Collection(str(tmp_path / "theirs.anki2"))
    yield opened_one
    opened_one.close()


def take_in(collection: Any, path: Path) -> None:
    options = anki_collection.ImportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, merge_notetypes=True
    )
    collection.import_anki_package(
        anki_collection.ImportAnkiPackageRequest(package_path=str(path), options=options)
    )


def package(path: Path, schedule: Schedule | None = None) -> Path:
    Package(CARDS, {"demo": "Demo"}, "DP-100", NOW, dict.fromkeys(OURS, 1_700_000_000), schedule).write(path)
    return path


def given_out(collection: Any, path: Path, *, legacy: bool) -> Path:
    options = anki_collection.ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, with_media=False, legacy=legacy
    )
    collection.export_anki_package(out_path=str(path), options=options, limit=None)
    return path


def in_time(events: Iterable[Event]) -> list[Event]:
    """The order in which a card's events count."""
    return sorted(events, key=lambda event: (event.turn or event.moment.at, event.uid))


def brought(path: Path, past: list[Event] | None = None, ours: set[str] = OURS) -> Intake:
    past = past or []
    undone = {event.undoes for event in past if event.kind == "undo"}
    counting = [event for event in past if event.kind != "undo" and (not event.id or event.id not in undone)]
    states = {
        card: replay(Engine(), card, in_time(e for e in counting if e.card == card))
        for card in {e.card for e in counting}
    }
    now = Moment(4_000_000_000_000)
    with opened(path) as connection:
        return take(connection, ours, Here(past, states, now, lambda _: 0))


def review(card: str, days_ago: float, rating: int) -> Event:
    return Event(
        card=card, kind="review", rating=rating, took=4000, moment=Moment(NOW.at - int(days_ago * DAY), 0)
    )


def a_past() -> list[Event]:
    return [
        review(card.id, days, rating)
        for n, card in enumerate(CARDS[:4])
        for days, rating in ((40 + n, 3), (39.99 + n, 3), (30, 1 + n), (20, 3))
    ]


def scheduled(events: list[Event]) -> Schedule:
    by_card: dict[str, list[Event]] = {}
    for event in events:
        by_card.setdefault(event.card, []).append(event)
    engine = Engine()
    return Schedule(engine, {id_: replay(engine, id_, mine) for id_, mine in by_card.items()}, by_card)


def answer_some(collection: Any, count: int) -> list[tuple[str, int]]:
    """Answer cards by the real scheduler; what was answered, as guid and rating."""
    collection.decks.select(collection.decks.id("DP-100"))
    done = []
    for n in range(count):
        queued = collection.sched.get_queued_cards().cards
        if not queued:
            break
        first = queued[0]
        card = collection.get_card(first.card.id)
        card.start_timer()
        rating = 1 + n % 4
        collection.sched.answer_card(
            collection.sched.build_answer(card=card, states=first.states, rating=rating - 1)
        )
        done.append((card.note().guid, rating))
    return done


@pytest.mark.parametrize("legacy", [True, False])
def test_reviews_done_in_anki_come_home_once(collection: Any, tmp_path: Path, legacy: bool) -> None:
    past = a_past()
    take_in(collection, package(tmp_path / "out.apkg", scheduled(past)))
    done = answer_some(collection, 8)
    assert len(done) == 8
    path = given_out(collection, tmp_path / "back.apkg", legacy=legacy)
    intake = brought(path, past)
    assert sorted((e.card, e.rating) for e in intake.events if e.kind == "review") == sorted(done)
    assert (intake.known, intake.foreign, intake.notes) == (len(past), 0, len(CARDS))
    with Store.open(tmp_path / "data", NOW) as store:
        store.record_all(past)
        store.record_all(intake.events)
        kept = list(store.events(undone=True))
        again = brought(path, kept)
        assert not again.events
        assert again.known == len(past) + len(done)
        for card in CARDS:
            assert store.state(card.id) == replay(store.engine, card.id, in_time(store.events(card.id)))


def test_a_whole_collection_with_media_list_and_other_decks_is_read_too(
    collection: Any, tmp_path: Path
) -> None:
    take_in(collection, package(tmp_path / "out.apkg"))
    other = collection.new_note(collection.models.by_name("Basic"))
    other["Front"], other["Back"] = "theirs", "alone"
    collection.add_note(other, collection.decks.id("Elsewhere"))
    done = answer_some(collection, 3)
    collection.export_collection_package(str(tmp_path / "all.colpkg"), include_media=True, legacy=False)
    intake = brought(tmp_path / "all.colpkg")
    assert intake.count("review") == len(done)
    assert intake.foreign == 1


def test_suspension_and_flags_come_along_and_go_again(collection: Any, tmp_path: Path) -> None:
    take_in(collection, package(tmp_path / "out.apkg"))
    ids = {collection.get_card(id_).note().guid: id_ for id_ in collection.find_cards("")}
    collection.sched.suspend_cards([ids["demo-1"]])
    collection.set_user_flag_for_cards(4, [ids["demo-2"]])
    intake = brought(given_out(collection, tmp_path / "back.apkg", legacy=True))
    assert {(e.card, e.kind, e.value) for e in intake.events} == {
        ("demo-1", "suspend", 0),
        ("demo-2", "flag", 4),
    }
    later = [
        *intake.events,
        Event(card="demo-1", kind="unsuspend", moment=Moment(intake.events[0].moment.at + DAY)),
    ]
    assert not brought(tmp_path / "back.apkg", later).events


def test_a_card_reset_in_anki_starts_again_here(collection: Any, tmp_path: Path) -> None:
    past = a_past()
    take_in(collection, package(tmp_path / "out.apkg", scheduled(past)))
    ids = {collection.get_card(id_).note().guid: id_ for id_ in collection.find_cards("")}
    collection.sched.schedule_cards_as_new([ids["demo-0"]])
    collection.sched.set_due_date([ids["demo-1"]], "7")
    intake = brought(given_out(collection, tmp_path / "back.apkg", legacy=True), past)
    assert [(e.card, e.kind) for e in intake.events] == [("demo-0", "forget")]


def test_a_review_undone_here_does_not_come_back(tmp_path: Path) -> None:
    past = a_past()
    path = package(tmp_path / "out.apkg", scheduled(past))
    with Store.open(tmp_path / "data", NOW) as store:
        kept = store.record_all(past)
        store.undo(kept[-1], NOW)
        assert not brought(path, list(store.events(undone=True))).events


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(OURS)), st.integers(0, 50_000), st.integers(1, 4)),
        max_size=30,
        unique_by=lambda t: t[1],
    ),
    st.data(),
)
def test_whatever_the_overlap_each_review_counts_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    """Some reviews are here, a package carries any part of them and others: the union comes out."""
    every = [
        Event(card=card, kind="review", rating=rating, moment=Moment(NOW.at - at * 60_000))
        for card, at, rating in rows
    ]
    every.sort(key=lambda event: event.moment.at)
    here = [event for event in every if data.draw(st.booleans())]
    there = [event for event in every if event not in here or data.draw(st.booleans())]
    path = package(tmp_path_factory.mktemp("overlap") / "out.apkg", scheduled(there))
    intake = brought(path, here)
    union = sorted((e.moment.at, e.card, e.rating) for e in (*here, *intake.events))
    assert union == sorted((e.moment.at, e.card, e.rating) for e in every)


MEMORY_IN_ANKI = """
import json, sys
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
collection = Collection(sys.argv[1])
options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, merge_notetypes=True)
collection.import_anki_package(ImportAnkiPackageRequest(package_path=sys.argv[2], options=options))
result = {}
for id_ in collection.find_cards(""):
    card = collection.get_card(id_)
    said, stored = collection.compute_memory_state(id_), card.memory_state
    result[card.note().guid] = [
        stored and [stored.stability, stored.difficulty], [said.stability, said.difficulty],
        card.due - collection.sched.today, card.ivl, card.type,
    ]
print(json.dumps(result))
"""


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata", "Europe/London"])
def test_anki_computes_the_memory_that_the_package_states(tmp_path: Path, zone: str) -> None:
    """From the log alone, to every digit that Anki keeps, in the time zone that the learner lives in."""
    import random
    import time
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    def offset(at: float) -> int:
        shift = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).utcoffset()
        assert shift is not None
        return int(shift.total_seconds() // 60)

    real = time.time()
    now = Moment(int(real * 1000), offset(real))
    rng = random.Random(7)
    cards: list[Card] = [Basic(id=f"demo-{n}", deck="demo", ask=f"Q{n}?", answer="A.") for n in range(120)]
    events = []
    for card in cards:
        at = real - rng.uniform(300, 500) * 86_400
        for _ in range(rng.randrange(1, 9)):
            rating = rng.choice((1, 2, 3, 3, 3, 4))
            events.append(
                Event(
                    card=card.id, kind="review", rating=rating, took=900,
                    moment=Moment(int(at * 1000), offset(at)),
                )
            )  # fmt: skip
            at += rng.choice((300, 3 * 3600, 86_400, 86_400 * rng.uniform(1, 50)))
    schedule = scheduled(events)
    path = tmp_path / "out.apkg"
    Package(cards, {"demo": "Demo"}, "DP-100", now, {}, schedule).write(path)
    ran = subprocess.run(
        [sys.executable, "-c", MEMORY_IN_ANKI, str(tmp_path / "c.anki2"), str(path)],
        env={"TZ": zone, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    theirs = json.loads(ran.stdout)
    assert len(theirs) == len(cards)
    for id_, (stored, computed, due, interval, kind) in theirs.items():
        state = schedule.states[id_]
        # Anki counts in 32 bits, and of what the package says it keeps four and three digits.
        assert stored[0] == pytest.approx(computed[0], rel=1e-5, abs=1e-4), id_
        assert stored[1] == pytest.approx(computed[1], rel=1e-5, abs=1e-3), id_
        if state.phase == "review":
            assert (kind, interval, due) == (2, state.interval, state.due_day - day_of(now)), id_


def test_anki_agrees_on_the_first_and_the_last_second_of_a_day(tmp_path: Path) -> None:
    """Anki counts in whole seconds, and so an answer in a day's first second belongs to the day before."""
    import time

    from dp100cards.scheduler.event import day_end

    now = Moment(int(time.time() * 1000))
    cards, events = list[Card](), []
    for n, (first, last) in enumerate(itertools.product((-1000, -999, -1, 0, 1, 999, 1000), repeat=2)):
        cards.append(card := Basic(id=f"demo-{n}", deck="demo", ask="Q?", answer="A."))
        for days, edge in ((90, first), (80, last), (79, first), (31, last)):
            # Each card has days of its own: of two answers in one millisecond Anki's log moves one on.
            moment = Moment(day_end(now) - (days + 100 * n) * DAY + edge)
            events.append(Event(card=card.id, kind="review", rating=3, took=900, moment=moment))
    plan = scheduled(events)
    Package(cards, {"demo": "Demo"}, "DP-100", now, {}, plan).write(tmp_path / "out.apkg")
    ran = subprocess.run(
        [sys.executable, "-c", MEMORY_IN_ANKI, str(tmp_path / "c.anki2"), str(tmp_path / "out.apkg")],
        env={"TZ": "UTC", "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for id_, (_, computed, *_) in json.loads(ran.stdout).items():
        assert computed[0] == pytest.approx(plan.states[id_].stability, rel=1e-5), id_


def test_a_log_with_nonsense_in_it_gives_only_what_makes_sense(tmp_path: Path) -> None:
    database = tmp_path / "c.anki2"
    connection = sqlite3.connect(database)
    connection.executescript(data("anki.sql"))
    connection.execute("INSERT INTO notes VALUES (1, 'demo-0', 1, 1, -1, '', '', '', 0, 0, '')")
    connection.execute(
        "INSERT INTO cards VALUES (1, 1, 1, 0, 9223372036854775807, -1, 0, 0, 0,0,0,0,0,0,0,0,0,'')"
    )
    rows: list[tuple[Any, ...]] = [
        (1_700_000_000_000, 1, -1, 3, 1, 0, 100, 5000, 0),  # sound
        (1_700_000_000_001, 1, -1, 9, 1, 0, 100, 5000, 0),  # no such rating
        (-5, 1, -1, 3, 1, 0, 100, 5000, 0),  # before 1970
        (9_000_000_000_000_000, 1, -1, 3, 1, 0, 100, 5000, 0),  # in the future
        (1_700_000_000_003, 1, -1, "three", 1, 0, 100, 5000, 0),
        (1_700_000_000_004, 1, -1, 3, 1, 0, 100, -10, 1),  # less than no time
        (1_700_000_000_005, 99, -1, 3, 1, 0, 100, 10, 1),  # no such card
        (1_700_000_000_006, 1, -1, 3, 1, 0, 0, 10, 3),  # practised
    ]
    connection.executemany("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", rows)
    connection.commit()
    connection.close()
    path = tmp_path / "odd.apkg"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.write(database, "collection.anki2")
    intake = brought(path)
    assert [(e.kind, e.rating, e.took) for e in intake.events] == [
        ("review", 3, 5000),
        ("review", 3, 0),
        ("practice", 0, 10),
    ]
    assert intake.events[2].value == 1
