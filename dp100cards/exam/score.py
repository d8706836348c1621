"""Points to a score of 1000, by area and by skill, how sure that score is, and what to learn from it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dp100cards.cards import Card, Mark, mark
from dp100cards.clean import duration, many
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.sitting import TIMED_OUT, Place, Sitting, encoded
from dp100cards.scheduler.engine import AGAIN
from dp100cards.scheduler.event import CardState, Event, Moment, day_of

VERDICTS = {True: "passed", False: "not passed", None: "no verdict"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, answered and marked."""

    number: int  # from 1
    card: Card
    place: Place
    mark: Mark

    @property
    def verdict(self) -> str:
        """right, partly, wrong or unanswered."""
        if not self.place.answered:
            return "unanswered"
        return "right" if self.mark.right else "partly" if self.mark.points else "wrong"


@dataclass(frozen=True, slots=True)
class Part:
    """What was earned in one area or in one skill."""

    id: str
    title: str
    points: int
    of: int
    skills: tuple[Part, ...] = ()  # of an area: its skills that were asked

    @property
    def share(self) -> float:
        """Of the points that there were, 0–1."""
        return self.points / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """How a sitting went."""

    sitting: Sitting
    outcomes: tuple[Outcome, ...]
    areas: tuple[Part, ...]
    points: int
    of: int
    score: int  # 1–1000
    low: int
    high: int
    """The score lies between these with a probability of 95 %, if the questions were a fair sample."""
    why_no_verdict: tuple[str, ...]
    """In sentences. A practice gets no verdict anyway."""

    @property
    def passed(self) -> bool | None:
        """None if there is no verdict."""
        return None if self.why_no_verdict else self.score >= self.sitting.plan.pass_mark

    @property
    def missed(self) -> list[Outcome]:
        """The questions that went wrong. One that the learner never came to says nothing."""
        return [each for each in self.outcomes if each.place.seen and not each.mark.right]

    @property
    def trust(self) -> str:
        """How far the score can be trusted."""
        count = many(len(self.outcomes), "question")
        return f"With {count}, your real level lies between {self.low} and {self.high}."

    @property
    def facts(self) -> list[str]:
        """What else there is to say of it, in sentences: points, time, what was left open."""
        sitting = self.sitting
        found = [f"Points: {self.points} of {self.of}. Time: {sitting.time}."]
        timed = [each for each in self.outcomes if each.place.used >= 1000]
        if len(timed) > 3:
            longest = sorted(timed, key=lambda each: -each.place.used)[:3]
            most = ", ".join(f"{each.number} ({duration(each.place.used)})" for each in longest)
            found.append(f"Longest: questions {most}.")
        if sitting.phase == TIMED_OUT:
            found.append("The time ran out; your answers were handed in as they were.")
        if sitting.unanswered:
            found.append(f"{many(len(sitting.unanswered), 'question')} not answered.")
        return found

    @property
    def verdict(self) -> str:
        return "practice" if self.sitting.practice else VERDICTS[self.passed]


def score(sitting: Sitting) -> Result:
    """Mark a sitting. There is no penalty for guessing; what was not answered earns nothing."""
    plan = sitting.plan
    outcomes = tuple(
        Outcome(n, card, place, mark(card, place.answer) if place.answered else Mark(0, mark(card, ()).of))
        for n, (card, place) in enumerate(zip(sitting.questions, sitting.places, strict=True), 1)
    )
    whole = _part("", "", outcomes)
    low, high = (scale(end, plan) for end in interval(whole.share, len(outcomes)))
    why = tuple(why_no_verdict(sitting.questions, plan, sitting.partial))
    areas, scaled = tuple(_areas(outcomes, plan)), scale(whole.share, plan)
    return Result(sitting, outcomes, areas, whole.points, whole.of, scaled, low, high, why)


def why_no_verdict(questions: Sequence[Card], plan: Blueprint, partial: str) -> list[str]:
    """Why a paper gets no verdict, in sentences: its decks do not cover every skill, or it lacks an area."""
    found = [f"No verdict: the decks cover {partial} skills."] if partial else []
    few = ", ".join(lacking(questions, plan))
    return found + ([f"No verdict: too few questions on {few}."] if few else [])


def lacking(questions: Sequence[Card], plan: Blueprint) -> tuple[str, ...]:
    """The titles of the areas of which a paper has none where it should have one, or less than half of its share."""
    weights = sum(area.middle for area in plan.areas)
    asked = Counter(map(plan.area_of, questions))
    fair = ((area, asked[area.id], len(questions) * area.middle / weights) for area in plan.areas)
    return tuple(area.title for area, has, share in fair if has < share / 2 and (has or share >= 1))


def _areas(outcomes: Sequence[Outcome], plan: Blueprint) -> Iterator[Part]:
    """What was earned in each area that was asked, what belongs to none at the end."""
    by_area: dict[str, list[Outcome]] = defaultdict(list)
    by_skill: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_area[plan.area_of(outcome.card)].append(outcome)
        for skill in plan.skills_of(outcome.card):
            by_skill[skill.id].append(outcome)
    for area in plan.areas:
        skills = [
            _part(each.id, each.title, by_skill[each.id]) for each in area.skills if each.id in by_skill
        ]
        if area.id in by_area:
            yield _part(area.id, area.title, by_area[area.id], skills)
    if "" in by_area:
        yield _part("", plan.area_title(""), by_area[""])


def _part(id_: str, title: str, outcomes: Sequence[Outcome], skills: Sequence[Part] = ()) -> Part:
    marks = [outcome.mark for outcome in outcomes]
    return Part(id_, title, sum(m.points for m in marks), sum(m.of for m in marks), tuple(skills))


def scale(share: float, blueprint: Blueprint) -> int:
    """A share of points (0–1) as a score: from 1 at none to the pass mark at `cut`, and on to 1000 at all, linearly."""
    share = min(max(share, 0.0), 1.0)
    if share < blueprint.cut:
        return min(round(1 + share / blueprint.cut * (blueprint.pass_mark - 1)), blueprint.pass_mark - 1)
    above = (share - blueprint.cut) / (1 - blueprint.cut)
    return round(blueprint.pass_mark + above * (1000 - blueprint.pass_mark))


def interval(share: float, questions: int) -> tuple[float, float]:
    """The 95 % interval of a share measured with so many questions (Wilson 1927)."""
    if questions == 0:
        return 0.0, 1.0
    z, n = 1.96, questions
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n**2))
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def weaknesses(answers: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """How much to lean towards each area: three times its weight where nothing was right, once where all was.

    `answers` are the points in each area, and how many there were.
    """
    return {area: 3 - 2 * points / of for area, (points, of) in answers.items() if of}


# Into daily study


def events(
    result: Result, state: Callable[[str], CardState], known: Collection[str], now: Moment
) -> list[Event]:
    """From an exam into daily study: what went wrong is asked again, what was marked is flagged.

    A question that was seen and not answered right is a lapse, if its card was learned. A card that was new stays new,
    takes nothing of today's new cards, and comes before all other new ones tomorrow: today its answer was just read.
    Cards that no deck holds any more (`known`), or that are suspended, are left out. Number and sitting, and what
    happens to a question (0 it is reviewed, 1 set aside, 2 flagged), make an event's id within the exams, so that doing
    this twice, or a kill in the middle, changes nothing.
    """

    def event(outcome: Outcome, which: int, kind: str, **values: Any) -> Event:
        id_ = (result.sitting.id * 1000 + outcome.number) * 10 + which
        return Event(card=outcome.card.id, kind=kind, moment=now, origin="exam", origin_id=id_, **values)

    found = []
    for outcome in result.missed:
        before = state(outcome.card.id)
        given = {"took": outcome.place.used, "answer": encoded(outcome.place.answer)}
        if outcome.card.id not in known or before.out:
            continue
        if before.is_new:
            found.append(event(outcome, 0, "practice", **given))
            found.append(event(outcome, 1, "bury", value=day_of(now) + 1))
        else:
            found.append(event(outcome, 0, "review", rating=AGAIN, **given))
    flagged = (each for each in result.outcomes if each.place.marked and each.card.id in known)
    return found + [event(each, 2, "flag", value=1) for each in flagged]
