"""The real Anki, to be asked what it makes of our packages, and to answer cards over days that need not pass."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

DAY = 86_400


class RealAnki:
    """A collection of the real Anki."""

    def __init__(self, module: Any, path: Path) -> None:
        self.module, self.path = module, path
        self.collection: Any = module.Collection(str(path))
        self.collection.set_config("fsrs", True)

    def take_in(self, package: Path, *, progress: bool = True, merge: bool = False) -> Any:
        """Import a package, as Anki's import window does; `progress`: with both of its boxes ticked."""
        options = self.module.ImportAnkiPackageOptions(
            with_scheduling=progress, with_deck_configs=progress, merge_notetypes=merge
        )
        request = self.module.ImportAnkiPackageRequest(package_path=str(package), options=options)
        log = self.collection.import_anki_package(request).log
        # The program clears what it remembers of note types after an import; its package for Python does not.
        self.collection.models._clear_cache()
        return log

    def answer(self, count: int, ratings: Iterable[int]) -> list[tuple[str, int]]:
        """Answer so many cards by Anki's own scheduler; what was answered: guid and rating."""
        self.collection.decks.select(self.collection.decks.id("DP-100"))
        done = list[tuple[str, int]]()
        for rating in ratings:
            queued = self.collection.sched.get_queued_cards().cards if len(done) < count else []
            if not queued:
                break
            card = self.collection.get_card(queued[0].card.id)
            card.start_timer()
            answer = self.collection.sched.build_answer(card=card, states=queued[0].states, rating=rating - 1)
            self.collection.sched.answer_card(answer)
            done.append((card.note().guid, rating))
        return done

    def pass_days(self, days: float) -> None:
        """Let days pass: all that has happened, and all that is due, moves so far into the past."""
        seconds = round(days * DAY)
        self.collection.close()
        with closing(sqlite3.connect(self.path)) as database, database:
            database.execute("UPDATE col SET crt = crt - ?", (seconds,))
            # In two steps, for one row must not meet another's number.
            database.execute("UPDATE revlog SET id = -id")
            database.execute("UPDATE revlog SET id = -id - ?", (seconds * 1000,))
            database.execute("UPDATE cards SET mod = mod - ?", (seconds,))
            database.execute("UPDATE cards SET due = due - ? WHERE due > 1000000000", (seconds,))
            for id_, data in database.execute("SELECT id, data FROM cards").fetchall():
                table = json.loads(data or "{}")
                if "lrt" in table:
                    table["lrt"] -= seconds
                    database.execute("UPDATE cards SET data = ? WHERE id = ?", (json.dumps(table), id_))
        self.collection = self.module.Collection(str(self.path))

    def package(self, path: Path, *, legacy: bool = False, scheduling: bool = True) -> Path:
        """Export all as `.apkg`."""
        options = self.module.ExportAnkiPackageOptions(
            with_scheduling=scheduling, with_deck_configs=True, with_media=False, legacy=legacy
        )
        self.collection.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    def whole(self, path: Path, *, legacy: bool = False) -> Path:
        """Export all as `.colpkg`."""
        self.collection.export_collection_package(str(path), include_media=False, legacy=legacy)
        self.collection = self.module.Collection(str(self.path))
        return path

    def log(self) -> list[tuple[Any, ...]]:
        """The review log: id, guid, ease, time, type, interval, factor."""
        rows = self.collection.db.all(
            "SELECT r.id, n.guid, r.ease, r.time, r.type, r.ivl, r.factor FROM revlog r JOIN cards c ON c.id = r.cid"
            " JOIN notes n ON n.id = c.nid ORDER BY r.id"
        )
        return [tuple(row) for row in rows]

    def cards(self) -> dict[str, Any]:
        """Every card by its note's guid."""
        cards = [self.collection.get_card(id_) for id_ in self.collection.find_cards("")]
        return {card.note().guid: card for card in cards}

    def close(self) -> None:
        """Close the collection."""
        self.collection.close()


@pytest.fixture
def new_anki(tmp_path: Path) -> Iterator[Callable[[], RealAnki]]:
    """Makes empty collections of the real Anki."""
    module = pytest.importorskip("anki.collection")
    made: list[RealAnki] = []

    def make() -> RealAnki:
        made.append(RealAnki(module, tmp_path / f"anki-{len(made)}.anki2"))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def anki(new_anki: Callable[[], RealAnki]) -> RealAnki:
    """An empty collection of the real Anki."""
    return new_anki()


def only(package: Path, member: str, path: Path) -> Path:
    """A package of nothing but one member of another: how the oldest Anki wrote them."""
    with zipfile.ZipFile(package) as theirs, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as ours:
        ours.writestr("collection.anki2", theirs.read(member))
        ours.writestr("media", "{}")
    return path


@pytest.fixture
def oldest() -> Callable[[Path, str, Path], Path]:
    """Rewrites a package in the oldest container."""
    return only


@pytest.fixture
def dump() -> Callable[[Path], list[str]]:
    """All that a data folder's progress file holds, as text; nothing, if there is none."""

    def dumped(data: Path) -> list[str]:
        if not (data / "progress.db").exists():
            return []
        with closing(sqlite3.connect(data / "progress.db")) as database:
            return list(database.iterdump())

    return dumped
