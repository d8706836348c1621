"""`kill -9`, really sent to a real process in the middle of a sitting: thirty times over one data file, or DP100_KILLS.

The process says what it has done as soon as that was done; whatever it said must be on disk, and at most the one thing
that it was about to say may be there besides.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cards import Card, Choice, Cloze, Match, Multiple, Option, Order, Pair, Scenario, Statements
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.exam.draw import Paper
from dp100cards.exam.score import events, score
from dp100cards.exam.sitting import Sitting, SittingEvent, replay
from dp100cards.scheduler.event import Moment
from dp100cards.session.exam import ExamSession
from dp100cards.store import sittings
from dp100cards.store.store import Store

KILLS = int(os.environ.get("DP100_KILLS", "30"))
NOW = Moment(1_790_000_000_000, 60)
PLAN = read_blueprint("dp-100")
FIRM = Scenario("firm", "A firm.")
TWO = (Option("x", right=True), Option("y"))
CARDS: tuple[Card, ...] = (
    Choice(id="a-1", deck="a", ask="?", options=TWO),
    Multiple(id="a-2", deck="a", ask="?", options=(*TWO, Option("z", right=True))),
    Order(id="a-3", deck="a", ask="?", items=("one", "two", "three")),
    Match(id="a-4", deck="a", ask="?", pairs=(Pair("l", "1"), Pair("m", "2"))),
    Cloze(id="a-5", deck="a", ask="A {{b}}."),
    Choice(id="a-6", deck="a", ask="?", options=TWO, scenario=FIRM),
    Choice(id="a-7", deck="a", ask="?", options=TWO, scenario=FIRM),
    Statements(id="a-8", deck="a", ask="?", statements=TWO),
    Statements(id="a-9", deck="a", ask="?", statements=TWO),
)
KEYS = ["1", "2", "3", "a", "b", "d", "space", "down", "up", "y", "n"]


@dataclass
class World:
    """What time it is, for the learner and for the clock of the exam: tests do not wait."""

    milliseconds: int = 0

    def now(self) -> Moment:
        return NOW.later(self.milliseconds)

    def monotonic(self) -> float:
        return self.milliseconds / 1000


def pending(store: Store, now: Moment) -> list[Any]:
    """What `exam learn` would do for the last sitting that was handed in."""
    over = [kept for kept in sittings.every(store) if kept.over]
    if not over:
        return []
    return events(score(over[-1]), store.state, {card.id for card in CARDS}, now)


def sit(folder: Path, world: World, rng: random.Random, out: int) -> None:
    """Sit exams one after the other, strict ones too, and learn from each, until killed."""

    def say(**what: object) -> None:
        os.write(out, (json.dumps(what) + "\n").encode())

    with Store.open(folder, world.now()) as store:
        while True:
            store.record_all(pending(store, world.now()))
            last = [kept.id for kept in sittings.every(store) if kept.over][-1:]
            say(learned=last, clock=world.milliseconds)
            kept = sittings.latest_open(store)
            if kept is None:
                strict = rng.random() < 0.5
                paper = Paper(
                    plan=PLAN,
                    cards=CARDS,
                    wanted=len(CARDS),
                    seed=rng.randrange(99),
                    minutes=100_000,
                    strict=strict,
                )
                sitting = sittings.create(store, paper, world.now())
            else:
                sitting = sittings.come_back(store, kept, world.now())
            desk = ExamSession(
                sitting,
                lambda here, *events: sittings.record(store, here, world.now(), *events),
                world.monotonic,
            )
            while not desk.sitting.over:
                act(desk, rng)
                world.milliseconds += rng.randrange(2000)
                desk.beat()
                (count,) = store.connection.execute(
                    "SELECT count(*) FROM sitting_event WHERE sitting = ?", (sitting.id,)
                ).fetchone()
                say(sitting=sitting.id, events=count, used=desk.sitting.used, clock=world.milliseconds,
                    answers=[list(place.answer) for place in desk.sitting.places])  # fmt: skip


def act(desk: ExamSession, rng: random.Random) -> None:
    """One thing that a learner may do."""
    match rng.randrange(12):
        case 6:
            desk.go(rng.randrange(len(CARDS)))
        case 7:
            desk.mark()
        case 8:
            desk.press("backspace")
        case 9 if (to := desk.step(1)) is not None:
            desk.go(to)
        case 10:
            desk.do("strike", f"[{rng.randrange(2)}]")
        case 11 if rng.random() < 0.15:
            desk.do("submit")
        case _:
            desk.press(rng.choice(KEYS))


def killed(folder: Path, world: World, rng: random.Random) -> list[dict[str, Any]]:
    """Start a process that sits, kill it at a random moment; what it said it had done."""
    reading, writing = os.pipe()
    seed, patience = rng.random(), rng.randrange(1, 30)
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            sit(folder, world, random.Random(seed), writing)
        finally:
            os._exit(1)
    os.close(writing)
    said = b""
    while said.count(b"\n") < patience:
        got = os.read(reading, 65536)
        assert got, "the process ended by itself"
        said += got
    time.sleep(rng.random() * 0.004)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    while got := os.read(reading, 65536):
        said += got
    os.close(reading)
    return [json.loads(line) for line in said.decode().splitlines()]


def check(store: Store, told: dict[str, Any]) -> None:
    """What was told is on disk, no more than one thing besides, and the clock within five seconds."""
    kept = sittings.load(store, told["sitting"])
    assert kept is not None
    rows = store.connection.execute(
        "SELECT kind, question, value, used FROM sitting_event WHERE sitting = ? ORDER BY id",
        (told["sitting"],),
    ).fetchall()
    assert told["events"] <= len(rows) <= told["events"] + 1
    blank = Sitting(kept.id, PLAN, kept.seed, CARDS, 100_000)
    then = replay(blank, [SittingEvent(*row) for row in rows[: told["events"]]])
    assert [list(place.answer) for place in then.places] == told["answers"], "no answer lost, none doubled"
    assert -2000 <= told["used"] - kept.used <= 5000


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal")
def test_no_answer_is_lost_and_none_doubled_whenever_the_process_is_killed(tmp_path: Path) -> None:
    rng, world = random.Random(5), World()
    strict = closed = learned = 0
    with Store.open(tmp_path, NOW):
        pass
    for _ in range(KILLS):
        said = killed(tmp_path, world, rng)
        with Store.open(tmp_path, world.now()) as store:
            told = [each for each in said if "sitting" in each]
            for last in {each["sitting"]: each for each in told}.values():
                check(store, last)
            world.milliseconds = said[-1]["clock"] + rng.randrange(2_000, 600_000)
            kept = sittings.latest_open(store)
            if kept is not None and told and kept.id == told[-1]["sitting"] and kept.strict:
                back = sittings.come_back(store, kept, world.now())
                ran = back.used - told[-1]["used"]
                assert abs(ran - (world.milliseconds - told[-1]["clock"])) <= 5000, "a strict clock runs on"
                strict += 1
                closed += bool(back.locked)
            learned += len({each["learned"][0] for each in said if each.get("learned")})
    if KILLS >= 200:
        assert min(strict, closed, learned) > 5, "all of it was tried"
    with Store.open(tmp_path, world.now()) as store:
        check_learned(store)
        before = store.states()
        store.rebuild()
        assert store.states() == before
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def check_learned(store: Store) -> None:
    """Of each sitting that was handed in before the last, each question that went wrong was carried over once."""
    over = [kept for kept in sittings.every(store) if kept.over]
    found = [
        event for event in store.events() if event.origin == "exam" and event.kind in ("review", "practice")
    ]
    for kept in over[:-1]:
        wrong = {outcome.card.id for outcome in score(kept).missed}
        mine = [event.card for event in found if (event.origin_id or 0) // 10 // 1000 == kept.id]
        assert sorted(mine) == sorted(wrong)
