"""The one place of every figure: home, statistics, plan and exam report take theirs from here, and agree.

    figures = Statistics(store, index, exam, now, limits)
    figures.work.due, figures.total.begun, figures.readiness.low

Each figure is computed once, when it is first asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cached_property, partial

from dp100cards.decks.index import Entry, Index
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.draw import allocate
from dp100cards.exam.score import Result, first_exposures, score
from dp100cards.readiness import (
    ENOUGH,
    REVIEW_GROWTH,
    Area,
    Offer,
    Readiness,
    Step,
    guess_of,
    readiness,
    steps,
    weight_of,
)  # fmt: skip
from dp100cards.scheduler.event import DAY, NEW, REVIEW, CardState, Moment, day_of
from dp100cards.scheduler.queue import Limits, Outlook, melts_in, new_on, play
from dp100cards.store import sittings
from dp100cards.store.daily import EPOCH, Preparation, preparation, todays_queue
from dp100cards.store.figures import Basis, Checked, Mock, Relearned, Work
from dp100cards.store.learned import Learned
from dp100cards.store.plans import ExamPlan, Forecast, exam_plan, forecasts
from dp100cards.store.store import Store

FURTHEST = 730
"""Days: nobody plans further ahead."""
KNOWN = 0.8
"""A card of this recall counts as known, where the question is yes or no."""


class Statistics(Learned):
    """All figures, as they are at a moment."""

    def __init__(
        self, store: Store, index: Index, exam: Blueprint, now: Moment, limits: Limits | None = None,
        usual: ExamPlan | None = None,
    ) -> None:  # fmt: skip
        super().__init__(store, index, exam, now)
        self.usual_limits = limits or Limits()
        self.plan = exam_plan(store, exam.name, usual)

    # Today

    @cached_property
    def preparation(self) -> Preparation | None:
        """The way to the exam; None if the learner has named no day."""
        return preparation(self.store, self.index, self.plan, self.now)

    @cached_property
    def limits(self) -> Limits:
        """How much today asks: as the settings say, or as the exam's day and the minutes a day want."""
        return self.preparation.limits(self.usual_limits) if self.preparation else self.usual_limits

    @cached_property
    def work(self) -> Work:
        """What today's session asks."""
        queue = todays_queue(self.store, self.index, self.now, self.limits)
        due = len(queue.main) - len(queue.new)
        held_back = max(self.store.count_due(self.now) - due, 0) if queue.held_back else 0
        falling_due = self.store.falling_due(self.today) if held_back else {}
        return Work(
            due=due, learning=len(queue.learning), new=len(queue.new), seconds=self.seconds, held_back=held_back,
            melts_in=melts_in(held_back, falling_due, self.today, self.limits.reviews) if held_back else 0,
            new_held_back=queue.new_held_back, never_asked=self.total.new,
        )  # fmt: skip

    def new_cards(self) -> Iterator[Entry]:
        """The new cards in the order in which the exam wants them: from where area weight × emptiness is greatest."""
        waiting: dict[str, dict[tuple[int, ...], list[str]]] = {area.id: {} for area in self.exam.areas}
        others: list[str] = []
        for id_, card in reversed(self.entries.items()):
            if card.phase == NEW and not card.suspended and card.buried_until <= self.today:
                area, places = self._places.get(id_, ("", ()))
                (waiting[area].setdefault(places, []) if places else others).append(id_)
        begun = {area.id: list(area.begun) for area in self.knowledge(self.recall_now)}
        weights = {area.id: area.middle for area in self.exam.areas}

        def empty(area: str) -> float:
            return weights[area] * sum(max(1 - n / ENOUGH, 0) for n in begun[area]) / len(begun[area])

        def order() -> Iterator[str]:
            while any(waiting.values()):
                area = max((area for area in waiting if waiting[area]), key=empty)
                places = min(waiting[area], key=lambda each: min(begun[area][n] for n in each))
                for place in places:
                    begun[area][place] += 1
                yield waiting[area][places].pop()
                if not waiting[area][places]:
                    del waiting[area][places]
            yield from reversed(others)

        for id_ in order():
            yield self.index.entries_of([id_])[id_]

    # The exam

    @cached_property
    def _places(self) -> dict[str, tuple[str, tuple[int, ...]]]:
        """For each card of the exam its area, and which of the area's skills it serves.

        Where no card names a skill, each `ENOUGH` cards of an area count as one.
        """
        found: dict[str, tuple[str, tuple[int, ...]]] = {}
        for area in self.exam.areas:
            ids, number = self.by_area[area.id], {skill.id: n for n, skill in enumerate(area.skills)}
            served = {place: self.exam.skills_of(place) for place in {self.entries[id_].place for id_ in ids}}
            for n, id_ in enumerate(ids):
                mine: tuple[int, ...] = (n * self._sizes[area.id] // len(ids),)
                if self._has_skills:
                    mine = tuple(number[s.id] for s in served[self.entries[id_].place] if s.id in number)
                found[id_] = (area.id, mine)
        return found

    @cached_property
    def _has_skills(self) -> bool:
        return any(self.exam.skills_of(place) for place in {card.place for card in self.entries.values()})

    @cached_property
    def _sizes(self) -> dict[str, int]:
        """How many skills each area has."""
        if self._has_skills:
            return {area.id: max(len(area.skills), 1) for area in self.exam.areas}
        return {area.id: max(-(-len(self.by_area[area.id]) // ENOUGH), 1) for area in self.exam.areas}

    @cached_property
    def sittings(self) -> tuple[tuple[sittings.Kept, Result], ...]:
        """All sittings with what they earned, practice and open ones among them."""
        return tuple((kept, score(kept.sitting, kept.blueprint)) for kept in sittings.every(self.store))

    @cached_property
    def mocks(self) -> tuple[Mock, ...]:
        """The mock exams of this exam that were handed in, the oldest first."""
        points = first_exposures((kept.sitting, kept.blueprint) for kept, _ in self.sittings)
        return tuple(
            Mock(
                number=kept.sitting.id, moment=kept.moment, questions=len(kept.sitting.questions), score=result.score,
                passed=result.passed, pass_mark=kept.blueprint.pass_mark, fresh=fresh, fresh_score=fresh_score,
            )
            for (kept, result), (fresh, fresh_score) in zip(self.sittings, points, strict=True)
            if kept.sitting.over and not kept.sitting.practice and kept.blueprint.name == self.exam.name
        )  # fmt: skip

    @cached_property
    def exam_moment(self) -> Moment:
        """The moment for which readiness is said: this time of day on the day of the exam, or now."""
        ahead = (self.plan.day - self.date).days if self.plan.day else 0
        return self.now.later(max(ahead, 0) * DAY)

    @cached_property
    def readiness(self) -> Readiness:
        """How ready the learner is for the exam, if nothing more were learned until its day."""
        return readiness(self.knowledge(self.recall_at(self.exam_moment)), self.exam.cut)

    def readiness_before(self, states: Mapping[str, CardState]) -> Readiness:
        """How ready the learner was when some cards were in these states, and the others as now."""
        recall = self.recall_at(self.exam_moment)
        for id_, state in states.items():
            recall.pop(id_, None)
            if id_ in self.entries and not state.is_new and not state.out:
                recall[id_] = self.engine.retrievability(state, self.exam_moment)
        return readiness(self.knowledge(recall), self.exam.cut)

    @cached_property
    def basis(self) -> Basis:
        """What the chance to pass rests on."""
        day = EPOCH + timedelta(days=day_of(self.exam_moment, self.engine.rollover))
        return Basis(begun=self.total.begun, cards=self.total.cards, mocks=len(self.mocks), day=day)

    def knowledge(
        self, recall: Mapping[str, float], questions: Counter[str] | None = None
    ) -> tuple[Area, ...]:
        """What is known of each area, as `readiness` wants it, from the recall of the cards that are begun.

        `questions` says how many questions of a paper are of each area; if it does not, the exam's weights do.
        """
        if questions is None:
            questions = Counter(
                allocate({area.id: area.middle for area in self.exam.areas}, self.exam.questions)
            )
        found = []
        for area in self.exam.areas:
            ids, begun = self.by_area[area.id], [0] * self._sizes[area.id]
            mine = [id_ for id_ in ids if id_ in recall]
            for id_ in mine:
                for skill in self._places[id_][1]:
                    begun[skill] += 1
            kinds = Counter(self.entries[id_].kind for id_ in ids)
            right, answered = self._answered[area.id]
            found.append(
                Area(
                    id=area.id, questions=questions[area.id], begun=tuple(begun), right=right, answered=answered,
                    guess=guess_of({kind: n for kind, n in kinds.items() if kind in self.exam.kinds}),
                    recall=sum(recall[id_] for id_ in mine) / max(len(mine), 1),
                )
            )  # fmt: skip
        return tuple(found)

    @cached_property
    def _answered(self) -> dict[str, tuple[float, float]]:
        """For each area the first-time answers in mock exams: points, and how many; the older the less."""
        found = {area.id: (0.0, 0.0) for area in self.exam.areas}
        seen: set[str] = set()
        for kept, result in self.sittings:
            weight = weight_of((self.now.at - kept.moment.at) / DAY)
            for outcome in (each for each in result.outcomes if each.place.seen or each.place.answered):
                area = self.exam.area_of(outcome.card)
                counts = kept.sitting.over and not kept.sitting.practice and outcome.card.id not in seen
                if counts and area in found:
                    right, answered = found[area]
                    earned = weight * outcome.mark.points / outcome.mark.of
                    found[area] = (right + earned, answered + weight)
                seen.add(outcome.card.id)
        return found

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What can be done next, the most chance per minute first."""
        then = self.recall_at(self.exam_moment)
        days = (self.exam_moment.at - self.now.at) / DAY
        offers = []
        for area in self.exam.areas:
            unseen, due = [0] * self._sizes[area.id], []
            for id_ in self.by_area[area.id]:
                card = self.entries[id_]
                if card.phase == NEW and not card.suspended:
                    for skill in self._places[id_][1][:1]:
                        unseen[skill] += 1
                elif (
                    card.phase == REVIEW
                    and max(card.due_day, card.buried_until) <= self.today
                    and id_ in then
                ):
                    due.append((then[id_], self.engine.recall(card.stability * REVIEW_GROWTH, days)))
            count = max(len(due), 1)
            offers.append(
                Offer(
                    area=area.id, unseen=tuple(unseen), due=len(due), due_recall=sum(r for r, _ in due) / count,
                    reviewed_recall=sum(r for _, r in due) / count,
                    new_recall=self.engine.recall(self.engine.parameters[2], days),
                )
            )  # fmt: skip
        return tuple(steps(self.readiness.areas, offers, self.exam.cut, self.seconds))

    @cached_property
    def outlook(self) -> Outlook | None:
        """What comes of keeping to the plan, played day by day; None if no exam is ahead within two years."""
        if self.preparation is None or not 1 <= self.preparation.days <= FURTHEST:
            return None
        begun = [state for id_, state in self.store.states().items() if id_ in self.recall_now]
        unseen = [entry.id for entry in self.new_cards()]
        days, reviews = self.preparation.days, self.usual_limits.reviews
        new = partial(new_on, answers=self.preparation.answers)
        return play(begun, unseen, self.now, days, self.engine, reviews, new)

    @cached_property
    def ready_by_plan(self) -> Readiness | None:
        """How ready the learner will be on the day, by keeping to the plan; None if no exam is ahead."""
        if self.outlook is None:
            return None
        recall = {id_: chance for id_, chance in self.outlook.recall.items() if chance}
        return readiness(self.knowledge(recall), self.exam.cut)

    def relearned(self, number: int) -> Relearned | None:
        """What was missed in a mock exam, and how much of it is known today; None if there is no such exam."""
        for kept, result in self.sittings:
            if kept.sitting.id == number and kept.sitting.over:
                missed = tuple(dict.fromkeys(o.card.id for o in result.outcomes if not o.mark.right))
                return Relearned(number=number, missed=missed, known=tuple(filter(self.is_known, missed)))
        return None

    def is_known(self, card: str) -> bool:
        """Is a card in review, and likely to be recalled now?"""
        return self.recall_now.get(card, 0.0) >= KNOWN and self.entries[card].phase == REVIEW

    def forecast(self, sitting: int, areas: Iterable[str]) -> Forecast:
        """What is to be expected of a mock exam that begins now; `areas` are those of its questions."""
        found = readiness(self.knowledge(self.recall_now, Counter(areas)), self.exam.cut)
        return Forecast(
            exam=self.exam.name, moment=self.now, low=found.low, high=found.high, least=found.least, most=found.most,
            begun=self.total.begun, cards=self.total.cards, mocks=len(self.mocks), sitting=sitting,
        )  # fmt: skip

    @cached_property
    def checked(self) -> tuple[Checked, ...]:
        """Each forecast beside the mock exam that followed it."""
        by_number = {mock.number: mock for mock in self.mocks}
        found = forecasts(self.store, self.exam.name)
        return tuple(Checked(forecast=each, mock=by_number.get(each.sitting)) for each in found)
