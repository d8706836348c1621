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

    collection, newer, yours = Collection(home), _digests(source), list[str]()
    with locked(collection.decks, PATIENCE):
        mine = _digests(home)
        for name in sorted(newer.keys() | before.keys()):
            old, new = before.get(name), newer.get(name)
            if new in (old, mine.get(name)):
                continue
            if mine.get(name) != old:  # both changed it: it stays the learner's
                yours.append(name)
            elif new:
                (home / name).parent.mkdir(parents=True, exist_ok=True)
                files.write(home / name, files.read_bytes(source / name), within=home)
            else:
                files.remove(home / name, within=home)
        apart = {
            name.removeprefix("notes/") for name, now in _digests(home).items() if now != newer.get(name)
        }
        build = prepare_newer(collection, Collection(source), apart)
        first(home, build, yours)
        # Newer than the notes that have come: nothing waits for a build.
        build.files.setdefault(collection.generated, files.read_text(collection.generated))
        write(collection, build)
        files.write(home / KEPT, _record(newer, stamp))


def _copy(source: Path, home: Path, stamp: str) -> None:
    """Copy the collection, whole or not at all."""
    beside = files.staged(home.parent)
    beside.mkdir(mode=0o700)
    for name, path in _files_of(source, *DECKS, *OTHERS).items():
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        files.write(beside / name, files.read_bytes(path))
    files.write(beside / KEPT, _record(_digests(source), stamp))
    beside.rename(home)


def _files_of(folder: Path, *patterns: str) -> dict[str, Path]:
    """The files of a collection, by their paths in its folder."""
    found = (path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def _digests(folder: Path) -> dict[str, str]:
    """What tells one content from another, of each file that is no deck; "" for one that cannot be read."""
    found = dict.fromkeys(named := _files_of(folder, *OTHERS), "")
    for name, path in named.items():
        with suppress(OSError):
            found[name] = sha256(files.read_bytes(path)).hexdigest()
    return found


def _stamp(source: Path) -> str:
    """A text that differs whenever the program's own collection may differ."""
    found = _files_of(source, *DECKS, *OTHERS).items()
    known = [(name, (at := path.stat()).st_size, at.st_mtime_ns) for name, path in found]
    return sha256(json.dumps([str(source), sorted(known)]).encode()).hexdigest()


def _record(digests: dict[str, str], stamp: str) -> str:
    return json.dumps({"stamp": stamp, "files": digests}, indent=1)


def _kept(home: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads(files.read_bytes(home / KEPT)))
    return {}
