"""Blueprints on disk: the program's own, and a collection's."""

from __future__ import annotations

from importlib.resources import files

import yaml

from dp100cards.decks.collection import Collection
from dp100cards.errors import ContentError, Problem, UsageError
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.blueprint_data import parse


def read_blueprint(name: str, collection: Collection | None = None) -> Blueprint:
    """A blueprint by name, or by the path of a YAML file in the collection.

    Raises UsageError if there is none, ContentError if it has mistakes.
    """
    path = collection.home / name if collection and name.endswith((".yaml", ".yml")) else None
    if path is not None:
        try:
            text, shown = path.read_text(encoding="utf-8-sig"), name
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"the blueprint {path} cannot be read; dp100.toml names it") from None
    else:
        own = files("dp100cards.exam") / "blueprints" / f"{name}.yaml"
        if not own.is_file():
            raise UsageError(
                f"there is no blueprint {name}; name one of the program's own, or a YAML file of the collection"
            )
        text, shown = own.read_text(encoding="utf-8"), f"{name}.yaml"
    try:
        return parse(yaml.safe_load(text), shown)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = getattr(error, "problem", None) or "it cannot be read"
        raise ContentError([Problem(shown, line, column, f"this is not YAML: {what}")]) from None
