from __future__ import annotations

from random import Random

import pytest

from dp100cards.scheduler.engine import DEFAULTS, Engine, Row, advance
from dp100cards.scheduler.event import DAY, MINUTE, CardState, Event, Moment
from dp100cards.scheduler.fit import fit, items_of

ENGINE = Engine()


def learner(parameters: tuple[float, ...], cards: int, seed: int = 1) -> list[Row]:
    """The log of a learner whose memory follows these parameters, scheduled by the published ones."""
    rng = Random(seed)
    truth = Engine(parameters=parameters)
    rows: list[Row] = []
    for number in range(cards):
        card = f"card-{number:05}"
        scheduled, real = CardState(card=card), CardState(card=card)
        at = 1_700_000_000_000 + rng.randrange(200) * DAY
        for _ in range(8):
            recall = truth.retrievability(real, Moment(at)) if real.reps else 0.5
            rating = 1 if rng.random() > recall else rng.choice((2, 3, 3, 3, 4))
            event = Event(card=card, kind="review", moment=Moment(at), rating=rating)
            scheduled, real = advance(ENGINE, scheduled, event), advance(truth, real, event)
            rows.append((card, "review", at, 0, rating, 0))
            at = scheduled.due_at or at + scheduled.interval * DAY
    return rows


def test_a_fit_to_another_memory_forecasts_it_better() -> None:
    strong = (*DEFAULTS[:2], 12.0, 40.0, *DEFAULTS[4:8], 2.6, *DEFAULTS[9:])
    found = fit(learner(strong, 400), ENGINE)
    assert found.better
    assert found.after.log_loss < found.before.log_loss
    assert found.parameters[2] > DEFAULTS[2] * 1.5
    assert found.judged_by < found.reviews / 4


def test_too_few_reviews_are_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match="at least 400"):
        fit(learner(DEFAULTS, 20), ENGINE)


def test_reviews_of_one_day_alone_say_nothing_about_memory() -> None:
    rows: list[Row] = [("a", "review", n * MINUTE, 0, 3, 0) for n in range(500)]
    with pytest.raises(ValueError, match="say something about memory"):
        fit(rows, ENGINE)


def test_what_was_forgotten_on_purpose_begins_anew() -> None:
    rows: list[Row] = [
        ("a", "review", 0, 0, 3, 0), ("a", "review", 3 * DAY, 0, 3, 0), ("a", "forget", 4 * DAY, 0, 0, 0),
        ("a", "review", 9 * DAY, 0, 3, 0), ("a", "suspend", 9 * DAY, 0, 0, 0), ("a", "review", 12 * DAY, 0, 1, 0),
    ]  # fmt: skip
    items, reviews = items_of(rows)
    assert reviews == 4
    assert [(at // DAY, item.long_term_review_cnt()) for at, _, item in items] == [(3, 1), (12, 1)]
