"""How to be ready on a day: what must be begun when, what that takes, and what will be remembered.

The future is played out once, card by card, with the very engine that schedules: whether a card is known is drawn
by its recall, with luck that depends on nothing but the card and how often it was asked, so that the same day gives
the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """What will have come of so many new cards a day."""

    new_per_day: int
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


def needed(unseen: int, days: int) -> int:
    """The fewest new cards a day by which all are begun in time."""
    return -(-unseen // max(days - REST, 1))


def new_on(unseen: int, days: int, reviews: int, answers: float | None) -> int:
    """The new cards of a day so many days before the exam, when so many cards are to be reviewed.

    As many as are needed to begin all in time; no more than fit into `answers` beside the reviews, where that is
    bounded; none on the last days. Asked anew each day, it makes up for days that were missed.
    """
    if days <= REST:
        return 0
    wanted = needed(unseen, days)
    return wanted if answers is None else min(wanted, max(int((answers - reviews) / ANSWERS_PER_NEW), 0))


def play(
    states: Iterable[CardState], unseen: Sequence[str], now: Moment, days: int, engine: Engine,
    new_per_day: int, reviews_per_day: int,
) -> Outlook:  # fmt: skip
    """Play the days from today to the day before the exam, `days` of them.

    `states` are the cards that have been begun, `unseen` the others, in the order in which they will be asked. Cards
    that are suspended are neither asked nor counted.
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
        late = due[reviews_per_day:]
        asked = due[:reviews_per_day]
        if late:
            by_day.setdefault(day + 1, []).extend(state.card for state in late)
        most = new_per_day if day < max(days - REST, 1) else 0
        new = [CardState(card=waiting.pop()) for _ in range(min(most, len(waiting)))]
        count = 0
        for state in (*asked, *new):
            after, times = _asked(state, at, engine)
            known[state.card] = after
            by_day.setdefault(max(after.due_day - today, day + 1), []).append(state.card)
            count += times
        answers.append(count)
        begun.append(len(new))
    on_the_day = now.later(days * DAY)
    recall = {card: engine.retrievability(state, on_the_day) for card, state in known.items()}
    return Outlook(
        new_per_day=new_per_day,
        answers=tuple(answers),
        begun=tuple(begun),
        recall=recall | dict.fromkeys(waiting, 0.0),
    )


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


def affordable(
    states: Sequence[CardState], unseen: Sequence[str], now: Moment, days: int, engine: Engine,
    reviews_per_day: int, answers_per_day: float,
) -> Outlook:  # fmt: skip
    """The most new cards a day, up to what is needed, that keep the answers of an average day within a bound."""
    low, high = 0, needed(len(unseen), days)
    best = play(states, unseen, now, days, engine, 0, reviews_per_day)
    while low < high:
        middle = (low + high + 1) // 2
        tried = play(states, unseen, now, days, engine, middle, reviews_per_day)
        if sum(tried.answers) <= answers_per_day * days:
            low, best = middle, tried
        else:
            high = middle - 1
    return best
