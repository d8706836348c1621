"""A card as plain data, and back: the shape that it has in YAML, in the index and in a sitting's own copy.

`to_data` leaves out what is empty and keeps one order of keys, so that the same card always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dp100cards.cards import (
    Basic,
    Card,
    Choice,
    Cloze,
    Code,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Scenario,
    Source,
    Statements,
    Value,
)

Data = dict[str, Any]
"""Text, booleans, lists and mappings only: what YAML and JSON both hold."""

CLASSES: dict[str, type[Card]] = {
    cls.kind: cls for cls in (Basic, Cloze, Choice, Multiple, Order, Match, Statements, Code)
}
ORDER = (
    "id", "kind", "scenario", "ask", "answer", "options", "items", "pairs", "extra", "statements", "language", "code",
    "wrong", "explain", "shows", "tags", "status", "level", "skills", "area", "source",
)  # fmt: skip


def to_data(card: Card, *, deck_area: str = "") -> Data:
    """A card as a mapping in the order of a deck file; its area is left out where it is the deck's.

    It is whole by itself: of a scenario it has the text too, where a deck file has its id (`to_deck_data`).
    """
    data = {name: _plain(getattr(card, name, "")) for name in ORDER}
    if data["area"] == deck_area:
        del data["area"]
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def to_deck_data(card: Card, *, deck_area: str = "") -> Data:
    """A card as a deck file has it: of a scenario the id, for its text stands at the head of the deck."""
    data = to_data(card, deck_area=deck_area)
    if card.scenario:
        data["scenario"] = card.scenario.id
    return data


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if not isinstance(value, Value):
        return value
    data = {name: each for name, each in vars(value).items() if each not in ("", False)}
    if isinstance(value, Source):
        first, last = data.pop("lines")
        if value.note:
            lines = str(first) if first == last else f"{first}-{last}"
            data = {"note": data.pop("note"), "lines": lines, **data}
    return data


def from_data(data: Data, *, deck: str, area: str = "") -> Card:
    """A card from the mapping that `to_data` makes. The data must be sound: `read` checks what a person wrote."""
    fields: Data = {"deck": deck, "area": area}
    fields |= {name: _MADE[name](value) if name in _MADE else value for name, value in data.items()}
    return CLASSES[fields.pop("kind")](**fields)


def _source(data: Data) -> Source:
    return Source(**{**data, "lines": parse_lines(str(data["lines"])) if "lines" in data else (0, 0)})


def _each(cls: Callable[..., object]) -> Callable[[Any], object]:
    return lambda items: tuple(cls(**item) for item in items)


_MADE: dict[str, Callable[[Any], object]] = {
    "scenario": lambda data: Scenario(**data),
    "options": _each(Option),
    "statements": _each(Option),
    "pairs": _each(Pair),
    "wrong": lambda lists: tuple(map(tuple, lists)),
    "source": _source,
    **dict.fromkeys(("items", "extra", "tags", "skills"), tuple),
}


def parse_lines(text: str) -> tuple[int, int]:
    """`"44-45"` or `"44"` as first and last line. Raises ValueError on anything else."""
    first, _, last = text.partition("-")
    span = int(first), int(last or first)
    if not 1 <= span[0] <= span[1]:
        raise ValueError(text)
    return span
