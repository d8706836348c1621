"""A deck as YAML that is pleasant to edit by hand: one key a line, stable order, small diffs.

What did not change is written again as it stands, letter for letter, comments and all; only a card that changed is laid
out anew, and the comments in it are kept above it.
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from dp100cards.cards import Card, Deck
from dp100cards.decks.codec import to_deck_data
from dp100cards.decks.read import Reading

SCHEMA_FILE = ".deck.schema.json"
"""The JSON Schema lies beside the decks, so that an editor finds it without a network."""

FIRST_LINE = f"# yaml-language-server: $schema={SCHEMA_FILE}"


def deck_text(deck: Deck, before: str | None = None, reading: Reading | None = None) -> str:
    """The text of a deck file; with the file as it is now (`before`, read as `reading`) what did not change is kept."""
    chunks = _Chunks(before, reading) if before is not None and reading is not None else None
    if chunks is None or not chunks.usable:
        comments = [line for line in (before or "").splitlines() if line.lstrip().startswith("#")]
        head = [*(line for line in comments if line != FIRST_LINE), *_head(deck)]
        return "\n".join([FIRST_LINE, *head, *_cards(deck)]) + "\n"
    parts = [chunks.head if chunks.head_is(deck) else "\n".join([*chunks.head_comments(), *_head(deck)])]
    for card in deck.cards:
        parts.append(
            chunks.text(card) or "\n".join([*chunks.comments(card.id), *card_lines(card, deck.area)])
        )
    if not deck.cards:
        parts.append("  []")
    parts.append(chunks.tail)
    return "\n".join(part for part in parts if part) + "\n"


def _head(deck: Deck) -> list[str]:
    lines = [f"deck: {scalar(deck.name)}", f"title: {scalar(deck.title)}"]
    if deck.area:
        lines.append(f"area: {scalar(deck.area)}")
    if deck.every_scenario:
        lines.append("scenarios:")
    for scenario in deck.every_scenario:
        lines += ["  " + line if line else "" for line in _text(scenario.id, scenario.text)]
    return [*lines, "cards:"]


def _cards(deck: Deck) -> list[str]:
    return [line for card in deck.cards for line in card_lines(card, deck.area)] or ["  []"]


def card_lines(card: Card, deck_area: str) -> list[str]:
    """One card as lines, with its dash."""
    lines: list[str] = []
    for name, value in to_deck_data(card, deck_area=deck_area).items():
        lines += _field(name, value)
    return [("  - " if n == 0 else "    ") + line if line else "" for n, line in enumerate(lines)]


def _field(name: str, value: Any) -> list[str]:
    if name in ("options", "statements", "pairs"):
        return [f"{name}:", *("  " + line if line else "" for item in value for line in _item(item))]
    if name in ("items", "extra"):
        return [f"{name}:", *(f"  - {scalar(item)}" for item in value)]
    if name in ("tags", "skills", "wrong", "source"):
        return [f"{name}: {flow(value)}"]
    return _text(name, value)


def _item(item: dict[str, Any]) -> list[str]:
    """One option or pair: on a line of its own, or on several where one of its texts has several."""
    if not any(isinstance(text, str) and _fits_block(text) for text in item.values()):
        return [f"- {flow(item)}"]
    lines = [line for name, value in item.items() for line in _text(name, value)]
    return [("  " if n else "- ") + line if line else "" for n, line in enumerate(lines)]


def _text(name: str, value: str | bool) -> list[str]:
    """A field: a text of many lines as a block."""
    if isinstance(value, str) and _fits_block(value):
        return [f"{name}: |-", *("  " + line if line else "" for line in value.split("\n"))]
    return [f"{name}: {flow(value) if isinstance(value, bool) else scalar(value)}"]


def _fits_block(text: str) -> bool:
    """Has the text several lines, and can a block `|-` give them back to the letter?"""
    return (
        "\n" in text
        and not text.endswith("\n")
        and text[0] not in " \t\n"
        and all(c == "\n" or c.isprintable() for c in text)
    )


def flow(value: Any) -> str:
    """A small value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {v if k == 'lines' else flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(value, in_flow=True)


_PLAIN = re.compile(r"[^\W\d_][^\n\t]*\Z")
_NOT_PLAIN = re.compile(r": |:$| #|\s$|  ")
_FLOW_MARKS = re.compile(r"[\[\]{},?:]")
_RESOLVED = re.compile(r"(?i)(?:y|n|yes|no|on|off|true|false|null)\Z")


def scalar(text: str, *, in_flow: bool = False) -> str:
    """A text as YAML: as it stands where no reader of YAML 1.1 or 1.2 can take it for anything else, else quoted.

    Inside brackets some readers end a text at `?` or `:` wherever it stands.
    """
    plain = (
        _PLAIN.match(text)
        and text.isprintable()
        and not _NOT_PLAIN.search(text)
        and not _RESOLVED.match(text)
        and not (in_flow and _FLOW_MARKS.search(text))
    )
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    """A text in double quotes; what cannot be printed is escaped, what can stays readable."""
    encoded = json.dumps(text, ensure_ascii=False)
    if encoded.isprintable():
        return encoded
    pieces = []
    for letter in encoded:
        code = ord(letter)
        if letter.isprintable() and code != 0xFEFF:
            pieces.append(letter)
        elif code <= 0xFF:
            pieces.append(f"\\x{code:02x}")
        else:
            pieces.append(f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")
    return "".join(pieces)


class _Chunks:
    """The text of a deck file, cut at its cards."""

    def __init__(self, text: str, reading: Reading) -> None:
        self.lines = text.splitlines()
        self.reading = reading
        self.cards = {card.id: card for card in reading.deck.cards}
        starts = sorted((place.line - 1, id_) for id_, place in reading.places.items())
        lines = [line for line, _ in starts]
        self.usable = (
            bool(lines)
            and self._one_card_a_line(lines)
            and not reading.problems
            and not any(
                line[:1].isalpha() for line in self.lines[lines[0] :]
            )  # a deck's field below its cards
        )
        if not self.usable:
            return
        begins = [self._with_comments(line) for line, _ in starts]
        ends = [*begins[1:], self._last_line(lines[-1])]
        self.chunks = {id_: (begin, end) for (_, id_), begin, end in zip(starts, begins, ends, strict=True)}
        self.head = "\n".join(self.lines[: begins[0]])
        self.tail = "\n".join(self.lines[ends[-1] :])

    def _one_card_a_line(self, starts: list[int]) -> bool:
        return len(set(starts)) == len(starts) and all(
            self.lines[line].lstrip().startswith("- ") for line in starts if line < len(self.lines)
        )

    def _with_comments(self, line: int) -> int:
        """Comments right above a card are the card's."""
        while line and self.lines[line - 1].lstrip().startswith("#") and self.lines[line - 1].startswith(" "):
            line -= 1
        return line

    def _last_line(self, start: int) -> int:
        """Where the last card ends: comments at the left margin after it are the file's."""
        end = len(self.lines)
        while end > start + 1 and (not self.lines[end - 1].strip() or self.lines[end - 1].startswith("#")):
            end -= 1
        return end

    def head_is(self, deck: Deck) -> bool:
        """Does the head say what the deck says?"""
        old = self.reading.deck
        same = (old.name, old.title, old.area) == (deck.name, deck.title, deck.area)
        known = {*old.scenarios} >= {*deck.every_scenario}
        return same and known and self.head.rstrip().endswith("cards:")

    def head_comments(self) -> list[str]:
        """The comments of the head."""
        return [line for line in self.head.splitlines() if line.startswith("#")] or [FIRST_LINE]

    def text(self, card: Card) -> str:
        """The card's lines as they stand, or "" if the card is not the one that stands there."""
        if self.cards.get(card.id) != card or card.id not in self.chunks:
            return ""
        begin, end = self.chunks[card.id]
        text = "\n".join(self.lines[begin:end])
        return text if _for_everybody(text) else ""

    def comments(self, id_: str) -> list[str]:
        """The comments in a card's lines."""
        begin, end = self.chunks.get(id_, (0, 0))
        found: list[str] = []
        for line in self.lines[begin:end]:
            if line.lstrip().startswith("#"):
                found.append("  " + line.strip())
            else:
                after = re.search(r"\s(#\s.*)$", line)
                if after and line[: after.start()].count('"') % 2 == 0:
                    found.append("  " + after[1])
        return found


_IN_QUOTES = re.compile(r'"(?:[^"\\]|\\.)*"')
_ASKS_IN_FLOW = re.compile(r"[{\[].*\?")


def _for_everybody(text: str) -> bool:
    """Can every reader of YAML read it? Some refuse a bare `?` inside brackets, as the first edition wrote it."""
    if not any(_ASKS_IN_FLOW.search(_IN_QUOTES.sub("", line)) for line in text.splitlines()):
        return True
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    return True


def schema_text() -> str:
    """The JSON Schema of deck files."""
    from importlib.resources import files

    return files("dp100cards.decks").joinpath("schema.json").read_text(encoding="utf-8")
