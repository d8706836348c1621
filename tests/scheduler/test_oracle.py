"""py-fsrs, an implementation of FSRS-6 by other hands, says the same as our engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import fsrs

from dp100cards.scheduler.advance import advance
from dp100cards.scheduler.days import DAY, MINUTE, Moment
from dp100cards.scheduler.engine import LONGEST, Engine
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.state import REVIEW, CardState

HISTORIES = 10_000


def test_memory_and_intervals_are_those_of_the_oracle() -> None:
    rng = Random(20261123)
    engine = Engine(fuzz=False)
    oracle = fsrs.Scheduler(enable_fuzzing=False)
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    worst = 0.0
    ties = reviews = 0
    for number in range(HISTORIES):
        state = CardState(card=f"card-{number}")
        theirs = fsrs.Card(card_id=number + 1, due=start)
        at = 0
        for rating in rng.choices((1, 2, 3, 4), (2, 1, 5, 1), k=rng.randint(1, 8)):
            when = start + timedelta(milliseconds=at)
            moment = Moment(round(when.timestamp() * 1000))
            event = Event(card=state.card, kind="review", moment=moment, rating=rating)
            state = advance(engine, state, event)
            theirs, _ = oracle.review_card(theirs, fsrs.Rating(rating), when)
            assert theirs.stability is not None
            assert theirs.difficulty is not None
            if theirs.stability >= LONGEST:
                break  # the engine holds stability here, a hundred years on; the oracle does not
            worst = max(
                worst,
                abs(state.stability / theirs.stability - 1),
                abs(state.difficulty / theirs.difficulty - 1),
            )
            assert state.phase == {1: "learning", 2: "review", 3: "relearning"}[theirs.state.value]
            wait = (theirs.due - when) // timedelta(milliseconds=1)
            if state.phase == REVIEW:
                exact = engine.fsrs.next_interval(state.stability, engine.retention, rating)
                assert abs(state.interval - wait / DAY) <= (abs(exact % 1 - 0.5) < max(1e-3, 1e-5 * exact))
                ties += state.interval != wait / DAY
                at += max(round(state.interval * rng.choice((0.2, 0.8, 1, 1, 1, 1.3, 3, 20))), 0) * DAY
            else:
                assert state.due_at - moment.at == wait
                at += wait if rng.random() < 0.9 else DAY * rng.randint(1, 40)
            # The oracle counts periods of 24 hours, so the time of day must never go back.
            at += rng.randint(0, 3) * MINUTE if at % DAY < DAY // 3 else -(at % DAY) + DAY
            reviews += 1
    assert worst < 1e-4
    assert ties < reviews / 500, "intervals differ at a tie of rounding only, and seldom"
