"""An Anki package: cards, their pictures, and what the learner remembers of them, as Anki's own tables.

The older of Anki's two containers, which every Anki reads: a zip with `collection.anki2` (SQLite, schema 11) and a
list of media. A note's guid is the card's id: importing again updates and never doubles. The same state gives the
same bytes, except across a change of the learner's offset from UTC, with which Anki counts all days.
"""

from __future__ import annotations

import html
import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha1
from operator import itemgetter
from pathlib import Path

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.config import StudyOptions
from dp100cards.exchange.anki_notes import (
    CHANGED,
    NAMES,
    NONE,
    Media,
    data,
    fields,
    note_type,
    stable_id,
    tags,
)
from dp100cards.scheduler.advance import advance, replay
from dp100cards.scheduler.days import Moment, day_of
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.state import LEARNING, RELEARNING, REVIEW, CardState

CREATED = 1_577_836_800
"""2020-01-01: from this day on a package counts the days at which cards fall due."""
EASE = 2500
"""The ease that Anki's older scheduler begins with; FSRS has no use for it."""
MARK = "dp100"
"""Under this name Anki keeps, with a card that it took from a package of ours, how it was handed over."""
FLAGS = 8
"""Flags are 0 to 7."""
RESET = 4
"""Anki's mark of a row that no answer made; without a factor it says that the card was reset."""
SUSPEND = 0
"""What Anki is to do with a leech: suspend it, as is done here."""
LEVEL = 4
"""How hard the package is deflated: half the time of the usual 6, for a file larger by a tenth."""

TABLES = data("anki.sql")
INDEXES = "CREATE INDEX ix_cards_nid ON cards (nid); CREATE INDEX ix_revlog_cid ON revlog (cid);"
"""Those by which a package is taken in; the others are the collection's own affair, and would only make it larger."""

STUDY = StudyOptions()


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
    path: Path, cards: Iterable[Card], titles: Mapping[str, str], name: str, now: Moment, changed: Mapping[str, int],
    schedule: Schedule | None = None, study: StudyOptions = STUDY, media: Media = NONE,
) -> Written:  # fmt: skip
    """Write an `.apkg`, whole or not at all. Raises OSError.

    `titles` are the decks' titles by name; `name` stands above them, as in `DP-100::Workspace`. `changed` has the
    second in which the content of each card last changed: Anki takes a note over only if it is newer than its own.
    `study` becomes the decks' preset.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        written = _fill(connection, list(cards), titles, name, now, changed, schedule, study, media)
        connection.execute("COMMIT")
        connection.executescript(INDEXES)
        collection = connection.serialize()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(_member("collection.anki2"), collection, zipfile.ZIP_DEFLATED, LEVEL)
        package.writestr(_member("media"), json.dumps({str(n): name for n, name in enumerate(media.found)}))
        for n, content in enumerate(media.found.values()):
            package.writestr(_member(str(n)), content, zipfile.ZIP_STORED)
    files.write(path, packed.getvalue())
    return written


def _member(name: str) -> zipfile.ZipInfo:
    """A member of the zip that does not show when or where it was written."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return info


def _fill(
    connection: sqlite3.Connection, cards: list[Card], titles: Mapping[str, str], name: str, now: Moment,
    changed: Mapping[str, int], schedule: Schedule | None, study: StudyOptions, media: Media,
) -> Written:  # fmt: skip
    decks = {deck: stable_id("deck", name, deck) for deck in dict.fromkeys(card.deck for card in cards)}
    _fill_collection(connection, decks, titles, name, {card.kind for card in cards}, now, schedule, study)
    notes, rows, log = [], [], []
    times: set[int] = set()
    reviews = with_past = 0
    numbers = note_numbers(cards)
    for position, card in enumerate(cards, 1):
        number, modified = numbers[card.id], changed.get(card.id, CREATED)
        values = fields(card, media)
        notes.append((
            number, card.id, note_type(card.kind).id, modified, -1, f" {' '.join(tags(card))} ", "\x1f".join(values),
            values[0], _sum(values[0]), 0, "",
        ))  # fmt: skip
        state = schedule.states.get(card.id) if schedule else None
        # Numbers of cards and of notes are apart; the same one twice packs better.
        rows.append(
            (number, number, decks[card.deck], 0, modified, -1, *scheduled(state, position, now, schedule))
        )
        if schedule and card.id in schedule.events:
            with_past += bool(state and state.reps)
            mine = log_of(schedule, card.id, number, times)
            log += mine
            reviews += sum(row[8] != RESET for row in mine)
    for table, width, filled in (("notes", 11, notes), ("cards", 18, rows), ("revlog", 9, log)):
        # In the order of their numbers: SQLite only ever adds at the end.
        filled.sort(key=itemgetter(0))
        connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", filled)
    return Written(len(notes), with_past, reviews)


def note_numbers(cards: Iterable[Card]) -> dict[str, int]:
    """Anki's number of each card's note, and of the note's one card."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for card in cards:
        number = stable_id("note", card.id)
        while number in taken:
            number += 1
        taken.add(number)
        numbers[card.id] = number
    return numbers


def _sum(text: str) -> int:
    """Anki's checksum of a first field: the first eight hexadecimal digits of its SHA-1, without markup."""
    plain = html.unescape(_ELEMENT.sub("", text)) if "<" in text or "&" in text else text
    return int.from_bytes(sha1(plain.encode(), usedforsecurity=False).digest()[:4], "big")


_ELEMENT = re.compile(r"<[^>]*>")


# What the learner remembers


def created(now: Moment) -> int:
    """When the package's collection began, in seconds: four in the morning, by the learner's clock of today."""
    return CREATED - now.offset * 60 + 4 * 3600


def scheduled(
    state: CardState | None, position: int, now: Moment, schedule: Schedule | None
) -> tuple[int | str, ...]:
    """type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data of a card."""
    if state is None or schedule is None:
        return 0, 0, position, 0, 0, 0, 0, 0, 0, 0, 0, f'{{"pos": {position}}}'
    details: dict[str, object] = {"pos": position}
    if given := marks(state):
        details["cd"] = json.dumps({MARK: given}, separators=(",", ":"))
    if not state.is_new:
        memory = memory_in_anki(state, now, schedule)
        details |= {
            "s": round(memory.stability, 4), "d": round(memory.difficulty, 3), "dr": schedule.engine.retention,
            "decay": schedule.engine.parameters[20], "lrt": state.last_at // 1000,
        }  # fmt: skip
    first_day = day_of(Moment(created(now) * 1000, now.offset), schedule.engine.rollover)
    kind, queue, due, interval, left = place(state, position, first_day)
    factor = EASE if kind else 0
    return (
        kind, queue, due, interval, factor, state.reps, state.lapses, left, 0, 0, state.flag, json.dumps(details)
    )  # fmt: skip


def place(state: CardState, position: int, first_day: int) -> tuple[int, int, int, int, int]:
    """type, queue, due, ivl and left of a card, in a collection whose days count from `first_day`."""
    parked = -1 if state.suspended else None
    if state.is_new:
        return 0, parked or 0, position, 0, 0
    if state.phase == REVIEW:
        return 2, parked or 2, state.due_day - first_day, state.interval, 0
    kind = {LEARNING: 1, RELEARNING: 3}[state.phase]
    left = 1001 if kind == 3 else 2002 - 1001 * min(state.step, 1)
    return kind, parked or 1, state.due_at // 1000, 1, left


def memory_in_anki(state: CardState, now: Moment, schedule: Schedule) -> CardState:
    """A card's memory as Anki computes it: it counts the days between reviews with today's offset from UTC."""
    past = schedule.events.get(state.card, ())
    if all(event.moment.offset == now.offset for event in past):
        return state
    moved = (replace(event, moment=Moment(event.moment.at, now.offset)) for event in past)
    return replay(schedule.engine, state.card, moved)


def marks(state: CardState) -> int:
    """Suspension and flag as one number, 0 if there is neither: Anki keeps it with the card that it takes over."""
    return state.suspended * FLAGS + state.flag


def log_of(schedule: Schedule, card: str, number: int, taken: set[int]) -> list[tuple[int, ...]]:
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
            rows.append((id_, number, -1, 0, 0, last, 0, 0, RESET))
            last = 0
            continue
        interval = (
            state.interval if state.phase == REVIEW else -max((state.due_at - event.moment.at) // 1000, 1)
        )
        kind = {REVIEW: 1, RELEARNING: 2}.get(before.phase, 0) if rows else 0
        factor = round(((state.difficulty - 1) / 9 + 0.1) * 1000)
        rows.append((id_, number, -1, event.rating, interval, last, factor, min(event.took, 60_000), kind))
        last = interval
    return rows


# The collection's row


def _fill_collection(
    connection: sqlite3.Connection, decks: Mapping[str, int], titles: Mapping[str, str], name: str,
    kinds: Iterable[str], now: Moment, schedule: Schedule | None, study: StudyOptions,
) -> None:  # fmt: skip
    """Note types, decks by their numbers, presets. All in it comes from what is exported, nothing from the clock."""
    # Anki never changes a preset that it has: other parameters are another preset, with a number of its own.
    own = _preset(0, name, schedule, study)
    preset = stable_id("preset", json.dumps(own))
    first = next(iter(decks.values()), 1)
    above = stable_id("deck", name)
    table = {"1": _deck(1, "Default", 1), str(above): _deck(above, name, preset)}
    for deck, full in deck_names(decks, titles, name).items():
        table[str(decks[deck])] = _deck(decks[deck], full, preset)
    conf = {
        "nextPos": 1, "curDeck": 1, "activeDecks": [1], "sortType": "noteFld", "sortBackwards": False, "timeLim": 0,
        "estTimes": True, "dueCounts": True, "collapseTime": 1200, "newSpread": 0, "addToCur": True, "curModel": None,
        "schedVer": 2, "sched2021": True, "creationOffset": -now.offset, "dayLearnFirst": False,
    }  # fmt: skip
    presets = {"1": _preset(1, "Default", None, StudyOptions()), str(preset): own | {"id": preset}}
    models = {str(note_type(kind).id): _model(kind, first) for kind in sorted(kinds) or list(NAMES)[:1]}
    connection.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
        (created(now), CHANGED * 1000, CHANGED * 1000, *map(json.dumps, (conf, models, table, presets))),
    )


def deck_names(decks: Iterable[str], titles: Mapping[str, str], name: str) -> dict[str, str]:
    """What each deck is called in Anki: its title below the collection's name; of two with one title, its name too."""
    below = {deck: titles.get(deck, deck).replace("::", ": ").strip() or deck for deck in decks}
    twice = {title for title, count in Counter(map(str.casefold, below.values())).items() if count > 1}
    return {
        deck: f"{name}::{title} ({deck})" if title.casefold() in twice else f"{name}::{title}"
        for deck, title in below.items()
    }


def _deck(id_: int, name: str, preset: int) -> dict[str, object]:
    return {
        "id": id_, "name": name, "mod": CHANGED, "usn": -1, "desc": "", "dyn": 0, "conf": preset, "collapsed": False,
        "browserCollapsed": False, "extendNew": 0, "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0],
        "lrnToday": [0, 0], "timeToday": [0, 0],
    }  # fmt: skip


def _preset(id_: int, name: str, schedule: Schedule | None, study: StudyOptions) -> dict[str, object]:
    """How the learner studies here, as a preset: limits of a day, steps, leeches, memory."""
    engine = (
        schedule.engine
        if schedule
        else Engine(retention=study.retention, maximum_interval=study.maximum_interval)
    )
    preset: dict[str, object] = {
        "id": id_, "name": name, "mod": CHANGED, "usn": -1, "maxTaken": 60, "autoplay": True, "timer": 0,
        "replayq": True, "dyn": False,
        "new": {"bury": True, "delays": list(engine.learning), "initialFactor": EASE, "ints": [1, 4, 0], "order": 1,
                "perDay": study.new_per_day},
        "rev": {"bury": True, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": engine.maximum_interval,
                "perDay": study.reviews_per_day, "hardFactor": 1.2},
        "lapse": {"delays": list(engine.relearning), "leechAction": SUSPEND, "leechFails": study.leech_lapses,
                  "minInt": 1, "mult": 0.0},
        "desiredRetention": engine.retention,
    }  # fmt: skip
    return preset | {"fsrsParams6": list(engine.parameters)} if schedule else preset


def _model(kind: str, deck: int) -> dict[str, object]:
    """The note type as Anki's collection table holds it."""
    found = note_type(kind)
    template = {
        "name": "Card 1", "ord": 0, "qfmt": found.front, "afmt": found.back, "bqfmt": "", "bafmt": "", "did": None,
        "bfont": "", "bsize": 0,
    }  # fmt: skip
    fields_ = [
        {"name": name, "ord": n, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for n, name in enumerate(found.fields)
    ]
    return {
        "id": found.id, "name": found.name, "type": int(found.cloze), "mod": CHANGED, "usn": -1, "sortf": 0,
        "did": deck, "tmpls": [template], "flds": fields_, "css": data("anki.css"), "latexPre": "", "latexPost": "",
        "latexsvg": False, "req": [[0, "any", [0]]], "tags": [], "vers": [],
    }  # fmt: skip


# When each card last changed

# A deck file's time says too much (one card changed, all are newer, and edits in Anki would be overwritten) and too
# little (a file copied or checked out may look old). Therefore each card's content as last exported is remembered.

EXPORTED = "exported.json"
Known = dict[str, tuple[int, int]]
"""For each card a checksum of its content, and the second since which it is that."""


def read_known(path: Path) -> Known:
    """What is remembered; nothing, if the file is missing or cannot be used."""
    try:
        kept = json.loads(files.read_bytes(path))
        return {str(card): (int(content), int(since)) for card, (content, since) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_known(path: Path, known: Known) -> None:
    """Remember. In a folder that cannot be written nothing is, and deck files' times count again."""
    with suppress(OSError):
        files.write(files.private_folder(path.parent) / path.name, json.dumps(known), private=True)


def since(
    cards: Iterable[Card], known: Known, times: Mapping[str, int], now: int, media: Media = NONE
) -> Known:
    """Since when each card is as it is: as remembered; changed, now; never exported, its deck file's time.

    What is remembered of other cards stays.
    """
    result = dict(known)
    for card in cards:
        content, before = checksum(card, media), known.get(card.id)
        if before is None:
            result[card.id] = content, min(times.get(card.deck, now), now)
        elif before[0] != content:
            result[card.id] = content, max(now, before[1] + 1)
    return result


def checksum(card: Card, media: Media = NONE) -> int:
    """A number for a card's content as Anki gets it."""
    return zlib.crc32("\x1f".join((card.kind, *fields(card, media), *tags(card))).encode())
