"""A session at work: the cards, the learner's answers and what records them, brought together for every screen.

Whatever a learner does is recorded before the session moves on. Another session on the same data is noticed at the
next step: what it has answered is not asked again here, and the day's limits hold for both together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from dp100cards.cards import Answer, Card
from dp100cards.scheduler.engine import AGAIN, ANSWERS, GOOD, Engine, outcomes
from dp100cards.scheduler.event import REVIEW, CardState, Event, Moment, day_of
from dp100cards.scheduler.queue import Limits, Queue
from dp100cards.session import answering, study
from dp100cards.session.answering import Attempt, Shuffle

if TYPE_CHECKING:
    from dp100cards.decks.index import Entry, Index

USUAL = Limits()


@dataclass(frozen=True, kw_only=True)
class SessionOptions:
    """What a learner asked of the session."""

    wants: Callable[[Entry], bool] = lambda _: True
    """Which cards to ask."""
    limits: Limits = USUAL
    most: int | None = None
    minutes: float | None = None
    leech_lapses: int = 8
    typing: bool = False
    order: Callable[[], Iterable[Entry]] | None = None
    """Gives the new cards in an order of their own, if there is one."""
    cards: tuple[str, ...] | None = None
    """Ask exactly these, due or not."""
    seed: str = ""
    """What the order of options depends on, besides the card."""
    quiz: bool = False
    """Leave the schedule alone: each answer is practice, and nothing is rated."""
    reviews: bool = False
    """In a quiz: answers count as reviews all the same, right as good and wrong as again."""


class Records(Protocol):
    """What records a session's events and knows the day's queue; the command that begins the session hands it in."""

    @property
    def engine(self) -> Engine: ...
    def version(self) -> int: ...  # changes when another session has recorded something
    def state(self, card: str) -> CardState: ...
    def record_all(self, events: Sequence[Event]) -> list[Event]: ...  # on disk on return
    def undo(self, event: Event, moment: Moment) -> Event: ...
    def last_undoable(self) -> Event | None: ...
    def newest_before(self, event: Event) -> Iterator[Event]: ...
    def queue(self, now: Moment, options: SessionOptions) -> Queue: ...
    def semantic_key(self, card: str) -> str: ...  # "" of a card made by hand
    def back_up(self, now: Moment) -> None: ...


class StudySession:
    """A session from its first card to its end. `message` is what the last action has to say."""

    def __init__(
        self, records: Records, index: Index, now: Callable[[], Moment], options: SessionOptions
    ) -> None:
        self.records, self.index, self.now, self.options = records, index, now, options
        self.engine = records.engine
        self.message = ""
        self.card: Card | None = None
        self.leech: Card | None = None
        """A card that was just set aside as a leech, until the learner has been told."""
        self.state = CardState(card="")
        self.attempt = Attempt(card=None)  # type: ignore[arg-type]  # there is one whenever a card is shown
        self.practised: dict[int, tuple[Event, Card, bool]] = {}
        """In a quiz: what was recorded, by its id, and whether it was right."""
        self.before: dict[str, CardState] = {}
        """Where each card that was rated was before this session."""
        moment = now()
        self._version = records.version()
        self.day = day_of(moment, self.engine.rollover)
        self.queue = self._plan(moment)
        self.steps = study.begin(self.queue, moment, most=options.most, minutes=options.minutes)
        self.total = len(self.queue.main)
        self.step()

    @property
    def phase(self) -> str:
        """Where the session stands: `study.ASKING`, `ANSWERED` or `FINISHED`."""
        return self.steps.phase

    # Going on

    def _plan(self, now: Moment) -> Queue:
        chosen = self.options.cards
        return Queue(main=chosen) if chosen is not None else self.records.queue(now, self.options)

    def step(self) -> None:
        """Bring the next card, if none is there."""
        now = self.now()
        self._keep_up(now)
        while self.steps.phase == study.CHOOSING:
            self.steps = study.choose(self.steps, now)
            if self.steps.phase == study.ASKING:
                self._take_up()

    def _keep_up(self, now: Moment) -> None:
        """Plan anew if another session has recorded something, or a new day has begun."""
        version, today = self.records.version(), day_of(now, self.engine.rollover)
        if version == self._version and today == self.day:
            return
        if today != self.day:
            self.message = "A new day has begun: here is its queue."
        self._version, self.day = version, today
        if self.options.cards is None:
            self.queue = self._plan(now)
            self.steps = study.replan(self.steps, self.queue)
            if self.phase == study.FINISHED and self.steps.most is None and self.steps.until is None:
                self.steps = replace(self.steps, phase=study.CHOOSING)

    def _take_up(self) -> None:
        """Fetch what is needed of the current card; one that has left the decks is passed over."""
        id_ = self.steps.current
        self.card = self.index.card(id_)
        if self.card is None:
            self.steps = study.drop(self.steps, frozenset({id_}))
            return
        self.state = self.records.state(id_)
        shuffle = Shuffle(f"{self.options.seed}{id_}:{self.state.reps}")
        self.attempt = answering.begin(self.card, shuffle, typing=self.options.typing)

    # Answering

    def press(self, key: str) -> bool:
        """A key for the answer in the making; False if it means nothing to it."""
        if self.phase != study.ASKING:
            return False
        after = answering.press(self.attempt, key)
        if after is not None:
            self.attempt, self.message = after
        return after is not None

    def confirm(self) -> None:
        """Enter: the answer as it stands, if it is whole; else what is missing. Without one, the answer is shown."""
        if self.phase != study.ASKING:
            return
        self.message = ""
        if not self.attempt.takes:
            self.steps = study.reveal(self.steps)
            return
        self.attempt, done, self.message = answering.confirm(self.attempt)
        if done:
            self.give(self.attempt.answer)

    def reveal(self) -> None:
        """Show the answer, without any of the learner's."""
        self.message = ""
        self.steps = study.reveal(self.steps)

    def give(self, answer: Answer) -> None:
        """Answer the card. In a quiz the answer is recorded at once."""
        assert self.card is not None
        before, self.steps = self.steps, study.give(self.steps, self.card, answer)
        if not self.options.quiz or self.steps is before or self.steps.mark is None:
            return
        right, moment, counts = self.steps.mark.right, self.now(), self.options.reviews
        event = Event(
            card=self.card.id, kind="review" if counts else "practice", moment=moment,
            rating=(GOOD if right else AGAIN) if counts else 0, value=0 if counts else int(right),
            took=study.took(self.steps, moment), answer=json.dumps(answer, ensure_ascii=False), origin="quiz",
        )  # fmt: skip
        event = self.records.record_all([event])[0]
        self.practised[event.id] = (event, self.card, right)

    def go_on(self) -> None:
        """In a quiz: to the next question."""
        if self.options.quiz and self.phase == study.ANSWERED:
            self.message = ""
            self.steps = study.drop(self.steps, frozenset({self.steps.current}))
            self.step()

    def outcomes(self, now: Moment) -> dict[int, CardState]:
        """What each rating that can be given would make of the card at a moment."""
        after = outcomes(self.engine, self.state, now)
        return {rating: after[rating] for rating in self.steps.ratings}

    def rate(self, rating: int) -> bool:
        """Rate the card, record it, and go on; False if it cannot be rated so now."""
        steps, event = study.rate(self.steps, rating, self.now())
        if event is None or self.options.quiz:
            return False
        self.message = ""
        if self.records.version() != self._version and self.records.state(event.card) != self.state:
            self.message = "Another session has answered this card meanwhile; its rating counts."
            self.steps = study.drop(self.steps, frozenset({event.card}), for_good=False)
            self.step()
            return True
        after = outcomes(self.engine, self.state, event.moment)[rating]
        events = [event]
        if self._is_leech(after, rating):
            events.append(Event(card=event.card, kind="suspend", moment=event.moment))
            self.leech = self.card
            self.message = f"Forgotten {after.lapses} times: set aside as a leech. u takes that back."
        self.before.setdefault(event.card, self.state)
        recorded = self.records.record_all(events)
        self.steps = study.settle(steps, self.records.state(event.card), recorded[0].id)
        self.step()
        return True

    def _is_leech(self, after: CardState, rating: int) -> bool:
        """Anki's rule: at so many lapses, and again after each half as many more."""
        limit = self.options.leech_lapses
        if not limit or rating != AGAIN or self.state.phase != REVIEW or after.lapses < limit:
            return False
        return (after.lapses - limit) % max(limit // 2, 1) == 0

    # Setting aside and marking

    def skip(self) -> None:
        """Not again in this session."""
        self.message = "Skipped for this session."
        self.steps = study.drop(self.steps, frozenset({self.steps.current}))
        self.step()

    def set_aside(self, kind: str, *, siblings: bool = False) -> None:
        """Bury until tomorrow, suspend, or reject the card, and its siblings if wanted."""
        moment, current = self.now(), self.steps.current
        ids = [current, *(self.index.siblings(current) if siblings else [])]
        value = self.day + 1 if kind == "bury" else 0
        key = self.records.semantic_key(current) if kind == "reject" else ""
        self.records.record_all(
            [Event(card=id_, kind=kind, moment=moment, value=value, key=key) for id_ in ids]
        )
        done = {"bury": "Buried until tomorrow", "suspend": "Suspended", "reject": "Rejected for good"}[kind]
        self.message = f"{done}{f': {len(ids)} cards' * (len(ids) > 1)}. u takes that back."
        self.steps = study.drop(self.steps, frozenset(ids), for_good=False)
        self.step()

    def tell(self, kind: str, value: int, message: str) -> None:
        """Record something about the card that leaves it where it is: a flag, a mark."""
        self.records.record_all([Event(card=self.steps.current, kind=kind, moment=self.now(), value=value)])
        self.state = self.records.state(self.steps.current)
        self.message = message

    # Undo

    def undo(self) -> None:
        """Take back the answer to the card, else the last thing done, in this session or an earlier one."""
        if self.options.quiz:
            self._undo_practice()
            return
        if self.phase == study.ANSWERED:
            self.steps = study.take_back(self.steps)
            self.attempt = replace(self.attempt, warned=False)
            self.message = "Answer taken back."
            return
        events = self._last_done()
        if not events:
            self.message = "There is nothing to undo."
            return
        moment = self.now()
        for event in events:
            self.records.undo(event, moment)
        self._version = self.records.version()
        last = events[-1]
        self.message = f"Undone: {ANSWERS[last.rating] if last.kind == 'review' else last.kind}."
        self._put_back(last)

    def _undo_practice(self) -> None:
        if not self.practised:
            self.message = "There is nothing to undo."
            return
        event = self.practised.pop(max(self.practised))[0]
        self.records.undo(event, self.now())
        self.message = "Answer taken back."
        if self.phase == study.ANSWERED:
            self.steps = study.take_back(self.steps)
        else:
            self._put_back(event)

    def _put_back(self, event: Event) -> None:
        """Show the card of an undone event again."""
        if self.index.card(event.card) is None:
            self.message += f" Its card {event.card} is not in the decks."
            return
        state = self.records.state(event.card)
        if self.steps.current == event.card and self.steps.shows_card and event.kind in ("flag", "mark"):
            self.state = state
            return
        self.steps = study.put_back(self.steps, state, event.id, self.now())
        self._take_up()

    def _last_done(self) -> list[Event]:
        """The newest events that one key made, newest first: they share their moment."""
        first = self.records.last_undoable()
        if first is None:
            return []
        events = [first]
        if first.kind in ("suspend", "bury"):
            for event in self.records.newest_before(first):
                together = event.kind == first.kind or (event.kind == "review" and event.card == first.card)
                if event.moment != first.moment or not together or events[-1].kind == "review":
                    break
                events.append(event)
        return events

    # After an edit, and at the end

    def reread(self) -> None:
        """The decks have changed on disk: take up what they say now."""
        self.index.refresh()
        if self.steps.shows_card:
            before, attempt = self.card, self.attempt
            self._take_up()
            if self.card == before:
                self.attempt = attempt
            elif self.steps.answer is not None:  # the options may have changed under the answer
                self.steps = study.take_back(self.steps)
            if self.card is None:
                self.message = "The card is not in the decks any more."
            self.step()

    def more_new(self, done: int) -> None:
        """Ask as many new cards again as a day brings, beside the `done` ones of today."""
        limits = self.options.limits
        limits = replace(limits, new=done + max(limits.new, 5), new_in_backlog=True)
        self.options = replace(self.options, limits=limits, most=None, minutes=None, cards=None)
        self.queue = self._plan(self.now())
        self.steps = replace(study.replan(self.steps, self.queue), most=None, until=None)
        if self.phase == study.FINISHED:
            self.steps = replace(self.steps, phase=study.CHOOSING)
        self.step()
