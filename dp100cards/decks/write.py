"""A deck as YAML that is pleasant to edit by hand: one key a line, stable order, small diffs.

What did not change is written again as it stands, letter for letter, comments and all; only a card that changed is laid
out anew, and the comments in it are kept above it.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from textwrap import indent
from typing import Any

import yaml

from dp100cards.cards import Card, Deck
from dp100cards.decks.collection import to_data
from dp100cards.decks.read import Reading

SCHEMA_FILE = ".deck.schema.json"
"""The JSON Schema lies beside the decks, so that an editor finds it without a network."""
FIRST_LINE = f"# yaml-language-server: $schema={SCHEMA_FILE}"


def schema_text() -> str:
    return (files("dp100cards.decks") / "schema.json").read_text(encoding="utf-8")


def deck_text(deck: Deck, reading: Reading | None = None) -> str:
    """The text of a deck file; with the reading of the file as it is now, what did not change is kept."""
    old = _Old(reading or Reading("", deck.name))
    parts = [old.head_of(deck)]
    for card in deck.cards:
        parts.append(old.text(card) or "\n".join([*old.comments(card.id), _card(card, deck.area)]))
    parts += [old.tail] if deck.cards else ["  []", old.tail]
    return "\n".join(filter(None, parts)) + "\n"


def remarks(text: str) -> list[str]:
    """The lines of a person's comments."""
    return [line for line in text.splitlines() if line.lstrip().startswith("#") and line != FIRST_LINE]


def _head(deck: Deck) -> str:
    lines = [_field("deck", deck.name), _field("title", deck.title)]
    lines += [_field("area", deck.area)] if deck.area else []
    if scenarios := deck.every_scenario:
        lines += ["scenarios:", *(_indented(_field(each.id, each.text)) for each in scenarios)]
    return "\n".join([*lines, "cards:"])


def _card(card: Card, deck_area: str) -> str:
    data = to_data(card, deck_area=deck_area)
    if card.scenario:  # its text stands at the head of the deck
        data["scenario"] = card.scenario.id
    return _indented(_item(data))


def _item(data: dict[str, Any]) -> str:
    """A mapping as an item of a list, one field a line."""
    return "- " + _indented("\n".join(_field(name, value) for name, value in data.items()))[2:]


def _field(name: str, value: Any) -> str:
    """A field: a text of many lines as a block, and so what holds one; a list of parts with one on each line."""
    if isinstance(value, str) and _fits_block(value):
        return f"{name}: |-\n{_indented(value)}"
    if isinstance(value, list) and name not in ("tags", "skills", "wrong"):
        return "\n".join([f"{name}:", *(_indented(_listed(each)) for each in value)])
    return f"{name}: {scalar(value) if isinstance(value, str) else flow(value)}"


def _listed(value: Any) -> str:
    if isinstance(value, str):
        return f"- {scalar(value)}"
    return _item(value) if any(map(_fits_block, value.values())) else f"- {flow(value)}"


def _indented(text: str) -> str:
    return indent(text, "  ", lambda line: line != "\n")


def _fits_block(text: object) -> bool:
    """Is it a text of several lines, which a block `|-` can give back to the letter?"""
    if not isinstance(text, str) or "\n" not in text or text.endswith("\n") or text[0] in " \t\n":
        return False
    return text.replace("\n", "").isprintable()


def flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {v if k == 'lines' else flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return scalar(value, in_flow=True)


_PLAIN = re.compile(
    r"(?!(?i:y|n|yes|no|on|off|true|false|null)\Z)[^\W\d_](?!.*(?:: |:\Z| #|\s\Z|  ))[^\n\t]*\Z"
)
"""What no reader of YAML 1.1 or 1.2 can take for anything else."""
_FLOW_MARKS = re.compile(r"[\[\]{},?:]")


def scalar(text: str, *, in_flow: bool = False) -> str:
    """A text as YAML: as it stands where that is safe, else in double quotes, with what cannot be printed escaped.

    Inside brackets some readers end a text at `?` or `:` wherever it stands.
    """
    if _PLAIN.match(text) and text.isprintable() and not (in_flow and _FLOW_MARKS.search(text)):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in quoted)


class _Old:
    """The text of a deck file, cut at its cards; without chunks where it cannot be cut."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.lines = reading, reading.text.splitlines()
        self.cards = {card.id: card for card in reading.deck.cards}
        self.chunks: dict[str, list[str]] = {}
        self.head, self.tail, self.above = "", "", [FIRST_LINE, *remarks(reading.text)]
        starts = sorted((place.line - 1, id_) for id_, place in reading.places.items())
        at = [line for line, _ in starts]
        own_lines = len(set(at)) == len(at) and all(self.lines[n].lstrip().startswith("- ") for n in at)
        if reading.problems or not at or not own_lines:
            return
        if any(line[:1].isalpha() for line in self.lines[at[0] :]):  # a deck's field below its cards
            return
        end = len(self.lines)  # comments at the left margin after the last card are the file's
        while end > at[-1] + 1 and (not self.lines[end - 1].strip() or self.lines[end - 1].startswith("#")):
            end -= 1
        begins = [self._with_comments(line) for line in at]
        self.head, self.tail = ("\n".join(part) for part in (self.lines[: begins[0]], self.lines[end:]))
        self.above = [line for line in self.head.splitlines() if line.startswith("#")] or [FIRST_LINE]
        for (_, id_), begin, stop in zip(starts, begins, [*begins[1:], end], strict=True):
            self.chunks[id_] = self.lines[begin:stop]

    def _with_comments(self, line: int) -> int:
        """Comments right above a card are the card's; further to the right they would be of a text."""
        comment = re.compile(rf"\s{{1,{self.lines[line].index('-') + 1}}}#")
        while line and comment.match(self.lines[line - 1]):
            line -= 1
        return line

    def head_of(self, deck: Deck) -> str:
        """The head as it stands, if it says what the deck says; else its comments over a new one."""
        old = self.reading.deck
        same = (old.name, old.title, old.area) == (deck.name, deck.title, deck.area)
        if same and {*old.scenarios} >= {*deck.every_scenario} and self.head.rstrip().endswith("cards:"):
            return self.head
        return "\n".join([*self.above, _head(deck)])

    def text(self, card: Card) -> str:
        """The card's lines as they stand, or "" if the card is not the one that stands there."""
        text = "\n".join(self.chunks.get(card.id, []))
        return text if self.cards.get(card.id) == card and _for_everybody(text) else ""

    def comments(self, id_: str) -> list[str]:
        """The comments in a card's lines, but not what only looks like one, in its texts."""
        found, own = [], _card(self.cards[id_], self.reading.deck.area) if id_ in self.cards else ""
        for line in self.chunks.get(id_, []):
            comment = re.match(r"\s*(#.*)", line) or re.search(r"\s(#\s.*)$", line)
            if comment and line[: comment.start(1)].count('"') % 2 == 0 and comment[1].strip() not in own:
                found.append(f"  {comment[1].strip()}")
        return found


_ASKS_IN_FLOW = re.compile(r'[{\[](?:[^"?\n]|"(?:[^"\\\n]|\\.)*")*\?')


def _for_everybody(text: str) -> bool:
    """Can every reader of YAML read it? Some refuse a bare `?` inside brackets, as the first edition wrote it."""
    if not _ASKS_IN_FLOW.search(text):
        return True
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    return True
