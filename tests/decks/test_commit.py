"""Several files are written as one, whatever happens in the middle."""

import os
from pathlib import Path

import pytest

from dp100cards.decks import commit as module
from dp100cards.decks.commit import JOURNAL, commit, recover
from dp100cards.errors import ContentError


class Crash(BaseException):
    pass


def texts(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.yaml")}


def test_a_crash_at_any_step_leaves_all_old_or_all_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every system call that changes the disk is let fail in turn, as if the machine had gone down there."""
    old = {"a.yaml": "old a", "b.yaml": "old b", "c.yaml": "old c"}
    new = {"a.yaml": "new a", "b.yaml": "new b", "d.yaml": "new d"}
    outcomes = set()
    for crash_at in range(1, 40):
        folder = tmp_path / str(crash_at)
        folder.mkdir()
        for name, text in old.items():
            (folder / name).write_text(text, encoding="utf-8")
        left = crash_at

        def step() -> bool:
            nonlocal left
            left -= 1
            if left == 0:
                raise Crash
            return True

        with monkeypatch.context() as patched:
            for owner, name in ((Path, "replace"), (Path, "unlink"), (os, "fsync")):
                real = getattr(owner, name)
                patched.setattr(owner, name, lambda *a, real=real, **k: (step(), real(*a, **k))[1])
            try:
                commit(folder, {folder / n: t for n, t in new.items()} | {folder / "c.yaml": None})
                crashed = False
            except Crash:
                crashed = True
        recover(folder)
        found = texts(folder)
        assert found in (old, new), crash_at
        assert not (folder / JOURNAL).exists()
        outcomes.add(found == new)
        if not crashed:
            break
    assert outcomes == {True, False}


def test_a_full_disk_changes_nothing_and_leaves_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text("old", encoding="utf-8")
    real = module._write

    def full(path: Path, text: str) -> None:
        if path.name.startswith("b"):
            raise OSError(28, "No space left on device")
        real(path, text)

    monkeypatch.setattr(module, "_write", full)
    with pytest.raises(OSError, match="No space"):
        commit(tmp_path, {tmp_path / "a.yaml": "new", tmp_path / "b.yaml": "new"})
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]
    assert texts(tmp_path) == {"a.yaml": "old"}


def test_without_a_journal_there_is_nothing_to_finish(tmp_path: Path) -> None:
    assert recover(tmp_path) is False


def test_what_was_interrupted_is_finished_also_where_the_folder_has_moved(tmp_path: Path) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    (folder / "a.yaml.new").write_text("new", encoding="utf-8")
    (folder / JOURNAL).write_text('[["a.yaml", "a.yaml.new"]]', encoding="utf-8")
    after = folder.rename(tmp_path / "after")
    assert recover(after)
    assert texts(after) == {"a.yaml": "new"}


@pytest.mark.parametrize(
    "journal",
    [
        '[["../a.yaml", null]]',
        '[["/tmp/a.yaml", null]]',
        '[["a", "..\\\\b"]]',
        '[["C:/a", null]]',
        "{",
        "[1]",
        "7",
        '[["a", 1]]',
    ],
)
def test_a_journal_that_reaches_outside_its_folder_is_refused(tmp_path: Path, journal: str) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    (tmp_path / "a.yaml").write_text("mine", encoding="utf-8")
    (folder / JOURNAL).write_text(journal, encoding="utf-8")
    with pytest.raises(ContentError):
        recover(folder)
    assert texts(tmp_path) == {"a.yaml": "mine"}
