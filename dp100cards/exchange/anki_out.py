"""An Anki package: cards, and what the learner remembers of them, as Anki's own tables.

The older of Anki's two containers, which every Anki reads: a zip with `collection.anki2` (SQLite, schema 11) and an
empty list of media. A note's guid is the card's id, so that importing again updates and never doubles.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path

from dp100cards.cards import Card
from dp100cards.exchange.anki_notes import fields
from dp100cards.exchange.anki_types import NAMES, model, note_type, stable_id
from dp100cards.memory.advance import advance, replay
from dp100cards.memory.days import Moment, day_of
from dp100cards.memory.engine import Engine
from dp100cards.memory.event import Event
from dp100cards.memory.state import LEARNING, RELEARNING, REVIEW, CardState

TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
    ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
    models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
    usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
    flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
    mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
    ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
    left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
    ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
    type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
"""

INDEXES = "CREATE INDEX ix_cards_nid ON cards (nid); CREATE INDEX ix_revlog_cid ON revlog (cid);"
"""Those by which a package is taken in; the others are the collection's own affair, and would only make it larger."""

CREATED = 1_577_836_800
"""2020-01-01: from this day on a package counts the days at which cards fall due."""

PRESET = 1_400_000_000_000

LEVEL = 4
"""How hard the package is deflated: half the time of the usual 6, for a file larger by a tenth."""

RESET = 4
"""Anki's mark of a row that no answer made; without a factor it says that the card was reset."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a learner remembers: each card's state and its events, in their order."""

    engine: Engine
    states: Mapping[str, CardState] = field(default_factory=dict)
    events: Mapping[str, Sequence[Event]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a package."""

    notes: int
    scheduled: int
    reviews: int


def write_package(
    path: Path,
    cards: Iterable[Card],
    titles: Mapping[str, str],
    name: str,
    now: Moment,
    changed: Mapping[str, int],
    schedule: Schedule | None = None,
) -> Written:
    """Write an `.apkg`, whole or not at all.

    `titles` are the decks' titles by name; `name` stands above them, as in `DP-100::Workspace`. `changed` tells when
    the content of each card last changed (seconds since 1970): Anki takes a note over only if it is newer than its own.
    Raises OSError.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        written = _fill(connection, list(cards), titles, name, now, changed, schedule)
        connection.execute("COMMIT")
        connection.executescript(INDEXES)
        collection = connection.serialize()
    finally:
        connection.close()
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as package:
            package.writestr("collection.anki2", collection)
            package.writestr("media", "{}")
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    return written


def _fill(
    connection: sqlite3.Connection, cards: list[Card], titles: Mapping[str, str], name: str, now: Moment,
    changed: Mapping[str, int], schedule: Schedule | None,
) -> Written:  # fmt: skip
    created = CREATED - now.offset * 60 + 4 * 3600
    decks = {deck: stable_id("deck", name, deck) for deck in dict.fromkeys(card.deck for card in cards)}
    kinds = list(dict.fromkeys(card.kind for card in cards))
    _collection(connection, decks, titles, name, kinds, now, created, schedule)
    notes, rows, log = [], [], []
    taken: set[int] = set()
    reviews = scheduled = 0
    for position, card in enumerate(cards, 1):
        note = stable_id("note", card.id)
        values = fields(card)
        modified = changed.get(card.id, created)
        first = values[0]
        tags = "".join(f" {tag.replace(' ', '_')}" for tag in (*card.tags, card.status, card.deck) if tag)
        notes.append(
            (
                note,
                card.id,
                note_type(card.kind).id,
                modified,
                -1,
                f"{tags} ",
                "\x1f".join(values),
                first,
                _sum(first),
                0,
                "",
            )
        )
        state = schedule.states.get(card.id) if schedule else None
        anki = note  # numbers of cards and of notes are apart; the same one twice packs better
        rows.append(
            (
                anki,
                note,
                decks[card.deck],
                0,
                modified,
                -1,
                *_scheduled(state, position, now, created, schedule),
            )
        )
        if schedule and card.id in schedule.events:
            scheduled += bool(state and state.reps)
            mine = _log(schedule, card.id, anki, taken)
            log += mine
            reviews += sum(row[8] != RESET for row in mine)
    # In the order of their numbers, so that SQLite only ever adds at the end.
    for table in (notes, rows, log):
        table.sort(key=itemgetter(0))
    connection.executemany(f"INSERT INTO notes VALUES ({','.join('?' * 11)})", notes)
    connection.executemany(f"INSERT INTO cards VALUES ({','.join('?' * 18)})", rows)
    connection.executemany(f"INSERT INTO revlog VALUES ({','.join('?' * 9)})", log)
    return Written(len(notes), scheduled, reviews)


def _scheduled(
    state: CardState | None, position: int, now: Moment, created: int, schedule: Schedule | None
) -> tuple[int, int, int, int, int, int, int, int, int, int, int, str]:
    """type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data of a card."""
    if state is None or schedule is None:
        return 0, 0, position, 0, 0, 0, 0, 0, 0, 0, 0, f'{{"pos": {position}}}'
    parked = -1 if state.suspended else None
    if state.is_new:
        return 0, parked or 0, position, 0, 0, 0, 0, 0, 0, 0, state.flag, json.dumps({"pos": position})
    # Anki reckons the days between reviews with today's offset from UTC, whatever it was then; so does this.
    today = (
        replace(event, moment=Moment(event.moment.at, now.offset))
        for event in schedule.events.get(state.card, ())
    )
    memory = replay(schedule.engine, state.card, today)
    data = {
        "pos": position, "s": round(memory.stability, 4), "d": round(memory.difficulty, 3),
        "dr": schedule.engine.retention, "decay": schedule.engine.parameters[20], "lrt": state.last_at // 1000,
    }  # fmt: skip
    factor, more = 2500, json.dumps(data)
    if state.phase == REVIEW:
        first_day = day_of(Moment(created * 1000, now.offset), schedule.engine.rollover)
        due = state.due_day - first_day
        return (
            2,
            parked or 2,
            due,
            state.interval,
            factor,
            state.reps,
            state.lapses,
            0,
            0,
            0,
            state.flag,
            more,
        )
    kind = {LEARNING: 1, RELEARNING: 3}[state.phase]
    left = 1001 if kind == 3 else 2002 - 1001 * min(state.step, 1)
    return (
        kind,
        parked or 1,
        state.due_at // 1000,
        1,
        factor,
        state.reps,
        state.lapses,
        left,
        0,
        0,
        state.flag,
        more,
    )


def _log(schedule: Schedule, card: str, anki: int, taken: set[int]) -> list[tuple[int, ...]]:
    """A card's reviews as rows of Anki's review log, and where the learner had it forgotten."""
    rows: list[tuple[int, ...]] = []
    state, last = CardState(card=card), 0
    for event in schedule.events.get(card, ()):
        before = state
        state = advance(schedule.engine, state, event)
        if event.kind not in ("review", "forget"):
            continue
        id_ = event.origin_id if event.origin == "anki" and event.origin_id else event.moment.at
        while id_ in taken:
            id_ += 1
        taken.add(id_)
        if event.kind == "forget":
            rows.append((id_, anki, -1, 0, 0, last, 0, 0, RESET))
            last = 0
            continue
        ivl = state.interval if state.phase == REVIEW else -max((state.due_at - event.moment.at) // 1000, 1)
        kind = {REVIEW: 1, RELEARNING: 2}.get(before.phase, 0) if rows else 0
        factor = round(((state.difficulty - 1) / 9 + 0.1) * 1000)
        rows.append((id_, anki, -1, event.rating, ivl, last, factor, min(event.took, 60_000), kind))
        last = ivl
    return rows


def _collection(
    connection: sqlite3.Connection, decks: Mapping[str, int], titles: Mapping[str, str], name: str, kinds: list[str],
    now: Moment, created: int, schedule: Schedule | None,
) -> None:  # fmt: skip
    seconds = now.at // 1000
    first = next(iter(decks.values()), 1)
    table = {"1": _deck(1, "Default", seconds, 1)}
    table[str(stable_id("deck", name))] = _deck(stable_id("deck", name), name, seconds, PRESET)
    for deck, id_ in decks.items():
        full = f"{name}::{titles.get(deck, deck).replace('::', ': ')}"
        table[str(id_)] = _deck(id_, full, seconds, PRESET)
    conf = {
        "nextPos": 1, "curDeck": 1, "activeDecks": [1], "sortType": "noteFld", "sortBackwards": False, "timeLim": 0,
        "estTimes": True, "dueCounts": True, "collapseTime": 1200, "newSpread": 0, "addToCur": True, "curModel": None,
        "schedVer": 2, "sched2021": True, "creationOffset": -now.offset, "dayLearnFirst": False,
    }  # fmt: skip
    presets = {"1": _preset(1, "Default", schedule), str(PRESET): _preset(PRESET, name, schedule)}
    models = {str(note_type(kind).id): model(kind, CREATED, first) for kind in kinds or list(NAMES)[:1]}
    connection.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
        (created, now.at, now.at, *map(json.dumps, (conf, models, table, presets))),
    )


def _deck(id_: int, name: str, modified: int, preset: int) -> dict[str, object]:
    return {
        "id": id_, "name": name, "mod": modified, "usn": -1, "desc": "", "dyn": 0, "conf": preset, "collapsed": False,
        "browserCollapsed": False, "extendNew": 0, "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0],
        "lrnToday": [0, 0], "timeToday": [0, 0],
    }  # fmt: skip


def _preset(id_: int, name: str, schedule: Schedule | None) -> dict[str, object]:
    preset: dict[str, object] = {
        "id": id_, "name": name, "mod": CREATED, "usn": -1, "maxTaken": 60, "autoplay": True, "timer": 0,
        "replayq": True, "dyn": False,
        "new": {"bury": True, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1,
                "perDay": 20},
        "rev": {"bury": True, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    }  # fmt: skip
    if schedule:
        preset |= {
            "fsrsParams6": list(schedule.engine.parameters),
            "desiredRetention": schedule.engine.retention,
        }
    return preset


def _sum(text: str) -> int:
    """Anki's checksum of a first field: the first eight hexadecimal digits of its SHA-1, without markup."""
    plain = html.unescape(_ELEMENT.sub("", text)) if "<" in text or "&" in text else text
    return int.from_bytes(hashlib.sha1(plain.encode(), usedforsecurity=False).digest()[:4], "big")


_ELEMENT = re.compile(r"<[^>]*>")
