"""Blueprints on disk: the program's own, and a collection's."""

from __future__ import annotations

from importlib.resources import files

import yaml

from dp100cards.decks.collection import Collection
from dp100cards.decks.index import Index
from dp100cards.errors import ContentError, Problem, UsageError
from dp100cards.exam.blueprint import Blueprint, without_outline
from dp100cards.exam.blueprint_data import parse

USUAL = "dp-100"
"""The blueprint of a collection that names none, if its cards are for it."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def blueprint_of(index: Index, collection: Collection, exam: str = "") -> Blueprint:
    """The exam of a collection: the one that is asked for, else the one that it names.

    A collection that names none has the usual one if at least half of its cards count towards its areas; else its
    decks are the areas.
    """
    settings = collection.settings()
    if exam or settings.blueprint:
        return read_blueprint(exam or settings.blueprint, collection)
    usual = read_blueprint(USUAL)
    areas = {area.id for area in usual.areas}
    mine = [entry.area in areas for entry in index.each()]
    if 2 * sum(mine) >= len(mine):
        return usual
    titles = {deck.name: deck.title for deck in index.decks()}
    name = collection.home.name if settings.name == type(settings).name else settings.name
    return without_outline(name, index.cards(), titles)


def read_blueprint(name: str, collection: Collection | None = None) -> Blueprint:
    """A blueprint by name, or by the path of a YAML file in the collection.

    Raises UsageError if there is none, ContentError if it has mistakes.
    """
    path = collection.home / name if collection and name.endswith((".yaml", ".yml")) else None
    if path is not None:
        id_ = path.stem
        try:
            text, shown = path.read_text(encoding="utf-8-sig"), name
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"the blueprint {path} cannot be read") from None
    else:
        id_ = name.lower()
        folder = files("dp100cards.exam") / "blueprints"
        known = sorted(each.name.removesuffix(".yaml") for each in folder.iterdir())
        if id_ not in known:
            raise UsageError(
                f"there is no exam {name}; there are {', '.join(known)}, or a YAML file of the collection"
            )
        text, shown = (folder / f"{id_}.yaml").read_text(encoding="utf-8"), f"{id_}.yaml"
    try:
        return parse(yaml.load(text, LOADER), shown, id_)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = getattr(error, "problem", None) or "it cannot be read"
        raise ContentError([Problem(shown, line, column, f"this is not YAML: {what}")]) from None
