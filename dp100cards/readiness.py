"""How likely it is to pass, from what is remembered, what is covered, and how mock exams went. And what to do next.

For each area of the exam the share of questions that would be right is a Beta distribution. Its mean before any mock is

    m = c·(g + (1−g)·R·t) + (1−c)·g
with g the chance to guess a question, R the mean recall of the cards that were begun, c the coverage (the mean over
the area's skills of min(1, begun cards / ENOUGH)) and t the transfer from a card to a question of the exam. First-time
answers in mock exams then count as what they are, observations: p ~ Beta(s·m + k, s·(1−m) + n − k). The number of
right answers in an area is beta-binomial (Skellam 1948), the whole score their sum, by convolution. R comes from FSRS.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from dp100cards.scheduler.queue import ANSWERS_PER_NEW

# Assumptions, not measurements: each stays until the learner's own mock exams speak louder.
TRANSFER = 0.85  # of what is recalled on a card, how much is also known where an exam asks it in other words
ENOUGH = 8  # cards: a skill with so many begun is covered. One card must not make a skill ready
STRENGTH = 8.0  # questions: the forecast from cards weighs as much as so many answers in mock exams
HALF_LIFE = 30.0  # days after which an answer in a mock exam counts half
CUT_SLACK = 0.05
"""Nobody publishes which share of points is a pass; it is taken to be within this of the blueprint's cut."""
RANGE = 1.28  # standard deviations: a range of so many to both sides holds four of five
GUESSES = {"choice": 0.25, "multiple": 0.4, "order": 0.2, "match": 0.3, "statements": 0.5, "code": 0.35}
"""The share of points that guessing earns, by kind of question."""
USUAL_GUESS = 0.3
REVIEW_GROWTH = 2.5
"""How many times its stability a card has after a review, roughly; FSRS itself takes 30 ms to load."""
AT_ONCE = 10  # new cards, or questions of a mock exam about one area, that are one step
QUESTION_SECONDS = 120.0  # for a question of a mock exam, the look at its answer included


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """What is known of one area of the exam."""

    id: str
    questions: int  # how many of the paper are about it
    begun: tuple[int, ...]  # for each skill, how many of its cards were begun
    recall: float = 0.0  # the mean of these cards on the day
    guess: float = USUAL_GUESS
    right: float = 0.0
    answered: float = 0.0
    """The points of first-time answers in mock exams, and how many these are; the older the less."""
    unseen: tuple[int, ...] = ()  # for each skill, how many of its cards were never asked
    due: int = 0  # how many cards are due today
    reviewed: float = 0.0  # the mean of all that were begun on the day, if those are reviewed

    @property
    def coverage(self) -> float:
        """How much of the area is covered, 0 to 1."""
        return sum(min(1.0, n / ENOUGH) for n in self.begun) / len(self.begun) if self.begun else 0.0

    @property
    def prior(self) -> float:
        """The share of its questions that would be right, judged by the cards alone."""
        known = self.guess + (1 - self.guess) * self.recall * TRANSFER
        return self.coverage * known + (1 - self.coverage) * self.guess

    @property
    def beta(self) -> tuple[float, float]:
        """The two parameters of the distribution of that share, mock exams included."""
        m = min(max(self.prior, 0.001), 0.999)
        return STRENGTH * m + self.right, STRENGTH * (1 - m) + max(self.answered - self.right, 0.0)

    @property
    def expected(self) -> float:
        """The mean of that share."""
        alpha, beta = self.beta
        return alpha / (alpha + beta)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The chance to pass, as a range, and what it rests on."""

    low: float
    high: float
    """The chance, if what is not known (how good the learner is, where the cut is) is against the learner, or for."""
    middle: float  # the chance over all of that; for comparing, not for showing
    least: float
    most: float
    expected: float
    """The share of questions that will be right: within the first two with a probability of 80 %."""
    areas: tuple[Area, ...]


def readiness(areas: Sequence[Area], cut: float) -> Readiness:
    """The chance to pass with what is known of each area, where the cut is about that share of points."""
    chances = right_answers(areas)
    if_known = right_answers(areas, sure=1000.0)
    total = len(chances) - 1
    above, above_if_known = _at_least(chances), _at_least(if_known)

    def pass_at(share: float, above: Sequence[float] = above) -> float:
        return min(above[min(max(math.ceil(share * total - 1e-9), 0), total + 1)], 1.0) if total else 0.0

    cuts = [cut + CUT_SLACK * step / 5 for step in range(-5, 6)]
    middle = sum(map(pass_at, cuts)) / len(cuts)
    doubt = RANGE * math.hypot(_doubt(areas), CUT_SLACK / math.sqrt(3))
    return Readiness(
        low=min(pass_at(cut + doubt, above_if_known), middle),
        high=max(pass_at(cut - doubt, above_if_known), middle),
        middle=middle,
        least=max((n for n in range(total + 1) if above[n] >= 0.9), default=0) / max(total, 1),
        most=min((n for n in range(total + 1) if above[n + 1] <= 0.1), default=total) / max(total, 1),
        expected=sum(n * p for n, p in enumerate(chances)) / max(total, 1),
        areas=tuple(areas),
    )


def right_answers(areas: Iterable[Area], sure: float = 1.0) -> list[float]:
    """The probability of each number of right answers in a paper; `sure`: as if that much more were known."""
    result = [1.0]
    for area in areas:
        alpha, beta = area.beta
        own = beta_binomial(area.questions, alpha * sure, beta * sure)
        longer = [0.0] * (len(result) + area.questions)
        for n, p in enumerate(result):
            for k, q in enumerate(own):
                longer[n + k] += p * q
        result = longer
    return result


def _at_least(chances: Sequence[float]) -> list[float]:
    """The probability of each number or more."""
    return [*list(accumulate(reversed(chances)))[::-1], 0.0]


def _doubt(areas: Sequence[Area]) -> float:
    """The standard deviation of the share that would be right in a paper without end: what is not known yet."""
    total = sum(area.questions for area in areas)
    shares = ((area.questions / total, *area.beta) for area in areas if total)
    return math.sqrt(sum(w * w * a * b / ((a + b) ** 2 * (a + b + 1)) for w, a, b in shares))


def beta_binomial(n: int, alpha: float, beta: float) -> list[float]:
    """The probability of 0 to n right answers of n, where the chance of one is Beta(alpha, beta)."""

    def log_beta(k: int, n: int) -> float:
        return math.lgamma(k + alpha) + math.lgamma(n - k + beta) - math.lgamma(n + alpha + beta)

    return [math.comb(n, k) * math.exp(log_beta(k, n) - log_beta(0, 0)) for k in range(n + 1)]


def weight_of(days: float) -> float:
    """How much an answer in a mock exam counts after so many days."""
    return math.exp2(-max(days, 0.0) / HALF_LIFE)


def guess_of(kinds: Iterable[str]) -> float:
    """The share of points that guessing earns, over questions of these kinds."""
    earned = [GUESSES.get(kind, 0.0) for kind in kinds]
    return sum(earned) / len(earned) if earned else USUAL_GUESS


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: so many new cards, due cards, or questions of a mock, and what a minute of it is worth."""

    kind: str
    area: str
    count: int
    minutes: float
    worth: float


def steps(areas: Sequence[Area], cut: float, seconds: float, recall: float) -> list[Step]:
    """What can be done now, the most chance per minute first.

    `seconds` is what an answer takes, `recall` that of a card on the day if it is begun now. Where nothing changes the
    chance by much, the expected score decides.
    """
    now = readiness(areas, cut)

    def step(kind: str, area: str, count: int, seconds: float, after: Iterable[Area]) -> Step:
        changed = {each.id: each for each in after}
        then = readiness([changed.get(each.id, each) for each in areas], cut)
        gain = max(then.middle - now.middle, 0.0)  # a new card may lower the mean recall of what is covered
        minutes = count * seconds / 60
        return Step(kind, area, count, minutes, (gain + 0.01 * (then.expected - now.expected)) / minutes)

    found = []
    for area in areas:
        if count := min(AT_ONCE, sum(area.unseen)):
            found.append(step("new", area.id, count, ANSWERS_PER_NEW * seconds, [begin(area, count, recall)]))
    if due := sum(area.due for area in areas):
        reviewed = [replace(area, recall=area.reviewed) for area in areas if area.due]
        found.append(step("due", "", due, seconds, reviewed))
    if weak := sorted(areas, key=lambda area: area.expected)[:2]:
        # What goes wrong in a mock is begun afterwards, as new cards are; that is what a mock is worth here.
        after = [begin(area, round(AT_ONCE * (1 - area.expected)), recall) for area in weak]
        found.append(step("mock", weak[0].id, AT_ONCE * len(weak), QUESTION_SECONDS, after))
    return sorted(found, key=lambda each: -each.worth)


def begin(area: Area, count: int, recall: float) -> Area:
    """The area after so many of its new cards were begun, those of its emptiest skills first."""
    begun, left = list(area.begun), list(area.unseen)
    before = sum(begun)
    for _ in range(min(count, sum(left))):
        skill = min((n for n in range(len(begun)) if left[n]), key=lambda n: begun[n])
        begun[skill] += 1
        left[skill] -= 1
    after = sum(begun)
    mean = (area.recall * before + recall * (after - before)) / after if after else 0.0
    return replace(area, begun=tuple(begun), recall=mean)
