"""Anki's own text format, out and in: a note on a line, under headers that say what its columns are."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from dp100cards.cards import Card
from dp100cards.errors import ContentError, Problem
from dp100cards.exchange.anki_collection import deck_names
from dp100cards.exchange.anki_foreign import CLOZE, Foreign, Note, gathered
from dp100cards.exchange.anki_models import Model, Template
from dp100cards.exchange.anki_notes import fields
from dp100cards.exchange.anki_ours import KINDS
from dp100cards.exchange.anki_types import CLOZE_FIELDS, FIELDS, NAMES

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}


def to_anki_text(cards: Iterable[Card], titles: Mapping[str, str], name: str) -> str:
    """The cards as Anki's text format: by guid, so that taking it in again updates; the fields are the note types' own.

    The note types themselves come with a package; without them Anki asks which of its own to take.
    """
    head = [
        "#separator:tab", "#html:true", "#guid column:1", "#notetype column:2", "#deck column:3",
        f"#tags column:{4 + len(FIELDS)}",
    ]  # fmt: skip
    lines = []
    cards = list(cards)
    decks = deck_names(dict.fromkeys(card.deck for card in cards), titles, name)
    for card in cards:
        values = fields(card)
        values += [""] * (len(FIELDS) - len(values))
        tags = " ".join(tag.replace(" ", "_") for tag in (*card.tags, card.status, card.deck) if tag)
        lines.append("\t".join(map(_quoted, (card.id, NAMES[card.kind], decks[card.deck], *values, tags))))
    return "\n".join([*head, *lines]) + "\n"


def _quoted(value: str) -> str:
    value = value.replace("\r\n", "\n")
    return (
        '"' + value.replace('"', '""') + '"'
        if any(c in value for c in '"\t\n\r') or value[:1] == "#"
        else value
    )


def from_anki_text(
    text: str, path: str, name: str, title: str, known: AbstractSet[str] = frozenset()
) -> Foreign:
    """A deck of a text file that Anki, or this program, wrote; its headers say what it holds.

    Notes of our own types come back as they were. Of any other the first field is the question, the rest the answer;
    the name of its type tells whether it is a cloze, or asked both ways. Raises ContentError.
    """
    head, body, first = _headers(text)
    separator = SEPARATORS.get(head.get("separator", "").lower(), head.get("separator", ""))
    if len(separator) != 1:
        separator = next((mark for mark in "\t;,|" if mark in body.partition("\n")[0]), "\t")
    places = {
        what: int(head[f"{what} column"]) - 1
        for what in ("guid", "notetype", "deck", "tags")
        if head.get(f"{what} column", "").isdecimal() and len(head[f"{what} column"]) < 4
    }
    plain = head.get("html", "").strip().lower() != "true"
    notes: list[Note] = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            if not any(cell.strip() for cell in row) or (len(row) == 1 and row[0].startswith("#")):
                continue
            cell = {what: row[place] for what, place in places.items() if 0 <= place < len(row)}
            values = [value for place, value in enumerate(row) if place not in places.values()]
            if plain:
                values = [html.escape(value, quote=False).replace("\n", "<br>") for value in values]
            kind = cell.get("notetype", head.get("notetype", ""))
            tags = (*cell.get("tags", "").split(), *head.get("tags", "").split())
            guid = cell.get("guid") or "\x1f".join(values[:1])
            notes.append(Note(guid, _model(kind, values), tags, tuple(values)))
    except csv.Error as error:
        place = first + reader.line_num
        raise ContentError([Problem(path, place, 0, f"this is not Anki's text format: {error}")]) from None
    return gathered(notes, name, title, known)


def _headers(text: str) -> tuple[dict[str, str], str, int]:
    """The headers by their names, the lines after them, and how many lines the headers take."""
    head: dict[str, str] = {}
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    count = 0
    for line in lines:
        if not line.startswith("#"):
            break
        what, colon, value = line[1:].rstrip("\r\n").partition(":")
        if colon:
            head[what.strip().lower()] = value if len(value) == 1 else value.strip()
        count += 1
    return head, "".join(lines[count:]), count


def _model(name: str, values: Sequence[str]) -> Model:
    """The note type of this name, as far as a text tells it."""
    count = len(values)
    if name in KINDS:
        own = CLOZE_FIELDS if KINDS[name] == "cloze" else FIELDS
        if count >= len(own):
            return Model(own, (), name)
    places = tuple(str(n) for n in range(1, max(count, 2) + 1))
    if "cloze" in name.lower() or (values and CLOZE.search(values[0])):
        return Model(places, (Template(places[:1], places[1:], places[0]),), name)
    one = Template(places[:1], places[1:], "")
    if "revers" in name.lower():
        return Model(places, (one, Template(places[1:2], (places[0], *places[2:]), "")), name)
    return Model(places, (one,), name)
