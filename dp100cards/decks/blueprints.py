"""Blueprints on disk: the program's own, and a collection's."""

from __future__ import annotations

import re
from importlib.resources import files as resources
from typing import Any

import yaml

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.decks.collection import Collection
from dp100cards.decks.index import Index
from dp100cards.decks.read import Wrong, compose, content_errors, fields_of
from dp100cards.errors import ContentError, Problem, UsageError
from dp100cards.exam.blueprint import Blueprint, parse, without_outline

USUAL = "dp-100"
"""The blueprint of a collection that names none, if its cards are for it."""
FOLDER = resources("dp100cards.exam") / "blueprints"


def blueprint_of(index: Index, collection: Collection, exam: str = "") -> Blueprint:
    """The exam of a collection: the one that is asked for, else the one that it names.

    A collection that names none has the usual one if at least half of its cards count towards its areas; else its
    decks are the areas.
    """
    settings = collection.settings()
    if exam or settings.blueprint:
        return read_blueprint(exam or settings.blueprint, collection)
    usual = read_blueprint(USUAL)
    places = index.places()
    mine = sum(count for card, count in places if usual.area_of(card))
    if 2 * mine >= sum(count for _, count in places):
        return usual
    titles = {deck.name: deck.title for deck in index.decks()}
    name = collection.home.name if settings.name == type(settings).name else settings.name
    return without_outline(name, index.each(), titles)


def others_served(cards: list[Card], plan: Blueprint) -> tuple[tuple[str, int, int], ...]:
    """The program's other exams that cards serve: name, how many skills, and of how many."""
    found = []
    for name in own():
        other = read_blueprint(name)
        served = {skill.id for card in other.items(cards) for skill in other.skills_of(card)}
        if name != plan.id and served:
            found.append((name, len(served), len(other.skills)))
    return tuple(found)


def own() -> list[str]:
    return sorted(each.name.removesuffix(".yaml") for each in FOLDER.iterdir())


def read_blueprint(name: str, collection: Collection | None = None) -> Blueprint:
    """A blueprint by name, or by the path of a YAML file in the collection.

    Raises UsageError if there is none, ContentError if it has mistakes.
    """
    if collection and name.endswith((".yaml", ".yml")):
        path, shown = collection.home / name, name
        if not path.resolve().is_relative_to(collection.home.resolve()):
            raise UsageError(f"the blueprint {name} lies outside the collection {collection.home}")
        try:
            id_, text = path.stem, files.read_text(path, name, "blueprint")
        except FileNotFoundError:
            raise UsageError(f"there is no blueprint {path}") from None
    elif (id_ := name.lower()) in own():
        shown = f"{id_}.yaml"
        text = (FOLDER / shown).read_text(encoding="utf-8")
    else:
        others = ", ".join(own())
        raise UsageError(f"there is no exam {name}; there are {others}, or a YAML file of the collection")
    with content_errors(shown, text):
        data = plain(text)
    try:
        return parse(data, shown, id_)
    except ContentError as error:
        raise ContentError([_placed(each, text) for each in error.problems]) from None


def _placed(problem: Problem, text: str) -> Problem:
    """A mistake with the first place of what it names, behind the area, skill or section that it is about."""
    owner = re.match(r"(?:area|skill|section) (.*?): ", problem.message)
    found = re.search(r"'(\w+)'|(\w+) must be|(\S+) is there twice", problem.message)
    start = max(text.find(owner[1]), 0) if owner else 0
    at = text.find(next(filter(None, found.groups())), start) if found else -1
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return problem._replace(line=line, column=column) if at >= 0 else problem


def plain(text: str) -> Any:
    """A text of YAML as plain values. Raises YAMLError, or Wrong at what is too deep, an alias or a strange tag.

    Numbers have fifteen digits at most, and a date stays the text that it is.
    """
    node = compose(text)
    return None if node is None else _plain(node)


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {name: _plain(value) for name, value in fields_of(node, "this").items()}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    kind, value = node.tag.removeprefix("tag:yaml.org,2002:"), str(node.value)
    if kind not in ("str", "timestamp", "null", "bool", "int", "float"):
        raise Wrong(node, f"the tag {node.tag} means nothing here")
    if kind in ("int", "float"):
        if not re.fullmatch(r"[-+]?\d{1,15}" if kind == "int" else r"[-+]?\d{0,15}\.\d{0,15}", value):
            raise Wrong(node, "write the number in plain digits, at most fifteen")
        return int(value) if kind == "int" else float(value)
    return {"null": None, "bool": value.lower() in ("yes", "true", "on")}.get(kind, value)
