"""The progress file: opened, made, brought up to date; its backups; and what goes wrong, as a sentence for the learner.

Backups are made by SQLite's own interface, and each is checked before it counts. They are numbered, so that a wrong
clock makes none of them the newest. Kept are the newest of each of the last seven days and four weeks that have one.
Old ones go only after a new one was found whole.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import datetime
from itertools import islice
from pathlib import Path

from dp100cards import files
from dp100cards.errors import DataError
from dp100cards.scheduler.event import Moment

VERSION = 2  # of the schema; a file's is its `user_version`
APPLICATION_ID = 0x44503130  # "DP10"
BUSY_SECONDS = 10.0  # a program waits this long for another that is writing, or makes or restores a backup
ROOM = 256 * 1024  # bytes: with less, SQLite cannot even begin
DAYS, WEEKS = 7, 4  # how many days, and before them how many weeks, have a backup each
FOLDER = "backups"
COMPANIONS = ("-wal", "-shm")
RESTORING = "restoring"  # the epoch, which changes with each restore of a backup, while one is under way
PUT_EPOCH = "INSERT OR REPLACE INTO setting (name, value) VALUES ('epoch', ?)"
_NAME = re.compile(r"progress-(?:(\d{4,})-)?(\d{8})-\d{6}.*\.db")


def new_uid() -> int:
    """A number that no other machine has given to anything: 63 random bits."""
    return int.from_bytes(os.urandom(8), "big") >> 1


def uid_of(*content: object) -> int:
    """A uid that every machine gives to the same content."""
    import hashlib  # 2 ms, and needed in migrations and unions only

    return int.from_bytes(hashlib.blake2b(repr(content).encode(), digest_size=8).digest(), "big") >> 1


# Opening


def connected(path: Path) -> sqlite3.Connection:
    """The file, open; it and its folder are made where they are missing, for their owner alone."""
    files.private_folder(path.parent)
    files.make_private(path)
    if not path.is_file():
        raise OSError(errno.EINVAL, f"{path.name} is not a file")
    files.private_file(path)
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def reader(path: Path, how: str = "mode=ro") -> closing[sqlite3.Connection]:
    """A file to be looked into and closed; nothing of it is changed."""
    uri = f"{path.absolute().as_uri()}?{how}"
    return closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS))


def in_memory(path: Path) -> sqlite3.Connection:
    """A copy in memory of a file that cannot be written."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with reader(path) as source:
            source.backup(memory)
    except sqlite3.OperationalError:
        # SQLite wants to write beside a file with a write-ahead log, even to read it; but nobody can change this one.
        with reader(path, "immutable=1") as source:
            source.backup(memory)
    return memory


def prepare(connection: sqlite3.Connection, path: Path, back_up: Callable[[str], object]) -> None:
    """Set an opened file up, and make it if it is empty; one of an older version is backed up before it is changed.

    Raises DataError for a file of another program or of a newer version; SQLite's own errors for a damaged one.
    """
    connection.execute("PRAGMA synchronous = FULL")
    version = _number(connection, "user_version")
    is_empty = version == 0 and _number(connection, "schema_version") == 0
    if not is_empty and _number(connection, "application_id") != APPLICATION_ID:
        raise DataError(
            f"{path} is not a progress file of dp100cards; it was left as it is. Name another folder with --data."
        )
    if version > VERSION:
        raise DataError(
            f"{path} was written by a newer dp100cards (format {version}; this program knows {VERSION})."
            " It was left as it is. Update dp100cards."
        )
    connection.execute("PRAGMA journal_mode = WAL")  # a restored backup has none
    if version < VERSION:
        if not is_empty:
            back_up(f"before-format-{VERSION}")
        _bring_up_to_date(connection)
    connection.execute("PRAGMA foreign_keys = ON")


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, or run the migrations, in one transaction. Two programs that start at once do it once."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        version = _number(connection, "user_version")
        if version == 0:
            run_script(connection, "schema.sql")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        else:
            for step in range(version, VERSION):
                MIGRATIONS[step](connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _with_uids(connection: sqlite3.Connection) -> None:
    """Version 1 to 2: all tables made anew, with uids that are the same wherever a copy of the file is migrated."""
    made = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type = 'table'"
    for kind, name in connection.execute(made).fetchall():
        rename = f"ALTER TABLE {name} RENAME TO old_{name}"
        connection.execute(rename if kind == "table" else f"DROP {kind} {name}")
    run_script(connection, "schema.sql")
    connection.create_function("uid_of", -1, uid_of, deterministic=True)
    run_script(connection, "from_1.sql")


MIGRATIONS: dict[int, Callable[[sqlite3.Connection], object]] = {1: _with_uids}
"""For each version from 1 on, what makes the next version of it. The newest is `schema.sql`."""


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run a script inside the open transaction; `executescript` would commit it first."""
    text = Path(__file__).with_name(script).read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        connection.execute(statement)


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


# Errors


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say of the progress file into a DataError with a sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise DataError(_sentence(error, path)) from error


def is_damage(error: BaseException | None) -> bool:
    """Does an error say that the file itself is damaged, rather than that it cannot be reached?"""
    return isinstance(error, sqlite3.DatabaseError) and any(
        word in str(error) for word in ("malformed", "not a database", "corrupt")
    )


def _sentence(error: sqlite3.Error | OSError, path: Path) -> str:
    text = str(error)
    if isinstance(error, files.Held):
        return f"another program is making or restoring a backup of {path}. Try again."
    if isinstance(error, OSError):
        return f"{path.parent} cannot be used ({error.strerror or text}). Name another folder with --data."
    if "locked" in text:
        return f"{path} is in use by another program, which has held it for {BUSY_SECONDS:.0f} seconds. Try again."
    if "full" in text or (("disk I/O" in text or "unable to open" in text) and _is_full(path)):
        return f"the disk is full: nothing could be written to {path}. What was recorded before is safe."
    if "readonly" in text or "unable to open" in text:
        return (
            f"{path} cannot be written ({text}). Check its permissions, or name another folder with --data."
        )
    if is_damage(error):
        return (
            f"{path} is damaged ({text}). Nothing was changed. `dp100 doctor` lists the backups;"
            " `dp100 doctor --restore newest` puts the newest whole one in its place."
        )
    return f"{path}: {text}. `dp100 doctor` checks the file."


def _is_full(path: Path) -> bool:
    """Is there no room left for even a small file? SQLite may call that an error of the disk."""
    import shutil  # 5 ms, and needed in trouble only

    try:
        return shutil.disk_usage(path.parent).free < ROOM
    except OSError:
        return False


# Backups


def locked(path: Path) -> AbstractContextManager[None]:
    """The lock of a progress file under which backups are made and restored."""
    return files.locked(path.with_suffix(".lock"), BUSY_SECONDS)


def take(connection: sqlite3.Connection, path: Path, now: Moment, why: str = "") -> Path | None:
    """Back the file up; `why` becomes part of the name. Without it, only once a day, and if there is something.

    Gives the backup's path, or None if there was nothing to do. Raises sqlite3.DatabaseError if the file is damaged.
    Of two programs that begin at once both may make one; the day's newest stays.
    """
    done = any(_number_and_day(each)[1] == f"{now.local:%Y%m%d}" for each in existing(path))
    if not why and (done or not connection.execute("SELECT 1 FROM event LIMIT 1").fetchone()):
        return None
    with locked(path):
        folder = files.private_folder(path.parent / FOLDER)
        for left in (*folder.glob(f"{files.STAGED}*"), *folder.glob("*.unfinished")):
            files.remove(left)  # by a program that was killed: whoever has the lock is alone here
        number = max((_number_and_day(each)[0] for each in existing(path)), default=0) + 1
        name = "-".join(filter(None, [f"progress-{number:04}-{now.local:%Y%m%d-%H%M%S}", why]))
        unfinished = files.staged(folder)
        try:
            copy(connection, unfinished)
            target = files.move(unfinished, f"{name}.db")
        finally:
            files.remove(unfinished)
        for old in _superseded(existing(path)):
            files.remove(old)
        return target


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a database into a new file of its own, on disk on return. Raises sqlite3.DatabaseError if it is damaged."""
    files.make_private(target)
    with closing(sqlite3.connect(target)) as made:
        connection.backup(made)
        made.execute("PRAGMA journal_mode = DELETE")
    if (wrong := fault(target)) is not None:
        raise wrong


def fault(path: Path, check: str = "quick_check(1)") -> sqlite3.DatabaseError | None:
    """What SQLite finds wrong with a file, or why it cannot look; None if it is whole."""
    try:
        with reader(path) as connection:
            found = " ".join("; ".join(row[0] for row in connection.execute(f"PRAGMA {check}")).split())
    except sqlite3.DatabaseError as error:
        return error
    return None if found == "ok" else sqlite3.DatabaseError(f"malformed: {found}")


def damage(path: Path) -> str:
    """What SQLite finds damaged in a file; "" if it is whole, or not there.

    Raises sqlite3.Error if the file cannot be looked into: then nobody knows.
    """
    wrong = fault(path, "integrity_check(5)") if path.exists() else None
    if wrong is not None and not is_damage(wrong):
        raise wrong
    return str(wrong or "")


def existing(path: Path) -> list[Path]:
    """The backups of a progress file, oldest first."""
    found = (path.parent / FOLDER).glob("progress-*.db")
    return sorted(filter(lambda each: _NAME.fullmatch(each.name), found), key=_number_and_day)


def newest_good(path: Path) -> Path | None:
    """The newest backup that SQLite finds whole, or None."""
    return next((each for each in reversed(existing(path)) if fault(each) is None), None)


def describe(chosen: Path) -> tuple[int, int]:
    """How many events a backup holds, and the moment of the newest (milliseconds UTC, 0 if none)."""
    with reader(chosen) as connection:
        count, newest = connection.execute("SELECT count(*), coalesce(max(at), 0) FROM event").fetchone()
    return int(count), int(newest)


def _number_and_day(path: Path) -> tuple[int, str, str]:
    """A backup's number, day and name; those of the first edition have no number, and are older."""
    match = _NAME.fullmatch(path.name)
    return (int(match[1] or 0), match[2], path.name) if match else (0, "", path.name)


def _superseded(found: list[Path]) -> list[Path]:
    """The backups that are not kept: a day's or a week's newest stays."""
    by_day: dict[str, Path] = {}
    for each in reversed(found):
        by_day.setdefault(_number_and_day(each)[1], each)
    by_week: dict[str, Path] = {}
    for day, each in islice(by_day.items(), DAYS, None):
        with suppress(ValueError):
            by_week.setdefault(f"{datetime.strptime(day, '%Y%m%d'):%G-%V}", each)
    kept = {*islice(by_day.values(), DAYS), *islice(by_week.values(), WEEKS)}
    return [each for each in found if each not in kept]


# The way back


def restore(path: Path, chosen: Path, now: Moment) -> Path | None:
    """Put a backup in the place of the file. Gives where the file before it is kept, if there was one.

    Into a file that is whole the backup is copied in one transaction: a crash leaves the old content or the new one,
    and no session keeps hold of a file that is gone. A damaged file is replaced. A session that is open elsewhere
    notices by the epoch, or because it is another file.

    Raises sqlite3.Error or OSError, and then the old file is in place.
    """
    with locked(path):
        staged = files.staged(path.parent)
        try:
            with reader(chosen) as source:
                copy(source, staged)
            with closing(sqlite3.connect(staged, isolation_level=None)) as new:
                new.execute(PUT_EPOCH, (os.urandom(8).hex(),))
                try:
                    if path.exists():
                        return _written_over(path, new, now)
                except sqlite3.DatabaseError as error:
                    if not is_damage(error) and "no such table" not in str(error):
                        raise
            return _replaced(path, staged, now)
        finally:
            for left in path.parent.glob(f"{files.STAGED}*"):
                files.remove(left)


def _written_over(path: Path, new: sqlite3.Connection, now: Moment) -> Path:
    """Copy the backup into the file. Raises sqlite3.DatabaseError if the file is damaged."""
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as old:
        old.execute("PRAGMA synchronous = FULL")
        old.execute(PUT_EPOCH, (RESTORING,))  # from now on no session writes
        copied, kept = files.staged(path.parent), _aside(path, now)
        copy(old, copied)
        files.move(copied, kept.name)
        new.backup(old)
    return kept


def _replaced(path: Path, staged: Path, now: Moment) -> Path | None:
    """Put a file in the place of one that is damaged, or not there."""
    aside = _aside(path, now)
    kept = None
    for end in ("", *COMPANIONS):
        part = path.with_name(path.name + end)
        if part.exists():
            kept = aside
            _link(part, path.with_name(aside.name + end))
    # What is left of a file that is gone would be taken for the new one's last transactions.
    for end in COMPANIONS:
        files.remove(path.with_name(path.name + end))
    files.move(staged, path.name)
    return kept


def _aside(path: Path, now: Moment) -> Path:
    return path.with_name(f"{path.stem}.set-aside-{now.at}-{os.urandom(4).hex()}{path.suffix}")


def _link(part: Path, target: Path) -> None:
    """Give a file a second name; where the disk knows no such thing, copy it."""
    try:
        os.link(part, target)
    except OSError:
        import shutil  # 2 ms that only such a disk takes

        shutil.copy2(part, target)
