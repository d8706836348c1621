"""`decks/.generated.yaml`: every id ever given, and the card behind it as it was generated last.

The build's memory: committed with the decks, never edited by hand.
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from dp100cards.decks.codec import from_data, to_data
from dp100cards.errors import ContentError, Problem
from dp100cards.generate.known import HERE, STATES, Known

FILE = ".generated.yaml"
FORMAT = 1
HEAD = "# Written by `dp100 build`, which knows by it which card is which. Commit it; do not edit it."


def generated_text(known: list[Known]) -> str:
    """The text of the file; the same cards give the same bytes."""
    lines = [HEAD, f"format: {FORMAT}", "cards:"]
    for each in sorted(known, key=lambda one: one.id):
        data = to_data(each.card)
        del data["id"]
        entry = {
            "id": each.id,
            "deck": each.card.deck,
            "rule": each.rule,
            "concept": each.concept,
            "item": each.item,
            "changed": each.changed,
            "state": each.state if each.state != HERE else "",
            "doubts": list(each.doubts),
            "card": data,
        }
        told = [f"{name}: {_json(value)}" for name, value in entry.items() if value]
        lines += [f"{'  - ' if n == 0 else '    '}{line}" for n, line in enumerate(told)]
    if not known:
        lines[-1] = "cards: []"
    return "\n".join(lines) + "\n"


_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _json(value: object) -> str:
    """A value as JSON, which is YAML too."""
    text = _encode(value)
    if text.isascii() and text.isprintable():
        return text
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def read_generated(text: str, path: str) -> list[Known]:
    """The known cards. Raises ContentError for a file that `dp100 build` did not write."""
    try:
        table = _as_written(text) or _as_yaml(text)
        if table["format"] != FORMAT:
            message = "it was written by another version of dp100cards; update the program"
            raise ContentError([Problem(path, 2, 1, message)])
        return [_known(entry) for entry in table["cards"]]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        message = "this is not what `dp100 build` wrote; take the file back from git or a backup"
        raise ContentError([Problem(path, line, 1, message)]) from None


def _as_written(text: str) -> dict[str, Any] | None:
    """The file line by line, each value as JSON: ten times faster than YAML. None if it is laid out otherwise."""
    lines = text.splitlines()
    if lines[:3] != [HEAD, f"format: {FORMAT}", "cards:"]:
        return None
    cards: list[dict[str, Any]] = []
    for line in lines[3:]:
        if line.startswith("  - "):
            cards.append({})
        elif not line.startswith("    ") or not cards:
            return None
        name, colon, value = line[4:].partition(": ")
        try:
            cards[-1][name] = json.loads(value)
        except ValueError:
            return None
        if not colon or not name.isalpha():
            return None
    return {"format": FORMAT, "cards": cards}


def _as_yaml(text: str) -> Any:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)


def _known(entry: dict[str, Any]) -> Known:
    data = entry["card"] | {"id": entry["id"]}
    state = entry.get("state", HERE)
    if state not in STATES:
        raise ValueError(state)
    return Known(
        from_data(data, deck=str(entry["deck"])), str(entry["rule"]), str(entry.get("concept", "")),
        str(entry.get("item", "")), state, tuple(entry.get("doubts", ())), str(entry.get("changed", "")),
    )  # fmt: skip
