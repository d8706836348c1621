"""Decks as they are read: YAML to cards, each mistake at its line and column.

What a deck holds is said in `schema.json`, which editors read too. Nodes are never resolved to types where a text is
wanted: `no`, `012` and `12:30` stay what the learner wrote. Of a deck every mistake is gathered, and its sound cards
stay usable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files as resources
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import yaml

from dp100cards import files
from dp100cards.cards import Card, Choice, Cloze, Code, Deck, Multiple, Scenario, gaps
from dp100cards.decks.collection import Data, from_data, parse_lines
from dp100cards.errors import ContentError, Problem

SCHEMA_TEXT = (resources("dp100cards.decks") / "schema.json").read_text(encoding="utf-8")
DECK = json.loads(SCHEMA_TEXT)
PARTS: Data = DECK["$defs"]  # the parts of a deck that the schema names
_HEAD = DECK | {"title": "the deck", "properties": DECK["properties"] | {"cards": {}}}
_CARD = PARTS["card"]
_KINDS: Data = {
    kind["properties"]["kind"]["const"]: _CARD
    | {"properties": kind["properties"] | _CARD["properties"]}
    | {"required": [*_CARD["required"], *kind.get("required", ())]}
    for kind in _CARD["oneOf"]
}
SHAPES = {yaml.MappingNode: "object", yaml.SequenceNode: "array", yaml.ScalarNode: ""}
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
DEEPEST = 60  # a card nests five levels deep; brackets beyond this are a mistake or an attack


class Wrong(Exception):
    """A mistake at a node."""

    def __init__(self, node: Any, message: str) -> None:
        self.place = _place(node)
        self.message = message


def _place(node: Any) -> tuple[int, int]:
    """Line and column of a node."""
    return node.start_mark.line + 1, node.start_mark.column + 1


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """It counts: composing calls itself, and would crash the interpreter on brackets that nest without end."""

    depth = 0

    def descend_resolver(self, parent: yaml.Node, _: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST + 1:
            raise Wrong(parent, "brackets are nested too deeply")

    def ascend_resolver(self) -> None:
        self.depth -= 1


def nodes_of(node: yaml.Node) -> Iterator[yaml.Node]:
    """A node and all that is in it, in the order of the text."""
    yield node
    if isinstance(node, yaml.CollectionNode):
        for inner in chain(*node.value) if isinstance(node, yaml.MappingNode) else node.value:
            yield from nodes_of(inner)


def fields_of(node: yaml.Node, called: str) -> dict[str, yaml.Node]:
    """The fields of a mapping, in order, each once. Raises Wrong."""
    if not isinstance(node, yaml.MappingNode):
        raise Wrong(node, f"{called} must be fields such as `name: value`")
    found: dict[str, yaml.Node] = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode):
            raise Wrong(name, f"the name of a field of {called} must be plain text")
        if name.value in found:
            raise Wrong(name, f"{name.value} is here twice")
        found[name.value] = value
    return found


class Reader:
    """Takes what a schema wants from the nodes of a YAML text, and gathers every mistake with its place."""

    def __init__(self, path: str) -> None:
        self.path = path  # in messages
        self.about = ""  # what messages begin with
        self.problems: list[Problem] = []

    def wrong(self, *mistakes: Wrong) -> None:
        self.problems += (Problem(self.path, *each.place, self.about + each.message) for each in mistakes)

    def root(self, text: str) -> Any:
        """The root node of a text. Raises ContentError if it is not YAML, or could grow without end: depth, aliases."""
        met = set[int]()
        try:
            root: Any = yaml.compose(text, Loader=Loader) or yaml.compose("''", Loader=Loader)
            for node in nodes_of(root):
                if id(node) in met:
                    raise Wrong(node, "aliases (*name) are not allowed; write it out")
                met.add(id(node))
            return root
        except Wrong as error:
            self.wrong(error)
        except yaml.YAMLError as error:
            mark, position = getattr(error, "problem_mark", None), getattr(error, "position", None)
            what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
            line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 0
            line, column = (mark.line + 1, mark.column + 1) if mark else (line, 0)
            self.problems.append(Problem(self.path, line, column, f"this is not YAML: {what}"))
        raise ContentError(self.problems)

    def take(self, node: yaml.Node, part: Data, called: str) -> Any:
        """What a node holds, as a part of a schema wants it: lists and fields of truths, numbers, and texts as written.

        Of JSON Schema the words count that our schemas use; `called` is what the part is in messages, and its
        `errorMessage` is said of whatever is wrong in it. What is wrong is None.
        """
        part = PARTS.get(part.get("$ref", "").removeprefix("#/$defs/"), {}) | part
        taken, before = None, len(self.problems)
        try:
            taken = self._taken(node, part, part.get("title", called))
        except Wrong as error:
            self.wrong(error)
        if "errorMessage" in part and len(self.problems) > before:
            self.problems[before:] = []
            self.wrong(Wrong(node, part["errorMessage"]))
        return taken

    def _taken(self, node: yaml.Node, part: Data, called: str) -> Any:
        types = part.get("type", "string")
        if isinstance(types, list):
            types = SHAPES[type(node)] if SHAPES[type(node)] in types else types[0]
        match types:
            case "object":
                return self._fields(node, part, called)
            case "array":
                parts = part.get("prefixItems") or repeat(part["items"])
                items = zip(_items(node, part, called), parts, strict=False)
                held = [self.take(*item, f"an entry of {called}") for item in items]
                if part.get("format") == "range" and None not in held and held[0] > held[-1]:
                    raise Wrong(node, f"{called} must go from the least to the most")
                return held
        return _value(node, part, called, types)

    def _fields(self, node: yaml.Node, part: Data, called: str) -> Data:
        """The fields of a mapping, and before them what is unknown in it and what it lacks."""
        found = fields_of(node, called)
        known, others = part.get("properties", {}), part.get("additionalProperties")
        needed = [*part.get("required", ())]
        needed += chain.from_iterable(part.get("dependentRequired", {}).get(name, ()) for name in found)
        choices = [each["required"] for each in part.get("anyOf", ())]
        if choices and not any({*choice} <= {*found} for choice in choices):
            needed += choices[0]
        for name, _ in node.value:
            if name.value not in known and not others:
                self.wrong(Wrong(name, f"{called} has no field {name.value!r}: {', '.join(known)}"))
            elif "propertyNames" in part:
                self.take(name, part["propertyNames"], "a name")
        lacking = [name for name in dict.fromkeys(needed) if name not in found]
        self.wrong(*(Wrong(node, f"{called} has no {name}") for name in lacking))
        parts = {name: part for name in found if (part := known.get(name, others))}
        return {name: self.take(found[name], part, name) for name, part in parts.items()}


def _items(node: yaml.Node, part: Data, called: str) -> list[yaml.Node]:
    fewest = part.get("minItems", 0)
    if not fewest and isinstance(node, yaml.ScalarNode) and not node.value:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise Wrong(node, f"{called} must be a list")
    if not fewest <= len(node.value) <= part.get("maxItems", len(node.value)):
        raise Wrong(node, f"{called} needs {fewest} entries or more" if node.value else f"{called} is empty")
    return list(node.value)


def _value(node: yaml.Node, part: Data, called: str, kind: str) -> str | bool | float:
    """A text, a truth or a number."""
    value = str(node.value)
    if kind == "boolean":
        if value.lower() not in TRUTHS:
            raise Wrong(node, f"{called} must be true or false")
        return TRUTHS[value.lower()]
    if not isinstance(node, yaml.ScalarNode):
        raise Wrong(node, f"{called} must be text")
    if kind in ("integer", "number"):
        least, most, whole = part["minimum"], part["maximum"], "whole " if kind == "integer" else ""
        digits = re.fullmatch(r"[0-9]{1,15}" if whole else r"[0-9]{0,15}\.?[0-9]{1,15}", value)
        if node.style or not digits or not least <= float(value) <= most:
            raise Wrong(node, f"{called} must be a {whole}number from {least} to {most}")
        return int(value) if whole else float(value)
    if value not in (known := part.get("enum", [value])):
        raise Wrong(node, f"there is no {called} {value!r}: {', '.join(filter(None, known))}")
    if "pattern" in part and not value.strip():
        raise Wrong(node, f"{called} is empty")
    if (says := part.get("patternErrorMessage")) and not _fits(value, part):
        raise Wrong(node, f"{says}, not {value!r}")
    return value


def _fits(value: str, part: Data) -> bool:
    if not re.fullmatch(part["pattern"], value):
        return False
    first, last = parse_lines(value) if part.get("format") == "lines" else (0, 0)
    return first <= last


class Reading(Reader):
    """What one deck file gave: the deck with its sound cards, every mistake, and where each card begins.

    `name` is the file's name without `.yaml`.
    """

    def __init__(self, path: str, name: str) -> None:
        super().__init__(path)
        self.text, self.deck = "", Deck(name, name)
        self.places: dict[str, tuple[int, int]] = {}  # line and column
        self.scenarios: dict[str, Scenario] = {}

    def read(self, root: yaml.Node) -> None:
        """Read the whole file: the deck's own fields, then each card by itself. Raises Wrong for what is no deck."""
        if not root.value:
            raise Wrong(root, "the deck is empty: it needs deck, title and cards")
        name, found = self.deck.name, fields_of(root, "a deck")
        taken = self.take(root, _HEAD, "a deck")
        head = {"title": name, "area": ""} | {
            field: value for field, value in taken.items() if value is not None
        }
        if head.get("deck", name) != name:
            self.wrong(Wrong(found["deck"], f"the deck is named {head['deck']!r}, but its file {name}.yaml"))
        for id_, text in head.get("scenarios", {}).items():
            self.scenarios[id_] = Scenario(id_, (text or "").strip("\n"))
        cards = list[Card]()
        for number, item in enumerate(_items(found["cards"], {}, "cards") if "cards" in found else (), 1):
            self.about = f"card {_called(item) or f'number {number}'}: "
            if card := self.card(item, head["area"]):
                cards.append(card)
        scenarios = tuple(each for each in self.scenarios.values() if each.text)
        self.deck = Deck(name, head["title"], head["area"], tuple(cards), scenarios)

    def card(self, node: yaml.Node, area: str) -> Card | None:
        """A card that has no mistake."""
        before = len(self.problems)
        try:
            found = fields_of(node, "a card")
            if "kind" not in found:
                raise Wrong(node, f"kind is missing: {', '.join(_KINDS)}")
            kind = self.take(found["kind"], _CARD["properties"]["kind"], "kind")
            data = kind and self.take(node, _KINDS[kind], f"a {kind} card")
            if len(self.problems) > before:
                return None
            if id_ := data.get("scenario"):
                if id_ not in self.scenarios:
                    known = ", ".join(self.scenarios) or "it has none; write scenarios: at its head"
                    raise Wrong(found["scenario"], f"this deck has no scenario {id_!r}: {known}")
                data["scenario"] = vars(self.scenarios[id_])
            card = from_data(data, deck=self.deck.name, area=area)
            _check(card, found)
            if earlier := self.places.get(card.id):
                raise Wrong(
                    node, f"the id is used at line {earlier[0]} already; give one of the two a new id"
                )
        except Wrong as error:
            self.wrong(error)
            return None
        self.places[card.id] = _place(node)
        return card


def _called(node: yaml.Node) -> str:
    fields = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((str(value.value) for name, value in fields if name.value == "id"), "")


def _check(card: Card, nodes: Mapping[str, yaml.Node]) -> None:
    """What a schema cannot say of a card, or not in words."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            right, first = sum(option.right for option in options), dict[str, bool]()
            if isinstance(card, Choice) and right != 1:
                message = f"a choice card needs exactly one right option; this one has {right or 'none'}"
                raise Wrong(nodes["options"], message)
            if isinstance(card, Multiple) and not 2 <= right < len(options):
                raise Wrong(
                    nodes["options"], "a multiple card needs two or more right options, and a wrong one"
                )
            for option, node in zip(options, nodes["options"].value, strict=True):
                if first.setdefault(option.text, option.right) != option.right:
                    raise Wrong(node, f"a right option and a wrong one are the same: {option.text!r}")
        case Cloze(ask=ask) if not gaps(ask):
            raise Wrong(nodes["ask"], "a cloze card needs {{hidden}} words in ask")
        case Code(code=code, wrong=wrong):
            if not (blanks := len(gaps(code))):
                raise Wrong(nodes["code"], "a code card needs {{blanks}} in code")
            if wrong and len(wrong) != blanks:
                raise Wrong(nodes["wrong"], f"wrong has {len(wrong)} lists, but code has {blanks} blanks")


def read_deck(text: str, path: str, name: str) -> Reading:
    reading = Reading(path, name)
    reading.text = text.replace("\r\n", "\n")
    try:
        reading.read(reading.root(reading.text))
    except Wrong as error:
        reading.wrong(error)
    except ContentError:
        pass  # it raised what it has gathered
    return reading


def read_deck_file(path: Path, shown: str) -> Reading:
    """What a deck file gave; one that cannot be read has no text, and a problem."""
    reading = Reading(shown, path.stem)
    try:
        return read_deck(files.read_text(path, shown, "deck"), shown, path.stem)
    except FileNotFoundError:
        reading.problems.append(Problem(shown, 0, 0, "the deck cannot be read: there is no such file"))
    except ContentError as error:
        reading.problems += error.problems
    return reading
