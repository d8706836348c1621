"""`dp100 doctor` says what is whole, mends what it can, and never overwrites."""

import sqlite3
from pathlib import Path

import pytest

from dp100cards.cli.main import run
from dp100cards.scheduler.event import Event, Moment
from dp100cards.store.disk import existing, restore
from dp100cards.store.store import FILE, Store
from tests.store.test_backups import spoil

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
        moment = NOW.later(n * 90_000_000)
        with Store.open(home / "data", moment) as store:
            store.record(Event(card="one-a", kind="review", rating=3, moment=moment))


def test_without_progress_all_is_well(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(home) == 0
    out = capsys.readouterr().out
    assert "no progress yet" in out
    assert "0 backups" in out


def test_the_cards_that_were_reviewed_are_counted(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reviewed(home, 2)
    with Store.open(home / "data", NOW) as store:
        store.record(Event(card="one-b", kind="suspend", moment=NOW))
    assert doctor(home) == 0
    assert "2 reviews of 1 card\n" in capsys.readouterr().out


def test_a_state_that_is_not_what_the_reviews_say_is_mended(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed(home, 2)
    with sqlite3.connect(home / "data" / FILE) as connection:
        connection.execute("UPDATE state SET interval = 999")
    connection.close()
    assert doctor(home) == 0
    assert "1 card did not agree with the reviews; mended" in capsys.readouterr().out
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


def test_what_the_backup_does_not_have_is_read_from_the_damaged_file(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed(home, 5)
    spoil(home / "data" / FILE)
    assert doctor(home) == 3
    assert doctor(home, "--restore", "newest") == 0
    assert (
        "1 event that the backup did not have could be read from the damaged file" in capsys.readouterr().out
    )
    with Store.open(home / "data", NOW) as store:
        assert store.state("one-a").reps == 5


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("database or disk is full", "the disk is full"),
        ("attempt to write a readonly database", "cannot be written"),
        ("unable to open database file", "cannot be written"),
    ],
)
def test_a_full_disk_and_a_read_only_one_are_not_damage(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: str, said: str
) -> None:
    reviewed(home, 1)

    def fails(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError(error)

    monkeypatch.setattr(sqlite3, "connect", fails)
    assert doctor(home) == 3
    told = "".join(capsys.readouterr())
    assert said in told
    assert "damaged" not in told


def test_progress_goes_to_another_machine_and_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def dp100(data: str, *arguments: str) -> int:
        return run(["--home", str(home), "--data", str(home / data), *arguments])

    reviewed(home, 2)
    file = home / "laptop.jsonl"
    assert dp100("data", "progress", "export", str(file)) == 0
    assert "laptop.jsonl: 2 events and 0 exams." in capsys.readouterr().out
    assert file.stat().st_mode & 0o777 == 0o600
    assert dp100("other", "progress", "merge", str(file)) == 0
    assert "2 new events of 1 card." in capsys.readouterr().out
    assert dp100("other", "progress", "merge", str(file), str(file)) == 0
    assert capsys.readouterr().out.count("no new event.") == 2
    assert any("before-merge" in each.name for each in existing(home / "other" / FILE))
    with Store.open(home / "data", NOW) as one, Store.open(home / "other", NOW) as other:
        assert one.states() == other.states()
    wrong = home / "wrong.jsonl"
    head, last = '{"dp100cards": "progress", "version": 1}', '{"lines": 3}'
    wrong.write_text(f'{head}\n{{"event": {{"uid": 1, "at": -5}}}}\n{last}\n', encoding="utf-8")
    assert dp100("third", "progress", "merge", str(file), str(wrong)) == 1
    assert "wrong.jsonl:2: this is not a line" in capsys.readouterr().err
    with Store.open(home / "third", NOW) as third:
        assert not third.states(), "all of them or none"
    file.write_text("nothing\n", encoding="utf-8")
    assert dp100("other", "progress", "merge", str(file)) == 1
    assert "laptop.jsonl:1: this is not a history of dp100cards" in capsys.readouterr().err
    assert dp100("other", "progress", "merge", str(home / "none.jsonl")) == 2
    assert dp100("other", "progress", "export", str(home)) == 2


def test_an_unknown_backup_is_wrong_usage(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(home, "--restore", "yesterday") == 2
    assert "there is no backup 'yesterday'" in capsys.readouterr().err


def test_what_is_left_of_a_lost_file_does_not_spoil_the_backup_that_takes_its_place(tmp_path: Path) -> None:
    """SQLite would take a write-ahead log for the new file's own."""
    reviewed(tmp_path, 2)
    path = tmp_path / "data" / FILE
    (backup,) = existing(path)
    path.unlink()
    path.with_name("progress.db-wal").write_bytes(b"an old log")
    restore(path, backup, Moment(1_795_420_800_000))
    with Store.open(tmp_path / "data", NOW) as store:
        assert store.state("one-a").reps == 1
    assert (
        not path.with_name("progress.db-wal").exists()
        or path.with_name("progress.db-wal").read_bytes() != b"an old log"
    )
    (aside,) = path.parent.glob("*set-aside*")
    assert aside.read_bytes() == b"an old log", "and nothing was deleted"
