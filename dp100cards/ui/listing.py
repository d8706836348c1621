"""Cards in a list, and one card on a page: what `dp100 cards` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from dp100cards.cards import Card
from dp100cards.first.generate.difficulty import guess_difficulty
from dp100cards.scheduler.days import Moment, day_of
from dp100cards.scheduler.state import REVIEW, CardState
from dp100cards.ui.answer import answered
from dp100cards.ui.ask import scenario_lines
from dp100cards.ui.attempt import ALPHABET, Attempt, begin
from dp100cards.ui.panels import history_rows, info_rows, note_rows, recall_plot
from dp100cards.ui.text import one_line, styled

if TYPE_CHECKING:
    from dp100cards.decks.index import Index
    from dp100cards.store.store import Store


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
    card: Card,
    state: CardState,
    where: str,
    index: Index,
    store: Store,
    now: Moment,
    console: Console,
    width: int,
) -> list[Text]:
    """All about a card."""
    head = styled(f"{card.id}", "title").append(f"  {card.kind}  {where}", "quiet")
    rows = [head, *scenario_lines(card, console, width)]
    rows += [*answered(in_order(card), None, None, console, width).lines, Text()]
    note = index.note(card.source.note) if card.source else None
    if card.source and note is not None:
        rows += [styled("The note", "quiet"), *note_rows(card.source, note, width), Text()]
    guess = guess_difficulty(card)
    rows += [
        styled("Memory", "quiet"),
        *info_rows(state, store.engine, now, card.tags, console, width, guess),
    ]
    siblings = index.siblings(card.id)
    if siblings:
        rows += [Text(), styled("Siblings", "quiet")]
        for id_ in siblings:
            sibling = index.card(id_)
            if sibling is not None:
                rows.append(styled(f"  {id_}  ", "accent").append(one_line(sibling.ask)))
    events = [event for event in store.events(card.id) if event.kind == "review"]
    if events:
        rows += [Text(), styled("History", "quiet")]
        rows += recall_plot(store.engine, card.id, events, now, min(width - 10, 60))
        rows += [Text(), *history_rows(store.engine, card.id, events)]
    return rows


def in_order(card: Card) -> Attempt:
    """A card with everything where it stands in its deck, to be looked at."""
    return begin(card, _InOrder(), letters=ALPHABET)


class _InOrder:
    """A shuffle that leaves everything where it stands in the deck."""

    def sample(self, population: Sequence[object], k: int) -> list[object]:
        return list(population[:k])
