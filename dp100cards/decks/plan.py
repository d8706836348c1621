"""The plan by which notes are spread over decks: from `dp100.toml`, else the one that came with the program."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from dp100cards.config import Settings
from dp100cards.decks.blueprints import USUAL, read_blueprint
from dp100cards.decks.collection import Collection
from dp100cards.decks.nodes import plain
from dp100cards.errors import ContentError, Problem
from dp100cards.generate.pipeline import Plan, PlannedDeck, slug


def plan_of(settings: Settings, collection: Collection) -> Plan:
    """The plan of a collection. Raises ContentError for a `[decks]` table that is none.

    In `dp100.toml` a deck is a table: `[decks.image]` with `title`, `area` and `concepts`.
    """
    blueprint = read_blueprint(settings.blueprint or USUAL, collection)
    areas = {id_: area.id for id_, (_, area) in blueprint.skills.items()}
    if settings.decks:
        return Plan(tuple(_deck(name, table) for name, table in settings.decks.items()), areas)
    shipped = files("dp100cards.decks") / "plans" / f"{settings.blueprint or USUAL}.yaml"
    if not shipped.is_file():
        return Plan((), areas)
    data = plain(shipped.read_text(encoding="utf-8"))
    decks = (
        PlannedDeck(d["deck"], d["title"], d.get("area", ""), tuple(d["concepts"])) for d in data["decks"]
    )
    return Plan(tuple(decks), areas, guessed=not settings.blueprint)


def _deck(name: str, table: Any) -> PlannedDeck:
    wrong = f"decks.{name} holds title, area and a list of concepts"
    if not isinstance(table, dict) or slug(name) != name:
        wrong = f"decks.{name} must be a table, its name of a–z, 0–9 and hyphens"
    elif not table.keys() - {"title", "area", "concepts"} and isinstance(table.get("concepts", []), list):
        concepts = tuple(map(str, table.get("concepts", [])))
        title = str(table.get("title", name.replace("-", " ").capitalize()))
        return PlannedDeck(name, title, str(table.get("area", "")), concepts)
    raise ContentError([Problem("dp100.toml", 0, 0, wrong)])
