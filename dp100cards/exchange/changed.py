"""When each card last changed, as Anki must be told: it takes a note over only if ours is newer than its own.

A deck file's time says too much (one card changed, all are newer, and a learner's own edits in Anki would be
overwritten) and too little (a file copied or checked out may look old). So the program remembers each card's content
as it was last exported, and since when it is so.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.exchange.anki_notes import fields

FILE = "exported.json"

Known = dict[str, tuple[int, int]]
"""For each card a checksum of its content, and since when it is so (seconds since 1970)."""


def read(path: Path) -> Known:
    """What is remembered; nothing, if the file is missing or cannot be used."""
    try:
        data = json.loads(files.read_bytes(path))
        return {str(card): (int(content), int(since)) for card, (content, since) in data.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write(path: Path, known: Known) -> None:
    """Remember. In a folder that cannot be written nothing is, and deck files' times count again."""
    with suppress(OSError):
        files.private_folder(path.parent)
        files.write(path, json.dumps(known), private=True)


def since(cards: Iterable[Card], known: Known, files: Mapping[str, int], now: int) -> Known:
    """Since when each card is as it is: as remembered; changed since then, now; never exported, its deck file's time.

    What is remembered of other cards stays.
    """
    result = dict(known)
    for card in cards:
        content = checksum(card)
        before = known.get(card.id)
        if before is None:
            result[card.id] = content, min(files.get(card.deck, now), now)
        elif before[0] != content:
            result[card.id] = content, max(now, before[1] + 1)
    return result


def checksum(card: Card) -> int:
    """A number for a card's content as Anki gets it."""
    return zlib.crc32("\x1f".join((card.kind, *fields(card), *card.tags, card.status)).encode())
