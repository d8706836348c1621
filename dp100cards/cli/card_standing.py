"""How a card stands, by the names that `dp100 cards --is` knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dp100cards.cards import Card
from dp100cards.cli.workplace import Workplace

if TYPE_CHECKING:
    from dp100cards.scheduler.state import CardState

STANDINGS = (
    "new",
    "learning",
    "review",
    "due",
    "suspended",
    "buried",
    "flagged",
    "marked",
    "leech",
    "doubted",
)


def called_bad(work: Workplace) -> set[str]:
    """The ids of the cards that the learner called bad."""
    query = """SELECT DISTINCT card FROM event
        WHERE kind = 'doubt' AND id NOT IN (SELECT undoes FROM event WHERE undoes IS NOT NULL)"""
    return {row[0] for row in work.store.connection.execute(query)}


def stands(work: Workplace, name: str, card: Card, state: CardState, doubts: set[str]) -> bool:
    """Does a card stand so (one of `STANDINGS`)? `doubts` is what `called_bad` gives."""
    from dp100cards.scheduler.days import day_of
    from dp100cards.scheduler.queue import is_due, set_aside

    now = work.now()
    today = day_of(now, work.store.engine.rollover)
    match name:
        case "new":
            return state.is_new
        case "learning":
            return state.phase in ("learning", "relearning")
        case "review":
            return state.phase == "review"
        case "due":
            begun = is_due(state, now, today) or state.phase in ("learning", "relearning")
            return begun and not set_aside(state, today)
        case "suspended":
            return state.suspended
        case "buried":
            return state.buried_until > today
        case "flagged":
            return state.flag > 0
        case "marked":
            return state.marked
        case "leech":
            return state.lapses >= (work.settings.study.leech_lapses or 8)
    return card.id in doubts
