"""The plan by which notes are spread over decks: from `dp100.toml`, else the one that came with the program."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from dp100cards.config import Settings
from dp100cards.decks.blueprints import USUAL
from dp100cards.decks.nodes import plain
from dp100cards.errors import ContentError, Problem
from dp100cards.first.generate.route import Plan, PlannedDeck, slug
from dp100cards.first.notes.front import Front


def plan_of(settings: Settings, fronts: Mapping[str, Front]) -> Plan:
    """The plan of a collection. Raises ContentError for a `[decks]` table that is none.

    In `dp100.toml` a deck is a table: `[decks.image]` with `title`, `area` and `concepts`.
    """
    if settings.decks:
        return Plan(tuple(_deck(name, table) for name, table in settings.decks.items()), fronts)
    shipped = files("dp100cards.first.generate") / "plans" / f"{settings.blueprint or USUAL}.yaml"
    if not shipped.is_file():
        return Plan((), fronts)
    data = plain(shipped.read_text(encoding="utf-8"))
    return Plan(
        tuple(
            PlannedDeck(each["deck"], each["title"], each.get("area", ""), tuple(each.get("concepts", ())))
            for each in data["decks"]
        ),
        fronts,
    )


def _deck(name: str, table: Any) -> PlannedDeck:
    if not isinstance(table, dict) or slug(name) != name:
        raise ContentError(
            [Problem("dp100.toml", 0, 0, f"decks.{name} must be a table, its name of a–z, 0–9 and hyphens")]
        )
    unknown = table.keys() - {"title", "area", "concepts"}
    concepts = table.get("concepts", [])
    if unknown or not isinstance(concepts, list) or not all(isinstance(c, str) for c in concepts):
        raise ContentError(
            [Problem("dp100.toml", 0, 0, f"decks.{name} holds title, area and a list of concepts")]
        )
    return PlannedDeck(
        name, str(table.get("title", name.capitalize())), str(table.get("area", "")), tuple(concepts)
    )
