"""The browser of cards: what it is handed, and where what is done there is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dp100cards.cards import Card
from dp100cards.cli.context import AppContext
from dp100cards.cli.records import Recorder
from dp100cards.scheduler.days import Moment, day_of
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.queue import is_due, set_aside
from dp100cards.scheduler.state import CardState
from dp100cards.ui.browser import Browser, Row, row_of
from dp100cards.ui.editor import edit
from dp100cards.ui.listing import standing
from dp100cards.ui.pages import info_lines

if TYPE_CHECKING:
    from pathlib import Path

    from rich.text import Text

    from dp100cards.errors import Problem
    from dp100cards.ui.view import Stage


def browse(app: AppContext, query: str = "") -> None:
    """Show the browser until the learner leaves it."""
    with app.shown() as stage:
        stage.run(Browser(stage, Cards(app, stage), query))


class Cards:
    """`ui.browser.Shelf`, over the decks and the progress file."""

    def __init__(self, app: AppContext, stage: Stage) -> None:
        self.store, self.index, self.now, self.stage = app.store, app.index, app.now, stage
        self._records = Recorder(app.store, app.index)
        self._leech = app.settings.study.leech_lapses or 8

    def rows(self) -> list[Row]:
        """All cards, as they are now."""
        texts, states, now = self.index.texts(), self.store.states(), self.now()
        today, found = day_of(now, self.store.engine.rollover), []
        for entry in self.index.each():
            ask, more = texts[entry.id]
            state = states.get(entry.id)
            names = NEW if state is None else self._names(state, now, today)
            word = "new" if state is None else "rejected" if state.rejected else standing(state, now)
            found.append(row_of(entry, ask, more, word, names))
        return found

    def _names(self, state: CardState, now: Moment, today: int) -> frozenset[str]:
        """By which names `is:` finds a card."""
        learning = state.phase in ("learning", "relearning")
        found = {
            "new": state.is_new, "learning": learning, "review": state.phase == "review", "suspended": state.suspended,
            "due": (learning or is_due(state, now, today)) and not set_aside(state, today),
            "buried": state.buried_until > today, "flagged": state.flag > 0, "marked": state.marked,
            "leech": state.lapses >= self._leech, "rejected": state.rejected,
        }  # fmt: skip
        return frozenset(name for name, holds in found.items() if holds)

    def card(self, id_: str) -> Card | None:
        """A card with all its text."""
        return self.index.card(id_)

    def known(self, card: Card, width: int) -> list[Text]:
        """What is known of a card."""
        return info_lines(card, self.store.state(card.id), self.store.engine, self.now(), width)

    def act(self, action: str, id_: str) -> str:
        """Edit, reject or suspend a card, or undo; what there is to say of it."""
        if action == "edit":
            return edit(self.stage, self.index.place(id_), self._reread)
        moment = self.now()
        if action == "undo":
            event = self.store.last_undoable()
            if event is None:
                return "There is nothing to undo."
            self.store.undo(event, moment)
            return f"Undone: {event.kind} of {event.card}."
        state = self.store.state(id_)
        back = state.rejected if action == "reject" else state.suspended
        key = "" if back or action != "reject" else self._records.semantic_key(id_)
        kind = f"un{action}" if back else action
        self.store.record(Event(card=id_, kind=kind, moment=moment, key=key, origin="cards"))
        done = {"reject": "Rejected for good", "suspend": "Suspended"}.get(kind, "Brought back")
        return f"{done}. u takes that back."

    def _reread(self, path: Path) -> list[Problem]:
        self.index.refresh()
        return [problem for problem in self.index.problems() if problem.path == self.index.shown(path)]


NEW = frozenset({"new"})
