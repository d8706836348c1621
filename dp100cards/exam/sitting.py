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

from dp100cards.cards import Answer, Card
from dp100cards.scheduler.event import MINUTE

OPEN, SUBMITTED, TIMED_OUT = "open", "submitted", "timed out"


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
    """A sitting. It holds its own copy of each question: no later edit of a deck changes it."""

    id: int
    name: str
    seed: int
    questions: tuple[Card, ...]
    minutes: int  # 0 is untimed
    practice: bool = False  # is each answer explained at once?
    locks: tuple[str, ...] = ()  # the section that locks each question once it is left; "" if none does
    headings: tuple[str, ...] = ()
    """The heading of each question's section; "" where the paper has no sections."""
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

    @property
    def over(self) -> bool:
        return self.phase != OPEN

    @property
    def left(self) -> int | None:
        """Milliseconds left on the clock; None if it is untimed."""
        return max(self.minutes * MINUTE - self.used, 0) if self.minutes else None

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
    spent = 0 if event.kind == "away" else max(event.used - sitting.used, 0)
    sitting = _spent(sitting, event.used, spent)
    if event.question in sitting.locked and event.kind in ("answer", "strike", "go"):
        return sitting
    places = list(sitting.places)
    place = places[event.question]
    match event.kind:
        case "answer":
            place = replace(place, answer=tuple(json.loads(event.value or "[]")))
        case "mark":
            place = replace(place, marked=event.value == "1")
        case "strike":
            place = replace(place, struck=tuple(json.loads(event.value or "[]")))
        case "go":
            locked = sitting.locked | closes(sitting, event.question)
            sitting = replace(sitting, at=event.question, locked=locked)
        case "sections" | "strict":
            sitting = replace(sitting, closing=True, strict=sitting.strict or event.kind == "strict")
        case "partial":
            sitting = replace(sitting, partial=event.value)
        case "away" if sitting.strict:
            return _returned(sitting)
        case "submit" | "time-up":
            return replace(sitting, phase=SUBMITTED if event.kind == "submit" else TIMED_OUT)
    places[event.question] = place
    return replace(sitting, places=tuple(places))


def closes(sitting: Sitting, to: int) -> frozenset[int]:
    """The questions that going to another one locks."""
    lock = sitting.locks[sitting.at] if sitting.closing and sitting.locks else ""
    if not lock or sitting.locks[to] == lock:
        return frozenset()
    return frozenset(n for n, each in enumerate(sitting.locks) if each == lock)


def _returned(sitting: Sitting) -> Sitting:
    """Back from a break: what was seen is locked, but for the question at hand if it has no answer yet."""
    at, places = sitting.at, sitting.places
    seen = {n for n, place in enumerate(places) if place.seen and (n != at or place.answered)}
    locked = sitting.locked | seen
    free = (n for n in (at, *range(len(places))) if n not in locked)
    return replace(sitting, locked=locked, at=next(free, at))


def replay(sitting: Sitting, events: Iterable[SittingEvent]) -> Sitting:
    """The sitting after all of its events."""
    return reduce(apply, events, sitting)


def tick(sitting: Sitting, used: int) -> Sitting:
    """The sitting with the clock at `used` milliseconds; the time goes to the question at hand."""
    return sitting if sitting.over or used <= sitting.used else _spent(sitting, used, used - sitting.used)


def _spent(sitting: Sitting, used: int, spent: int) -> Sitting:
    places = list(sitting.places)
    here = places[sitting.at]
    places[sitting.at] = replace(here, used=here.used + spent, seen=True)
    return replace(sitting, used=max(used, sitting.used), places=tuple(places))


def encoded(answer: Answer) -> str:
    """An answer as the value of an event."""
    return json.dumps(list(answer), ensure_ascii=False)
