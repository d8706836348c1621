"""`kill -9` in the middle of a build: the decks are the old ones or the new ones."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from dp100cards.cli.main import run
from dp100cards.config import shipped


def decks(home: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (home / "decks").glob("*.yaml")}


def write_notes(home: Path, word: str, deck: str) -> None:
    """Six notes; of each build some cards have other words, some are new, and those of one note another deck."""
    (home / "notes").mkdir(parents=True, exist_ok=True)
    for n in range(6):
        head = f"---\ndeck: {deck}\n---\n\n" if n == 3 else ""
        cards = [f"What is thing {k} of pier {n}? :: A {word} number {k} at the quay" for k in range(4)]
        cards.append(f"Who owns the {word} of pier {n}? :: Owner {n}")
        text = f"{head}# Pier {n}\n\n" + "\n\n".join(cards) + "\n"
        (home / "notes" / f"pier-{n}.md").write_text(text, encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal")
def test_a_build_that_is_killed_anywhere_is_made_good_by_the_next(tmp_path: Path) -> None:
    """A slow disk is put under the build, and the kill falls before every step that changes it."""
    home, data = tmp_path / "home", str(tmp_path / "data")
    write_notes(home, "boat", "z-before")
    build = ["--home", str(home), "--data", data, "build"]
    assert run(build) == 0
    shutil.copytree(home / "decks", tmp_path / "old")
    write_notes(home, "ship", "a-after")
    old = decks(home)
    assert run(build) == 0
    new = decks(home)
    slow = (
        "import os, time\n"
        "def slowly(real):\n"
        "    def step(*a, **k):\n        print('step', flush=True); time.sleep(0.05); return real(*a, **k)\n"
        "    return step\n"
        "for name in ('replace', 'unlink', 'fsync'):\n    setattr(os, name, slowly(getattr(os, name)))\n"
        f"from dp100cards.cli.main import main; main(['--home', {str(home)!r}, '--data', {data!r}, 'build'])"
    )
    steps, at, seen = 0, 1, set()
    while True:
        shutil.rmtree(home / "decks")
        shutil.copytree(tmp_path / "old", home / "decks")
        process = subprocess.Popen(
            [sys.executable, "-c", slow], stdout=subprocess.PIPE, cwd=shipped(), env=os.environ
        )
        assert process.stdout is not None
        done = 0
        for line in process.stdout:
            done += line.strip() == b"step"
            if done == at:
                process.kill()  # before the step is taken
                break
        process.communicate()
        steps = max(steps, done)
        found = decks(home)
        memory = found.pop(".generated.yaml")
        assert all(text in (old.get(name), new.get(name)) for name, text in found.items()), "no half files"
        assert yaml.safe_load(memory)["cards"], "while cards are between two decks it says that"
        seen |= {name for name, text in found.items() if text != old.get(name)}
        assert run(["--home", str(home), "--data", data, "cards", "zzz"]) in (0, 1, 2)
        assert run(build) == 0
        assert decks(home) == new
        assert not [path for path in (home / "decks").iterdir() if "lock" in path.name]
        if done < at:
            break
        at += 3
    assert steps > 10
    assert len(seen) > 3
