"""One attempt at an exam, as a state machine over events: no clock, no screen, no disk of its own.

| event          | value                       | does                                                        |
| -------------- | --------------------------- | ----------------------------------------------------------- |
| answer         | the answer, as JSON         | puts it down; an empty one clears it                        |
| mark           | 1 or 0                      | marks the question for review, or takes the mark away       |
| strike         | the indices struck, as JSON | options that the learner has ruled out                      |
| go             |                             | comes to the question                                       |
| sections       |                             | sections lock once they are left, from here on              |
| partial        | how many skills of how many | the decks do not cover the outline: no verdict              |
| strict, away   |                             | rules of the real exam; a break, which then locks           |
| submit,time-up |                             | the learner hands in, or the clock                          |

A locked question keeps its answer, and nobody comes back to it: once the section that `locks` names is left, and in a
strict sitting after a break, if it was seen. Every event carries how much of the clock was used
(milliseconds); after the end nothing changes any more. Events that mean nothing now (`sure` and `comment`, of the first
edition) only count time; sittings from before `sections` was an event lock in strict ones only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, NamedTuple

from dp100cards.cards import Answer, Card
from dp100cards.clean import duration, many
from dp100cards.exam.blueprint import Blueprint, Heading
from dp100cards.scheduler.event import MINUTE, Moment

OPEN, SUBMITTED, TIMED_OUT, GIVEN_UP = "open", "submitted", "timed out", "given up"
UNKNOWN = Moment(0)


class Forecast(NamedTuple):
    """The chance to pass a mock exam, from `low` to `high`, as it was said when it began."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SittingEvent:
    """One thing that happened in a sitting. `question` counts from 0; `used` is clock time in milliseconds."""

    kind: str
    question: int = 0
    value: str = ""
    used: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What the learner did with one question."""

    answer: Answer = ()
    marked: bool = False
    struck: tuple[int, ...] = ()
    used: int = 0  # milliseconds of the clock
    seen: bool = False

    @property
    def answered(self) -> bool:
        return bool(self.answer)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting. It holds its own copy of the blueprint and of each question: no later edit changes it."""

    id: int
    plan: Blueprint
    seed: int
    questions: tuple[Card, ...]
    minutes: int  # 0 is untimed
    practice: bool = False  # is each answer explained at once?
    begun: Moment = UNKNOWN
    forecast: Forecast | None = None
    headings: tuple[Heading, ...] = ()  # of each question's section
    closing: bool = False  # do sections lock once they are left?
    strict: bool = False  # does the clock run on while the learner is away, and lock what was seen?
    partial: str = ""  # how many skills of how many the decks covered, as `26 of 58`; "" if they covered all
    locked: frozenset[int] = frozenset()  # the questions that nobody can come back to, from 0
    places: tuple[Place, ...] = ()
    at: int = 0
    used: int = 0
    phase: str = OPEN

    def __post_init__(self) -> None:
        if not self.places:  # before its first answer
            object.__setattr__(self, "places", (Place(),) * len(self.questions))
            object.__setattr__(self, "headings", self.plan.headings(self.questions))

    @property
    def over(self) -> bool:
        """Was it handed in, by the learner or by the clock?"""
        return self.phase in (SUBMITTED, TIMED_OUT)

    @property
    def counts(self) -> bool:
        """Is it over, and was it no practice?"""
        return self.over and not self.practice

    @property
    def date(self) -> str:
        """When it began, on the learner's clock."""
        return f"{self.begun.local:%Y-%m-%d %H:%M}"

    @property
    def left(self) -> int | None:
        """Milliseconds left on the clock; None if it is untimed."""
        return max(self.minutes * MINUTE - self.used, 0) if self.minutes else None

    @property
    def time(self) -> str:
        """How much of the clock was used, in words."""
        return duration(self.used) + (f" of {many(self.minutes, 'minute')}" if self.minutes else "")

    @property
    def unanswered(self) -> list[int]:
        """The questions without an answer, from 0."""
        return [n for n, place in enumerate(self.places) if not place.answered]

    @property
    def marked(self) -> list[int]:
        """The questions marked for review, from 0."""
        return [n for n, place in enumerate(self.places) if place.marked]


def apply(sitting: Sitting, event: SittingEvent) -> Sitting:
    """The sitting after an event. What comes after the end, or names no question, changes nothing."""
    if sitting.over or not 0 <= event.question < len(sitting.questions):
        return sitting
    if event.kind == "away":  # a break is no question's time
        sitting = replace(sitting, used=max(event.used, sitting.used))
    else:
        sitting = tick(sitting, event.used)
    if event.question in sitting.locked and event.kind in ("answer", "strike", "go"):
        return sitting
    match event.kind:
        case "answer":
            return _with(sitting, event.question, answer=tuple(json.loads(event.value or "[]")))
        case "mark":
            return _with(sitting, event.question, marked=event.value == "1")
        case "strike":
            return _with(sitting, event.question, struck=tuple(json.loads(event.value or "[]")))
        case "go":
            locked = sitting.locked | closes(sitting, event.question)
            return replace(sitting, at=event.question, locked=locked)
        case "sections" | "strict":
            return replace(sitting, closing=True, strict=sitting.strict or event.kind == "strict")
        case "partial":
            return replace(sitting, partial=event.value)
        case "away" if sitting.strict:
            return _returned(sitting)
        case "submit" | "time-up":
            return replace(sitting, phase=SUBMITTED if event.kind == "submit" else TIMED_OUT)
    return sitting


def closes(sitting: Sitting, to: int) -> frozenset[int]:
    """The questions that going to another one locks."""
    here = sitting.headings[sitting.at]
    if not (sitting.closing and here.locks) or sitting.headings[to] == here:
        return frozenset()
    return frozenset(n for n, each in enumerate(sitting.headings) if each == here)


def _returned(sitting: Sitting) -> Sitting:
    """Back from a break: what was seen is locked, but for the question at hand if it has no answer yet."""
    at, places = sitting.at, sitting.places
    seen = {n for n, place in enumerate(places) if place.seen and (n != at or place.answered)}
    locked = sitting.locked | seen
    free = (n for n in (at, *range(len(places))) if n not in locked)
    at = next(free, at)
    return _with(replace(sitting, locked=locked, at=at), at, seen=True)


def replay(sitting: Sitting, events: Iterable[SittingEvent]) -> Sitting:
    """The sitting after all of its events."""
    return reduce(apply, events, sitting)


def tick(sitting: Sitting, used: int) -> Sitting:
    """The sitting with the clock at `used` milliseconds; the time goes to the question at hand."""
    if sitting.over:
        return sitting
    spent = max(used - sitting.used, 0)
    before = sitting.places[sitting.at].used
    return _with(replace(sitting, used=sitting.used + spent), sitting.at, used=before + spent, seen=True)


def _with(sitting: Sitting, question: int, **changes: Any) -> Sitting:
    """The sitting with something changed at one of its questions."""
    places = list(sitting.places)
    places[question] = replace(places[question], **changes)
    return replace(sitting, places=tuple(places))


def encoded(answer: Answer) -> str:
    """An answer as the value of an event."""
    return json.dumps(list(answer), ensure_ascii=False)
