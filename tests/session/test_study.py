from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.cards import Answer, Basic, Card, Choice, Code, Option
from dp100cards.scheduler.engine import Engine, replay
from dp100cards.scheduler.event import MINUTE, CardState, Event, Moment
from dp100cards.scheduler.queue import Queue
from dp100cards.session import study
from dp100cards.session.study import ANSWERED, ASKING, FINISHED, SessionOptions, StudySession

NOW = Moment(1_795_420_800_000, 60)
CHOICE = Choice(id="c", deck="d", ask="?", options=(Option("yes", right=True), Option("no")))


class Records:
    """What was recorded, in a list."""

    def __init__(self) -> None:
        self.engine, self.recorded = Engine(), list[Event]()

    def version(self) -> int:
        return 1

    def state(self, card: str) -> CardState:
        return replay(self.engine, card, [event for event in self.recorded if event.card == card])

    def record_all(self, events: Sequence[Event]) -> list[Event]:
        first = max((event.id for event in self.recorded), default=0) + 1
        self.recorded += [event._replace(id=n, turn=n) for n, event in enumerate(events, first)]
        return self.recorded[-len(events) :]

    def undo(self, event: Event, moment: Moment) -> Event:
        self.recorded.remove(event)
        return event

    def undoable(self) -> Iterator[Event]:
        return reversed(self.recorded)

    def events(self, card: str) -> Iterator[Event]:
        return (event for event in self.recorded if event.card == card)

    def back_up(self) -> None:
        return


class At:
    """A session whose clock is set by hand."""

    def __init__(
        self, *ids: str, new: tuple[str, ...] = (), learning: tuple[tuple[int, str], ...] = (), card: Card = CHOICE,
        **options: Any,
    ) -> None:  # fmt: skip
        self.now = NOW
        self.records, self.queue = Records(), Queue(main=ids, learning=learning, new=frozenset(new))
        index = SimpleNamespace(card=lambda id_: replace(card, id=id_), siblings=lambda _: [], key_of=str)
        self.session = StudySession(
            self.records, cast(Any, index), lambda: self.now, lambda *_: self.queue, SessionOptions(**options)
        )

    def rated(self, rating: int, minutes: float = 0) -> StudySession:
        self.now = self.now.later(round(minutes * MINUTE))
        self.session.show()
        assert self.session.rate(rating)
        return self.session


def given_(card: Card, answer: Answer) -> StudySession:
    session = At("c", card=card).session
    session.show(answer)
    return session


def test_a_rating_before_the_reveal_does_nothing() -> None:
    at = At("a")
    for rating in (0, 1, 2, 3, 4, 5):
        assert not at.session.rate(rating)
    assert at.session.ratings == ()
    assert (at.session.phase, at.session.current, at.records.recorded) == (ASKING, "a", [])


def test_again_comes_back_in_the_same_session_and_interrupts_when_it_is_due() -> None:
    at = At("a", "b", "c")
    assert at.rated(1).current == "b"
    session = at.rated(4, minutes=2)
    assert (session.current, session.group) == ("a", "learning")


def test_when_nothing_else_is_left_a_learning_card_is_asked_before_its_time() -> None:
    session = At("a").rated(1)
    assert (session.phase, session.current) == (ASKING, "a")
    far = At(learning=((NOW.at + 25 * MINUTE, "z"),)).session
    assert far.phase == FINISHED
    assert far.learning == [(NOW.at + 25 * MINUTE, "z")]


def test_a_wrong_choice_can_only_be_rated_again() -> None:
    wrong = given_(CHOICE, (1,))
    assert (wrong.phase, wrong.ratings, wrong.usual_rating) == (ANSWERED, (1,), 1)
    assert not wrong.rate(3)
    right = given_(CHOICE, (0,))
    assert (right.ratings, right.usual_rating) == ((1, 2, 3, 4), 3)


def test_a_typed_answer_is_compared_and_judged_by_the_learner() -> None:
    card = Basic(id="b", deck="d", ask="?", answer="Workspace")
    session = given_(card, ("work space",))
    assert session.mark is not None
    assert session.mark.right
    wrong = given_(card, ("datastore",))
    assert (wrong.ratings, wrong.usual_rating) == ((1, 2, 3, 4), 1)


def test_code_picked_from_lists_is_marked_by_the_program() -> None:
    card = Code(id="f", deck="d", ask="?", code="{{a}}", wrong=(("b",),))
    assert given_(card, ("b",)).ratings == (1,)
    assert given_(replace(card, wrong=()), ("b",)).ratings == (1, 2, 3, 4)


def test_the_event_tells_what_was_answered_and_how_long_it_took() -> None:
    for waited, took in ((4200, 4200), (9_000_000, study.LONGEST_ANSWER)):
        at = At("c")
        at.session.show((1,))
        at.now = NOW.later(waited)
        assert at.session.rate(1)
        [event] = at.records.recorded
        assert (event.took, event.answer, event.rating, event.card) == (took, "[1]", 1, "c")


def test_limits_end_a_session_after_the_card_in_hand() -> None:
    assert At("a", "b", most=1).rated(4).phase == FINISHED
    at = At("a", "b", minutes=5)
    assert at.session.phase == ASKING
    assert at.rated(4, minutes=6).phase == FINISHED


def test_skipping_and_dropping_keep_cards_away() -> None:
    at = At("a", "b")
    at.session.leave()
    assert at.session.current == "b"
    at.queue = Queue(main=("a", "b", "c"))
    at.now = NOW.later(24 * 60 * MINUTE)
    at.session.step()
    assert (at.session.current, at.session.main) == ("b", ["c"])


def test_an_undone_card_is_back_at_once_and_what_it_displaced_comes_next() -> None:
    at = At("a", "b", "c", new=("a",))
    session = at.rated(4)
    session.undo()
    assert (session.current, session.phase, session.group, session.done) == ("a", ASKING, "new", ())
    assert session.main == ["b", "c"]


def test_in_a_quiz_only_what_was_recorded_is_undone() -> None:
    at = At(cards=("a", "b"), quiz=True)
    at.session.show((0,))
    at.session.leave()
    at.session.show()
    at.session.undo()
    assert (at.session.current, at.session.phase, len(at.records.recorded)) == ("b", ASKING, 1)
    at.session.undo()
    assert (at.session.current, at.session.phase, len(at.records.recorded)) == ("a", ASKING, 0)


def test_a_quiz_that_is_left_early_and_taken_up_again_by_undo_has_lost_no_card() -> None:
    session = At(cards=("a", "b", "c"), quiz=True).session
    session.show((0,))
    session.leave()
    session.phase = FINISHED
    session.undo()
    assert (session.current, session.main) == ("a", ["b", "c"])


def test_the_counts_tell_what_is_left_with_the_card_on_the_screen() -> None:
    at = At("a", "b", "n", new=("n",), learning=((NOW.at + 99 * MINUTE, "l"),))
    assert at.session.left == {"new": 1, "learning": 1, "due": 2}
    assert at.rated(4).left == {"new": 1, "learning": 1, "due": 1}


steps = st.lists(
    st.tuples(st.sampled_from(["reveal", "rate", "skip", "undo", "wait"]), st.integers(1, 4)), max_size=60
)


@settings(max_examples=300)
@given(st.integers(0, 6), steps)
def test_whatever_is_done_no_card_is_lost_or_asked_twice(count: int, done: list[tuple[str, int]]) -> None:
    ids = tuple(f"c{n}" for n in range(count))
    at = At(*ids)
    session = at.session
    skipped: set[str] = set()
    for action, rating in done:
        if action == "wait":
            at.now = at.now.later(rating * 3 * MINUTE)
        elif action == "reveal":
            session.show()
        elif action == "skip" and session.current:
            skipped.add(session.current)
            session.leave()
        elif action == "rate":
            session.rate(rating)
        elif action == "undo" and session.phase != ANSWERED and at.records.recorded:
            skipped.discard(at.records.recorded[-1].card)
            session.undo()
        log = [event.card for event in at.records.recorded]
        waiting = [*session.main, *(id_ for _, id_ in session.learning)]
        waiting += [session.current] if session.current else []
        assert len(waiting) == len(set(waiting)), "no card is in two places"
        finished = {id_ for id_ in ids if at.records.state(id_).phase == "review"}
        assert set(ids) <= set(waiting) | finished | skipped, "no card is lost"
        assert [d.card for d in session.done] == log
