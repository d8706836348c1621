"""Anki's own text format, out and in: a note on a line, under headers that say what its columns are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dp100cards.cards import Card
from dp100cards.exchange.anki_notes import fields
from dp100cards.exchange.anki_types import FIELDS, NAMES


def to_anki_text(cards: Iterable[Card], titles: Mapping[str, str], name: str) -> str:
    """The cards as Anki's text format: by guid, so that taking it in again updates; the fields are the note types' own.

    The note types themselves come with a package; without them Anki asks which of its own to take.
    """
    head = [
        "#separator:tab", "#html:true", "#guid column:1", "#notetype column:2", "#deck column:3",
        f"#tags column:{4 + len(FIELDS)}",
    ]  # fmt: skip
    lines = []
    for card in cards:
        values = fields(card)
        values += [""] * (len(FIELDS) - len(values))
        deck = f"{name}::{titles.get(card.deck, card.deck).replace('::', ': ')}"
        tags = " ".join(tag.replace(" ", "_") for tag in (*card.tags, card.status, card.deck) if tag)
        lines.append("\t".join(map(_quoted, (card.id, NAMES[card.kind], deck, *values, tags))))
    return "\n".join([*head, *lines]) + "\n"


def _quoted(value: str) -> str:
    value = value.replace("\r\n", "\n")
    return (
        '"' + value.replace('"', '""') + '"'
        if any(c in value for c in '"\t\n\r') or value[:1] == "#"
        else value
    )
