"""A data folder that cannot be written: looks work, and what must write says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dp100cards.cli.context import AppContext
from dp100cards.cli.home import asks
from tests.fuzz import collection
from tests.safety.hostile import Done, dp100, tree

ROOT = Path(__file__).resolve().parents[2]
SETPRIV = shutil.which("setpriv")

pytestmark = pytest.mark.skipif(
    os.name != "posix" or (os.getuid() == 0 and not SETPRIV), reason="needs a user whom modes bind"
)


def bound(folder: Path, *arguments: str) -> Done:
    """Run the program as somebody whom modes bind, the superuser included."""
    caps = [SETPRIV, "--bounding-set=-dac_override,-dac_read_search"] if SETPRIV and os.getuid() == 0 else []
    done = subprocess.run(
        [*caps, sys.executable, "-m", "dp100cards", "--home", str(folder / "home"), "--data", str(folder / "data"), *arguments],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def studied(tmp_path: Path) -> Path:
    """A collection with some progress, in a data folder that is closed now."""
    home = collection(tmp_path)
    dp100(["--home", str(home), "--data", str(tmp_path / "data"), "study", "--plain"], typed="\n3\n" * 4)
    for path in [*(tmp_path / "data").rglob("*"), tmp_path / "data"]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    return tmp_path


@pytest.mark.parametrize("command", ["", "stats", "stats --json", "export csv", "export anki -o x.apkg", "progress export x.jsonl", "cards", "exam list", "check", "quiz --plain", "study --plain"])  # fmt: skip
def test_a_look_works(command: str, studied: Path) -> None:
    before = tree(studied / "data")
    done = bound(studied, *command.split())
    assert done.status == 0, done
    assert "Traceback" not in done.err
    assert tree(studied / "data") == before


def test_home_asks_nothing_that_it_cannot_keep(studied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # modes do not bind the superuser
    app = AppContext(str(studied / "home"), str(studied / "data"))
    with app.closing:
        assert not asks(app)


@pytest.mark.parametrize("command", ["cards suspend kinds-code", "cards flag 1 kinds-code", "doctor"])
def test_what_must_write_says_that_it_cannot(command: str, studied: Path) -> None:
    done = bound(studied, *command.split())
    assert done.status == 3, done
    assert "cannot be written" in done.out + done.err or "read-only" in done.out + done.err


@pytest.mark.parametrize("command", ["cards suspend kinds-code", "build", "stats", "study --plain"])
def test_a_folder_that_cannot_even_be_looked_into_is_a_sentence(command: str, studied: Path) -> None:
    (studied / "data").chmod(0o000)
    done = bound(studied, *command.split())
    (studied / "data").chmod(0o700)
    assert "Traceback" not in done.err
    assert done.status in (0, 1, 3), done


def test_decks_that_cannot_be_written_are_a_sentence(studied: Path) -> None:
    (studied / "home" / "notes" / "two.md").write_text("Q: What?\nA: That.\n", encoding="utf-8")
    (studied / "home" / "decks").chmod(0o500)
    done = bound(studied, "build")
    (studied / "home" / "decks").chmod(0o700)
    assert done.status == 3, done
    assert "cannot be written" in done.err


def test_everything_of_the_learner_s_is_closed_to_others(tmp_path: Path) -> None:
    home = collection(tmp_path)
    options = ["--home", str(home), "--data", str(tmp_path / "data")]
    (tmp_path / "data").mkdir(mode=0o755)
    dp100([*options, "study", "--plain"], typed="\n3\n" * 4)
    dp100([*options, "export", "anki", "-o", str(tmp_path / "x.apkg")])
    for path in [tmp_path / "data", *(tmp_path / "data").rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path
