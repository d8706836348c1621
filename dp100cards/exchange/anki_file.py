"""Anki's packages, opened: `.apkg` and `.colpkg`, in the older container and in the newer one.

Nothing is ever unpacked under a name that the file gives: the one member that holds the collection is read into a
folder of our own, up to a limit, and opened there for reading only.
"""

from __future__ import annotations

import errno
import lzma
import sqlite3
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

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
                raise ContentError(
                    f"{path} is damaged ({_one_line(error)}); export it from Anki again"
                ) from None
            raise UsageError(f"{path} cannot be read ({error.strerror or error})") from None
        except zipfile.BadZipFile:
            raise ContentError(
                f"{path} is not an Anki package, or is cut short; export it from Anki again"
            ) from None
        except _BROKEN as error:
            raise ContentError(f"{path} is damaged ({_one_line(error)}); export it from Anki again") from None


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


def _unpack(path: Path, copy: Path) -> None:
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        member = next((name for name in MEMBERS if name in names), None)
        if member is None:
            raise ContentError(f"{path} holds no Anki collection: it is a zip file of another sort")
        info = package.getinfo(member)
        limit = min(LARGEST, max(MODEST, TIMES * info.compress_size))
        with package.open(info) as packed, copy.open("wb") as target:
            source: Any = packed
            if member.endswith("b"):
                # Zstandard may have packed it once more, so the limit counts from what is in the zip.
                source = _zstd(packed)
            _copy(source, target, limit, path)


def _zstd(packed: IO[bytes]) -> Any:
    """A stream of what was packed with Zstandard, which Python knows by itself from 3.14 on."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return _Frames(zstd.ZstdFile(packed), zstd.ZstdError)


class _Frames:
    """A Zstandard stream whose errors are ValueErrors."""

    def __init__(self, stream: Any, error: type[Exception]) -> None:
        self._stream = stream
        self._error = error

    def read(self, size: int) -> bytes:
        try:
            return bytes(self._stream.read(size))
        except self._error as error:
            raise ValueError(str(error)) from None


def _copy(source: Any, target: IO[bytes], limit: int, path: Path) -> None:
    size = 0
    while piece := source.read(1 << 20):
        size += len(piece)
        if size > limit:
            raise ContentError(
                f"{path} unpacks to more than {limit >> 20} MB: far more than an Anki package of its size"
            )
        target.write(piece)


def _connect(copy: Path) -> sqlite3.Connection:
    """Open for reading, trusting nothing: no functions in the schema, no endless queries, no broken text."""
    connection = sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    steps = iter(range(STEPS // 1_000_000))
    connection.set_progress_handler(lambda: next(steps, None) is None, 1_000_000)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.create_collation("unicase", _compared)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def _compared(a: str, b: str) -> int:
    """Anki's own order of names, which its tables ask for: without regard to case."""
    a, b = a.casefold(), b.casefold()
    return (a > b) - (a < b)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, columns in TABLES.items():
        held = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if table not in tables or not held.issuperset(columns):
            raise ContentError(f"{path} holds a database that is not Anki's")
    said = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said is None or said[0] != "ok":
        raise ContentError(
            f"{path} is damaged ({_one_line(ValueError(said and said[0]))}); export it from Anki again"
        )
