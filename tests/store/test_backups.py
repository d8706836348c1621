"""Backups are whole, wrong clocks and bad pages are noticed, and a restore loses nothing at any point."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from dp100cards import files
from dp100cards.errors import DataError
from dp100cards.scheduler.event import DAY, Event, Moment
from dp100cards.store import disk
from dp100cards.store.store import FILE, Store

NOW = Moment(1_790_000_000_000, 60)


def study(folder: Path, day: int, cards: int = 3) -> None:
    moment = NOW.later(day * DAY)
    with Store.open(folder, moment) as store:
        store.record_all(
            [Event(card=f"d{day}-{n}", kind="review", rating=3, moment=moment) for n in range(cards)]
        )


def spoil(path: Path, card: str = "") -> None:
    """Overwrite a page of an index, or the one of the table that holds a card's event, as a bad disk does."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'event_by_card'"
        ).fetchone()
    if card:
        data = path.read_bytes()
        pages = (data[start : start + 4096] for start in range(0, len(data), 4096))
        leaf = b"\x0d"  # of a table
        page = next(n for n, each in enumerate(pages, 1) if each[:1] == leaf and card.encode() in each)
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x5a" * 4096)


def test_a_bad_page_is_noticed_the_next_day_and_the_whole_backups_stay(tmp_path: Path) -> None:
    for day in range(10):
        study(tmp_path, day, 60)
    whole = disk.existing(tmp_path / FILE)
    spoil(tmp_path / FILE)
    for day in range(10, 14):
        with pytest.raises(DataError, match=r"damaged.*doctor --restore newest"):
            study(tmp_path, day)
    assert disk.existing(tmp_path / FILE) == whole, "no damaged backup, and none was given up for one"
    assert all(disk.fault(each) is None for each in whole)
    assert not list((tmp_path / disk.FOLDER).glob(".*"))


def test_a_day_in_2099_makes_no_backup_the_newest_for_good(tmp_path: Path) -> None:
    for day in (0, 1, 26_500, 2, 3, 4, 5, 6, 7, 8, 9, 10):
        study(tmp_path, day)
    found = disk.existing(tmp_path / FILE)
    newest = disk.newest_good(tmp_path / FILE)
    assert newest == found[-1]
    assert disk.describe(found[-1])[0] == 33, "what was there before the last day"
    assert sum("2099" in each.name for each in found) <= 1


def test_backups_of_the_first_edition_count_as_older(tmp_path: Path) -> None:
    study(tmp_path, 0)
    study(tmp_path, 1)
    (new,) = disk.existing(tmp_path / FILE)
    old = new.with_name("progress-20261120-081500.db")
    old.write_bytes(new.read_bytes())
    stray = new.with_name("progress-20261121-081500.123.unfinished")
    stray.write_bytes(b"half")
    assert disk.existing(tmp_path / FILE) == [old, new]
    study(tmp_path, 2)
    assert not stray.exists()


def test_what_a_killed_backup_left_goes_with_the_next(tmp_path: Path) -> None:
    study(tmp_path, 0)
    study(tmp_path, 1)
    left = tmp_path / disk.FOLDER / f"{files.STAGED}0123456789abcdef"
    left.write_bytes(b"half a backup")
    study(tmp_path, 2)
    assert not left.exists()
    assert len(disk.existing(tmp_path / FILE)) == 2


def test_only_the_owner_can_read_anything(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    study(folder, 0)
    study(folder, 1)
    with Store.open(folder, NOW) as store:
        store.record(Event(card="x", kind="review", rating=3, moment=NOW))
        found = [folder, *folder.rglob("*")]
        assert {path.name for path in found} >= {FILE, f"{FILE}-wal", disk.FOLDER}
        for path in found:
            assert not stat.S_IMODE(path.stat().st_mode) & 0o077 or path.suffix == ".lock", path
    (folder / FILE).chmod(0o644)
    with Store.open(folder, NOW):
        assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_a_session_that_is_open_elsewhere_notices_a_restore_and_stops(tmp_path: Path) -> None:
    study(tmp_path, 0)
    study(tmp_path, 1)
    with Store.open(tmp_path, NOW) as open_elsewhere:
        open_elsewhere.record(Event(card="mine", kind="review", rating=3, moment=NOW))
        chosen = disk.newest_good(tmp_path / FILE)
        assert chosen is not None
        aside = disk.restore(tmp_path / FILE, chosen, NOW)
        assert aside is not None
        with Store.open(tmp_path, NOW) as another:
            another.record(Event(card="new", kind="review", rating=3, moment=NOW))
            with pytest.raises(DataError, match="a backup was restored while this session was open"):
                open_elsewhere.record(Event(card="lost", kind="review", rating=3, moment=NOW))
            open_elsewhere.close()
            cards = {event.card for event in another.events()}
            assert "new" in cards
            assert not cards & {"mine", "lost"}
            path = tmp_path / FILE
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as third:
                assert third.execute("SELECT 1 FROM event WHERE card = 'new'").fetchone() == (1,)
    with closing(sqlite3.connect(aside)) as kept:
        assert kept.execute("SELECT 1 FROM event WHERE card = 'mine'").fetchone() == (1,)


def test_a_session_notices_that_its_damaged_file_was_replaced(tmp_path: Path) -> None:
    study(tmp_path, 0, 60)
    study(tmp_path, 1, 60)
    path, later = tmp_path / FILE, NOW.later(DAY)
    spoil(path)
    with Store.open(tmp_path, later) as open_elsewhere:
        open_elsewhere.set_setting("plan x", "{}")  # it can be written all the same
        chosen = disk.newest_good(path)
        assert chosen is not None
        aside = disk.restore(path, chosen, later)
        assert aside is not None
        with pytest.raises(DataError, match="a backup was restored while this session was open"):
            open_elsewhere.set_setting("plan x", "{}")
    assert not disk.damage(path)
    assert disk.damage(aside)


@pytest.mark.parametrize("damage", [b"", b"damage" * 999, b"SQLite format 3\0" + b"\xff" * 9000])
def test_what_sqlite_cannot_write_to_is_replaced(tmp_path: Path, damage: bytes) -> None:
    study(tmp_path, 0)
    study(tmp_path, 1)
    path = tmp_path / FILE
    path.write_bytes(damage)
    chosen = disk.newest_good(path)
    assert chosen is not None
    aside = disk.restore(path, chosen, NOW)
    assert aside is not None
    if damage:
        assert aside.read_bytes() == damage
    with Store.open(tmp_path, NOW) as store:
        assert len(list(store.events())) == 3


def test_a_restore_that_dies_at_any_step_leaves_the_old_progress_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call into SQLite or the file system may be the last one."""
    steps = ("copy", "fault")
    done = 0
    for healthy in (True, False):
        for last in range(1, 12):
            folder = tmp_path / f"{healthy}-{last}"
            study(folder, 0)
            study(folder, 1)
            path = folder / FILE
            if not healthy:
                path.write_bytes(b"damage" * 999)
                for end in disk.COMPANIONS:
                    path.with_name(FILE + end).unlink(missing_ok=True)
            chosen = disk.newest_good(path)
            assert chosen is not None
            count = 0

            def dies(real: object, last: int = last) -> object:
                def step(*arguments: object, **more: object) -> object:
                    nonlocal count
                    count += 1
                    if count == last:
                        raise KeyboardInterrupt
                    return real(*arguments, **more)  # type: ignore[operator]

                return step

            with monkeypatch.context() as patched:
                for name in steps:
                    patched.setattr(disk, name, dies(getattr(disk, name)))
                for name in ("_link", "_aside"):
                    patched.setattr(disk, name, dies(getattr(disk, name)))
                for name in ("move", "remove"):
                    patched.setattr(files, name, dies(getattr(files, name)))
                try:
                    disk.restore(path, chosen, NOW)
                    done += 1
                except KeyboardInterrupt:
                    pass
            if healthy or not disk.damage(path):
                with Store.open(folder, NOW) as store:
                    assert len(list(store.events())) in ((6, 3) if healthy else (3,))
                    store.record(Event(card="on", kind="review", rating=3, moment=NOW))
            else:
                assert path.read_bytes() == b"damage" * 999
    assert done >= 2


def test_a_restore_needs_a_whole_backup(tmp_path: Path) -> None:
    study(tmp_path, 0)
    study(tmp_path, 1)
    (chosen,) = disk.existing(tmp_path / FILE)
    chosen.write_bytes(chosen.read_bytes()[:5000])
    with pytest.raises(sqlite3.DatabaseError):
        disk.restore(tmp_path / FILE, chosen, NOW)
    with Store.open(tmp_path, NOW) as store:
        assert len(list(store.events())) == 6


LOOK = """
import fsrs, importlib.resources, os, sys
from pathlib import Path
from dp100cards.errors import DataError
from dp100cards.scheduler.event import Moment
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import Event
from dp100cards.store.store import Store
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)  # modes mean nothing to root
store = Store.open(Path(sys.argv[1]), Moment(1_790_000_000_000), Engine(retention=0.8))
print(store.read_only, len(list(store.events())), len(store.states()))
try:
    store.record(Event(card="x", kind="review", rating=3, moment=Moment(1_790_000_000_000)))
except DataError as error:
    print(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("wal", [True, False])
def test_a_read_only_folder_can_be_looked_at(tmp_path: Path, wal: bool) -> None:
    study(tmp_path, 0)
    with Store.open(tmp_path, NOW) as store:
        store.record(Event(card="late", kind="review", rating=3, moment=NOW))
        kept = {name: (tmp_path / name).read_bytes() for name in (FILE, f"{FILE}-wal", f"{FILE}-shm")}
    folder = tmp_path / "ro"
    folder.mkdir()
    for name, data in kept.items():
        if wal or name == FILE:
            (folder / name).write_bytes(data if wal else (tmp_path / name).read_bytes())
            (folder / name).chmod(0o444)
    folder.chmod(0o555)
    opened_up = [each for each in folder.parents if not each.stat().st_mode & 0o001]
    for each in opened_up:
        each.chmod(each.stat().st_mode | 0o001)
    ran = subprocess.run(
        [sys.executable, "-B", "-c", LOOK, str(folder)], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    for each in opened_up:
        each.chmod(each.stat().st_mode & ~0o001)
    folder.chmod(0o755)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[0] == "True 4 4"
    assert "cannot be written (it is read-only)" in ran.stdout
