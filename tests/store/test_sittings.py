"""A sitting on disk is the sitting in hand, at every moment."""

import json
import random
from io import StringIO
from pathlib import Path

import pytest

from dp100cards.cards import Card, Choice, Match, Multiple, Option, Order, Pair, Statements
from dp100cards.decks.blueprints import parse, read_blueprint
from dp100cards.exam.blueprint import blueprint_from, plain
from dp100cards.exam.draw import Paper
from dp100cards.exam.sitting import Sitting
from dp100cards.scheduler.event import Moment
from dp100cards.session.exam import HEARTBEAT, ExamSession
from dp100cards.store import sittings
from dp100cards.store.store import Store
from dp100cards.ui.exam import Exam
from dp100cards.ui.terminal import Lines

NOW = Moment(1_790_000_000_000, 60)
PLAN = read_blueprint("dp-100")
CARDS: tuple[Card, ...] = (
    Choice(
        id="a-1",
        deck="a",
        ask="?",
        area="train",
        options=(Option("x", right=True), Option("y", because="no")),
    ),
    Multiple(
        id="a-2", deck="a", ask="?", options=(Option("x", right=True), Option("y", right=True), Option("z"))
    ),
    Order(id="a-3", deck="a", ask="?", items=("one", "two", "three")),
    Match(id="a-4", deck="a", ask="?", pairs=(Pair("l", "1"), Pair("m", "2"))),
    Statements(id="a-5", deck="a", ask="?", statements=(Option("s", right=True), Option("t"))),
)


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def session(store: Store, sitting: Sitting, now: Moment, watch: Watch) -> ExamSession:
    return ExamSession(sitting, lambda here, *events: sittings.record(store, here, now, *events), watch)


def desk(store: Store, watch: Watch, minutes: int = 10) -> ExamSession:
    waiting = sittings.latest_open(store)
    sitting = (
        waiting
        if waiting
        else sittings.create(
            store, Paper(plan=PLAN, cards=CARDS, wanted=len(CARDS), seed=5, minutes=minutes), NOW
        )
    )
    made = session(store, sitting, NOW, watch)
    made.message = ""
    return made


def test_a_sitting_keeps_its_own_copy_of_each_question(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        made = sittings.create(
            store, Paper(plan=PLAN, cards=CARDS, wanted=len(CARDS), seed=5, minutes=10), NOW
        )
        kept = sittings.load(store, made.id)
    assert kept is not None
    assert kept == made
    assert kept.questions == CARDS
    assert plain(kept.plan) == plain(PLAN)


KEYS = ["1", "2", "3", "a", "b", "d", "space", "down", "up", "y", "n", "left", "right"]


def test_killed_at_200_random_moments_no_answer_is_lost_and_the_clock_within_five_seconds(
    tmp_path: Path,
) -> None:
    """What is in hand is thrown away, as a kill would, and taken up again from the disk."""
    rng = random.Random(1)
    with Store.open(tmp_path, NOW) as store:
        watch = Watch()
        here = desk(store, watch, minutes=10_000)
        for _ in range(200):
            for _ in range(rng.randrange(1, 12)):
                watch.seconds += rng.random() * 2
                action = rng.randrange(10)
                if action < 6:
                    here.press(rng.choice(KEYS))
                elif action == 6:
                    here.go(rng.randrange(len(CARDS)))
                elif action == 7:
                    here.mark()
                elif action == 8:
                    here.press("backspace")
                here.beat()
            before = here.sitting
            used = here.sitting.used
            here = desk(store, watch)
            assert [p.answer for p in here.sitting.places] == [p.answer for p in before.places]
            assert here.sitting.marked == before.marked
            assert here.sitting.at == before.at
            assert 0 <= used - here.sitting.used <= 5000
            assert (
                here.attempt.answer == before.places[before.at].answer or not before.places[before.at].answer
            )


def test_the_clock_is_a_deadline_and_hands_in_by_itself(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        watch = Watch()
        here = desk(store, watch, minutes=12)
        here.press("1")
        watch.seconds += 119
        here.beat()
        assert here.message == ""
        watch.seconds += 2
        here.beat()
        assert here.message == "10 minutes left."
        watch.seconds += 60 * 60
        here.beat()
        assert here.sitting.phase == "timed out"
        assert here.sitting.places[0].answered
        assert sittings.latest_open(store) is None


def test_each_warning_comes_once(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        watch = Watch()
        here = desk(store, watch, minutes=12)
        told = []
        for _ in range(11 * 60 + 50):
            watch.seconds += 1
            here.message = ""
            here.beat()
            told += [here.message] if here.message else []
        assert told == ["10 minutes left.", "5 minutes left.", "1 minute left."]


def test_the_clock_is_written_down_at_least_every_five_seconds(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        watch = Watch()
        here = desk(store, watch)
        for _ in range(40):
            watch.seconds += 0.5
            here.beat()
            kept = sittings.latest_open(store)
            assert kept is not None
            assert here.sitting.used - kept.used <= HEARTBEAT + 500


def test_the_clock_waits_while_the_sitting_is_paused(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        watch = Watch()
        here = desk(store, watch)
        watch.seconds += 30
        here.mark()
        watch.seconds += 100_000
        again = desk(store, watch)
        assert again.sitting.left == 10 * 60_000 - 30_000


def test_an_answer_comes_back_as_it_was_put_in(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        here = desk(store, Watch())
        pressed = {0: ["2"], 1: ["1", "3"], 2: ["c", "a", "b"], 3: ["b", "a"], 4: ["y", "n"]}
        answers = {}
        for n, keys in pressed.items():
            here.go(n)
            for key in keys:
                assert here.press(key)
            answers[n] = here.attempt.answer
            assert here.sitting.places[n].answer == answers[n]
        for n, answer in answers.items():
            here.go(n)
            assert here.attempt.answer == answer


def test_a_blueprint_from_before_scenarios_and_shares_is_still_read() -> None:
    old = {
        "name": "DP-100", "title": "T", "status": "S", "source": "A study guide", "minutes": 100, "questions": 50,
        "cut": 0.7, "pass": 700, "kinds": ["choice", "statements"], "areas": [{"id": "a", "title": "A", "weight": [20.0, 25.0]}],
        "sections": [{"title": "Case study", "kinds": [], "tags": ["case-study"], "locks": "section"}],
    }  # fmt: skip
    read = parse(json.dumps(old), "blueprint")
    assert (read.source, read.sections[0].tags, read.shares) == ("A study guide", ("case-study",), ())
    assert read == blueprint_from(old)
    assert plain(blueprint_from(json.loads(json.dumps(plain(PLAN))))) == plain(PLAN)


def test_one_pick_more_than_asked_for_is_refused_with_a_hint_and_recorded_nowhere(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        here = desk(store, Watch())
        here.go(1)
        here.press("1")
        here.press("2")
        before = here.sitting
        here.message = ""
        assert here.press("3")
        assert here.message == "Already 2 chosen; deselect one first."
        assert here.sitting == before
        assert len(here.sitting.places[1].answer) == 2


def test_events_of_a_sitting_are_never_changed(tmp_path: Path) -> None:
    import sqlite3

    with Store.open(tmp_path, NOW) as store:
        here = desk(store, Watch())
        here.press("1")
        for statement in ("UPDATE sitting_event SET value = ''", "DELETE FROM sitting_event"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                store.connection.execute(statement)
        assert json.loads(
            store.connection.execute("SELECT value FROM sitting_event WHERE kind = 'answer'").fetchone()[0]
        )


@pytest.mark.parametrize("strict", [False, True])
def test_in_a_break_the_clock_waits_or_in_a_strict_sitting_runs_on(tmp_path: Path, strict: bool) -> None:
    with Store.open(tmp_path, NOW) as store:
        made = sittings.create(
            store, Paper(plan=PLAN, cards=CARDS, wanted=len(CARDS), seed=5, minutes=10, strict=strict), NOW
        )
        here = session(store, made, NOW.later(30_000), watch := Watch())
        watch.seconds += 30
        here.press("1")
        kept = sittings.latest_open(store)
        assert kept is not None
        assert kept.strict is strict
        later = NOW.later(30_000 + 120_000)
        assert sittings.away(store, kept, later) == 120_000
        back = sittings.come_back(store, kept, later)
        assert back.left == (10 * 60_000 - 150_000 if strict else 10 * 60_000 - 30_000)
        assert back.locked == ({0} if strict else set())
        again = sittings.latest_open(store)
        assert again is not None
        assert again == back


def test_a_strict_sitting_whose_time_ran_out_in_the_break_is_handed_in(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        sittings.create(
            store, Paper(plan=PLAN, cards=CARDS, wanted=len(CARDS), seed=5, minutes=10, strict=True), NOW
        )
        kept = sittings.latest_open(store)
        assert kept is not None
        later = NOW.later(86_400_000)
        here = session(store, sittings.come_back(store, kept, later), later, Watch())
        here.beat()
        assert here.sitting.phase == "timed out"
        assert here.sitting.used == 10 * 60_000


def test_a_clock_that_was_set_back_gives_no_time_away(tmp_path: Path) -> None:
    with Store.open(tmp_path, NOW) as store:
        sittings.create(
            store, Paper(plan=PLAN, cards=CARDS, wanted=len(CARDS), seed=5, minutes=10, strict=True), NOW
        )
        kept = sittings.latest_open(store)
        assert kept is not None
        assert sittings.away(store, kept, NOW.later(-5_000_000)) == 0


@pytest.mark.parametrize("leaves", ["q\ny\n", ""])
def test_who_pauses_gains_nothing_by_it(tmp_path: Path, leaves: str) -> None:
    watch = Watch()
    with Store.open(tmp_path, NOW) as store:
        for times in (1, 2, 3):
            at_desk = desk(store, watch)
            watch.seconds += (HEARTBEAT - 500) / 1000
            lines = Lines(StringIO(), StringIO(leaves))
            lines.run(Exam(lines, at_desk))
            kept = sittings.latest_open(store)
            assert kept is not None
            assert kept.used == times * (HEARTBEAT - 500)
