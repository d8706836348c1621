"""Decks as tables: CSV, and the text that Anki reads.

CSV follows RFC 4180: commas, quotes doubled, CRLF at the end of a line, a header. A cell that a spreadsheet would
take for a formula gets an apostrophe before it, which `from_csv` takes away again. Parts of an answer and wrong options
stand one on a line of their cell.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from dp100cards.cards import Basic, Card, Choice, Cloze, Deck, Multiple, Option, Order
from dp100cards.errors import ContentError, Problem
from dp100cards.exchange import wording
from dp100cards.exchange.anki_notes import fields
from dp100cards.exchange.anki_types import FIELDS, NAMES

COLUMNS = (
    "id",
    "deck",
    "kind",
    "question",
    "answer",
    "wrong",
    "explanation",
    "tags",
    "status",
    "area",
    "source",
)
READ = ("basic", "cloze", "choice", "multiple", "order")
"""The kinds that a table tells whole, and that can be read back from it."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
"""What a spreadsheet may take for a formula; also with apostrophes before it, so that ours can be told from those."""


def to_csv(cards: Iterable[Card]) -> str:
    """The cards as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for card in cards:
        ask = card.ask if isinstance(card, Cloze) else wording.question(card)
        row = (
            card.id, card.deck, card.kind, ask, "\n".join(wording.answers(card)), "\n".join(wording.wrong(card)),
            card.explain, " ".join(card.tags), card.status, card.area, wording.place(card),
        )  # fmt: skip
        writer.writerow([defused(cell) for cell in row])
    return out.getvalue()


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def armed(cell: str) -> str:
    """What a cell was before `defused`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


@dataclass(frozen=True, slots=True)
class Table:
    """A deck read from a table, and how many rows are of kinds that a table does not tell whole."""

    deck: Deck
    left: int


def from_csv(text: str, path: str, name: str, title: str, known: AbstractSet[str] = frozenset()) -> Table:
    """A deck from CSV with a header; `question` and `answer` are needed, the other columns of `to_csv` are known.

    Without a kind, a question with `{{gaps}}` is a cloze, one with wrong options a choice or multiple, any other basic.
    A card keeps the id that its row gives, unless another card has it (`known`).

    Raises ContentError with every mistake and its line.
    """
    problems: list[Problem] = []
    cards: list[Card] = []
    left = 0
    taken = set(known)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        missing = [column for column in ("question", "answer") if column not in (reader.fieldnames or ())]
        if missing:
            raise ContentError(
                [Problem(path, 1, 0, f"the header has no column {' and no column '.join(missing)}")]
            )
        for row in reader:
            cells = {
                key: armed(value or "").strip()
                for key, value in row.items()
                if isinstance(value, str) and key
            }
            if not any(cells.values()):
                continue
            if cells.get("kind", "") not in ("", *READ):
                left += 1
                continue
            made = _card(cells, name, taken)
            if isinstance(made, str):
                problems.append(Problem(path, reader.line_num, 0, made))
            else:
                cards.append(made)
    except csv.Error as error:
        problems.append(Problem(path, 0, 0, f"this is not CSV: {error}"))
    if problems:
        raise ContentError(problems)
    return Table(Deck(name, title, "", tuple(cards)), left)


def _card(cells: Mapping[str, str], deck: str, taken: set[str]) -> Card | str:
    """A card of a row, or what is wrong with it."""
    ask, right, others = cells["question"], _lines(cells.get("answer", "")), _lines(cells.get("wrong", ""))
    kind = cells.get("kind") or (
        "cloze" if "{{" in ask else ("multiple" if len(right) > 1 else "choice") if others else "basic"
    )
    if not ask:
        return "the question is empty"
    if not right and kind != "cloze":
        return "the answer is empty"
    common = {
        "id": _id(cells.get("id", ""), deck, ask, taken), "deck": deck, "ask": ask,
        "explain": cells.get("explanation", ""), "tags": tuple(cells.get("tags", "").split()),
        "status": cells.get("status", ""), "area": cells.get("area", ""),
    }  # fmt: skip
    options = (*(Option(text, right=True) for text in right), *(Option(text) for text in others))
    match kind:
        case "cloze":
            return Cloze(**common)  # type: ignore[arg-type]
        case "choice":
            return Choice(**common, options=options)  # type: ignore[arg-type]
        case "multiple":
            return Multiple(**common, options=options)  # type: ignore[arg-type]
        case "order":
            return Order(**common, items=tuple(right))  # type: ignore[arg-type]
    return Basic(**common, answer=cells["answer"])  # type: ignore[arg-type]


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]


def _id(given: str, deck: str, ask: str, taken: set[str]) -> str:
    id_, turn = given, 0
    while not id_ or id_ in taken:
        digest = hashlib.sha256(f"{ask}\x1f{turn}".encode()).digest()
        id_, turn = f"{deck}-{base64.b32encode(digest).decode().lower()[:6]}", turn + 1
    taken.add(id_)
    return id_


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
