"""The compiled decks: an SQLite file from which the first card is there at once.

A cache, keyed by collection. A deck file is read again only when its size, time or bytes have changed; if the
cache cannot be used it is made anew, and where the disk cannot be written it lives in memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, Self
from zlib import crc32

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.decks.codec import from_data, to_data
from dp100cards.decks.collection import Collection
from dp100cards.errors import NOT_READ, ContentError, Problem

FORMAT = 9
"""Raise it when what is kept, or how a deck is read, changes."""

SCHEMA = """
CREATE TABLE file (path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, hash TEXT) STRICT;
CREATE TABLE deck (name TEXT PRIMARY KEY, path TEXT, title TEXT, area TEXT, rank TEXT) STRICT;
CREATE TABLE card (
    path TEXT, position INTEGER, id TEXT, deck TEXT, kind TEXT, fact TEXT, tags TEXT, status TEXT, area TEXT,
    level TEXT, skills TEXT, turn INTEGER, line INTEGER, col INTEGER, body TEXT, PRIMARY KEY (path, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_by_id ON card (id);
CREATE INDEX card_by_fact ON card (fact);
CREATE INDEX card_entry ON card (path, position, id, deck, kind, fact, tags, status, area, level, skills, turn);
CREATE INDEX card_turn ON card (path, turn, position, id);
CREATE TABLE problem (path TEXT, line INTEGER, col INTEGER, message TEXT) STRICT;
"""
ITEM = 1_000_000
"""Added to the turn of an item of exam level."""
OUTDATED = 2_000_000
"""Added to the turn of a card that is outdated: it comes after all others of its deck."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the queue needs to know of a card, without its text."""

    id: str
    deck: str
    kind: str
    fact: str
    """Cards with the same `fact` are siblings."""
    tag_text: str
    status: str
    area: str
    level: str
    skill_text: str

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills that the card serves."""
        return tuple(self.skill_text.split("\n")) if self.skill_text else ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The card's tags."""
        return tuple(self.tag_text.split("\n")) if self.tag_text else ()


class Place(NamedTuple):
    """Where cards belong: what an exam asks of a card. A tuple, for there may be ten thousand cards."""

    deck: str
    area: str
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeckEntry:
    """A deck without its cards."""

    name: str
    title: str
    area: str
    path: Path
    size: int


class Index:
    """All decks of a collection, as they are on disk now. Cards come in the order of the notes, then of the deck."""

    def __init__(self, connection: sqlite3.Connection, collection: Collection) -> None:
        self._db = connection
        self._collection = collection

    @classmethod
    def open(cls, collection: Collection, folder: Path) -> Self:
        """Open the cache of a collection in `folder` and bring it up to date with the deck files."""
        path = folder / f"{collection.key}.db"
        for attempt in range(3):
            try:
                index = cls(_connect(path if attempt < 2 else None), collection)
                index.refresh()
                return index
            except (sqlite3.Error, OSError):
                if attempt == 0:
                    with suppress(OSError):
                        files.remove(path)
        raise AssertionError("an index in memory can always be made")

    def close(self) -> None:
        """Close the cache."""
        self._db.close()

    def refresh(self) -> None:
        """Read what has changed on disk since the last time."""
        files = {str(path): path for path in self._collection.deck_files()}
        known = {row[0]: row[1:] for row in self._db.execute("SELECT path, size, changed, hash FROM file")}
        gone = known.keys() - files.keys()
        stale = []
        for name, path in files.items():
            size, changed = stamp(path)
            if known.get(name, (None, None))[:2] != (size, changed) or size == UNREADABLE:
                stale.append((name, path, size, changed))
        if not gone and not stale:
            return
        import hashlib

        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for name in gone:
                self._forget(name)
            for name, path, size, changed in stale:
                source = _read_bytes(path)
                digest = hashlib.blake2b(source, digest_size=16).hexdigest() if source is not None else ""
                size = UNREADABLE if source is None else size
                if source is None or name not in known or known[name][2] != digest:
                    self._forget(name)
                    self._compile(name, path, source)
                self._db.execute(
                    "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", (name, size, changed, digest)
                )

    def entries(self) -> list[Entry]:
        """Every card once, without its text. Of two cards with one id the first counts."""
        return list(self.each())

    def each(self) -> Iterator[Entry]:
        """Every card once, as `entries`, fetched as they are asked for."""
        seen: set[str] = set()
        query = f"SELECT {ENTRY} FROM card INDEXED BY card_entry WHERE path = ? ORDER BY position"
        for (path,) in self._db.execute("SELECT path FROM deck ORDER BY rank, name").fetchall():
            for row in self._db.execute(query, (path,)):
                if row[0] not in seen:
                    seen.add(row[0])
                    yield Entry(*row)

    def places(self) -> Iterator[tuple[str, str, Place]]:
        """Id, kind and place of every card once, in the order in which cards are begun, as in `fresh`."""
        query = """SELECT id, kind, deck, area, skills FROM card INDEXED BY card_entry WHERE path = ?
            ORDER BY turn, position"""
        seen: set[str] = set()
        found: dict[tuple[str, str, str], Place] = {}
        for (path,) in self._db.execute("SELECT path FROM deck ORDER BY rank, name").fetchall():
            rows = [row for row in self._db.execute(query, (path,)) if row[0] not in seen]
            for id_, kind, *where in rows:
                deck, area, skills = key = tuple(where)
                if key not in found:
                    found[key] = Place(deck, area, tuple(filter(None, skills.split("\n"))))
                yield id_, kind, found[key]
            seen.update(row[0] for row in rows)

    def fresh(self, asked: set[str]) -> Iterator[Entry]:
        """The cards that are not among `asked`, in the order in which they are begun, fetched as they are asked for.

        Decks take turns, so that a day shows more than one subject. In each deck one card of every line of its note
        comes before the second of any, and what is outdated last. Items of exam level come after all others: they
        are for mock exams first, and an item that the learner has studied tests little.
        """
        paths = [path for (path,) in self._db.execute("SELECT path FROM deck ORDER BY rank, name")]
        seen = set(asked)
        for items in (False, True):
            for each_deck in zip_longest(*(self._begun_in(path, items=items) for path in paths)):
                ids = [id_ for id_ in each_deck if id_ is not None and id_ not in seen]
                seen.update(ids)
                if ids:
                    entries = self.entries_of(ids)
                    yield from (entries[id_] for id_ in ids)

    def _begun_in(self, path: str, *, items: bool) -> Iterator[str]:
        """The cards of a deck in the order in which they are begun: its items of exam level, or the rest."""
        query = """SELECT id, turn, position FROM card INDEXED BY card_turn
            WHERE path = ? AND (turn, position) > (?, ?) AND turn < ? ORDER BY turn, position LIMIT 100"""
        place, end = ((ITEM, -1), ITEM + OUTDATED) if items else ((-1, -1), ITEM)
        while rows := self._db.execute(query, (path, *place, end)).fetchall():
            place = rows[-1][1:]
            yield from (row[0] for row in rows)

    def entries_of(self, ids: Iterable[str]) -> dict[str, Entry]:
        """The entries of some cards, by id; those that no deck holds are left out."""
        found: dict[str, Entry] = {}
        wanted = list(ids)
        for n in range(0, len(wanted), 500):
            part = wanted[n : n + 500]
            places = ", ".join("?" * len(part))
            query = (
                f"SELECT {ENTRY} FROM card JOIN deck USING (path) WHERE id IN ({places}) ORDER BY rank, name"
            )
            for row in self._db.execute(query, part):
                if row[0] not in found:
                    found[row[0]] = Entry(*row)
        return found

    def siblings(self, id_: str) -> list[str]:
        """The ids of the other cards of the same fact."""
        query = """
            SELECT DISTINCT id FROM card WHERE id <> :id AND fact IN (SELECT fact FROM card WHERE id = :id)
            ORDER BY id
        """
        return [row[0] for row in self._db.execute(query, {"id": id_})]

    def ids(self) -> set[str]:
        """The ids of all cards."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT id FROM card")}

    def texts(self) -> dict[str, tuple[str, str]]:
        """What each card asks, and its answer or options in no order worth showing: to look for words in."""
        query = """SELECT id, json_extract(body, '$.ask'), replace(replace(coalesce(json_extract(body, '$.answer'),
            json_extract(body, '$.options'), ''), '"text":', ''), '"right":true', '') FROM card"""
        return {id_: (ask, more) for id_, ask, more in self._db.execute(query)}

    def card(self, id_: str) -> Card | None:
        """A card with all its text, or None if no deck holds it."""
        row = self._db.execute(f"{SELECT_CARD} WHERE card.id = ? {BY_RANK} LIMIT 1", (id_,)).fetchone()
        return _card(row) if row else None

    def cards(self, decks: Iterable[str] | None = None) -> Iterator[Card]:
        """All cards, or those of some decks, with all their text; each id once."""
        wanted = None if decks is None else set(decks)
        seen: set[str] = set()
        for row in self._db.execute(f"{SELECT_CARD} {BY_RANK}"):
            card = _card(row)
            if card.id not in seen and (wanted is None or card.deck in wanted):
                seen.add(card.id)
                yield card

    def decks(self) -> list[DeckEntry]:
        """The decks, in the order of the notes that they come from."""
        query = """
            SELECT deck.name, title, deck.area, deck.path, count(card.id) FROM deck LEFT JOIN card USING (path)
            GROUP BY deck.name ORDER BY deck.rank, deck.name
        """
        return [
            DeckEntry(name, title, area, Path(path), n)
            for name, title, area, path, n in self._db.execute(query)
        ]

    def place(self, id_: str) -> tuple[Path, int, int] | None:
        """The file, line and column where a card begins, or None if no deck holds it."""
        query = f"SELECT card.path, line, col FROM card JOIN deck USING (path) WHERE id = ? {BY_RANK} LIMIT 1"
        row = self._db.execute(query, (id_,)).fetchone()
        return (Path(row[0]), row[1], row[2]) if row else None

    def shown(self, path: Path) -> str:
        """A deck file's path as `problems` names it."""
        return self._collection.shown(path)

    def key_of(self, id_: str) -> str:
        """The semantic key of a card; see `Collection.key_of`."""
        return self._collection.key_of(id_)

    def note(self, name: str) -> str | None:
        """The text of a note, by its path below `notes/`, or None if it cannot be read."""
        try:
            return self._collection.note_text(self._collection.notes / name)
        except (OSError, ValueError, ContentError):
            return None

    def problems(self) -> list[Problem]:
        """Every mistake in the deck files, and every id that stands in two of them."""
        found = [Problem(*row) for row in self._db.execute("SELECT path, line, col, message FROM problem")]
        query = """
            SELECT id, card.path, line, col FROM card JOIN deck USING (path)
            WHERE id IN (SELECT id FROM card GROUP BY id HAVING count(*) > 1) ORDER BY id, deck.rank, deck.name
        """
        first: dict[str, str] = {}
        for id_, path, line, column in self._db.execute(query):
            shown = self._collection.shown(Path(path))
            if id_ in first:
                message = f"card {id_}: the id stands at {first[id_]} already; give one of the two a new id"
                found.append(Problem(shown, line, column, message))
            else:
                first[id_] = f"{shown}:{line}:{column}"
        return sorted(found + self._collection.odd_names())

    def _forget(self, name: str) -> None:
        shown = self._collection.shown(Path(name))
        for table in ("file", "deck", "card"):
            self._db.execute(f"DELETE FROM {table} WHERE path = ?", (name,))
        self._db.execute("DELETE FROM problem WHERE path = ?", (shown,))

    def _compile(self, name: str, path: Path, source: bytes | None) -> None:
        """Read one deck file into the tables."""
        import hashlib

        from dp100cards.decks.read import read_deck

        shown = self._collection.shown(path)
        if source is None:
            self._db.execute("INSERT INTO problem VALUES (?, 0, 0, ?)", (shown, NOT_READ))
            return
        reading = read_deck(source, shown, path.stem)
        deck = reading.deck
        # Case studies ask of several notes at once; they come after the decks of those.
        rank = min(
            (c.source.note for c in deck.cards if c.source and c.source.note and not c.scenario), default="~"
        )
        self._db.execute(
            "INSERT INTO deck VALUES (?, ?, ?, ?, ?)", (deck.name, name, deck.title, deck.area, rank)
        )
        self._db.executemany(
            "INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    name, position, card.id, deck.name, card.kind,
                    hashlib.blake2b(card.fact.encode(), digest_size=8).hexdigest(),
                    "\n".join(card.tags), card.status, card.area, card.level, "\n".join(card.skills),
                    turn, reading.places[card.id].line, reading.places[card.id].column,
                    json.dumps(to_data(card, deck_area=deck.area), ensure_ascii=False),
                )
                for (position, card), turn in zip(enumerate(deck.cards), _turns(deck.cards), strict=True)
            ],
        )  # fmt: skip
        rows = [(p.path, p.line, p.column, p.message) for p in reading.problems]
        self._db.executemany("INSERT INTO problem VALUES (?, ?, ?, ?)", rows)


def _connect(path: Path | None) -> sqlite3.Connection:
    """Open the cache, made anew if it is of another format; None is one in memory."""
    if path is not None:
        files.private_folder(path.parent)
    connection = sqlite3.connect(path or ":memory:", timeout=5, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        connection.execute("BEGIN IMMEDIATE")
        for table in ("file", "deck", "card", "problem"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in filter(str.strip, SCHEMA.split(";\n")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    return connection


def _turns(cards: Sequence[Card]) -> list[int]:
    """When each card of a deck is begun: the first of every line of a note, then the second of each, and onward.

    Kinds are spread over the deck: the cards that are no plain question come at even distances among those that are,
    in each deck at another place, so that a day that takes from many decks has some of them.
    """
    met: Counter[str] = Counter()
    groups: dict[tuple[bool, bool, bool], list[tuple[int, int]]] = {}
    for position, card in enumerate(cards):
        line = f"{card.source.note}:{card.source.lines[0]}" if card.source else card.id
        group = card.status == "outdated", card.level == "exam", card.kind == "basic"
        groups.setdefault(group, []).append((met[line], position))
        met[line] += 1
    begun = []
    for (outdated, item, basic), places in groups.items():
        offset = 0.5 if basic else crc32(cards[0].deck.encode()) / 2**32
        for n, (_, position) in enumerate(sorted(places)):
            begun.append((outdated, item, (n + offset) / len(places), position))
    turns = [0] * len(cards)
    for turn, (outdated, item, _, position) in enumerate(sorted(begun)):
        turns[position] = turn + ITEM * item + OUTDATED * outdated
    return turns


ENTRY = "card.id, card.deck, card.kind, card.fact, card.tags, card.status, card.area, card.level, card.skills"
SELECT_CARD = "SELECT card.body, card.deck, deck.area FROM card JOIN deck USING (path)"
BY_RANK = "ORDER BY deck.rank, deck.name, card.position"


def _card(row: tuple[str, str, str]) -> Card:
    body, deck, area = row
    return from_data(json.loads(body), deck=deck, area=area)


UNREADABLE = -1
"""In place of a file's size: it is tried again every time, for nothing may tell that it can be read now."""


def stamp(path: Path) -> tuple[int, int]:
    """A file's size and the time of its last change, by which it is seen to be another than before."""
    try:
        status = path.stat()
    except OSError:
        return UNREADABLE, 0
    return status.st_size, status.st_mtime_ns


def _read_bytes(path: Path) -> bytes | None:
    try:
        return files.read_bytes(path)
    except OSError:
        return None
