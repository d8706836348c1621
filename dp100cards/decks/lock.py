"""One build at a time: a lock beside the decks, which says who has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dp100cards import files
from dp100cards.errors import DataError

FILE = ".build.lock"

PATIENCE = 3.0
"""Seconds to wait for another program that is only writing what it has already worked out."""


class Busy(DataError):
    """Another program is writing the decks."""


@contextmanager
def locked(folder: Path, patience: float = 0.0) -> Iterator[None]:
    """Be the only one that changes a folder's decks. Raises Busy if another program is at it.

    It is tried again for `patience` seconds. Raises OSError if the folder leads out of the collection.
    """
    made = not folder.exists()
    with suppress(OSError):  # whoever writes there will say what is wrong
        folder.mkdir(parents=True, exist_ok=True)
    if not folder.is_dir():
        yield
        return
    try:
        with files.locked(folder / FILE, patience, within=folder.parent):
            yield
    except files.Held as held:
        who = f" (process {held.process})" if held.process else ""
        raise Busy(
            f"another dp100 is writing the decks in {folder} just now{who};"
            " wait until it is done, then type this again"
        ) from None
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()  # nothing came of it
