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
from dp100cards.exam.score import first_exposures, score
from dp100cards.readiness import ENOUGH, Area, Offer, Readiness, Step, guess_of, readiness, steps, weight_of
from dp100cards.scheduler.advance import advance
from dp100cards.scheduler.days import DAY, Moment, day_of
from dp100cards.scheduler.engine import GOOD
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.forecast import MATURE, due_by_day
from dp100cards.scheduler.preparation import Outlook, new_on, play
from dp100cards.scheduler.queue import Limits, is_due, melts_in, set_aside
from dp100cards.scheduler.state import LEARNING, RELEARNING, REVIEW, CardState
from dp100cards.store import history, sittings
from dp100cards.store.daily import EPOCH, Preparation, preparation, seconds_per_answer, todays_queue
from dp100cards.store.figures import Basis, Checked, Group, Mock, Progress, Relearned, Work
from dp100cards.store.plans import ExamPlan, Forecast, exam_plan, forecasts
from dp100cards.store.store import Store

KNOWN = 0.8
"""A card of this recall counts as known, where the question is yes or no."""


class Statistics:
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
        self.store, self.index, self.exam, self.now, self.engine = store, index, exam, now, store.engine
        self.usual_limits = limits or Limits()
        self.plan = exam_plan(store, exam.name, usual)
        self.today = day_of(now, self.engine.rollover)
        self.date = EPOCH + timedelta(days=self.today)

    # Cards

    @cached_property
    def states(self) -> dict[str, CardState]:
        """The states of the cards that are in the decks, rejected ones left out."""
        every = self.store.states()
        return {id_: every[id_] for id_ in self.entries if id_ in every}

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The cards of the decks by id, in their order, rejected ones left out."""
        rejected = self.store.rejected()
        return {entry.id: entry for entry in self.index.each() if entry.id not in rejected}

    @cached_property
    def total(self) -> Progress:
        """Over all decks."""
        return self.progress(self.entries)

    @cached_property
    def decks(self) -> tuple[Group, ...]:
        """Each deck, in the order of the notes."""
        mine: dict[str, list[str]] = {deck.name: [] for deck in self.index.decks()}
        for entry in self.entries.values():
            mine[entry.deck].append(entry.id)
        return tuple(
            Group(id=deck.name, title=deck.title, progress=self.progress(mine[deck.name]))
            for deck in self.index.decks()
        )

    @cached_property
    def areas(self) -> tuple[Group, ...]:
        """Each area of the exam."""
        mine = self._by_area
        return tuple(
            Group(id=area.id, title=area.title, progress=self.progress(mine[area.id]), weight=area.weight)
            for area in self.exam.areas
        )

    def progress(self, ids: Iterable[str]) -> Progress:
        """How far the learner is with some cards."""
        count: Counter[str] = Counter()
        recalled = 0.0
        for id_ in ids:
            state = self.states.get(id_)
            count["cards"] += 1
            if state is not None and state.suspended:
                count["suspended"] += 1
            elif state is None or state.is_new:
                count["new"] += 1
            else:
                learned = "young" if state.interval < MATURE else "mature"
                count[learned if state.phase == REVIEW else "learning"] += 1
                recalled += self.engine.retrievability(state, self.now)
        return Progress(**count, recalled=recalled)

    # Days

    @cached_property
    def done(self) -> history.Day:
        """What was done today."""
        return history.day(self.store, self.today, self.engine.rollover)

    @cached_property
    def streak(self) -> history.Streak:
        """Days in a row."""
        return history.streak(self.store, self.today, self.engine.rollover)

    def by_day(self, days: int) -> dict[int, int]:
        """Reviews on each of the last days, by the day's number; days without any are left out."""
        found = history.days(self.store, self.today - days + 1, self.today, self.engine.rollover)
        return {day: done.reviews for day, done in found.items()}

    def coming(self, days: int) -> list[int]:
        """Cards that fall due on each coming day, today first."""
        return due_by_day(self.states.values(), self.now, self.engine, days)

    def retention(self, days: int, ago: int = 0) -> tuple[int, int]:
        """Cards in review that were known, and those that were asked, in so many days up to so many days ago."""
        last = self.today - ago
        found = history.days(self.store, last - days + 1, last, self.engine.rollover).values()
        return sum(day.recalled for day in found), sum(day.asked for day in found)

    @cached_property
    def totals(self) -> tuple[int, int]:
        """All reviews, and how many milliseconds they took."""
        return history.totals(self.store)

    @cached_property
    def seconds(self) -> float:
        """What an answer takes this learner."""
        return seconds_per_answer(self.store)

    # Today

    @cached_property
    def limits(self) -> Limits:
        """How much today asks: as the settings say, or as the exam's day and the minutes a day want."""
        return self.preparation.limits(self.usual_limits) if self.preparation else self.usual_limits

    @cached_property
    def work(self) -> Work:
        """What today's session asks."""
        new = self.new_cards() if self.preparation else None
        queue = todays_queue(self.store, self.index, self.now, self.limits, new=new)
        due = len(queue.main) - len(queue.new)
        held_back = max(self.store.count_due(self.now) - due, 0) if queue.held_back else 0
        falling_due = self.store.falling_due(self.today)
        return Work(
            due=due,
            learning=len(queue.learning),
            new=len(queue.new),
            seconds=self.seconds,
            held_back=held_back,
            melts_in=melts_in(held_back, falling_due, self.today, self.limits.reviews) if held_back else 0,
            new_held_back=queue.new_held_back,
            never_asked=self.total.new,
        )

    def new_cards(self) -> Iterator[Entry]:
        """The new cards in the order in which the exam wants them: from where area weight × emptiness is greatest."""
        waiting: dict[str, list[str]] = {area.id: [] for area in self.exam.areas}
        others: list[str] = []
        for entry in self.index.fresh(self.store.not_fresh(self.today)):
            if entry.id in self.entries:
                area, skills = self._places.get(entry.id, ("", ()))
                (waiting[area] if skills else others).append(entry.id)
        begun = {area.id: list(area.begun) for area in self.knowledge(self.recall_at(self.now))}
        weights = {area.id: area.middle for area in self.exam.areas}

        def empty(area: str) -> float:
            return weights[area] * sum(max(1 - n / ENOUGH, 0) for n in begun[area]) / len(begun[area])

        while any(waiting.values()):
            area = max((area for area in waiting if waiting[area]), key=empty)
            id_ = min(waiting[area], key=lambda each: min(begun[area][n] for n in self._places[each][1]))
            waiting[area].remove(id_)
            for skill in self._places[id_][1]:
                begun[area][skill] += 1
            yield self.entries[id_]
        yield from (self.entries[id_] for id_ in others)

    # Areas and skills

    @cached_property
    def _by_area(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {area.id: [] for area in self.exam.areas}
        for entry in self.entries.values():
            found.setdefault(self.exam.area_of(entry), []).append(entry.id)
        return found

    @cached_property
    def _places(self) -> dict[str, tuple[str, tuple[int, ...]]]:
        """For each card of the exam its area, and which of the area's skills it serves.

        Where no card names a skill, each `ENOUGH` cards of an area count as one.
        """
        found: dict[str, tuple[str, tuple[int, ...]]] = {}
        for area in self.exam.areas:
            ids, places = self._by_area[area.id], {skill.id: n for n, skill in enumerate(area.skills)}
            for n, id_ in enumerate(ids):
                mine: tuple[int, ...] = (n * self._sizes[area.id] // len(ids),)
                if self._has_skills:
                    served = self.exam.skills_of(self.entries[id_])
                    mine = tuple(places[skill.id] for skill in served if skill.id in places)
                found[id_] = (area.id, mine)
        return found

    @cached_property
    def _has_skills(self) -> bool:
        return any(self.exam.skills_of(entry) for entry in self.entries.values())

    @cached_property
    def _sizes(self) -> dict[str, int]:
        """How many skills each area has."""
        if self._has_skills:
            return {area.id: max(len(area.skills), 1) for area in self.exam.areas}
        return {area.id: max(-(-len(self._by_area[area.id]) // ENOUGH), 1) for area in self.exam.areas}

    @cached_property
    def skills(self) -> tuple[Group, ...]:
        """Each skill of the exam, in the order of the outline; a card that serves two counts in both."""
        mine: dict[str, list[str]] = {id_: [] for id_ in self.exam.skills}
        for entry in self.entries.values():
            for skill in self.exam.skills_of(entry):
                mine[skill.id].append(entry.id)
        return tuple(
            Group(id=id_, title=skill.title, area=area.id, progress=self.progress(mine[id_]))
            for id_, (skill, area) in self.exam.skills.items()
        )

    # The exam

    @cached_property
    def mocks(self) -> tuple[Mock, ...]:
        """The mock exams of this exam that were handed in, the oldest first."""
        points = first_exposures((kept.sitting, kept.blueprint) for kept in self.sittings)
        found = []
        for kept, (fresh, fresh_score) in zip(self.sittings, points, strict=True):
            if kept.sitting.over and not kept.sitting.practice and kept.blueprint.name == self.exam.name:
                result = score(kept.sitting, kept.blueprint)
                found.append(
                    Mock(
                        number=kept.sitting.id, moment=kept.moment, questions=len(kept.sitting.questions),
                        score=result.score, passed=result.passed, pass_mark=kept.blueprint.pass_mark,
                        fresh=fresh, fresh_score=fresh_score,
                    )
                )  # fmt: skip
        return tuple(found)

    @cached_property
    def sittings(self) -> tuple[sittings.Kept, ...]:
        """All sittings, practice and open ones among them."""
        return tuple(sittings.every(self.store))

    @cached_property
    def exam_moment(self) -> Moment:
        """The moment for which readiness is said: this time of day on the day of the exam, or now."""
        day = self.plan.day
        ahead = (day - EPOCH).days - self.today if day else 0
        return self.now.later(max(ahead, 0) * DAY)

    @cached_property
    def readiness(self) -> Readiness:
        """How ready the learner is for the exam, if nothing more were learned until its day."""
        return readiness(self.knowledge(self.recall_at(self.exam_moment)), self.exam.cut)

    @cached_property
    def basis(self) -> Basis:
        """What the chance to pass rests on."""
        day = EPOCH + timedelta(days=day_of(self.exam_moment, self.engine.rollover))
        return Basis(begun=self.total.begun, cards=self.total.cards, mocks=len(self.mocks), day=day)

    def recall_at(self, then: Moment) -> dict[str, float]:
        """The recall of each card that was begun, at a moment, if it is not reviewed until then."""
        return {
            id_: self.engine.retrievability(state, then)
            for id_, state in self.states.items()
            if not state.is_new and not state.out
        }

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
        begun = {area.id: [0] * self._sizes[area.id] for area in self.exam.areas}
        recalls: dict[str, list[float]] = {area.id: [] for area in self.exam.areas}
        kinds: dict[str, Counter[str]] = {area.id: Counter() for area in self.exam.areas}
        for id_, (area, skills) in self._places.items():
            kind = self.entries[id_].kind
            if kind in self.exam.kinds:
                kinds[area][kind] += 1
            if id_ in recall:
                recalls[area].append(recall[id_])
                for skill in skills:
                    begun[area][skill] += 1
        return tuple(
            Area(
                id=area.id, questions=questions[area.id], begun=tuple(begun[area.id]), guess=guess_of(kinds[area.id]),
                recall=sum(recalls[area.id]) / max(len(recalls[area.id]), 1),
                right=self._answered[area.id][0], answered=self._answered[area.id][1],
            )
            for area in self.exam.areas
        )  # fmt: skip

    @cached_property
    def _answered(self) -> dict[str, tuple[float, float]]:
        """For each area the first-time answers in mock exams: points, and how many; the older the less."""
        found = {area.id: [0.0, 0.0] for area in self.exam.areas}
        seen: set[str] = set()
        for kept in self.sittings:
            counts = kept.sitting.over and not kept.sitting.practice
            weight = weight_of((self.now.at - kept.moment.at) / DAY)
            for outcome in score(kept.sitting, kept.blueprint).outcomes:
                card = outcome.card
                area = self.exam.area_of(card)
                if counts and card.id not in seen and area in found and outcome.place.seen:
                    found[area][0] += weight * outcome.mark.points / outcome.mark.of
                    found[area][1] += weight
                if outcome.place.seen or outcome.place.answered:
                    seen.add(card.id)
        return {area: (right, count) for area, (right, count) in found.items()}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What can be done next, the most chance per minute first."""
        new_recall = self._recall_after(CardState(card=""))
        offers = []
        for area in self.exam.areas:
            unseen, due, reviewed = [0] * self._sizes[area.id], 0.0, 0.0
            count = 0
            for id_ in self._by_area[area.id]:
                state = self.states.get(id_, CardState(card=id_))
                if state.is_new and not state.out:
                    for skill in self._places[id_][1][:1]:
                        unseen[skill] += 1
                elif is_due(state, self.now, self.today) and not set_aside(state, self.today):
                    count += 1
                    due += self.engine.retrievability(state, self.exam_moment)
                    reviewed += self._recall_after(state)
            offers.append(
                Offer(
                    area=area.id, unseen=tuple(unseen), due=count, due_recall=due / max(count, 1),
                    reviewed_recall=reviewed / max(count, 1), new_recall=new_recall,
                )
            )  # fmt: skip
        return tuple(steps(self.readiness.areas, offers, self.exam.cut, self.seconds))

    def _recall_after(self, state: CardState) -> float:
        """The recall of a card on the day of the exam if it is answered now, rightly if it is known."""
        event = Event(card=state.card, kind="review", moment=self.now, rating=GOOD)
        after = advance(self.engine, state, event)
        while after.phase in (LEARNING, RELEARNING):
            after = advance(self.engine, after, event)
        return self.engine.retrievability(after, self.exam_moment)

    @cached_property
    def preparation(self) -> Preparation | None:
        """The way to the exam; None if the learner has named no day."""
        return preparation(self.store, self.index, self.plan, self.now)

    @cached_property
    def outlook(self) -> Outlook | None:
        """What comes of keeping to the plan, played day by day; None if no exam is ahead."""
        if self.preparation is None or self.preparation.days < 1:
            return None
        begun = [state for state in self.states.values() if not state.is_new]
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
        kept = next((each for each in self.sittings if each.sitting.id == number and each.sitting.over), None)
        if kept is None:
            return None
        outcomes = score(kept.sitting, kept.blueprint).outcomes
        missed = tuple(dict.fromkeys(o.card.id for o in outcomes if not o.mark.right))
        return Relearned(number=number, missed=missed, known=tuple(filter(self.is_known, missed)))

    def is_known(self, card: str) -> bool:
        """Is a card in review, and likely to be recalled now?"""
        state = self.states.get(card)
        return (
            state is not None
            and state.phase == REVIEW
            and self.engine.retrievability(state, self.now) >= KNOWN
        )

    # Forecasts and what came of them

    def forecast(self, sitting: int, areas: Iterable[str]) -> Forecast:
        """What is to be expected of a mock exam that begins now; `areas` are those of its questions."""
        found = readiness(self.knowledge(self.recall_at(self.now), Counter(areas)), self.exam.cut)
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
