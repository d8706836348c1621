"""FSRS's parameters fitted to one learner's reviews, and an honest judgement of the fit.

The optimiser is that of `fsrs-rs-python`, an optional extra: without it `fit` raises ModuleNotFoundError.

The judgement is made on reviews that the fit has not seen: the latest fifth, as a forecast would have to. If the
parameters in use were fitted too, only reviews since then count: they have seen the earlier ones. Only a fit that
forecasts those better than what is used now is worth having.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from dp100cards.scheduler.engine import AGES, DEFAULTS, RELEARNING_STEPS, Engine, Row, check_parameters
from dp100cards.scheduler.event import Moment, elapsed_days

FEWEST = 400
"""Reviews: with fewer, chance weighs more than the learner's memory, and the published parameters are better."""
HELD_OUT = 0.2  # the share of the reviews, the latest, that a fit is judged by
FEWEST_NEW = 50  # reviews since the last fit: with fewer, which of two fits is better is chance

Item = tuple[int, int, Any]  # when its last review was, a number for its card, and the engine's own item


class Score(NamedTuple):
    """How well parameters forecast reviews, as FSRS's log loss and RMSE (bins); less is better."""

    log_loss: float
    rmse: float


class Fit(NamedTuple):
    """Parameters fitted to all reviews, and how the published ones, those in use and a fit to the others forecast
    those held out."""

    parameters: tuple[float, ...]
    reviews: int
    judged_by: int
    published: Score
    before: Score
    after: Score

    @property
    def better(self) -> bool:
        return self.after.log_loss < self.before.log_loss


def fit(rows: Iterable[Row], engine: Engine, fitted_at: int = 0) -> Fit:
    """Fit parameters to a log (`store.rows`, card by card).

    `fitted_at` (milliseconds UTC) is when the parameters in use were fitted, 0 if they are the published ones. Raises
    ValueError, with the reason, if there is too little to fit to or no sound fit comes out.
    """
    from fsrs_rs_python import FSRS

    items, reviews = items_of(rows)
    if reviews < FEWEST:
        raise ValueError(f"a fit needs at least {FEWEST} reviews, and you have {reviews}")
    cut = round(len(items) * (1 - HELD_OUT))
    if fitted_at:
        new = sum(at > fitted_at for at, _, _ in items)
        if new < FEWEST_NEW:
            raise ValueError(
                f"the fit in use stays: a new one is judged by at least {FEWEST_NEW} reviews since then,"
                f" and you have {new}"
            )
        cut = max(cut, len(items) - new)
    known, held_out = items[:cut], items[cut:]
    if len(known) < FEWEST // 4 or not held_out:
        raise ValueError(
            f"only {len(items)} of the {reviews} reviews came a day or more after the one before,"
            " and only those say something about memory"
        )

    def fitted_to(items: list[Item]) -> tuple[float, ...]:
        values = FSRS(list(engine.parameters)).compute_parameters(
            [item for _, _, item in items],
            [number for _, number, _ in items],
            enable_short_term=True,
            num_relearning_steps=len(RELEARNING_STEPS),
        )
        try:
            check_parameters(values)
        except ValueError as error:
            raise ValueError(f"no sound fit came out ({error})") from None
        return tuple(map(float, values))

    def score(parameters: Sequence[float]) -> Score:
        found = FSRS(list(parameters)).evaluate([item for _, _, item in held_out])
        return Score(float(found.log_loss), float(found.rmse_bins))

    return Fit(
        parameters=fitted_to(items),
        reviews=reviews,
        judged_by=len(held_out),
        published=score(DEFAULTS),
        before=score(engine.parameters),
        after=score(fitted_to(known)),
    )


def items_of(rows: Iterable[Row]) -> tuple[list[Item], int]:
    """For each review that came a day or more after the one before, all reviews of the card up to it, in the order
    of time; and how many reviews there are in all. What was forgotten on purpose begins anew."""
    from fsrs_rs_python import FSRSItem, FSRSReview

    items: list[Item] = []
    count = last = 0
    for number, (_, group) in enumerate(groupby(rows, key=itemgetter(0))):
        past: list[Any] = []
        for _, kind, at, offset, rating, _ in group:
            if kind == "forget":
                past = []
            elif kind == "review":
                days = min(elapsed_days(last, Moment(at, offset)), AGES) if past else 0
                past.append(FSRSReview(rating, days))
                last = at
                count += 1
                if days:
                    items.append((at, number, FSRSItem(list(past))))
    items.sort(key=itemgetter(0, 1))
    return items, count
