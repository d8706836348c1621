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
from typing import Any

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.config import StudyOptions
from dp100cards.exchange import anki_notes
from dp100cards.exchange.anki_notes import NONE, Media, data, fields, note_type, stable_id, tags
from dp100cards.scheduler.engine import Engine, advance, replay
from dp100cards.scheduler.event import LEARNING, RELEARNING, REVIEW, CardState, Event, Moment, day_of, in_time

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


def schedule_of(engine: Engine, states: Mapping[str, CardState], events: Iterable[Event]) -> Schedule:
    """The schedule of all events of a store."""
    by_card: dict[str, list[Event]] = {}
    for event in events:
        by_card.setdefault(event.card, []).append(event)
    return Schedule(engine, states, {card: in_time(mine) for card, mine in by_card.items()})


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a package."""

    notes: int
    scheduled: int
    reviews: int


def write_package(
    path: Path, cards: Sequence[Card], titles: Mapping[str, str], name: str, now: Moment, changed: Mapping[str, int],
    schedule: Schedule | None = None, study: StudyOptions = STUDY, media: Media = NONE,
) -> Written:  # fmt: skip
    """Write an `.apkg`, whole or not at all. Raises OSError.

    `titles` are the decks' titles by name; `name` is above them, as in `DP-100::Workspace`. `changed` has the second
    in which the content of each card last changed: Anki takes a note over only if it is newer than its own. `study`
    becomes the decks' preset.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        decks = deck_names(dict.fromkeys(card.deck for card in cards), titles, name)
        _fill_collection(connection, decks, name, {card.kind for card in cards}, now, schedule, study)
        written = _fill(connection, cards, name, now, changed, schedule, media)
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
    connection: sqlite3.Connection, cards: Sequence[Card], name: str, now: Moment, changed: Mapping[str, int],
    schedule: Schedule | None, media: Media,
) -> Written:  # fmt: skip
    notes, rows, log = [], [], []
    times: set[int] = set()
    reviews = with_past = 0
    numbers = note_numbers(cards)
    decks = {deck: stable_id("deck", name, deck) for deck in {card.deck for card in cards}}
    for position, card in enumerate(cards, 1):
        number, modified, values = numbers[card.id], changed.get(card.id, CREATED), fields(card, media)
        notes.append((
            number, card.id, note_type(card.kind).id, modified, -1, f" {' '.join(tags(card))} ", "\x1f".join(values),
            values[0], _sum(values[0]), 0, "",
        ))  # fmt: skip
        state = schedule.states.get(card.id) if schedule else None
        # Numbers of cards and of notes are apart; the same one twice packs better.
        known = scheduled(state, position, now, schedule)
        rows.append((number, number, decks[card.deck], 0, modified, -1, *known))
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
    numbers: dict[int, str] = {}
    for card in cards:
        number = stable_id("note", card.id)
        while number in numbers:
            number += 1
        numbers[number] = card.id
    return {id_: number for number, id_ in numbers.items()}


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
    counts = (EASE if kind else 0, state.reps, state.lapses, left)
    return kind, queue, due, interval, *counts, 0, 0, state.flag, json.dumps(details)


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
        before, state = state, advance(schedule.engine, state, event)
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
        took = min(event.took, 60_000)
        rows.append((id_, number, -1, event.rating, interval, last, factor, took, kind))
        last = interval
    return rows


# The collection's row


def _fill_collection(
    connection: sqlite3.Connection, decks: Mapping[str, str], name: str, kinds: Iterable[str], now: Moment,
    schedule: Schedule | None, study: StudyOptions,
) -> None:  # fmt: skip
    """Note types, decks by their numbers, presets. All in it comes from what is exported, nothing from the clock."""
    given: dict[str, dict[str, Any]] = json.loads(data("anki.json"))
    mod = anki_notes.CHANGED

    def deck(id_: int, name: str, preset: int) -> dict[str, object]:
        return given["deck"] | {"id": id_, "name": name, "mod": mod, "conf": preset}

    def model(kind: str) -> dict[str, object]:
        found = note_type(kind)
        return given["model"] | {
            "id": found.id, "name": found.name, "type": int(found.cloze), "mod": mod, "did": 1, "css": data("anki.css"),
            "tmpls": [given["template"] | {"qfmt": found.front, "afmt": found.back}],
            "flds": [given["field"] | {"name": name, "ord": n} for n, name in enumerate(found.fields)],
        }  # fmt: skip

    def preset(name: str, schedule: Schedule | None, study: StudyOptions) -> dict[str, Any]:
        """How the learner studies here: limits of a day, steps, leeches, memory."""
        usual = Engine(retention=study.retention, maximum_interval=study.maximum_interval)
        engine = schedule.engine if schedule else usual
        learned = {"fsrsParams6": list(engine.parameters)} if schedule else {}
        longest = {"maxIvl": engine.maximum_interval, "perDay": study.reviews_per_day}
        return given["preset"] | {
            "name": name, "desiredRetention": engine.retention, "rev": given["rev"] | longest,
            "new": given["new"] | {"delays": list(engine.learning), "perDay": study.new_per_day},
            "lapse": given["lapse"] | {"delays": list(engine.relearning), "leechFails": study.leech_lapses},
        } | learned  # fmt: skip

    # Anki never changes a preset that it has: other parameters are another preset, with a number of its own. It is made
    # of the whole preset, for which reason `anki.json` keeps its order and its first time.
    own = preset(name, schedule, study)
    number, above = stable_id("preset", json.dumps(own)), stable_id("deck", name)
    table = {"1": deck(1, "Default", 1), str(above): deck(above, name, number)}
    for deck_, full in decks.items():
        id_ = stable_id("deck", name, deck_)
        table[str(id_)] = deck(id_, full, number)
    conf = given["conf"] | {"creationOffset": -now.offset}
    usual = preset("Default", None, StudyOptions())
    presets = {"1": usual | {"id": 1, "mod": mod}, str(number): own | {"id": number, "mod": mod}}
    models = {str(note_type(kind).id): model(kind) for kind in sorted(kinds) or ["basic"]}
    connection.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
        (created(now), mod * 1000, mod * 1000, *map(json.dumps, (conf, models, table, presets))),
    )


def deck_names(decks: Iterable[str], titles: Mapping[str, str], name: str) -> dict[str, str]:
    """What each deck is called in Anki: its title below the collection's name; of two with one title, its name too."""
    below = {deck: titles.get(deck, deck).replace("::", ": ").strip() or deck for deck in decks}
    count = Counter(title.casefold() for title in below.values())
    return {
        deck: f"{name}::{title}" + (f" ({deck})" if count[title.casefold()] > 1 else "")
        for deck, title in below.items()
    }


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
    """Since when each card is as it is: as remembered; changed, now; never exported, its deck file's time."""
    result = dict(known)
    for card in cards:
        content = zlib.crc32("\x1f".join((card.kind, *fields(card, media), *tags(card))).encode())
        before = known.get(card.id)
        if before is None:
            result[card.id] = content, min(times.get(card.deck, now), now)
        elif before[0] != content:
            result[card.id] = content, max(now, before[1] + 1)
    return result
