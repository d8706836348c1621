"""The paper of a mock exam: what the learner asked for, drawn from the decks."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dp100cards.cli.workplace import Workplace
from dp100cards.errors import UsageError

if TYPE_CHECKING:
    from dp100cards.cards import Card
    from dp100cards.exam.blueprint import Blueprint


def drawing(
    work: Workplace,
    plan: Blueprint,
    questions: int | None,
    areas: tuple[str, ...],
    *,
    unseen: bool,
    weak: bool,
    seed: int | None,
) -> tuple[tuple[Any, ...], int, list[str]]:
    """The questions, the seed that they were drawn from, and what is to be said about them.

    Raises UsageError if there is nothing to ask.
    """
    from dp100cards.exam.draw import draw
    from dp100cards.store.sittings import times_asked

    if areas:
        known = {area.id for area in plan.areas}
        if not set(areas) <= known:
            raise UsageError(
                f"there is no area {', '.join(sorted(set(areas) - known))}; there are {', '.join(sorted(known))}"
            )
        plan = replace(plan, areas=tuple(area for area in plan.areas if area.id in areas))
    asked = times_asked(work.store)
    rejected = work.store.rejected()
    every = [card for card in work.index.cards() if card.id not in rejected]
    cards = whole_studies(replace(plan, areas=()).items(every), [
        card for card in plan.items(every)
        if not (areas and plan.area_of(card) not in areas) and not (unseen and card.id in asked)
    ])  # fmt: skip
    number = seed if seed is not None else random.SystemRandom().randrange(2**31)
    wanted = questions or plan.questions
    lean = weaknesses(work, plan) if weak else {}
    drawn = draw(cards, plan, wanted, random.Random(number), asked=asked, lean=lean)
    if not drawn.cards:
        why = "every question was asked already" if unseen else f"it asks {', '.join(plan.kinds)} cards"
        raise UsageError(f"the decks hold no question for this exam ({why})")
    said = []
    if plan.skills:
        served = {skill.id for card in plan.items(every) for skill in plan.skills_of(card)}
        if 0 < len(served) < len(plan.skills):
            said.append(f"Your decks cover {len(served)} of {len(plan.skills)} skills of this exam.")
    if len(drawn.cards) < wanted:
        said.append(f"Your decks fill {len(drawn.cards)} of the {wanted} questions of a full exam.")
    if drawn.short:
        areas_short = ", ".join(
            f"{plan.area_title(area)} ({lacking})" for area, lacking in drawn.short.items()
        )
        said.append(f"Short on: {areas_short}; other areas take their place where they can.")
    if drawn.scenarios:
        said.append("No case study fits into this paper.")
    if drawn.kinds:
        found = (f"{got} {kind} (wanted {least}–{most})" for kind, (got, least, most) in drawn.kinds.items())
        said.append(f"Mix of kinds: {', '.join(found)}.")
    return drawn.cards, number, said


def whole_studies(bank: Sequence[Card], cards: Sequence[Card]) -> list[Card]:
    """The cards without the case studies of which some question is missing in them."""
    from dp100cards.exam.blueprint import scenario_of

    chosen = {card.id for card in cards}
    broken = {scenario_of(card) for card in bank if card.scenario and card.id not in chosen}
    return [card for card in cards if not card.scenario or scenario_of(card) not in broken]


def weaknesses(work: Workplace, plan: Blueprint) -> dict[str, float]:
    """How much to lean towards each area: three times its weight where nothing was right, once where all was."""
    from dp100cards.exam.score import score
    from dp100cards.store import sittings

    points: dict[str, list[int]] = {area.id: [0, 0] for area in plan.areas}
    for kept in sittings.every(work.store):
        if kept.sitting.over and not kept.sitting.practice:
            for area in score(kept.sitting, kept.blueprint).areas:
                if area.id in points:
                    points[area.id][0] += area.points
                    points[area.id][1] += area.of
    return {area: 3 - 2 * got / of for area, (got, of) in points.items() if of}
