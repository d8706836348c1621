"""An Anki package: cards, and what the learner remembers of them, as Anki's own tables.

The older of Anki's two containers, which every Anki reads: a zip with `collection.anki2` (SQLite, schema 11) and an
empty list of media. A note's guid is the card's id, so that importing again updates and never doubles.

The same state gives the same bytes, except across a change of the learner's offset from UTC, with which Anki reckons
all days (`anki_schedule`).
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.config import StudyOptions
from dp100cards.exchange.anki_collection import INDEXES, TABLES, fill_collection
from dp100cards.exchange.anki_notes import fields
from dp100cards.exchange.anki_schedule import CREATED, RESET, Schedule, log_of, scheduled
from dp100cards.exchange.anki_types import note_type, stable_id
from dp100cards.scheduler.days import Moment

STUDY = StudyOptions()
"""What a learner wishes who said nothing."""

LEVEL = 4
"""How hard the package is deflated: half the time of the usual 6, for a file larger by a tenth."""


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
    study: StudyOptions = STUDY,
) -> Written:
    """Write an `.apkg`, whole or not at all.

    `titles` are the decks' titles by name; `name` stands above them, as in `DP-100::Workspace`. `changed` tells when
    the content of each card last changed (seconds since 1970): Anki takes a note over only if it is newer than its own.
    `study` are the learner's wishes, which become the decks' preset. Raises OSError.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(TABLES)
        connection.execute("BEGIN")
        written = _fill(connection, list(cards), titles, name, now, changed, schedule, study)
        connection.execute("COMMIT")
        connection.executescript(INDEXES)
        collection = connection.serialize()
    finally:
        connection.close()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(_member("collection.anki2"), collection, zipfile.ZIP_DEFLATED, LEVEL)
        package.writestr(_member("media"), "{}")
    files.write(path, packed.getvalue())
    return written


def _member(name: str) -> zipfile.ZipInfo:
    """A member of the zip that says nothing of when or where it was written."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return info


def _fill(
    connection: sqlite3.Connection, cards: list[Card], titles: Mapping[str, str], name: str, now: Moment,
    changed: Mapping[str, int], schedule: Schedule | None, study: StudyOptions,
) -> Written:  # fmt: skip
    decks = {deck: stable_id("deck", name, deck) for deck in dict.fromkeys(card.deck for card in cards)}
    kinds = sorted({card.kind for card in cards})
    fill_collection(connection, decks, titles, name, kinds, now, schedule, study)
    notes, rows, log = [], [], []
    numbers: set[int] = set()
    times: set[int] = set()
    reviews = with_past = 0
    for position, card in enumerate(cards, 1):
        number = stable_id("note", card.id)
        while number in numbers:
            number += 1
        numbers.add(number)
        modified = changed.get(card.id, CREATED)
        notes.append(_note(card, number, modified))
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
    # In the order of their numbers, so that SQLite only ever adds at the end.
    for table in (notes, rows, log):
        table.sort(key=itemgetter(0))
    connection.executemany(f"INSERT INTO notes VALUES ({','.join('?' * 11)})", notes)
    connection.executemany(f"INSERT INTO cards VALUES ({','.join('?' * 18)})", rows)
    connection.executemany(f"INSERT INTO revlog VALUES ({','.join('?' * 9)})", log)
    return Written(len(notes), with_past, reviews)


def _note(card: Card, number: int, modified: int) -> tuple[object, ...]:
    """A row of notes."""
    values = fields(card)
    tags = "".join(f" {tag.replace(' ', '_')}" for tag in (*card.tags, card.status, card.deck) if tag)
    return (
        number, card.id, note_type(card.kind).id, modified, -1, f"{tags} ", "\x1f".join(values), values[0],
        _sum(values[0]), 0, "",
    )  # fmt: skip


def _sum(text: str) -> int:
    """Anki's checksum of a first field: the first eight hexadecimal digits of its SHA-1, without markup."""
    plain = html.unescape(_ELEMENT.sub("", text)) if "<" in text or "&" in text else text
    return int.from_bytes(hashlib.sha1(plain.encode(), usedforsecurity=False).digest()[:4], "big")


_ELEMENT = re.compile(r"<[^>]*>")
