"""Sessions that are killed at any moment, while keys are being pressed as fast as they can be."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from random import Random

from dp100cards.scheduler.event import Moment
from dp100cards.store.store import Store
from tests.terminal.learner import Start, write_deck

SESSIONS = 12


def test_killed_at_random_moments_what_was_painted_after_a_rating_is_on_disk(
    start: Start, tmp_path: Path
) -> None:
    rng = Random(23)
    write_deck(tmp_path / "home", [f"What is thing number {n}?" for n in range(40 * SESSIONS)])
    database = tmp_path / "data" / "progress.db"
    before = 0
    for _ in range(SESSIONS):
        learner = start("study", "--new", "999").until("show the answer")
        learner.child.send(" 4" * 40)
        end = time.monotonic() + rng.random() * 0.12
        while time.monotonic() < end:
            learner.read(0.005)
        learner.kill()
        while learner.read(0.05):
            pass
        # Every question that was painted after the first one was painted after a rating.
        painted = learner.sent.decode(errors="ignore").count("show the answer") - 1
        with sqlite3.connect(database) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept = connection.execute("SELECT count(*) FROM review").fetchone()[0]
        assert painted <= kept - before <= 40
        before = kept
    assert before > SESSIONS, "something was rated"
    with Store.open(tmp_path / "data", Moment(int(time.time() * 1000))) as store:
        cached = store.states()
        store.rebuild()
        assert store.states() == cached
        assert all(state.reps == 1 for state in cached.values()), "no rating was taken twice"
