"""A blueprint from plain data, each mistake named; and as plain data again, for a sitting's own copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dp100cards.cards import KINDS
from dp100cards.errors import ContentError, Problem
from dp100cards.exam.blueprint import (
    NORMAL,
    UNMARKED,
    USUAL_KINDS,
    Area,
    Blueprint,
    Group,
    Outline,
    Section,
    Skill,
)

Wrong = Callable[[str], None]

LOCKS = ("", "section", "question")
"""`question` is what the first edition had: it locked each question. Now it locks the section."""
NUMBERS = {"minutes": (1, 1440, 100), "questions": (1, 500, 50), "pass": (2, 1000, 700)}
"""The least, the greatest and the usual value."""
FIELDS = (
    "name", "id", "title", "status", "source", "minutes", "questions", "pass", "cut", "areas", "kinds", "shares",
    "sections", "sites",
)  # fmt: skip
ASKED = [kind for kind in KINDS if kind not in UNMARKED]


def parse(data: Any, path: str, id_: str = "") -> Blueprint:
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
    numbers = {name: data.get(name, usual) for name, (_, _, usual) in NUMBERS.items()}
    for name, (least, most, _) in NUMBERS.items():
        value = numbers[name]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            wrong(f"{name} must be a whole number from {least} to {most}, not {value!r}")
    cut = data.get("cut", 0.7)
    if isinstance(cut, bool) or not isinstance(cut, int | float) or not 0 < cut < 1:
        wrong(f"cut must be a number between 0 and 1, not {cut!r}")
    kinds = _kinds(data.get("kinds", list(USUAL_KINDS)), wrong)
    shares = _shares(data.get("shares", {}), kinds, wrong)
    sites = data.get("sites", {})
    areas = _areas(data.get("areas", []), sites if isinstance(sites, dict) else {}, wrong)
    sections = _sections(data.get("sections", []), wrong)
    source = _source(data.get("source", ""), wrong)
    if problems:
        raise ContentError(problems)
    return Blueprint(
        name=data["name"], id=str(data.get("id", id_)), title=str(data.get("title", "")),
        status=str(data.get("status", "")), source=source, minutes=numbers["minutes"],
        questions=numbers["questions"], pass_mark=numbers["pass"], cut=float(cut), areas=areas, kinds=kinds,
        shares=shares, sections=sections,
    )  # fmt: skip


def plain(blueprint: Blueprint) -> dict[str, Any]:
    """A blueprint as the data that `parse` takes, without the sources of its skills."""
    source = blueprint.source
    return {
        "name": blueprint.name, "id": blueprint.id, "title": blueprint.title, "status": blueprint.status,
        "source": {"title": source.title, "address": source.address, "date": source.date},
        "minutes": blueprint.minutes, "questions": blueprint.questions, "pass": blueprint.pass_mark,
        "cut": blueprint.cut, "kinds": list(blueprint.kinds),
        "shares": {kind: [least, most] for kind, least, most in blueprint.shares},
        "areas": [
            {"id": area.id, "title": area.title, "weight": list(area.weight), "groups": [
                {"title": group.title, "skills": [
                    {"id": skill.id, "title": skill.title, "same_as": list(skill.same_as)} for skill in group.skills
                ]} for group in area.groups
            ]} for area in blueprint.areas
        ],
        "sections": [{"title": s.title, "kinds": list(s.kinds), "tags": list(s.tags),
                      "locks": "section" if s.locks else "", "scenarios": s.scenarios} for s in blueprint.sections],
    }  # fmt: skip


def _source(data: Any, wrong: Wrong) -> Outline:
    """The outline: its title alone, or title, address and date."""
    if isinstance(data, str):
        return Outline(data)
    if not isinstance(data, dict) or not set(data) <= {"title", "address", "date"}:
        wrong("source must be text, or the fields title, address and date")
        return Outline()
    return Outline(**{str(name): str(value) for name, value in data.items()})


def _kinds(data: Any, wrong: Wrong) -> tuple[str, ...]:
    if isinstance(data, list) and set(map(str, data)) & UNMARKED:
        wrong("kinds: no exam can ask basic cards, because only the learner can judge an answer from memory")
    elif not isinstance(data, list) or not data or not set(map(str, data)) <= set(ASKED):
        wrong(f"kinds must be a list of {', '.join(ASKED)}")
    else:
        return tuple(map(str, data))
    return USUAL_KINDS


def _shares(data: Any, kinds: tuple[str, ...], wrong: Wrong) -> tuple[tuple[str, float, float], ...]:
    """The shares of kinds, each a number or a range of percent."""
    if not isinstance(data, dict):
        wrong("shares must be fields such as `multiple: [10, 20]`, in percent of the questions")
        return ()
    shares: list[tuple[str, float, float]] = []
    for kind, share in data.items():
        pair = _range(share)
        if kind not in kinds:
            wrong(f"shares: {kind} is not one of the kinds that this exam asks: {', '.join(kinds)}")
        elif pair is None or pair[1] > 100:
            wrong(f"shares: {kind} must be a number of percent or a range such as [10, 20]")
        else:
            shares.append((kind, *pair))
    if sum(least for _, least, _ in shares) > 100:
        wrong("shares: the least of all kinds together is more than 100 percent")
    if len(shares) == len(kinds) and sum(most for *_, most in shares) < 100:
        wrong("shares: the most of all kinds together is less than 100 percent")
    return tuple(shares)


def _range(value: Any) -> tuple[float, float] | None:
    """A number, or two of them or `10-20`, as a range; None if it is none."""
    if isinstance(value, str):
        value = [float(part) if part.strip().isdigit() else None for part in value.split("-")]
    pair = value if isinstance(value, list) else [value, value]
    numbers = len(pair) == 2 and all(isinstance(n, int | float) and not isinstance(n, bool) for n in pair)
    return (float(pair[0]), float(pair[1])) if numbers and 0 <= pair[0] <= pair[1] else None


def _areas(data: Any, sites: dict[str, Any], wrong: Wrong) -> tuple[Area, ...]:
    areas: list[Area] = []
    if not isinstance(data, list):
        wrong("areas must be a list")
        return ()
    for n, each in enumerate(data, 1):
        if not isinstance(each, dict) or not isinstance(each.get("id"), str):
            wrong(f"area {n} must have an id, a title and a weight")
            continue
        weight = _range(each.get("weight", 1))
        if weight is None or weight[1] <= 0:
            wrong(f"area {each['id']}: weight must be a number or a range such as [20, 25]")
            continue
        if each["id"] in {area.id for area in areas}:
            wrong(f"area {each['id']}: the id stands there twice")
            continue
        groups = _groups(each.get("groups", []), each["id"], sites, wrong)
        areas.append(Area(each["id"], str(each.get("title", each["id"])), weight, groups))
    ids = [skill.id for area in areas for skill in area.skills]
    for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        wrong(f"skill {id_}: the id stands there twice")
    return tuple(areas)


def _groups(data: Any, area: str, sites: dict[str, Any], wrong: Wrong) -> tuple[Group, ...]:
    groups: list[Group] = []
    for each in data if isinstance(data, list) else [data]:
        skills = each.get("skills") if isinstance(each, dict) else None
        if not isinstance(skills, list) or not all(isinstance(skill, dict) for skill in skills):
            wrong(f"area {area}: groups must be a list of titles with skills, each with an id and a title")
            continue
        found = []
        for skill in skills:
            lists = skill.get("sources", []), skill.get("same_as", [])
            if not isinstance(skill.get("id"), str) or not all(isinstance(value, list) for value in lists):
                wrong(
                    f"area {area}: a skill must have an id such as dp-100/3.17; sources and same_as are lists"
                )
                continue
            sources = tuple(_address(str(source), sites) for source in lists[0])
            found.append(
                Skill(skill["id"], str(skill.get("title", skill["id"])), sources, tuple(map(str, lists[1])))
            )
        groups.append(Group(str(each.get("title", "")), tuple(found)))
    return tuple(groups)


def _address(source: str, sites: dict[str, Any]) -> str:
    """A source's address: `site:page` with the site's own address in front."""
    site, colon, page = source.partition(":")
    return f"{sites[site]}{page}" if colon and site in sites else source


def _sections(data: Any, wrong: Wrong) -> tuple[Section, ...]:
    sections: list[Section] = []
    if not isinstance(data, list):
        wrong("sections must be a list")
        return ()
    for n, each in enumerate(data, 1):
        if not isinstance(each, dict) or not isinstance(each.get("title"), str) or not each["title"]:
            wrong(f"section {n} must have a title, and kinds or tags")
            continue
        title, kinds, tags = each["title"], each.get("kinds", []), each.get("tags", [])
        scenarios = each.get("scenarios", 0)
        for name in each.keys() - {"title", "kinds", "tags", "locks", "scenarios"}:
            wrong(f"section {title}: it has no field {name!r}: title, kinds, tags, scenarios, locks")
        lists = isinstance(kinds, list) and isinstance(tags, list)
        if isinstance(scenarios, bool) or not isinstance(scenarios, int) or not 0 <= scenarios <= 20:
            wrong(f"section {title}: scenarios must be a whole number from 0 to 20")
        elif not lists or not (kinds or tags or scenarios) or not set(map(str, kinds)) <= set(ASKED):
            wrong(
                f"section {title}: it must list kinds that an exam asks, or tags, or name a number of scenarios"
            )
        elif each.get("locks", "") not in LOCKS:
            wrong(f"section {title}: locks must be section, or left out, not {each['locks']!r}")
        elif title == NORMAL or title in {section.title for section in sections}:
            wrong(f"section {title}: each section must have a title of its own")
        elif scenarios and any(section.scenarios for section in sections):
            wrong(f"section {title}: one section holds all scenarios")
        else:
            locks = bool(each.get("locks"))
            sections.append(Section(title, tuple(kinds), tuple(map(str, tags)), locks, scenarios))
    return tuple(sections)
