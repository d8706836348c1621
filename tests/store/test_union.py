"""Histories of several machines: united in any order, any number of times, they are the same."""

from __future__ import annotations

import json
import random
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dp100cards.cards import Card, Choice, Option
from dp100cards.config import StudyOptions
from dp100cards.decks.blueprints import read_blueprint
from dp100cards.errors import ContentError
from dp100cards.exam.draw import Paper
from dp100cards.exam.sitting import SittingEvent
from dp100cards.readiness import Readiness
from dp100cards.scheduler.engine import DEFAULTS, Engine
from dp100cards.scheduler.event import DAY, CardState, Event, Moment, day_of
from dp100cards.store import daily, disk, sittings, union
from dp100cards.store.daily import ExamPlan, exam_plan, keep_exam_plan
from dp100cards.store.sittings import keep_forecast
from dp100cards.store.store import FILE, Store
from tests.store.test_backups import spoil, study
from tests.store.test_first_edition import NOW as LAST_DAY
from tests.store.test_first_edition import a_copy

NOW = Moment(1_790_000_000_000, 60)
PLAN = read_blueprint("dp-100")
CARDS: tuple[Card, ...] = tuple(
    Choice(id=f"a-{n}", deck="a", ask="?", area="train", options=(Option("x", right=True), Option("y")))
    for n in range(3)
)
MEMORY = Path("/dev/shm")
"""Hundreds of files are made and synced here; no power fails in this test."""
KINDS = (
    ["review"] * 5 + ["undo", "suspend", "unsuspend", "bury", "flag", "forget", "reject", "unreject", "anki"]
    + ["sit", "answer", "answer", "submit", "give-up", "learn", "plan", "fit"]
)  # fmt: skip
steps = st.lists(
    st.tuples(
        st.sampled_from(KINDS), st.integers(0, 2), st.integers(1, 4),
        st.sampled_from([0, 1, 60_000, 3_600_000, DAY, 9 * DAY, -DAY, -60_000]), st.sampled_from([60, -300, 840]),
    ),
    max_size=12,
)  # fmt: skip
Steps = list[tuple[str, int, int, int, int]]


def live(store: Store, steps: Steps) -> None:
    """What a learner does on one machine."""
    store.connection.execute("PRAGMA synchronous = OFF")  # no power cut in this test
    at = NOW.at
    for kind, which, rating, wait, offset in steps:
        at += wait
        moment, card = Moment(at, offset), f"a-{which}"
        waiting = sittings.latest_open(store)
        match kind:
            case "undo":
                if last := next(store.undoable(), None):
                    store.undo(last, moment)
            case "reject":
                store.record(Event(card, "reject", moment, key=f"key {rating}"))
            case "unreject":
                store.record(Event(card, "unreject", moment, origin="cards"))
            case "anki":
                at_home = Moment(NOW.at + which * DAY + rating, offset)
                review = Event(
                    card=card,
                    kind="review",
                    rating=rating,
                    moment=at_home,
                    origin="anki",
                    origin_id=at_home.at,
                )
                store.record_all([review])
            case "sit":
                made = sittings.create(
                    store, Paper(plan=PLAN, cards=CARDS, wanted=len(CARDS), seed=rating, minutes=10), moment
                )
                said = Readiness(low=0.1, high=0.2, middle=0.1, least=0.3, most=0.6, expected=0.5, areas=())
                basis = {"begun": which, "cards": 3, "mocks": 0}
                keep_forecast(store, made.id, PLAN.name, said, basis, moment)
            case "answer" | "submit" if waiting:
                value = json.dumps([rating % 2]) if kind == "answer" else ""
                sittings.record(store, waiting, moment, SittingEvent(kind, which, value, rating * 1000))
            case "give-up" if waiting:
                sittings.give_up(store, waiting, moment)
            case "learn":
                ids = [(kept.id * 1000 + which) * 10 for kept in sittings.every(store)]
                store.record_all(
                    [
                        Event(card=card, kind="review", rating=1, moment=moment, origin="exam", origin_id=id_)
                        for id_ in ids
                    ]
                )
            case "plan":
                keep_exam_plan(store, PLAN.name, ExamPlan(minutes=rating), moment)
            case "fit":
                store.keep_fitted((*DEFAULTS[:-1], 0.1 + rating / 10), at=at)
            case "review":
                store.record(Event(card=card, kind="review", rating=rating, moment=moment, took=rating * 999))
            case "suspend" | "unsuspend" | "bury" | "flag" | "forget":
                store.record(
                    Event(
                        card=card, kind=kind, moment=moment, value=rating if kind in ("bury", "flag") else 0
                    )
                )


def known(store: Store) -> object:
    """All that a learner can see of a history, and the history itself."""
    store.use(Engine())
    days = daily.days(store, day_of(NOW) - 99, day_of(NOW) + 199)
    seen = [(kept.phase, kept.places, kept.begun, kept.forecast) for kept in sittings.every(store)]
    states = {card: state for card, state in store.states().items() if state != CardState(card=card)}
    return (
        list(union.export(store)), states, store.rejected(), days, daily.streak(store, day_of(NOW) + 20),
        seen, exam_plan(store, PLAN.name, StudyOptions()), store.engine,
    )  # fmt: skip


def united(store: Store, other: list[str]) -> union.Merged:
    store.connection.execute("PRAGMA synchronous = OFF")
    return union.merge(store, union.read("\n".join(other), "h.jsonl"), "h.jsonl")


@settings(max_examples=40, phases=[Phase.generate])
@given(shared=steps, apart=st.lists(steps, min_size=2, max_size=3), rng=st.randoms(use_true_random=False))
def test_histories_united_in_any_order_any_number_of_times_are_the_same(
    shared: Steps, apart: list[Steps], rng: random.Random
) -> None:
    """Machines that began as copies of one file, or of nothing, and went on apart."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        machines(Path(folder), shared, apart, rng)


def machines(home: Path, shared: Steps, apart: list[Steps], rng: random.Random) -> None:
    told = []
    with Store.open(home / "shared", NOW) as store:
        live(store, shared)
        beginning = list(union.export(store))
    for n, mine in enumerate(apart):
        with Store.open(home / f"{n}", NOW) as store:
            if rng.random() < 0.7:
                united(store, beginning)
            live(store, mine)
            told.append(list(union.export(store)))
    results = []
    for n, order in enumerate(permutations(range(len(told)))):
        with Store.open(home / f"united-{n}", NOW) as store:
            for which in order:
                for _ in range(rng.randint(1, 2)):
                    united(store, told[which])
            once = known(store)
            for which in rng.choices(range(len(told)), k=2):
                assert united(store, told[which]).events == 0
            united(store, list(union.export(store)))
            assert known(store) == once, "nothing is new a second time"
            results.append(once)
            store.rebuild()
            assert known(store) == once, "and states are those of the events"
    assert all(result == results[0] for result in results)
    # Each to its neighbour, and on: in the end all know all.
    with Store.open(home / "0", NOW) as one, Store.open(home / "1", NOW) as other:
        for _ in range(2):
            united(one, list(union.export(other)))
            united(other, list(union.export(one)))
        assert known(one) == known(other)


def test_two_copies_of_a_first_edition_that_went_on_apart_are_united(tmp_path: Path) -> None:
    later = LAST_DAY.later(DAY)
    with (
        Store.open(a_copy(tmp_path / "one"), later) as one,
        Store.open(a_copy(tmp_path / "two"), later) as two,
    ):
        before = len(list(one.events(undone=True)))
        for store, card in ((one, "workspace-md2lvs"), (two, "datastore-ozhorx")):
            store.record(Event(card=card, kind="review", rating=3, moment=later))
        waiting = sittings.latest_open(two)
        assert waiting is not None
        sittings.record(two, waiting, later, SittingEvent("submit", used=9_000_000))
        got = united(one, list(union.export(two)))
        assert (got.events, got.cards, got.sittings) == (1, 1, 0)
        assert united(two, list(union.export(one))).events == 1
        assert known(one) == known(two)
        assert len(list(one.events(undone=True))) == before + 2
        assert sittings.latest_open(one) is None, "the sitting that was handed in there"


def test_what_was_done_elsewhere_is_not_undone_here(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one", NOW) as one, Store.open(tmp_path / "two", NOW) as two:
        one.record(Event(card="mine", kind="review", rating=3, moment=NOW))
        two.record(Event(card="theirs", kind="review", rating=3, moment=NOW.later(DAY)))
        united(one, list(union.export(two)))
        last = next(one.undoable(), None)
        assert last is not None
        assert last.card == "mine"


def exported(folder: Path) -> list[str]:
    with Store.open(folder, NOW) as store:
        live(
            store,
            [("review", 0, 3, 0, 60), ("sit", 0, 1, 0, 60), ("answer", 1, 1, 0, 60), ("plan", 0, 2, 0, 60)],
        )
        return list(union.export(store))


@pytest.mark.parametrize(
    ("line", "text", "said"),
    [
        (0, '{"a": 1}', "h.jsonl:1: this is not a history of dp100cards"),
        (0, '{"dp100cards": "progress", "version": 9}', "h.jsonl:1: this was written by a newer dp100cards"),
        (0, "[" * 9999, "h.jsonl:1: this is not a history"),
        (1, "{", "h.jsonl:2: this is not a line"),
        (1, '{"event": {"uid": 1, "turn": 1, "card": "a", "kind": "review", "at": -5, "rating": 3, "origin": "study"}}', ":2: "),
        (1, '{"event": {"uid": 1e99, "turn": 1, "card": "a", "kind": "review", "at": 5}}', "h.jsonl"),
        (1, '{"event": {"uid": 1, "turn": 1, "card": "a", "kind": "dance", "at": 5, "origin": "study"}}', "no event of the kind"),
        (1, '{"event": {"uid": 1, "turn": 1, "card": "a", "kind": "review", "at": 5, "rating": 7, "origin": "x"}}', "h.jsonl:2: this is not a line"),
        (1, '{"event": {"uid": 1, "turn": 1, "card": "a", "kind": "undo", "at": 5, "undone": 99, "origin": "x"}}', "makes no sense"),
        (1, '{"event": {"uid": 1, "turn": 1, "card": "\\ud800", "kind": "forget", "at": 5, "origin": "x"}}', ":2: "),
        (1, '{"move": {"uid": 1, "turn": 1, "whose": 5, "kind": "go", "at": 5}}', "makes no sense"),
        (1, '{"question": {"uid": 1, "number": 1, "card": "a", "deck": "a", "body": "{}"}}', ":2: "),
        (1, '{"forecast": {"uid": 1, "exam": "a", "at": 5, "basis": "{\\"begun\\": []}"}}', ":2: "),
        (1, '{"setting": {"name": "x", "value": "y", "extra": 1}}', ":2: "),
        (-1, "{}", "ends too early"),
        (-1, "", "ends too early"),
    ],
)  # fmt: skip
def test_what_is_no_history_is_refused_with_its_line_and_changes_nothing(
    tmp_path: Path, line: int, text: str, said: str
) -> None:
    lines = exported(tmp_path / "one")
    lines[line] = text
    with Store.open(tmp_path / "two", NOW) as store:
        store.record(Event(card="x", kind="review", rating=3, moment=NOW))
        before = known(store)
        with pytest.raises(ContentError) as caught:
            united(store, lines)
        assert said in caught.value.message
        assert known(store) == before


@pytest.mark.parametrize(
    "wrong", [{"minutes": "90"}, {"title": 5}, {"areas": [{"id": "a", "weight": 0}]}, {"cut": None}, {"x": 1}]
)
def test_a_sitting_of_a_blueprint_that_is_none_is_refused_with_its_line(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    lines = exported(tmp_path / "one")
    number = next(n for n, line in enumerate(lines) if line.startswith('{"sitting"'))
    record = json.loads(lines[number])
    blueprint = json.loads(record["sitting"]["blueprint"]) | wrong
    record["sitting"]["blueprint"] = json.dumps(blueprint)
    lines[number] = json.dumps(record)
    with Store.open(tmp_path / "two", NOW) as store, pytest.raises(ContentError) as caught:
        united(store, lines)
    assert caught.value.message.startswith(f"h.jsonl:{number + 1}: this is not a line")


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029", "\n", "\r\n", "\x0c"])
def test_an_answer_may_hold_what_ends_a_line_elsewhere(tmp_path: Path, odd: str) -> None:
    with Store.open(tmp_path / "one", NOW) as one, Store.open(tmp_path / "two", NOW) as two:
        one.record(Event(card="x", kind="review", rating=3, moment=NOW, answer=f"a{odd}b"))
        assert united(two, list(union.export(one))).events == 1
        assert [event.answer for event in two.events()] == [f"a{odd}b"]


def test_half_a_file_is_noticed(tmp_path: Path) -> None:
    text = "\n".join(exported(tmp_path / "one")) + "\n"
    for end in range(0, len(text) - 2, 37):
        with pytest.raises(ContentError, match=r"h\.jsonl"):
            union.read(text[:end], "h.jsonl")


def test_what_can_still_be_read_of_a_damaged_file_is_taken_along(tmp_path: Path) -> None:
    with Store.open(tmp_path / "damaged", NOW) as damaged:
        live(
            damaged,
            [
                ("review", 0, 3, 0, 60),
                ("review", 1, 3, DAY, 60),
                ("sit", 0, 1, 0, 60),
                ("answer", 1, 1, 0, 60),
            ],
        )
        path = damaged.path
        with Store.open(tmp_path / "backup", NOW) as store:
            assert union.salvage(store, path).events == 2
            assert len(store.states()) == 2
            assert union.salvage(store, tmp_path / "nothing.db").events == 0


def restored(path: Path, card: str) -> Path:
    """Spoil the page with the last event of a card, and put the newest backup in place; the spoiled file."""
    chosen = disk.newest_good(path)
    assert chosen is not None
    spoil(path, card)
    aside = disk.restore(path, chosen, NOW)
    assert aside is not None
    return aside


def test_what_came_after_a_bad_page_is_taken_along(tmp_path: Path) -> None:
    """The backup has what came before."""
    for day in range(5):
        study(tmp_path, day, 60)
    study(tmp_path, 5, 300)
    with Store.open(tmp_path, NOW.later(5 * DAY)) as store:
        undone = [event for event in store.undoable() if event.card in ("d2-30", "d4-59", "d5-100", "d5-299")]
        for event in undone:
            store.undo(event, NOW.later(5 * DAY))
    aside = restored(tmp_path / FILE, "d5-100")
    with Store.open(tmp_path, NOW) as store:
        assert len(list(store.events(undone=True))) == 300
        assert 200 <= union.salvage(store, aside).events < 303
        assert [store.state(event.card).reps for event in undone] == [0, 0, 0, 0]
        cards = store.states().keys()
        assert {"d5-0", "d5-298"} <= cards
        assert "d5-101" not in cards


def test_a_bad_last_page_takes_no_other_along(tmp_path: Path) -> None:
    study(tmp_path, 0, 60)
    study(tmp_path, 1, 300)
    aside = restored(tmp_path / FILE, "d1-299")
    with Store.open(tmp_path, NOW) as store:
        assert 200 <= union.salvage(store, aside).events < 300


@pytest.mark.parametrize(("rating", "took"), [(9, 0), (0, 0), (3, -1)])
def test_a_row_that_is_none_any_more_takes_no_other_along(tmp_path: Path, rating: int, took: int) -> None:
    study(tmp_path / "one", 0, 3)
    with Store.open(tmp_path / "one", NOW) as one, Store.open(tmp_path / "two", NOW) as two:
        one.connection.execute("PRAGMA ignore_check_constraints = ON")
        row = {"uid": 1, "turn": 1, "card": "a", "kind": "review", "at": 5, "offset": 0}
        one.insert("event", row | {"rating": rating, "took": took})
        assert union.salvage(two, one.path).events == 3


def test_an_exams_event_is_known_by_its_sitting_also_in_a_file_of_before(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one", NOW) as one, Store.open(tmp_path / "two", NOW) as two:
        live(one, [("sit", 0, 1, 0, 60), ("learn", 0, 1, DAY, 60), ("learn", 1, 1, DAY, 60)])
        live(two, [("sit", 0, 1, 0, 60)])
        before = []
        for line in union.export(one):
            kind, record = next(iter(json.loads(line).items()))
            if kind == "event":
                record["origin_id"] = [record.pop("exam"), record.get("origin_id", 0)]
                line = json.dumps({kind: record})
            before.append(line)
        assert united(two, before).events == 2
        assert united(two, list(union.export(one))).events == 0
        theirs = max(kept.id for kept in sittings.every(two))
        assert [event.origin_id for event in two.events()] == [theirs * 10_000, theirs * 10_000 + 10]
