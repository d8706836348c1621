"""Cards in every state go to the real Anki as they are, by parameters of the learner's own, and come home unchanged."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cards import Basic, Card
from dp100cards.exchange.anki_file import opened
from dp100cards.exchange.anki_in import Here, Intake, take
from dp100cards.exchange.anki_out import Package, Schedule
from dp100cards.scheduler.engine import DEFAULTS, Engine, replay
from dp100cards.scheduler.event import DAY, Event, Moment, day_of

NOW = Moment(int(time.time() * 1000), time.localtime().tm_gmtoff // 60)
MINE = Engine(parameters=(0.4, 1.1, 3.2, 12.5, *DEFAULTS[4:20], 0.2), retention=0.85)

Story = list[tuple[float, str, int]]
"""Days ago, kind of event, rating or value."""

LEARNED: Story = [(40, "review", 3), (39.99, "review", 3), (30, "review", 3)]

STORIES: dict[str, Story] = {
    "new": [],
    "new-suspended": [(3, "suspend", 0)],
    "new-flagged": [(3, "flag", 5)],
    "new-practised": [(3, "practice", 1)],
    "learning": [(0.001, "review", 3)],
    "learning-again": [(0.002, "review", 3), (0.001, "review", 1)],
    "learning-suspended": [(2, "review", 1), (1, "suspend", 0)],
    "review": LEARNED,
    "review-practised": [*LEARNED, (2, "practice", 0)],
    "review-flagged": [*LEARNED, (2, "flag", 1)],
    "review-flag-gone": [*LEARNED, (2, "flag", 1), (1, "flag", 0)],
    "review-suspended-flagged": [*LEARNED, (2, "suspend", 0), (1, "flag", 7)],
    "review-asked-again": [*LEARNED, (2, "suspend", 0), (1, "unsuspend", 0)],
    "review-buried": [*LEARNED, (0.1, "bury", 10**9)],
    "relearning": [*LEARNED, (0.001, "review", 1)],
    "relearning-hard": [*LEARNED, (0.002, "review", 1), (0.001, "review", 2)],
    "relearning-suspended": [*LEARNED, (2, "review", 1), (1, "suspend", 0)],
    "relearned": [*LEARNED, (5, "review", 1), (4.99, "review", 3)],
    "forgotten": [*LEARNED, (5, "forget", 0)],
    "forgotten-learned": [
        *LEARNED,
        (9, "forget", 0),
        (8, "review", 3),
        (7.99, "review", 3),
        (3, "review", 4),
    ],
    "forgotten-twice": [*LEARNED, (9, "forget", 0), (8, "review", 3), (7, "forget", 0), (6, "review", 4)],
    "forgotten-learning": [*LEARNED, (9, "forget", 0), (0.001, "review", 3)],
    "rebuilt": [*LEARNED, (2, "relearn", 0)],
    "rebuilt-answered": [*LEARNED, (5, "relearn", 0), (4, "review", 3)],
    "rebuilt-not-known": [*LEARNED, (5, "relearn", 0), (4, "review", 1), (3.99, "review", 3)],
    "rebuilt-suspended": [*LEARNED, (2, "relearn", 0), (1, "suspend", 0)],
    "many-lapses": [
        *LEARNED,
        *((20 - n + part, "review", r) for n in range(9) for part, r in ((0.5, 1), (0.49, 3))),
    ],
}

CARDS: list[Card] = [Basic(id=f"demo-{id_}", deck="demo", ask=f"{id_}?", answer="A.") for id_ in STORIES]


def events() -> list[Event]:
    told = [
        Event(
            card=f"demo-{id_}", kind=kind, moment=Moment(NOW.at - int(ago * DAY), NOW.offset), took=3000 * (kind == "review"),
            rating=value if kind == "review" else 0, value=0 if kind == "review" else value,
        )
        for id_, story in STORIES.items()
        for ago, kind, value in story
    ]  # fmt: skip
    return sorted(told, key=lambda event: event.moment.at)


def schedule(engine: Engine) -> Schedule:
    mine: dict[str, list[Event]] = {}
    for event in events():
        mine.setdefault(event.card, []).append(event)
    return Schedule(engine, {id_: replay(engine, id_, theirs) for id_, theirs in mine.items()}, mine)


def home(path: Path, past: list[Event], engine: Engine) -> Intake:
    by_card: dict[str, list[Event]] = {}
    for event in past:
        by_card.setdefault(event.card, []).append(event)
    states = {card: replay(engine, card, mine) for card, mine in by_card.items()}
    with opened(path) as connection:
        return take(connection, {card.id for card in CARDS}, Here(past, states, NOW, lambda _: NOW.offset))


@pytest.mark.parametrize("engine", [Engine(), MINE], ids=["published", "fitted"])
def test_every_state_arrives_and_comes_home_unchanged(anki: Any, tmp_path: Path, engine: Engine) -> None:
    out, plan = tmp_path / "out.apkg", schedule(engine)
    Package(CARDS, {"demo": "Demo"}, "DP-100", NOW, {}, plan).write(out)
    anki.take_in(out)
    today, cards = anki.collection.sched.today, anki.cards()
    kinds = {"new": 0, "learning": 1, "review": 2, "relearning": 3}
    for id_ in STORIES:
        card, state = cards[f"demo-{id_}"], plan.states.get(f"demo-{id_}", None)
        if state is None:
            assert (card.type, card.queue, card.flags) == (0, 0, 0)
            continue
        assert card.type == kinds[state.phase], id_
        assert (card.queue == -1) == state.suspended, id_
        assert card.user_flag() == state.flag, id_
        if state.is_new:
            assert (card.reps, card.memory_state) == (0, None), id_
            continue
        assert (card.reps, card.lapses) == (state.reps, state.lapses), id_
        if state.phase == "review":
            assert (card.due - today, card.ivl) == (state.due_day - day_of(NOW), state.interval), id_
        else:
            assert card.due == state.due_at // 1000, id_
        stored, said = card.memory_state, anki.collection.compute_memory_state(card.id)
        assert said.desired_retention == pytest.approx(engine.retention)
        assert said.decay == pytest.approx(engine.parameters[20])
        # Of what Anki stores it keeps four and three digits; what it computes from the log agrees to 1e-5.
        for memory, digits in ((stored, 1), (said, 0)):
            assert memory.stability == pytest.approx(state.stability, rel=1e-5, abs=1e-4 * digits), id_
            assert memory.difficulty == pytest.approx(state.difficulty, rel=1e-5, abs=1e-3 * digits), id_
    for legacy in (True, False):
        assert home(anki.package(tmp_path / "back.apkg", legacy=legacy), events(), engine).events == ()
    # A new machine, to which only what Anki kept comes: all is there that Anki has a place for.
    came = home(tmp_path / "back.apkg", [], engine)
    for kind in ("review", "forget"):
        assert came.count(kind) == sum(event.kind == kind for event in events())
    assert came.count("suspend") == sum(state.suspended for state in plan.states.values())
    assert came.count("flag") == sum(state.flag > 0 for state in plan.states.values())


def test_the_learners_parameters_become_the_preset_of_the_decks(anki: Any, tmp_path: Path) -> None:
    Package(CARDS, {"demo": "Demo"}, "DP-100", NOW, {}, schedule(MINE)).write(tmp_path / "out.apkg")
    anki.take_in(tmp_path / "out.apkg")
    for name in ("DP-100", "DP-100::Demo"):
        preset = anki.collection.decks.config_dict_for_deck_id(anki.collection.decks.id(name))
        assert preset["fsrsParams6"] == pytest.approx(MINE.parameters)
        assert preset["desiredRetention"] == pytest.approx(0.85)
        assert preset["new"]["delays"] == [1.0, 10.0]
        assert preset["lapse"]["delays"] == [10.0]


def test_what_is_answered_there_after_a_rebuild_or_a_new_start_means_the_same_here(
    anki: Any, new_anki: Callable[[], Any], tmp_path: Path
) -> None:
    """Memory after an answer there is what the same answer makes of it here."""
    Package(CARDS, {"demo": "Demo"}, "DP-100", NOW, {}, schedule(MINE)).write(tmp_path / "out.apkg")
    anki.take_in(tmp_path / "out.apkg")
    done = anki.answer(40, [3] * 40)
    answered = {guid for guid, _ in done}
    assert {"demo-rebuilt", "demo-forgotten", "demo-relearning", "demo-learning"} <= answered
    intake = home(anki.package(tmp_path / "back.apkg"), events(), MINE)
    assert sorted((e.card, e.rating) for e in intake.events if e.kind == "review") == sorted(done)
    assert {e.kind for e in intake.events} == {"review"}
    for id_, card in anki.cards().items():
        if id_ in answered:
            mine = [e for e in (*events(), *intake.events) if e.card == id_]
            state = replay(MINE, id_, mine)
            assert card.memory_state.stability == pytest.approx(state.stability, rel=2e-3), id_
            assert card.memory_state.difficulty == pytest.approx(state.difficulty, abs=5e-3), id_
            assert (card.type == 2) == (state.phase == "review"), id_
