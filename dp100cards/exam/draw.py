"""Which questions an exam asks: areas by weight, kinds by share, one of each fact, what was asked least first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from dp100cards.cards import Card, Choice, plain_text
from dp100cards.exam.blueprint import Blueprint, scenario_of

compared = lru_cache(maxsize=20_000)(plain_text)
"""A text is compared with many others in one draw."""
ANY = ""
"""The kind of all cards, where the blueprint gives kinds no shares."""
ENOUGH = 200
"""Of a pool, sorted by how often its cards were asked, as many are compared for the next question."""


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


def bounds(blueprint: Blueprint, count: int) -> dict[str, tuple[int, int]]:
    """Of each kind that has a share the least and the most questions of `count`, rounded in its favour."""
    return {
        kind: (math.floor(count * least / 100 + 1e-9), math.ceil(count * most / 100 - 1e-9))
        for kind, least, most in blueprint.shares
    }


def draw(
    cards: Sequence[Card], blueprint: Blueprint, count: int, rng: Random, *, asked: Mapping[str, int] | None = None,
    lean: Mapping[str, float] | None = None,
) -> Drawn:  # fmt: skip
    """Draw `count` questions, or as many as there are.

    `cards` are items (`Blueprint.items`); `asked` says how often each card was asked in earlier sittings; `lean`
    multiplies the weights of areas. Case studies are drawn first, whole, within what their areas get. Where an area
    has too few, the others fill up in proportion, and `short` says how many it lacks. Kinds follow their shares as
    far as areas and bank allow, the scarcest first.
    """
    asked, lean = asked or {}, lean or {}
    bank = sorted((card for card in cards if card.kind in blueprint.kinds), key=lambda card: card.id)
    rng.shuffle(bank)
    bank.sort(key=lambda card: asked.get(card.id, 0))
    paper = _Paper(blueprint, count, bank, asked)
    weights = {area.id: area.middle * lean.get(area.id, 1.0) for area in blueprint.areas}
    wanted = allocate(weights, count) if weights else {"": count}
    studies: dict[tuple[str, str], list[Card]] = {}  # in the order of their decks
    for card in (card for card in cards if card.scenario and card.kind in blueprint.kinds):
        studies.setdefault(scenario_of(card), []).append(card)
    found = [studies[name] for name in sorted(studies)]
    rng.shuffle(found)
    found.sort(key=lambda study: sum(asked.get(card.id, 0) for card in study) / len(study))
    missing = paper.take_studies(found, wanted, sum(section.scenarios for section in blueprint.sections))
    paper.take(wanted)
    short = {area: lacking for area, lacking in wanted.items() if lacking}
    while len(paper.cards) < count and (left := paper.left()):
        paper.take(allocate({area: weights.get(area, 1.0) for area in left}, count - len(paper.cards)))
    others = [card for card in paper.cards if not card.scenario]
    rng.shuffle(others)
    drawn = blueprint.arranged([*others, *(card for card in paper.cards if card.scenario)])
    got = Counter(card.kind for card in drawn)
    kinds = {kind: (got[kind], *share) for kind, share in bounds(blueprint, len(drawn)).items()}
    unmet = {kind: each for kind, each in kinds.items() if not each[1] <= each[0] <= each[2]}
    return Drawn(drawn, short, unmet, missing)


class _Paper:
    """A paper in the making: what is in it, and what is left in the bank for it.

    No two of its cards are of one fact, and none gives the answer of another away.
    """

    def __init__(
        self, blueprint: Blueprint, count: int, bank: Sequence[Card], asked: Mapping[str, int]
    ) -> None:
        self.blueprint, self.count, self._asked = blueprint, count, asked
        self.cards: list[Card] = []
        self._facts: set[str] = set()
        self._texts: list[str] = []
        self._keys: list[str] = []
        self._skills, self._got = Counter[str](), Counter[str]()
        self._pools: dict[tuple[str, str], list[Card]] = {}
        for card in bank:  # questions about a scenario are drawn with it only
            if not card.scenario:
                self._pools.setdefault((blueprint.area_of(card), self._kind(card)), []).append(card)

    def _kind(self, card: Card) -> str:
        return card.kind if self.blueprint.shares else ANY

    def left(self) -> list[str]:
        """The areas of which the bank has something left."""
        return list(dict.fromkeys(area for (area, _), pool in self._pools.items() if pool))

    def take_studies(self, studies: Sequence[list[Card]], wanted: dict[str, int], most: int) -> int:
        """Take whole case studies, as far as they fit into what their areas get; how many are missing.

        They are never more than half of the paper. Whoever wrote the questions of one made them fit together.
        """
        for study in studies:
            needed = Counter(map(self.blueprint.area_of, study))
            room = most > 0 and 2 * (len(self.cards) + len(study)) <= self.count
            if (
                room
                and all(n <= wanted.get(area, 0) for area, n in needed.items())
                and all(map(self._fits, study))
            ):
                for card in study:
                    self._add(card, wanted)
                most -= 1
        return most

    def take(self, wanted: dict[str, int]) -> None:
        """Take what is wanted of each area, by the shares of the kinds; `wanted` keeps what could not be had.

        Kinds get their least first, then their middle, then their most; at last the areas are filled with any.
        """
        limits = bounds(self.blueprint, self.count)
        middle = {
            kind: round(self.count * (least + most) / 200) for kind, least, most in self.blueprint.shares
        }
        held = Counter[str]()
        for (_, kind), pool in self._pools.items():
            held[kind] += len(pool)
        rest = max(self.count - sum(middle.get(kind, 0) for kind in held), 0)
        for step in range(4):
            for kind in sorted(held, key=lambda kind: (held[kind], kind)):
                least, most = limits.get(kind, (0, self.count))
                limit = (least, middle.get(kind, rest), most, self.count)[step]
                while self._got[kind] < limit and self._take_one(kind, wanted):
                    pass

    def _take_one(self, kind: str, wanted: dict[str, int]) -> bool:
        """Take a question of this kind from the area that lacks most; False if there is none."""
        for area in sorted(wanted, key=lambda area: -wanted[area]):
            pool = self._pools.get((area, kind), [])
            while wanted[area] > 0 and pool:
                card = min(pool[:ENOUGH], key=self._turn)
                pool.remove(card)
                if self._fits(card):
                    self._add(card, wanted)
                    return True
        return False

    def _turn(self, card: Card) -> tuple[int, int]:
        """What was asked least comes first, and of that a skill that the paper asks least of."""
        return self._asked.get(card.id, 0), sum(self._skills[skill] for skill in card.skills)

    def _add(self, card: Card, wanted: dict[str, int]) -> None:
        self.cards.append(card)
        self._got[self._kind(card)] += 1
        self._skills.update(card.skills)
        self._facts.add(card.fact)
        self._texts.append(compared(card.ask))
        self._keys += _telling(card)
        wanted[self.blueprint.area_of(card)] -= 1

    def _fits(self, card: Card) -> bool:
        text, keys = compared(card.ask), _telling(card)
        told = any(each in text for each in self._keys) or any(
            each in old for each in keys for old in self._texts
        )
        return card.fact not in self._facts and not told


def _telling(card: Card) -> list[str]:
    """The right answer of a card, if it is long enough to give itself away in another question."""
    options = card.options if isinstance(card, Choice) else ()
    texts = (compared(option.text) for option in options if option.right)
    return [text for text in texts if len(text.split()) >= 4]
