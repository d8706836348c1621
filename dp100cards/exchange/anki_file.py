"""Anki's packages, opened: `.apkg` and `.colpkg`, in the older container and in the newer one; and their note types.

Nothing is ever unpacked under a name that the file gives: the one member that holds the collection is read into a
folder of our own, up to a limit, and opened there for reading only.
"""

from __future__ import annotations

import errno
import json
import lzma
import re
import sqlite3
import struct
import sys
import tempfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from dp100cards import files
from dp100cards.errors import ContentError, UsageError

MEMBERS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""Where the collection may be, the newest first: a newer package also carries a dummy under the oldest name."""
LARGEST = 1 << 30
"""Bytes: no collection is unpacked beyond this."""
MODEST = 32 << 20
"""Bytes: a collection up to this size is never taken for a bomb."""
TIMES = 100
"""A collection that grows by more than this was made to fill the disk; Anki's grow by three to twenty."""
STEPS = 2_000_000_000
"""Steps of SQLite's machine after which a query is given up: far above an honest collection's need."""

TABLES = {
    "notes": ("id", "guid", "mid", "mod", "tags", "flds"),
    "cards": ("id", "nid", "did", "ord", "mod", "type", "queue", "flags", "data"),
    "revlog": ("id", "cid", "ease", "ivl", "factor", "time", "type"),
}
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, ValueError, OverflowError,
    sqlite3.Error,
)  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The collection in a package, to be read from. Raises UsageError, or ContentError for what is not sound."""
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    with tempfile.TemporaryDirectory(prefix="dp100-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "collection"
        try:
            _unpack(path, copy)
            with closing(_connect(copy)) as connection:
                _check(connection, path)
                yield connection
        except OSError as error:
            if error.errno in (None, errno.EINVAL):
                # Not the disk's fault: the file names a place in itself that cannot be.
                raise _damaged(path, error) from None
            raise UsageError(f"{path} cannot be read ({error.strerror or error})") from None
        except zipfile.BadZipFile:
            raise ContentError(
                f"{path} is not an Anki package, or is cut short; export it from Anki again"
            ) from None
        except _BROKEN as error:
            raise _damaged(path, error) from None


def _damaged(path: Path, error: object) -> ContentError:
    why = " ".join(str(error).split())[:100] or type(error).__name__
    return ContentError(f"{path} is damaged ({why}); export it from Anki again")


def _unpack(path: Path, copy: Path) -> None:
    with files.opened(path) as file, zipfile.ZipFile(file) as package:
        names = set(package.namelist())
        member = next((name for name in MEMBERS if name in names), None)
        if member is None:
            raise ContentError(f"{path} holds no Anki collection: it is a zip file of another sort")
        info = package.getinfo(member)
        limit = min(LARGEST, max(MODEST, TIMES * info.compress_size))
        with package.open(info) as packed, copy.open("wb") as target:
            # Zstandard may have packed it once more; the limit counts from what is in the zip.
            source: Any = _zstd(packed) if member.endswith("b") else packed
            size = 0
            while piece := source.read(1 << 20):
                size += len(piece)
                if size > limit:
                    raise ContentError(
                        f"{path} unpacks to more than {limit >> 20} MB: far more than an Anki package of its size"
                    )
                target.write(piece)


def _zstd(packed: IO[bytes]) -> Any:
    """A stream of what was packed with Zstandard, which Python knows by itself from 3.14 on."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    class Frames(zstd.ZstdFile):  # type: ignore[misc, unused-ignore]
        """Its errors are ValueErrors."""

        def read(self, size: int | None = -1) -> bytes:
            """Some bytes."""
            try:
                return bytes(super().read(size))
            except zstd.ZstdError as error:
                raise ValueError(str(error)) from None

    return Frames(packed)


def _connect(copy: Path) -> sqlite3.Connection:
    """Open for reading, trusting nothing: no functions in the schema, no endless queries, no broken text."""
    connection = sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    steps = iter(range(STEPS // 1_000_000))
    connection.set_progress_handler(lambda: next(steps, None) is None, 1_000_000)
    connection.execute("PRAGMA trusted_schema = OFF")
    # Anki's own order of names, which its tables ask for: without regard to case.
    connection.create_collation(
        "unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold())
    )
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    tables = tables_of(connection)
    for table, columns in TABLES.items():
        held = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if table not in tables or not held.issuperset(columns):
            raise ContentError(f"{path} holds a database that is not Anki's")
    said = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said is None or said[0] != "ok":
        raise _damaged(path, said and said[0])


def tables_of(connection: sqlite3.Connection) -> set[str]:
    """The names of the tables."""
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


# Note types

_REFERENCE = re.compile(r"\{\{([^{}#^/!][^{}]*)\}\}")
QUESTION, ANSWER = 1, 2
"""The numbers of a template's two sides in the newer form."""


class Template(NamedTuple):
    """One sort of card of a note type: the fields that its two sides show, each once, in their order."""

    front: tuple[str, ...]
    back: tuple[str, ...]
    cloze: str
    """The field that is a cloze, or ""."""


class Model(NamedTuple):
    """A note type."""

    fields: list[str]
    templates: list[Template]


def models(connection: sqlite3.Connection) -> dict[int, Model]:
    """The note types by their ids. Raises ValueError or sqlite3.Error for what is not sound."""
    fields: dict[int, list[str]] = defaultdict(list)
    sides: dict[int, list[tuple[str, str]]] = defaultdict(list)
    try:
        if "notetypes" in tables_of(connection):
            for id_, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
                fields[id_].append(str(name))
            for id_, config in connection.execute("SELECT ntid, config FROM templates ORDER BY ntid, ord"):
                texts = _texts(config)
                sides[id_].append((texts.get(QUESTION, ""), texts.get(ANSWER, "")))
        else:
            for id_, model in json.loads(connection.execute("SELECT models FROM col").fetchone()[0]).items():
                fields[int(id_)] = [str(each["name"]) for each in model["flds"]]
                sides[int(id_)] = [(str(each["qfmt"]), str(each["afmt"])) for each in model["tmpls"]]
    except (KeyError, TypeError, AttributeError):
        raise ValueError("its note types cannot be read") from None
    return {
        id_: Model(names, [_template(names, *both) for both in sides[id_]]) for id_, names in fields.items()
    }


def _template(fields: list[str], question: str, answer: str) -> Template:
    # Filters (`text:`, `type:`) are before a field's name.
    shown = (
        (each.rsplit(":", 1)[-1].strip() for each in _REFERENCE.findall(side)) for side in (question, answer)
    )
    front, back = (tuple(dict.fromkeys(name for name in side if name in fields)) for side in shown)
    cloze = next((m[1].strip() for m in re.finditer(r"\{\{cloze:([^{}]*)\}\}", question)), "")
    return Template(
        front, tuple(name for name in back if name not in front), cloze if cloze in fields else ""
    )


def _texts(message: bytes) -> dict[int, str]:
    """The texts at the start of a Protocol Buffers message, which is written in the order of its numbers."""
    texts: dict[int, str] = {}
    at = 0
    while at < len(message) and message[at] >> 3 <= ANSWER and message[at] & 7 == 2:
        number, at, length, shift = message[at] >> 3, at + 1, 0, 0
        while at < len(message):
            length |= (message[at] & 0x7F) << shift
            shift, at = shift + 7, at + 1
            if message[at - 1] < 0x80:
                break
        if at + length > len(message):
            raise ValueError("a template of its note types cannot be read")
        texts[number] = message[at : at + length].decode("utf-8", "replace")
        at += length
    return texts
