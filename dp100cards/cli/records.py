"""What a study session is handed: where its events go, where its cards come from, and what is said at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dp100cards.clean import many
from dp100cards.scheduler.event import Event, Moment
from dp100cards.scheduler.queue import LONGEST_MELT, Limits, Queue, melts_in
from dp100cards.session.study import SessionOptions, StudySession
from dp100cards.store import history
from dp100cards.store.daily import todays_queue

if TYPE_CHECKING:
    from dp100cards.decks.index import Index
    from dp100cards.store.store import Store
    from dp100cards.ui.pages import Closing


class Recorder:
    """`session.study.Records`, over the progress file and the decks."""

    def __init__(self, store: Store, index: Index, usual: Callable[[], Limits] = Limits) -> None:
        """`usual` says how much an ordinary session of today asks, whatever was asked of this one."""
        self.usual = usual
        self.store, self.index, self.engine = store, index, store.engine
        self.version, self.state = self.store.version, self.store.state
        self.record_all, self.undo = self.store.record_all, self.store.undo
        self.last_undoable, self.newest_before = self.store.last_undoable, self.store.newest_before
        self.back_up, self.semantic_key = self.store.back_up, self.index.key_of
        self._streak: tuple[int, history.Streak] | None = None

    def queue(self, now: Moment, options: SessionOptions) -> Queue:
        """The queue of the day, at a moment."""
        new = options.order() if options.order else None
        return todays_queue(self.store, self.index, now, options.limits, options.wants, new)

    def streak(self, session: StudySession) -> int:
        """Days in a row, up to today; counted once a day, to which this session's first rating adds one."""
        if self._streak is None or self._streak[0] != session.day:
            self._streak = session.day, history.streak(self.store, session.day, self.engine.rollover)
        found = self._streak[1]
        return found.days + (bool(session.done) and not found.today)

    def history(self, card: str) -> Sequence[Event]:
        """What has happened to a card."""
        return list(self.store.events(card))

    def backlog(self, session: StudySession) -> tuple[int, int]:
        """Reviews that are due beyond those of this session, and in how many days they will be done; 0 unknown."""
        if session.options.cards is not None:
            return 0, 0
        held_back = max(self.store.count_due(session.now()) - session.left["due"], 0)
        falling_due = self.store.falling_due(session.day)
        days = melts_in(held_back, falling_due, session.day, session.options.limits.reviews)
        return held_back, days if days < LONGEST_MELT else 0

    def begun(self, session: StudySession) -> str:
        """What there is to say at the beginning: mistakes in the decks, a backlog."""
        from dp100cards.ui.pages import overdue  # after the first card there is time for it

        said = []
        count = len(self.index.problems())
        if count:
            said.append(f"{many(count, 'mistake')} in the decks: dp100 check. The sound cards are asked.")
        if session.queue.held_back:
            more, days = self.backlog(session)
            today = session.left["due"]
            said.append(f"Today brings {many(today, 'review')}, the most urgent first. {overdue(more, days)}")
            if session.queue.new_held_back:
                said.append("New cards wait until then.")
        return " ".join(said)

    def closing(self, session: StudySession) -> Closing:
        """The figures of a session's end."""
        from dp100cards.ui.pages import Closing, overdue

        now, limits = session.now(), self.usual()
        ids = self.index.ids()
        never_asked = len(ids - self.store.not_fresh())
        done = history.day(self.store, session.day, self.engine.rollover, ids)
        held_back, days = self.backlog(session)
        coming = history.coming(self.store, ids, now, 8)[1:]
        coming[0] = max(coming[0], min(coming[0] + held_back, limits.reviews))
        learning = session.learning
        return Closing(
            asked=done.asked,
            recalled=done.recalled,
            new=done.new,
            left=len(todays_queue(self.store, self.index, now, limits).main),
            streak=self.streak(session),
            coming=coming,
            new_tomorrow=min(limits.new, never_asked),
            overdue=overdue(held_back, days),
            learning_in=max(learning[0][0] - now.at, 0) if learning else None,
            more_new=0 if session.queue.new_held_back else never_asked,
        )
