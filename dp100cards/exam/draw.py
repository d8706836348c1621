"""Which questions an exam asks: areas by weight, kinds by share, one of each fact, what was asked least first."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from random import Random

from dp100cards.cards import Card, Choice, plain_text
from dp100cards.errors import UsageError
from dp100cards.exam.blueprint import Blueprint, scenario_of

compared = lru_cache(maxsize=20_000)(plain_text)  # a text is compared with many others in one draw
ANY = ""  # the kind of all cards, where the blueprint gives kinds no shares
ENOUGH = 200
"""Of a pool, sorted by how often its cards were asked, as many are compared for the next question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The questions of an exam in their order, what could not be met, and the rules; its clock does not run yet."""

    plan: Blueprint
    cards: tuple[Card, ...]
    wanted: int  # questions; the decks may hold fewer
    short: dict[str, int] = field(default_factory=dict)  # how many questions each area lacks
    kinds: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """The kinds that are outside of their shares: how many, the least and the most that were wanted."""
    scenarios: int = 0  # how many case studies are missing
    served: int = 0  # skills of the outline that the decks have items for
    seed: int = 0
    minutes: int = 0  # 0 is untimed
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
        counts = Counter(self.plan.headings(self.cards))
        return [(each.title, count, each.locks) for each, count in counts.items() if each.title]


def allocate(weights: Mapping[str, float], count: int) -> dict[str, int]:
    """Share `count` out by weights, exactly: each gets its whole part, and the largest remainders one more."""
    total = sum(weights.values())
    quotas = {name: count * weight / total for name, weight in weights.items()}
    shares = {name: int(quota) for name, quota in quotas.items()}
    by_remainder = sorted(weights, key=lambda name: shares[name] - quotas[name])
    for name in by_remainder[: count - sum(shares.values())]:
        shares[name] += 1
    return shares


def bounds(blueprint: Blueprint, count: int) -> dict[str, tuple[int, int]]:
    """Of each kind that has a share the least and the most questions of `count`, rounded in its favour."""
    return {
        kind: (math.floor(count * least / 100 + 1e-9), math.ceil(count * most / 100 - 1e-9))
        for kind, least, most in blueprint.shares
    }


def draw(
    cards: Sequence[Card],
    blueprint: Blueprint,
    count: int,
    rng: Random,
    *,
    asked: Mapping[str, int] = {},
    lean: Mapping[str, float] = {},
) -> Paper:
    """Draw `count` questions, or as many as there are.

    `cards` are items (`Blueprint.items`); `asked` says how often each card was asked in earlier sittings; `lean`
    multiplies the weights of areas. Case studies are drawn first, whole, within what their areas get. Where an area
    has too few, the others fill up in proportion, and `short` says how many it lacks. Kinds follow their shares as
    far as areas and bank allow, the scarcest first. No two questions are of one fact; none gives another's answer away.
    """
    times, paper = Counter(asked), list[Card]()
    bank = sorted((card for card in cards if card.kind in blueprint.kinds), key=lambda card: card.id)
    rng.shuffle(bank)
    bank.sort(key=lambda card: times[card.id])
    pools: dict[tuple[str, str], list[Card]] = defaultdict(list)  # by area and kind
    for card in bank:  # questions about a scenario are drawn with it only
        if not card.scenario:
            pools[blueprint.area_of(card), _kind(card, blueprint)].append(card)

    def fits(card: Card) -> bool:
        return not any(
            card.fact == other.fact or _tells(card, other) or _tells(other, card) for other in paper
        )

    def take(wanted: dict[str, int]) -> None:
        """Take what areas lack. Each kind gets its least first; then what was asked least comes, whatever its kind,
        up to the middle of that kind's share, up to its most, and beyond.
        """
        shares = bounds(blueprint, count)
        held = Counter(kind for (_, kind), pool in pools.items() for _ in pool)
        shared = sum((least + most) // 2 for kind, (least, most) in shares.items() if kind in held)

        def turn(place: tuple[str, str]) -> tuple[object, ...]:
            area, kind = place
            seldom, got = times[pools[place][0].id], kinds[kind]
            least, most = shares.get(kind, (0, count))
            middle = (least + most) // 2 if kind in shares else max(count - shared, 0)
            scarce = held[kind], kind, seldom, -wanted[area]
            return (0, *scarce) if got < least else (1, seldom, (got >= middle) + (got >= most), *scarce)

        while places := [
            (area, kind) for area in wanted for kind in held if wanted[area] and pools[area, kind]
        ]:
            kinds = Counter(_kind(card, blueprint) for card in paper)
            skills = Counter(skill for card in paper for skill in card.skills)
            pool = pools[place := min(places, key=turn)]
            # Of what was asked least, that of the skills that the paper asks least of.
            turns = [(times[card.id], sum(skills[each] for each in card.skills)) for card in pool[:ENOUGH]]
            card = pool.pop(turns.index(min(turns)))
            if fits(card):
                paper.append(card)
                wanted[place[0]] -= 1

    weights = {area.id: area.middle * lean.get(area.id, 1.0) for area in blueprint.areas}
    wanted = allocate(weights, count) if weights else {"": count}
    studies: dict[tuple[str, str], list[Card]] = defaultdict(list)  # in the order of their decks
    for card in (card for card in cards if card.scenario and card.kind in blueprint.kinds):
        studies[scenario_of(card)].append(card)
    found = [studies[name] for name in sorted(studies)]
    rng.shuffle(found)
    missing = sum(section.scenarios for section in blueprint.sections)
    # Never more than half of the paper. Whoever wrote the questions of one study made them fit together.
    for study in sorted(found, key=lambda study: sum(times[card.id] for card in study) / len(study)):
        needed = Counter(map(blueprint.area_of, study))
        room = missing > 0 and 2 * (len(paper) + len(study)) <= count
        if room and all(n <= wanted.get(area, 0) for area, n in needed.items()) and all(map(fits, study)):
            paper += study
            wanted = {area: lacks - needed[area] for area, lacks in wanted.items()}
            missing -= 1
    take(wanted)
    short = {area: lacking for area, lacking in wanted.items() if lacking}
    while len(paper) < count and (left := [area for (area, _), pool in pools.items() if pool]):
        take(allocate({area: weights.get(area, 1.0) for area in left}, count - len(paper)))
    others = [card for card in paper if not card.scenario]
    rng.shuffle(others)
    drawn = blueprint.arranged([*others, *(card for card in paper if card.scenario)])
    got = Counter(card.kind for card in drawn)
    limits = bounds(blueprint, len(drawn)).items()
    unmet = {kind: (got[kind], *both) for kind, both in limits if not both[0] <= got[kind] <= both[1]}
    return Paper(plan=blueprint, cards=drawn, wanted=count, short=short, kinds=unmet, scenarios=missing)


def draw_paper(
    plan: Blueprint,
    cards: Sequence[Card],
    seed: int,
    questions: int | None = None,
    areas: Collection[str] = (),
    *,
    asked: Mapping[str, int],
    lean: Mapping[str, float] = {},
    unseen: bool = False,
) -> Paper:
    """A paper, of some areas or of all, what was asked least first; or with `unseen` only what never was.

    Raises UsageError if there is nothing to ask.
    """
    known = {area.id for area in plan.areas}
    if unknown := ", ".join(sorted(set(areas) - known)):
        raise UsageError(f"there is no area {unknown}; there are {', '.join(sorted(known))}")
    items, seen = plan.items(cards), asked if unseen else ()
    ids = {card.id for card in items if card.id not in seen and (not areas or plan.area_of(card) in areas)}
    # Of a case study every question of exam level must be in, whatever it is that this exam or its areas leave out.
    broken = {scenario_of(card) for card in replace(plan, areas=()).items(cards) if card.id not in ids}
    whole = [card for card in items if card.id in ids and not (card.scenario and scenario_of(card) in broken)]
    chosen = replace(plan, areas=tuple(area for area in plan.areas if not areas or area.id in areas))
    count = questions or plan.questions
    drawn = draw(whole, chosen, count, Random(seed), asked=asked, lean=lean)
    if not drawn.cards:
        what = f"{'unseen ' * unseen}question for {plan.name}"
        raise UsageError(f"the decks hold no {what} (it asks {', '.join(plan.kinds)})")
    served = {skill.id for card in items for skill in plan.skills_of(card)}
    minutes = max(round(plan.minutes * len(drawn.cards) / plan.questions), 1)
    return replace(drawn, plan=plan, served=len(served), seed=seed, minutes=minutes)


def _kind(card: Card, blueprint: Blueprint) -> str:
    return card.kind if blueprint.shares else ANY


def _tells(one: Card, other: Card) -> bool:
    """Does a question give the right answer of another away, if that is long enough?"""
    options = other.options if isinstance(other, Choice) else ()
    answers = (compared(option.text) for option in options if option.right)
    return any(len(answer.split()) >= 4 and answer in compared(one.ask) for answer in answers)
