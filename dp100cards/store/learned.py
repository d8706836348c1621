"""How far the learner is with the cards, and what was done on which day: the first half of the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from dp100cards.decks.index import Index, Place
from dp100cards.exam.blueprint import Blueprint
from dp100cards.scheduler.event import NEW, REVIEW, Moment, day_of, elapsed_days
from dp100cards.store import history
from dp100cards.store.daily import EPOCH, seconds_per_answer
from dp100cards.store.figures import MATURE, Group, Progress
from dp100cards.store.store import Store


class Known(NamedTuple):
    """What the figures need of a card. Tuples, for a collection may have ten thousand of them."""

    kind: str
    place: Place
    phase: str = NEW
    stability: float = 0.0
    last_at: int = 0
    interval: int = 0
    due_day: int = 0
    suspended: int = 0
    buried_until: int = 0

    @property
    def is_begun(self) -> bool:
        """Was it asked, and is it not suspended?"""
        return self.phase != NEW and not self.suspended


class Learned:
    """The figures of cards and days, as they are at a moment."""

    def __init__(self, store: Store, index: Index, exam: Blueprint, now: Moment) -> None:
        self.store, self.index, self.exam, self.now, self.engine = store, index, exam, now, store.engine
        self.today = day_of(now, self.engine.rollover)
        self.date = EPOCH + timedelta(days=self.today)

    # Cards

    @cached_property
    def entries(self) -> dict[str, Known]:
        """The cards of the decks by id, in the order in which they are begun; rejected ones are left out."""
        query = """SELECT card, phase, stability, last_at, interval, due_day, suspended, buried_until, rejected
            FROM state"""
        states = {row[0]: row[1:] for row in self.store.all(query)}
        found = {}
        for id_, kind, place in self.index.places():
            state = states.get(id_, ())
            if not state or not state[-1]:
                found[id_] = Known(kind, place, *state[:-1])
        return found

    def recall_at(self, then: Moment) -> dict[str, float]:
        """The recall of each card that was begun, at a moment, if it is not reviewed until then."""
        recall, rollover = self.engine.recall, self.engine.rollover
        return {
            id_: recall(card.stability, elapsed_days(card.last_at, then, rollover)) if card.stability else 0.0
            for id_, card in self.entries.items()
            if card.is_begun
        }

    @cached_property
    def recall_now(self) -> dict[str, float]:
        """The recall of each card that was begun."""
        return self.recall_at(self.now)

    @cached_property
    def total(self) -> Progress:
        """Over all decks."""
        return self.progress(self.entries)

    @cached_property
    def decks(self) -> tuple[Group, ...]:
        """Each deck, in the order of the notes."""
        decks = self.index.decks()
        mine: dict[str, list[str]] = {deck.name: [] for deck in decks}
        for id_, card in self.entries.items():
            mine[card.place.deck].append(id_)
        return tuple(Group(id=d.name, title=d.title, progress=self.progress(mine[d.name])) for d in decks)

    @cached_property
    def areas(self) -> tuple[Group, ...]:
        """Each area of the exam."""
        return tuple(
            Group(
                id=each.id,
                title=each.title,
                progress=self.progress(self.by_area[each.id]),
                weight=each.weight,
            )
            for each in self.exam.areas
        )

    @cached_property
    def skills(self) -> tuple[Group, ...]:
        """Each skill of the exam, in the order of the outline; a card that serves two counts in both."""
        mine: dict[str, list[str]] = {id_: [] for id_ in self.exam.skills}
        for id_, card in self.entries.items():
            for skill in self.exam.skills_of(card.place):
                mine[skill.id].append(id_)
        return tuple(
            Group(id=id_, title=skill.title, area=area.id, progress=self.progress(mine[id_]))
            for id_, (skill, area) in self.exam.skills.items()
        )

    def progress(self, ids: Iterable[str]) -> Progress:
        """How far the learner is with some cards."""
        count: Counter[str] = Counter()
        recalled = 0.0
        for id_ in ids:
            card = self.entries[id_]
            count["cards"] += 1
            if card.suspended:
                count["suspended"] += 1
            elif card.phase == NEW:
                count["new"] += 1
            else:
                learned = "young" if card.interval < MATURE else "mature"
                count[learned if card.phase == REVIEW else "learning"] += 1
                recalled += self.recall_now[id_]
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
        return history.coming(self.store, self.entries.keys(), self.now, days)

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

    @cached_property
    def by_area(self) -> dict[str, list[str]]:
        """The ids of the cards of each area of the exam; those of none are under ""."""
        area_of = {
            place: self.exam.area_of(place) for place in {card.place for card in self.entries.values()}
        }
        found: dict[str, list[str]] = {area.id: [] for area in self.exam.areas}
        for id_, card in self.entries.items():
            found.setdefault(area_of[card.place], []).append(id_)
        return found
