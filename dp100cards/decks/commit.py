"""Writing several files as one: a crash leaves all of them old or all of them new.

The new files are written beside the old ones first; then a journal says that they are complete; then they are moved
into place. Whoever comes next finds either no journal, and the old files stand, or a journal, and finishes the moves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from dp100cards.errors import ContentError, Problem

JOURNAL = ".build-journal.json"
NEW = ".new"


def commit(folder: Path, files: Mapping[Path, str | bytes | None]) -> None:
    """Write files of a folder (None: remove) as one; the journal lies in the folder too.

    Raises OSError, and then nothing has changed.
    """
    written: list[Path] = []
    moves: list[tuple[str, str | None]] = []
    try:
        for target, text in files.items():
            if text is None:
                moves.append((target.relative_to(folder).as_posix(), None))
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            written.append(target.with_name(target.name + NEW))
            _write(written[-1], text)
            moves.append((target.relative_to(folder).as_posix(), written[-1].relative_to(folder).as_posix()))
        folder.mkdir(parents=True, exist_ok=True)
        written.append(folder / (JOURNAL + NEW))
        _write(written[-1], json.dumps(moves))
        written[-1].replace(folder / JOURNAL)
    except OSError:
        for beside in written:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        raise
    _settle(folder)
    recover(folder)


def recover(folder: Path) -> bool:
    """Finish what a crash interrupted. Gives whether there was anything to finish.

    Raises OSError if it cannot be finished now, and ContentError if the journal is none.
    """
    journal = folder / JOURNAL
    try:
        moves = _moves(journal.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except (ValueError, TypeError):
        message = "this is not what `dp100 build` wrote; look at the files beside it, then delete it"
        raise ContentError([Problem(str(journal), 1, 0, message)]) from None
    for target, beside in moves:
        if beside is None:
            (folder / target).unlink(missing_ok=True)
        elif (folder / beside).exists():
            (folder / beside).replace(folder / target)
    _settle(folder)
    journal.unlink(missing_ok=True)
    return True


def _moves(text: str) -> list[tuple[str, str | None]]:
    """What a journal says. It may come with a collection from elsewhere: nothing outside the folder is touched.

    Raises ValueError or TypeError for a text that is no journal.
    """
    moves = [(target, beside) for target, beside in json.loads(text)]
    for path in (PurePosixPath(name) for move in moves for name in move if name is not None):
        if path.is_absolute() or ".." in path.parts or "\\" in str(path) or ":" in str(path):
            raise ValueError(text)
    return moves


def _write(path: Path, data: str | bytes) -> None:
    with path.open("wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have the folder's entries on disk too; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
