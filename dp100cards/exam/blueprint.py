"""The shape of an exam, as data: minutes, questions, areas and their weights, pass mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dp100cards.cards import KINDS, Card
from dp100cards.errors import ContentError, Problem
from dp100cards.exam.sitting import ONCE

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
class Section:
    """Questions that come together, after the normal ones: of these kinds, or with one of these tags.

    `locks` says what a strict sitting locks: a `question` when it is gone on from, as in a yes/no series; the
    whole `section` when it is left, as in a case study; or "" nothing.
    """

    title: str
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    locks: str = ""

    def takes(self, card: Card) -> bool:
        """Does a question belong here?"""
        return card.kind in self.kinds or bool(set(card.tags) & set(self.tags))


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

    sections: tuple[Section, ...] = ()

    def section(self, card: Card) -> Section | None:
        """The section that a question belongs to; None for a normal one."""
        return next((section for section in self.sections if section.takes(card)), None)

    def arranged(self, cards: Sequence[Card]) -> tuple[Card, ...]:
        """Questions in the order of the sections, the normal ones first; within a section as they were."""
        places = [None, *self.sections]
        return tuple(sorted(cards, key=lambda card: places.index(self.section(card))))

    def locks(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """What locks each question, as `sitting.begin` takes it."""
        found = (self.section(card) for card in cards)
        return tuple(
            "" if each is None or not each.locks else ONCE if each.locks == "question" else each.title
            for each in found
        )

    def area_title(self, area: str) -> str:
        """An area's title; cards of no area of this exam are "Other"."""
        return next((each.title for each in self.areas if each.id == area), "Other")


LOCKS = ("", "question", "section")
FIELDS = (
    "name",
    "title",
    "status",
    "source",
    "minutes",
    "questions",
    "pass",
    "cut",
    "areas",
    "kinds",
    "sections",
)


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
    sections = _sections(data.get("sections", []), wrong)
    if problems:
        raise ContentError(problems)
    return Blueprint(
        name=data["name"], title=str(data.get("title", "")), status=str(data.get("status", "")),
        source=str(data.get("source", "")), minutes=data.get("minutes", 100), questions=data.get("questions", 50),
        pass_mark=data.get("pass", 700), cut=float(cut), areas=areas, kinds=tuple(kinds),
        sections=sections,
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


def _sections(data: Any, wrong: Any) -> tuple[Section, ...]:
    sections: list[Section] = []
    if not isinstance(data, list):
        wrong("sections must be a list")
        return ()
    for n, each in enumerate(data, 1):
        if not isinstance(each, dict) or not isinstance(each.get("title"), str) or not each["title"]:
            wrong(f"section {n} must have a title, and kinds or tags")
            continue
        title, kinds, tags = each["title"], each.get("kinds", []), each.get("tags", [])
        for name in each.keys() - {"title", "kinds", "tags", "locks"}:
            wrong(f"section {title}: it has no field {name!r}: title, kinds, tags, locks")
        lists = isinstance(kinds, list) and isinstance(tags, list)
        if not lists or not (kinds or tags) or not set(map(str, kinds)) <= set(KINDS) - UNMARKED:
            wrong(f"section {title}: it must list kinds that an exam asks, or tags")
        elif each.get("locks", "") not in LOCKS:
            wrong(f"section {title}: locks must be question or section, not {each['locks']!r}")
        elif title == ONCE or title in {section.title for section in sections}:
            wrong(f"section {title}: each section must have a title of its own")
        else:
            sections.append(Section(title, tuple(kinds), tuple(map(str, tags)), each.get("locks", "")))
    return tuple(sections)
