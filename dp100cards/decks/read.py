"""Decks as they are read: YAML to cards, each mistake at its line and column.

What a deck holds is said in `schema.json`, which editors read too. Nodes are never resolved to types where a text is
wanted: `no`, `012` and `12:30` stay what the learner wrote. Of a deck every mistake is gathered, and its sound cards
stay usable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib.resources import files as resources
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import yaml

from dp100cards import files
from dp100cards.cards import Card, Choice, Cloze, Code, Deck, Multiple, Scenario, gaps
from dp100cards.decks.collection import Data, from_data, parse_lines
from dp100cards.errors import NOT_READ, ContentError, Problem, not_utf8

SCHEMA_TEXT = (resources("dp100cards.decks") / "schema.json").read_text(encoding="utf-8")
DECK = json.loads(SCHEMA_TEXT)
PARTS: Data = DECK["$defs"]  # the parts of a deck that the schema names
_HEAD = DECK | {"title": "the deck", "properties": DECK["properties"] | {"scenarios": {}, "cards": {}}}
_CARD = PARTS["card"]
_KINDS: Data = {
    kind["properties"]["kind"]["const"]: _CARD
    | {"properties": kind["properties"] | _CARD["properties"]}
    | {"required": [*_CARD["required"], *kind.get("required", ())]}
    for kind in _CARD["oneOf"]
}
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SHAPES = {yaml.MappingNode: "object", yaml.SequenceNode: "array", yaml.ScalarNode: ""}
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
DEEPEST = 60  # a card nests five levels deep; brackets beyond this are a mistake or an attack


def _place(node: Any) -> tuple[int, int]:
    """Line and column of a node."""
    return node.start_mark.line + 1, node.start_mark.column + 1


class Wrong(Exception):
    """A mistake at a node; others may have been gathered with it."""

    def __init__(self, node: Any, message: str) -> None:
        self.mistakes = [(*_place(node), message)]


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """It counts: composing calls itself, and would crash the interpreter on brackets that nest without end."""

    depth = 0

    def descend_resolver(self, parent: yaml.Node, _: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST + 1:
            raise Wrong(parent, "brackets are nested too deeply")

    def ascend_resolver(self) -> None:
        self.depth -= 1


def compose(text: str) -> yaml.Node | None:
    """The root node of the text. Raises YAMLError, or Wrong for what could grow without end: depth and aliases."""
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" not in str(error.problem) or not error.problem_mark:
            raise
        # libyaml looks a thousand brackets ahead before it tells of the first.
        root = yaml.compose(text[: error.problem_mark.index], Loader=Loader)
    met = set[int]()
    for node in nodes_of(root) if root else ():
        if id(node) in met:
            raise Wrong(node, "aliases (*name) are not allowed; write it out")
        met.add(id(node))
    return root


def nodes_of(node: yaml.Node) -> Iterator[yaml.Node]:
    """A node and all that is in it, in the order of the text."""
    yield node
    if isinstance(node, yaml.CollectionNode):
        for inner in chain(*node.value) if isinstance(node, yaml.MappingNode) else node.value:
            yield from nodes_of(inner)


@contextmanager
def content_errors(path: str, text: str) -> Iterator[None]:
    """What the YAML parser says of a text, and what is Wrong in it, as a ContentError with the place."""
    try:
        yield
    except Wrong as error:
        raise ContentError([Problem(path, *mistake) for mistake in error.mistakes]) from None
    except yaml.YAMLError as error:
        mark, position = getattr(error, "problem_mark", None), getattr(error, "position", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 0
        line, column = (mark.line + 1, mark.column + 1) if mark else (line, 0)
        raise ContentError([Problem(path, line, column, f"this is not YAML: {what}")]) from None


def fields_of(node: yaml.Node, called: str) -> dict[str, yaml.Node]:
    """The fields of a mapping, in order, each once."""
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


def taken(node: yaml.Node, part: Data, called: str) -> Any:
    """What a node holds, as a part of a schema wants it: lists and fields of truths, numbers, and texts as written.

    Of JSON Schema the words count that our schemas use; `called` is what the part is in messages, and its
    `errorMessage` is said of whatever is wrong in it. Raises Wrong with all mistakes.
    """
    part = PARTS.get(part.get("$ref", "").removeprefix("#/$defs/"), part)
    called, types = part.get("title", called), part.get("type", "string")
    if says := part.get("errorMessage"):
        try:
            return taken(node, part | {"errorMessage": ""}, called)
        except Wrong:
            raise Wrong(node, says) from None
    if isinstance(types, list):
        types = SHAPES[type(node)] if SHAPES[type(node)] in types else types[0]
    match types:
        case "object":
            found, others = fields_of(node, called), part.get("additionalProperties")
            parts = {name: part.get("properties", {}).get(name, others) for name in found}
            inner = [name for name in found if parts[name]]
            steps = (partial(taken, found[name], parts[name], name) for name in inner)
            return dict(zip(inner, every(steps, _wrong_fields(node, part, called, found)), strict=True))
        case "array":
            wanted = part.get("prefixItems") or repeat(part["items"])
            pairs = zip(_items(node, part, called), wanted, strict=False)
            held = every(partial(taken, *pair, f"an entry of {called}") for pair in pairs)
            if part.get("format") == "range" and held[0] > held[-1]:
                raise Wrong(node, f"{called} must go from the least to the most")
            return held
    return _value(node, part, called, types)


def every(steps: Iterable[Callable[[], Any]], mistakes: Iterable[Wrong] = ()) -> list[Any]:
    """What each step gives. Raises Wrong with the mistakes of all of them, after those that are known already."""
    given, wrong = list[Any](), [*mistakes]
    for step in steps:
        try:
            given.append(step())
        except Wrong as error:
            wrong.append(error)
    if wrong:
        wrong[0].mistakes = [mistake for each in wrong for mistake in each.mistakes]
        raise wrong[0]
    return given


def _wrong_fields(node: yaml.Node, part: Data, called: str, found: Iterable[str]) -> Iterator[Wrong]:
    """What is unknown in a mapping, and what it lacks."""
    needed = [*part.get("required", ())]
    needed += chain.from_iterable(part.get("dependentRequired", {}).get(name, ()) for name in found)
    choices = [each["required"] for each in part.get("anyOf", ())]
    if choices and not any({*choice} <= {*found} for choice in choices):
        needed += choices[0]
    known = found if part.get("additionalProperties") else part["properties"]
    for name, _ in node.value:
        if name.value not in known:
            yield Wrong(name, f"{called} has no field {name.value!r}: {', '.join(known)}")
    for each in dict.fromkeys(needed):
        if each not in found:
            yield Wrong(node, f"{called} has no {each}")


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


class Reading:
    """What one deck file gave: the deck with its sound cards, every mistake, and where each card begins.

    `path` stands in messages; `name` is the file's name without `.yaml`.
    """

    def __init__(self, path: str, name: str) -> None:
        self.path, self.text, self.deck = path, "", Deck(name, name)
        self.problems: list[Problem] = []
        self.places: dict[str, tuple[int, int]] = {}  # line and column
        self.scenarios: dict[str, Scenario] = {}

    @contextmanager
    def gathered(self, card: str = "") -> Iterator[None]:
        try:
            yield
        except Wrong as error:
            about = f"card {card}: " if card else ""
            for line, column, message in error.mistakes:
                self.problems.append(Problem(self.path, line, column, about + message))

    def read(self, root: yaml.Node) -> None:
        """Read the whole file: the deck's own fields, then each card by itself."""
        name, found = self.deck.name, fields_of(root, "a deck")
        head, cards = {"title": name, "area": ""}, list[Card]()
        with self.gathered():
            head |= taken(root, _HEAD, "a deck")
            if head["deck"] != name:
                raise Wrong(found["deck"], f"the deck is named {head['deck']!r}, but its file {name}.yaml")
        with self.gathered():
            if "scenarios" in found:
                self.read_scenarios(found["scenarios"])
        with self.gathered():
            for n, item in enumerate(_items(found["cards"], {}, "cards") if "cards" in found else (), 1):
                with self.gathered(_called(item) or f"number {n}"):
                    cards.append(self.card(item, name, head["area"]))
        told = tuple(each for each in self.scenarios.values() if each.text)
        self.deck = Deck(name, head["title"], head["area"], tuple(cards), told)

    def read_scenarios(self, node: yaml.Node) -> None:
        """The scenarios of the deck, by id; one that has a mistake counts as known all the same."""
        for (id_, value), (name, _) in zip(fields_of(node, "scenarios").items(), node.value, strict=True):
            self.scenarios[id_] = Scenario(id_, "")
            with self.gathered():
                if not NAME.match(id_):
                    raise Wrong(name, f"the scenario's id {id_!r} may hold only a–z, 0–9 and single hyphens")
                text = taken(value, PARTS["text"], f"the scenario {id_}")
                self.scenarios[id_] = Scenario(id_, text.strip("\n"))

    def card(self, node: yaml.Node, deck: str, area: str) -> Card:
        """One card. Raises Wrong with the mistakes in it."""
        if not (kind_node := fields_of(node, "a card").get("kind")):
            raise Wrong(node, f"kind is missing: {', '.join(_KINDS)}")
        kind = taken(kind_node, _CARD["properties"]["kind"], "kind")
        data, found = taken(node, _KINDS[kind], f"a {kind} card"), fields_of(node, "a card")
        if id_ := data.get("scenario"):
            if id_ not in self.scenarios:
                known = ", ".join(self.scenarios) or "it has none; write scenarios: at its head"
                raise Wrong(found["scenario"], f"this deck has no scenario {id_!r}: {known}")
            data["scenario"] = vars(self.scenarios[id_])
        card = from_data(data, deck=deck, area=area)
        _check(card, found)
        if earlier := self.places.get(card.id):
            raise Wrong(node, f"the id is used at line {earlier[0]} already; give one of the two a new id")
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


def read_deck(source: bytes | str, path: str, name: str) -> Reading:
    reading = Reading(path, name)
    try:
        written = source if isinstance(source, str) else source.decode("utf-8-sig")
        reading.text = written.replace("\r\n", "\n")
        with content_errors(path, reading.text):
            if not (root := compose(reading.text)):
                raise ContentError([Problem(path, 1, 1, "the deck is empty: it needs deck, title and cards")])
            reading.read(root)
    except UnicodeDecodeError as error:
        reading.problems.append(not_utf8(path, error, "deck"))
    except ContentError as error:
        reading.problems += error.problems
    return reading


def read_deck_file(path: Path, shown: str) -> Reading:
    """What a deck file gave; one that the system does not give has the problem NOT_READ."""
    try:
        return read_deck(files.read_bytes(path), shown, path.stem)
    except OSError:
        reading = Reading(shown, path.stem)
        reading.problems.append(Problem(shown, 0, 0, NOT_READ))
        return reading
