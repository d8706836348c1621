"""Where a session happens: the cards, the store and the state machine brought together, for the screen and the lines.

Whatever a learner does is recorded before the session moves on. Another session on the same data is noticed at the
next step: what it has answered is not asked again here, and the day's limits hold for both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from dp100cards.cards import Answer, Card
from dp100cards.decks.index import Index
from dp100cards.errors import Problem
from dp100cards.scheduler.advance import outcomes
from dp100cards.scheduler.days import Moment, day_of
from dp100cards.scheduler.engine import AGAIN, ANSWERS
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.queue import Queue, melts_in
from dp100cards.scheduler.state import REVIEW, CardState
from dp100cards.session import study
from dp100cards.store import history
from dp100cards.store.store import Store
from dp100cards.ui.attempt import Attempt, Shuffle, begin
from dp100cards.ui.todays_queue import Wishes, todays_queue


class Desk:
    """A session at work."""

    def __init__(self, store: Store, index: Index, now: Callable[[], Moment], wishes: Wishes) -> None:
        self.store, self.index, self.now, self.wishes = store, index, now, wishes
        self.engine = store.engine
        self.message = ""
        """What the last action has to say; it goes with the next one."""
        self.card: Card | None = None
        self.leech: Card | None = None
        """A card that was just set aside as a leech, until the learner has been told."""
        self.state = CardState(card="")
        self.attempt: Attempt | None = None
        moment = now()
        self._version = store.version()
        self._day = day_of(moment, self.engine.rollover)
        self._run = (0, 0)
        """A day, and how many before it in a row had reviews: they are counted once a day only."""
        self.queue = self._plan(moment)
        self.session = study.begin(self.queue, moment, most=wishes.most, minutes=wishes.minutes)
        self.step()

    # Going on

    def _plan(self, now: Moment) -> Queue:
        if self.wishes.cram is not None:
            return Queue(main=self.wishes.cram)
        return todays_queue(self.store, self.index, now, self.wishes)

    def step(self) -> None:
        """Bring the next card to the screen, if none is there."""
        now = self.now()
        self._keep_up(now)
        while self.session.phase == study.CHOOSING:
            self.session = study.choose(self.session, now)
            if self.session.phase == study.ASKING:
                self._take_up()

    def _keep_up(self, now: Moment) -> None:
        """Plan anew if another session has recorded something, or a new day has begun."""
        version, today = self.store.version(), day_of(now, self.engine.rollover)
        if version == self._version and today == self._day:
            return
        if today != self._day:
            self.message = "A new day has begun: here is its queue."
        self._version, self._day = version, today
        if self.wishes.cram is None:
            self.queue = self._plan(now)
            self.session = study.replan(self.session, self.queue)
            if (
                self.session.phase == study.FINISHED
                and self.session.most is None
                and self.session.until is None
            ):
                self.session = replace(self.session, phase=study.CHOOSING)

    def _take_up(self) -> None:
        """Fetch what is needed of the current card; one that has left the decks is passed over."""
        id_ = self.session.current
        self.card = self.index.card(id_)
        if self.card is None:
            self.session = study.drop(self.session, frozenset({id_}))
            return
        self.state = self.store.state(id_)
        rng = Shuffle(f"{id_}:{self.state.reps}")
        self.attempt = begin(self.card, rng, letters=self.wishes.letters, typing=self.wishes.typing)

    # Answering

    def reveal(self) -> None:
        """Show the answer."""
        self.session = study.reveal(self.session)

    def give(self, answer: Answer) -> None:
        """Answer the card."""
        if self.card is not None:
            self.session = study.give(self.session, self.card, answer)

    def outcomes(self, now: Moment) -> dict[int, CardState]:
        """What each rating that can be given would make of the card, were it given now."""
        after = outcomes(self.engine, self.state, now)
        return {rating: after[rating] for rating in self.session.ratings}

    def rate(self, rating: int) -> bool:
        """Rate the card, record it, and go on; False if it cannot be rated so now."""
        session, event = study.rate(self.session, rating, self.now())
        if event is None:
            return False
        self.message = ""
        if self.store.version() != self._version and self.store.state(event.card) != self.state:
            self.message = "Another session has answered this card meanwhile; its rating counts."
            self.session = study.drop(self.session, frozenset({event.card}), for_good=False)
            self.step()
            return True
        after = outcomes(self.engine, self.state, event.moment)[rating]
        events = [event]
        if self._is_leech(after, rating):
            events.append(Event(card=event.card, kind="suspend", moment=event.moment))
            self.leech = self.card
            self.message = f"Forgotten {after.lapses} times: a leech, and set aside. u takes that back."
        recorded = self.store.record_all(events)
        self.session = study.settle(session, self.store.state(event.card), recorded[0].id)
        self.step()
        return True

    def _is_leech(self, after: CardState, rating: int) -> bool:
        """Anki's rule: at so many lapses, and again after each half as many more."""
        limit = self.wishes.leech_lapses
        if not limit or rating != AGAIN or self.state.phase != REVIEW or after.lapses < limit:
            return False
        return (after.lapses - limit) % max(limit // 2, 1) == 0

    # Setting aside and marking

    def skip(self) -> None:
        """Not again in this session."""
        self.message = "Skipped for this session."
        self.session = study.drop(self.session, frozenset({self.session.current}))
        self.step()

    def set_aside(self, kind: str, *, siblings: bool) -> None:
        """Bury until tomorrow, or suspend, the card on the screen, and its siblings if wanted."""
        moment = self.now()
        ids = [self.session.current, *(self.index.siblings(self.session.current) if siblings else [])]
        value = day_of(moment, self.engine.rollover) + 1 if kind == "bury" else 0
        self.store.record_all([Event(card=id_, kind=kind, moment=moment, value=value) for id_ in ids])
        word = "Buried until tomorrow" if kind == "bury" else "Suspended"
        self.message = f"{word}: {len(ids)} cards." if len(ids) > 1 else f"{word}."
        self.session = study.drop(self.session, frozenset(ids), for_good=False)
        self.step()

    def tell(self, kind: str, value: int, message: str) -> None:
        """Record something about the card on the screen that leaves it there: a flag, a mark, a doubt."""
        self.store.record(Event(card=self.session.current, kind=kind, moment=self.now(), value=value))
        self.state = self.store.state(self.session.current)
        self.message = message

    # Undo

    def undo(self) -> None:
        """Take back the last thing done, in this session or an earlier one, and show its card again."""
        events = self._last_done()
        if not events:
            self.message = "There is nothing to undo."
            return
        moment = self.now()
        for event in events:
            self.store.undo(event, moment)
        self._version = self.store.version()
        last = events[-1]
        what = ANSWERS[last.rating] if last.kind == "review" else last.kind
        self.message = f"Undone: {what}."
        if self.index.card(last.card) is None:
            self.message += f" Its card {last.card} is not in the decks."
            return
        state = self.store.state(last.card)
        shown = self.session.shows_card and self.session.current == last.card
        if shown and last.kind not in ("review", "forget"):
            self.state = state
            return
        self.session = study.put_back(self.session, state, last.id, moment)
        self._take_up()

    def _last_done(self) -> list[Event]:
        """The newest events that one key made, newest first: they share their moment."""
        first = self.store.last_undoable()
        if first is None:
            return []
        events = [first]
        if first.kind in ("suspend", "bury"):
            for event in self.store.newest_before(first):
                together = event.kind == first.kind or (event.kind == "review" and event.card == first.card)
                if event.moment != first.moment or not together or events[-1].kind == "review":
                    break
                events.append(event)
        return events

    # After an edit, and at the end

    def reread(self, path: Path) -> list[Problem]:
        """The decks have changed on disk: take up what they say now. Gives the mistakes in the file at `path`."""
        self.index.refresh()
        if self.session.shows_card:
            before, revealed = self.card, self.session.phase == study.ANSWERED
            attempt = self.attempt
            self._take_up()
            if self.card == before and attempt is not None:
                self.attempt = attempt
            elif revealed and self.session.answer is not None:
                # The options may have changed under the answer: it is asked again.
                self.session = replace(
                    self.session, phase=study.ASKING, answer=None, mark=None, only_again=False
                )
            if self.card is None:
                self.message = "The card is not in the decks any more."
            self.step()
        shown = self.index.shown(path)
        return [problem for problem in self.index.problems() if problem.path == shown]

    def note(self, name: str) -> str | None:
        """The text of a note, or None if it is not there."""
        return self.index.note(name)

    def more_new(self) -> None:
        """Ask as many new cards again as a day brings."""
        day = self.today()
        limits = replace(
            self.wishes.limits, new=day.new + max(self.wishes.limits.new, 5), new_in_backlog=True
        )
        self.wishes = replace(self.wishes, limits=limits, most=None, minutes=None, cram=None)
        self.queue = self._plan(self.now())
        self.session = replace(study.replan(self.session, self.queue), most=None, until=None)
        if self.session.phase == study.FINISHED:
            self.session = replace(self.session, phase=study.CHOOSING)
        self.step()

    def streak(self) -> int:
        """Days in a row, up to today, on which something was reviewed."""
        if self._run[0] != self._day:
            self._run = (self._day, history.run_before(self.store, self._day, self.engine.rollover))
        return self._run[1] + history.studied(self.store, self._day, self.engine.rollover)

    def backlog(self) -> tuple[int, int]:
        """How many reviews are due beyond those of this session, and in how many days they will be done."""
        now, session = self.now(), self.session
        in_hand = session.left[study.DUE]
        held_back = max(self.store.count_due(now) - in_hand, 0)
        falling_due = self.store.falling_due(self._day)
        return held_back, melts_in(held_back, falling_due, self._day, self.wishes.limits.reviews)

    def today(self) -> history.Day:
        """What was done today."""
        return history.day(self.store, self._day, self.engine.rollover)

    def never_asked(self) -> int:
        """How many cards of the decks were never asked, and may be."""
        return len(self.index.ids()) - sum(not state.is_new or state.out for state in self.states_of_cards())

    def states_of_cards(self) -> Iterable[CardState]:
        """The states of the cards that are in the decks."""
        ids = self.index.ids()
        return [state for id_, state in self.store.states().items() if id_ in ids]
