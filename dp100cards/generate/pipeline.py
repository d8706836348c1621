"""The way from notes to drafts."""

from __future__ import annotations

from collections.abc import Mapping

from dp100cards.generate.draft import Drafts


def draft_cards(notes: Mapping[str, str]) -> Drafts:
    """The cards that notes give: path below `notes/` -> text. Pure, and the same for the same notes."""
    return Drafts()
