"""`kill -9` in the middle of a build: the decks are the old ones or the new ones."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dp100cards.cli.main import run
from dp100cards.decks.collection import shipped


def decks(home: Path) -> dict[str, str]:
    found = {path.name: path.read_text(encoding="utf-8") for path in (home / "decks").glob("*.yaml")}
    return found | {"": (home / "decks" / ".generated.yaml").read_text(encoding="utf-8")}


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal")
def test_a_build_that_is_killed_leaves_the_old_decks_or_the_new_ones(tmp_path: Path) -> None:
    """A slow disk is put under the build (each move takes a while), so that the kill falls among the writes."""
    home, data = tmp_path / "home", str(tmp_path / "data")
    shutil.copytree(shipped() / "notes", home / "notes")
    for note in (home / "notes").glob("*.md"):
        note.write_text(
            note.read_text(encoding="utf-8").replace("workspace", "working space"), encoding="utf-8"
        )
    assert run(["--home", str(home), "--data", data, "build"]) == 0
    shutil.copytree(home / "decks", tmp_path / "old")
    for note in (home / "notes").glob("*.md"):
        note.write_text(
            note.read_text(encoding="utf-8").replace("working space", "workspace"), encoding="utf-8"
        )
    old = decks(home)
    slow = (
        "import pathlib, time; real = pathlib.Path.replace\n"
        "def replace(self, target):\n    time.sleep(0.02); return real(self, target)\n"
        "pathlib.Path.replace = replace\n"
        "import dp100cards.decks.commit as commit; write = commit._write\n"
        "def slowly(*a):\n    print('writing', flush=True); time.sleep(0.02); write(*a)\n"
        "commit._write = slowly\n"
        f"from dp100cards.cli.main import main; main(['--home', {str(home)!r}, '--data', {data!r}, 'build'])"
    )
    rng = random.Random(7)
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", slow], stdout=subprocess.PIPE, cwd=shipped(), env=os.environ
        )
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == b"writing":
                break
        time.sleep(rng.uniform(0.0, 0.6))
        process.kill()
        process.communicate()
        assert run(["--home", str(home), "--data", data, "cards", "zzz"]) in (
            0,
            1,
            2,
        )  # whoever comes next mends it
        new = decks(home)
        if new != old:
            assert run(["--home", str(home), "--data", data, "build"]) == 0
            assert decks(home) == new
            shutil.rmtree(home / "decks")
            shutil.copytree(tmp_path / "old", home / "decks")
    assert decks(home) == old
