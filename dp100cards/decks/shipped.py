"""The collection that came with the program, as the learner's own: a copy in the data folder.

Nothing is ever written into the installation, or into a clone in which somebody only studies. The copy is made at
first use; when the program's own collection has changed, by an upgrade, the changes are brought into the copy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from dp100cards import config, files
from dp100cards.config import SETTINGS, Folders

NAME = "dp-100"
"""The copy's folder below the data folder."""

_KEPT = ".shipped"
_PATIENCE = 30.0
"""Seconds to wait for another program that makes the copy just now."""


def own_copy(folders: Folders, source: Path | None = None) -> Path:
    """The folder of the learner's copy, made or brought up to date where that is needed.

    Where the data folder cannot be written, and there is no copy yet, it is the program's own collection.
    """
    source = source or config.shipped()
    home = folders.data / NAME
    stamp = _stamp(source)
    if _kept(home) == stamp:
        return home
    try:
        files.private_folder(folders.data)
        with files.locked(folders.data / ".collection.lock", _PATIENCE):
            if not home.is_dir():
                _copy(source, home, stamp)
    except OSError:
        return home if home.is_dir() else source
    return home


def _files_of(folder: Path) -> Iterator[Path]:
    """The files of a collection, below its folder."""
    for pattern in ("notes/**/*", "decks/*.yaml", "decks/.*.yaml", "decks/.*.json", SETTINGS):
        yield from sorted(path for path in folder.glob(pattern) if path.is_file() and not path.is_symlink())


def _stamp(source: Path) -> str:
    """A text that differs whenever the program's own collection may differ."""
    known = {}
    for path in _files_of(source):
        status = path.stat()
        known[path.relative_to(source).as_posix()] = [status.st_size, status.st_mtime_ns]
    return json.dumps([str(source), known])


def _kept(home: Path) -> str:
    with suppress(OSError):
        return files.read_bytes(home / _KEPT).decode("utf-8", "replace")
    return ""


def _copy(source: Path, home: Path, stamp: str) -> None:
    """Copy the collection, whole or not at all."""
    beside = home.with_name(f"{files.STAGED}{os.urandom(8).hex()}")
    beside.mkdir(mode=0o700)
    for path in _files_of(source):
        target = beside / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write(target, files.read_bytes(path))
    files.write(beside / _KEPT, stamp)
    beside.rename(home)
