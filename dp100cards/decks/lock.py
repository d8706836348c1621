"""One build at a time: a lock beside the decks.

The system holds the lock for as long as the process lives, so that one that was killed leaves nothing behind; the file
says who has it. Where a disk knows no locks the build goes on without one.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dp100cards.errors import DataError

FILE = ".build.lock"

PATIENCE = 3.0
"""Seconds to wait for another program that is only writing what it has already worked out."""

_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class Busy(DataError):
    """Another program is writing the decks."""


@contextmanager
def locked(folder: Path, patience: float = 0.0) -> Iterator[None]:
    """Be the only one that changes a folder's decks. Raises Busy if another program is at it.

    It is tried again for `patience` seconds.
    """
    made = not folder.exists()
    handle = _taken(folder / FILE, patience)
    if handle == _BUSY:
        raise Busy(
            f"another dp100 is writing the decks in {folder} just now{_who(folder / FILE)};"
            " wait until it is done, then type this again"
        )
    try:
        yield
    finally:
        if handle is not None:
            _give_back(folder / FILE, handle)
        if made:
            with suppress(OSError):
                folder.rmdir()  # nothing came of it


_BUSY = -1


def _taken(path: Path, patience: float) -> int | None:
    """The handle of the lock; None where there can be none, `_BUSY` where somebody else has it."""
    until = time.monotonic() + patience
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError:
            return None  # the folder cannot be written at all: whoever writes there will say so
        try:
            _lock(handle)
            if _is_still(path, handle):
                os.ftruncate(handle, 0)
                os.write(handle, f" {os.getpid()}\n".encode())
                return handle
            os.close(handle)  # the one who had it took the file away: there is a new one
        except OSError as error:
            os.close(handle)
            if error.errno not in _HELD:
                return None
            if time.monotonic() >= until:
                return _BUSY
            time.sleep(0.02)


def _lock(handle: int) -> None:
    """Lock the file, or raise OSError at once."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _give_back(path: Path, handle: int) -> None:
    """Take the file away and let go. Windows lets nobody take away a file that is open: there it goes afterwards."""
    if sys.platform == "win32":
        os.close(handle)
        with suppress(OSError):
            path.unlink()
    else:
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _who(path: Path) -> str:
    """The process that has the lock, if it can be read; the first letter is the one that Windows locks."""
    try:
        with path.open("rb") as file:
            file.seek(1)
            number = file.read(20).decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return f" (process {number})" if number.isdigit() else ""
