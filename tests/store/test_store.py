"""Nothing learned is ever lost: the progress file under every event, undo, crash and damage."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100cards.errors import DataError
from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import DAY, CardState, Event, Moment
from dp100cards.store import disk
from dp100cards.store.disk import explained
from dp100cards.store.store import FILE, Store

NOW = Moment(1_790_000_000_000, 60)


def review(card: str = "a-1", rating: int = 3, at: Moment = NOW, **more: object) -> Event:
    return Event(card=card, kind="review", moment=at, rating=rating, took=2500, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, NOW) as opened:
        yield opened


def test_a_review_is_there_when_the_file_is_opened_again(store: Store, tmp_path: Path) -> None:
    written = store.record(review())
    state = store.state("a-1")
    with Store.open(tmp_path, NOW) as again:
        assert list(again.events()) == [written]
        assert again.states() == {"a-1": state}
    assert state.reps == 1


def test_a_card_that_nothing_happened_to_is_new(store: Store) -> None:
    assert store.state("a-9") == CardState(card="a-9")


def test_undo_takes_back_one_event_and_leaves_the_log_whole(store: Store) -> None:
    store.record(review())
    before = store.state("a-1")
    second = store.record(review(rating=1, at=NOW.later(DAY)))
    store.undo(second, NOW.later(DAY))
    assert store.state("a-1") == before
    assert [event.kind for event in store.events(undone=True)] == ["review", "review", "undo"]
    assert len(list(store.events())) == 1


def test_an_event_is_undone_once(store: Store) -> None:
    written = store.record(review())
    store.undo(written, NOW)
    with pytest.raises(DataError):
        store.undo(written, NOW)


def test_undo_goes_back_without_limit(store: Store) -> None:
    for n in range(40):
        store.record(review(card=f"a-{n}"))
    store.record(Event(card="a-3", kind="suspend", moment=NOW))
    taken = []
    while (event := next(store.undoable(), None)) is not None:
        taken.append(event.card)
        store.undo(event, NOW)
    assert taken == ["a-3", *(f"a-{n}" for n in reversed(range(40)))]
    assert all(state.is_new and not state.suspended for state in store.states().values())


def test_events_are_never_changed_nor_deleted(store: Store) -> None:
    store.record(review())
    for statement in ("UPDATE event SET rating = 1", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="events are never"):
            store.connection.execute(statement)


def test_what_comes_from_anki_comes_in_once_and_in_its_place(store: Store) -> None:
    store.record(review(at=NOW.later(9 * DAY)))
    earlier = review(origin="anki", origin_id=77, rating=4)
    assert len(store.record_all([earlier, earlier])) == 1
    assert store.record_all([earlier]) == []
    with_both = store.state("a-1")
    assert with_both.reps == 2
    assert with_both.last_at == NOW.later(9 * DAY).at
    assert [event.origin for event in store.events("a-1")] == ["anki", "study"], "as its page shows them"


def test_a_batch_is_written_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(ValueError, match="flag"):
        store.record_all([review(), Event(card="a-1", kind="flag", value=99, moment=NOW)])
    assert list(store.events()) == []


kinds = st.sampled_from(
    ["review"] * 6 + ["suspend", "unsuspend", "bury", "flag", "mark", "forget", "relearn", "undo"]
)
steps = st.lists(
    st.tuples(
        kinds, st.sampled_from(["a-1", "a-2", "a-3"]), st.integers(1, 4), st.integers(-3 * 3_600_000, 40 * DAY),
        st.sampled_from([-660, -300, 0, 60, 330, 840]), st.booleans(),
    ),
    max_size=25,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(steps=steps)
def test_states_rebuilt_from_the_events_are_the_same_to_the_bit(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int, int, int, bool]]
) -> None:
    """Whatever was done, undone, taken in from elsewhere, in whatever time zone, with a clock set back at times."""
    at = NOW.at
    with Store.open(tmp_path_factory.mktemp("data"), NOW) as store:
        for n, (kind, card, rating, wait, offset, foreign) in enumerate(steps):
            at += wait
            moment = Moment(at, offset)
            if kind == "undo":
                event = next(store.undoable(), None)
                if event:
                    store.undo(event, moment)
            elif kind == "review" and foreign:
                store.record(review(card, rating, moment, origin="anki", origin_id=n))
            elif kind == "review":
                store.record(review(card, rating, moment))
            else:
                store.record(Event(card=card, kind=kind, moment=moment, value=int(kind in ("flag", "mark"))))
        cached = {card: state for card, state in store.states().items() if state != CardState(card=card)}
        store.rebuild()
        assert {
            card: state for card, state in store.states().items() if state != CardState(card=card)
        } == cached


def test_another_engine_moves_every_state_at_once(store: Store, tmp_path: Path) -> None:
    store.record(review(rating=4))
    before = store.state("a-1")
    with Store.open(tmp_path, NOW, Engine(retention=0.8)) as again:
        assert again.state("a-1").interval > before.interval
    with Store.open(tmp_path, NOW) as again:
        assert again.state("a-1") == before


def test_two_programs_write_to_one_file_and_neither_loses_anything(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as other:
        for n in range(20):
            store.record(review(f"a-{n}"))
            other.record(review(f"a-{n}", rating=4))
        assert store.states() == other.states()
        assert len(list(store.events())) == 40
        assert store.state("a-7").reps == 2


WRITER = """
import sys
from pathlib import Path
from dp100cards.scheduler.event import Moment
from dp100cards.scheduler.event import Event
from dp100cards.store.store import Store

store = Store.open(Path(sys.argv[1]), Moment(0))
n = 0
while True:
    n += 1
    store.record(Event(card=f"a-{n}", kind="review", rating=3, moment=Moment(1_790_000_000_000 + n)))
    print(n, flush=True)
"""


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    for stop_after in (1, 7, 23):
        folder = tmp_path / str(stop_after)
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        last = 0
        for line in child.stdout:
            last = int(line)
            if last >= stop_after:
                break
        os.kill(child.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        rest = child.stdout.read().split()
        child.wait()
        child.stdout.close()
        acknowledged = int(rest[-1]) if rest else last
        with Store.open(folder, NOW) as store:
            count = len(list(store.events()))
            assert acknowledged <= count <= acknowledged + 1
            cached = store.states()
            store.rebuild()
            assert store.states() == cached


def test_a_backup_is_taken_before_the_first_record_of_a_day_and_seven_days_and_four_weeks_are_kept(
    tmp_path: Path,
) -> None:
    for day in range(60):
        with Store.open(tmp_path, NOW.later(day * DAY)) as store:
            store.record(review(at=NOW.later(day * DAY)))
            store.record(review(at=NOW.later(day * DAY + 60_000)))
    found = disk.existing(tmp_path / FILE)
    assert len(found) == disk.DAYS + disk.WEEKS == 11
    assert disk.describe(found[-1])[0] == 118
    assert disk.newest_good(tmp_path / FILE) == found[-1]
    held = [disk.describe(each)[0] // 2 for each in found]
    assert held[-7:] == list(range(53, 60)), "the last seven days"
    assert [after - before for before, after in pairwise(held[:3])] == [7, 7], "and the last of four weeks"
    assert held[0] <= 53 - 2 * 7


@pytest.mark.parametrize(
    "damage", [b"not a database at all, but text" * 99, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_damaged_file_is_refused_with_a_sentence_and_left_alone(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / FILE
    path.write_bytes(damage)
    with pytest.raises(DataError, match="damaged") as caught:
        Store.open(tmp_path, NOW)
    assert "dp100 doctor" in caught.value.message
    assert path.read_bytes() == damage


def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        store.record(review())
        store.connection.execute(f"PRAGMA user_version = {disk.VERSION + 1}")
    with pytest.raises(DataError, match=r"newer dp100cards.*Update"):
        Store.open(tmp_path, NOW)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(DataError, match="not a progress file"):
        Store.open(tmp_path, NOW)


def test_a_file_of_an_older_version_is_backed_up_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path, NOW) as store:
        store.record(review())
    monkeypatch.setattr(disk, "VERSION", disk.VERSION + 1)
    monkeypatch.setitem(
        disk.MIGRATIONS,
        disk.VERSION - 1,
        lambda file: file.execute("CREATE TABLE added (x INTEGER) STRICT"),
    )
    with Store.open(tmp_path, NOW) as store:
        assert store.connection.execute("SELECT count(*) FROM added").fetchone() == (0,)
        assert store.state("a-1").reps == 1
    assert any("before-format" in found.name for found in disk.existing(tmp_path / FILE))


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path, NOW) as store:
        store.record(review())

    def fails(file: sqlite3.Connection) -> None:
        file.execute("CREATE TABLE added (x INTEGER) STRICT")
        file.execute("INSERT INTO nowhere VALUES (1)")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "VERSION", disk.VERSION + 1)
        patched.setitem(disk.MIGRATIONS, disk.VERSION - 1, fails)
        with pytest.raises(DataError):
            Store.open(tmp_path, NOW)
    with Store.open(tmp_path, NOW) as store:
        assert store.state("a-1").reps == 1
        assert not store.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'added'").fetchall()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match=r"cannot be used.*--data"):
        Store.open(tmp_path / "file" / "data", NOW)


def test_a_full_disk_is_told_and_nothing_is_half_written(store: Store) -> None:
    store.record(review())
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DataError, match="the disk is full"):
        store.record_all([review(f"a-{n}") for n in range(5000)])
    assert len(list(store.events())) == 1
    assert len(store.states()) == 1


def test_a_disk_too_full_to_open_the_file_is_told_as_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    for free, said in ((0, "the disk is full"), (usage.total, "doctor")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: usage._replace(free=free))
        with pytest.raises(DataError, match=said), explained(tmp_path / "progress.db"):
            raise sqlite3.OperationalError("disk I/O error")


def test_restoring_sets_the_damaged_file_aside(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        store.record(review())
        good = disk.take(store.connection, store.path, NOW)
        assert good is not None
    path = tmp_path / FILE
    for companion in tmp_path.glob(f"{FILE}-*"):
        companion.unlink()
    path.write_bytes(b"damage" * 999)
    assert disk.damage(path)
    aside = disk.restore(path, good, NOW)
    assert aside is not None
    assert aside.read_bytes() == b"damage" * 999
    with Store.open(tmp_path, NOW) as store:
        assert store.state("a-1").reps == 1
