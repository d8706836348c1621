"""A blueprint from plain data, each mistake named; and as plain data again, for a sitting's own copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from dp100cards.cards import KINDS
from dp100cards.errors import ContentError, Problem
from dp100cards.exam.blueprint import NORMAL, UNMARKED, USUAL_KINDS, Area, Blueprint, Group, Section, Skill

Rule = tuple[Callable[[Any], bool], str]
"""Whether a value may be that of a field, and what to say of one that may not."""

ASKED = [kind for kind in KINDS if kind not in UNMARKED]


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _number(value: Any) -> bool:
    return type(value) in (int, float)


def _texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _maps(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, dict) for each in value)


def _kinds(value: Any) -> bool:
    return _texts(value) and set(value) <= set(ASKED)


def _whole(least: int, most: int) -> Rule:
    return (
        lambda value: type(value) is int and least <= value <= most,
        f"a whole number from {least} to {most}",
    )


def _range(value: Any) -> tuple[float, float] | None:
    """A number, or two of them or `10-20`, as a range; None if it is none."""
    if isinstance(value, str):
        value = [float(part) if part.strip().isdigit() else None for part in value.split("-")]
    pair = value if isinstance(value, list | tuple) else [value, value]
    fits = len(pair) == 2 and all(map(_number, pair)) and 0 <= pair[0] <= pair[1]
    return (float(pair[0]), float(pair[1])) if fits else None


def _source(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and set(value) <= {"title", "address", "date"})


TEXT: Rule = (_text, "text")
WORDS: Rule = (lambda value: isinstance(value, str | int | float), "text")
LIST: Rule = (_texts, "a list of texts")
MAPS: Rule = (lambda value: isinstance(value, dict), "fields")
KINDS_ASKED: Rule = (
    _kinds, f"a list of {', '.join(ASKED)}; no exam can ask basic cards, because only the learner can judge them",
)  # fmt: skip
BLUEPRINT: dict[str, Rule] = {
    "name": TEXT, "id": WORDS, "title": WORDS, "status": WORDS,
    "source": (_source, "text, or the fields title, address and date"), "minutes": _whole(1, 1440),
    "questions": _whole(1, 500), "pass": _whole(2, 1000),
    "cut": (lambda value: _number(value) and 0 < value < 1, "a number between 0 and 1"),
    "areas": (_maps, "a list of areas, each with an id, a title and a weight"), "kinds": KINDS_ASKED, "shares": MAPS,
    "sections": (_maps, "a list of sections, each with a title"), "sites": MAPS,
}  # fmt: skip
AREA: dict[str, Rule] = {
    "id": TEXT, "title": WORDS, "groups": (_maps, "a list of titles with skills"),
    "weight": (lambda value: (_range(value) or (0, 0))[1] > 0, "a number or a range such as [20, 25]"),
}  # fmt: skip
GROUP: dict[str, Rule] = {"title": WORDS, "skills": (_maps, "a list of skills, each with an id and a title")}
SKILL: dict[str, Rule] = {
    "id": (_text, "text such as dp-100/3.17"),
    "title": WORDS,
    "sources": LIST,
    "same_as": LIST,
}
SECTION: dict[str, Rule] = {
    "title": TEXT, "kinds": KINDS_ASKED, "tags": LIST, "scenarios": _whole(0, 20),
    # `question` is what the first edition had; now it locks the section, too.
    "locks": (lambda value: value in ("", "section", "question", True, False), "section, or left out"),
}  # fmt: skip


def parse(data: Any, path: str, id_: str = "") -> Blueprint:
    """A blueprint from plain data. Raises ContentError, naming every mistake."""
    problems: list[Problem] = []

    def wrong(message: str) -> None:
        problems.append(Problem(path, 0, 0, message))

    def checked(fields: Any, rules: Mapping[str, Rule], where: str, *needed: str) -> dict[str, Any]:
        """The fields that are as they must be."""
        for name in fields.keys() - rules.keys():
            wrong(f"{where}there is no field {name!r}: {', '.join(rules)}")
        bad = [name for name, (fits, _) in rules.items() if name in fields and not fits(fields[name])]
        for name in [*bad, *(name for name in needed if name not in fields)]:
            wrong(
                f"{where}{name} must be {rules[name][1]}" + (f", not {fields[name]!r}" if name in bad else "")
            )
        return {name: value for name, value in fields.items() if name in rules and name not in bad}

    def unique(what: str, ids: Iterable[str]) -> None:
        for each, count in Counter(ids).items():
            if count > 1:
                wrong(f"{what} {each} stands there twice")

    if not isinstance(data, dict):
        raise ContentError([Problem(path, 1, 1, "a blueprint must be fields such as `name: DP-100`")])
    top = checked(data, BLUEPRINT, "", "name")
    sites, kinds = top.get("sites", {}), tuple(top.get("kinds") or USUAL_KINDS)
    areas = []
    for n, fields in enumerate(top.get("areas", ()), 1):
        area = checked(fields, AREA, f"area {fields.get('id', n)}: ", "id")
        groups = []
        for group in (
            checked(each, GROUP, f"area {area.get('id', n)}: ", "skills") for each in area.get("groups", ())
        ):
            skills = [
                checked(each, SKILL, f"skill {each.get('id', '')}: ", "id")
                for each in group.get("skills", ())
            ]
            found = (_skill(each, sites) for each in skills if "id" in each)
            groups.append(Group(str(group.get("title", "")), tuple(found)))
        if "id" in area:
            weight = _range(area.get("weight", 1)) or (1.0, 1.0)
            areas.append(Area(area["id"], str(area.get("title", area["id"])), weight, tuple(groups)))
    unique("area", (area.id for area in areas))
    unique("skill", (skill.id for area in areas for skill in area.skills))
    shares = [(kind, _range(share)) for kind, share in top.get("shares", {}).items()]
    for kind, pair in shares:
        if kind not in kinds:
            wrong(f"shares: {kind} is not one of the kinds that this exam asks: {', '.join(kinds)}")
        elif pair is None or pair[1] > 100:
            wrong(f"shares: {kind} must be a number of percent or a range such as [10, 20]")
    ranges = [(kind, *pair) for kind, pair in shares if pair is not None]
    if sum(least for _, least, _ in ranges) > 100:
        wrong("shares: the least of all kinds together is more than 100 percent")
    if len(ranges) == len(kinds) and sum(most for *_, most in ranges) < 100:
        wrong("shares: the most of all kinds together is less than 100 percent")
    sections = []
    for n, fields in enumerate(top.get("sections", ()), 1):
        section = checked(fields, SECTION, f"section {fields.get('title') or n}: ", "title")
        if not any(section.get(name) for name in ("kinds", "tags", "scenarios")):
            wrong(
                f"section {fields.get('title') or n}: it must list kinds or tags, or name a number of scenarios"
            )
        lists = tuple(section.get("kinds", ())), tuple(section.get("tags", ()))
        locks, scenarios = bool(section.get("locks")), section.get("scenarios", 0)
        sections.append(Section(str(section.get("title", n)), *lists, locks, scenarios))
    unique("section", [NORMAL, *(section.title for section in sections)])
    unique("section with scenarios:", ("it" for section in sections if section.scenarios))
    if problems:
        raise ContentError(problems)
    return Blueprint(
        name=top["name"], id=top.get("id", id_), title=str(top.get("title", "")), status=str(top.get("status", "")),
        source=_outline(top.get("source", "")), minutes=top.get("minutes", 100), questions=top.get("questions", 50),
        pass_mark=top.get("pass", 700), cut=float(top.get("cut", 0.7)), areas=tuple(areas), kinds=kinds,
        shares=tuple(ranges), sections=tuple(sections),
    )  # fmt: skip


def _outline(source: Any) -> str:
    """The outline in one line, from its title, date and address."""
    if isinstance(source, str):
        return source
    date, address = source.get("date"), source.get("address")
    return f"{source.get('title', '')}{f' ({date})' if date else ''}{f': {address}' if address else ''}"


def _skill(fields: Mapping[str, Any], sites: Mapping[str, Any]) -> Skill:
    """A skill; `site:page` among its sources has the site's own address in front."""
    sources = []
    for source in fields.get("sources", ()):
        site, _, page = source.partition(":")
        sources.append(f"{sites[site]}{page}" if site in sites else source)
    title = str(fields.get("title", fields["id"]))
    return Skill(fields["id"], title, tuple(sources), tuple(fields.get("same_as", ())))


def plain(blueprint: Blueprint) -> dict[str, Any]:
    """A blueprint as the data that `parse` takes, without the sources of its skills."""
    data = asdict(blueprint)
    for skill in (skill for area in data["areas"] for group in area["groups"] for skill in group["skills"]):
        del skill["sources"]
    shares = {kind: [least, most] for kind, least, most in blueprint.shares}
    return {"pass": data.pop("pass_mark"), **data, "shares": shares}
