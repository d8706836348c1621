"""Cards in a list, one card on a page, and the browser: what it is handed, and where what is done there goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from dp100cards.cards import Card
from dp100cards.cli.context import AppContext
from dp100cards.scheduler.event import REVIEW, CardState, Event, Moment, day_of
from dp100cards.scheduler.queue import is_due, set_aside
from dp100cards.session.answering import InOrder, begin
from dp100cards.ui.browser import STATES, Browser, Row, row_of
from dp100cards.ui.card import answered, with_scenario
from dp100cards.ui.editor import edit
from dp100cards.ui.pages import history_lines, info_lines, note_lines
from dp100cards.ui.prose import one_line
from dp100cards.ui.view import Size, styled

if TYPE_CHECKING:
    from pathlib import Path

    from dp100cards.decks.index import Index
    from dp100cards.errors import Problem
    from dp100cards.store.store import Store
    from dp100cards.ui.view import Stage


def browse(app: AppContext, query: str = "") -> None:
    """Show the browser until the learner leaves it."""
    with app.shown() as stage:
        stage.run(Browser(stage, Cards(app, stage), query))


class Cards:
    """`ui.browser.Shelf`, over the decks and the progress file."""

    def __init__(self, app: AppContext, stage: Stage) -> None:
        self.store, self.index, self.now, self.stage = app.store, app.index, app.now, stage
        self._leech = app.settings.study.leech_lapses or 8

    def rows(self) -> list[Row]:
        """All cards, as they are now."""
        texts, states, now = self.index.texts(), self.store.states(), self.now()
        today, found = day_of(now, self.store.engine.rollover), []
        for entry in self.index.each():
            ask, more = texts[entry.id]
            state = states.get(entry.id)
            names = NEW if state is None else states_of(state, now, today, self._leech)
            word = "new" if state is None else "rejected" if state.rejected else standing(state, now)
            found.append(row_of(entry, ask, more, word, names))
        return found

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
        key = "" if back or action != "reject" else self.index.key_of(id_)
        kind = f"un{action}" if back else action
        self.store.record(Event(card=id_, kind=kind, moment=moment, key=key, origin="cards"))
        done = {"reject": "Rejected for good", "suspend": "Suspended"}.get(kind, "Brought back")
        return f"{done}. u takes that back."

    def _reread(self, path: Path) -> list[Problem]:
        self.index.refresh()
        return [problem for problem in self.index.problems() if problem.path == self.index.shown(path)]


NEW = frozenset({"new"})


def states_of(state: CardState, now: Moment, today: int, leech: int) -> frozenset[str]:
    """By which of `STATES` a card is found. `leech` is how many lapses make one."""
    learning = state.phase in ("learning", "relearning")
    due = (learning or is_due(state, now, today)) and not set_aside(state, today)
    holds = (
        state.is_new, learning, state.phase == "review", due, state.suspended, state.buried_until > today,
        state.flag > 0, state.marked, state.lapses >= leech, state.rejected,
    )  # fmt: skip
    return frozenset(name for name, is_so in zip(STATES, holds, strict=True) if is_so)


def card_rows(found: Sequence[tuple[Card, CardState]], now: Moment) -> list[Text]:
    """One line for each card: id, where it stands, and its question."""
    if not found:
        return []
    ids = max(len(card.id) for card, _ in found)
    rows = []
    for card, state in found:
        row = styled(f"{card.id:<{ids}}  ", "accent").append(f"{card.kind:<10} ", "quiet")
        row.append(f"{standing(state, now):<12} ", "quiet" if state.is_new else "")
        rows.append(row.append(one_line(card.ask)))
    return rows


def standing(state: CardState, now: Moment) -> str:
    """Where a card stands, in a word or two."""
    today = day_of(now)
    if state.rejected:
        return "rejected"
    if state.suspended:
        return "suspended"
    if state.buried_until > today:
        return "buried"
    if state.phase != REVIEW:
        return state.phase
    days = state.due_day - today
    return "due" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"


def card_page(
    card: Card, state: CardState, where: str, index: Index, store: Store, now: Moment, width: int
) -> list[Text]:
    """All about a card."""
    attempt = begin(card, InOrder())
    rows = [styled(card.id, "title").append(f"  {card.kind}  {where}", "quiet")]
    size = Size(width, 100, plain=True)
    rows += with_scenario(card, lambda part: answered(attempt, None, None, part), size).lines
    note = index.note(card.source.note) if card.source and card.source.note else None
    if card.source and note is not None:
        rows += [Text(), styled("The note", "quiet"), *note_lines(card.source, note, width, around=4)]
    rows += [Text(), styled("Memory", "quiet"), *info_lines(card, state, store.engine, now, width)]
    siblings = index.siblings(card.id)
    if siblings:
        rows += [Text(), styled("Siblings", "quiet")]
        for id_ in siblings:
            sibling = index.card(id_)
            if sibling is not None:
                rows.append(styled(f"  {id_}  ", "accent").append(one_line(sibling.ask)))
    return rows + history_lines(store.engine, card.id, list(store.events(card.id)))
