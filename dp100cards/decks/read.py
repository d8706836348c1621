"""Decks as they are read: YAML to cards, each mistake at its line and column.

Nodes are never resolved to types where a text is wanted: `no`, `012` and `12:30` stay what the learner wrote. Of a deck
every mistake is gathered, and its sound cards stay usable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dp100cards import files
from dp100cards.cards import LEVELS, STATUSES, Card, Choice, Cloze, Code, Deck, Multiple, Scenario, gaps
from dp100cards.decks.collection import CLASSES, ORDER, Data, from_data, parse_lines
from dp100cards.errors import NOT_READ, ContentError, Problem, not_utf8

DEEPEST = 60
"""A card nests five levels deep; brackets beyond this are a mistake or an attack."""


class Position(NamedTuple):
    line: int
    column: int


def _place(node: Any) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)


class Alias(yaml.Node):
    """What stands in place of a node that was met before: it could grow without end."""


class Wrong(Exception):
    def __init__(self, node: Any, message: str) -> None:
        self.place = _place(node)
        self.message = "aliases (*name) are not allowed; write it out" if isinstance(node, Alias) else message

    def problem(self, path: str, card: str = "") -> Problem:
        """The mistake as a Problem; `card` is the card that it is in."""
        return Problem(path, *self.place, f"card {card}: {self.message}" if card else self.message)


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
    """The root node of the text, with aliases as `Alias`. Raises YAMLError, or Wrong for brackets nested too deeply."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        if "nesting depth" not in str(error.problem) or not error.problem_mark:
            raise
        # libyaml looks a thousand brackets ahead before it tells of the first.
        node = yaml.compose(text[: error.problem_mark.index], Loader=Loader)
    return node and _once(node, set())


def _once(node: yaml.Node, seen: set[int]) -> yaml.Node:
    if id(node) in seen:
        return Alias(node.tag, node.value, node.start_mark, node.end_mark)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        node.value = [(_once(name, seen), _once(value, seen)) for name, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        node.value = [_once(item, seen) for item in node.value]
    return node


@contextmanager
def content_errors(path: str, text: str) -> Iterator[None]:
    """What the YAML parser says of a text, and what is Wrong in it, as a ContentError with the place."""
    try:
        yield
    except Wrong as error:
        raise ContentError([error.problem(path)]) from None
    except yaml.YAMLError as error:
        mark, position = getattr(error, "problem_mark", None), getattr(error, "position", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 0
        line, column = (mark.line + 1, mark.column + 1) if mark else (line, 0)
        raise ContentError([Problem(path, line, column, f"this is not YAML: {what}")]) from None


# What a node must hold: each takes a node and what it is called in messages, gives its value, and raises Wrong

Take = Callable[[yaml.Node, str], Any]


def fields_of(node: yaml.Node, called: str, known: tuple[str, ...] = ()) -> dict[str, yaml.Node]:
    """The fields of a mapping, in order, each once; of `known` ones, if any are named."""
    if not isinstance(node, yaml.MappingNode):
        raise Wrong(node, f"{called} must be fields such as `name: value`")
    found: dict[str, yaml.Node] = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode):
            raise Wrong(name, f"the name of a field of {called} must be plain text")
        if name.value in found:
            raise Wrong(name, f"{name.value} is here twice")
        if known and name.value not in known:
            raise Wrong(name, f"{called} has no field {name.value!r}: {', '.join(known)}")
        found[name.value] = value
    return found


def maybe(node: yaml.Node, called: str) -> str:
    """A text, as it was written; it may be empty."""
    if not isinstance(node, yaml.ScalarNode):
        raise Wrong(node, f"{called} must be text")
    return str(node.value)


def text(node: yaml.Node, called: str) -> str:
    """A text that says something."""
    if not (value := maybe(node, called)).strip():
        raise Wrong(node, f"{called} is empty")
    return value


def truth(node: yaml.Node, called: str) -> bool:
    if isinstance(node, yaml.ScalarNode) and node.value.lower() in ("true", "false", "yes", "no"):
        return node.value.lower() in ("true", "yes")
    raise Wrong(node, f"{called} must be true or false")


def one_of(known: tuple[str, ...]) -> Take:
    def take(node: yaml.Node, called: str) -> str:
        value = maybe(node, called) if "" in known else text(node, called)
        if value not in known:
            raise Wrong(node, f"there is no {called} {value!r}: {', '.join(filter(None, known))}")
        return value

    return take


def like(pattern: str, says: str) -> Take:
    """A text that looks like this; `says` what to say of another one, `{}`."""

    def take(node: yaml.Node, called: str) -> str:
        if not re.fullmatch(pattern, value := text(node, called)):
            raise Wrong(node, says.format(repr(value)))
        return value

    return take


def many(take: Take, called: str, fewest: int = 0) -> Take:
    def take_all(node: yaml.Node, name: str) -> list[Any]:
        if not fewest and isinstance(node, yaml.ScalarNode) and not node.value:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise Wrong(node, f"{name} must be a list")
        if len(node.value) < fewest:
            raise Wrong(node, f"{name} needs {fewest} entries or more" if node.value else f"{name} is empty")
        return [take(item, called) for item in node.value]

    return take_all


def table(takes: Mapping[str, Take], *needed: str) -> Take:
    def take(node: yaml.Node, called: str) -> Data:
        found = fields_of(node, called, tuple(takes))
        for name in needed:
            if name not in found:
                raise Wrong(node, f"{called} has no {name}")
        return {name: takes[name](value, name) for name, value in found.items()}

    return take


# Decks

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def _lines(node: yaml.Node, called: str) -> str:
    try:
        parse_lines(value := text(node, called))
    except ValueError:
        raise Wrong(node, f"lines must be a line or a range such as 12-14, not {value!r}") from None
    return value


def _source(node: yaml.Node, _: str) -> Any:
    """The note with the lines and the quote, the page with its date, or both."""
    names = fields_of(node, "the source").keys()
    of_note = not names & {"title", "url"} or names & {"note", "lines", "quote"}
    return table(SOURCE, *(("note", "lines") if of_note else ()))(node, "the source")


SOURCE: dict[str, Take] = {
    "note": text,
    "lines": _lines,
    "quote": maybe,
    "title": text,
    "url": like(r"https?://\S+", "url must look like https://example.org/page, not {}"),
    "date": like(r"\d{4}-\d\d-\d\d", "date must look like 2026-05-31, not {}"),
    "checked": like(r"\d{4}-\d\d", "checked must look like 2026-11, not {}"),
}
_option = table({"text": text, "right": truth, "because": maybe}, "text")
_pair = table({"left": text, "right": text}, "left", "right")
FIELDS: dict[str, Take] = {
    **dict.fromkeys(("ask", "answer", "code", "scenario"), text),
    **dict.fromkeys(("explain", "shows", "area", "language"), maybe),
    "id": like(NAME.pattern, "the id {} may hold only a–z, 0–9 and single hyphens"),
    "kind": one_of(tuple(CLASSES)),
    "status": one_of(STATUSES),
    "level": one_of(LEVELS),
    "skills": many(like(r"[a-z0-9-]+/[A-Za-z0-9.-]+", "a skill is written as dp-100/3.17, not {}"), "skill"),
    "options": many(_option, "the option", 2),
    "statements": many(_option, "the statement", 1),
    "pairs": many(_pair, "the pair", 2),
    "items": many(text, "item", 2),
    "extra": many(text, "extra"),
    "tags": many(text, "tag"),
    "wrong": many(many(text, "entry"), "wrong"),
    "source": _source,
}
"""How each field of a card is read."""
_OWN = {kind: [each for each in fields(cls) if each.name != "deck"] for kind, cls in CLASSES.items()}
KNOWN = {k: tuple(n for n in ORDER if n == "kind" or n in [f.name for f in own]) for k, own in _OWN.items()}
NEEDED = {kind: [each.name for each in own if each.default is MISSING] for kind, own in _OWN.items()}
"""The fields that a card of each kind may have, and must have."""


class Reading:
    """What one deck file gave: the deck with its sound cards, every mistake, and where each card begins.

    `path` stands in messages; `name` is the file's name without `.yaml`.
    """

    def __init__(self, path: str, name: str) -> None:
        self.path, self.text, self.deck = path, "", Deck(name, name)
        self.problems: list[Problem] = []
        self.places: dict[str, Position] = {}
        self.scenarios: dict[str, Scenario] = {}
        self.scenario_places: dict[str, Position] = {}

    @property
    def idle_scenarios(self) -> dict[str, Position]:
        """The scenarios that no card belongs to, by id; none where cards with mistakes may belong to them."""
        used = {card.scenario.id for card in self.deck.cards if card.scenario}
        places = self.scenario_places.items()
        return {} if self.problems else {id_: place for id_, place in places if id_ not in used}

    @contextmanager
    def gathered(self, card: str = "") -> Iterator[None]:
        try:
            yield
        except Wrong as error:
            self.problems.append(error.problem(self.path, card))

    def read(self, node: yaml.Node) -> None:
        """Read the whole file: the deck's own fields, then each card by itself."""
        found = fields_of(node, "a deck", ("deck", "title", "area", "scenarios", "cards"))
        missing = [each for each in ("deck", "title", "cards") if each not in found]
        self.problems += [Problem(self.path, *_place(node), f"the deck has no {each}") for each in missing]
        name, cards = self.deck.name, list[Card]()
        head = {"deck": name, "title": name, "area": ""}
        for each in head.keys() & found.keys():
            with self.gathered():
                head[each] = (maybe if each == "area" else text)(found[each], each)
        if head["deck"] != name:
            message = f"the deck is named {head['deck']!r}, but its file {name}.yaml"
            self.problems.append(Problem(self.path, *_place(found["deck"]), message))
        with self.gathered():
            if "scenarios" in found:
                self.read_scenarios(found["scenarios"])
        with self.gathered():
            items = many(lambda item, _: item, "card")(found["cards"], "cards") if "cards" in found else []
            for n, item in enumerate(items, 1):
                with self.gathered(_called(item) or f"number {n}"):
                    cards.append(self.card(item, name, head["area"]))
        told = tuple(each for each in self.scenarios.values() if each.text)
        self.deck = Deck(name, head["title"], head["area"], tuple(cards), told)

    def read_scenarios(self, node: yaml.Node) -> None:
        """The scenarios of the deck, by id; one that has a mistake counts as known all the same."""
        for (id_, value), (name, _) in zip(fields_of(node, "scenarios").items(), node.value, strict=True):
            self.scenarios[id_], self.scenario_places[id_] = Scenario(id_, ""), _place(name)
            with self.gathered():
                if not NAME.match(id_):
                    raise Wrong(name, f"the scenario's id {id_!r} may hold only a–z, 0–9 and single hyphens")
                self.scenarios[id_] = Scenario(id_, text(value, f"the scenario {id_}").strip("\n"))

    def card(self, node: yaml.Node, deck: str, area: str) -> Card:
        """One card. Raises Wrong at the first mistake in it."""
        if not (kind_node := fields_of(node, "a card").get("kind")):
            raise Wrong(node, "kind is missing: " + ", ".join(CLASSES))
        kind = FIELDS["kind"](kind_node, "kind")
        found = fields_of(node, f"a {kind} card", KNOWN[kind])
        for needed in NEEDED[kind]:
            if needed not in found:
                raise Wrong(node, f"{needed} is missing")
        data = {name: FIELDS[name](value, name) for name, value in found.items()}
        if id_ := data.get("scenario"):
            if id_ not in self.scenarios:
                known = ", ".join(self.scenarios) or "it has none; write scenarios: at its head"
                raise Wrong(found["scenario"], f"this deck has no scenario {id_!r}: {known}")
            data["scenario"] = vars(self.scenarios[id_])
        card = from_data(data, deck=deck, area=area)
        _check(card, found)
        if earlier := self.places.get(card.id):
            raise Wrong(node, f"the id is used at line {earlier.line} already; give one of the two a new id")
        self.places[card.id] = _place(node)
        return card


def read_deck(source: bytes | str, path: str, name: str) -> Reading:
    reading = Reading(path, name)
    try:
        written = source if isinstance(source, str) else source.decode("utf-8-sig")
        reading.text = written.replace("\r\n", "\n")
        with content_errors(path, reading.text):
            if node := compose(reading.text):
                reading.read(node)
            else:
                reading.problems.append(
                    Problem(path, 1, 1, "the deck is empty: it needs deck, title and cards")
                )
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


def _called(node: yaml.Node) -> str:
    fields = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((str(value.value) for name, value in fields if name.value == "id"), "")


def _check(card: Card, nodes: Mapping[str, yaml.Node]) -> None:
    """What a schema cannot say of a card."""
    match card:
        case Choice(options=options) | Multiple(options=options):
            at, right, first = nodes["options"], sum(option.right for option in options), dict[str, bool]()
            if isinstance(card, Choice) and right != 1:
                raise Wrong(
                    at, f"a choice card needs exactly one right option; this one has {right or 'none'}"
                )
            if isinstance(card, Multiple) and not 2 <= right < len(options):
                raise Wrong(at, "a multiple card needs two or more right options, and a wrong one")
            for option, node in zip(options, at.value, strict=True):
                if first.setdefault(option.text, option.right) != option.right:
                    raise Wrong(node, f"a right option and a wrong one are the same: {option.text!r}")
        case Cloze(ask=ask) if not gaps(ask):
            raise Wrong(nodes["ask"], "a cloze card needs {{hidden}} words in ask")
        case Code(code=code, wrong=wrong):
            if not (blanks := len(gaps(code))):
                raise Wrong(nodes["code"], "a code card needs {{blanks}} in code")
            if wrong and len(wrong) != blanks:
                raise Wrong(nodes["wrong"], f"wrong has {len(wrong)} lists, but code has {blanks} blanks")
