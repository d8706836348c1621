"""The one gate for files: everything that the program reads or writes by itself passes here.

A collection may come from a stranger. Therefore only regular files are read, and only up to a size; a write replaces
a regular file or makes a new one, whole or not at all, and never goes through a link or out of its folder.

Every refusal is an OSError whose `strerror` is a phrase for the learner, as in "x.md cannot be read (it is a pipe)".
SQLite opens its files itself; what it needs of the gate is `private_folder` and `regular`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dp100cards.errors import ContentError, Problem, not_utf8

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MEGABYTE = 1 << 20
NOTE_LIMIT = 5 * MEGABYTE  # more than any note has: the works of Shakespeare are about as long
FILE_LIMIT = 64 * MEGABYTE  # a deck, a manifest

STAGED = ".dp100-"
"""How the name of a file begins that is not complete yet."""
_LEFT_BEHIND = 3600.0
"""Seconds after which such a file belongs to nobody: its program was killed."""

_KINDS = {stat.S_ISDIR: "it is a folder", stat.S_ISFIFO: "it is a pipe, not a file"}
_KINDS |= {stat.S_ISSOCK: "it is a socket, not a file", stat.S_ISLNK: "it is a link"}
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_THIS_ONE = getattr(os, "O_NOFOLLOW", 0)
_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NEW = os.O_CREAT | os.O_EXCL | _THIS_ONE | _PLAIN
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_BY_HANDLE = os.open in os.supports_dir_fd and bool(_FOLDER)
"""Can a folder be held open, and files be named within it? Not on Windows."""


def _refuse(path: Path | str, why: str, code: int = errno.EINVAL) -> OSError:
    return OSError(code, why, str(path))


def _not_regular(mode: int) -> str:
    """What something is that is no regular file; "" for one that is."""
    known = (name for is_kind, name in _KINDS.items() if is_kind(mode))
    return "" if stat.S_ISREG(mode) else next(known, "it is a device, not a file")


# Reading


def opened(path: Path) -> BinaryIO:
    """A regular file, open to be read. Raises OSError, whose `strerror` can be shown, for anything else."""
    try:
        # Opening a device can already do something; a pipe would be waited for.
        if why := _not_regular(path.stat().st_mode):
            raise _refuse(path, why)
        handle = os.open(path, os.O_RDONLY | _AT_ONCE | _PLAIN)
    except ValueError:  # a null character in the name
        raise _refuse(path, "there can be no file of this name") from None
    file = open(handle, "rb")  # noqa: PTH123, SIM115 – a handle, not a path; the caller closes it
    if why := _not_regular(os.fstat(handle).st_mode):
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
        raise ContentError([not_utf8(shown, error, noun)]) from None


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
    with _Folder(path.parent, within) as folder:
        folder.move(folder.stage(path.name, data, private=private), path.name)
        folder.settle()


def write_all(folder: Path, files: Mapping[str, bytes | str | None], *, within: Path | None = None) -> None:
    """Write several files of one folder by their names (None: remove).

    All are on disk under other names before the first takes its place, so that a full disk changes nothing. They take
    their places in the order given: after a crash in between, the first ones are new. Raises OSError.
    """
    with _Folder(folder, within) as held:
        held.sweep()
        staged: dict[str, str] = {}
        try:
            for name, data in files.items():
                if data is not None:
                    staged[name] = held.stage(name, data)
            for name in files:
                if name in staged:
                    held.move(staged[name], name)
                else:
                    held.remove(name)
        except BaseException:
            for other in staged.values():
                held.remove(other)
            raise
        held.settle()


def write_new(path: Path, data: bytes | str, *, within: Path | None = None) -> None:
    """Write a file that is not there yet. Raises FileExistsError if something of that name is there."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, "it is there already", str(path))
    write(path, data, within=within)


def move(path: Path, name: str) -> Path:
    """Have a file that another library wrote take its name, in the folder where it is. Raises OSError."""
    with _Folder(path.parent, None) as folder:
        folder.move(path.name, name)
        folder.settle()
    return path.with_name(name)


def remove(path: Path, *, within: Path | None = None) -> None:
    """Remove a file, or a link itself, if it is there. Raises OSError."""
    with suppress(FileNotFoundError), _Folder(path.parent, within) as folder:
        folder.remove(path.name)


class _Folder:
    """A real folder, held open while it is written into: what is named in it cannot lead elsewhere."""

    handle: int | None = None

    def __init__(self, path: Path, within: Path | None) -> None:
        self.path = path.resolve(strict=True)
        if within is not None and not self.path.is_relative_to(within.resolve()):
            raise _refuse(path, f"it leads out of {within}", errno.ELOOP)

    def __enter__(self) -> _Folder:
        if _BY_HANDLE:
            self.handle = os.open(self.path, os.O_RDONLY | _FOLDER | _THIS_ONE | _PLAIN)
        return self

    def __exit__(self, *_: object) -> None:
        if self.handle is not None:
            os.close(self.handle)

    def _at(self, name: str) -> str:
        """A name in the folder, as the system's calls take it."""
        if name in ("", ".", "..") or set(name) & set("/\0\\:" if os.name == "nt" else "/\0"):
            raise _refuse(self.path / name, "there can be no file of this name")
        return name if self.handle is not None else str(self.path / name)

    def stage(self, name: str, data: bytes | str, *, private: bool = False) -> str:
        """Write a file under another name, which nobody can foresee; give it."""
        at, mode, kept = self._at(name), 0o600 if private else 0o666, None
        with suppress(FileNotFoundError):
            status = os.stat(at, dir_fd=self.handle, follow_symlinks=False)
            if why := _not_regular(status.st_mode):
                raise _refuse(self.path / name, why)
            kept = None if private else stat.S_IMODE(status.st_mode)
        other = f"{STAGED}{os.urandom(8).hex()}"
        handle = os.open(self._at(other), os.O_WRONLY | _NEW, mode, dir_fd=self.handle)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 – a handle, not a path
                file.write(data.encode() if isinstance(data, str) else data)
                file.flush()
                with suppress(OSError):
                    if kept is not None and sys.platform != "win32":
                        os.fchmod(file.fileno(), kept)
                os.fsync(file.fileno())
        except BaseException:
            self.remove(other)
            raise
        return other

    def move(self, other: str, name: str) -> None:
        try:
            os.replace(self._at(other), self._at(name), src_dir_fd=self.handle, dst_dir_fd=self.handle)
        except OSError:
            self.remove(other)
            raise

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._at(name), dir_fd=self.handle)

    def settle(self) -> None:
        """Have the folder's entries on disk too; not every system can."""
        if self.handle is not None:
            with suppress(OSError):
                os.fsync(self.handle)

    def sweep(self) -> None:
        """Remove what programs that were killed left incomplete."""
        now = time.time()
        with suppress(OSError), os.scandir(self.path) as entries:
            for entry in entries:
                staged = entry.name.startswith(STAGED) and entry.is_file(follow_symlinks=False)
                if staged and abs(now - entry.stat(follow_symlinks=False).st_mtime) > _LEFT_BEHIND:
                    self.remove(entry.name)


# Locks


class Held(OSError):
    """Another program has the lock. `process` is its number, if it can be read, else ""."""

    process = ""


@contextmanager
def locked(path: Path, patience: float = 0.0, *, within: Path | None = None) -> Iterator[None]:
    """Hold a lock, of which `path` is the file. Raises Held if another program keeps it for `patience` seconds.

    The system holds it for as long as the process lives, so that one that was killed leaves nothing locked. Where
    nothing can be written or a disk knows no locks, the program goes on without one. Raises OSError for a link.
    """
    until = time.monotonic() + patience
    with _Folder(path.parent, within):
        while (handle := _lock_file(path)) is not None and not _is_locked(handle, path):
            held = Held(errno.EAGAIN, "another program is using it", str(path))
            with suppress(OSError):
                os.lseek(handle, 1, os.SEEK_SET)  # the first letter is the one that Windows locks
                number = os.read(handle, 20).strip()
                held.process = number.decode() if number.isdigit() else ""
            os.close(handle)
            if time.monotonic() >= until:
                raise held
            time.sleep(0.02)
    try:
        yield
    finally:
        if handle is not None:
            _give_back(path, handle)


def _lock_file(path: Path) -> int | None:
    """The file of a lock, open; None where there can be none."""
    regular(path)
    with suppress(OSError):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _AT_ONCE | _THIS_ONE | _PLAIN, 0o644)
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return handle
        os.close(handle)
    return None


def _is_locked(handle: int, path: Path) -> bool:
    """Lock the file and write the process into it. False if another has it, or had it and took the file away."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    ours = False
    with suppress(OSError):
        ours = os.path.samestat(os.fstat(handle), path.lstat())
        if ours:  # on a full disk the lock holds all the same
            os.ftruncate(handle, 0)
            os.write(handle, f" {os.getpid()}\n".encode())
    return ours


def _give_back(path: Path, handle: int) -> None:
    """Take the file away and let go. Windows lets nobody take away a file that is open: there it goes afterwards."""
    if sys.platform == "win32":
        os.close(handle)
    with suppress(OSError):
        path.unlink()
    if sys.platform != "win32":
        os.close(handle)
