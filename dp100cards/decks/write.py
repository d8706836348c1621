"""A deck as YAML that is pleasant to edit by hand: one key a line, stable order, small diffs.

What did not change is written again as it stands, letter for letter, comments and all; only a card that changed is laid
out anew, and the comments in it are kept above it.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from operator import itemgetter
from textwrap import indent
from typing import Any

import yaml

from dp100cards.cards import Card, Deck
from dp100cards.decks.collection import to_data
from dp100cards.decks.read import Reading

SCHEMA_FILE = ".deck.schema.json"  # beside the decks, so that an editor finds it without a network
FIRST_LINE = f"# yaml-language-server: $schema={SCHEMA_FILE}"


def deck_text(deck: Deck, reading: Reading | None = None) -> str:
    """The text of a deck file; with the reading of the file as it is now, what did not change is kept."""
    old = reading or Reading("", deck.name)
    head, texts, tail = _cut(old)
    before, parts = {card.id: card for card in old.deck.cards}, [_head(deck, old.deck, head)]
    for card in deck.cards:
        text, was = texts.get(card.id, ""), before.get(card.id)
        if text and was == card and _for_everybody(text):
            parts.append(text)
        else:
            parts += _comments(text, _card(was, old.deck.area)) if was else []
            parts.append(_card(card, deck.area))
    parts += [tail] if deck.cards else ["  []", tail]
    return "\n".join(filter(None, parts)) + "\n"


def remarks(text: str) -> list[str]:
    """The lines of a person's comments."""
    return [line for line in text.splitlines() if line.lstrip().startswith("#") and line != FIRST_LINE]


def _cut(old: Reading) -> tuple[str, dict[str, str], str]:
    """A deck file's head, the text of each card, and what follows; its comments alone where it cannot be cut."""
    text = old.text.splitlines()
    starts = {line - 1: id_ for id_, (line, _) in sorted(old.places.items(), key=itemgetter(1))}
    sound = not old.problems and len(starts) == len(old.places) > 0
    sound = sound and all(text[line].lstrip().startswith("- ") for line in starts)
    if not sound or any(line[:1].isalpha() for line in text[min(starts) :]):  # a deck's field below its cards
        return "\n".join(remarks(old.text)), {}, ""
    end = len(text)  # comments at the left margin after the last card are the file's
    while end > max(starts) + 1 and (not text[end - 1].strip() or text[end - 1].startswith("#")):
        end -= 1
    begins = []
    for line in starts:
        # Comments right above a card are the card's; further to the right they would be of a text.
        comment = re.compile(rf"\s{{1,{text[line].index('-') + 1}}}#")
        while line and comment.match(text[line - 1]):
            line -= 1
        begins.append(line)
    parts = ["\n".join(text[a:b]) for a, b in pairwise([0, *begins, end, len(text)])]
    return parts[0], dict(zip(starts.values(), parts[1:-1], strict=True)), parts[-1]


def _comments(text: str, card: str) -> list[str]:
    """The comments in a card's text, but not what only looks like one, in its fields."""
    lines = text.split("\n")
    found = (re.match(r"\s*(#.*)", line) or re.search(r"\s(#\s.*)$", line) for line in lines)
    return [f"  {each[1].strip()}" for each in found if each and each[1].strip() not in card]


_ASKS_IN_FLOW = re.compile(r'[{\[](?:[^"?\n]|"(?:[^"\\\n]|\\.)*")*\?')


def _for_everybody(text: str) -> bool:
    """Can every reader of YAML read it? Some refuse a bare `?` inside brackets, as the first edition wrote it."""
    try:
        return not _ASKS_IN_FLOW.search(text) or bool(yaml.compose(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return False


def _head(deck: Deck, old: Deck, text: str) -> str:
    """What is above the cards: the text as it is if it says what the deck says, else its comments over a new one."""
    same = (old.name, old.title, old.area) == (deck.name, deck.title, deck.area)
    if same and {*old.scenarios} >= {*deck.every_scenario} and text.rstrip().endswith("cards:"):
        return text
    fields = {"deck": deck.name, "title": deck.title, "area": deck.area}
    lines = [FIRST_LINE, *dict.fromkeys(remarks(text))]
    lines += [_field(name, value) for name, value in fields.items() if value]
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
    return quoted(text)


def quoted(value: Any) -> str:
    """A value as JSON, which is YAML too, with everything escaped that no reader of YAML takes as it is."""
    said = json.dumps(value, ensure_ascii=False)
    if said.isprintable():
        return said
    return "".join(c if c.isprintable() or ord(c) > 0xFFFF else f"\\u{ord(c):04x}" for c in said)
