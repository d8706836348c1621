"""The note types of an opened Anki collection: fields and templates, from the older tables and the newer ones."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

_REFERENCE = re.compile(r"\{\{([^{}#^/!][^{}]*)\}\}")

QUESTION, ANSWER = 1, 2
"""The numbers of a template's two sides in the newer form."""


@dataclass(frozen=True, slots=True)
class Template:
    """One sort of card of a note type: the fields that its two sides show, each once, in their order."""

    front: tuple[str, ...]
    back: tuple[str, ...]
    cloze: str
    """The field that is a cloze, or ""."""


@dataclass(frozen=True, slots=True)
class Model:
    """A note type."""

    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    name: str = ""


def models(connection: sqlite3.Connection) -> dict[int, Model]:
    """The note types by their ids. Raises ValueError or sqlite3.Error for what is not sound."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "notetypes" in tables:
        return _newer(connection)
    row = connection.execute("SELECT models FROM col").fetchone()
    table = json.loads(row[0]) if row and isinstance(row[0], str | bytes) else None
    if not isinstance(table, dict):
        raise ValueError("its note types cannot be read")
    found = {}
    for id_, model in table.items():
        try:
            fields = tuple(str(field["name"]) for field in model["flds"])
            templates = tuple(_template(str(t["qfmt"]), str(t["afmt"]), fields) for t in model["tmpls"])
        except (KeyError, TypeError):
            raise ValueError("its note types cannot be read") from None
        found[int(id_)] = Model(fields, templates, str(model.get("name", "")))
    return found


def _newer(connection: sqlite3.Connection) -> dict[int, Model]:
    fields: dict[int, list[str]] = {}
    for id_, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(id_, []).append(str(name))
    templates: dict[int, list[Template]] = {}
    for id_, config in connection.execute("SELECT ntid, config FROM templates ORDER BY ntid, ord"):
        if not isinstance(config, bytes):
            raise ValueError("its note types cannot be read")
        sides = _texts(config)
        own = tuple(fields.get(id_, ()))
        templates.setdefault(id_, []).append(_template(sides.get(QUESTION, ""), sides.get(ANSWER, ""), own))
    called = dict(connection.execute("SELECT id, name FROM notetypes"))
    return {
        id_: Model(tuple(names), tuple(templates.get(id_, ())), str(called.get(id_, "")))
        for id_, names in fields.items()
    }


def _template(question: str, answer: str, fields: tuple[str, ...]) -> Template:
    front = _references(question, fields)
    cloze = next((m[1].strip() for m in re.finditer(r"\{\{cloze:([^{}]*)\}\}", question)), "")
    return Template(
        front,
        tuple(name for name in _references(answer, fields) if name not in front),
        cloze if cloze in fields else "",
    )


def _references(template: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that a side shows; filters (`text:`, `type:`) stand before a name."""
    named = (match.rsplit(":", 1)[-1].strip() for match in _REFERENCE.findall(template))
    return tuple(dict.fromkeys(name for name in named if name in fields))


def _texts(message: bytes) -> dict[int, str]:
    """The texts of a Protocol Buffers message by their numbers; other fields are passed over."""
    texts: dict[int, str] = {}
    place = 0
    while place < len(message):
        head, place = _varint(message, place)
        number, wire = head >> 3, head & 7
        if wire == 0:
            _, place = _varint(message, place)
        elif wire in (1, 5):
            place += 8 if wire == 1 else 4
        elif wire == 2:
            length, place = _varint(message, place)
            texts[number] = message[place : place + length].decode("utf-8", "replace")
            place += length
        else:
            raise ValueError("a template of its note types cannot be read")
    return texts


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(message) and shift < 64:
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, place
    raise ValueError("a template of its note types cannot be read")
