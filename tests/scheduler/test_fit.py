from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from random import Random

import pytest

from dp100cards.scheduler.engine import DEFAULTS, Engine, advance
from dp100cards.scheduler.event import DAY, MINUTE, CardState, Event, Moment
from dp100cards.scheduler.fit import fit, items_of

ENGINE = Engine()


def by_card(log: Iterable[Event]) -> Iterator[tuple[str, Iterator[Event]]]:
    return groupby(log, attrgetter("card"))


def learner(parameters: tuple[float, ...], cards: int, seed: int = 1) -> list[Event]:
    """The log of a learner whose memory follows these parameters, scheduled by the published ones."""
    rng = Random(seed)
    truth = Engine(parameters=parameters)
    log: list[Event] = []
    for number in range(cards):
        card = f"card-{number:05}"
        scheduled, real = CardState(card=card), CardState(card=card)
        at = 1_700_000_000_000 + rng.randrange(200) * DAY
        for _ in range(8):
            recall = truth.retrievability(real, Moment(at)) if real.reps else 0.5
            rating = 1 if rng.random() > recall else rng.choice((2, 3, 3, 3, 4))
            event = Event(card=card, kind="review", moment=Moment(at), rating=rating)
            scheduled, real = advance(ENGINE, scheduled, event), advance(truth, real, event)
            log.append(event)
            at = scheduled.due_at or at + scheduled.interval * DAY
    return log


def test_a_fit_to_another_memory_forecasts_it_better() -> None:
    strong = (*DEFAULTS[:2], 12.0, 40.0, *DEFAULTS[4:8], 2.6, *DEFAULTS[9:])
    found = fit(by_card(learner(strong, 400)), ENGINE)
    assert found.better
    assert found.after < found.before
    assert found.parameters[2] > DEFAULTS[2] * 1.5
    assert found.judged_by < found.reviews / 4


def test_too_few_reviews_are_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match="at least 400"):
        fit(by_card(learner(DEFAULTS, 20)), ENGINE)


def test_reviews_of_one_day_alone_say_nothing_about_memory() -> None:
    log = [Event("a", "review", Moment(n * MINUTE), 3) for n in range(500)]
    with pytest.raises(ValueError, match="say something about memory"):
        fit([("a", log)], ENGINE)


def test_what_was_forgotten_on_purpose_begins_anew() -> None:
    happened = [("review", 0, 3), ("review", 3, 3), ("forget", 4, 0), ("review", 9, 3), ("suspend", 9, 0)]
    happened.append(("review", 12, 1))
    log = [Event("a", kind, Moment(day * DAY), rating) for kind, day, rating in happened]
    items, reviews = items_of([("a", log)])
    assert reviews == 4
    assert [(at // DAY, item.long_term_review_cnt()) for at, _, item in items] == [(3, 1), (12, 1)]
