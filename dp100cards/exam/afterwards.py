"""From an exam into daily study: what went wrong is asked again, what was marked is flagged.

A question that was seen and not answered right is a review rated again: a lapse, if the card was learned. A card that
was new stays new, takes nothing of today's new cards, and waits until tomorrow, because today its answer has just been
read; then it comes before all other new ones. Each event carries an id of its own within the exams, so that doing this
twice, or a kill in the middle, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from dp100cards.exam.score import Outcome
from dp100cards.exam.sitting import encoded
from dp100cards.scheduler.days import ROLLOVER_HOUR, Moment, day_of
from dp100cards.scheduler.engine import AGAIN
from dp100cards.scheduler.event import Event
from dp100cards.scheduler.state import CardState

FLAG = 1
"""The flag that a marked question gets."""
REVIEWED, SET_ASIDE, FLAGGED = range(3)
"""What may happen to one question; with its number and its sitting it makes an event's id."""


def to_learn(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The questions that went wrong. One that the learner never came to says nothing."""
    return [each for each in outcomes if each.place.seen and not each.mark.right]


def events(
    sitting: int, outcomes: Sequence[Outcome], state: Callable[[str], CardState], known: Collection[str], now: Moment,
    rollover: int = ROLLOVER_HOUR,
) -> list[Event]:  # fmt: skip
    """What is to be recorded. Cards that no deck holds any more (`known`), or that are suspended, are left out."""

    def event(outcome: Outcome, which: int, kind: str, rating: int = 0, value: int = 0) -> Event:
        given = kind in ("review", "practice")
        return Event(
            card=outcome.card.id, kind=kind, moment=now, rating=rating, value=value, origin="exam",
            took=outcome.place.used if given else 0, answer=encoded(outcome.place.answer) if given else "",
            origin_id=(sitting * 1000 + outcome.number) * 10 + which,
        )  # fmt: skip

    result = []
    for outcome in to_learn(outcomes):
        card = state(outcome.card.id)
        if outcome.card.id in known and not card.out:
            if card.is_new:
                result.append(event(outcome, REVIEWED, "practice", value=int(outcome.mark.right)))
                result.append(event(outcome, SET_ASIDE, "bury", value=day_of(now, rollover) + 1))
            else:
                result.append(event(outcome, REVIEWED, "review", rating=AGAIN))
    flagged = (each for each in outcomes if each.place.marked and each.card.id in known)
    return result + [event(each, FLAGGED, "flag", value=FLAG) for each in flagged]
