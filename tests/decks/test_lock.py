"""One build at a time, and a lock that nobody can leave behind."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dp100cards.cli.main import run
from dp100cards.config import shipped
from dp100cards.decks.collection import LOCK, locked
from dp100cards.errors import DataError

HOLDER = (
    "import sys, time\nfrom pathlib import Path\nfrom dp100cards.decks.collection import locked\n"
    "with locked(Path(sys.argv[1])):\n    print('mine', flush=True)\n    sys.stdin.read()\n"
)


def holder(folder: Path) -> subprocess.Popen[bytes]:
    """Another process that has the lock, until its input ends or it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=shipped(),
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"mine"
    return process


def collection(home: Path) -> list[str]:
    (home / "notes").mkdir()
    (home / "notes" / "a.md").write_text(
        "# Bread\n\n## What is rye\n\nA grain of cold lands.\n", encoding="utf-8"
    )
    return ["--home", str(home), "--data", str(home / "data"), "build"]


def test_a_second_build_is_refused_in_a_sentence_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = collection(tmp_path)
    with holder(tmp_path / "decks") as other:
        assert run(build) == 3
        assert "another dp100 is writing the decks" in capsys.readouterr().err
        assert [path.name for path in (tmp_path / "decks").iterdir()] == [LOCK]
        assert run([*build, "--dry-run"]) == 0  # looking is free
        other.communicate(b"")
    assert run(build) == 0
    assert not (tmp_path / "decks" / LOCK).exists()


def test_a_lock_whose_process_was_killed_is_nobody_s(tmp_path: Path) -> None:
    build = collection(tmp_path)
    with holder(tmp_path / "decks") as other:
        other.kill()
        other.wait()
    assert (tmp_path / "decks" / LOCK).exists()
    assert run(build) == 0
    assert not (tmp_path / "decks" / LOCK).exists()


def test_who_only_writes_waits_a_little(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        assert other.stdin is not None
        threading.Timer(0.3, other.stdin.close).start()
        with locked(tmp_path, patience=30):
            assert (tmp_path / LOCK).exists()


def test_of_many_at_once_one_has_the_lock_at_any_time(tmp_path: Path) -> None:
    """Taking the file away must not let two in: the one who waited holds a file that is gone."""
    inside, most, passed = 0, 0, 0
    guard = threading.Lock()

    def work() -> None:
        nonlocal inside, most, passed
        for _ in range(20):
            with locked(tmp_path, patience=60):
                with guard:
                    inside += 1
                    most = max(most, inside)
                time.sleep(0.001)
                with guard:
                    inside -= 1
                    passed += 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, passed) == (1, 80)


def test_a_lock_in_the_way_is_told_apart_from_other_errors(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(DataError), locked(tmp_path):
        pass


def test_a_build_that_comes_to_nothing_leaves_no_folder(tmp_path: Path) -> None:
    build = collection(tmp_path)
    (tmp_path / "notes" / "a.md").write_bytes(b"\xff\xfe\xff")
    assert run(build) == 1
    assert not (tmp_path / "decks").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a folder that refuses")
def test_where_no_lock_can_be_made_reading_goes_on(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with locked(tmp_path):
        pass
