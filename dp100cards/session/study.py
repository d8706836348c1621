"""A study session as a state machine: cards are asked, answered, rated; what happens is recorded before it moves on.

    asking ──show, confirm──▶ answered ──rate──▶ asking … ──nothing left──▶ finished

It knows no screen, no clock and no disk: what records its events, and the time, are handed in. Another session on the
same data is noticed at the next step: what it has answered is not asked again here, and the day's limits hold for both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from math import inf
from typing import NamedTuple, Protocol

from dp100cards.cards import Answer, Card, Mark, mark
from dp100cards.clean import many
from dp100cards.decks.index import Index
from dp100cards.scheduler.engine import AGAIN, ANSWERS, GOOD, HARD, RATINGS, Engine, advance
from dp100cards.scheduler.event import MINUTE, REVIEW, CardState, Event, Moment, day_of
from dp100cards.scheduler.queue import Limits, Queue
from dp100cards.session import answering
from dp100cards.session.answering import Attempt

ASKING, ANSWERED, FINISHED = "asking", "answered", "finished"
NEW, IN_LEARNING, DUE = "new", "learning", "due"  # the groups that a card of the queue can belong to
NOTHING_DONE = "There is nothing to undo."
LEARN_AHEAD = 20 * MINUTE  # when nothing else is left, a learning card is asked this much early, as in Anki
LONGEST_ANSWER = 10 * MINUTE  # more time than this on a card was not spent on it


class SessionOptions(NamedTuple):
    """What a learner asked of the session."""

    limits: Limits = Limits()
    most: float = inf  # ratings; then the session ends
    minutes: float = inf  # no card is asked after them
    leech_lapses: int = 8
    typing: bool = False
    cards: tuple[str, ...] | None = None  # ask exactly these, due or not
    seed: str = ""  # what the order of options depends on, besides the card
    quiz: bool = False  # leave the schedule alone: each answer is practice, and nothing is rated


Plan = Callable[[Moment, Limits], Queue]  # gives the day's queue, as it is at a moment


class Records(Protocol):
    """What records a session's events; the command that begins the session hands it in."""

    @property
    def engine(self) -> Engine: ...
    def version(self) -> int: ...  # changes when another session has recorded something
    def state(self, card: str) -> CardState: ...
    def record_all(self, events: Sequence[Event]) -> list[Event]: ...  # on disk on return
    def undo(self, event: Event, moment: Moment) -> Event: ...
    def undoable(self) -> Iterator[Event]: ...  # newest first
    def events(self, card: str) -> Iterator[Event]: ...
    def back_up(self) -> None: ...


def decided(
    index: Index, kind: str, cards: Iterable[str], now: Moment, value: int = 0, origin: str = "study"
) -> list[Event]:
    """What is recorded when a learner buries, suspends, rejects, flags … cards, or takes that back."""
    until = day_of(now) + 1 if kind == "bury" else value
    keys = {id_: index.key_of(id_) if kind == "reject" else "" for id_ in cards}
    return [Event(id_, kind, now, value=until, key=key, origin=origin) for id_, key in keys.items()]


def last_done(records: Records) -> list[Event]:
    """What the last key or command has recorded, newest first: the same of several cards, or a leech and its rating."""
    newest = records.undoable()
    first = next(newest, None)
    if first is None or first.kind == "review":
        return [first] if first else []

    def together(event: Event) -> bool:
        same = event.kind == first.kind or (event.kind == "review" and event.card == first.card)
        return same and event.moment == first.moment

    return [first, *takewhile(together, newest)]


def take_back(records: Records, now: Moment) -> str:
    """Undo the last thing done; what there is to say of it."""
    events = last_done(records)
    if not events:
        return NOTHING_DONE
    for event in events:
        records.undo(event, now)
    last, count = events[-1], len({event.card for event in events})
    return f"Undone: {last.kind} of {last.card if count == 1 else many(count)}."


class StudySession:
    """A session from its first card to its end. `message` is what the last action has to say."""

    # Of the card on the screen, or of the last one that was:
    attempt: Attempt
    state: CardState
    group: str  # new, learning or due
    asked_at: int
    answer: Answer | None  # None where the learner judges from memory
    mark: Mark | None

    def __init__(
        self, records: Records, index: Index, now: Callable[[], Moment], plan: Plan, options: SessionOptions
    ) -> None:
        self.records, self.index, self.now, self.plan, self.options = records, index, now, plan, options
        self.engine, self.message, self.phase = records.engine, "", ASKING
        self.skipped: set[str] = set()  # not to be asked again in this session
        self.current = ""  # the id of the card on the screen; "" for none
        self.done: tuple[Event, ...] = ()  # the ratings, or the answers of a quiz
        self.before: dict[str, CardState] = {}  # where each card that was rated was before this session
        moment = now()
        self._until = moment.at + options.minutes * MINUTE
        self._version, self.day = records.version(), day_of(moment)
        self._plan(moment)
        self.step()

    @property
    def card(self) -> Card:
        return self.attempt.card

    @property
    def left(self) -> dict[str, int]:
        """How many cards of each group are left, the one on the screen among them."""
        new = sum(id_ in self.new for id_ in self.main)
        counts = {NEW: new, IN_LEARNING: len(self.learning), DUE: len(self.main) - new}
        if self.current:
            counts[self.group] += 1
        return counts

    @property
    def ratings(self) -> tuple[int, ...]:
        """The ratings that can be given now: what was picked wrong can only be rated again."""
        if self.phase != ANSWERED or self.options.quiz:
            return ()
        return (AGAIN,) if self.attempt.picks and self.mark and not self.mark.points else RATINGS

    @property
    def usual_rating(self) -> int:
        """What space means, once the answer is there: good, or hard if it was only partly right, or again."""
        if self.mark is None or self.mark.right:
            return GOOD
        return HARD if self.mark.points else AGAIN

    # Going on

    def _plan(self, now: Moment) -> None:
        """Make the queue: at the beginning, on a new day, and when another session has answered cards."""
        chosen, shown = self.options.cards, {self.current} if self.current else set()
        self.queue = Queue(main=chosen) if chosen is not None else self.plan(now, self.options.limits)
        out = self.skipped | shown
        self.main = [id_ for id_ in self.queue.main if id_ not in out]
        self.learning = [pair for pair in self.queue.learning if pair[1] not in out]
        self.new = {*self.queue.new, *(shown if shown and self.group == NEW else ())}

    def step(self) -> None:
        """Come to the next card, unless one is on the screen."""
        now, version = self.now(), self.records.version()
        today = day_of(now)
        if (version, today) != (self._version, self.day):
            if today != self.day:
                self.message = "A new day has begun: here is its queue."
            self._version, self.day = version, today
            if self.options.cards is None:
                self._plan(now)
        over = now.at >= self._until or len(self.done) >= self.options.most
        while not self.current:
            if over or not (id_ := self._next(now)):
                self.phase = FINISHED
                break
            self._ask(id_)

    def _next(self, now: Moment) -> str:
        """A learning card that is due, else the next of the queue, else a learning card that soon is; "" for none."""
        latest = now.at if self.main else now.at + LEARN_AHEAD
        if self.learning and self.learning[0][0] <= latest:
            return self.learning.pop(0)[1]
        return self.main.pop(0) if self.main else ""

    def _ask(self, id_: str) -> None:
        """Put a card on the screen; one that has left the decks is passed over."""
        card = self.index.card(id_)
        if card is None:
            self._drop(id_, for_good=True)
            return
        self.current, self.asked_at, self.phase = id_, self.now().at, ASKING
        self.answer = self.mark = None
        state = self.state = self.records.state(id_)
        self.group = IN_LEARNING if state.in_learning else NEW if id_ in self.new else DUE
        seed = f"{self.options.seed}{id_}:{state.reps}"
        self.attempt = answering.begin(card, seed, typing=self.options.typing)

    def _drop(self, *cards: str, for_good: bool = False) -> None:
        """Ask these cards no more; `for_good`: not even once the queue is made anew."""
        if self.current in cards:
            self.current = ""
        self.main = [id_ for id_ in self.main if id_ not in cards]
        self.learning = [pair for pair in self.learning if pair[1] not in cards]
        self.skipped |= {*cards} if for_good else set()

    # Answering

    def press(self, key: str) -> bool:
        """A key for the answer in the making; False if it means nothing to it."""
        after = answering.press(self.attempt, key) if self.phase == ASKING else None
        if after is not None:
            self.attempt, self.message = after, after.said
        return after is not None

    def confirm(self) -> None:
        """Enter: the answer as it stands, if it is whole; else what is missing. Without one, the answer is shown."""
        if not self.attempt.takes:
            self.show()
            return
        self.attempt, whole = answering.confirm(self.attempt)
        self.message = self.attempt.said
        if whole:
            self.show(self.attempt.answer)

    def show(self, answer: Answer | None = None) -> None:
        """Show the answer, beside the learner's if there is one. In a quiz that is recorded at once."""
        if self.phase != ASKING:
            return
        self.phase, self.answer = ANSWERED, answer
        self.mark = None if answer is None else mark(self.card, answer)
        if self.options.quiz and self.mark:
            event = self._event("practice")._replace(origin="quiz", value=int(self.mark.right))
            self.done = (*self.done, self.records.record_all([event])[0])

    def _event(self, kind: str) -> Event:
        """What happens to the card on the screen, with the time spent on it and what was answered."""
        now = self.now()
        took = min(max(now.at - self.asked_at, 0), LONGEST_ANSWER)
        answer = "" if self.answer is None else json.dumps(self.answer, ensure_ascii=False)
        return Event(card=self.current, kind=kind, moment=now, took=took, answer=answer)

    def outcomes(self, now: Moment) -> dict[int, CardState]:
        """What each rating that can be given would make of the card at a moment."""
        reviews = {rating: Event(self.current, "review", now, rating) for rating in self.ratings}
        return {rating: advance(self.engine, self.state, review) for rating, review in reviews.items()}

    def rate(self, rating: int) -> bool:
        """Rate the card, record it, and go on; False if it cannot be rated so now, before the reveal above all."""
        if rating not in self.ratings:
            return False
        id_ = self.current
        if self.records.version() != self._version and self.records.state(id_) != self.state:
            self.message = "Another session has answered this card meanwhile; its rating counts."
            self._drop(id_)
            self.step()
            return True
        event = self._event("review")._replace(rating=rating)
        after = advance(self.engine, self.state, event)
        events = [event]
        if self._is_leech(after, rating):
            events.append(Event(card=id_, kind="suspend", moment=event.moment))
            found = f"Forgotten {many(after.lapses, 'time')}: set aside as a leech. u takes that back."
            self.message = f"{found} Reword it: dp100 cards is:leech finds it."
        self.before.setdefault(id_, self.state)
        self.done = (*self.done, self.records.record_all(events)[0])
        self.current = ""
        state = self.records.state(id_)
        if state.in_learning and not state.out:  # it comes again
            self.learning = sorted({*self.learning, (state.due_at, id_)})
        self.step()
        return True

    def _is_leech(self, after: CardState, rating: int) -> bool:
        """Anki's rule: at the limit of lapses, and again after each half of it."""
        limit = self.options.leech_lapses
        forgotten = rating == AGAIN and self.state.phase == REVIEW and after.lapses >= limit > 0
        return forgotten and (after.lapses - limit) % max(limit // 2, 1) == 0

    # Setting aside and marking

    def leave(self, message: str = "") -> None:
        """Go on without a rating; the card is not asked again in this session."""
        self.message = message
        self._drop(self.current, for_good=True)
        self.step()

    def set_aside(self, kind: str, *, siblings: bool = False) -> None:
        """Bury until tomorrow, suspend, or reject the card, and its siblings if wanted."""
        ids = [self.current, *(self.index.siblings(self.current) if siblings else [])]
        self.records.record_all(decided(self.index, kind, ids, self.now()))
        done = {"bury": "Buried until tomorrow", "suspend": "Suspended", "reject": "Rejected for good"}[kind]
        self.message = f"{done}{f': {len(ids)} cards' * (len(ids) > 1)}. u takes that back."
        self._drop(*ids)
        self.step()

    def tell(self, kind: str, value: int, message: str) -> None:
        """Record something about the card that leaves it where it is: a flag, a mark."""
        self.records.record_all(decided(self.index, kind, [self.current], self.now(), value))
        self.state, self.message = self.records.state(self.current), message

    # Undo

    def undo(self) -> None:
        """Take back the answer to the card, else the last thing done, in this session or an earlier one."""
        answered, quiz = self.phase == ANSWERED, self.options.quiz
        events: Sequence[Event] = ()
        if not answered or (quiz and self.mark):  # only a quiz records an answer before it is rated
            events = self.done[-1:] if quiz else last_done(self.records)
        for event in events:
            self.records.undo(event, self.now())
        self._version, undone = self.records.version(), {event.id for event in events}
        self.done = tuple(event for event in self.done if event.id not in undone)
        self.message = "Answer taken back." if answered or events else NOTHING_DONE
        if answered:
            self.phase, self.answer, self.mark = ASKING, None, None
        elif events:
            last = events[-1]
            if not quiz:
                self.message = f"Undone: {ANSWERS[last.rating] if last.kind == 'review' else last.kind}."
            self._put_back(last.card)

    def _put_back(self, id_: str) -> None:
        """Show a card again; what is on the screen comes next."""
        if self.index.card(id_) is None:
            self.message += f" Its card {id_} is not in the decks."
            return
        if self.current and self.current != id_:
            if self.group == IN_LEARNING:
                self.learning.insert(0, (0, self.current))
            else:
                self.main.insert(0, self.current)
        self._drop(id_)
        self.skipped -= {id_}
        self.new |= {id_} if self.records.state(id_).is_new else set()
        self._ask(id_)

    # After an edit, and at the end

    def reread(self) -> None:
        """The decks have changed on disk: take up what they say now."""
        self.index.refresh()
        if self.current and self.index.card(self.current) != self.card:
            from_memory = self.phase == ANSWERED and self.answer is None
            self._ask(self.current)
            if not self.current:
                self.message = "The card is not in the decks any more."
            elif from_memory:
                self.show()
            self.step()

    def more_new(self, done: int) -> None:
        """Ask as many new cards again as a day brings, beside the `done` ones of today."""
        limits = self.options.limits
        limits = limits._replace(new=done + max(limits.new, 5), new_in_backlog=True)
        self.options = self.options._replace(limits=limits, most=inf, cards=None)
        self._until = inf
        self._plan(self.now())
        self.step()
