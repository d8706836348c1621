"""Where things live: the learner's data, the cache, a collection; and what `dp100.toml` may set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
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
    try:
        return any(map(_is_deck, sorted(decks.glob("*.yaml")))) if decks.is_dir() else False
    except OSError:
        return False


def _is_deck(path: Path) -> bool:
    try:
        with files.opened(path) as file:
            return bool(re.search(_DECK_HEAD, file.read(files.MEGABYTE)))
    except OSError:
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
    package = Path(__file__).resolve().parent
    installed = package / "collection"
    return installed if installed.is_dir() else package.parent


# Settings


@dataclass(frozen=True)
class StudyOptions:
    """`[study]`: how much a day, and how well to remember."""

    new_per_day: int = 10
    reviews_per_day: int = 200
    retention: float = 0.9
    """The probability of recall at which a card is asked again, 0.70–0.97."""
    maximum_interval: int = 36_500
    """Days; with an exam ahead, a few months are plenty."""
    leech_lapses: int = 8
    """A card forgotten this often is set aside; 0 never."""
    exam_date: date | None = None
    """The day of the exam, as 2027-01-15 without quotes; `dp100 plan --exam-date` overrules it."""
    minutes_per_day: int = 0
    """How much time a day there is for it; 0 is no limit."""


RANGES: dict[str, tuple[float, float]] = {
    "new_per_day": (0, 9999), "reviews_per_day": (0, 99_999), "retention": (0.7, 0.97),
    "maximum_interval": (1, 36_500), "leech_lapses": (0, 999),
    "minutes_per_day": (0, 1440),
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """All of `dp100.toml`."""

    name: str = "DP-100"
    """The name over all decks, as in Anki's deck tree."""
    blueprint: str = ""
    """The exam: a blueprint of the program's own, or a YAML file of the collection. If empty, DP-100 where the cards
    are for it; else the decks are the areas."""
    study: StudyOptions = StudyOptions()
    ui: dict[str, str] = field(default_factory=dict)
    """`[ui]`: `theme`."""
    keys: dict[str, str] = field(default_factory=dict)
    """`[keys]`: an action of the study screen, and the key for it."""
    decks: dict[str, Any] = field(default_factory=dict)
    """`[decks]`: the plan by which `dp100 build` spreads notes over decks."""


_LINE = r"""[ \t]*(?:\[{1,2}(?P<table>[^\]#]+)\]|(?P<key>[\w."' \t-]+?)[ \t]*=[ \t]*(?P<value>.*))"""


def places(text: str) -> dict[str, tuple[int, int]]:
    """The line and column of each setting, and of each table, by its name with points: `study.retention`."""
    found: dict[str, tuple[int, int]] = {}
    table, closing = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if not (match := re.match(_LINE, line)):
            continue
        name = re.sub(r"""["' \t]""", "", match["table"] or match["key"])
        if match["table"]:
            table = f"{name}."
            found.setdefault(name, (number, match.start("table") + 1))
        else:
            found.setdefault(f"{table}{name}", (number, match.start("key") + 1))
            quotes = next((q for q in ('"""', "'''") if match["value"].startswith(q)), "")
            closing = quotes if quotes and quotes not in match["value"][3:] else ""
    return found


def parse_settings(text: str, path: str = SETTINGS) -> Settings:
    """Read the settings. Raises ContentError with every mistake and its place."""
    if not text:
        return Settings()
    import tomllib  # 3 ms, and many collections have no settings

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(n) for n in place.groups()) if place else (text.count("\n") + 1, 0)
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise ContentError([Problem(path, line, column, f"this is not TOML: {message}")]) from None
    except RecursionError:
        raise ContentError([Problem(path, 0, 0, "brackets are nested too deeply")]) from None
    except ValueError:
        raise ContentError([Problem(path, 0, 0, "a number has too many digits")]) from None
    problems: list[Problem] = []
    known = places(text)

    def wrong(name: str, message: str) -> None:
        problems.append(Problem(path, *known.get(name, (0, 0)), message))

    names = [f.name for f in fields(Settings)]
    for name in table.keys() - set(names):
        wrong(name, f"there is no setting {name}; there are {', '.join(sorted(names))}")
    for name in names:
        kind = str if name in ("name", "blueprint") else dict
        if name in table and not isinstance(table[name], kind):
            wrong(name, f"{name} must be {'text' if kind is str else 'a table'}")
            del table[name]
    study = table.get("study", {})
    for name, value in study.items():
        if name == "exam_date":
            if type(value) is not date:
                wrong("study.exam_date", "study.exam_date must be a date without quotes, as 2027-01-15")
            continue
        if name not in RANGES:
            wrong(
                f"study.{name}", f"there is no setting study.{name}; there are exam_date, {', '.join(RANGES)}"
            )
            continue
        low, high = RANGES[name]
        kinds = (int, float) if name == "retention" else (int,)
        if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
            whole = "" if name == "retention" else "whole "
            wrong(f"study.{name}", f"study.{name} must be a {whole}number from {low} to {high}")
    for section, what in (("keys", "the name of a key"), ("ui", "a name")):
        for name, value in table.get(section, {}).items():
            if not isinstance(value, str):
                wrong(f"{section}.{name}", f"{section}.{name} must be text: {what}")
    if problems:
        raise ContentError(problems)
    return Settings(**table | {"study": StudyOptions(**study)})
