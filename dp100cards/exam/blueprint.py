"""The shape of an exam: areas with their groups and skills, weights, kinds and their shares, sections, pass mark.

A blueprint is read from plain data, each mistake named, and is plain data again in a sitting's own copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from dp100cards.cards import KINDS, Card

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


class Heading(NamedTuple):
    """The section of one question: its title, "" where a paper has no sections, and whether leaving it locks it."""

    title: str = ""
    locks: bool = False


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
        places, scenarios = [None, *self.sections], [*map(scenario_of, cards)]

        def place(card: Card) -> tuple[int, int]:
            return places.index(self.section(card)), scenarios.index(scenario_of(card))

        return tuple(sorted(cards, key=place))

    def headings(self, cards: Sequence[Card]) -> tuple[Heading, ...]:
        """The heading of each question's section; case studies are numbered. There are none without sections."""
        studies = list(dict.fromkeys(scenario_of(card) for card in cards if card.scenario))
        found = []
        for card in cards:
            section = self.section(card) or Section(NORMAL)
            number = f" {studies.index(scenario_of(card)) + 1}" if card.scenario and section.scenarios else ""
            found.append(Heading(section.title + number, section.locks))
        return tuple(found) if {each.title for each in found} - {NORMAL} else (Heading(),) * len(cards)


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


def blueprint_from(data: Mapping[str, Any], id_: str = "") -> Blueprint:
    """A blueprint from data without mistakes: what `plain` makes, or `decks.blueprints` has read."""

    def skill(said: Mapping[str, Any]) -> Skill:
        return Skill(said["id"], said.get("title", said["id"]), tuple(said.get("same_as", ())))

    def group(said: Mapping[str, Any]) -> Group:
        return Group(said.get("title", ""), tuple(map(skill, said.get("skills", ()))))

    def area(said: Mapping[str, Any]) -> Area:
        groups = tuple(map(group, said.get("groups", ())))
        return Area(said["id"], said.get("title", said["id"]), _range(said.get("weight", 1)), groups)

    def section(said: Mapping[str, Any]) -> Section:
        locks = said.get("locks") not in (None, "", "false", False)
        kinds, tags = tuple(said.get("kinds", ())), tuple(said.get("tags", ()))
        return Section(said["title"], kinds, tags, locks, said.get("scenarios", 0))

    names = ("name", "title", "status", "minutes", "questions", "cut")
    return Blueprint(
        **{name: data[name] for name in names if name in data},
        id=data.get("id", id_),
        source=_outline(data.get("source", "")),
        pass_mark=data.get("pass", 700),
        areas=tuple(map(area, data.get("areas", ()))),
        kinds=tuple(data.get("kinds") or USUAL_KINDS),
        shares=tuple((kind, *_range(share)) for kind, share in data.get("shares", {}).items()),
        sections=tuple(map(section, data.get("sections", ()))),
    )


def _range(said: Any) -> tuple[float, float]:
    """A number, or two of them, as a range."""
    least, most = said if isinstance(said, list | tuple) else (said, said)
    return float(least), float(most)


def _outline(source: Any) -> str:
    """The outline in one line, from its title, date and address."""
    if isinstance(source, str):
        return source
    date, address = source.get("date"), source.get("address")
    return f"{source.get('title', '')}{f' ({date})' if date else ''}{f': {address}' if address else ''}"


def plain(blueprint: Blueprint) -> dict[str, Any]:
    """A blueprint as the data that `blueprint_from` takes."""
    data = asdict(blueprint)
    shares = {kind: [least, most] for kind, least, most in blueprint.shares}
    return {"pass": data.pop("pass_mark"), **data, "shares": shares}
