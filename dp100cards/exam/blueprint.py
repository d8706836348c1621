"""The shape of an exam, as data: minutes, questions, areas and their weights, pass mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dp100cards.cards import KINDS
from dp100cards.errors import ContentError, Problem

UNMARKED = frozenset({"basic", "cloze"})
"""Kinds that only the learner can judge; no exam asks them."""


@dataclass(frozen=True, slots=True)
class Area:
    """One skill area, with the least and the greatest weight of the outline, in percent."""

    id: str
    title: str
    weight: tuple[float, float]

    @property
    def middle(self) -> float:
        """The weight that a draw goes by."""
        return sum(self.weight) / 2


@dataclass(frozen=True, slots=True)
class Blueprint:
    """An exam. `cut` is the share of points (0–1) at which the scaled score is `pass_mark` of 1000."""

    name: str
    title: str = ""
    status: str = ""
    """What there is to know about the exam's standing, in sentences."""
    source: str = ""
    minutes: int = 100
    questions: int = 50
    pass_mark: int = 700
    cut: float = 0.7
    areas: tuple[Area, ...] = ()
    kinds: tuple[str, ...] = tuple(kind for kind in KINDS if kind not in UNMARKED)

    def area_title(self, area: str) -> str:
        """An area's title; cards of no area of this exam are "Other"."""
        return next((each.title for each in self.areas if each.id == area), "Other")


FIELDS = ("name", "title", "status", "source", "minutes", "questions", "pass", "cut", "areas", "kinds")


def parse(data: Any, path: str) -> Blueprint:
    """A blueprint from plain data. Raises ContentError, naming every mistake."""
    problems: list[Problem] = []

    def wrong(message: str) -> None:
        problems.append(Problem(path, 0, 0, message))

    if not isinstance(data, dict):
        raise ContentError([Problem(path, 1, 1, "a blueprint must be fields such as `name: DP-100`")])
    for name in data.keys() - set(FIELDS):
        wrong(f"a blueprint has no field {name!r}: {', '.join(FIELDS)}")
    if not isinstance(data.get("name"), str) or not data.get("name"):
        wrong("name must be text")
    for name, least, most in (("minutes", 1, 1440), ("questions", 1, 500), ("pass", 2, 1000)):
        value = data.get(name, {"minutes": 100, "questions": 50, "pass": 700}[name])
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            wrong(f"{name} must be a whole number from {least} to {most}, not {value!r}")
    cut = data.get("cut", 0.7)
    if isinstance(cut, bool) or not isinstance(cut, int | float) or not 0 < cut < 1:
        wrong(f"cut must be a number between 0 and 1, not {cut!r}")
    kinds = data.get("kinds", [kind for kind in KINDS if kind not in UNMARKED])
    if not isinstance(kinds, list) or not kinds or not set(map(str, kinds)) <= set(KINDS) - UNMARKED:
        wrong(f"kinds must be a list of {', '.join(kind for kind in KINDS if kind not in UNMARKED)}")
    areas = _areas(data.get("areas", []), wrong)
    if problems:
        raise ContentError(problems)
    return Blueprint(
        name=data["name"], title=str(data.get("title", "")), status=str(data.get("status", "")),
        source=str(data.get("source", "")), minutes=data.get("minutes", 100), questions=data.get("questions", 50),
        pass_mark=data.get("pass", 700), cut=float(cut), areas=areas, kinds=tuple(kinds),
    )  # fmt: skip


def _areas(data: Any, wrong: Any) -> tuple[Area, ...]:
    areas: list[Area] = []
    if not isinstance(data, list):
        wrong("areas must be a list")
        return ()
    for n, each in enumerate(data, 1):
        if not isinstance(each, dict) or not isinstance(each.get("id"), str):
            wrong(f"area {n} must have an id, a title and a weight")
            continue
        weight = each.get("weight", 1)
        pair = weight if isinstance(weight, list) else [weight, weight]
        fits = len(pair) == 2 and all(isinstance(w, int | float) and not isinstance(w, bool) for w in pair)
        if not fits or not 0 <= pair[0] <= pair[1] or pair[1] <= 0:
            wrong(f"area {each['id']}: weight must be a number or a range such as [20, 25]")
            continue
        if each["id"] in {area.id for area in areas}:
            wrong(f"area {each['id']} stands there twice")
            continue
        areas.append(Area(each["id"], str(each.get("title", each["id"])), (float(pair[0]), float(pair[1]))))
    return tuple(areas)
