"""The collection that came with the program, as the learner's own: a copy in the data folder.

Nothing is ever written into the installation, or into a clone in which somebody only studies. The copy is made at
first use; when the program's own collection has changed, by an upgrade, the changes are brought into the copy as a
build brings in what notes give: by card and field, and what a person changed, added or deleted stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dp100cards import config, files
from dp100cards.config import Folders
from dp100cards.decks.collection import PATIENCE, Collection, locked
from dp100cards.errors import Dp100Error

if TYPE_CHECKING:  # as in `_bring`
    from dp100cards.decks.build import Build

NAME = "dp-100"  # the copy's folder below the data folder
KEPT = ".shipped.json"
"""Which edition the copy has, and its files as they came, so that what the learner changed since is known."""
COPYING = 30.0  # seconds to wait for another program that makes the copy just now
DECKS = ("decks/*.yaml", "decks/.*.yaml", "decks/.*.json")
OTHERS = ("notes/**/*", config.SETTINGS)
First = Callable[[Path, "Build", list[str]], object]
"""Is given the copy, what an upgrade brings into its decks, and the notes and settings that both it and the learner
changed, of which the learner's stay; before any of it is written."""


def own_copy(folders: Folders, first: First = lambda *_: None) -> Path:
    """The learner's copy, made or brought up to date where that is needed.

    It is the program's own collection where there is no copy and none can be made.
    """
    source, home = config.shipped(), folders.data / NAME
    stamp = _stamp(source)
    if _kept(home).get("stamp") == stamp:
        return home
    try:
        files.private_folder(folders.data)
        with files.locked(folders.data / ".collection.lock", COPYING):
            if not home.is_dir():
                _copy(source, home, stamp)
            elif (kept := _kept(home)).get("stamp") != stamp:
                _bring(source, home, kept.get("files", {}), stamp, first)
            return home
    except (OSError, Dp100Error):  # decks with mistakes, a full disk: another time
        return home if home.is_dir() else source


def _bring(source: Path, home: Path, before: dict[str, str], stamp: str, first: First) -> None:
    """Bring changes of the program's collection into the copy. Killed anywhere, it is done again to the same end."""
    from dp100cards.decks.build import prepare_newer, write  # a tenth of a second that other starts save

    collection, newer = Collection(home), Collection(source)
    with locked(collection.decks, PATIENCE):
        yours = _bring_others(source, home, before)
        notes = (path.relative_to(collection.notes) for path in collection.note_files())
        apart = {note for note in notes if _digest(collection.notes / note) != _digest(newer.notes / note)}
        build = prepare_newer(collection, newer, {note.as_posix() for note in apart})
        first(home, build, yours)
        # Newer than the notes that have come: nothing waits for a build.
        build.files.setdefault(collection.generated, files.read_text(collection.generated))
        write(collection, build)
        files.write(home / KEPT, _record(source, stamp))


def _bring_others(source: Path, home: Path, before: dict[str, str]) -> list[str]:
    """Bring in what is no deck, where only one side changed it. Gives what both changed: it stays the learner's."""
    yours, theirs = [], _files_of(source, *OTHERS)
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


def _files_of(folder: Path, *patterns: str) -> dict[str, Path]:
    """The files of a collection, by their paths in its folder."""
    found = (path for pattern in patterns for path in folder.glob(pattern))
    return {p.relative_to(folder).as_posix(): p for p in found if p.is_file() and not p.is_symlink()}


def _digest(path: Path | None) -> str:
    with suppress(OSError):
        return sha256(files.read_bytes(path)).hexdigest() if path else ""
    return ""


def _stamp(source: Path) -> str:
    """A text that differs whenever the program's own collection may differ."""
    found = _files_of(source, *DECKS, *OTHERS).items()
    known = [(name, (at := path.stat()).st_size, at.st_mtime_ns) for name, path in found]
    return sha256(json.dumps([str(source), sorted(known)]).encode()).hexdigest()


def _record(source: Path, stamp: str) -> str:
    digests = {name: _digest(path) for name, path in _files_of(source, *OTHERS).items()}
    return json.dumps({"stamp": stamp, "files": digests}, indent=1)


def _kept(home: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads(files.read_bytes(home / KEPT)))
    return {}


def _copy(source: Path, home: Path, stamp: str) -> None:
    """Copy the collection, whole or not at all."""
    beside = files.staged(home.parent)
    beside.mkdir(mode=0o700)
    for name, path in _files_of(source, *DECKS, *OTHERS).items():
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        files.write(beside / name, files.read_bytes(path))
    files.write(beside / KEPT, _record(source, stamp))
    beside.rename(home)
