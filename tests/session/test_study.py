from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dp100cards.cards import Basic, Choice, Code, Option
from dp100cards.scheduler.engine import Engine, advance
from dp100cards.scheduler.event import MINUTE, CardState, Moment
from dp100cards.scheduler.queue import Queue
from dp100cards.session import study
from dp100cards.session.study import ANSWERED, ASKING, FINISHED, Session

engine = Engine.default()
NOW = Moment(1_795_420_800_000, 60)
CHOICE = Choice(id="c", deck="d", ask="?", options=(Option("yes", right=True), Option("no")))


def started(
    *ids: str, new: tuple[str, ...] = (), learning: tuple[tuple[int, str], ...] = (), **limits: int
) -> Session:
    queue = Queue(main=ids, learning=learning, new=frozenset(new))
    return study.choose(study.begin(queue, NOW, **limits), NOW)


def rated(session: Session, rating: int, now: Moment = NOW) -> Session:
    session, event = study.rate(study.reveal(session), rating, now)
    assert event is not None
    state = advance(engine, CardState(card=event.card), event)
    return study.choose(study.settle(session, state, len(session.done)), now)


def test_a_rating_before_the_reveal_does_nothing() -> None:
    session = started("a")
    for rating in (0, 1, 2, 3, 4, 5):
        assert study.rate(session, rating, NOW) == (session, None)
    assert session.ratings == ()


def test_again_comes_back_in_the_same_session_and_interrupts_when_it_is_due() -> None:
    session = rated(started("a", "b", "c"), 1)
    assert session.current == "b"
    session = rated(session, 4, NOW.later(2 * MINUTE))
    assert (session.current, session.group) == ("a", "learning")


def test_when_nothing_else_is_left_a_learning_card_is_asked_before_its_time() -> None:
    session = rated(started("a"), 1)
    assert (session.phase, session.current) == (ASKING, "a")
    far = started(learning=((NOW.at + 25 * MINUTE, "z"),))
    assert far.phase == FINISHED
    assert study.next_learning(far) == NOW.at + 25 * MINUTE


def test_a_wrong_choice_can_only_be_rated_again() -> None:
    wrong = study.give(started("c"), CHOICE, (1,))
    assert (wrong.phase, wrong.ratings, wrong.usual_rating) == (ANSWERED, (1,), 1)
    assert study.rate(wrong, 3, NOW)[1] is None
    right = study.give(started("c"), CHOICE, (0,))
    assert (right.ratings, right.usual_rating) == ((1, 2, 3, 4), 3)


def test_a_typed_answer_is_compared_and_judged_by_the_learner() -> None:
    card = Basic(id="b", deck="d", ask="?", answer="Workspace")
    session = study.give(started("b"), card, ("work space",))
    assert session.mark is not None
    assert session.mark.right
    wrong = study.give(started("b"), card, ("datastore",))
    assert (wrong.ratings, wrong.usual_rating) == ((1, 2, 3, 4), 1)


def test_code_picked_from_lists_is_marked_by_the_program() -> None:
    card = Code(id="f", deck="d", ask="?", code="{{a}}", wrong=(("b",),))
    assert study.give(started("f"), card, ("b",)).ratings == (1,)
    assert study.give(started("f"), replace(card, wrong=()), ("b",)).ratings == (1, 2, 3, 4)


def test_the_event_tells_what_was_answered_and_how_long_it_took() -> None:
    session = study.give(started("c"), CHOICE, (1,))
    _, event = study.rate(session, 1, NOW.later(4200))
    assert event is not None
    assert (event.took, event.answer, event.rating, event.card) == (4200, "[1]", 1, "c")
    _, slept = study.rate(session, 1, NOW.later(9_000_000))
    assert slept is not None
    assert slept.took == study.LONGEST_ANSWER


def test_limits_end_a_session_after_the_card_in_hand() -> None:
    assert rated(started("a", "b", most=1), 4).phase == FINISHED
    session = started("a", "b", minutes=5)
    assert session.phase == ASKING
    assert rated(session, 4, NOW.later(6 * MINUTE)).phase == FINISHED


def test_skipping_and_dropping_keep_cards_away() -> None:
    session = study.choose(study.drop(started("a", "b"), frozenset({"a"})), NOW)
    assert session.current == "b"
    assert study.replan(session, Queue(main=("a", "b", "c"))).main == ("c",)


def test_an_undone_card_is_back_at_once_and_what_it_displaced_comes_next() -> None:
    session = rated(started("a", "b", "c", new=("a",)), 4)
    session = study.put_back(session, CardState(card="a"), session.done[-1].event, NOW)
    assert (session.current, session.phase, session.group, session.done) == ("a", ASKING, "new", ())
    assert session.main == ("b", "c")


def test_the_counts_tell_what_is_left_with_the_card_on_the_screen() -> None:
    session = started("a", "b", "n", new=("n",), learning=((NOW.at + 99 * MINUTE, "l"),))
    assert session.left == {"new": 1, "learning": 1, "due": 2}
    assert rated(session, 4).left == {"new": 1, "learning": 1, "due": 1}


steps = st.lists(
    st.tuples(st.sampled_from(["reveal", "rate", "skip", "undo", "wait"]), st.integers(1, 4)), max_size=60
)


@settings(max_examples=300)
@given(st.integers(0, 6), steps)
def test_whatever_is_done_no_card_is_lost_or_asked_twice(count: int, done: list[tuple[str, int]]) -> None:
    ids = tuple(f"c{n}" for n in range(count))
    session, now = started(*ids), NOW
    states: dict[str, list[CardState]] = {id_: [CardState(card=id_)] for id_ in ids}
    log: list[str] = []
    skipped: set[str] = set()
    for action, rating in done:
        if action == "wait":
            now = now.later(rating * 3 * MINUTE)
        elif action == "reveal":
            session = study.reveal(session)
        elif action == "skip" and session.shows_card:
            skipped.add(session.current)
            session = study.choose(study.drop(session, frozenset({session.current})), now)
        elif action == "rate":
            after, event = study.rate(session, rating, now)
            if event is not None:
                states[event.card].append(advance(engine, states[event.card][-1], event))
                log.append(event.card)
                session = study.choose(study.settle(after, states[event.card][-1], len(log)), now)
        elif action == "undo" and log:
            card = log.pop()
            states[card].pop()
            skipped.discard(card)
            session = study.put_back(session, states[card][-1], len(log) + 1, now)
        waiting = [*session.main, *(id_ for _, id_ in session.learning)]
        waiting += [session.current] if session.shows_card else []
        assert len(waiting) == len(set(waiting)), "no card is in two places"
        finished = {id_ for id_, past in states.items() if past[-1].phase == "review"}
        assert set(ids) <= set(waiting) | finished | skipped, "no card is lost"
        assert [d.card for d in session.done] == log
    assert replace(session) == session
