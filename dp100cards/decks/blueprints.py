"""Blueprints on disk: the program's own, and a collection's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files as resources

import yaml

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.decks.collection import Collection
from dp100cards.decks.index import Index
from dp100cards.decks.read import Reader, Wrong, fields_of, nodes_of
from dp100cards.errors import ContentError, UsageError
from dp100cards.exam.blueprint import Blueprint, blueprint_from, without_outline

USUAL = "dp-100"
"""The blueprint of a collection that names none, if its cards are for it."""
FOLDER = resources("dp100cards.exam") / "blueprints"
SCHEMA = json.loads((resources("dp100cards.exam") / "schema.json").read_text(encoding="utf-8"))


def blueprint_of(index: Index, collection: Collection, exam: str = "") -> Blueprint:
    """The exam of a collection: the one that is asked for, else the one that it names.

    A collection that names none has the usual one if at least half of its cards count towards its areas; else its
    decks are the areas.
    """
    settings = collection.settings
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
    return parse(text, shown, id_)


def parse(text: str, path: str, id_: str = "") -> Blueprint:
    """A blueprint from YAML, or from JSON, which is YAML too. Raises ContentError with every mistake and its place."""
    reader = Reader(path)
    root = reader.root(text)
    taken = reader.take(root, SCHEMA, "")
    if not reader.problems:
        plan = blueprint_from(taken, id_)
        reader.wrong(*_mistakes(fields_of(root, ""), plan))
    if reader.problems:
        raise ContentError(reader.problems)
    return plan


def _mistakes(fields: dict[str, yaml.Node], plan: Blueprint) -> Iterator[Wrong]:
    """What a schema cannot say of a blueprint."""
    areas, sections = (fields[name].value if name in fields else () for name in ("areas", "sections"))
    inner = [(area, each) for area in areas for each in nodes_of(area) if isinstance(each, yaml.MappingNode)]
    named = [("area" if each is area else "skill", fields_of(each, "").get("id")) for area, each in inner]
    named += [("section", fields_of(each, "")["title"]) for each in sections]
    met = dict[tuple[str, str], yaml.Node]()
    for what, name in named:
        if name and met.setdefault((what, name.value), name) is not name:
            yield Wrong(name, f"{what} {name.value} is here twice")
    studies = [each for each, said in zip(sections, plan.sections, strict=True) if said.scenarios]
    for each in studies[1:]:
        yield Wrong(each, "only one section can have scenarios")
    for kind, _ in fields["shares"].value if "shares" in fields else ():
        if kind.value not in plan.kinds:
            asked = ", ".join(plan.kinds)
            yield Wrong(kind, f"{kind.value} is not one of the kinds that this exam asks: {asked}")
