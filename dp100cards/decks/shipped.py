"""The collection that came with the program, as the learner's own: a copy in the data folder.

Nothing is ever written into the installation, or into a clone in which somebody only studies. The copy is made at
first use; when the program's own collection has changed, by an upgrade, the changes are brought into the copy as a
build brings in what notes give: by card and field, and what a person changed, added or deleted stays.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dp100cards import config, files
from dp100cards.config import SETTINGS, Folders
from dp100cards.decks.collection import IDS, Collection
from dp100cards.decks.lock import PATIENCE, locked
from dp100cards.errors import Dp100Error

if TYPE_CHECKING:
    from dp100cards.decks.build import Build

NAME = "dp-100"
"""The copy's folder below the data folder."""

_KEPT = ".shipped.json"
_PATIENCE = 30.0
"""Seconds to wait for another program that makes the copy just now."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The learner's copy; the program's own collection where there is none and none can be made."""

    home: Path
    brought: Build | None = None
    """What an upgrade of the program brought into the decks just now."""
    yours: list[str] = field(default_factory=list)
    """Notes and settings that both the learner and the upgrade changed: the learner's stay."""


def own_copy(folders: Folders, source: Path | None = None, first: Callable[[Copy], object] = bool) -> Copy:
    """The learner's copy, made or brought up to date where that is needed.

    `first` is called before an upgrade's changes are written.
    """
    source = source or config.shipped()
    home = folders.data / NAME
    stamp = _stamp(source)
    if _kept(home).get("stamp") == stamp:
        return Copy(home)
    try:
        files.private_folder(folders.data)
        with files.locked(folders.data / ".collection.lock", _PATIENCE):
            if not home.is_dir():
                _copy(source, home, stamp)
                return Copy(home)
            if (kept := _kept(home)).get("stamp") != stamp:
                return _brought(source, home, kept, stamp, first)
            return Copy(home)
    except (OSError, Dp100Error):  # decks with mistakes, a full disk: another time
        return Copy(home if home.is_dir() else source)


def _brought(
    source: Path, home: Path, kept: dict[str, Any], stamp: str, first: Callable[[Copy], object]
) -> Copy:
    """Bring changes of the program's collection into the copy. Killed anywhere, it is done again to the same end."""
    from dp100cards.decks.build import prepare_newer, write  # a tenth of a second that other starts save

    collection, newer = Collection(home), Collection(source)
    with locked(collection.decks, PATIENCE):
        yours = _bring_files(source, home, kept.get("files", {}))
        notes = {path.relative_to(collection.notes).as_posix(): path for path in collection.note_files()}
        apart = {name for name, path in notes.items() if _digest(path) != _digest(newer.notes / name)}
        build = prepare_newer(collection, newer, apart)
        copy = Copy(home, build, yours)
        first(copy)
        write(collection, build)
        if collection.generated.is_file():  # newer than the notes that have come: nothing waits for a build
            files.write(collection.generated, files.read_bytes(collection.generated), within=home)
        files.write(home / _KEPT, _record(source, stamp))
    return copy


def _bring_files(source: Path, home: Path, before: dict[str, str]) -> list[str]:
    """Bring in what is no deck, where only one side changed it. Gives what both changed: it stays the learner's."""
    yours = []
    theirs = {path.relative_to(source).as_posix(): path for path in _files_of(source) if not _is_deck(path)}
    for name in sorted(theirs.keys() | before.keys()):
        old, new, mine = before.get(name, ""), _digest(theirs.get(name)), _digest(home / name)
        if new in (old, mine):
            continue
        if mine != old:
            yours.append(name)
        elif new:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            files.write(home / name, files.read_bytes(theirs[name]), within=home)
        else:
            files.remove(home / name, within=home)
    return yours


def _files_of(folder: Path) -> Iterator[Path]:
    """The files of a collection, below its folder."""
    for pattern in ("notes/**/*", "decks/*.yaml", "decks/.*.yaml", "decks/.*.json", SETTINGS):
        yield from sorted(path for path in folder.glob(pattern) if path.is_file() and not path.is_symlink())


def _is_deck(path: Path) -> bool:
    return path.parent.name == "decks" and path.name != IDS


def _digest(path: Path | None) -> str:
    with suppress(OSError):
        return sha256(files.read_bytes(path)).hexdigest() if path else ""
    return ""


def _stamp(source: Path) -> str:
    """A text that differs whenever the program's own collection may differ."""
    known = {path.relative_to(source).as_posix(): path.stat() for path in _files_of(source)}
    named = sorted((name, status.st_size, status.st_mtime_ns) for name, status in known.items())
    return sha256(json.dumps([str(source), named]).encode()).hexdigest()


def _record(source: Path, stamp: str) -> str:
    """What is kept in the copy: which edition it has, so that what the learner changed since is known."""
    names = {
        path.relative_to(source).as_posix(): _digest(path) for path in _files_of(source) if not _is_deck(path)
    }
    return json.dumps({"stamp": stamp, "files": names}, indent=1)


def _kept(home: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads(files.read_bytes(home / _KEPT)))
    return {}


def _copy(source: Path, home: Path, stamp: str) -> None:
    """Copy the collection, whole or not at all."""
    beside = home.with_name(f"{files.STAGED}{os.urandom(8).hex()}")
    beside.mkdir(mode=0o700)
    for path in _files_of(source):
        target = beside / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write(target, files.read_bytes(path))
    files.write(beside / _KEPT, _record(source, stamp))
    beside.rename(home)
