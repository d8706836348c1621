"""The one place of every figure: home, statistics, plan and exam report take theirs from here, and agree.

    figures = Statistics(store, index, exam, now, limits)
    figures.work.due, figures.total.begun, figures.readiness.low

Each figure is computed once, when it is first asked for. All are of the cards of the collection in use, but for the
streak and the seconds an answer takes: those are the learner's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from operator import itemgetter

from dp100cards import readiness as chances
from dp100cards.decks.index import Entry, Index
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.draw import allocate
from dp100cards.exam.score import Result
from dp100cards.readiness import ENOUGH, Area, Readiness, Step, guess_of
from dp100cards.scheduler.event import DAY, NEW, REVIEW, CardState, Moment
from dp100cards.scheduler.queue import FURTHEST, Group, Limits, Outlook, Progress, new_on, play
from dp100cards.store import daily, sittings
from dp100cards.store.daily import Day, ExamPlan, Today, exam_plan
from dp100cards.store.sittings import Kept
from dp100cards.store.store import Store

MATURE = 21  # days: from this interval on a card counts as mature, as in Anki
KNOWN = 0.8  # a card of this recall counts as known, where the question is yes or no
FOREVER = 1 << 30
Part = tuple[str, int]  # an area's id, and the number of a skill in it


def _learned(state: CardState) -> str:
    """How far a card is learned."""
    if state.suspended:
        return "suspended"
    if state.phase == NEW:
        return "new"
    return "learning" if state.phase != REVIEW else "young" if state.interval < MATURE else "mature"


class Statistics(Today):
    """All figures, as they are at a moment."""

    def __init__(
        self,
        store: Store,
        index: Index,
        exam: Blueprint,
        now: Moment,
        limits: Limits | None = None,
        usual: ExamPlan | None = None,
    ) -> None:
        super().__init__(store, index, now, limits or Limits(), exam_plan(store, exam.name, usual))
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

    @cached_property
    def _places(self) -> dict[tuple[str, ...], Entry]:
        """A card of each place."""
        return {entry.place: entry for entry in self.entries.values()}

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
    def decks(self) -> tuple[Group, ...]:
        """Each deck, in the order of the notes."""
        decks, mine = self.index.decks(), self._by(lambda card: card.deck)
        return tuple(Group(d.name, d.title, self.progress(mine.get(d.name, ()))) for d in decks)

    @cached_property
    def by_area(self) -> dict[str, list[str]]:
        """The ids of the cards of each area of the exam; those of none are under ""."""
        return {area.id: [] for area in self.exam.areas} | self._by(self.exam.area_of)

    def _by(self, belongs: Callable[[Entry], str]) -> dict[str, list[str]]:
        """The ids of the cards by where they belong."""
        of = {place: belongs(entry) for place, entry in self._places.items()}
        found: dict[str, list[str]] = {}
        for id_, entry in self.entries.items():
            found.setdefault(of[entry.place], []).append(id_)
        return found

    @cached_property
    def areas(self) -> tuple[Group, ...]:
        return tuple(
            Group(area.id, area.title, self.progress(self.by_area[area.id]), area.weight)
            for area in self.exam.areas
        )

    # Days

    @cached_property
    def days(self) -> dict[int, Day]:
        """What was done with the cards of the collection, rejected ones too, on each day."""
        return daily.days(self.store, 0, FOREVER, self.index.ids())

    @property
    def totals(self) -> tuple[int, int]:
        """All reviews, and how many milliseconds they took."""
        return sum(day.reviews for day in self.days.values()), sum(day.took for day in self.days.values())

    def by_day(self, days: int) -> dict[int, int]:
        """Reviews on each of the last days, by the day's number; days without any are left out."""
        return {day: done.reviews for day, done in self.days.items() if -days < day - self.today <= 0}

    def retention(self, days: int) -> tuple[int, int]:
        """Cards in review that were known, and those that were asked, in the last days."""
        found = [done for day, done in self.days.items() if -days < day - self.today <= 0]
        return sum(day.recalled for day in found), sum(day.asked for day in found)

    def coming(self, days: int) -> list[int]:
        """Cards that fall due on each coming day, today first."""
        found = daily.falling_due(self.store, self.entries.keys(), self.now, days, learning=True)
        return [found[day] for day in range(days)]

    def new_cards(self) -> Iterator[Entry]:
        """The new cards in the order in which the exam wants them."""
        return (self.entries[id_] for id_ in self._new_order())

    def _new_order(self) -> Iterator[str]:
        """From where area weight × emptiness is greatest; within an area from its emptiest skill.

        What is begun last in a deck (items of exam level, what is outdated) comes after all else.
        """
        (sizes, served), begun = self._skills, self._count(self.recall_now)
        weights = {area.id: area.middle / sizes[area.id] for area in self.exam.areas}
        new = {
            id_ for id_, state in self.states.items() if state.is_new and not state.is_set_aside(self.today)
        }
        late = new & self.index.begun_late()
        for now in (new - late, late):
            order: list[tuple[float, str]] = []
            for area, ids in self.by_area.items():
                empty = sum(max(1 - n / ENOUGH, 0) for n in self._by_skill(area, begun))
                before = dict[str, int]()  # how many cards of its emptiest skill are begun before a card
                for id_ in filter(now.__contains__, ids):
                    before[id_] = min((begun[part] for part in served.get(id_, ())), default=FOREVER)
                    begun.update(served.get(id_, ()))
                for id_ in sorted(before, key=before.__getitem__):
                    order.append((-weights.get(area, 0) * empty if before[id_] < FOREVER else 1, id_))
                    empty -= (before[id_] < ENOUGH) / ENOUGH
            yield from (id_ for _, id_ in sorted(order, key=itemgetter(0)))

    # The exam

    @cached_property
    def _skills(self) -> tuple[dict[str, int], dict[str, tuple[Part, ...]]]:
        """How many skills each area has, and which of them each card serves.

        Where no card names a skill, each `ENOUGH` cards of an area count as one.
        """
        sizes, served = dict[str, int](), dict[str, tuple[Part, ...]]()
        of = {place: self.exam.skills_of(entry) for place, entry in self._places.items()}
        for area in self.exam.areas:
            ids, number = self.by_area[area.id], {skill.id: n for n, skill in enumerate(area.skills)}
            sizes[area.id] = size = max(len(number) if any(of.values()) else -(-len(ids) // ENOUGH), 1)
            for n, id_ in enumerate(ids):
                serves = of[self.entries[id_].place]
                named = [number[skill.id] for skill in serves if skill.id in number]
                mine = named if any(of.values()) else [n * size // len(ids)]
                served[id_] = tuple((area.id, each) for each in mine)
        return sizes, served

    def _count(self, ids: Iterable[str]) -> Counter[Part]:
        """How many of some cards serve each skill."""
        return Counter(part for id_ in ids for part in self._skills[1].get(id_, ()))

    def _by_skill(self, area: str, count: Counter[Part]) -> tuple[int, ...]:
        return tuple(count[area, n] for n in range(self._skills[0].get(area, 0)))

    @cached_property
    def sittings(self) -> list[Kept]:
        """All sittings, practice and open ones among them."""
        return [*sittings.every(self.store)]

    @cached_property
    def mocks(self) -> list[Kept]:
        """The mock exams of this exam that were handed in, the oldest first."""
        return [kept for kept in self.sittings if kept.counts and kept.sitting.plan.name == self.exam.name]

    @property
    def exam_day(self) -> date:
        """The day for which readiness is said: that of the exam, or today."""
        return max(self.plan.day or self.date, self.date)

    @property
    def exam_moment(self) -> Moment:
        """This time of day on that day."""
        return self.now.later((self.exam_day - self.date).days * DAY)

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
        found, begun = [], self._count(recall)
        first_answers = sittings.first_answers(self.sittings, self.exam, self.now)
        for area in self.exam.areas:
            ids = self.by_area[area.id]
            mine = [recall[id_] for id_ in ids if id_ in recall]
            kinds = Counter(self.entries[id_].kind for id_ in ids)
            right, answered = first_answers.get(area.id, (0.0, 0.0))
            found.append(
                Area(
                    id=area.id,
                    questions=questions[area.id],
                    begun=self._by_skill(area.id, begun),
                    right=right,
                    answered=answered,
                    guess=guess_of({kind: n for kind, n in kinds.items() if kind in self.exam.kinds}),
                    recall=sum(mine) / max(len(mine), 1),
                )
            )
        return chances.readiness(found, self.exam.cut)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What can be done next, the most chance per minute first."""
        then, days = self.recall_at(self.exam_moment), (self.exam_day - self.date).days
        areas = []
        for area in self.readiness.areas:
            unseen, due = Counter[Part](), list[tuple[float, float]]()
            for id_ in self.by_area[area.id]:
                state = self.states[id_]
                if state.phase == NEW and not state.suspended:
                    unseen.update(self._skills[1][id_][:1])
                elif state.is_due(self.now, self.today) and not state.is_set_aside(self.today):
                    due.append((then[id_], self.engine.recall(state.stability * chances.REVIEW_GROWTH, days)))
            area = replace(area, unseen=self._by_skill(area.id, unseen), due=len(due))
            if due:
                left, reviewed = (sum(each) / len(due) for each in zip(*due, strict=True))
                area = replace(area, due_recall=left, reviewed_recall=reviewed)
            areas.append(area)
        new = self.engine.recall(self.engine.parameters[2], days)
        return tuple(chances.steps(areas, self.exam.cut, self.seconds, new))

    @cached_property
    def outlook(self) -> Outlook | None:
        """What comes of keeping to the plan, played day by day; None if no exam is ahead within two years."""
        if self.preparation is None or not 1 <= self.preparation.days <= FURTHEST:
            return None
        begun = [self.states[id_] for id_ in self.recall_now]
        new = partial(new_on, answers=self.preparation.answers)
        days, reviews = self.preparation.days, self.usual_limits.reviews
        order = dict.fromkeys(self._new_order())
        buried = {
            id_ for id_, state in self.states.items() if state.is_new and not state.out and id_ not in order
        }
        return play(begun, [*order, *sorted(buried)], self.now, days, self.engine, reviews, new)

    @cached_property
    def ready_by_plan(self) -> Readiness | None:
        """How ready the learner will be on the day, by keeping to the plan; None if no exam is ahead."""
        if self.outlook is None:
            return None
        recall = {id_: chance for id_, chance in self.outlook.recall.items() if chance}
        return self._ready(recall)

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
