"""FSRS's parameters fitted to one learner's reviews, and an honest judgement of the fit.

The optimiser is that of `fsrs-rs-python`, an optional extra: without it `fit` raises ModuleNotFoundError.

The judgement is made on reviews that the fit has not seen: the latest fifth, as a forecast would have to. If the
parameters in use were fitted too, only reviews since then count: they have seen the earlier ones. Only a fit that
forecasts those better than what is used now is worth having.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from dp100cards.scheduler.engine import AGES, DEFAULTS, RELEARNING_STEPS, Engine
from dp100cards.scheduler.event import Event

FEWEST = 400  # reviews: with fewer, chance weighs more than the learner's memory
HELD_OUT = 0.2  # the share of the reviews, the latest, that a fit is judged by
FEWEST_NEW = 50  # reviews since the last fit: with fewer, which of two fits is better is chance

Item = tuple[int, int, Any]  # when its last review was, a number for its card, and the engine's own item


class Fit(NamedTuple):
    """Parameters fitted to all reviews. The latest are forecast by the published ones, by those in use, and by a fit
    to the reviews before: the log loss of each, of which less is better."""

    parameters: tuple[float, ...]
    reviews: int
    judged_by: int
    published: float
    before: float
    after: float

    @property
    def better(self) -> bool:
        return self.after < self.before


def fit(log: Iterable[tuple[str, Iterable[Event]]], engine: Engine, fitted_at: int = 0) -> Fit:
    """Fit parameters to a log (`store.by_card`).

    `fitted_at` (milliseconds UTC) is when the parameters in use were fitted, 0 if they are the published ones. Raises
    ValueError, with the reason, if there is too little to fit to or no sound fit comes out.
    """
    from fsrs_rs_python import FSRS  # an extra, which need not be there

    items, reviews = items_of(log)
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
        _, numbers, reviewed = map(list, zip(*items, strict=True))
        values = FSRS(list(engine.parameters)).compute_parameters(
            reviewed, numbers, enable_short_term=True, num_relearning_steps=len(RELEARNING_STEPS)
        )
        return Engine(parameters=tuple(map(float, values))).parameters

    def loss(parameters: Sequence[float]) -> float:
        return float(FSRS(list(parameters)).evaluate([item for _, _, item in held_out]).log_loss)

    losses = map(loss, (DEFAULTS, engine.parameters, fitted_to(known)))
    return Fit(fitted_to(items), reviews, len(held_out), *losses)


def items_of(log: Iterable[tuple[str, Iterable[Event]]]) -> tuple[list[Item], int]:
    """For each review that came a day or more after the one before, all reviews of the card up to it, in the order
    of time; and how many reviews there are in all. What was forgotten on purpose begins anew."""
    from fsrs_rs_python import FSRSItem, FSRSReview  # an extra

    items: list[Item] = []
    count = last = 0
    for number, (_, events) in enumerate(log):
        past: list[Any] = []
        for event in events:
            if event.kind == "forget":
                past = []
            elif event.kind == "review":
                days = min(event.moment.days_since(last), AGES) if past else 0
                past.append(FSRSReview(event.rating, days))
                last = event.moment.at
                count += 1
                if days:
                    items.append((last, number, FSRSItem(list(past))))
    items.sort(key=itemgetter(0, 1))
    return items, count
