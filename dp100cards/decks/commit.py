"""Writing several files as one: a crash leaves all of them old or all of them new.

The new files are written beside the old ones first; then a journal says that they are complete; then they are moved
into place. Whoever comes next finds either no journal, and the old files stand, or a journal, and finishes the moves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

JOURNAL = ".build-journal.json"
NEW = ".new"


def commit(folder: Path, files: Mapping[Path, str | None]) -> None:
    """Write files (None: remove) as one; `folder` holds the journal. Raises OSError, and then nothing has changed."""
    written: list[Path] = []
    moves: list[tuple[str, str | None]] = []
    try:
        for target, text in files.items():
            if text is None:
                moves.append((str(target), None))
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            written.append(target.with_name(target.name + NEW))
            _write(written[-1], text)
            moves.append((str(target), str(written[-1])))
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
    """Finish what a crash interrupted. Gives whether there was anything to finish."""
    journal = folder / JOURNAL
    try:
        moves = json.loads(journal.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    for target, beside in moves:
        if beside is None:
            Path(target).unlink(missing_ok=True)
        elif Path(beside).exists():
            Path(beside).replace(target)
    _settle(folder)
    journal.unlink()
    return True


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
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
