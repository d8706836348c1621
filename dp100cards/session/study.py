"""A study session as a state machine: values in, values out. No clock, no screen, no disk.

    choosing ──choose──▶ asking ──reveal, give──▶ answered ──rate──▶ choosing …
        └──nothing left──▶ finished

Each step takes a `Session` and gives the next one; a step that happens to a card also gives the event to record. The
caller records it and says with `settle` where the card then stands: the session never guesses what the store holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from dp100cards.cards import MARKED_BY_PROGRAM, Answer, Card, Code, Mark, mark
from dp100cards.scheduler.engine import AGAIN, GOOD, HARD, RATINGS
from dp100cards.scheduler.event import LEARNING, MINUTE, RELEARNING, CardState, Event, Moment
from dp100cards.scheduler.queue import Queue

CHOOSING, ASKING, ANSWERED, FINISHED = "choosing", "asking", "answered", "finished"
NEW, IN_LEARNING, DUE = "new", "learning", "due"
"""The three groups that a card of the queue can belong to."""
LEARN_AHEAD = 20 * MINUTE
"""When nothing else is left, a learning card is asked so much before its time, as in Anki."""
LONGEST_ANSWER = 10 * MINUTE
"""More time than this on a card was not spent on it."""


@dataclass(frozen=True)
class Done:
    """One rating of the session; `group` is what the card was before, `event` the id of its event."""

    card: str
    rating: int
    took: int
    group: str
    event: int = 0


@dataclass(frozen=True, kw_only=True)
class Session:
    """Where a session stands. Times are milliseconds, moments milliseconds since 1970 UTC."""

    phase: str = CHOOSING
    main: tuple[str, ...] = ()
    learning: tuple[tuple[int, str], ...] = ()
    new: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    """Not to be asked again in this session."""
    current: str = ""
    group: str = ""
    """What the current card is: new, learning or due."""
    asked_at: int = 0
    answer: Answer | None = None
    """What was answered to the current card; None where the learner judges from memory."""
    mark: Mark | None = None
    only_again: bool = False
    """The program has marked the answer wrong: there is nothing left to judge."""
    done: tuple[Done, ...] = ()
    most: int | None = None
    """End after so many ratings."""
    until: int | None = None
    """End after the card in hand at this moment."""

    @property
    def shows_card(self) -> bool:
        """Is there a card on the screen?"""
        return self.phase in (ASKING, ANSWERED)

    @property
    def left(self) -> dict[str, int]:
        """How many cards of each group are left, the one on the screen among them."""
        new = sum(id_ in self.new for id_ in self.main)
        counts = {NEW: new, IN_LEARNING: len(self.learning), DUE: len(self.main) - new}
        if self.shows_card:
            counts[self.group] += 1
        return counts

    @property
    def ratings(self) -> tuple[int, ...]:
        """The ratings that can be given now."""
        if self.phase != ANSWERED:
            return ()
        return (AGAIN,) if self.only_again else RATINGS

    @property
    def usual_rating(self) -> int:
        """What space means, once the answer is there: good, or hard if it was only partly right, or again."""
        if self.mark is None or self.mark.right:
            return GOOD
        return HARD if self.mark.points else AGAIN


def begin(queue: Queue, now: Moment, *, most: int | None = None, minutes: float | None = None) -> Session:
    """A session that will ask a queue, with at most so many ratings, and no new card after so many minutes."""
    until = None if minutes is None else now.at + round(minutes * MINUTE)
    return replan(Session(most=most, until=until), queue)


def replan(session: Session, queue: Queue) -> Session:
    """The same session with a queue made anew: another session has answered cards, or a new day has begun."""
    out = {*session.skipped, *([session.current] if session.shows_card else [])}
    return replace(
        session,
        main=tuple(id_ for id_ in queue.main if id_ not in out),
        learning=tuple(pair for pair in queue.learning if pair[1] not in out),
        new=queue.new | ({session.current} if session.shows_card and session.group == NEW else frozenset()),
    )


def choose(session: Session, now: Moment) -> Session:
    """The next card: a learning card that is due, else the next of the queue, else a learning card that soon is."""
    if session.phase != CHOOSING:
        return session
    over = session.until is not None and now.at >= session.until
    if over or (session.most is not None and len(session.done) >= session.most):
        return replace(session, phase=FINISHED)
    first = session.learning[0] if session.learning else None
    if first and first[0] <= now.at:
        return _ask(replace(session, learning=session.learning[1:]), first[1], IN_LEARNING, now)
    if session.main:
        id_ = session.main[0]
        return _ask(replace(session, main=session.main[1:]), id_, NEW if id_ in session.new else DUE, now)
    if first and first[0] <= now.at + LEARN_AHEAD:
        return _ask(replace(session, learning=session.learning[1:]), first[1], IN_LEARNING, now)
    return replace(session, phase=FINISHED)


def _ask(session: Session, id_: str, group: str, now: Moment) -> Session:
    return replace(
        session,
        phase=ASKING,
        current=id_,
        group=group,
        asked_at=now.at,
        answer=None,
        mark=None,
        only_again=False,
    )


def reveal(session: Session) -> Session:
    """Show the answer; the learner judges from memory. Nothing happens if it is shown already."""
    return replace(session, phase=ANSWERED) if session.phase == ASKING else session


def give(session: Session, card: Card, answer: Answer) -> Session:
    """Mark an answer. What only the program can mark, and is wholly wrong, can only be rated again."""
    if session.phase != ASKING:
        return session
    marked = mark(card, answer)
    by_program = card.kind in MARKED_BY_PROGRAM or (isinstance(card, Code) and bool(card.wrong))
    return replace(
        session, phase=ANSWERED, answer=answer, mark=marked, only_again=by_program and not marked.points
    )


def take_back(session: Session) -> Session:
    """Take back what was answered, or hide what was shown: the card is asked again."""
    if session.phase != ANSWERED:
        return session
    return replace(session, phase=ASKING, answer=None, mark=None, only_again=False)


def rate(session: Session, rating: int, now: Moment) -> tuple[Session, Event | None]:
    """Rate the current card. A rating that cannot be given now, before the reveal above all, does nothing."""
    if rating not in session.ratings:
        return session, None
    event = Event(
        card=session.current,
        kind="review",
        moment=now,
        rating=rating,
        took=took(session, now),
        answer="" if session.answer is None else json.dumps(session.answer, ensure_ascii=False),
    )
    done = Done(session.current, rating, event.took, session.group)
    return replace(session, phase=CHOOSING, current="", done=(*session.done, done)), event


def took(session: Session, now: Moment) -> int:
    """Milliseconds spent on the current card."""
    return min(max(now.at - session.asked_at, 0), LONGEST_ANSWER)


def settle(session: Session, state: CardState, event: int) -> Session:
    """After a rating was recorded as `event`: a card that is in learning now comes again."""
    done = (*session.done[:-1], replace(session.done[-1], event=event))
    return _with_learning(replace(session, done=done), state)


def _with_learning(session: Session, state: CardState) -> Session:
    if state.phase not in (LEARNING, RELEARNING) or state.out or state.card in session.skipped:
        return session
    return replace(session, learning=tuple(sorted({*session.learning, (state.due_at, state.card)})))


def drop(session: Session, cards: frozenset[str], *, for_good: bool = True) -> Session:
    """Ask these cards no more: skipped, buried, suspended, or gone. The one on the screen gives way to the next.

    With `for_good` they also stay away when the queue is made anew.
    """
    away = session.shows_card and session.current in cards
    return replace(
        session,
        phase=CHOOSING if away else session.phase,
        current="" if away else session.current,
        main=tuple(id_ for id_ in session.main if id_ not in cards),
        learning=tuple(pair for pair in session.learning if pair[1] not in cards),
        skipped=session.skipped | cards if for_good else session.skipped,
    )


def put_back(session: Session, state: CardState, event: int, now: Moment) -> Session:
    """After `event` was undone: its card is on the screen again, and what was there before comes next."""
    if session.shows_card and session.current != state.card:
        session = _behind(session)
    session = drop(session, frozenset({state.card}), for_good=False)
    group = NEW if state.is_new else IN_LEARNING if state.phase in (LEARNING, RELEARNING) else DUE
    session = replace(
        session,
        done=tuple(done for done in session.done if not (done.event and done.event == event)),
        new=session.new | {state.card} if group == NEW else session.new - {state.card},
        skipped=session.skipped - {state.card},
    )
    return _ask(session, state.card, group, now)


def _behind(session: Session) -> Session:
    """Put the card on the screen back to the head of the queue that it came from."""
    if session.group == IN_LEARNING:
        return replace(session, learning=((0, session.current), *session.learning))
    return replace(session, main=(session.current, *session.main))


def next_learning(session: Session) -> int | None:
    """When the earliest learning card that was not asked any more is due, or None."""
    return session.learning[0][0] if session.learning else None
