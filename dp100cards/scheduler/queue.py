"""The queue of a day, which says what to ask and in which order, and the days until an exam, played ahead.

Learning cards come when they are due. Reviews come by rising retrievability, what is nearest to being forgotten
first, with new cards spread evenly between them. Of the cards of one fact (siblings) only one is asked on a day: an
answer to one would give the others away. The limits count what was done today, in whatever session or terminal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol

from dp100cards.scheduler.engine import AGAIN, GOOD, Engine, advance, luck
from dp100cards.scheduler.event import DAY, MINUTE, REVIEW, CardState, Event, Moment, day_of

FURTHEST = 730  # days: nobody plans further ahead
REST = 2  # the last days before an exam: what is begun then would hardly settle, and so nothing is
ANSWERS_PER_NEW = 3.0  # how often a new card is answered on its first day, learning steps included
AGAINS = 3  # how often in a row the play lets a card be forgotten within one day


class Entry(Protocol):
    """What the queue needs to know of a card: its id, and what it shares with its siblings."""

    @property
    def id(self) -> str: ...

    @property
    def fact(self) -> str: ...


class Limits(NamedTuple):
    """How much to ask on one day."""

    new: int = 10
    reviews: int = 200
    ahead: int = 0  # days: ask also what will fall due so soon
    new_in_backlog: bool = False  # ask new cards even while more reviews are due than the limit takes


class Queue(NamedTuple):
    """What a day asks."""

    main: tuple[str, ...] = ()  # reviews and new cards, in the order in which they are asked
    learning: tuple[tuple[int, str], ...] = ()  # when each is due (milliseconds UTC), the earliest first
    new: frozenset[str] = frozenset()  # which of `main` are new
    held_back: bool = False  # does the limit leave reviews that are due for later days?
    new_held_back: bool = False  # do new cards, if there are any, wait until the backlog is done?


def plan(
    active: Iterable[tuple[Entry, CardState]],
    due: Iterable[tuple[Entry, CardState]],
    fresh: Iterable[Entry],
    now: Moment,
    limits: Limits,
    wants: Callable[[Any], bool] = lambda _: True,
) -> Queue:
    """The queue at `now`.

    `active` are the cards that are in learning or were asked today, with their states; `due` those in review that
    are due, by rising retrievability; `fresh` those that can be asked for the first time, in the order of the notes.
    No more of the last two is drawn than is needed. `wants` says which cards to ask. Limits and siblings are reckoned
    over all cards, so that a session with one deck and then another asks no more than one with both.
    """
    today, spent, learning = day_of(now), set[str](), list[tuple[int, str]]()
    new_today = reviewed_today = 0
    for entry, state in active:
        if state.reps and day_of(Moment(state.last_at, now.offset)) == today:
            spent.add(entry.fact)
            new_today += state.first_day == today
            reviewed_today += state.first_day < today
        if state.in_learning and not state.is_set_aside(today):
            spent.add(entry.fact)
            if wants(entry):
                # An answer in the future: the clock has been set back, and waiting for it to catch up is no use.
                learning.append((now.at if state.last_at > now.at else state.due_at, entry.id))

    def one_of_each(cards: Iterable[Entry]) -> Iterator[str]:
        """Of the cards of one fact the first, and none of a fact that was asked today already."""
        for card in cards:
            if card.fact not in spent:
                spent.add(card.fact)
                yield card.id

    room, new_room = max(limits.reviews - reviewed_today, 0), max(limits.new - new_today, 0)
    by = today + limits.ahead
    asked = (e for e, state in due if state.is_due(now, by) and not state.is_set_aside(today) and wants(e))
    reviews = list(islice(one_of_each(asked), room + 1))
    held_back = len(reviews) > room
    waits = held_back and not limits.new_in_backlog and new_room > 0
    new = list(islice(one_of_each(filter(wants, fresh)), 0 if waits else new_room))
    main = tuple(spread(reviews[:room], new))
    return Queue(main, tuple(sorted(learning)), frozenset(new), held_back, waits)


def spread(reviews: Sequence[str], new: Sequence[str]) -> list[str]:
    """New cards spread evenly between reviews; the first is a review, if there is one."""
    places = [(n, -1, card) for n, card in enumerate(reviews)]
    places += [(((n + 1) * len(reviews) - 1) // len(new), n, card) for n, card in enumerate(new)]
    return [card for _, _, card in sorted(places)]


# Until an exam


class Outlook(NamedTuple):
    """What will have come of the days until the exam."""

    answers: tuple[int, ...]  # how many the learner gives on each day from today to the day before the exam
    begun: tuple[int, ...]  # how many cards are begun on each of these days
    recall: dict[str, float]  # of each card on the day of the exam; 0 for one that was not begun by then


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
    states: Iterable[CardState],
    unseen: Sequence[str],
    now: Moment,
    days: int,
    engine: Engine,
    reviews_per_day: int,
    new: Callable[[int, int, int], int] = new_on,
) -> Outlook:
    """Play the days from today to the day before the exam, `days` of them, with the engine that schedules.

    Whether a card is known is drawn by its recall, with luck that depends on nothing but the card and how often it
    was asked: the same day gives the same plan.

    `states` are the cards that have been begun, `unseen` the others, in the order in which they will be asked; `new`
    gives the new cards of a day, as `new_on` does. Cards that are set aside for good are neither asked nor counted.
    """
    today = day_of(now)
    known = {state.card: state for state in states if not state.out}
    waiting = list(reversed(unseen))
    by_day: dict[int, list[CardState]] = defaultdict(list)
    for state in known.values():
        in_learning = day_of(Moment(state.due_at, now.offset))
        due_day = max(state.due_day if state.phase == REVIEW else in_learning, state.buried_until)
        by_day[max(due_day - today, 0)].append(state)
    answers, begun = [], []
    for day in range(days):
        at = now.later(day * DAY)
        due = by_day.pop(day, [])
        due.sort(key=lambda state: (state.phase == REVIEW, engine.retrievability(state, at), state.card))
        asked, late = due[:reviews_per_day], due[reviews_per_day:]
        by_day[day + 1] += late
        most = 0 if late else new(len(waiting), days - day, len(asked))
        fresh = [CardState(waiting.pop()) for _ in range(min(most, len(waiting)))]
        done = [_asked(state, at, engine) for state in (*asked, *fresh)]
        for state in done:
            known[state.card] = state
            by_day[max(state.due_day - today, day + 1)].append(state)
        answers.append(sum(state.reps for state in done) - sum(state.reps for state in asked))
        begun.append(len(fresh))
    on_the_day = now.later(days * DAY)
    recall = {card: engine.retrievability(state, on_the_day) for card, state in known.items()}
    return Outlook(tuple(answers), tuple(begun), recall | dict.fromkeys(waiting, 0.0))


def _asked(state: CardState, at: Moment, engine: Engine) -> CardState:
    """A card asked on a day, until it is done for that day."""
    last = state.reps + AGAINS
    while True:
        recall = 1.0 if state.is_new or state.reps >= last else engine.retrievability(state, at)
        rating = GOOD if luck(state.card, state.reps * 31 + 7) < recall else AGAIN
        state = advance(engine, state, Event(state.card, "review", at, rating))
        if state.phase == REVIEW:
            return state
        at = at.later(max(state.due_at - at.at, MINUTE))


# How far the learner is


class Progress(NamedTuple):
    """How far the learner is with some cards. Rejected ones are not counted at all."""

    cards: int = 0
    new: int = 0  # never asked, suspended ones left out
    learning: int = 0
    young: int = 0
    mature: int = 0
    suspended: int = 0
    recalled: float = 0.0  # how many of those begun would be recalled now, by FSRS

    @property
    def begun(self) -> int:
        """How many were asked, and are not suspended."""
        return self.learning + self.young + self.mature

    @property
    def recall(self) -> float | None:
        """The mean recall of those begun, never of unseen ones as zero; None if there are none."""
        return self.recalled / self.begun if self.begun else None


class Group(NamedTuple):
    """A deck, or an area of the exam."""

    id: str
    title: str
    progress: Progress


class Work(NamedTuple):
    """What today's session asks, as it is now."""

    due: int = 0
    learning: int = 0
    new: int = 0
    held_back: int = 0  # reviews that are due beyond today's limit
    seconds: float = 0.0  # what an answer takes this learner

    @property
    def minutes(self) -> int:
        """About how long that takes."""
        answers = self.due + self.learning + self.new * ANSWERS_PER_NEW
        return max(round(answers * self.seconds / 60), 1) if answers else 0
