"""Writing the decks of a collection, in the order in which a crash in between does no harm.

Everything is on disk beside the old files before the first of them is replaced. Then decks take their places, and the
build's memory last: to a build that comes after a crash, decks that are ahead of it look as if they were edited to
just what it would write, and that is no edit. There is no journal: one could come from a stranger.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dp100cards import files


def commit(folder: Path, changes: Mapping[Path, str | bytes | None]) -> None:
    """Write files of a folder (None: remove); hidden ones, the build's own, come last. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    ordered = sorted(changes.items(), key=lambda change: (change[0].name.startswith("."), change[1] is None))
    files.write_all(folder, {path.name: data for path, data in ordered}, within=folder.parent)
