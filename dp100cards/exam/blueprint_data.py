"""A blueprint from plain data, each mistake named; and as plain data again, for a sitting's own copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from dp100cards.errors import ContentError, Problem
from dp100cards.exam.blueprint import MARKED_KINDS, USUAL_KINDS, Area, Blueprint, Group, Section, Skill

Rule = tuple[Callable[[Any], object], str]
"""Whether a value may be that of a field, and what to say of one that may not."""


def _listed(of: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list | tuple) and all(isinstance(each, of) for each in value)


def _whole(least: int, most: int) -> Rule:
    fits = lambda value: type(value) is int and least <= value <= most  # noqa: E731
    return fits, f"a whole number from {least} to {most}"


def _range(value: Any) -> tuple[float, float] | None:
    """A number, or two of them or `10-20`, as a range; None if it is none."""
    if isinstance(value, str):
        value = [float(part) if part.strip().isdigit() else None for part in value.split("-")]
    pair = value if isinstance(value, list | tuple) else [value, value]
    fits = len(pair) == 2 and all(type(n) in (int, float) for n in pair) and 0 <= pair[0] <= pair[1]
    return (float(pair[0]), float(pair[1])) if fits else None


OUTLINE = {"title", "address", "date"}
TEXT: Rule = (lambda value: isinstance(value, str) and value, "text")
WORDS: Rule = (lambda value: isinstance(value, str | int | float), "text")
LIST: Rule = (_listed(str), "a list of texts")
MAPS: Rule = (_listed(dict), "a list of fields")
KINDS_ASKED: Rule = (
    lambda value: _listed(str)(value) and set(value) <= set(MARKED_KINDS),
    f"a list of {', '.join(MARKED_KINDS)}; no exam can ask basic cards, because only the learner can judge them",
)
BLUEPRINT: dict[str, Rule] = {
    "name": TEXT, "id": WORDS, "title": WORDS, "status": WORDS, "minutes": _whole(1, 1440),
    "source": (lambda value: isinstance(value, str) or (isinstance(value, dict) and set(value) <= OUTLINE),
               "text, or the fields title, address and date"),
    "questions": _whole(1, 500), "pass": _whole(2, 1000), "areas": MAPS, "kinds": KINDS_ASKED, "sections": MAPS,
    "cut": (lambda value: type(value) is float and 0 < value < 1, "a number between 0 and 1"),
    "shares": (lambda value: isinstance(value, dict) and all(
                   (_range(each) or (0, 101))[1] <= 100 for each in value.values()),
               "fields like `multiple: [10, 20]`, in percent of the questions"),
    "sites": (lambda value: isinstance(value, dict), "fields like `docs: https://…`"),
}  # fmt: skip
AREA: dict[str, Rule] = {
    "id": TEXT, "title": WORDS, "groups": MAPS,
    "weight": (lambda value: (_range(value) or (0, 0))[1] > 0, "a number or a range like [20, 25]"),
}  # fmt: skip
GROUP: dict[str, Rule] = {"title": WORDS, "skills": MAPS}
SKILL: dict[str, Rule] = {
    "id": (TEXT[0], "text like dp-100/3.17"), "title": WORDS, "sources": LIST, "same_as": LIST,
}  # fmt: skip
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

    def checked(fields: Any, rules: Mapping[str, Rule], where: str, needed: str = "id") -> dict[str, Any]:
        """The fields that are as they must be."""
        for name in fields.keys() - rules.keys():
            wrong(f"{where}there is no field {name!r}: {', '.join(rules)}")
        if needed not in fields:
            wrong(f"{where}{needed} must be {rules[needed][1]}")
        bad = [name for name, (fits, _) in rules.items() if name in fields and not fits(fields[name])]
        for name in bad:
            wrong(f"{where}{name} must be {rules[name][1]}, not {fields[name]!r}")
        return {name: value for name, value in fields.items() if name in rules and name not in bad}

    def unique(what: str, ids: Iterable[str]) -> None:
        for each in (each for each, count in Counter(ids).items() if count > 1):
            wrong(f"{what} {each} is there twice")

    def skill(fields: Mapping[str, Any]) -> Skill:
        """A skill; `site:page` among its sources has the site's own address in front."""
        fields = checked(fields, SKILL, f"skill {fields.get('id', '')}: ")
        parts = [source.partition(":") for source in fields.get("sources", ())]
        sources = tuple(
            f"{sites[site]}{page}" if site in sites else site + colon + page for site, colon, page in parts
        )
        name = fields.get("id", "")
        return Skill(name, str(fields.get("title", name)), sources, tuple(fields.get("same_as", ())))

    def area(fields: Mapping[str, Any]) -> Area:
        where = f"area {fields.get('id', '')}: "
        fields = checked(fields, AREA, where)
        groups = [checked(each, GROUP, where, "skills") for each in fields.get("groups", ())]
        made = tuple(Group(str(g.get("title", "")), tuple(map(skill, g.get("skills", ())))) for g in groups)
        name, weight = fields.get("id", ""), _range(fields.get("weight", 1)) or (1.0, 1.0)
        return Area(name, str(fields.get("title", name)), weight, made)

    def section(fields: Mapping[str, Any]) -> Section:
        where = f"section {fields.get('title') or ''}: "
        fields = checked(fields, SECTION, where, "title")
        if not any(fields.get(name) for name in ("kinds", "tags", "scenarios")):
            wrong(f"{where}it must list kinds or tags, or name a number of scenarios")
        return Section(
            str(fields.get("title", "")), tuple(fields.get("kinds", ())), tuple(fields.get("tags", ())),
            bool(fields.get("locks")), fields.get("scenarios", 0),
        )  # fmt: skip

    if not isinstance(data, dict):
        raise ContentError([Problem(path, 1, 1, "a blueprint must be fields like `name: DP-100`")])
    top = checked(data, BLUEPRINT, "", "name")
    sites, kinds = top.get("sites", {}), tuple(top.get("kinds") or USUAL_KINDS)
    areas, sections = tuple(map(area, top.get("areas", ()))), tuple(map(section, top.get("sections", ())))
    unique("area", (each.id for each in areas))
    unique("skill", (each.id for area in areas for each in area.skills))
    unique("section", (each.title for each in sections))
    unique("a section with", ("scenarios" for each in sections if each.scenarios))
    shares = tuple((kind, *(_range(share) or (0.0, 0.0))) for kind, share in top.get("shares", {}).items())
    for kind in (kind for kind, *_ in shares if kind not in kinds):
        wrong(f"shares: {kind} is not one of the kinds that this exam asks: {', '.join(kinds)}")
    if problems:
        raise ContentError(problems)
    return Blueprint(
        name=top["name"], id=str(top.get("id", id_)), title=str(top.get("title", "")), areas=areas, kinds=kinds,
        status=str(top.get("status", "")), source=_outline(top.get("source", "")), minutes=top.get("minutes", 100),
        questions=top.get("questions", 50), pass_mark=top.get("pass", 700), cut=top.get("cut", 0.7), shares=shares,
        sections=sections,
    )  # fmt: skip


def _outline(source: Any) -> str:
    """The outline in one line, from its title, date and address."""
    if isinstance(source, str):
        return source
    date, address = source.get("date"), source.get("address")
    return f"{source.get('title', '')}{f' ({date})' if date else ''}{f': {address}' if address else ''}"


def plain(blueprint: Blueprint) -> dict[str, Any]:
    """A blueprint as the data that `parse` takes, without the sources of its skills."""
    data = asdict(blueprint)
    for skill in (skill for area in data["areas"] for group in area["groups"] for skill in group["skills"]):
        del skill["sources"]
    shares = {kind: [least, most] for kind, least, most in blueprint.shares}
    return {"pass": data.pop("pass_mark"), **data, "shares": shares}
