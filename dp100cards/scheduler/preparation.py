"""How to be ready on a day: what must be begun when, what that takes, and what will be remembered.

The future is played out once, card by card, with the very engine that schedules: whether a card is known is drawn
by its recall, with luck that depends on nothing but the card and how often it was asked, so that the same day gives
the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dp100cards.scheduler.advance import advance
from dp100cards.scheduler.days import DAY, MINUTE, Moment, day_of
from dp100cards.scheduler.engine import AGAIN, GOOD, Engine, luck
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.queue import set_aside
from dp100cards.scheduler.state import REVIEW, CardState

REST = 2
"""The last days before an exam, on which nothing new is begun: what is begun then would hardly have settled."""
ANSWERS_PER_NEW = 3.0
"""How often a new card is answered on its first day, learning steps included."""
AGAINS = 3
"""Chances: how often in a row the play lets a card be forgotten within one day."""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What will have come of the days until the exam."""

    answers: tuple[int, ...]
    """How often the learner answers on each day from today to the day before the exam."""
    begun: tuple[int, ...]
    """How many cards are begun on each of these days."""
    recall: dict[str, float]
    """Each card's probability of being recalled on the day of the exam; 0 for a card that was not begun by then."""

    @property
    def last_begun(self) -> int | None:
        """In how many days the last card is begun; None if none is."""
        return max((day for day, count in enumerate(self.begun) if count), default=None)


def new_on(unseen: int, days: int, reviews: int, answers: float | None = None) -> int:
    """The new cards of a day that is `days` before the exam, with so many reviews to do.

    As many as are needed to begin all in time; no more than fit into `answers` beside the reviews, where that is
    bounded; none on the last days. Asked anew each day, it makes up for days that were missed.
    """
    if days <= REST:
        return 0
    wanted = -(-unseen // (days - REST))
    return wanted if answers is None else min(wanted, max(int((answers - reviews) / ANSWERS_PER_NEW), 0))


def play(
    states: Iterable[CardState], unseen: Sequence[str], now: Moment, days: int, engine: Engine,
    reviews_per_day: int, new: Callable[[int, int, int], int] = new_on,
) -> Outlook:  # fmt: skip
    """Play the days from today to the day before the exam, `days` of them.

    `states` are the cards that have been begun, `unseen` the others, in the order in which they will be asked; `new`
    gives the new cards of a day, as `new_on` does. Cards that are set aside for good are neither asked nor counted.
    """
    today = day_of(now, engine.rollover)
    known = {state.card: state for state in states if not state.out}
    waiting = list(reversed(unseen))
    by_day: dict[int, list[str]] = {}
    for state in known.values():
        by_day.setdefault(max(_day(state, engine, now) - today, 0), []).append(state.card)
    answers, begun = [], []
    for day in range(days):
        at = now.later(day * DAY)
        due = [known[card] for card in by_day.pop(day, [])]
        due.sort(key=lambda state: (state.phase == REVIEW, engine.retrievability(state, at), state.card))
        asked, late = due[:reviews_per_day], due[reviews_per_day:]
        if late:
            by_day.setdefault(day + 1, []).extend(state.card for state in late)
        most = 0 if late else new(len(waiting), days - day, len(asked))
        fresh = [CardState(card=waiting.pop()) for _ in range(min(most, len(waiting)))]
        count = 0
        for state in (*asked, *fresh):
            after, times = _asked(state, at, engine)
            known[state.card] = after
            by_day.setdefault(max(after.due_day - today, day + 1), []).append(state.card)
            count += times
        answers.append(count)
        begun.append(len(fresh))
    on_the_day = now.later(days * DAY)
    recall = {card: engine.retrievability(state, on_the_day) for card, state in known.items()}
    return Outlook(
        answers=tuple(answers), begun=tuple(begun), recall=recall | dict.fromkeys(waiting, 0.0)
    )  # fmt: skip


def _day(state: CardState, engine: Engine, now: Moment) -> int:
    """The day on which a card is asked next."""
    due = (
        state.due_day if state.phase == REVIEW else day_of(Moment(state.due_at, now.offset), engine.rollover)
    )
    return max(due, state.buried_until) if set_aside(state, day_of(now, engine.rollover)) else due


def _asked(state: CardState, at: Moment, engine: Engine) -> tuple[CardState, int]:
    """A card asked on a day, until it is done for that day, and how many answers that took."""
    times = 0
    while True:
        knows = state.is_new or luck(state.card, state.reps * 31 + 7) < engine.retrievability(state, at)
        rating = GOOD if knows or times >= AGAINS else AGAIN
        state = advance(engine, state, Event(card=state.card, kind="review", moment=at, rating=rating))
        times += 1
        if state.phase == REVIEW:
            return state, times
        at = at.later(max(state.due_at - at.at, MINUTE))
