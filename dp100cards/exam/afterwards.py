"""From an exam into daily study: what went wrong is asked again, what was marked is flagged.

A question that was seen and not answered right is a lapse, if its card was learned. A card that was new stays new,
takes nothing of today's new cards, and comes before all other new ones tomorrow: today its answer was just read. Each
event has an id of its own within the exams, so that doing this twice, or a kill in the middle, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from dp100cards.exam.score import Outcome
from dp100cards.exam.sitting import encoded
from dp100cards.scheduler.engine import AGAIN
from dp100cards.scheduler.event import ROLLOVER_HOUR, CardState, Event, Moment, day_of


def to_learn(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The questions that went wrong. One that the learner never came to says nothing."""
    return [each for each in outcomes if each.place.seen and not each.mark.right]


def events(
    sitting: int, outcomes: Sequence[Outcome], state: Callable[[str], CardState], known: Collection[str], now: Moment,
    rollover: int = ROLLOVER_HOUR,
) -> list[Event]:  # fmt: skip
    """What is to be recorded. Cards that no deck holds any more (`known`), or that are suspended, are left out.

    What happens to a question (0 it is reviewed, 1 set aside, 2 flagged) makes an event's id, with number and sitting.
    """

    def event(outcome: Outcome, which: int, kind: str, rating: int = 0, value: int = 0) -> Event:
        given = kind in ("review", "practice")
        took, answer = (outcome.place.used, encoded(outcome.place.answer)) if given else (0, "")
        return Event(
            card=outcome.card.id, kind=kind, moment=now, rating=rating, value=value, origin="exam", took=took,
            answer=answer, origin_id=(sitting * 1000 + outcome.number) * 10 + which,
        )  # fmt: skip

    result = []
    for outcome in to_learn(outcomes):
        card = state(outcome.card.id)
        if outcome.card.id in known and not card.out:
            if card.is_new:
                result.append(event(outcome, 0, "practice"))
                result.append(event(outcome, 1, "bury", value=day_of(now, rollover) + 1))
            else:
                result.append(event(outcome, 0, "review", rating=AGAIN))
    flagged = (each for each in outcomes if each.place.marked and each.card.id in known)
    return result + [event(each, 2, "flag", value=1) for each in flagged]
