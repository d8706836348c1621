"""The figures of `dp100 stats`, reckoned from the log and the states of the cards."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from dp100cards.decks.index import Index
from dp100cards.scheduler.days import Moment, day_of
from dp100cards.scheduler.forecast import Counts, count, due_by_day, remembered
from dp100cards.scheduler.state import CardState
from dp100cards.store import history
from dp100cards.store.store import Store


@dataclass(frozen=True, kw_only=True)
class DeckFigures:
    """How far one deck is."""

    name: str
    title: str
    cards: int
    counts: Counts
    recall: float
    """The mean probability of recalling a card of the deck now; a new card counts as not recalled."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All that `dp100 stats` shows."""

    today: int
    """The day's number."""
    done_today: history.Day
    streak: int
    longest_streak: int
    counts: Counts
    cards: int
    remembered: float
    """How many cards would be recalled now, by FSRS's reckoning."""
    reviews: int
    took: int
    """Milliseconds, over all reviews."""
    retention: dict[str, tuple[int, int]]
    """For the last 7, 30 and 365 days: cards in review that were known, and those that were asked."""
    by_day: dict[int, int]
    """Reviews on each of the last days, by the day's number."""
    coming: list[int]
    """Cards that fall due on each coming day, today first."""
    decks: list[DeckFigures]
    days: int


def figures(index: Index, store: Store, now: Moment, days: int) -> Figures:
    """Reckon everything, as it stands at `now`."""
    engine = store.engine
    today = day_of(now, engine.rollover)
    states = store.states()
    by_deck: dict[str, list[CardState]] = {}
    sizes: dict[str, int] = {}
    for entry in index.each():
        sizes[entry.deck] = sizes.get(entry.deck, 0) + 1
        if entry.id in states:
            by_deck.setdefault(entry.deck, []).append(states[entry.id])
    mine = [state for group in by_deck.values() for state in group]
    cards = sum(sizes.values())
    decks = [
        DeckFigures(
            name=deck.name,
            title=deck.title,
            cards=sizes.get(deck.name, 0),
            counts=count(by_deck.get(deck.name, []), sizes.get(deck.name, 0)),
            recall=remembered(by_deck.get(deck.name, []), now, engine) / max(sizes.get(deck.name, 0), 1),
        )
        for deck in index.decks()
    ]
    reviews, took = history.totals(store)
    studied = history.study_days(store, engine.rollover)
    return Figures(
        today=today,
        done_today=history.day(store, today, engine.rollover),
        streak=history.streak(store, today, engine.rollover),
        longest_streak=longest_run(studied),
        counts=count(mine, cards),
        cards=cards,
        remembered=remembered(mine, now, engine),
        reviews=reviews,
        took=took,
        retention={
            str(span): history.retention(store, today - span + 1, today, engine) for span in (7, 30, 365)
        },
        by_day=history.days(store, today - days + 1, today, engine.rollover),
        coming=due_by_day(mine, now, engine, days),
        decks=decks,
        days=days,
    )


def longest_run(days: list[int]) -> int:
    """The length of the longest run of days in a row, of ascending day numbers."""
    longest = run = 0
    before: int | None = None
    for day in days:
        run = run + 1 if before is not None and day == before + 1 else 1
        longest, before = max(longest, run), day
    return longest


def as_data(found: Figures) -> dict[str, Any]:
    """The figures as plain data, for JSON."""
    from dp100cards.ui.pages import day_date

    data = asdict(found)
    data["today"] = day_date(found.today)
    data["by_day"] = {day_date(day): number for day, number in found.by_day.items()}
    data["coming"] = {day_date(found.today + n): number for n, number in enumerate(found.coming)}
    data["retention"] = {
        span: {"recalled": known, "asked": asked, "share": round(known / asked, 4) if asked else None}
        for span, (known, asked) in found.retention.items()
    }
    return data
