"""The one place of every figure: home, statistics, plan and exam report take theirs from here, and agree.

    figures = Statistics(store, index, exam, now, study)
    figures.work.due, figures.total.begun, figures.readiness.low

Each figure is computed once, when it is first asked for. All are of the cards of the collection in use, but for the
streak and the seconds an answer takes: those are the learner's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from operator import itemgetter

from dp100cards import readiness as chances
from dp100cards.config import StudyOptions
from dp100cards.decks.index import Entry, Index
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.draw import allocate
from dp100cards.exam.score import Result, score
from dp100cards.readiness import ENOUGH, Area, Readiness, Step, guess_of
from dp100cards.scheduler.event import DAY, NEW, REVIEW, CardState, Moment
from dp100cards.scheduler.queue import Group, Outlook, Progress, new_on, play
from dp100cards.store import daily, sittings
from dp100cards.store.daily import Day, Today
from dp100cards.store.store import Store

MATURE = 21  # days: from this interval on a card counts as mature, as in Anki
KNOWN = 0.8  # a card of this recall counts as known, where the question is yes or no
FOREVER = 1 << 30


def _learned(state: CardState) -> str:
    """How far a card is learned."""
    if state.suspended:
        return "suspended"
    if state.phase == NEW:
        return "new"
    return "learning" if state.phase != REVIEW else "young" if state.interval < MATURE else "mature"


class Statistics(Today):
    """All figures, as they are at a moment."""

    def __init__(self, store: Store, index: Index, exam: Blueprint, now: Moment, study: StudyOptions) -> None:
        super().__init__(store, index, now, study, exam.name)
        self.exam, self.engine = exam, store.engine

    # Cards

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The cards of the decks by id, in the order in which they are begun; rejected ones are left out."""
        rejected = self.store.rejected()
        return {entry.id: entry for entry in self.index.each(begun=True) if entry.id not in rejected}

    @cached_property
    def states(self) -> dict[str, CardState]:
        """How each of them stands."""
        known, unseen = self.store.states(), CardState("")
        return {id_: known.get(id_, unseen) for id_ in self.entries}

    def recall_at(self, then: Moment, before: Mapping[str, CardState] | None = None) -> dict[str, float]:
        """The recall of each card that is begun and not suspended, at a moment, if it is not reviewed until then.

        `before` are states that count instead of those of today.
        """
        states = {id_: (before or {}).get(id_, state) for id_, state in self.states.items()}
        begun = {id_: state for id_, state in states.items() if state.phase != NEW and not state.out}
        return {id_: self.engine.retrievability(state, then) for id_, state in begun.items()}

    @cached_property
    def recall_now(self) -> dict[str, float]:
        return self.recall_at(self.now)

    def progress(self, ids: Collection[str]) -> Progress:
        """How far the learner is with some cards."""
        count = Counter(_learned(self.states[id_]) for id_ in ids)
        return Progress(len(ids), **count, recalled=sum(self.recall_now.get(id_, 0.0) for id_ in ids))

    @cached_property
    def total(self) -> Progress:
        return self.progress(self.entries)

    @cached_property
    def decks(self) -> list[Group]:
        """Each deck, in the order of the notes."""
        mine = defaultdict[str, list[str]](list)
        for id_, entry in self.entries.items():
            mine[entry.deck].append(id_)
        return [Group(deck.name, deck.title, self.progress(mine[deck.name])) for deck in self.index.decks()]

    # Days

    @cached_property
    def days(self) -> dict[int, Day]:
        """What was done with the cards of the collection, rejected ones too, on each day."""
        return daily.days(self.store, 0, FOREVER, self.ids)

    @property
    def totals(self) -> tuple[int, int]:
        """All reviews, and how many milliseconds they took."""
        return sum(day.reviews for day in self.days.values()), sum(day.took for day in self.days.values())

    def latest(self, days: int) -> dict[int, Day]:
        """What was done on each of the last days, by the day's number; days without any review are left out."""
        return {day: done for day, done in self.days.items() if -days < day - self.today <= 0}

    def coming(self, days: int) -> list[int]:
        """Cards that fall due on each coming day, today first."""
        found = daily.falling_due(self.store, self.entries.keys(), self.now, days, learning=True)
        return [found[day] for day in range(days)]

    # The exam

    @cached_property
    def _places(self) -> dict[tuple[str, str, str], tuple[str, list[str]]]:
        """The area that the cards of each place count towards, "" for none, and the skills of it that they serve."""
        found = {}
        for place, entry in {entry.place: entry for entry in self.entries.values()}.items():
            area, skills = self.exam.area_of(entry), [skill.id for skill in self.exam.skills_of(entry)]
            found[place] = (area, [skill for skill in skills if self.exam.skills[skill][1].id == area])
        return found

    @cached_property
    def by_area(self) -> dict[str, list[str]]:
        """The ids of the cards of each area of the exam; those of none are under ""."""
        found: dict[str, list[str]] = {area.id: [] for area in self.exam.areas}
        for id_, entry in self.entries.items():
            found.setdefault(self._places[entry.place][0], []).append(id_)
        return found

    @cached_property
    def areas(self) -> list[Group]:
        areas = self.exam.areas
        return [Group(area.id, area.title, self.progress(self.by_area[area.id])) for area in areas]

    @cached_property
    def _skills(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """The skills of each area, and those that each card serves.

        Where no card names a skill, each `ENOUGH` cards of an area count as one.
        """
        skills = {area.id: [skill.id for skill in area.skills] for area in self.exam.areas}
        served = {id_: self._places[entry.place][1] for id_, entry in self.entries.items()}
        if not any(served.values()):
            for area in skills:
                served |= {id_: [f"{area} {n // ENOUGH}"] for n, id_ in enumerate(self.by_area[area])}
                skills[area] = list(dict.fromkeys(served[id_][0] for id_ in self.by_area[area]))
        return skills, served

    def _count(self, ids: Iterable[str]) -> Counter[str]:
        """How many of some cards serve each skill."""
        return Counter(skill for id_ in ids for skill in self._skills[1].get(id_, ()))

    def new_cards(self) -> Iterator[Entry]:
        """The new cards in the order in which the exam wants them."""
        return (self.entries[id_] for id_ in self._new_order())

    def _new_order(self) -> Iterator[str]:
        """From where area weight × emptiness is greatest; within an area from its emptiest skill.

        What is begun last in a deck (items of exam level, what is outdated) comes after all else.
        """
        skills, served = self._skills
        begun = self._count(self.recall_now)
        weights = {area.id: area.middle / max(len(skills[area.id]), 1) for area in self.exam.areas}
        new = {
            id_ for id_, state in self.states.items() if state.is_new and not state.is_set_aside(self.today)
        }
        late = new & self.index.begun_late()
        for now in (new - late, late):
            order: list[tuple[float, str]] = []
            for area, ids in self.by_area.items():
                empty = sum(max(1 - begun[skill] / ENOUGH, 0) for skill in skills.get(area, ()))
                before = dict[str, int]()  # how many cards of its emptiest skill are begun before a card
                for id_ in filter(now.__contains__, ids):
                    before[id_] = min((begun[skill] for skill in served[id_]), default=FOREVER)
                    begun.update(served[id_])
                for id_ in sorted(before, key=before.__getitem__):
                    order.append((-weights[area] * empty if served[id_] else 1, id_))
                    empty -= (before[id_] < ENOUGH) / ENOUGH
            yield from (id_ for _, id_ in sorted(order, key=itemgetter(0)))

    @cached_property
    def results(self) -> list[Result]:
        """All sittings, practice and open ones among them."""
        return [*map(score, sittings.every(self.store))]

    @cached_property
    def mocks(self) -> list[Result]:
        """The mock exams of this exam that were handed in, the oldest first."""
        mocks = (result for result in self.results if result.sitting.counts)
        return [mock for mock in mocks if mock.sitting.plan.name == self.exam.name]

    @cached_property
    def first_answers(self) -> dict[str, tuple[float, float]]:
        """For each area the points of first-time answers in mock exams, and how many these are."""
        return sittings.first_answers(self.results, self.exam, self.now)

    @property
    def exam_moment(self) -> Moment:
        """The moment for which readiness is said: this time of day on the exam's day, or now."""
        return self.now.later((self.days_left or 0) * DAY)

    @cached_property
    def readiness(self) -> Readiness:
        """How ready the learner is for the exam, if nothing more were learned until its day."""
        return self._ready(self.recall_at(self.exam_moment))

    def readiness_before(self, states: Mapping[str, CardState]) -> Readiness:
        """How ready the learner was when some cards were in these states, and the others as now."""
        return self._ready(self.recall_at(self.exam_moment, states))

    def _ready(self, recall: Mapping[str, float], questions: Mapping[str, int] | None = None) -> Readiness:
        """How ready one is who recalls the cards that are begun with these probabilities.

        `questions` says how many questions of a paper are of each area; if it does not, the exam's weights do.
        """
        if questions is None:
            weights = {area.id: area.middle for area in self.exam.areas}
            questions = Counter(allocate(weights, self.exam.questions))
        begun, found = self._count(recall), []
        for area, skills in self._skills[0].items():
            mine = [recall[id_] for id_ in self.by_area[area] if id_ in recall]
            kinds = (self.entries[id_].kind for id_ in self.by_area[area])
            right, answered = self.first_answers.get(area, (0.0, 0.0))
            found.append(
                Area(
                    id=area,
                    questions=questions[area],
                    begun=tuple(begun[skill] for skill in skills),
                    right=right,
                    answered=answered,
                    guess=guess_of(kind for kind in kinds if kind in self.exam.kinds),
                    recall=sum(mine) / max(len(mine), 1),
                )
            )
        return chances.readiness(found, self.exam.cut)

    @cached_property
    def steps(self) -> list[Step]:
        """What can be done next, the most chance per minute first."""
        days, (skills, served) = self.days_left or 0, self._skills
        reviewed, due, unseen = self.recall_at(self.exam_moment), Counter[str](), Counter[str]()
        for name, ids in self.by_area.items():
            for id_ in ids:
                state = self.states[id_]
                if state.is_new and not state.suspended:
                    unseen.update(served[id_][:1])
                elif state.is_due(self.now, self.today) and not state.is_set_aside(self.today):
                    due[name] += 1
                    reviewed[id_] = self.engine.recall(state.stability * chances.REVIEW_GROWTH, days)
        areas = []
        for area in self.readiness.areas:
            mine = [reviewed[id_] for id_ in self.by_area[area.id] if id_ in reviewed]
            new = tuple(unseen[skill] for skill in skills[area.id])
            areas.append(replace(area, unseen=new, due=due[area.id], reviewed=sum(mine) / max(len(mine), 1)))
        begun = self.engine.recall(self.engine.parameters[2], days)
        return chances.steps(areas, self.exam.cut, self.seconds, begun)

    @cached_property
    def outlook(self) -> Outlook | None:
        """What comes of keeping to the plan, played day by day; None if no exam is ahead."""
        if not self.days_left:
            return None
        begun, order = [self.states[id_] for id_ in self.recall_now], dict.fromkeys(self._new_order())
        new = (id_ for id_, state in self.states.items() if state.is_new and not state.out)
        buried = sorted(id_ for id_ in new if id_ not in order)
        most = partial(new_on, answers=self.affordable)
        reviews = self.study.reviews_per_day
        return play(begun, [*order, *buried], self.now, self.days_left, self.engine, reviews, most)

    @cached_property
    def ready_by_plan(self) -> Readiness | None:
        """How ready the learner will be on the day, by keeping to the plan; None if no exam is ahead."""
        recall = self.outlook.recall if self.outlook else {}
        return self._ready({id_: chance for id_, chance in recall.items() if chance}) if recall else None

    def relearned(self, result: Result) -> tuple[list[str], list[str]]:
        """The cards that were missed in an exam, in the order of the paper; and those of them known today."""
        missed = [outcome.card.id for outcome in result.missed]
        return missed, list(filter(self.is_known, missed))

    def is_known(self, card: str) -> bool:
        """Is a card in review, and likely to be recalled now?"""
        return self.recall_now.get(card, 0.0) >= KNOWN and self.states[card].phase == REVIEW

    def keep_forecast(self, sitting: int, areas: Iterable[str]) -> None:
        """Keep what is to be expected of a mock exam that begins now; `areas` are those of its questions."""
        basis = {"begun": self.total.begun, "cards": self.total.cards, "mocks": len(self.mocks)}
        found = self._ready(self.recall_now, Counter(areas))
        sittings.keep_forecast(self.store, sitting, self.exam.name, found, basis, self.now)
