"""Points to a score of 1000, overall and by area, and how sure that score is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dp100cards.cards import Card, Mark, mark
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.sitting import Place, Sitting


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, answered and marked."""

    number: int
    """From 1."""
    card: Card
    place: Place
    mark: Mark

    @property
    def verdict(self) -> str:
        """right, partly, wrong or unanswered."""
        if not self.place.answered:
            return "unanswered"
        return "right" if self.mark.right else "partly" if self.mark.points else "wrong"

    @property
    def lucky(self) -> bool:
        """Right, but the learner was not sure: it counts, and is not known."""
        return self.mark.right and self.place.answered and self.place.sure is False

    @property
    def sure_and_wrong(self) -> bool:
        """Wrong, and the learner was sure: what most needs another look."""
        return not self.mark.right and self.place.sure is True


@dataclass(frozen=True, slots=True)
class AreaScore:
    """What was earned in one area."""

    area: str
    title: str
    points: int
    of: int

    @property
    def share(self) -> float:
        """Of the points to be had, 0–1."""
        return self.points / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """How a sitting went."""

    outcomes: tuple[Outcome, ...]
    areas: tuple[AreaScore, ...]
    points: int
    of: int
    score: int
    """1–1000."""
    low: int
    high: int
    """The score lies between these with a probability of 95 %, if the questions were a fair sample."""
    passed: bool


def score(sitting: Sitting, blueprint: Blueprint) -> Result:
    """Mark a sitting. There is no penalty for guessing; what was not answered earns nothing."""
    outcomes = tuple(
        Outcome(n, card, place, mark(card, place.answer) if place.answered else Mark(0, mark(card, ()).of))
        for n, (card, place) in enumerate(zip(sitting.questions, sitting.places, strict=True), 1)
    )
    points, of = sum(o.mark.points for o in outcomes), sum(o.mark.of for o in outcomes)
    share = points / of if of else 0.0
    low, high = interval(share, len(outcomes))
    scaled = scale(share, blueprint)
    return Result(
        outcomes, _areas(outcomes, blueprint), points, of, scaled, scale(low, blueprint), scale(high, blueprint),
        scaled >= blueprint.pass_mark,
    )  # fmt: skip


def _areas(outcomes: tuple[Outcome, ...], blueprint: Blueprint) -> tuple[AreaScore, ...]:
    known = [area.id for area in blueprint.areas]
    asked = {o.card.area if o.card.area in known else "" for o in outcomes}
    result = []
    for area in [*(each for each in known if each in asked), *([""] if "" in asked else [])]:
        mine = [o.mark for o in outcomes if (o.card.area if o.card.area in known else "") == area]
        result.append(
            AreaScore(area, blueprint.area_title(area), sum(m.points for m in mine), sum(m.of for m in mine))
        )
    return tuple(result)


def scale(share: float, blueprint: Blueprint) -> int:
    """A share of points (0–1) as a score from 1 to 1000.

    Linear in two pieces: from 1 at no points to the pass mark at `cut`, and on to 1000 at all points.
    """
    share = min(max(share, 0.0), 1.0)
    if share < blueprint.cut:
        return min(round(1 + share / blueprint.cut * (blueprint.pass_mark - 1)), blueprint.pass_mark - 1)
    above = (share - blueprint.cut) / (1 - blueprint.cut)
    return round(blueprint.pass_mark + above * (1000 - blueprint.pass_mark))


def interval(share: float, questions: int) -> tuple[float, float]:
    """The 95 % interval of a share measured with so many questions (Wilson 1927)."""
    if questions == 0:
        return 0.0, 1.0
    z = 1.96
    middle = (share + z * z / (2 * questions)) / (1 + z * z / questions)
    reach = (
        z / (1 + z * z / questions) * math.sqrt(share * (1 - share) / questions + z * z / (4 * questions**2))
    )
    return max(middle - reach, 0.0), min(middle + reach, 1.0)
