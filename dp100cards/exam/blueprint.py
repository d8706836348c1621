"""The shape of an exam: areas with their groups and skills, weights, kinds and their shares, sections, pass mark.

A blueprint is read from plain data, each mistake named, and is plain data again in a sitting's own copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from dp100cards.cards import KINDS, Card
from dp100cards.errors import ContentError, Problem

MARKED_KINDS = tuple(kind for kind in KINDS if kind != "basic")
"""What an exam can ask: only the learner can judge an answer from memory."""
USUAL_KINDS = tuple(kind for kind in MARKED_KINDS if kind != "cloze")
"""What an exam asks if it does not say: no cloze, for the real exams have none."""
NORMAL = "Normal questions"


@dataclass(frozen=True, slots=True)
class Skill:
    """One bullet of an outline. Cards name it by its id, as `dp-100/3.17`."""

    id: str
    title: str
    sources: tuple[str, ...] = ()  # addresses of public pages on it
    same_as: tuple[str, ...] = ()  # skills of other exams whose cards serve this one as they are


@dataclass(frozen=True, slots=True)
class Group:
    """Skills under one heading of an outline."""

    title: str
    skills: tuple[Skill, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """One skill area, with the least and the greatest weight of the outline, in percent."""

    id: str
    title: str
    weight: tuple[float, float]
    groups: tuple[Group, ...] = ()

    @property
    def middle(self) -> float:
        """The weight that a draw goes by."""
        return sum(self.weight) / 2

    @property
    def skills(self) -> tuple[Skill, ...]:
        return tuple(skill for group in self.groups for skill in group.skills)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that come together, after the normal ones: of these kinds, or with one of these tags.

    With `scenarios` they are that many case studies, each a section of its own. What `locks` is closed once it is left.
    """

    title: str
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    locks: bool = False
    scenarios: int = 0

    def takes(self, card: Card) -> bool:
        if card.scenario is not None:
            return self.scenarios > 0
        return card.kind in self.kinds or bool(set(card.tags) & set(self.tags))


@dataclass(frozen=True)
class Blueprint:
    """An exam. `cut` is the share of points (0–1) at which the scaled score is `pass_mark` of 1000."""

    name: str
    id: str = ""  # what the ids of its skills begin with, as in `dp-100/3.17`
    title: str = ""
    status: str = ""  # what there is to know about the exam's standing, in sentences
    source: str = ""  # the outline that it follows, with its date and its address
    minutes: int = 100
    questions: int = 50
    pass_mark: int = 700
    cut: float = 0.7
    areas: tuple[Area, ...] = ()
    kinds: tuple[str, ...] = USUAL_KINDS
    shares: tuple[tuple[str, float, float], ...] = ()
    """Of a kind the least and the greatest share of the questions, in percent; a draw keeps to it where it can."""
    sections: tuple[Section, ...] = ()

    @property
    def standing(self) -> list[str]:
        """The exam's status, and the outline that the blueprint follows, in sentences."""
        return [sentence for sentence in (self.status, self.source and f"Outline: {self.source}") if sentence]

    @cached_property
    def skills(self) -> dict[str, tuple[Skill, Area]]:
        """Every skill with its area, by id, in the order of the outline."""
        return {skill.id: (skill, area) for area in self.areas for skill in area.skills}

    @cached_property
    def _serving(self) -> dict[str, list[str]]:
        """For each skill, of this exam or another, the skills of this exam that its cards serve."""
        found: dict[str, list[str]] = {}
        for skill, _ in self.skills.values():
            for name in (skill.id, *skill.same_as):
                found.setdefault(name, []).append(skill.id)
        return found

    def skills_of(self, card: Any) -> tuple[Skill, ...]:
        """The skills of this exam that a card serves, or its entry in the index."""
        served = dict.fromkeys(id_ for name in card.skills for id_ in self._serving.get(name, ()))
        return tuple(self.skills[id_][0] for id_ in served)

    def area_of(self, card: Any) -> str:
        """The area that a card counts towards: by its skills, else as it says, else its deck; "" if it has none."""
        for skill in self.skills_of(card):
            return self.skills[skill.id][1].id
        return next((name for name in (card.area, card.deck) if name in self._titles), "")

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {area.id: area.title for area in self.areas}

    def area_title(self, area: str) -> str:
        """An area's title; cards of no area of this exam are "Other"."""
        return self._titles.get(area, "Other")

    def items(self, cards: Iterable[Any]) -> list[Any]:
        """What this exam may ask: current cards of exam level (all, where no card has a level) and of its kinds.

        A card that names skills or an area of other exams only is not asked by an exam that has skills.
        """
        bank = list(cards)
        leveled = any(card.level for card in bank)

        def asks(card: Any) -> bool:
            mine = self.area_of(card) or not self.skills or not (card.skills or card.area)
            return mine and card.status != "outdated" and (card.level == "exam" or not leveled)

        return [card for card in bank if card.kind in self.kinds and asks(card)]

    def section(self, card: Card) -> Section | None:
        """The section that a question belongs to; None for a normal one."""
        return next((section for section in self.sections if section.takes(card)), None)

    def arranged(self, cards: Sequence[Card]) -> tuple[Card, ...]:
        """Questions in the order of the sections, the normal ones first, those of one scenario together."""
        places, scenarios = [None, *self.sections], list(dict.fromkeys(map(scenario_of, cards)))
        order = [(places.index(self.section(card)), scenarios.index(scenario_of(card))) for card in cards]
        return tuple(cards[n] for n in sorted(range(len(cards)), key=order.__getitem__))

    def headings(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """The heading of each question's section; case studies are numbered. All are "" if there are no sections."""
        studies = list(dict.fromkeys(scenario_of(card) for card in cards if card.scenario))
        found = []
        for card in cards:
            section = self.section(card)
            number = f" {studies.index(scenario_of(card)) + 1}" if section and card.scenario else ""
            found.append(f"{section.title}{number}" if section else NORMAL)
        return tuple(found) if set(found) - {NORMAL} else ("",) * len(cards)

    def locks(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """The heading of the section that locks each question once it is left; "" if none does."""
        found = zip(map(self.section, cards), self.headings(cards), strict=True)
        return tuple(heading if section and section.locks else "" for section, heading in found)


def scenario_of(card: Card) -> tuple[str, str]:
    """What questions about one scenario share: its deck and its id; empty for other questions."""
    return (card.deck, card.scenario.id) if card.scenario else ("", "")


def without_outline(name: str, cards: Iterable[Any], titles: dict[str, str]) -> Blueprint:
    """The exam of a collection that has no blueprint: its decks are the areas, each by the number of its items.

    `titles` are those of the decks, by name. An exam has two minutes a question, and at most fifty of them.
    """
    plan = Blueprint(name, kinds=MARKED_KINDS, sections=(Section("Case study", locks=True, scenarios=3),))
    held = Counter(card.deck for card in plan.items(cards))
    areas = tuple(Area(deck, titles.get(deck, deck), (count, count)) for deck, count in held.items())
    questions = max(min(held.total(), 50), 1)
    return replace(plan, areas=areas, questions=questions, minutes=2 * questions)


# As plain data

TEXT, LIST, MAPS = "text", "a list of texts", "a list of fields"
ASKED = f"a list of {', '.join(MARKED_KINDS)}; no exam can ask basic cards, because only the learner can judge them"
WHOLE = {"minutes": (1, 1440), "questions": (1, 500), "pass": (2, 1000), "scenarios": (0, 20)}
NUMBERS = {name: f"a whole number from {least} to {most}" for name, (least, most) in WHOLE.items()}
SCENARIOS = {"scenarios": NUMBERS.pop("scenarios")}

# What each field must be, level by level.
BLUEPRINT = dict.fromkeys(("name", "id", "title", "status"), TEXT) | NUMBERS
BLUEPRINT |= {"cut": "a number between 0 and 1", "source": "text, or the fields title, address and date"}
BLUEPRINT |= {"areas": MAPS, "kinds": ASKED, "sections": MAPS, "sites": "fields like `docs: https://…`"}
BLUEPRINT |= {"shares": "fields like `multiple: [10, 20]`, in percent of the questions"}
AREA = {"id": TEXT, "title": TEXT, "weight": "a number or a range like [20, 25]", "groups": MAPS}
GROUP = {"title": TEXT, "skills": MAPS}
SKILL = {"id": "text like dp-100/3.17", "title": TEXT, "sources": LIST, "same_as": LIST}
SECTION = {"title": TEXT, "kinds": ASKED, "tags": LIST, "locks": "section, or left out"} | SCENARIOS


def _fits(name: str, value: Any) -> bool:
    match name:
        case "name" | "id":
            return isinstance(value, str)
        case "minutes" | "questions" | "pass" | "scenarios":
            return type(value) is int and WHOLE[name][0] <= value <= WHOLE[name][1]
        case "areas" | "groups" | "skills" | "sections":
            return _listed(value, dict)
        case "sources" | "same_as" | "tags":
            return _listed(value, str)
        case "kinds":
            return _listed(value, str) and set(value) <= set(MARKED_KINDS)
        case "cut":
            return type(value) is float and 0 < value < 1
        case "weight":
            return (_range(value) or (0, 0))[1] > 0
        case "shares":
            ranges = map(_range, value.values()) if isinstance(value, dict) else [None]
            return all(share and share[1] <= 100 for share in ranges)
        case "source":
            return isinstance(value, str) or (
                isinstance(value, dict) and set(value) <= {"title", "address", "date"}
            )
        case "sites":
            return isinstance(value, dict) and _listed([*value, *value.values()], str)
        case "locks":  # `question` is what the first edition had; now it locks the section, too
            return value in ("", "section", "question", True, False)
    return isinstance(value, str | int | float)


def _listed(value: Any, of: type) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, of) for each in value)


def _range(value: Any) -> tuple[float, float] | None:
    """A number, or two of them or `10-20`, as a range; None if it is none."""
    if isinstance(value, str):
        value = [float(part) if part.strip().isdigit() else None for part in value.split("-")]
    pair = value if isinstance(value, list | tuple) else [value, value]
    fits = len(pair) == 2 and all(type(n) in (int, float) for n in pair) and 0 <= pair[0] <= pair[1]
    return (float(pair[0]), float(pair[1])) if fits else None


def parse(data: Any, path: str, id_: str = "") -> Blueprint:
    """A blueprint from plain data. Raises ContentError, naming every mistake."""
    problems: list[Problem] = []

    def wrong(message: str) -> None:
        problems.append(Problem(path, 0, 0, message))

    def checked(fields: Any, rules: Mapping[str, str], where: str, needed: str = "id") -> dict[str, Any]:
        """The fields that are as they must be."""
        for name in fields.keys() - rules.keys():
            wrong(f"{where}there is no field {name!r}: {', '.join(rules)}")
        if not fields.get(needed, needed == "skills"):
            wrong(f"{where}{needed} must be {rules[needed]}")
        bad = [name for name in rules if name in fields and not _fits(name, fields[name])]
        for name in bad:
            wrong(f"{where}{name} must be {rules[name]}, not {fields[name]!r}")
        return {name: value for name, value in fields.items() if name in rules and name not in bad}

    def unique(what: str, ids: Iterable[str]) -> None:
        for each in (each for each, count in Counter(ids).items() if count > 1):
            wrong(f"{what} {each} is there twice")

    def skill(fields: Mapping[str, Any]) -> Skill:
        """A skill; `site:page` among its sources has the site's own address in front."""
        fields = checked(fields, SKILL, f"skill {fields.get('id', '')}: ")
        parts = [source.partition(":") for source in fields.get("sources", ())]
        sources = tuple(sites.get(site, site + colon) + page for site, colon, page in parts)
        name = fields.get("id", "")
        return Skill(name, str(fields.get("title", name)), sources, tuple(fields.get("same_as", ())))

    def group(fields: Mapping[str, Any], where: str) -> Group:
        fields = checked(fields, GROUP, where, "skills")
        return Group(str(fields.get("title", "")), tuple(map(skill, fields.get("skills", ()))))

    def area(fields: Mapping[str, Any]) -> Area:
        where = f"area {fields.get('id', '')}: "
        fields = checked(fields, AREA, where)
        groups = tuple(group(each, where) for each in fields.get("groups", ()))
        name, weight = fields.get("id", ""), _range(fields.get("weight", 1)) or (1.0, 1.0)
        return Area(name, str(fields.get("title", name)), weight, groups)

    def section(fields: Mapping[str, Any]) -> Section:
        where = f"section {fields.get('title') or ''}: "
        fields = checked(fields, SECTION, where, "title")
        title, locks, scenarios = (
            str(fields.get("title", "")),
            bool(fields.get("locks")),
            fields.get("scenarios", 0),
        )
        kinds, tags = tuple(fields.get("kinds", ())), tuple(fields.get("tags", ()))
        if not (kinds or tags or scenarios):
            wrong(f"{where}it must list kinds or tags, or name a number of scenarios")
        return Section(title, kinds, tags, locks, scenarios)

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
    given: dict[str, Any] = {name: top[name] for name in ("minutes", "questions", "cut") if name in top}
    given |= {"title": str(top.get("title", "")), "status": str(top.get("status", ""))}
    given |= {"pass_mark": top.get("pass", 700), "source": _outline(top.get("source", ""))}
    given |= {"areas": areas, "kinds": kinds, "shares": shares, "sections": sections}
    return Blueprint(top["name"], top.get("id", id_), **given)


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
