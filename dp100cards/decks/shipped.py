"""The collection that came with the program, as the learner's own: a copy in the data folder.

Nothing is ever written into the installation, or into a clone in which somebody only studies. The copy is made at
first use; when the program's own collection has changed, by an upgrade, the changes are brought into the copy as a
build brings in what notes give: by card and field, and what a person changed, added or deleted stays.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dp100cards import config, files
from dp100cards.config import Folders
from dp100cards.decks.collection import IDS, PATIENCE, Collection, locked
from dp100cards.errors import Dp100Error

if TYPE_CHECKING:  # as in `_bring`
    from dp100cards.decks.build import Build

NAME = "dp-100"
"""The copy's folder below the data folder."""
KEPT = ".shipped.json"
"""Which edition the copy has, and its files as they came, so that what the learner changed since is known."""
COPYING = 30.0
"""Seconds to wait for another program that makes the copy just now."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The learner's copy; the program's own collection where there is none and none can be made."""

    home: Path
    brought: Build | None = None
    """What an upgrade of the program brought into the decks just now."""
    yours: list[str] = field(default_factory=list)
    """Notes and settings that both the learner and the upgrade changed: the learner's stay."""


def own_copy(folders: Folders, first: Callable[[Copy], object] = bool) -> Copy:
    """The learner's copy, made or brought up to date where that is needed.

    `first` is called before an upgrade's changes are written.
    """
    source, home = config.shipped(), folders.data / NAME
    stamp = _stamp(source)
    if _kept(home).get("stamp") == stamp:
        return Copy(home)
    try:
        files.private_folder(folders.data)
        with files.locked(folders.data / ".collection.lock", COPYING):
            if not home.is_dir():
                _copy(source, home, stamp)
            elif (kept := _kept(home)).get("stamp") != stamp:
                return _bring(source, home, kept.get("files", {}), stamp, first)
            return Copy(home)
    except (OSError, Dp100Error):  # decks with mistakes, a full disk: another time
        return Copy(home if home.is_dir() else source)


def _bring(
    source: Path, home: Path, before: dict[str, str], stamp: str, first: Callable[[Copy], object]
) -> Copy:
    """Bring changes of the program's collection into the copy. Killed anywhere, it is done again to the same end."""
    from dp100cards.decks.build import prepare_newer, write  # a tenth of a second that other starts save

    collection, newer = Collection(home), Collection(source)
    with locked(collection.decks, PATIENCE):
        yours = _bring_files(source, home, before)
        notes = {path.relative_to(collection.notes).as_posix(): path for path in collection.note_files()}
        apart = {name for name, path in notes.items() if _digest(path) != _digest(newer.notes / name)}
        build = prepare_newer(collection, newer, apart)
        copy = Copy(home, build, yours)
        first(copy)
        write(collection, build)
        if collection.generated.is_file():  # newer than the notes that have come: nothing waits for a build
            files.write(collection.generated, files.read_bytes(collection.generated), within=home)
        files.write(home / KEPT, _record(source, stamp))
    return copy


def _bring_files(source: Path, home: Path, before: dict[str, str]) -> list[str]:
    """Bring in what is no deck, where only one side changed it. Gives what both changed: it stays the learner's."""
    yours, theirs = [], _files_of(source)
    for name in sorted(theirs.keys() | before.keys()):
        if _is_deck(name):
            continue
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


def _files_of(folder: Path) -> dict[str, Path]:
    """The files of a collection, by their paths in its folder."""
    patterns = ("notes/**/*", "decks/*.yaml", "decks/.*.yaml", "decks/.*.json", config.SETTINGS)
    found = (path for pattern in patterns for path in folder.glob(pattern))
    return {p.relative_to(folder).as_posix(): p for p in found if p.is_file() and not p.is_symlink()}


def _is_deck(name: str) -> bool:
    return name.startswith("decks/") and name != f"decks/{IDS}"


def _digest(path: Path | None) -> str:
    with suppress(OSError):
        return sha256(files.read_bytes(path)).hexdigest() if path else ""
    return ""


def _stamp(source: Path) -> str:
    """A text that differs whenever the program's own collection may differ."""
    known = [(name, (at := path.stat()).st_size, at.st_mtime_ns) for name, path in _files_of(source).items()]
    return sha256(json.dumps([str(source), sorted(known)]).encode()).hexdigest()


def _record(source: Path, stamp: str) -> str:
    names = {name: _digest(path) for name, path in _files_of(source).items() if not _is_deck(name)}
    return json.dumps({"stamp": stamp, "files": names}, indent=1)


def _kept(home: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads(files.read_bytes(home / KEPT)))
    return {}


def _copy(source: Path, home: Path, stamp: str) -> None:
    """Copy the collection, whole or not at all."""
    beside = home.with_name(f"{files.STAGED}{os.urandom(8).hex()}")
    beside.mkdir(mode=0o700)
    for name, path in _files_of(source).items():
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        files.write(beside / name, files.read_bytes(path))
    files.write(beside / KEPT, _record(source, stamp))
    beside.rename(home)
