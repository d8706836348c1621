"""Our days, steps and intervals are those of py-fsrs used as a whole; our memories are those of the Rust engine."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from dp100cards.scheduler.engine import DEFAULTS, LONGEST, Engine, advance
from dp100cards.scheduler.event import DAY, MINUTE, REVIEW, CardState, Event, Moment

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
                exact = engine.interval(state.stability)
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


def test_memory_is_that_of_the_second_oracle() -> None:
    """The Rust engine, which is Anki's own, over months with reviews on one day and long gaps between."""
    rng = Random(20261129)
    rust = FSRS(list(DEFAULTS))
    worst = 0.0
    for number in range(2_000):
        state, at, answers = CardState(card=f"card-{number}"), 1_790_000_000_000, []
        for _ in range(rng.randint(1, 8)):
            days = Moment(at).days_since(state.last_at) if state.reps else 0
            rating = rng.choices((1, 2, 3, 4), (2, 1, 5, 1))[0]
            event = Event(card=state.card, kind="review", moment=Moment(at), rating=rating)
            state = advance(Engine(), state, event)
            answers.append(FSRSReview(rating, days))
            theirs = rust.memory_state(FSRSItem(answers))
            worst = max(worst, abs(state.stability / theirs.stability - 1))
            worst = max(worst, abs(state.difficulty / theirs.difficulty - 1))
            at += rng.choice((MINUTE, 10 * MINUTE, DAY // 2, DAY, rng.randint(2, 60) * DAY, 900 * DAY))
    assert worst < 1e-5


def test_the_queue_needs_no_fsrs_before_the_first_card() -> None:
    """Importing py-fsrs takes 27 ms; what asks the first card does without."""
    script = (
        "import sys; import dp100cards.session.study, dp100cards.scheduler.queue, dp100cards.store.daily\n"
        "from dp100cards.scheduler.engine import Engine; Engine()\n"
        "print('fsrs' in sys.modules, 'fsrs_rs_python' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]
