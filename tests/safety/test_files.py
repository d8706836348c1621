"""The gate for files: what it reads, what it refuses, and that it never writes anywhere else."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dp100cards import files
from dp100cards.errors import ContentError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes of POSIX")


def test_a_regular_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfRye \xe2\x80\x93 bread\r\n")
    assert files.read_text(path) == "Rye – bread\r\n"
    assert files.read_bytes(path)[:3] == b"\xef\xbb\xbf"


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "socket", "large", "null"])
def test_what_is_no_regular_file_of_a_sane_size_is_refused_at_once(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    path = Path("x.md")
    expected = {
        "folder": "it is a folder", "pipe": "it is a pipe, not a file", "device": "it is a device, not a file",
        "socket": "it is a socket, not a file", "large": "it is larger than 5 MB",
        "null": "there can be no file of this name",
    }[kind]  # fmt: skip
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(str(path))
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(files.NOTE_LIMIT + 1)
    else:
        path = Path("x\0.md")
    with pytest.raises(OSError) as caught:
        files.read_bytes(path, files.NOTE_LIMIT)
    assert caught.value.strerror == expected


@posix
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_takes_a_file_s_place_just_before_it_is_opened_is_refused(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.md"
    path.write_text("fine")
    opened = os.open

    def swapped(name: Path, flags: int) -> int:
        path.unlink()
        if kind == "device":
            path.symlink_to("/dev/zero")
        else:
            os.mkfifo(path)
        return opened(name, flags)

    with monkeypatch.context() as patched, pytest.raises(OSError, match=f"it is a {kind}, not a file"):
        patched.setattr(os, "open", swapped)
        files.read_bytes(path)


def test_a_text_that_cannot_be_read_is_a_sentence_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one\ntwo \xff")
    with pytest.raises(
        ContentError, match=r"notes/a\.md:2:5: this is not UTF-8 text; save the note as UTF-8"
    ):
        files.read_text(path, "notes/a.md", "note")
    with pytest.raises(ContentError, match="b: the note cannot be read: it is a folder"):
        files.read_text(tmp_path, "b", "note")
    with pytest.raises(FileNotFoundError):
        files.read_text(tmp_path / "none.md", "none", "note")


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    files.write(path, "one")
    files.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["deck.yaml"]


@posix
def test_modes_are_the_learner_s_own_or_kept(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    files.write(path, "one")
    path.chmod(0o640)
    files.write(path, "two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    files.write(path, "three", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    assert stat.S_IMODE(files.private_folder(data).stat().st_mode) == 0o700
    assert stat.S_IMODE(files.private_folder(tmp_path / "a" / "b").stat().st_mode) == 0o700


@posix
@pytest.mark.parametrize("way", ["write", "write_all"])
@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder"])
def test_nothing_is_written_through_a_link_or_over_what_is_no_file(
    way: str, kind: str, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    folder = tmp_path / "decks"
    folder.mkdir()
    path = folder / "a.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        if kind == "link":
            victim.write_text("precious")
        path.symlink_to(victim)
    before = path.lstat()
    with pytest.raises(OSError):
        if way == "write":
            files.write(path, "evil")
        else:
            files.write_all({folder / "b.yaml": "good", path: "evil"})
    assert victim.exists() == (kind == "link")
    assert not victim.exists() or victim.read_text() == "precious"
    assert path.lstat() == before
    assert names(folder) == ["a.yaml"]


@posix
def test_no_write_leaves_the_real_folder(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.yaml").write_text("precious")
    home = tmp_path / "home"
    home.mkdir()
    (home / "decks").symlink_to(elsewhere)
    attempts: tuple[Callable[[], None], ...] = (
        lambda: files.write(home / "decks" / "a.yaml", "evil", within=home),
        lambda: files.write_all({home / "decks" / "a.yaml": "evil"}, within=home),
        lambda: files.remove(home / "decks" / "a.yaml", within=home),
        lambda: files.write_all({home / ".." / "elsewhere" / "a.yaml": "evil"}, within=home),
    )
    for attempt in attempts:
        with pytest.raises(OSError):
            attempt()
    with pytest.raises(OSError), files.locked(home / "decks" / "lock", within=home):
        pass
    assert names(elsewhere) == ["a.yaml"]
    assert (elsewhere / "a.yaml").read_text() == "precious"
    (tmp_path / "way").symlink_to(home)  # but a learner's own way to the collection may be a link
    (home / "real").mkdir()
    files.write(tmp_path / "way" / "real" / "a.yaml", "good", within=tmp_path / "way")
    assert (home / "real" / "a.yaml").read_text() == "good"


def test_several_files_change_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text("a1")
    (tmp_path / "gone.yaml").write_text("gone")
    changes = {"a.yaml": "a2", "b.yaml": b"b2", "gone.yaml": None, "never.yaml": None}
    files.write_all({tmp_path / name: data for name, data in changes.items()})
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"a.yaml": "a2", "b.yaml": "b2"}
    full = os.fsync

    def no_room(handle: int, count: list[int] = []) -> None:  # noqa: B006 – it counts
        count.append(handle)
        if len(count) == 2:
            raise OSError(28, "No space left on device")
        full(handle)

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(OSError):
        files.write_all({tmp_path / "a.yaml": "a3", tmp_path / "b.yaml": "b3"})
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"a.yaml": "a2", "b.yaml": "b2"}


def test_what_a_killed_program_left_is_swept_away_later(tmp_path: Path) -> None:
    old, young = files.staged(tmp_path), files.staged(tmp_path)
    own = tmp_path / f"{files.STAGED}notes"
    for path in (old, young, own):
        path.write_text("half")
    for path in (old, own):
        os.utime(path, (1, 1))
    files.write(tmp_path / "a.yaml", "a")
    assert names(tmp_path) == [young.name, own.name, "a.yaml"], "and what only begins like it stays"


@posix
def test_a_lock_that_is_a_link_is_refused_and_its_target_kept(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    (tmp_path / "lock").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match="it is a link"), files.locked(tmp_path / "lock"):
        pass
    assert (tmp_path / "victim").read_text() == "precious"


def test_one_holds_a_lock_and_another_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with files.locked(lock):
        other = "import sys; from pathlib import Path; from dp100cards import files\ntry:\n"
        other += "    with files.locked(Path(sys.argv[1])): pass\nexcept files.Held: print('held')"
        done = subprocess.run(
            [sys.executable, "-c", other, str(lock)], capture_output=True, text=True, check=False
        )
        assert done.stdout.strip() == "held", done.stderr
    assert not lock.exists()


def test_of_many_only_one_is_inside(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work(n: int) -> None:
        for _ in range(20):
            with files.locked(tmp_path / "lock", patience=60):
                inside.append(n)
                most.append(len(inside))
                inside.remove(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 80
    assert max(most) == 1


@posix
def test_a_name_that_is_not_utf_8_is_known(tmp_path: Path) -> None:
    assert files.unreadable_name(Path(os.fsdecode(b"b\xff.md")))
    assert not files.unreadable_name(Path("brücke.md"))
