"""A card as plain data, and back: the shape that it has in YAML, in the index and in a sitting's own copy.

`to_data` leaves out what is empty and keeps one order of keys, so that the same card always gives the same bytes.
"""

from __future__ import annotations

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
)

Data = dict[str, Any]
"""Text, booleans, lists and mappings only: what YAML and JSON both hold."""

CLASSES: dict[str, type[Card]] = {
    cls.kind: cls for cls in (Basic, Cloze, Choice, Multiple, Order, Match, Statements, Code)
}


def to_data(card: Card, *, deck_area: str = "") -> Data:
    """A card as a mapping in the order of a deck file; its area is left out where it is the deck's.

    It is whole by itself: of a scenario it has the text too, where a deck file has its id (`to_deck_data`).
    """
    data: Data = {"id": card.id, "kind": card.kind}
    if card.scenario:
        data["scenario"] = {"id": card.scenario.id, "text": card.scenario.text}
    data["ask"] = card.ask
    match card:
        case Basic(answer=answer):
            data["answer"] = answer
        case Choice(options=options) | Multiple(options=options):
            data["options"] = [_option(option) for option in options]
        case Order(items=items, extra=extra):
            data |= {"items": list(items), "extra": list(extra)}
        case Match(pairs=pairs, extra=extra):
            data["pairs"] = [{"left": pair.left, "right": pair.right} for pair in pairs]
            data["extra"] = list(extra)
        case Statements(statements=statements):
            data["statements"] = [_option(statement) for statement in statements]
        case Code():
            data |= {"language": card.language, "code": card.code, "wrong": [list(w) for w in card.wrong]}
    data |= {"explain": card.explain, "shows": card.shows, "tags": list(card.tags), "status": card.status}
    data |= {"level": card.level, "skills": list(card.skills)}
    data["area"] = "" if card.area == deck_area else card.area
    if card.source:
        data["source"] = _source(card.source)
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def to_deck_data(card: Card, *, deck_area: str = "") -> Data:
    """A card as a deck file has it: of a scenario the id, for its text stands at the head of the deck."""
    data = to_data(card, deck_area=deck_area)
    if card.scenario:
        data["scenario"] = card.scenario.id
    return data


def _option(option: Option) -> Data:
    data: Data = {"text": option.text}
    if option.right:
        data["right"] = True
    if option.because:
        data["because"] = option.because
    return data


def _source(source: Source) -> Data:
    """The part of it that lies in the notes as it always was; the page that it was read in as far as it is known."""
    data: Data = {}
    if source.note:
        first, last = source.lines
        lines = str(first) if first == last else f"{first}-{last}"
        data |= {"note": source.note, "lines": lines, "quote": source.quote}
    page = {name: getattr(source, name) for name in ("title", "url", "date", "checked")}
    return data | {name: value for name, value in page.items() if value}


def from_data(data: Data, *, deck: str, area: str = "") -> Card:
    """A card from the mapping that `to_data` makes. The data must be sound: `read` checks what a person wrote."""
    fields: Data = {
        name: data[name]
        for name in ("id", "ask", "answer", "explain", "shows", "status", "level", "code", "language")
        if name in data
    }
    fields |= {"deck": deck, "area": data.get("area", area)}
    fields |= {name: tuple(data.get(name, ())) for name in ("tags", "skills")}
    for name in ("options", "statements"):
        if name in data:
            fields[name] = tuple(Option(**option) for option in data[name])
    if "scenario" in data:
        fields["scenario"] = Scenario(**data["scenario"])
    for name in ("items", "extra"):
        if name in data:
            fields[name] = tuple(data[name])
    if "pairs" in data:
        fields["pairs"] = tuple(Pair(**pair) for pair in data["pairs"])
    if "wrong" in data:
        fields["wrong"] = tuple(tuple(wrong) for wrong in data["wrong"])
    if "source" in data:
        source = data["source"]
        lines = parse_lines(str(source["lines"])) if "lines" in source else (0, 0)
        fields["source"] = Source(**{**source, "lines": lines})
    return CLASSES[data["kind"]](**fields)


def parse_lines(text: str) -> tuple[int, int]:
    """`"44-45"` or `"44"` as first and last line. Raises ValueError on anything else."""
    first, _, last = text.partition("-")
    span = int(first), int(last or first)
    if not 1 <= span[0] <= span[1]:
        raise ValueError(text)
    return span
