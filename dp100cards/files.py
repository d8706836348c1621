"""The one gate for files: everything that the program reads or writes by itself passes here.

A collection may come from a stranger. Therefore only regular files are read, and only up to a size; a write replaces
a regular file or makes a new one, whole or not at all, and never goes through a link or out of its folder.

Every refusal is an OSError whose `strerror` is a phrase for the learner, as in "x.md cannot be read (it is a pipe)".
SQLite opens its files itself; what it needs of the gate is `private_folder` and `make_private`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dp100cards.errors import ContentError, Problem

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MEGABYTE = 1 << 20
NOTE_LIMIT = 5 * MEGABYTE  # more than any note has: the works of Shakespeare are about as long
FILE_LIMIT = 64 * MEGABYTE  # a deck, a manifest

STAGED = ".dp100-"  # how the name of a file begins that is not complete yet
_LEFT_BEHIND = 3600.0  # seconds after which such a file belongs to nobody: its program was killed

_KINDS = {"-": "", "d": "it is a folder", "l": "it is a link"}  # as `ls -l` begins
_KINDS |= {"p": "it is a pipe, not a file", "s": "it is a socket, not a file"}
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_THIS_ONE = getattr(os, "O_NOFOLLOW", 0)
_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NEW = os.O_CREAT | os.O_EXCL | _THIS_ONE | _PLAIN


def _refuse(path: Path | str, why: str, code: int = errno.EINVAL) -> OSError:
    return OSError(code, why, str(path))


def _not_regular(mode: int) -> str:
    """What something is that is no regular file; "" for one that is."""
    return _KINDS.get(stat.filemode(mode)[0], "it is a device, not a file")


# Reading


def opened(path: Path) -> BinaryIO:
    """A regular file, open to be read. Raises OSError, whose `strerror` can be shown, for anything else."""
    try:
        # Looked at first, for opening a device can already do something; and again, for it may be another by then.
        if why := _not_regular(path.stat().st_mode):
            raise _refuse(path, why)
        file = open(os.open(path, os.O_RDONLY | _AT_ONCE | _PLAIN), "rb")  # noqa: PTH123, SIM115 – a handle
    except ValueError:  # a null character in the name
        raise _refuse(path, "there can be no file of this name") from None
    if why := _not_regular(os.fstat(file.fileno()).st_mode):
        file.close()
        raise _refuse(path, why)
    return file


def read_bytes(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """A regular file's content, if it is not larger than the limit. Raises OSError as `opened` does."""
    with opened(path) as file:
        known = os.fstat(file.fileno()).st_size  # 0 where the system makes it up, as in /proc
        data = b"" if known > limit else file.read(limit + 1)
    if max(known, len(data)) > limit:
        raise _refuse(path, f"it is larger than {limit // MEGABYTE or 1} MB", errno.EFBIG)
    return data


def read_text(path: Path, shown: str = "", noun: str = "file", limit: int = FILE_LIMIT) -> str:
    """A file's text, in UTF-8. `shown` is its name in messages, `noun` what it is: "note", "deck".

    Raises FileNotFoundError if there is none, ContentError with the place if it cannot be read or is not UTF-8.
    """
    shown = shown or str(path)
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except FileNotFoundError:
        raise
    except OSError as error:
        why = f"the {noun} cannot be read: {error.strerror or error}"
        raise ContentError([Problem(shown, 0, 0, why)]) from None
    except UnicodeDecodeError as error:
        raise ContentError([_not_utf8(shown, error, noun)]) from None


def _not_utf8(path: str, error: UnicodeDecodeError, noun: str) -> Problem:
    """The mistake of a file that is not UTF-8 text, at the first byte that cannot be."""
    line_start = error.object.rfind(b"\n", 0, error.start) + 1
    column = len(error.object[line_start : error.start].decode("utf-8", "replace")) + 1
    found = "UTF-16" if error.object[:2] in (b"\xff\xfe", b"\xfe\xff") else "not UTF-8"
    line = error.object[: error.start].count(b"\n") + 1
    return Problem(path, line, column, f"this is {found} text; save the {noun} as UTF-8")


def unreadable_name(path: Path) -> bool:
    """Is the name not UTF-8? No database, JSON or terminal can hold it: the learner is asked to rename the file."""
    return re.search("[\ud800-\udfff]", str(path)) is not None


def regular(path: Path) -> bool:
    """Is there a regular file, which is no link? False if there is nothing. Raises OSError for anything else."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return False
    if why := _not_regular(mode):
        raise _refuse(path, why)
    return True


# Folders


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can look into, and give it. An older one is closed to others, too."""
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    private_file(path)
    return path


def private_file(path: Path) -> None:
    """Close what is there to everybody but its owner: also what another library made, such as SQLite."""
    if os.name == "posix":
        with suppress(OSError):  # it is somebody else's, or the disk knows no modes
            mode = path.stat().st_mode
            if mode & 0o077:
                path.chmod(stat.S_IMODE(mode) & 0o700)


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can open, for another library to fill; one that is there stays."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | _NEW, 0o600))


# Writing


def write(path: Path, data: bytes | str, *, within: Path | None = None, private: bool = False) -> None:
    """Write a file, whole or not at all, and have it on disk. Its folder must be there.

    `within` is a folder that the file must really lie in, wherever links lead; a `private` file is its owner's alone.
    Raises OSError, and then nothing has changed: also where there is a link, a device or a folder of that name.
    """
    write_all({path: data}, within=within, private=private)


def write_all(
    changes: Mapping[Path, bytes | str | None], *, within: Path | None = None, private: bool = False
) -> None:
    """Write several files (None: remove) as `write` does.

    All are on disk under other names before the first takes its place, so that a full disk changes nothing. They take
    their places in the order given: after a crash in between, the first ones are new. Raises OSError.
    """
    places = {path: _real(path, within) for path in changes}
    folders = {place.parent for place in places.values()}
    for folder in folders:
        _sweep(folder)
    new: dict[Path, Path] = {}
    try:
        for path, data in changes.items():
            if data is not None:
                new[path] = staged(places[path].parent)
                _stage(new[path], data, places[path], private=private)
        for path, place in places.items():
            if path in new:
                new[path].replace(place)
            else:
                place.unlink(missing_ok=True)
    except BaseException:
        for other in new.values():
            other.unlink(missing_ok=True)
        raise
    for folder in folders:
        _settle(folder)


def staged(folder: Path) -> Path:
    """A name for a file that is not complete yet, which nobody can foresee."""
    return folder / f"{STAGED}{os.urandom(8).hex()}"


def move(path: Path, name: str) -> Path:
    """Have a file that another library wrote take its name, in the folder where it is. Raises OSError."""
    target = path.replace(path.with_name(name))
    _settle(path.parent)
    return target


def remove(path: Path, *, within: Path | None = None) -> None:
    """Remove a file, or a link itself, if it is there. Raises OSError."""
    with suppress(FileNotFoundError):
        _real(path, within).unlink()


def _real(path: Path, within: Path | None) -> Path:
    """A file by a way without links. Raises OSError if its folder is none, or leads out of `within`."""
    folder = path.parent.resolve(strict=True)
    if within is not None and not folder.is_relative_to(within.resolve()):
        raise _refuse(path.parent, f"it leads out of {within}", errno.ELOOP)
    return folder / path.name


def _stage(other: Path, data: bytes | str, target: Path, *, private: bool) -> None:
    """Write what is to become a file under another name; it keeps the old one's mode."""
    mode = target.lstat().st_mode if regular(target) and not private else None
    handle = os.open(other, os.O_WRONLY | _NEW, 0o600 if private else 0o666)
    with open(handle, "wb") as file:  # noqa: PTH123 – a handle, not a path
        file.write(data.encode() if isinstance(data, str) else data)
        file.flush()
        if mode is not None:
            with suppress(OSError):
                other.chmod(stat.S_IMODE(mode))
        os.fsync(handle)


def _settle(folder: Path) -> None:
    """Have a folder's entries on disk too; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what programs that were killed left incomplete."""
    with suppress(OSError):
        for left in folder.glob(STAGED + "[0-9a-f]" * 16):  # as `staged` names them
            if regular(left) and abs(time.time() - left.lstat().st_mtime) > _LEFT_BEHIND:
                left.unlink()


# Locks


class Held(OSError):
    """Another program has the lock."""


@contextmanager
def locked(path: Path, patience: float = 0.0, *, within: Path | None = None) -> Iterator[None]:
    """Hold a lock, of which `path` is the file. Raises Held if another program keeps it for `patience` seconds.

    The system holds it for as long as the process lives, so that one that was killed leaves nothing locked. Where
    nothing can be written or a disk knows no locks, the program goes on without one. Raises OSError for a link.
    """
    until = time.monotonic() + patience
    _real(path, within)
    while (give_back := _lock(path)) is None:
        if time.monotonic() >= until:
            raise Held(errno.EAGAIN, "another program is using it", str(path))
        time.sleep(0.02)
    try:
        yield
    finally:
        give_back()


def _lock(path: Path) -> Callable[[], object] | None:
    """Lock a file; gives what gives it back. None if another has it, or had it and took the file away."""
    regular(path)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _AT_ONCE | _THIS_ONE | _PLAIN, 0o644)
    except OSError:
        return int  # nothing to give back

    def give_back() -> None:
        if sys.platform == "win32":  # where nobody can take away a file that is open
            os.close(handle)
        with suppress(OSError):
            path.unlink()
        if sys.platform != "win32":
            os.close(handle)

    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), path.lstat()):
            return give_back
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.ENOENT):
            return give_back
    os.close(handle)
    return None
