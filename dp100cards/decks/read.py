"""A deck file as cards, with the place of every mistake.

Every mistake is gathered; the sound cards of a deck stay usable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

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
    Option,
    Scenario,
    gaps,
)
from dp100cards.decks.codec import from_data, parse_lines
from dp100cards.decks.nodes import Nodes, Place, Wrong, compose, not_yaml, place_of, problem_at
from dp100cards.errors import Problem, not_utf8

DECK_FIELDS = ("deck", "title", "area", "scenarios", "cards")
COMMON = (
    "id", "kind", "ask", "explain", "shows", "tags", "status", "level", "skills", "area", "source", "scenario",
)  # fmt: skip
SOURCE = {
    "note": "",
    "lines": "",
    "quote": "",
    "title": "",
    "url": r"https?://\S+",
    "date": r"\d{4}-\d\d-\d\d",
    "checked": r"\d{4}-\d\d",
}
"""The fields of a source, and what some of them look like."""
OWN_FIELDS = {
    "basic": ("answer",),
    "cloze": (),
    "choice": ("options",),
    "multiple": ("options",),
    "order": ("items", "extra"),
    "match": ("pairs", "extra"),
    "statements": ("statements",),
    "code": ("code", "language", "wrong"),
}
NEEDED = {
    kind: tuple(name for name in own if name not in ("language", "wrong", "extra"))
    for kind, own in OWN_FIELDS.items()
}
LOOKS = {"url": "https://example.org/page", "date": "2026-05-31", "checked": "2026-11"}
SKILL = re.compile(r"[a-z0-9-]+/[A-Za-z0-9.-]+")
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


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

    def deck(self, node: yaml.Node | None) -> None:
        """Read the whole file: the deck's own fields, then each card by itself."""
        if node is None:
            self.reading.problems.append(
                Problem(self.path, 1, 1, "the deck is empty: it needs deck, title and cards")
            )
            return
        try:
            table = self.mapping(node, "a deck", DECK_FIELDS)
        except Wrong as error:
            self.reading.problems.append(problem_at(self.path, error))
            return
        name = self.reading.deck.name
        title, area, cards = name, "", []
        for field_name in ("deck", "title", "cards"):
            if field_name not in table:
                self.tell(Wrong(node, f"the deck has no {field_name}"))
        for field_name, value in table.items():
            try:
                if field_name == "deck" and self.text(value, "deck") != name:
                    raise Wrong(value, f"the deck is named {value.value!r}, but its file {name}.yaml")
                if field_name == "title":
                    title = self.text(value, "title")
                if field_name == "area":
                    area = self.text(value, "area", empty=True)
            except Wrong as error:
                self.tell(error)
        if "scenarios" in table:
            self.read_scenarios(table["scenarios"])
        if "cards" in table:
            cards = self.cards(table["cards"], name, area)
        told = tuple(each for each in self.scenarios.values() if each.text)
        self.reading.deck = Deck(name, title, area, tuple(cards), told)

    def read_scenarios(self, node: yaml.Node) -> None:
        """The scenarios of the deck, by id; mistakes are told, and what has one counts as known all the same."""
        try:
            pairs = self.pairs(node, "scenarios")
        except Wrong as error:
            self.tell(error)
            return
        for (id_, value), (name, _) in zip(pairs, node.value, strict=True):
            self.scenarios[id_] = Scenario(id_, "")
            self.reading.scenario_places[id_] = place_of(name)
            try:
                self.once(value)
                if not NAME.match(id_):
                    raise Wrong(name, f"the scenario's id {id_!r} may hold only a–z, 0–9 and single hyphens")
                self.scenarios[id_] = Scenario(id_, self.text(value, f"the scenario {id_}").strip("\n"))
            except Wrong as error:
                self.tell(error)

    def cards(self, node: yaml.Node, deck: str, area: str) -> list[Card]:
        """The sound cards of the list; mistakes are told."""
        cards: list[Card] = []
        try:
            nodes = self.sequence(node, "cards", empty=True)
        except Wrong as error:
            self.tell(error)
            return cards
        for n, item in enumerate(nodes, 1):
            called = f"number {n}"
            try:
                if isinstance(item, yaml.MappingNode):
                    called = next((v.value for k, v in item.value if k.value == "id" and v.value), called)
                card = self.card(item, deck, area)
                earlier = self.reading.places.get(card.id)
                if earlier:
                    raise Wrong(
                        item, f"the id stands at line {earlier.line} already; give one of the two a new id"
                    )
            except Wrong as error:
                self.tell(error, str(called))
                continue
            self.reading.places[card.id] = place_of(item)
            cards.append(card)
        return cards

    def card(self, node: yaml.Node, deck: str, area: str) -> Card:
        """One card. Raises Wrong at the first mistake in it."""
        kind_node = dict(self.pairs(node, "a card")).get("kind")
        if kind_node is None:
            raise Wrong(node, "kind is missing: " + ", ".join(KINDS))
        kind = self.text(kind_node, "kind")
        if kind not in KINDS:
            raise Wrong(kind_node, f"there is no kind {kind!r}: {', '.join(KINDS)}")
        table = self.mapping(node, f"a {kind} card", COMMON + OWN_FIELDS[kind])
        for needed in ("id", "ask", *NEEDED[kind]):
            if needed not in table:
                raise Wrong(node, f"{needed} is missing")
        data = {name: self.field(name, value) for name, value in table.items()}
        card = from_data(data, deck=deck, area=area)
        self.rules(card, table)
        return card

    def field(self, name: str, node: yaml.Node) -> Any:
        """The plain value of one field of a card."""
        if name == "id":
            text = self.text(node, "id")
            if not NAME.match(text):
                raise Wrong(node, f"the id {text!r} may hold only a–z, 0–9 and single hyphens")
            return text
        if name in ("status", "level"):
            text, known = self.text(node, name, empty=True), STATUSES if name == "status" else LEVELS
            if text not in known:
                raise Wrong(node, f"there is no {name} {text!r}: {', '.join(filter(None, known))}")
            return text
        if name == "skills":
            return [self.skill(item) for item in self.sequence(node, name, empty=True)]
        if name in ("options", "statements"):
            return [self.option(item, name[:-1]) for item in self.sequence(node, name)]
        if name == "pairs":
            return [self.pair(item) for item in self.sequence(node, name)]
        if name in ("items", "extra", "tags"):
            many = self.sequence(node, name, empty=name != "items")
            return [self.text(item, name.removesuffix("s")) for item in many]
        if name == "wrong":
            lists = self.sequence(node, "wrong", empty=True)
            return [
                [self.text(item, "entry") for item in self.sequence(one, "wrong", empty=True)]
                for one in lists
            ]
        if name == "source":
            return self.source(node)
        if name == "scenario":
            return self.scenario(node)
        return self.text(node, name, empty=name in ("explain", "shows", "area", "language"))

    def option(self, node: yaml.Node, called: str) -> dict[str, Any]:
        """An option or a statement: text, right, because."""
        table = self.mapping(node, f"the {called}", ("text", "right", "because"))
        if "text" not in table:
            raise Wrong(node, f"the {called} has no text")
        data: dict[str, Any] = {"text": self.text(table["text"], called)}
        if "right" in table:
            data["right"] = self.truth(table["right"])
        if "because" in table:
            data["because"] = self.text(table["because"], "because", empty=True)
        return data

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
        table = self.mapping(node, "the source", tuple(SOURCE))
        if not table.keys() & {"title", "url"} or table.keys() & {"note", "lines", "quote"}:
            for needed in ("note", "lines"):
                if needed not in table:
                    raise Wrong(node, f"the source has no {needed}")
        data = {name: self.text(value, name, empty=name == "quote") for name, value in table.items()}
        for name, value in data.items():
            if SOURCE[name] and not re.fullmatch(SOURCE[name], value):
                raise Wrong(table[name], f"{name} must look like {LOOKS[name]}, not {value!r}")
        try:
            parse_lines(data.get("lines", "1"))
        except ValueError:
            raise Wrong(
                table["lines"], f"lines must be a line or a range such as 12-14, not {data['lines']!r}"
            ) from None
        return data

    def rules(self, card: Card, table: dict[str, yaml.Node]) -> None:
        """What a schema cannot say of a card."""
        match card:
            case Choice(options=options) if sum(option.right for option in options) != 1:
                count = sum(option.right for option in options)
                raise Wrong(
                    table["options"],
                    f"a choice card needs exactly one right option; this one has {count or 'none'}",
                )
            case Multiple(options=options) if not 2 <= sum(option.right for option in options) < len(options):
                raise Wrong(
                    table["options"], "a multiple card needs two or more right options, and a wrong one"
                )
            case Cloze() if not gaps(card.ask):
                raise Wrong(table["ask"], "a cloze card needs {{hidden}} words in ask")
            case Code(code=code, wrong=wrong):
                if not gaps(code):
                    raise Wrong(table["code"], "a code card needs {{blanks}} in code")
                if wrong and len(wrong) != len(gaps(code)):
                    message = f"wrong has {len(wrong)} lists, but code has {len(gaps(code))} blanks"
                    raise Wrong(table["wrong"], message)
        if isinstance(card, Choice | Multiple):
            self.distinct(card.options, table["options"])
        fewest = {"options": 2, "items": 2, "pairs": 2}
        for name, least in fewest.items():
            if name in table and len(table[name].value) < least:
                raise Wrong(table[name], f"{name} must be {least} or more")

    @staticmethod
    def distinct(options: tuple[Option, ...], node: yaml.Node) -> None:
        """Raises Wrong at an option that says the same as one that is marked otherwise: which one is right?"""
        for n, option in enumerate(options):
            if any(other.text == option.text and other.right != option.right for other in options[:n]):
                raise Wrong(node.value[n], f"a right option and a wrong one are the same: {option.text!r}")

    def tell(self, error: Wrong, card: str = "") -> None:
        """Keep a mistake."""
        self.reading.problems.append(problem_at(self.path, error, card))
