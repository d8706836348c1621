"""A paper for an exam: drawn from a collection as the learner asked, before its clock starts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from dp100cards.cards import Card
from dp100cards.errors import UsageError
from dp100cards.exam.blueprint import Blueprint, scenario_of
from dp100cards.exam.draw import Drawn, draw
from dp100cards.exam.score import Result


@dataclass(frozen=True)
class Paper:
    """A paper that was drawn, before its clock starts."""

    plan: Blueprint
    drawn: Drawn
    seed: int
    minutes: int  # 0 is untimed
    wanted: int  # questions; the decks may hold fewer
    served: int = 0  # skills of the outline that the decks have items for
    practice: bool = False
    strict: bool = False
    others: tuple[tuple[str, int, int], ...] = ()
    """Other exams that the decks serve: their names, how many skills, and of how many."""

    @property
    def partial(self) -> str:
        """How many skills of how many the decks cover, as `26 of 58`; "" if all, or if no card names a skill."""
        every = len(self.plan.skills)
        return f"{self.served} of {every}" if 0 < self.served < every else ""

    @property
    def sections(self) -> list[tuple[str, int, bool]]:
        """The heading of each section, how many questions it has, and whether it closes once it is left."""
        headings = self.plan.headings(self.drawn.cards)
        locks = dict(zip(headings, self.plan.locks(self.drawn.cards), strict=True))
        return [(each, headings.count(each), bool(locks[each])) for each in dict.fromkeys(headings) if each]


def draw_paper(
    plan: Blueprint,
    cards: Sequence[Card],
    seed: int,
    questions: int | None = None,
    areas: Collection[str] = (),
    *,
    asked: Mapping[str, int],
    unseen: bool = False,
    lean: Mapping[str, float] | None = None,
) -> Paper:
    """A paper from all cards of a collection; of some areas only, or only of what was never `asked`.

    Raises UsageError if there is nothing to ask.
    """
    known = {area.id for area in plan.areas}
    if not set(areas) <= known:
        unknown = ", ".join(sorted(set(areas) - known))
        raise UsageError(f"there is no area {unknown}; there are {', '.join(sorted(known))}")
    items = plan.items(cards)
    out = asked if unseen else {}
    ids = {card.id for card in items if card.id not in out and (not areas or plan.area_of(card) in areas)}
    # Of a case study every question of exam level must be in, whatever it is that this exam or its areas leave out.
    broken = {scenario_of(card) for card in replace(plan, areas=()).items(cards) if card.id not in ids}
    whole = [card for card in items if card.id in ids and not (card.scenario and scenario_of(card) in broken)]
    chosen = replace(plan, areas=tuple(area for area in plan.areas if not areas or area.id in areas))
    count = questions or plan.questions
    drawn = draw(whole, chosen, count, Random(seed), asked=asked, lean=lean)
    if not drawn.cards:
        why = "every question was asked already" if unseen and items else f"it asks {', '.join(plan.kinds)}"
        why = why if items or not plan.skills else f"no card serves {plan.name}"
        raise UsageError(f"the decks hold no question for this exam ({why})")
    served = {skill.id for card in items for skill in plan.skills_of(card)}
    minutes = max(round(plan.minutes * len(drawn.cards) / plan.questions), 1)
    return Paper(plan, drawn, seed, minutes, count, len(served))


def weaknesses(past: Iterable[Result], plan: Blueprint) -> dict[str, float]:
    """How much to lean towards each area: three times its weight where nothing was right, once where all was."""
    parts = [part for result in past if not result.practice for part in result.areas if part.of]
    found = {}
    for area in plan.areas:
        if mine := [part for part in parts if part.id == area.id]:
            found[area.id] = 3 - 2 * sum(part.points for part in mine) / sum(part.of for part in mine)
    return found
