"""A deck file as cards, with the place of every mistake.

Every mistake is gathered; the sound cards of a deck stay usable.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import yaml

from dp100cards.cards import (
    KINDS,
    LEVELS,
    STATUSES,
    Card,
    Choice,
    Cloze,
    Code,
    Deck,
    Multiple,
    Scenario,
    gaps,
)
from dp100cards.decks.codec import ORDER, from_data, parse_lines
from dp100cards.decks.nodes import Nodes, Place, Wrong, compose, not_yaml, place_of, problem_at
from dp100cards.errors import Problem, not_utf8

DECK_FIELDS = ("deck", "title", "area", "scenarios", "cards")
NEEDED = {
    "basic": ("answer",), "cloze": (), "choice": ("options",), "multiple": ("options",), "order": ("items",),
    "match": ("pairs",), "statements": ("statements",), "code": ("code",),
}  # fmt: skip
MORE = {"order": ("extra",), "match": ("extra",), "code": ("language", "wrong")}
COMMON = tuple(n for n in ORDER if not any(n in own for own in (*NEEDED.values(), *MORE.values())))
FEWEST = {"options": 2, "items": 2, "pairs": 2}
LOOKS = {
    "url": (r"https?://\S+", "https://example.org/page"),
    "date": (r"\d{4}-\d\d-\d\d", "2026-05-31"),
    "checked": (r"\d{4}-\d\d", "2026-11"),
}
"""What some fields of a source look like, and an example."""
SOURCE = ("note", "lines", "quote", "title", *LOOKS)
SKILL = re.compile(r"[a-z0-9-]+/[A-Za-z0-9.-]+")
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

Read = TypeVar("Read")


@dataclass(slots=True)
class Reading:
    """What one deck file gave: the deck with its sound cards, every mistake, and where each card begins."""

    deck: Deck
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    scenario_places: dict[str, Place] = field(default_factory=dict)

    @property
    def idle_scenarios(self) -> list[str]:
        """The ids of the scenarios that no card belongs to; none where cards with mistakes may belong to them."""
        used = {card.scenario.id for card in self.deck.cards if card.scenario}
        return [] if self.problems else [each.id for each in self.deck.scenarios if each.id not in used]


def read_deck(source: bytes | str, path: str, name: str) -> Reading:
    """Read a deck file. `path` stands in messages; `name` is the file's name without `.yaml`."""
    reading = Reading(Deck(name, name))
    try:
        text = source if isinstance(source, str) else source.decode("utf-8-sig")
        node = compose(text)
    except UnicodeDecodeError as error:
        reading.problems.append(not_utf8(path, error, "deck"))
    except yaml.YAMLError as error:
        reading.problems.append(not_yaml(error, path, text))
    except Wrong as error:
        reading.problems.append(problem_at(path, error))
    else:
        _Reader(path, reading).deck(node)
    return reading


class _Reader(Nodes):
    """Walks the nodes of one deck file and gathers cards, places and mistakes."""

    def __init__(self, path: str, reading: Reading) -> None:
        super().__init__()
        self.path, self.reading = path, reading
        self.scenarios: dict[str, Scenario] = {}

    def tell(self, error: Wrong, card: str = "") -> None:
        """Keep a mistake."""
        self.reading.problems.append(problem_at(self.path, error, card))

    def tried(self, read: Callable[[], Read], otherwise: Read, card: str = "") -> Read:
        """What was read; something else, and the mistake kept, where it has one."""
        try:
            return read()
        except Wrong as error:
            self.tell(error, card)
            return otherwise

    def deck(self, node: yaml.Node | None) -> None:
        """Read the whole file: the deck's own fields, then each card by itself."""
        if node is None:
            message = "the deck is empty: it needs deck, title and cards"
            self.reading.problems.append(Problem(self.path, 1, 1, message))
            return
        table: dict[str, yaml.Node] = self.tried(partial(self.mapping, node, "a deck", DECK_FIELDS), {})
        if not table:
            return
        name = self.reading.deck.name
        for needed in ("deck", "title", "cards"):
            if needed not in table:
                self.tell(Wrong(node, f"the deck has no {needed}"))
        head = {"deck": name, "title": name, "area": ""}
        for each in head.keys() & table.keys():
            head[each] = self.tried(partial(self.text, table[each], each, empty=each == "area"), head[each])
        if head["deck"] != name:
            self.tell(Wrong(table["deck"], f"the deck is named {head['deck']!r}, but its file {name}.yaml"))
        if "scenarios" in table:
            self.tried(partial(self.read_scenarios, table["scenarios"]), None)
        cards: list[Card] = []
        if "cards" in table:
            nodes: list[yaml.Node] = self.tried(
                partial(self.sequence, table["cards"], "cards", empty=True), []
            )
            for n, item in enumerate(nodes, 1):
                called = f"number {n}"
                if isinstance(item, yaml.MappingNode):
                    called = next(
                        (str(v.value) for k, v in item.value if k.value == "id" and v.value), called
                    )
                card = self.tried(partial(self.card, item, name, head["area"]), None, called)
                cards += [card] if card else []
        told = tuple(each for each in self.scenarios.values() if each.text)
        self.reading.deck = Deck(name, head["title"], head["area"], tuple(cards), told)

    def read_scenarios(self, node: yaml.Node) -> None:
        """The scenarios of the deck, by id; mistakes are told, and what has one counts as known all the same."""
        for (id_, value), (name, _) in zip(self.pairs(node, "scenarios"), node.value, strict=True):
            self.reading.scenario_places[id_] = place_of(name)
            self.scenarios[id_] = Scenario(id_, "")
            self.once(value)
            if not NAME.match(id_):
                self.tell(Wrong(name, f"the scenario's id {id_!r} may hold only a–z, 0–9 and single hyphens"))
                continue
            text = self.tried(partial(self.text, value, f"the scenario {id_}"), "")
            self.scenarios[id_] = Scenario(id_, text.strip("\n"))

    def card(self, node: yaml.Node, deck: str, area: str) -> Card:
        """One card. Raises Wrong at the first mistake in it."""
        kind_node = dict(self.pairs(node, "a card")).get("kind")
        if kind_node is None:
            raise Wrong(node, "kind is missing: " + ", ".join(KINDS))
        kind = self.one_of(kind_node, "kind", KINDS)
        table = self.mapping(node, f"a {kind} card", COMMON + NEEDED[kind] + MORE.get(kind, ()))
        for needed in ("id", "ask", *NEEDED[kind]):
            if needed not in table:
                raise Wrong(node, f"{needed} is missing")
        data = {name: self.field(name, value) for name, value in table.items()}
        card = from_data(data, deck=deck, area=area)
        self.rules(card, table)
        if earlier := self.reading.places.get(card.id):
            raise Wrong(node, f"the id stands at line {earlier.line} already; give one of the two a new id")
        self.reading.places[card.id] = place_of(node)
        return card

    def field(self, name: str, node: yaml.Node) -> Any:
        """The plain value of one field of a card."""
        match name:
            case "status":
                return self.one_of(node, name, STATUSES)
            case "level":
                return self.one_of(node, name, LEVELS)
            case "skills":
                return [self.skill(item) for item in self.sequence(node, name, empty=True)]
            case "options" | "statements":
                return [self.option(item, name[:-1]) for item in self.sequence(node, name)]
            case "pairs":
                return [self.pair(item) for item in self.sequence(node, name)]
            case "items" | "extra" | "tags":
                return self.texts(node, name, name.removesuffix("s"), empty=name != "items")
            case "wrong":
                lists = self.sequence(node, name, empty=True)
                return [self.texts(each, name, "entry", empty=True) for each in lists]
            case "source":
                return self.source(node)
            case "scenario":
                return self.scenario(node)
        text = self.text(node, name, empty=name in ("explain", "shows", "area", "language"))
        if name == "id" and not NAME.match(text):
            raise Wrong(node, f"the id {text!r} may hold only a–z, 0–9 and single hyphens")
        return text

    def one_of(self, node: yaml.Node, name: str, known: tuple[str, ...]) -> str:
        """One of the words that a field may have."""
        text = self.text(node, name, empty="" in known)
        if text not in known:
            raise Wrong(node, f"there is no {name} {text!r}: {', '.join(filter(None, known))}")
        return text

    def texts(self, node: yaml.Node, name: str, each: str, *, empty: bool) -> list[str]:
        """A list of texts."""
        return [self.text(item, each) for item in self.sequence(node, name, empty=empty)]

    def option(self, node: yaml.Node, called: str) -> dict[str, Any]:
        """An option or a statement: text, right, because."""
        table = self.mapping(node, f"the {called}", ("text", "right", "because"))
        if "text" not in table:
            raise Wrong(node, f"the {called} has no text")
        return {
            name: self.truth(value) if name == "right"
            else self.text(value, called if name == "text" else name, empty=name != "text")
            for name, value in table.items()
        }  # fmt: skip

    def pair(self, node: yaml.Node) -> dict[str, str]:
        """A pair of a match card."""
        table = self.mapping(node, "the pair", ("left", "right"))
        for side in ("left", "right"):
            if side not in table:
                raise Wrong(node, f"the pair has no {side}")
        return {side: self.text(value, side) for side, value in table.items()}

    def scenario(self, node: yaml.Node) -> dict[str, str]:
        """The scenario that a card names."""
        id_ = self.text(node, "scenario")
        if id_ not in self.scenarios:
            known = ", ".join(self.scenarios) or "it has none; write scenarios: at its head"
            raise Wrong(node, f"this deck has no scenario {id_!r}: {known}")
        return {"id": id_, "text": self.scenarios[id_].text}

    def skill(self, node: yaml.Node) -> str:
        """A skill of a blueprint."""
        text = self.text(node, "skill")
        if not SKILL.fullmatch(text):
            raise Wrong(node, f"a skill is written as dp-100/3.17, not {text!r}")
        return text

    def source(self, node: yaml.Node) -> dict[str, str]:
        """The note with the lines and the quote, the page with its date, or both."""
        table = self.mapping(node, "the source", SOURCE)
        if not table.keys() & {"title", "url"} or table.keys() & {"note", "lines", "quote"}:
            for needed in ("note", "lines"):
                if needed not in table:
                    raise Wrong(node, f"the source has no {needed}")
        data = {name: self.text(value, name, empty=name == "quote") for name, value in table.items()}
        for name in data.keys() & LOOKS.keys():
            pattern, example = LOOKS[name]
            if not re.fullmatch(pattern, data[name]):
                raise Wrong(table[name], f"{name} must look like {example}, not {data[name]!r}")
        try:
            parse_lines(data.get("lines", "1"))
        except ValueError:
            message = f"lines must be a line or a range such as 12-14, not {data['lines']!r}"
            raise Wrong(table["lines"], message) from None
        return data

    def rules(self, card: Card, table: dict[str, yaml.Node]) -> None:
        """What a schema cannot say of a card."""
        if isinstance(card, Choice | Multiple):
            right = sum(option.right for option in card.options)
            if isinstance(card, Choice) and right != 1:
                message = f"a choice card needs exactly one right option; this one has {right or 'none'}"
                raise Wrong(table["options"], message)
            if isinstance(card, Multiple) and not 2 <= right < len(card.options):
                message = "a multiple card needs two or more right options, and a wrong one"
                raise Wrong(table["options"], message)
            for n, option in enumerate(card.options):  # which one is right?
                if any(o.text == option.text and o.right != option.right for o in card.options[:n]):
                    message = f"a right option and a wrong one are the same: {option.text!r}"
                    raise Wrong(table["options"].value[n], message)
        if isinstance(card, Cloze) and not gaps(card.ask):
            raise Wrong(table["ask"], "a cloze card needs {{hidden}} words in ask")
        if isinstance(card, Code):
            blanks = len(gaps(card.code))
            if not blanks:
                raise Wrong(table["code"], "a code card needs {{blanks}} in code")
            if card.wrong and len(card.wrong) != blanks:
                message = f"wrong has {len(card.wrong)} lists, but code has {blanks} blanks"
                raise Wrong(table["wrong"], message)
        for name in FEWEST.keys() & table.keys():
            if len(table[name].value) < FEWEST[name]:
                raise Wrong(table[name], f"{name} must be {FEWEST[name]} or more")
