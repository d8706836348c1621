"""A learner at a real terminal, day after day: thirty simulated days with forgetting, a holiday and two kills."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from dp100cards.scheduler.engine import Engine
from dp100cards.scheduler.event import Moment, day_of
from dp100cards.store.store import Store
from tests.terminal.learner import Start, write_deck

DAYS = 30
HOLIDAY = range(15, 20)
NEW, REVIEWS = 4, 8


def test_thirty_days_of_study_keep_every_promise(start: Start, tmp_path: Path) -> None:
    rng = Random(7)
    home = write_deck(tmp_path / "home", [f"What is thing number {n}?" for n in range(80)])
    (home / "dp100.toml").write_text(
        f"[study]\nnew_per_day = {NEW}\nreviews_per_day = {REVIEWS}\n", encoding="utf-8"
    )
    first = datetime(2027, 3, 20, 8, tzinfo=timezone(timedelta(hours=1)))
    given: list[int] = []
    for day in range(DAYS):
        if day in HOLIDAY:
            continue
        # Summer time begins on the ninth day: the clock is an hour ahead from then on.
        zone = timezone(timedelta(hours=1 if day < 8 else 2))
        now = (first + timedelta(days=day, minutes=rng.randint(0, 600))).astimezone(zone)
        kill_after = 5 if day in (3, 11) else None
        learner = start("study", DP100_NOW=now.isoformat())
        answered = 0
        while (
            "show the answer" in learner.until(lambda text: "show the answer" in text or "quit" in text).text
        ):
            rating = rng.choices((1, 2, 3, 4), (3, 2, 12, 2))[0]
            learner.press(" ").until("1 again").press(str(rating)).until(lambda text: "1 again" not in text)
            given.append(rating)
            answered += 1
            if answered == kill_after:
                learner.kill()
                learner = start("study", DP100_NOW=(now + timedelta(minutes=3)).isoformat())
        learner.until("q quit").press("q")
        assert learner.end() == 0
        assert "Traceback" not in learner.text

    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        log = connection.execute("SELECT card, rating, at, offset FROM review ORDER BY id").fetchall()
    assert [rating for _, rating, _, _ in log] == given, "the log holds exactly what was given, in that order"
    days = [day_of(Moment(at, offset)) for _, _, at, offset in log]
    begun: dict[str, int] = {}
    for (card, *_), day in zip(log, days, strict=True):
        begun.setdefault(card, day)
    for day in set(days):
        asked = {card for (card, *_), on in zip(log, days, strict=True) if on == day}
        assert sum(begun[card] == day for card in asked) <= NEW
        assert sum(begun[card] < day for card in asked) <= REVIEWS
    assert days == sorted(days)
    assert len(set(days)) == DAYS - len(HOLIDAY)
    with Store.open(tmp_path / "data", Moment(log[-1][2]), Engine()) as store:
        before = store.states()
        store.rebuild()
        assert store.states() == before, "the states are those of the log, to the bit"
        assert any(state.interval >= 10 for state in before.values()), "something was really learned"
