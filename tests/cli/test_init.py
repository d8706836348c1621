"""A collection of one's own, from nothing to decks."""

import re
from pathlib import Path

import pytest

from dp100cards.cli.build import CONFIGURATION
from dp100cards.cli.main import run
from dp100cards.config import Settings
from dp100cards.config import parse_settings as parse


def test_a_new_collection_builds_and_passes_its_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "deep" / "mine"
    assert run(["init", str(home)]) == 0
    there = ["--home", str(home), "--data", str(tmp_path / "data")]
    assert run([*there, "build"]) == 0
    assert run([*there, "check"]) == 0
    out = capsys.readouterr().out
    assert "no errors" in out
    assert "coverage 100 %" in out, "the first thing that a newcomer sees"
    assert "hints" not in out
    text = "".join(path.read_text(encoding="utf-8") for path in (home / "decks").glob("*.yaml"))
    assert "Which card does a question in the notes give?" in text
    assert "The weights" in text


def test_every_setting_that_is_shown_is_the_default() -> None:
    """The lines without their # are read, and change nothing but the plan of decks."""
    settings = parse(re.sub(r"(?m)^# (?=\[|\w+ = )", "", CONFIGURATION))
    assert settings.decks == {
        "training": {"title": "Training", "area": "train", "concepts": ["checkpoint", "epoch"]}
    }
    assert settings == Settings(decks=settings.decks)


def test_what_is_there_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# Mine\n", encoding="utf-8")
    assert run(["init", str(tmp_path)]) == 0
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["a.md"]
    assert run(["init", str(tmp_path)]) == 2
    assert "is a collection already" in capsys.readouterr().err


def test_a_file_is_no_folder_for_a_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    assert run(["init", str(tmp_path / "a")]) == 2
    assert run(["init", str(tmp_path / "a" / "b")]) == 2
    assert "Traceback" not in capsys.readouterr().err
