"""Which questions an exam asks: by the weights of its areas, one of each fact, what was asked least first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from dp100cards.cards import Card, key
from dp100cards.cards import plain_text as as_compared
from dp100cards.exam.blueprint import Blueprint

plain_text = lru_cache(maxsize=20_000)(as_compared)
"""A text is compared with many others in one draw."""

OTHER = ""
"""The area of cards that belong to none of the blueprint's."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The questions in their order, and how many each area lacks."""

    cards: tuple[Card, ...]
    short: dict[str, int] = field(default_factory=dict)


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

    `asked` tells how often each card was asked in earlier sittings; `lean` multiplies the weights of areas.
    Where an area has too few, the others fill up in proportion, and `short` says how many it lacks.
    """
    asked, lean = asked or {}, lean or {}
    pools: dict[str, list[Card]] = {area: [] for area in (*(each.id for each in blueprint.areas), OTHER)}
    ordered = sorted(cards, key=lambda card: card.id)
    rng.shuffle(ordered)
    for card in sorted(ordered, key=lambda card: asked.get(card.id, 0)):
        if card.kind in blueprint.kinds and not (card.kind == "code" and not getattr(card, "wrong", ())):
            pools[card.area if card.area in pools else OTHER].append(card)
    weights = {area.id: area.middle * lean.get(area.id, 1.0) for area in blueprint.areas}
    wanted = allocate(weights, count) if weights else {OTHER: count}
    chosen: list[Card] = []
    short: dict[str, int] = {}
    taken = _Taken()
    for area, number in wanted.items():
        got = taken.some(pools[area], number)
        chosen += got
        if len(got) < number:
            short[area] = number - len(got)
    while len(chosen) < count:
        rest = {area: weights.get(area, 1.0) for area, pool in pools.items() if pool}
        more = [
            card
            for area, n in allocate(rest, count - len(chosen)).items()
            for card in taken.some(pools[area], n)
        ]
        if not more and not any(pools.values()):
            break
        chosen += more
    rng.shuffle(chosen)
    return Drawn(blueprint.arranged(chosen), short)


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
                self._facts.add(card.fact)
                self._asks.append(plain_text(card.ask))
                self._keys += telling_keys(card)
                got.append(card)
        return got

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
