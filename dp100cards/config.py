"""Where things live: the learner's data, the cache, a collection; and what `dp100.toml` may set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from dp100cards import files
from dp100cards.errors import ContentError, Problem, UsageError

APP = "dp100cards"
SETTINGS = "dp100.toml"
SETTINGS_LIMIT = files.MEGABYTE // 4
GENERATED = ".generated.yaml"

_DECK_HEAD = rb"(?m)^deck:[ \t]*\S.*\n(?s:.*)^(?:title|cards):"


@dataclass(frozen=True)
class Folders:
    """The learner's folders: `data` for progress and collections, `cache` for what can be made anew.

    Neither need exist yet. `named`: the learner named the data folder, and then its cache is in it.
    """

    data: Path
    cache: Path
    named: bool


def folders(named: str | None = None) -> Folders:
    """The folders that the learner named, or the ones that are usual on this system."""
    if named:
        data = Path(named).expanduser().absolute()
        return Folders(data, data / "cache", True)
    from platformdirs import user_cache_path, user_data_path  # 4 ms that a named folder saves

    return Folders(user_data_path(APP, appauthor=False), user_cache_path(APP, appauthor=False), False)


def is_collection(folder: Path) -> bool:
    """Has a folder settings of ours, or decks of ours? A folder that is only called `decks` is nobody's."""
    decks = folder / "decks"
    if (folder / SETTINGS).is_file() or (decks / GENERATED).is_file():
        return True
    with suppress(OSError):
        return any(map(_is_deck, sorted(decks.glob("*.yaml"))))
    return False


def _is_deck(path: Path) -> bool:
    with suppress(OSError), files.opened(path) as file:
        return bool(re.search(_DECK_HEAD, file.read(files.MEGABYTE)))
    return False


def find_home(named: str | None, start: Path) -> Path | None:
    """The collection that the learner named, else the nearest one upwards; None if there is none.

    Raises UsageError if the folder that was named does not exist.
    """
    if named:
        home = Path(named).expanduser()
        if not home.is_dir():
            raise UsageError(f"there is no folder {named}; `dp100 init {named}` makes a collection there")
        return home.absolute()
    return next((folder for folder in (start, *start.parents) if is_collection(folder)), None)


def shipped() -> Path:
    """The collection that came with the program: inside the installed package, or the checkout that it runs from."""
    installed = Path(__file__).resolve().with_name("collection")
    return installed if installed.is_dir() else installed.parent.parent


# Settings


@dataclass(frozen=True)
class StudyOptions:
    """`[study]`: how much a day, and how well to remember."""

    new_per_day: int = 10
    reviews_per_day: int = 200
    retention: float = 0.9  # the probability of recall at which a card is asked again
    maximum_interval: int = 36_500  # days; with an exam ahead, a few months are plenty
    leech_lapses: int = 8  # a card forgotten this often is set aside; 0 never
    exam_date: date | None = None  # as 2027-01-15 without quotes; `dp100 plan --exam-date` overrules it
    minutes_per_day: int = 0  # 0 is no limit


TABLES = ("study", "ui", "keys", "decks")
DECK = {"title": str, "area": str, "concepts": list}
"""A table of `[decks]`, by which `dp100 build` spreads notes over decks."""
NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
RANGES: dict[str, tuple[float, float]] = {"new_per_day": (0, 9999), "reviews_per_day": (0, 99_999)}
RANGES |= {"retention": (0.7, 0.97), "maximum_interval": (1, 36_500)}
RANGES |= {"leech_lapses": (0, 999), "minutes_per_day": (0, 1440)}


@dataclass(frozen=True)
class Settings:
    """All of `dp100.toml`."""

    name: str = "DP-100"  # over all decks, as in Anki's deck tree
    blueprint: str = ""
    """The exam: a blueprint of the program's own, or a YAML file of the collection. If empty, DP-100 where the cards
    are for it; else the decks are the areas."""
    study: StudyOptions = StudyOptions()
    ui: dict[str, str] = field(default_factory=dict)  # `theme`
    keys: dict[str, str] = field(default_factory=dict)  # an action of the study screen, and the key for it
    decks: dict[str, Any] = field(default_factory=dict)  # how `dp100 build` spreads notes over decks
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)  # of what is set

    def problem(self, name: str, message: str) -> Problem:
        """A mistake in what is set by a name with points, such as `keys.undo`, at its place."""
        return Problem(SETTINGS, *self.places.get(name, (0, 0)), message)


_LINE = r"""[ \t]*(?:\[{1,2}([^\]#]+)\]|([\w."' \t-]+?)[ \t]*=)"""
_LONG = r"""(?s)\"{3}.*?\"{3}|'{3}.*?'{3}"""


def places(text: str) -> dict[str, tuple[int, int]]:
    """The line and column of each setting, and of each table, by its name with points: `study.retention`."""
    found: dict[str, tuple[int, int]] = {}
    table = ""
    lines = re.sub(_LONG, lambda long: "\n" * long[0].count("\n"), text).split("\n")
    for number, line in enumerate(lines, 1):
        if match := re.match(_LINE, line):
            name = re.sub(r"""["' \t]""", "", match[1] or match[2])
            place = number, match.start(match.lastindex or 1) + 1
            found.setdefault(name if match[1] else table + name, place)
            table = f"{name}." if match[1] else table
    return found


def parse_settings(text: str) -> Settings:
    """Read the settings. Raises ContentError with every mistake and its place."""
    if not text:
        return Settings()
    import tomllib  # 3 ms, and many collections have no settings

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = map(int, place.groups()) if place else (text.count("\n") + 1, 0)
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise ContentError([Problem(SETTINGS, line, column, f"this is not TOML: {message}")]) from None
    except (ValueError, RecursionError):
        message = "a number has too many digits, or brackets are nested too deeply"
        raise ContentError([Problem(SETTINGS, 0, 0, message)]) from None
    usual, problems = Settings(places=places(text)), list[Problem]()
    tables = {part: table[part] for part in TABLES if isinstance(table.get(part), dict)}
    for part, said in ({"": table} | tables).items():
        for name, value in said.items():
            shown = f"{part}.{name}" if part else name
            match part, name:
                case ("ui" | "keys", _) | ("", "name" | "blueprint"):
                    fits, wanted = isinstance(value, str), "text"
                case "", _ if name in TABLES:
                    fits, wanted = isinstance(value, dict), "a table"
                case "decks", _:
                    parts = value.items() if isinstance(value, dict) else [("", value)]
                    fits = all(type(held) is DECK.get(each) for each, held in parts)
                    fits = fits and bool(re.fullmatch(NAME, name))
                    wanted = "a table of title, area and a list of concepts, its name of a–z, 0–9 and hyphens"
                case "study", "exam_date":
                    fits, wanted = type(value) is date, "a date without quotes, as 2027-01-15"
                case "study", _ if name in RANGES:
                    (low, high), whole = RANGES[name], "" if name == "retention" else "whole "
                    fits = type(value) in ((int,) if whole else (int, float)) and low <= value <= high
                    wanted = f"a {whole}number from {low} to {high}"
                case _:
                    names = [each.name for each in fields(StudyOptions if part else Settings) if each.compare]
                    message = f"there is no setting {shown}; there are {', '.join(sorted(names))}"
                    problems.append(usual.problem(shown, message))
                    continue
            if not fits:
                problems.append(usual.problem(shown, f"{shown} must be {wanted}"))
    if problems:
        raise ContentError(problems)
    return replace(usual, **table | {"study": StudyOptions(**table.get("study", {}))})
