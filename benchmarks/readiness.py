"""How good is the chance to pass that the program shows? Learners whose truth is known, in worlds of other rules.

    python benchmarks/readiness.py                   all worlds, 150 learners each: some minutes
    python benchmarks/readiness.py --learners 30     a quick look

A learner studies sixty days as `dp100 plan` has it, and sits a mock exam on days 20, 35 and 50. On days 19, 34, 49
and 59 the program says a chance to pass, and the world knows the true one. Nothing true is drawn from the program's
formulas:

- a card is forgotten exponentially (FSRS: by a power law), its half-life grows by a rule of its own, learners differ;
- a question of the exam needs one to three facts of its skill, of which no card may exist; questions are of unequal
  difficulty, learners of unequal ability, and how well a known fact serves in a question (transfer) follows from both;
- areas are uneven: the bank covers some thinly, and each learner knows something of some skills beforehand;
- the pass mark that counts is somewhere from 65 to 75 %, and the learner does not know where.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from dp100cards.exam.draw import allocate
from dp100cards.readiness import Area, Readiness, readiness, weight_of
from dp100cards.scheduler.engine import Engine, advance
from dp100cards.scheduler.event import DAY, REVIEW, CardState, Event, Moment, day_of
from dp100cards.scheduler.queue import new_on

DAYS, QUESTIONS, CUT = 60, 50, 0.70
MOCKS = (20, 35, 50)
ASKED = (19, 34, 49, 59)
"""Days on which the program's forecast is compared with the truth: before any mock, and after one, two and three."""
WEIGHTS = {"design": 22.5, "explore": 22.5, "train": 27.5, "optimize": 27.5}
SKILLS = {"design": 8, "explore": 9, "train": 11, "optimize": 10}
START = 1_790_000_000_000
ENGINE = Engine()


@dataclass(frozen=True)
class World:
    """What is true of all learners of a world."""

    name: str
    transfer: float
    """The logit of using a known fact in a question of middle difficulty."""
    spread: float = 1.0
    """How much questions differ."""
    thin: float = 0.12
    """The share of a skill's facts that no card is about."""
    halflife: float = 4.0
    """Days, of a card's first half-life."""
    growth: float = 2.1
    prior: float = 0.2
    """How often a fact is known beforehand."""


WORLDS = (
    World("middling", 2.5),
    World("cards help little", 1.0),
    World("cards help much", 4.0, thin=0.05),
    World("forgets faster", 2.5, halflife=1.5, growth=1.6),
    World("very unequal questions", 2.5, spread=2.2),
    World("thin bank", 2.5, thin=0.4),
)


@dataclass
class Fact:
    """Something that an exam may need; with a card, if the bank has one."""

    area: str
    skill: int
    card: str = ""
    halflife: float = 0.0
    """Days; 0 while it was never learned."""
    seen: float = 0.0
    before: bool = False

    def known(self, day: float) -> float:
        """The probability that it is recalled."""
        memory = 0.5 ** ((day - self.seen) / self.halflife) if self.halflife else 0.0
        return max(memory, 0.9 if self.before else 0.0)


@dataclass
class Item:
    area: str
    facts: list[Fact]
    difficulty: float
    guess: float
    asked: bool = False

    def right(self, day: float, ability: float, transfer: float) -> float:
        """The probability of a right answer."""
        known = math.prod(fact.known(day) for fact in self.facts)
        used = 1 / (1 + math.exp(-(transfer + ability - self.difficulty)))
        return self.guess + (1 - self.guess) * known * used


@dataclass
class Learner:
    world: World
    rng: Random
    facts: list[Fact] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    states: dict[str, CardState] = field(default_factory=dict)
    answers: list[tuple[int, str, float]] = field(default_factory=list)
    """First-time answers in mock exams: the day, the area, right or not."""

    def __post_init__(self) -> None:
        rng, world = self.rng, self.world
        self.ability = rng.gauss(0, 0.7)
        self.pace = math.exp(rng.gauss(0, 0.3))
        self.minutes = rng.choice((10, 20, 30, 45))
        self.cut = rng.uniform(CUT - 0.05, CUT + 0.05)
        for area, skills in SKILLS.items():
            thin = min(world.thin * rng.uniform(0.3, 1.7), 0.9)
            for skill in range(skills):
                familiar = rng.random() < world.prior * rng.uniform(0.5, 2)
                for n in range(9):
                    card = f"{area}-{skill}-{n}" if rng.random() > thin else ""
                    self.facts.append(Fact(area, skill, card, before=familiar and rng.random() < 0.8))
                mine = [fact for fact in self.facts if (fact.area, fact.skill) == (area, skill)]
                for _ in range(8):
                    needed = rng.sample(mine, rng.choice((1, 1, 1, 1, 2, 3)))
                    difficulty, guess = rng.gauss(0, world.spread), rng.choice((0.25, 0.25, 0.25, 0.4, 0.5))
                    self.items.append(Item(area, needed, difficulty, guess))
        self.by_card = {fact.card: fact for fact in self.facts if fact.card}

    # The days

    def study(self, day: int) -> None:
        """A day of study, as the program has it."""
        moment, today = Moment(START + day * DAY), day_of(Moment(START + day * DAY))
        due = [s for s in self.states.values() if s.phase != REVIEW or s.due_day <= today]
        budget = self.minutes * 60 / 9.0
        unseen = [card for card in self.by_card if card not in self.states]
        for state in sorted(due, key=lambda s: ENGINE.retrievability(s, moment))[: int(budget)]:
            self._answer(state, day, moment)
        for card in self._in_order(unseen)[: new_on(len(unseen), DAYS - day, len(due), budget)]:
            self._answer(CardState(card=card), day, moment)

    def _in_order(self, unseen: list[str]) -> list[str]:
        begun: Counter[tuple[str, int]] = Counter()
        for card in self.states:
            begun[self.by_card[card].area, self.by_card[card].skill] += 1
        order = []
        for card in self.rng.sample(unseen, len(unseen)):
            fact = self.by_card[card]
            order.append((begun[fact.area, fact.skill] / WEIGHTS[fact.area], card))
            begun[fact.area, fact.skill] += 1
        return [card for _, card in sorted(order)]

    def _answer(self, state: CardState, day: int, moment: Moment) -> None:
        """Answer a card until it is done for the day; memory follows the world's rule, the schedule FSRS."""
        fact = self.by_card[state.card]
        while True:
            knew = self.rng.random() < fact.known(day)
            rating = (3 if self.rng.random() < 0.85 else 4) if knew else 1
            if fact.halflife == 0:
                fact.halflife = self.world.halflife * self.pace * self.rng.uniform(0.6, 1.5)
            elif day > fact.seen:
                factor = self.world.growth * self.rng.uniform(0.8, 1.2) if knew else 0.4
                fact.halflife = max(fact.halflife * factor, 0.5)
            fact.seen = day
            if state.is_new and not knew:
                rating = 3 if self.rng.random() < 0.6 else 1
            state = advance(
                ENGINE, state, Event(card=state.card, kind="review", moment=moment, rating=rating)
            )
            self.states[state.card] = state
            if state.phase == REVIEW:
                return
            moment = Moment(max(state.due_at, moment.at + 1000))

    def sit(self, day: int) -> None:
        """A mock exam: what was asked before does not count; what went wrong is learned."""
        for area, count in allocate(WEIGHTS, QUESTIONS).items():
            pool = sorted(
                (i for i in self.items if i.area == area), key=lambda i: (i.asked, self.rng.random())
            )
            for item in pool[:count]:
                right = self.rng.random() < item.right(day, self.ability, self.world.transfer)
                if not item.asked:
                    self.answers.append((day, area, float(right)))
                item.asked = True

    # What the program says, and what is true

    def forecast(self, day: int) -> Readiness:
        """What the program says of today."""
        moment = Moment(START + day * DAY)
        areas = []
        for area, count in allocate(WEIGHTS, QUESTIONS).items():
            begun = [self.by_card[card] for card in self.states if self.by_card[card].area == area]
            by_skill = Counter(fact.skill for fact in begun)
            recall = [ENGINE.retrievability(self.states[fact.card], moment) for fact in begun]
            weighed = [(weight_of(day - when), right) for when, where, right in self.answers if where == area]
            areas.append(
                Area(
                    id=area, questions=count, begun=tuple(by_skill[n] for n in range(SKILLS[area])), guess=0.32,
                    recall=sum(recall) / max(len(recall), 1), right=sum(w * r for w, r in weighed),
                    answered=sum(w for w, _ in weighed),
                )
            )  # fmt: skip
        return readiness(areas, CUT)

    def exams(self, day: int, papers: int = 250) -> list[float]:
        """The scores of many exams on a day, each of other questions."""
        chances: dict[str, list[float]] = {}
        for item in self.items:
            chances.setdefault(item.area, []).append(item.right(day, self.ability, self.world.transfer))
        shares = allocate(WEIGHTS, QUESTIONS)
        return [
            sum(
                self.rng.random() < p for area, n in shares.items() for p in self.rng.sample(chances[area], n)
            )
            / QUESTIONS
            for _ in range(papers)
        ]


@dataclass(frozen=True)
class Case:
    said: Readiness
    true_chance: float
    """At the learner's own cut."""
    scores: list[float]
    passes: bool
    """One exam, as it would have gone."""


def live(world: World, seed: int) -> dict[int, Case]:
    """Sixty days of one learner; a case for each day on which the program was asked."""
    learner = Learner(world, Random(f"{world.name}:{seed}"))
    cases = {}
    for day in range(DAYS):
        if learner.rng.random() > 0.08:  # some days are missed
            learner.study(day)
        if day in MOCKS:
            learner.sit(day)
        if day in ASKED:
            scores = learner.exams(day)
            chance = sum(score >= learner.cut for score in scores) / len(scores)
            cases[day] = Case(learner.forecast(day), chance, scores, scores[0] >= learner.cut)
    return cases


def row(name: str, cases: list[Case]) -> str:
    """The figures of some cases in one line."""
    inside = sum(c.said.low - 0.02 <= c.true_chance <= c.said.high + 0.02 for c in cases) / len(cases)
    near = sum(c.said.low - 0.15 <= c.true_chance <= c.said.high + 0.15 for c in cases) / len(cases)
    width = statistics.mean(c.said.high - c.said.low for c in cases)
    error = statistics.mean(abs(c.said.middle - c.true_chance) for c in cases)
    bias = statistics.mean(c.said.expected - statistics.mean(c.scores) for c in cases)
    score = statistics.mean(
        sum(c.said.least <= s <= c.said.most for s in c.scores) / len(c.scores) for c in cases
    )
    brier = statistics.mean((c.said.middle - c.passes) ** 2 for c in cases)
    base = statistics.mean(c.passes for c in cases)
    values = (
        name, f"{inside:.0%}", f"{near:.0%}", f"{width * 100:.0f}", f"{error * 100:.0f}", f"{score:.0%}",
        f"{bias * 100:+.0f}", f"{brier:.3f}", f"{base * (1 - base):.3f}", f"{base:.0%}",
    )  # fmt: skip
    return f"| {' | '.join(values)} |"


HEAD = (
    "| asked | in range | within 15 | width | error | score in range | bias | Brier | Brier of the base rate | pass |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
NAMES = dict(zip(ASKED, ("day 19, no mock", "day 34, one mock", "day 49, two", "day 59, three"), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=150)
    wanted = parser.parse_args()
    every: dict[int, list[Case]] = {day: [] for day in ASKED}
    for world in WORLDS:
        found = [live(world, seed) for seed in range(wanted.learners)]
        print(f"\n{world.name} ({wanted.learners} learners)\n\n{HEAD}")
        for day in ASKED:
            cases = [each[day] for each in found]
            every[day] += cases
            print(row(NAMES[day], cases), flush=True)
    print(f"\nall worlds\n\n{HEAD}")
    for day in ASKED:
        print(row(NAMES[day], every[day]))
    print("\nwhat was said (middle of the range, after one mock or more) and how often they passed")
    bins: dict[int, list[Case]] = {}
    for day in ASKED[1:]:
        for case in every[day]:
            bins.setdefault(min(int(case.said.middle * 5), 4), []).append(case)
    for n, cases in sorted(bins.items()):
        passed = sum(case.passes for case in cases) / len(cases)
        print(f"  {n * 20:>3}–{n * 20 + 20} %: {passed:>4.0%} of {len(cases)}")


if __name__ == "__main__":
    main()
