"""What a learner can set in `dp100.toml`, with the defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import Any

from dp100cards.errors import ContentError, Problem


@dataclass(frozen=True)
class Study:
    """`[study]`: how much a day, and how well to remember."""

    new_per_day: int = 10
    reviews_per_day: int = 200
    retention: float = 0.9
    """The probability of recall at which a card is asked again, 0.70–0.97."""
    maximum_interval: int = 36_500
    """Days; with an exam ahead, a few months are plenty."""
    leech_lapses: int = 8
    """A card forgotten so often is set aside; 0 never."""


@dataclass(frozen=True)
class Settings:
    """All of `dp100.toml`."""

    name: str = "DP-100"
    """The name over all decks, as in Anki's deck tree."""
    blueprint: str = ""
    """The exam: a blueprint of the program's own, or a YAML file of the collection. If empty, DP-100 where the cards
    are for it; else the decks are the areas."""
    study: Study = Study()
    keys: dict[str, str] = field(default_factory=dict)
    """`[keys]`: an action of the study screen, and the key for it."""
    decks: dict[str, Any] = field(default_factory=dict)
    """`[decks]`: the plan by which `dp100 build` spreads notes over decks."""


RANGES: dict[str, tuple[float, float]] = {
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 99_999),
    "retention": (0.7, 0.97),
    "maximum_interval": (1, 36_500),
    "leech_lapses": (0, 999),
}


def line_of(name: str, text: str) -> int:
    """The line of the settings at which a name is set, or heads a table; 0 if that is not known."""
    found = re.search(rf"(?m)^[ \t]*\[?[ \t]*(\"?{re.escape(name)}\"?)[ \t]*[=\].]", text)
    return text[: found.start(1)].count("\n") + 1 if found else 0


def parse(text: str, path: str) -> Settings:
    """Read the settings. Raises ContentError with every mistake and its line."""
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(n) for n in place.groups()) if place else (text.count("\n") + 1, 0)
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise ContentError([Problem(path, line, column, f"this is not TOML: {message}")]) from None
    problems: list[Problem] = []

    def wrong(name: str, message: str) -> None:
        problems.append(Problem(path, line_of(name, text), 0, message))

    known = {f.name for f in fields(Settings)}
    for name in table.keys() - known:
        wrong(name, f"there is no setting {name}; there are {', '.join(sorted(known))}")
    for name, kind in (("name", str), ("blueprint", str), ("study", dict), ("keys", dict), ("decks", dict)):
        if name in table and not isinstance(table[name], kind):
            wrong(name, f"{name} must be {'text' if kind is str else 'a table'}")
            del table[name]
    study = table.get("study", {})
    for name, value in study.items():
        if name not in RANGES:
            wrong(name, f"there is no setting study.{name}; there are {', '.join(RANGES)}")
            continue
        low, high = RANGES[name]
        whole = name != "retention"
        if (
            isinstance(value, bool)
            or not isinstance(value, int if whole else (int, float))
            or not low <= value <= high
        ):
            wrong(name, f"study.{name} must be a {'whole ' * whole}number from {low} to {high}")
    for name, value in table.get("keys", {}).items():
        if not isinstance(value, str):
            wrong(name, f"keys.{name} must be text: the name of a key")
    if problems:
        raise ContentError(problems)
    values: dict[str, Any] = table | {"study": Study(**study)}
    return Settings(**values)
