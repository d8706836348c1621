"""`decks/.generated.yaml`: every id ever given, and the card behind it as it was generated last.

The build's memory: committed with the decks, never edited by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from dp100cards.decks.codec import from_data, to_data
from dp100cards.errors import ContentError, Problem
from dp100cards.first.generate.known import HERE, STATES, Known

FORMAT = 1
HEAD = "# Written by `dp100 build`, which knows by it which card is which. Commit it; do not edit it."


def generated_bytes(known: list[Known]) -> bytes:
    """The file in UTF-8; the same cards give the same bytes.

    It is no text first, for quotation marks make that twice as large: notes of a megabyte give twelve of these bytes.
    """
    gathered = bytearray(f"{HEAD}\nformat: {FORMAT}\n{'cards:' if known else 'cards: []'}\n".encode())
    for one in sorted(known, key=lambda one: one.id):
        gathered += _entry(one).encode()
        gathered += b"\n"
    return bytes(gathered)


def _entry(known: Known) -> str:
    data = to_data(known.card)
    del data["id"]
    entry = {
        "id": known.id,
        "deck": known.card.deck,
        "rule": known.rule,
        "concept": known.concept,
        "item": known.item,
        "changed": known.changed,
        "state": known.state if known.state != HERE else "",
        "doubts": list(known.doubts),
        "card": data,
    }
    return "  - " + "\n    ".join(f"{name}: {_json(value)}" for name, value in entry.items() if value)


@cache
def _unprintable() -> re.Pattern[str]:
    """What YAML wants written as an escape; most commands never write any, and need not wait for this."""
    return re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


_encode = json.JSONEncoder(ensure_ascii=False).encode
_scan = json.JSONDecoder().raw_decode


def _json(value: object) -> str:
    """A value as JSON, which is YAML too."""
    text = _encode(value)
    if text.isprintable():  # by Python's lights, which are stricter than YAML's
        return text
    return _unprintable().sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def read_generated(text: str, path: str) -> Iterator[Known]:
    """The known cards, one after the other. Raises ContentError for a file that `dp100 build` did not write."""
    try:
        if not _is_as_written(text):
            table = _as_yaml(text)
            if table["format"] != FORMAT:
                message = "it was written by another version of dp100cards; update the program"
                raise ContentError([Problem(path, 2, 1, message)])
            yield from map(_known, table["cards"])
        else:
            yield from map(_known, _as_written(text))
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        message = "this is not what `dp100 build` wrote; take the file back from git or a backup"
        raise ContentError([Problem(path, line, 1, message)]) from None


_START = f"{HEAD}\nformat: {FORMAT}\ncards:\n"
_LINE = re.compile(r"(?:  - id|    [a-z]+): .*")


def _is_as_written(text: str) -> bool:
    """Is the file laid out as it was written, line by line? Then it is read ten times faster than YAML."""
    return text.startswith(_START + "  - ") and all(
        map(_LINE.fullmatch, text[len(_START) :].removesuffix("\n").split("\n"))
    )


def _as_written(text: str) -> Iterator[dict[str, Any]]:
    """The entries of such a file, each value as JSON, or as YAML where a person wrote it."""
    for entry in text[len(_START) + 4 :].removesuffix("\n").split("\n  - "):
        values: dict[str, Any] = {}
        for line in entry.split("\n    "):
            name, _, value = line.partition(": ")
            try:
                values[name] = _decode(value)
            except ValueError:
                values[name] = _as_yaml(value)
        yield values


def _decode(text: str) -> Any:
    """One line's value. Raises ValueError for what is no JSON, or more than that."""
    value, end = _scan(text)
    if end != len(text):
        raise ValueError(text)
    return value


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
