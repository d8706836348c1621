"""How sittings went, one after another, by what they asked for the first time.

A question that an earlier sitting asked may be remembered rather than known; a score that counts it flatters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.score import scale, score
from dp100cards.exam.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Point:
    """One sitting: how many of its questions were asked for the first time, and the score of those alone."""

    sitting: int
    fresh: int
    score: int | None
    """1–1000; None if no question was asked for the first time, or if the score tells nothing."""


def first_exposures(sittings: Iterable[tuple[Sitting, Blueprint]]) -> list[Point]:
    """A point for each sitting, in their order. Practice counts as an exposure, and has no score itself."""
    seen: set[str] = set()
    points = []
    for sitting, blueprint in sittings:
        fresh = {card.id for card in sitting.questions} - seen
        marks = [o.mark for o in score(sitting, blueprint).outcomes if o.card.id in fresh]
        of = sum(mark.of for mark in marks)
        tells = sitting.over and not sitting.practice and of
        got = scale(sum(mark.points for mark in marks) / of, blueprint) if tells else None
        points.append(Point(sitting.id, len(fresh), got))
        seen |= {q.id for q, p in zip(sitting.questions, sitting.places, strict=True) if p.seen or p.answered}
    return points
