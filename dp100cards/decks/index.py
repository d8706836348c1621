"""The compiled decks: an SQLite file from which the first card is there at once.

A cache, keyed by collection. A deck file is read again only when its size or time has changed; if the cache cannot be
used it is made anew, and where the disk cannot be written it lives in memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self
from zlib import crc32

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.decks.collection import Collection, from_data, to_data
from dp100cards.errors import ContentError, Problem

FORMAT = 14  # raise it when what is kept, or how a deck is read, changes


class Entry(NamedTuple):
    """What the queue needs to know of a card, without its text."""

    id: str
    deck: str
    kind: str
    fact: str  # siblings have the same
    tag_text: str
    status: str
    area: str
    level: str
    skill_text: str

    @property
    def skills(self) -> tuple[str, ...]:
        return _parts(self.skill_text)

    @property
    def tags(self) -> tuple[str, ...]:
        return _parts(self.tag_text)

    @property
    def place(self) -> tuple[str, str, str]:
        """Cards of one place are of the same area of any exam, and serve the same skills."""
        return self.deck, self.area, self.skill_text


class DeckEntry(NamedTuple):
    name: str
    title: str
    area: str
    size: int


ENTRY = "id, card.deck, kind, fact, tags, status, card.area, level, skills"
CARDS = "FROM deck CROSS JOIN card USING (path)"
"""Every card once, deck by deck: SQLite need not sort what is asked for in this order."""
BY_DECK = "ORDER BY rank, name"


class Index:
    """All decks of a collection, as they are on disk now. Cards come in the order of the notes, then of the deck."""

    def __init__(self, connection: sqlite3.Connection, collection: Collection) -> None:
        self._db, self._collection = connection, collection
        self.close, self.key_of, self.shown = connection.close, collection.key_of, collection.shown

    @classmethod
    def open(cls, collection: Collection, folder: Path) -> Self:
        """Open the cache of a collection in `folder` and bring it up to date with the deck files."""
        path = folder / f"{collection.key}.db"
        for place in (path, path, None):
            try:
                index = cls(_connect(place), collection)
                index.refresh()
                return index
            except (sqlite3.Error, OSError):
                with suppress(OSError):
                    files.remove(path)
        raise AssertionError("an index in memory can always be made")

    def refresh(self) -> None:
        """Read what has changed on disk since the last time."""
        known = {path: stamp for path, *stamp in self._db.execute("SELECT path, size, changed FROM deck")}
        found = {str(path): _stamp(path) for path in self._collection.deck_files()}
        changed = sorted(path for path in known | found if known.get(path) != found.get(path))
        if not changed:
            return
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("DELETE FROM deck WHERE path = ?", [(path,) for path in changed])
            for path in changed:
                if path in found:
                    self._compile(Path(path), *found[path])

    def _compile(self, path: Path, size: int, changed: int | None) -> None:
        import hashlib  # this and YAML take 25 ms, and most days no deck has changed

        from dp100cards.decks.read import read_deck_file

        reading = read_deck_file(path, str(path))
        deck, problems, rows = reading.deck, [*reading.problems], []
        for position, card in enumerate(deck.cards):
            where = reading.places[card.id]
            if there := self.place(card.id):
                at = ":".join(map(str, (self.shown(there[0]), *there[1:])))
                message = f"card {card.id}: the id is used at {at} already; give one of the two a new id"
                problems.append(Problem(str(path), *where, message))
                changed = None  # the next time it may be used no more
                continue
            fact = hashlib.blake2b(card.fact.encode(), digest_size=8).hexdigest()
            body = json.dumps(to_data(card, deck_area=deck.area), ensure_ascii=False)
            tags, skills = "\n".join(card.tags), "\n".join(card.skills)
            entry = (card.id, deck.name, card.kind, fact, tags, card.status, card.area, card.level, skills)
            rows.append((str(path), position, *entry, *where, body))
        if not reading.text:
            changed = None  # nothing may tell when it can be read
        # Case studies ask of several notes at once; they come after the decks of those.
        notes = (c.source.note for c in deck.cards if c.source and c.source.note and not c.scenario)
        row = (str(path), size, changed, deck.name, deck.title, deck.area, min(notes, default="~"))
        self._db.execute("INSERT INTO deck VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._db.executemany(f"INSERT INTO card VALUES ({'?, ' * 14} NULL, NULL)", rows)
        self._db.execute(_sql("begun.sql"), {"path": str(path), "offset": crc32(deck.name.encode()) / 2**32})
        self._db.executemany("INSERT INTO problem VALUES (?, ?, ?, ?)", problems)

    def each(self, *, begun: bool = False) -> Iterator[Entry]:
        """Every card, without its text, fetched as they are asked for; or deck by deck in the order they are begun."""
        order = "phase, turn" if begun else "position"
        return map(Entry._make, self._db.execute(f"SELECT {ENTRY} {CARDS} {BY_DECK}, {order}"))

    def places(self) -> list[tuple[Entry, int]]:
        """A card of each place, and how many there are in it."""
        rows = self._db.execute(f"SELECT count(*), {ENTRY} FROM card GROUP BY card.deck, card.area, skills")
        return [(Entry._make(row), count) for count, *row in rows]

    def fresh(self, asked: Container[str]) -> Iterator[Entry]:
        """The cards that are not among `asked`, in the order in which they are begun, fetched as they are asked for.

        Decks take turns, so that a day shows more than one subject. In each deck one card of every line of its note
        comes before the second of any, and what is outdated last. Items of exam level come after all others: they
        are for mock exams first, and an item that the learner has studied tests little.
        """
        query = """SELECT id FROM card CROSS JOIN deck USING (path) WHERE phase < 2
            ORDER BY phase, turn, rank, name"""
        for (id_,) in self._db.execute(query):
            if id_ not in asked:
                yield self.entries_of([id_])[id_]

    def entries_of(self, ids: Iterable[str]) -> dict[str, Entry]:
        """The entries of some cards, by id; those that no deck holds are left out."""
        query = f"SELECT {ENTRY} FROM card WHERE id IN (SELECT value FROM json_each(?))"
        return {row[0]: Entry._make(row) for row in self._db.execute(query, (json.dumps([*ids]),))}

    def siblings(self, id_: str) -> list[str]:
        query = """SELECT id FROM card WHERE id <> :id
            AND fact = (SELECT fact FROM card WHERE id = :id) ORDER BY id"""
        return [row[0] for row in self._db.execute(query, {"id": id_})]

    def begun_late(self) -> set[str]:
        """The cards that are begun after all others: items of exam level, and what is outdated."""
        return {id_ for (id_,) in self._db.execute("SELECT id FROM card WHERE phase > 0")}

    def ids(self) -> set[str]:
        return {row[0] for row in self._db.execute("SELECT id FROM card")}

    def texts(self) -> Iterator[tuple[Entry, str, str]]:
        """Every card with what it asks and, to look for words in, its answer or options in no order worth showing."""
        query = f"""SELECT {ENTRY}, json_extract(body, '$.ask'), replace(replace(coalesce(
            json_extract(body, '$.answer'), json_extract(body, '$.options'), ''), '"text":', ''), '"right":true', '')
            {CARDS} {BY_DECK}, position"""
        for *entry, ask, more in self._db.execute(query):
            yield Entry._make(entry), ask, more

    def card(self, id_: str) -> Card | None:
        """A card with all its text, or None if no deck holds it."""
        return next(self._cards("id = ?", id_), None)

    def cards(self, decks: Iterable[str] | None = None) -> Iterator[Card]:
        """All cards, or those of some decks, with all their text; each id once."""
        if decks is None:
            return self._cards("true")
        return self._cards("card.deck IN (SELECT value FROM json_each(?))", json.dumps([*decks]))

    def _cards(self, which: str, *values: str) -> Iterator[Card]:
        query = f"SELECT body, card.deck, deck.area {CARDS} WHERE {which} {BY_DECK}, position"
        for body, deck, area in self._db.execute(query, values).fetchall():
            yield from_data(json.loads(body), deck=deck, area=area)

    def decks(self) -> list[DeckEntry]:
        """The decks, in the order of the notes that they come from."""
        query = "SELECT name, title, deck.area, count(id) FROM deck LEFT JOIN card USING (path)"
        return [DeckEntry(*row) for row in self._db.execute(f"{query} GROUP BY deck.path {BY_DECK}")]

    def place(self, id_: str) -> tuple[Path, int, int] | None:
        """The file, line and column where a card begins, or None if no deck holds it."""
        row = self._db.execute("SELECT path, line, col FROM card WHERE id = ?", (id_,)).fetchone()
        return (Path(row[0]), row[1], row[2]) if row else None

    def note(self, name: str) -> str | None:
        """The text of a note, by its path below `notes/`, or None if it cannot be read."""
        try:
            return self._collection.note_text(self._collection.notes / name)
        except (OSError, ValueError, ContentError):
            return None

    def problems(self) -> list[Problem]:
        """Every mistake in the deck files, and every id that is in two of them."""
        rows = self._db.execute("SELECT path, line, col, message FROM problem")
        found = [Problem(self.shown(Path(path)), *rest) for path, *rest in rows]
        return sorted(found + self._collection.odd_names())


def _connect(path: Path | None) -> sqlite3.Connection:
    """Open the cache, made anew if it is of another format; None is one in memory."""
    if path is not None:
        files.private_folder(path.parent)
        files.make_private(path)
    connection = sqlite3.connect(path or ":memory:", timeout=5, isolation_level=None)
    connection.executescript("PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        script = f"BEGIN IMMEDIATE; {_sql('index.sql')} PRAGMA user_version = {FORMAT}; COMMIT"
        connection.executescript(script)
    return connection


def _sql(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _stamp(path: Path) -> list[int]:
    """A file's size and the time of its last change, by which it is seen to be another than before."""
    try:
        status = path.stat()
    except OSError:
        return [0, 0]
    return [status.st_size, status.st_mtime_ns]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
