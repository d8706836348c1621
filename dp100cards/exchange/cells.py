"""What a card holds besides its question, as cells of a table, and back: parts of an answer stand one on a line.

| kind             | answer                      | wrong                                  |
| ---------------- | --------------------------- | -------------------------------------- |
| basic            | the answer                  |                                        |
| choice, multiple | the right options           | the wrong options                      |
| order            | the items in their order    |                                        |
| match            | `left → right`              |                                        |
| statements       | `Yes: …` or `No: …`         |                                        |
| code             | the blanks                  | for each blank its wrong words: `a | b`|

`because` holds a line `option: why` for each option or statement of which it is said. A line that begins with a tab
goes on with the part before it. Read back, the right options of a card stand before the wrong ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dp100cards.cards import Card, Code, Match, Option, Pair, Scenario, Source, Statements
from dp100cards.exchange import wording

ARROWS = (" → ", " ⇒ ", " ⟶ ", " = ", " | ", "\t")
"""What stands between the two sides of a pair: the first by which they are told apart."""
LAST = " ␟ "
"""The sign for a separator, which no text has: where none of the others will do. It is looked for first."""

YES, NO = "Yes: ", "No: "
BETWEEN = " | "

_PLACE = re.compile(r"(.+?):(\d{1,9})(?:-(\d{1,9}))?\Z")


def lines_of(parts: Iterable[str]) -> str:
    """Parts as a cell."""
    return "\n".join(part.replace("\n", "\n\t") for part in parts)


def parts_of(cell: str) -> list[str]:
    """The parts of a cell, without empty ones."""
    parts: list[str] = []
    for line in cell.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.startswith("\t") and parts:
            parts[-1] += "\n" + line[1:]
        elif line.strip():
            parts.append(line)
    return [part.strip() for part in parts]


def answer_cell(card: Card) -> str:
    """The right answer."""
    if isinstance(card, Match):
        cells = [
            lines_of(f"{pair.left}{arrow}{pair.right}" for pair in card.pairs) for arrow in (*ARROWS, LAST)
        ]
        return next((cell for cell in cells if _gives(cell, card.pairs)), cells[0])
    if isinstance(card, Statements):
        return lines_of(f"{YES if each.right else NO}{each.text}" for each in card.statements)
    right = wording.answers(card)
    return right[0] if card.kind == "basic" else lines_of(right)


def wrong_cell(card: Card) -> str:
    """What is wrong."""
    if not isinstance(card, Code):
        return lines_of(wording.wrong(card))
    if not card.wrong:
        return ""
    lists = [BETWEEN.join(words) for words in card.wrong]
    if [_words(each) for each in lists] != [list(words) for words in card.wrong]:
        lists = [json.dumps(words, ensure_ascii=False) for words in card.wrong]
    return lines_of(lists)


def pairs_of(cell: str) -> tuple[Pair, ...]:
    """The pairs of a match card. Raises ValueError, with a sentence."""
    parts = parts_of(cell)
    for arrow in (LAST, *ARROWS):
        if all(part.count(arrow) == 1 for part in parts):
            sides = [part.split(arrow) for part in parts]
            return tuple(Pair(left.strip(), right.strip()) for left, right in sides)
    raise ValueError(f"a pair has two sides with{ARROWS[0]}between them")


def statements_of(cell: str) -> tuple[Option, ...]:
    """The statements of a card. Raises ValueError, with a sentence."""
    found = []
    for part in parts_of(cell):
        answer, colon, text = part.partition(":")
        if not colon or answer.strip().casefold() not in ("yes", "no") or not text.strip():
            raise ValueError("a statement begins with Yes: or No:")
        found.append(Option(text.strip(), right=answer.strip().casefold() == "yes"))
    return tuple(found)


def wrong_words(cell: str) -> tuple[tuple[str, ...], ...]:
    """The wrong words for each blank of a code card."""
    return tuple(tuple(_words(part)) for part in parts_of(cell))


def with_reasons(options: Sequence[Option], cell: str) -> tuple[Option, ...]:
    """Options with why each is right or wrong, as `wording.reasons` says it."""
    reasons = parts_of(cell)
    found: dict[str, str] = {}
    # The longest option first: one may begin as another does.
    for option in sorted(options, key=lambda option: -len(option.text)):
        start = f"{option.text}: "
        mine = next((reason for reason in reasons if reason.startswith(start)), None)
        if mine is not None:
            reasons.remove(mine)
            found[option.text] = mine[len(start) :].strip()
    return tuple(replace(option, because=found.get(option.text, "")) for option in options)


def scenario_of(cell: str) -> Scenario | None:
    """The scenario of a cell: a line with its id, then its text. Raises ValueError, with a sentence."""
    id_, _, text = cell.replace("\r\n", "\n").partition("\n")
    if not cell:
        return None
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", id_.strip()) or not text.strip():
        raise ValueError("a scenario is a line with its id (a–z, 0–9, hyphens), and below it the text")
    return Scenario(id_.strip(), text.strip("\n"))


def source_of(place: str, quote: str) -> Source | None:
    """A source from `note.md:12-14` and the words there; None, if there is none."""
    match = _PLACE.match(place)
    if match is None:
        return None
    first = int(match[2])
    last = int(match[3] or first)
    return Source(match[1], (first, last), quote) if 1 <= first <= last else None


def _gives(cell: str, pairs: tuple[Pair, ...]) -> bool:
    """Are these the pairs that are read from the cell?"""
    try:
        return pairs_of(cell) == pairs
    except ValueError:
        return False


def _words(part: str) -> list[str]:
    if part.startswith("["):
        try:
            words = json.loads(part)
        except (ValueError, RecursionError):
            words = None
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return words
    return [word.strip() for word in part.split(BETWEEN) if word.strip()]
