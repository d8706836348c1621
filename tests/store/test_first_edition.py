"""A progress file of the first edition: everything that the learner did is there after the upgrade.

`expected.json` was written by the first edition itself, from the same file.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dp100cards.exam.score import score
from dp100cards.exam.sitting import Sitting
from dp100cards.scheduler.event import Moment
from dp100cards.store import disk, sittings
from dp100cards.store.store import FILE, Store

FIRST = Path(__file__).resolve().parents[1] / "fixtures" / "first-edition"
SAID = json.loads((FIRST / "expected.json").read_text(encoding="utf-8"))
NOW = Moment(*SAID["now"])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return a_copy(tmp_path)


@pytest.fixture
def first(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The file as the first edition left it."""
    with closing(sqlite3.connect(a_copy(tmp_path / "first") / FILE)) as connection:
        yield connection


def a_copy(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    shutil.copyfile(FIRST / FILE, folder / FILE)
    return folder


def opened(data: Path) -> Store:
    return Store.open(data, NOW)


def schema(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    return [(name, sql) for name, sql in rows if not name.startswith("sqlite_")]


def test_every_event_review_and_undo_is_there(data: Path, first: sqlite3.Connection) -> None:
    columns = "id, card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes"
    before = first.execute(f"SELECT {columns} FROM event ORDER BY id").fetchall()
    with opened(data) as store:
        after = store.connection.execute(f"SELECT {columns} FROM event ORDER BY id").fetchall()
        assert after == before
        assert len(after) == SAID["events"]
        assert store.connection.execute("SELECT count(*) FROM review").fetchone() == (SAID["reviews"],)
        assert sorted(e.undoes for e in store.events(undone=True) if e.undoes) == sorted(SAID["undone"])


def test_every_card_is_where_it_was(data: Path) -> None:
    with opened(data) as store:
        found = {card: state._asdict() for card, state in store.states().items()}
    assert found.keys() == SAID["states"].keys()
    for card, before in SAID["states"].items():
        after = found[card]
        assert after.pop("rejected") is False
        for figure in ("stability", "difficulty"):
            assert after.pop(figure) == pytest.approx(before[figure], rel=1e-5)
        assert after.items() <= before.items()


def test_every_sitting_is_there_and_the_open_one_goes_on(data: Path) -> None:
    with opened(data) as store:
        for kept, before in zip(sittings.every(store), SAID["sittings"], strict=True):
            assert as_said(kept) == before
        waiting = sittings.latest_open(store)
        assert waiting is not None
        assert waiting.id == SAID["open"]


def as_said(sitting: Sitting) -> dict[str, Any]:
    return {
        "id": sitting.id, "phase": sitting.phase, "used": sitting.used, "at": sitting.at,
        "questions": [card.id for card in sitting.questions],
        "answers": [list(place.answer) for place in sitting.places],
        "marked": sitting.marked, "locked": sorted(sitting.locked),
        "score": score(sitting).score if sitting.over else None,
    }  # fmt: skip


def test_fitted_parameters_and_settings_stay(data: Path) -> None:
    with opened(data) as store:
        assert store.engine != store.usual
        assert store.engine.parameters[0] == 0.3
        assert store.setting("anki") == '{"seen": 1}'


def test_the_upgraded_file_is_as_a_new_one_and_was_backed_up(
    data: Path, tmp_path: Path, first: sqlite3.Connection
) -> None:
    with opened(data) as store, Store.open(tmp_path / "new", NOW) as new:
        assert schema(store.connection) == schema(new.connection)
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = [path for path in disk.existing(data / FILE) if "before-format" in path.name]
    with closing(sqlite3.connect(kept[0])) as old:
        assert list(old.iterdump()) == list(first.iterdump())


def test_two_copies_of_one_file_get_the_same_uids(data: Path, tmp_path: Path) -> None:
    with opened(data) as one, opened(a_copy(tmp_path / "other")) as other:
        for table in ("event", "sitting", "sitting_event"):
            query = f"SELECT uid FROM {table} ORDER BY id"
            found = one.connection.execute(query).fetchall()
            assert found == other.connection.execute(query).fetchall()
            assert len(set(found)) == len(found)


def test_an_upgrade_that_is_interrupted_changes_nothing(
    data: Path, first: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        disk._with_uids(connection)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setitem(disk.MIGRATIONS, 1, broken)
        with pytest.raises(KeyboardInterrupt):
            opened(data)
    with closing(sqlite3.connect(data / FILE)) as after:
        assert list(after.iterdump()) == list(first.iterdump())
    test_every_card_is_where_it_was(data)
