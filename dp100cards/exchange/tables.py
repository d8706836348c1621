"""Decks as tables: CSV.

CSV follows RFC 4180: commas, quotes doubled, CRLF at the end of a line, a header. A cell that a spreadsheet would
take for a formula gets an apostrophe before it, which `from_csv` takes away again. `cells` says what stands in them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from dp100cards.cards import (
    KINDS,
    STATUSES,
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Deck,
    Match,
    Multiple,
    Option,
    Order,
    Statements,
)
from dp100cards.errors import ContentError, Problem
from dp100cards.exchange import cells, wording
from dp100cards.generate.identity import id_from

COLUMNS = (
    "id", "deck", "kind", "question", "code", "language", "answer", "wrong", "because", "explanation", "shows", "tags",
    "status", "area", "source", "quote", "scenario",
)  # fmt: skip
"""`shows` is what the notes said where that is no longer so, `quote` their very words; `scenario` is its id, and below
that its text."""

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
"""What a spreadsheet may take for a formula; also with apostrophes before it, so that ours can be told from those."""


def to_csv(cards: Iterable[Card]) -> str:
    """The cards as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for card in cards:
        code, language = (card.code, card.language) if isinstance(card, Code) else ("", "")
        row = (
            card.id, card.deck, card.kind, card.ask, code, language, cells.answer_cell(card), cells.wrong_cell(card),
            cells.lines_of(wording.reasons(card)), card.explain, card.shows, " ".join(card.tags), card.status,
            card.area, wording.place(card), card.source.quote if card.source else "",
            f"{card.scenario.id}\n{card.scenario.text}" if card.scenario else "",
        )  # fmt: skip
        writer.writerow([defused(cell) for cell in row])
    return out.getvalue()


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def armed(cell: str) -> str:
    """What a cell was before `defused`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def from_csv(text: str, path: str, name: str, title: str, known: AbstractSet[str] = frozenset()) -> Deck:
    """A deck from CSV with a header; `question` and `answer` are needed, the other columns of `to_csv` are known.

    Without a kind, a question with `{{gaps}}` is a cloze, one with code a code card, one with wrong options a choice or
    multiple, any other basic. A card keeps the id that its row gives, unless another card has it (`known`).

    Raises ContentError with every mistake and its line.
    """
    problems: list[Problem] = []
    cards: list[Card] = []
    taken = set(known)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        missing = [column for column in ("question", "answer") if column not in (reader.fieldnames or ())]
        if missing:
            raise ContentError(
                [Problem(path, 1, 0, f"the header has no column {' and no column '.join(missing)}")]
            )
        for row in reader:
            found = {key: armed(value or "") for key, value in row.items() if isinstance(value, str) and key}
            if not any(cell.strip() for cell in found.values()):
                continue
            try:
                cards.append(_card(found, name, taken))
            except ValueError as error:
                problems.append(Problem(path, reader.line_num, 0, str(error)))
    except csv.Error as error:
        problems.append(Problem(path, 0, 0, f"this is not CSV: {error}"))
    if problems:
        raise ContentError(problems)
    return Deck(name, title, "", wording.scenarios_apart(cards))


def _card(row: Mapping[str, str], deck: str, taken: set[str]) -> Card:
    """A card of a row. Raises ValueError, with a sentence."""
    cell = {name: row.get(name, "").strip() for name in COLUMNS}
    # Code may begin with spaces that count.
    code = row.get("code", "").strip("\r\n").replace("\r\n", "\n")
    right, others = cells.parts_of(cell["answer"]), cells.parts_of(cell["wrong"])
    kind = cell["kind"] or _likely(cell, len(right), len(others))
    if kind not in KINDS:
        raise ValueError(f"there is no kind {kind!r}: {', '.join(KINDS)}")
    if cell["status"] not in STATUSES:
        raise ValueError(f"there is no status {cell['status']!r}: {', '.join(filter(None, STATUSES))}")
    if not cell["question"]:
        raise ValueError("the question is empty")
    if not right and kind not in ("cloze", "code"):
        raise ValueError("the answer is empty")
    common: dict[str, Any] = {
        "id": new_id(cell["id"], deck, cell["question"], taken), "deck": deck, "ask": cell["question"],
        "explain": cell["explanation"], "shows": cell["shows"], "tags": tuple(cell["tags"].split()),
        "status": cell["status"], "area": cell["area"], "source": cells.source_of(cell["source"], cell["quote"]),
        "scenario": cells.scenario_of(cell["scenario"]),
    }  # fmt: skip
    options = (*(Option(text, right=True) for text in right), *(Option(text) for text in others))
    match kind:
        case "cloze":
            return Cloze(**common)
        case "choice":
            return Choice(**common, options=cells.with_reasons(options, cell["because"]))
        case "multiple":
            return Multiple(**common, options=cells.with_reasons(options, cell["because"]))
        case "order":
            return Order(**common, items=tuple(right))
        case "match":
            return Match(**common, pairs=cells.pairs_of(cell["answer"]))
        case "statements":
            statements = cells.with_reasons(cells.statements_of(cell["answer"]), cell["because"])
            return Statements(**common, statements=statements)
        case "code":
            wrong = cells.wrong_words(cell["wrong"])
            return Code(**common, code=code, language=cell["language"], wrong=wrong)
    return Basic(**common, answer=cell["answer"])


def _likely(cell: Mapping[str, str], right: int, wrong: int) -> str:
    """The kind of a row that does not say it."""
    if "{{" in cell["code"]:
        return "code"
    if "{{" in cell["question"]:
        return "cloze"
    return ("multiple" if right > 1 else "choice") if wrong else "basic"


def new_id(given: str, deck: str, ask: str, taken: set[str]) -> str:
    """The id that is given, or, if there is none or another card has it, one that the same question gets again."""
    id_, turn = given, 0
    while not id_ or id_ in taken:
        id_, turn = id_from(deck, f"{ask}\x1f{turn}"), turn + 1
    taken.add(id_)
    return id_
