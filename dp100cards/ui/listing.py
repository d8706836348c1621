"""Cards in a list, and one card on a page: what `dp100 cards` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from dp100cards.cards import Card
from dp100cards.scheduler.days import Moment, day_of
from dp100cards.scheduler.state import REVIEW, CardState
from dp100cards.session.answering import InOrder, begin
from dp100cards.ui.card import answered, with_scenario
from dp100cards.ui.pages import history_lines, info_lines, note_lines
from dp100cards.ui.prose import one_line
from dp100cards.ui.view import Size, styled

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
