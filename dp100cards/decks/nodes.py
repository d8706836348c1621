"""YAML to nodes that know their line and column, and nodes to plain values, each mistake at its place.

Nodes are never resolved to types: a text is a text, so that `no`, `012` and `12:30` stay what the learner wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from dp100cards.errors import Problem

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 60
"""A card nests five levels deep; brackets beyond this are a mistake or an attack."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; both count from 1."""

    line: int
    column: int


def place_of(node: yaml.Node) -> Place:
    """Where a node begins."""
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


class Wrong(Exception):
    """A mistake at a node; caught at the nearest card, and turned into a Problem."""

    def __init__(self, node: yaml.Node, message: str) -> None:
        super().__init__(message)
        self.node, self.message = node, message


def compose(text: str) -> yaml.Node | None:
    """The root node of the text. Raises YAMLError, or Wrong for brackets nested too deeply."""
    if _may_be_deep(text):
        try:
            _refuse_depth(text, Loader)
        except yaml.YAMLError:
            # libyaml looks far ahead, and newer ones give up at a depth of their own before the events show it.
            _refuse_depth(text, yaml.SafeLoader)
    node: yaml.Node | None = yaml.compose(text, Loader=Loader)
    return node


def plain(text: str) -> Any:
    """A text of YAML as plain values. Raises YAMLError, or Wrong at what is too deep, an alias or a strange tag.

    Numbers have fifteen digits at most, and a date stays the text that it is.
    """
    node = compose(text)
    return None if node is None else _plain(node, Nodes())


def _plain(node: yaml.Node, nodes: Nodes) -> Any:
    nodes.once(node)
    if isinstance(node, yaml.MappingNode):
        return {name: _plain(value, nodes) for name, value in nodes.pairs(node, "this")}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, nodes) for item in node.value]
    kind, value = node.tag.removeprefix("tag:yaml.org,2002:"), str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return value.lower() in ("yes", "true", "on")
    if kind in ("int", "float"):
        if not re.fullmatch(r"[-+]?\d{1,15}" if kind == "int" else r"[-+]?\d{0,15}\.\d{0,15}", value):
            raise Wrong(node, "write the number in plain digits, at most fifteen")
        return int(value) if kind == "int" else float(value)
    if kind not in ("str", "timestamp"):
        raise Wrong(node, f"the tag {node.tag} means nothing here")
    return value


def _refuse_depth(text: str, loader: Any) -> None:
    """Raises Wrong at the first bracket that is deeper than `DEEPEST`."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Wrong(_node_at(event), "brackets are nested too deeply")


def _may_be_deep(text: str) -> bool:
    """Could the text nest deeper than `DEEPEST`? Composing calls itself, and would crash the interpreter.

    Brackets inside quotes count too: then the answer is yes too often, and the events decide.
    """
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            return True
    return bool(re.search(rf"(?m)^ {{{DEEPEST},}}|(?:[-?:]\s+){{{DEEPEST // 4}}}", text))


def _node_at(event: Any) -> yaml.Node:
    """A node that stands where the event does, for a message to point at."""
    return yaml.ScalarNode("", "", event.start_mark, event.end_mark)


def not_yaml(error: yaml.YAMLError, path: str, text: str) -> Problem:
    """What the YAML parser says of a text, with the place."""
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    if mark is not None:
        return Problem(path, mark.line + 1, mark.column + 1, f"this is not YAML: {what}")
    position = getattr(error, "position", None)
    line = text[:position].count("\n") + 1 if isinstance(position, int) else 0
    return Problem(path, line, 0, f"this is not YAML: {what}")


def problem_at(path: str, error: Wrong, card: str = "") -> Problem:
    """The mistake as a Problem; `card` is the card that it is in."""
    at = place_of(error.node)
    return Problem(path, at.line, at.column, f"card {card}: {error.message}" if card else error.message)


class Nodes:
    """Takes values out of nodes. An alias could grow without end: each node may be met once only."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def once(self, node: yaml.Node) -> yaml.Node:
        """Raises Wrong for a node that is met twice: an alias, which could grow without end."""
        if id(node) in self.seen:
            raise Wrong(node, "aliases (*name) are not allowed; write it out")
        self.seen.add(id(node))
        return node

    def pairs(self, node: yaml.Node, called: str) -> list[tuple[str, yaml.Node]]:
        """The fields of a mapping, in order. Raises Wrong for a key that stands twice."""
        if not isinstance(node, yaml.MappingNode):
            raise Wrong(node, f"{called} must be fields such as `name: value`")
        found: dict[str, yaml.Node] = {}
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                raise Wrong(name, f"the name of a field of {called} must be plain text")
            if name.value in found:
                raise Wrong(name, f"{name.value} stands here twice")
            found[name.value] = value
        return list(found.items())

    def mapping(self, node: yaml.Node, called: str, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        """A mapping with known fields only, each met for the first time."""
        found = dict(self.pairs(node, called))
        for name, value in node.value:
            if name.value not in known:
                raise Wrong(name, f"{called} has no field {name.value!r}: {', '.join(known)}")
            self.once(value)
        return found

    def sequence(self, node: yaml.Node, called: str, *, empty: bool = False) -> list[yaml.Node]:
        """A list, each of its nodes met for the first time."""
        if not isinstance(node, yaml.SequenceNode):
            if empty and isinstance(node, yaml.ScalarNode) and not node.value:
                return []
            raise Wrong(node, f"{called} must be a list")
        if not node.value and not empty:
            raise Wrong(node, f"{called} is empty")
        for item in node.value:
            self.once(item)
        return list(node.value)

    @staticmethod
    def text(node: yaml.Node, called: str, *, empty: bool = False) -> str:
        """A text, as it was written."""
        if not isinstance(node, yaml.ScalarNode):
            raise Wrong(node, f"{called} must be text")
        value = str(node.value)
        if not value.strip() and not empty:
            raise Wrong(node, f"{called} is empty")
        return value

    @staticmethod
    def truth(node: yaml.Node) -> bool:
        """`true` or `false`."""
        if isinstance(node, yaml.ScalarNode) and node.value.lower() in ("true", "false", "yes", "no"):
            return node.value.lower() in ("true", "yes")
        raise Wrong(node, "right must be true or false")
