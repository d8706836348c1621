"""`decks/.generated.yaml`: every id ever given, and the card behind it as it was generated last.

The build's memory: committed with the decks, never edited by hand. It is JSON, which is YAML as well, with a remark on
top; the first edition wrote other YAML, which is read too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dp100cards import files
from dp100cards.decks.codec import from_data, to_data
from dp100cards.errors import ContentError, Problem
from dp100cards.generate.identity import HERE, RETIRED, STATES, Known, semantic_key
from dp100cards.generate.merge import Heads

FORMAT = 2
HEAD = "# Written by `dp100 build`, which knows by it which card is which. Commit it; do not edit it.\n"
_FIRST_EDITION = {"here": HERE, "accepted": RETIRED, "suggested": None}
"""What the states of the first edition are now; a card that was accepted comes into its deck with the next build."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the generator knows of its cards, and the head of each deck as it made it."""

    known: list[Known] = field(default_factory=list)
    heads: Heads = field(default_factory=dict)


def manifest_text(known: Iterable[Known], heads: Heads) -> str:
    """The file; the same cards give the same text."""
    lines = ",\n".join(_line(each) for each in sorted(known, key=lambda each: each.id))
    decks = _json({name: list(head) for name, head in sorted(heads.items())})
    return f'{HEAD}{{"format": {FORMAT}, "decks": {decks}, "cards": [\n{lines}\n]}}\n'


def _line(known: Known) -> str:
    entry: dict[str, Any] = {
        "id": known.id, "deck": known.card.deck, "state": known.state, "template": known.template,
        "concept": known.concept, "key": known.key, "changed": known.changed, "card": _card(known.card),
    }  # fmt: skip
    if known.mine:
        entry |= {"mine": _card(known.mine), "mine_deck": known.mine.deck}
    return _json({name: value for name, value in entry.items() if value})


def _card(card: Any) -> dict[str, Any]:
    data = to_data(card)
    del data["id"]
    return data


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _json(value: Any) -> str:
    """Compact JSON in which everything is escaped that YAML does not take as it is."""
    text = _encode(value)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or ord(c) > 0xFFFF else f"\\u{ord(c):04x}" for c in text)


def read_manifest(path: Path, shown: str) -> Manifest:
    """What a manifest says. Raises FileNotFoundError, or ContentError for a file that `dp100 build` did not write."""
    return parse_manifest(files.read_text(path, shown), shown)


def parse_manifest(text: str, path: str) -> Manifest:
    """What the text of a manifest says. Raises ContentError for one that `dp100 build` did not write."""
    line = 1
    try:
        head, _, body = text.partition("\n")
        if head.startswith("#") and body.startswith("{"):
            table = json.loads(body)
        else:
            table = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if table["format"] > FORMAT:
            message = "it was written by a newer dp100cards; update the program"
            raise ContentError([Problem(path, 2, 1, message)])
        known = [one for entry in table["cards"] if (one := _known(entry)) is not None]
        return Manifest(known, {name: (str(a), str(b)) for name, (a, b) in table.get("decks", {}).items()})
    except json.JSONDecodeError as error:
        line = error.lineno + 1
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError):
        pass
    message = "this is not what `dp100 build` wrote; take the file back from git or a backup"
    raise ContentError([Problem(path, line, 1, message)])


def _known(entry: Mapping[str, Any]) -> Known | None:
    state = entry.get("state", HERE)
    if "rule" in entry:
        state = _FIRST_EDITION.get(state, state)
        if state is None:
            return None
    if state not in STATES:
        raise ValueError(state)
    id_, concept, template = (
        entry["id"],
        entry.get("concept", ""),
        entry.get("template") or entry.get("rule", ""),
    )
    card = from_data(entry["card"] | {"id": id_}, deck=entry["deck"])
    mine = from_data(entry["mine"] | {"id": id_}, deck=entry["mine_deck"]) if "mine" in entry else None
    key = entry.get("key") or semantic_key(card, template, concept)
    return Known(card, template, concept, key, state, entry.get("changed", ""), mine)
