"""Suspensions and flags between here and the real Anki: what the learner set last stays, wherever it was set."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dp100cards.cli.main import run
from dp100cards.scheduler.event import DAY, CardState, Event, Moment
from dp100cards.store.store import Store

HOUR = DAY // 24
DECK = "deck: demo\ntitle: Demo\ncards:\n" + "".join(
    f"  - {{id: demo-{n}, kind: basic, ask: Question {n}?, answer: Answer {n}.}}\n" for n in "abc"
)


class Learner:
    """A learner with a deck of three cards, here and in Anki."""

    def __init__(self, folder: Path, anki: Any) -> None:
        self.folder, self.anki = folder, anki
        (folder / "home" / "decks").mkdir(parents=True)
        (folder / "home" / "decks" / "demo.yaml").write_text(DECK, encoding="utf-8")
        self.here("demo-a", "review", 3, hours=-400)

    def here(self, card: str, kind: str, value: int = 0, hours: float = 0) -> None:
        """Something happens here, by default now."""
        at = Moment(int(time.time() * 1000 + hours * HOUR), 0)
        rated = kind == "review"
        with Store.open(self.folder / "data", at) as store:
            store.record(
                Event(
                    card=card, kind=kind, rating=value * rated, value=value * (not rated), moment=at, origin="cards"
                )
            )  # fmt: skip

    def state(self, card: str) -> CardState:
        with Store.open(self.folder / "data", Moment(int(time.time() * 1000))) as store:
            return store.state(card)

    def dp100(self, *words: str) -> None:
        assert run(["--home", str(self.folder / "home"), "--data", str(self.folder / "data"), *words]) == 0

    def go_to_anki(self) -> None:
        self.dp100("export", "anki", "-o", str(self.folder / "out.apkg"))
        self.anki.take_in(self.folder / "out.apkg")

    def come_home(self, *, scheduling: bool = True) -> None:
        path = self.anki.package(self.folder / "back.apkg", scheduling=scheduling)
        self.dp100("import", "anki", str(path))

    def id(self, card: str) -> Any:
        return self.anki.cards()[card].id

    def answer(self, card: str) -> None:
        """Answer a card there, whatever else waits."""
        note = self.anki.collection.get_card(self.id(card))
        note.start_timer()
        states = self.anki.collection._backend.get_scheduling_states(note.id)
        self.anki.collection.sched.answer_card(
            self.anki.collection.sched.build_answer(card=note, states=states, rating=2)
        )


@pytest.fixture
def learner(tmp_path: Path, anki: Any) -> Learner:
    return Learner(tmp_path, anki)


def suspend(learner: Learner, card: str) -> None:
    learner.anki.collection.sched.suspend_cards([learner.id(card)])


def unsuspend(learner: Learner, card: str) -> None:
    learner.anki.collection.sched.unsuspend_cards([learner.id(card)])


def flag(learner: Learner, card: str, value: int) -> None:
    learner.anki.collection.set_user_flag_for_cards(value, [learner.id(card)])


def test_a_card_suspended_here_and_reviewed_there_stays_suspended(learner: Learner) -> None:
    learner.go_to_anki()
    learner.here("demo-a", "suspend", hours=-1)
    learner.answer("demo-a")
    flag(learner, "demo-a", 3)
    for _ in range(2):
        learner.come_home()
        assert learner.state("demo-a").suspended
        assert learner.state("demo-a").reps == 2
        assert learner.state("demo-a").flag == 3


def test_so_it_does_when_it_is_exported_once_more_in_between(learner: Learner) -> None:
    """Anki does not take scheduling for a card that it has: that it was handed over suspended means nothing."""
    learner.go_to_anki()
    learner.here("demo-a", "suspend", hours=-1)
    learner.go_to_anki()
    learner.answer("demo-a")
    learner.come_home()
    assert learner.state("demo-a").suspended


@pytest.mark.parametrize("between", [False, True], ids=["at once", "after an import"])
def test_a_card_handed_over_suspended_and_unsuspended_there_comes_back(
    learner: Learner, between: bool
) -> None:
    learner.here("demo-a", "suspend", hours=-1)
    learner.go_to_anki()
    assert learner.anki.cards()["demo-a"].queue == -1
    if between:
        learner.come_home()
        assert learner.state("demo-a").suspended
    unsuspend(learner, "demo-a")
    learner.answer("demo-a")
    learner.come_home()
    assert not learner.state("demo-a").suspended
    assert learner.anki.cards()["demo-a"].queue != -1
    learner.here("demo-a", "suspend", hours=0.1)
    learner.come_home()
    assert learner.state("demo-a").suspended


def test_a_card_suspended_there_is_suspended_here_and_the_other_way_round(learner: Learner) -> None:
    learner.go_to_anki()
    suspend(learner, "demo-b")
    learner.come_home()
    assert learner.state("demo-b").suspended
    unsuspend(learner, "demo-b")
    learner.anki.pass_days(-0.01)  # Anki keeps whole seconds
    learner.come_home()
    assert not learner.state("demo-b").suspended


def test_what_is_asked_again_here_stays_so_while_anki_has_it_suspended(learner: Learner) -> None:
    learner.go_to_anki()
    suspend(learner, "demo-b")
    learner.anki.pass_days(0.1)
    learner.come_home()
    learner.here("demo-b", "unsuspend", hours=-1)
    flag(learner, "demo-b", 2)  # a later change there, but not of this
    learner.come_home()
    assert not learner.state("demo-b").suspended
    assert learner.state("demo-b").flag == 2


def test_of_two_flags_the_later_one_stays(learner: Learner) -> None:
    learner.go_to_anki()
    learner.here("demo-a", "flag", 1, hours=-1)
    learner.here("demo-b", "flag", 1, hours=+1)
    for card in ("demo-a", "demo-b"):
        flag(learner, card, 4)
    learner.come_home()
    assert (learner.state("demo-a").flag, learner.state("demo-b").flag) == (4, 1)


def test_a_flag_handed_over_and_taken_away_there_is_gone(learner: Learner) -> None:
    learner.here("demo-a", "flag", 5, hours=-1)
    learner.go_to_anki()
    flag(learner, "demo-a", 0)
    learner.come_home()
    assert learner.state("demo-a").flag == 0


def test_a_file_without_learning_progress_says_nothing_of_suspensions(
    learner: Learner, capsys: pytest.CaptureFixture[str]
) -> None:
    learner.here("demo-a", "suspend", hours=-1)
    learner.here("demo-b", "flag", 3, hours=-1)
    learner.go_to_anki()
    suspend(learner, "demo-c")
    learner.come_home()
    capsys.readouterr()
    learner.come_home(scheduling=False)
    assert "holds no learning progress" in capsys.readouterr().out
    assert learner.state("demo-a").suspended
    assert learner.state("demo-b").flag == 3
    assert learner.state("demo-c").suspended


def test_on_a_new_machine_ankis_word_counts(learner: Learner, tmp_path: Path) -> None:
    learner.here("demo-a", "suspend", hours=-1)
    learner.here("demo-b", "flag", 3, hours=-1)
    learner.go_to_anki()
    learner.folder = tmp_path / "new"
    (tmp_path / "new").mkdir()
    (tmp_path / "home").rename(tmp_path / "new" / "home")
    learner.come_home()
    assert learner.state("demo-a").suspended
    assert learner.state("demo-b").flag == 3


def test_out_and_home_changes_nothing(learner: Learner, dump: Callable[[Path], list[str]]) -> None:
    for card, kind, value in (("demo-a", "suspend", 0), ("demo-b", "flag", 3), ("demo-c", "review", 1)):
        learner.here(card, kind, value, hours=-2)
    learner.go_to_anki()
    before = dump(learner.folder / "data")
    for _ in range(2):
        learner.come_home()
        assert dump(learner.folder / "data") == before
    learner.dp100("import", "anki", str(learner.folder / "out.apkg"))
    assert dump(learner.folder / "data") == before


def test_later_progress_goes_there_by_the_way_that_the_program_tells(learner: Learner) -> None:
    """Home, delete the deck there, export, import: nothing is lost and nothing doubled, on either side."""
    learner.go_to_anki()
    learner.answer("demo-b")
    learner.here("demo-c", "review", 4, hours=-3)
    learner.here("demo-b", "suspend", hours=0.1)
    learner.come_home()
    decks = learner.anki.collection.decks
    decks.remove([decks.id("DP-100")])
    learner.go_to_anki()
    assert sorted(guid for _, guid, *_ in learner.anki.log()) == ["demo-a", "demo-b", "demo-c"]
    cards = learner.anki.cards()
    assert (cards["demo-b"].queue, cards["demo-c"].type) == (-1, 2)
    learner.come_home()
    assert [learner.state(card).reps for card in ("demo-a", "demo-b", "demo-c")] == [1, 1, 1]
    assert learner.state("demo-b").suspended
