"""Builds with nothing to do, known without doing them.

A build depends on the notes, the decks, the settings, the program and what reads Markdown and YAML for it. Where a
build of the very same ones would write nothing, what it would say is kept, under a digest of them all, beside the
compiled decks: a cache, which may go at any time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import dp100cards
from dp100cards import files
from dp100cards.decks.collection import SETTINGS, Collection
from dp100cards.decks.write import SCHEMA_FILE

_LIBRARIES = ("markdown-it-py", "PyYAML", "rapidfuzz")

Read = dict[str, str]
"""The digest of each file that a build reads, by its path."""


def read_by_a_build(collection: Collection) -> Read:
    """The files that a build is about to read, or to compare with what it would write.

    Ask before they are read: what changes while a build runs then differs from what is kept.
    """
    decks = [*collection.deck_files(), collection.generated, collection.decks / SCHEMA_FILE]
    files = [*collection.note_files(), *decks, collection.home / SETTINGS]
    return {str(path): _digest(path) for path in files}


def after(read: Read, written: Mapping[Path, bytes]) -> Read:
    """The same files once these are written."""
    return read | {str(path): sha256(data).hexdigest() for path, data in written.items()}


def recall(folder: Path, collection: Collection, read: Read) -> list[str] | None:
    """What a build of these files says, if it is known that it writes nothing."""
    try:
        kept = json.loads(files.read_bytes(_file(folder, collection)))
        return [str(line) for line in kept["says"]] if kept["of"] == _of_all(read) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def remember(folder: Path, collection: Collection, read: Read, says: list[str]) -> None:
    """Keep what a build of these files says, if the disk can be written."""
    with suppress(OSError):
        files.private_folder(folder)
        text = json.dumps({"of": _of_all(read), "says": says}, ensure_ascii=False)
        files.write(_file(folder, collection), text, private=True)


def _file(folder: Path, collection: Collection) -> Path:
    return folder / f"{collection.key}.build.json"


def _of_all(read: Read) -> str:
    package = Path(dp100cards.__file__).parent
    program = {str(path): _stamp(path) for path in package.rglob("*.py")}
    libraries = {name: _version(name) for name in _LIBRARIES}
    return sha256(json.dumps(sorted((read | program | libraries).items())).encode()).hexdigest()


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _stamp(path: Path) -> str:
    """The size and time of one of the program's own files: nobody changes one and keeps both."""
    try:
        known = path.stat()
    except OSError:
        return ""
    return f"{known.st_size} {known.st_mtime_ns}"


def _digest(path: Path) -> str:
    try:
        return sha256(files.read_bytes(path)).hexdigest()
    except OSError:
        return ""
