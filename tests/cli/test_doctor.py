"""`dp100 doctor` says what is whole, mends what it can, and never overwrites."""

import sqlite3
from pathlib import Path

import pytest

from dp100cards.cli.main import run
from dp100cards.scheduler.days import Moment
from dp100cards.scheduler.event import Event
from dp100cards.store.restore import restore
from dp100cards.store.store import FILE, Store

NOW = Moment(1_790_000_000_000, 60)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    deck = "deck: one\ntitle: One\ncards:\n  - {id: one-a, kind: basic, ask: What?, answer: x}\n"
    (tmp_path / "decks" / "one.yaml").write_text(deck, encoding="utf-8")
    return tmp_path


def doctor(home: Path, *more: str) -> int:
    return run(["--home", str(home), "--data", str(home / "data"), "doctor", *more])


def reviewed(home: Path, times: int) -> None:
    for n in range(times):
        with Store.open(home / "data", NOW) as store:
            store.record(Event(card="one-a", kind="review", rating=3, moment=NOW.later(n * 90_000_000)))


def test_without_progress_all_is_well(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(home) == 0
    out = capsys.readouterr().out
    assert "no progress yet" in out
    assert "1 deck, 1 card; sound" in out


def test_mistakes_in_decks_are_told_and_are_status_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "decks" / "two.yaml").write_text("deck: two\n", encoding="utf-8")
    assert doctor(home) == 1
    assert "decks/two.yaml:1:1: the deck has no title" in capsys.readouterr().out


def test_a_state_that_is_not_what_the_reviews_say_is_mended(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed(home, 2)
    with sqlite3.connect(home / "data" / FILE) as connection:
        connection.execute("UPDATE state SET interval = 999")
    connection.close()
    assert doctor(home) == 0
    assert "1 card stood elsewhere" in capsys.readouterr().out
    with Store.open(home / "data", NOW) as store:
        assert store.state("one-a").interval < 999


def test_a_damaged_file_is_told_and_the_newest_good_backup_put_back(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed(home, 3)
    path = home / "data" / FILE
    for companion in (home / "data").glob(f"{FILE}-*"):
        companion.unlink()
    path.write_bytes(b"damage" * 999)
    assert doctor(home) == 3
    assert "doctor --restore newest" in capsys.readouterr().out
    assert path.read_bytes() == b"damage" * 999
    assert doctor(home, "--restore", "newest") == 0
    assert "set-aside" in capsys.readouterr().out
    with Store.open(home / "data", NOW) as store:
        assert store.state("one-a").reps == 2


def test_an_unknown_backup_is_wrong_usage(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(home, "--restore", "yesterday") == 2
    assert "there is no backup 'yesterday'" in capsys.readouterr().err


def test_what_is_left_of_a_lost_file_does_not_spoil_the_backup_that_takes_its_place(tmp_path: Path) -> None:
    """SQLite would take a write-ahead log for the new file's own."""
    path, backup = tmp_path / "progress.db", tmp_path / "backup.db"
    backup.write_bytes(b"a backup")
    (tmp_path / "progress.db-wal").write_bytes(b"an old log")
    restore(path, backup, Moment(1_795_420_800_000))
    assert path.read_bytes() == b"a backup"
    assert not (tmp_path / "progress.db-wal").exists()
    assert len(list(tmp_path.glob("*set-aside*"))) == 1, "and nothing was deleted"
