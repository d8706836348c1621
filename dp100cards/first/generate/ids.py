"""What the ids of cards look like."""

from __future__ import annotations

import base64
import hashlib

LETTERS = 6
"""Letters of an id after the deck's name: 32^6, a thousand million."""


def id_from(deck: str, seed: str) -> str:
    """The id that this seed gives a card of this deck, always the same: "workspace-bzqydj"."""
    # Five bytes are eight letters; to write out the whole digest takes six times as long.
    digest = hashlib.sha256(seed.encode()).digest()[:5]
    return f"{deck}-{base64.b32encode(digest).decode().lower()[:LETTERS]}"
