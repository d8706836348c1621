"""Which questions an exam asks: by the weights of its areas, one of each fact, what was asked least first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from dp100cards.cards import Card, key
from dp100cards.cards import plain_text as as_compared
from dp100cards.exam.blueprint import Blueprint, scenario_of
from dp100cards.exam.shares import Cell, allot, unmet

plain_text = lru_cache(maxsize=20_000)(as_compared)
"""A text is compared with many others in one draw."""

OTHER = ""
"""The area of cards that belong to none of the blueprint's."""

ANY = ""
"""The kind of all cards, where the blueprint gives kinds no shares."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The questions in their order, and what could not be met."""

    cards: tuple[Card, ...]
    short: dict[str, int] = field(default_factory=dict)
    """How many questions each area lacks."""
    kinds: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """The kinds that are outside of their shares: how many, the least and the most that were wanted."""
    scenarios: int = 0
    """How many case studies are missing."""


def allocate(weights: Mapping[str, float], count: int) -> dict[str, int]:
    """Share `count` out by weights, exactly: each gets its whole part, and the largest remainders one more.

    The method of largest remainders (Hamilton); ties go to the earlier one.
    """
    total = sum(weights.values())
    if total <= 0:
        return dict.fromkeys(weights, 0)
    quotas = {name: count * weight / total for name, weight in weights.items()}
    shares = {name: int(quota) for name, quota in quotas.items()}
    by_remainder = sorted(weights, key=lambda name: shares[name] - quotas[name])
    for name in by_remainder[: count - sum(shares.values())]:
        shares[name] += 1
    return shares


def draw(
    cards: Sequence[Card],
    blueprint: Blueprint,
    count: int,
    rng: Random,
    *,
    asked: Mapping[str, int] | None = None,
    lean: Mapping[str, float] | None = None,
) -> Drawn:
    """Draw `count` questions, or as many as there are.

    `asked` tells how often each card was asked in earlier sittings; `lean` multiplies the weights of areas. Case
    studies are drawn first, whole, within what their areas get. Where an area has too few, the others fill up in
    proportion, and `short` says how many it lacks. Kinds follow their shares as far as areas and bank allow.
    """
    asked, lean = asked or {}, lean or {}
    paper = _Paper(blueprint, count)
    ordered = sorted(cards, key=lambda card: card.id)
    rng.shuffle(ordered)
    paper.fill_pools(sorted(ordered, key=lambda card: asked.get(card.id, 0)))
    weights = {area.id: area.middle * lean.get(area.id, 1.0) for area in blueprint.areas}
    wanted = allocate(weights, count) if weights else {OTHER: count}
    studies = _studies(cards, blueprint, asked, rng)
    missing = paper.take_studies(studies, wanted, sum(section.scenarios for section in blueprint.sections))
    paper.take(wanted)
    short = {area: lacking for area, lacking in wanted.items() if lacking}
    while len(paper.cards) < count:
        rest = {area: weights.get(area, 1.0) for area in paper.left()}
        if not rest:
            break
        paper.take(allocate(rest, count - len(paper.cards)))
    about = [card for card in paper.cards if card.scenario]
    others = [card for card in paper.cards if not card.scenario]
    rng.shuffle(others)
    drawn = blueprint.arranged([*others, *about])
    kinds = unmet(blueprint.shares, Counter(card.kind for card in drawn), len(drawn))
    return Drawn(drawn, short, kinds, missing)


def _studies(
    cards: Sequence[Card], blueprint: Blueprint, asked: Mapping[str, int], rng: Random
) -> list[list[Card]]:
    """The questions of each scenario, in the order of their deck; what was asked least first."""
    found: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        if card.scenario and card.kind in blueprint.kinds:
            found.setdefault(scenario_of(card), []).append(card)
    studies = [found[name] for name in sorted(found)]
    rng.shuffle(studies)
    return sorted(studies, key=lambda study: sum(asked.get(card.id, 0) for card in study) / len(study))


class _Paper:
    """A paper in the making: what is in it, and what is left in the bank for it."""

    def __init__(self, blueprint: Blueprint, count: int) -> None:
        self.blueprint, self.count = blueprint, count
        self.areas = (*(area.id for area in blueprint.areas), OTHER)
        self.pools: dict[Cell, list[Card]] = {}
        self.cards: list[Card] = []
        self.taken = _Taken()

    def area(self, card: Card) -> str:
        """The area that a card counts towards."""
        return card.area if card.area in self.areas else OTHER

    def fill_pools(self, cards: Sequence[Card]) -> None:
        """Sort the bank by area and kind; questions about a scenario are drawn with it only."""
        for card in cards:
            if card.kind in self.blueprint.kinds and not card.scenario:
                kind = card.kind if self.blueprint.shares else ANY
                self.pools.setdefault((self.area(card), kind), []).append(card)

    def left(self) -> list[str]:
        """The areas of which the bank has something left."""
        return [area for area in self.areas if any(pool for (a, _), pool in self.pools.items() if a == area)]

    def take_studies(self, studies: Sequence[list[Card]], wanted: dict[str, int], most: int) -> int:
        """Take whole case studies, as far as they fit into what their areas get; how many are missing.

        They are never more than half of the paper.
        """
        for study in studies:
            needed = Counter(self.area(card) for card in study)
            room = most > 0 and 2 * (len(self.cards) + len(study)) <= self.count
            if (
                room
                and all(n <= wanted.get(area, 0) for area, n in needed.items())
                and self.taken.all_of(study)
            ):
                self.cards += study
                most -= 1
                for area, n in needed.items():
                    wanted[area] -= n
        return most

    def take(self, wanted: dict[str, int]) -> None:
        """Take so many from each area, by the shares of the kinds; `wanted` keeps what could not be had."""
        while True:
            got = Counter(card.kind if self.blueprint.shares else ANY for card in self.cards)
            held = {cell: _facts(pool, self.count) for cell, pool in self.pools.items() if pool}
            cells = allot(wanted, held, self.blueprint.shares, got, self.count)
            if not cells:
                return
            for cell, number in cells.items():
                found = self.taken.some(self.pools[cell], number)
                self.cards += found
                wanted[cell[0]] -= len(found)


def _facts(pool: Sequence[Card], enough: int) -> int:
    """How many facts the cards of a pool come from; no more than `enough` are counted."""
    facts: set[str] = set()
    for card in pool:
        facts.add(card.fact)
        if len(facts) >= enough:
            break
    return len(facts)


class _Taken:
    """What is in the paper already: no two cards of one fact, none that tells another's answer."""

    def __init__(self) -> None:
        self._facts: set[str] = set()
        self._asks: list[str] = []
        self._keys: list[str] = []

    def some(self, pool: list[Card], number: int) -> list[Card]:
        """Take up to `number` fitting cards off the front of a pool; what does not fit is dropped from it."""
        got: list[Card] = []
        while pool and len(got) < number:
            card = pool.pop(0)
            if self._fits(card):
                self._add(card)
                got.append(card)
        return got

    def all_of(self, study: Sequence[Card]) -> bool:
        """Take the questions of a case study, if all of them fit; who wrote them saw to it that they fit together."""
        fits = all(map(self._fits, study))
        for card in study if fits else ():
            self._add(card)
        return fits

    def _add(self, card: Card) -> None:
        self._facts.add(card.fact)
        self._asks.append(plain_text(card.ask))
        self._keys += telling_keys(card)

    def _fits(self, card: Card) -> bool:
        ask, keys = plain_text(card.ask), telling_keys(card)
        return (
            card.fact not in self._facts
            and not any(each in ask for each in self._keys)
            and not any(each in other for each in keys for other in self._asks)
        )


def telling_keys(card: Card) -> list[str]:
    """The right answers of a card that are long enough to give themselves away in another question."""
    options = getattr(card, "options", ())
    if len(key(card)) > 1 or not options:
        return []
    texts = (plain_text(option.text) for option in options if option.right)
    return [text for text in texts if len(text.split()) >= 4]
