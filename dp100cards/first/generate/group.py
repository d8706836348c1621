"""Groups of like things: the concepts of a category, a section, a deck, in the order of the notes.

Who stands near whom, and how much they have to do with each other: that decides which lends the other a wrong option.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter

from dp100cards.first.generate.concept import ASKED, Concept, places
from dp100cards.first.generate.shelf import home
from dp100cards.first.notes.facts import Fact

NEAR = 8
"""How many siblings on each side, in the order of the notes, may lend a distractor."""

UNRELATED = 1
"""A concept of the same category that has no telling stem in common: it is taken only where options are wanting."""

RELATED = 2
"""Telling stems that two concepts of different categories must share before one is an option beside the other."""

KEPT = 256
"""So many answers of `Groups.beside` are kept: as many as a few sections ask for."""


class Groups:
    """All groups of the concepts, which are entered fact by fact."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._concepts = concepts
        self._groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._place: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._beside: dict[object, dict[int, list[tuple[int, Concept]]]] = {}

    def enter(self, fact: Fact, key: str) -> None:
        """Put the concept of a fact, which has this key, in each of its places."""
        for place in places(fact):
            if key not in self._place[place]:
                self._place[place][key] = len(self._groups[place])
                self._groups[place].append(key)

    def near(self, place: tuple[str, str], key: str) -> list[Concept]:
        """The concepts that stand near `key` in a group, nearest in the order of the notes first.

        Beyond its own category most have nothing to do with it, so there the look goes further.
        """
        reach = 2 * NEAR if place[1].startswith("category") else 3 * NEAR
        group, at = self._groups.get(place, []), self._place.get(place, {}).get(key)
        if at is None:
            return []
        around: list[str] = []
        for step in range(1, reach + 1):
            if at >= step:
                around.append(group[at - step])
            if at + step < len(group):
                around.append(group[at + step])
        return [self._concepts[each] for each in around]

    def beside(
        self, fact: Fact, mine: Concept, distance: int, place: tuple[str, str]
    ) -> list[tuple[int, Concept]]:
        """The concepts that have to do with a fact's own (`mine`) at one of its `places`, each with how much.

        The most related first, the nearest first among equals; those met at an earlier place are left out. The facts
        of a list share the answer, and stand together: the last few answers are kept.
        """
        key = (mine.key, fact.heading, fact.category, home(fact))
        rows = self._beside.get(key)
        if rows is None:
            if len(self._beside) >= KEPT:
                self._beside.clear()
            rows = self._beside[key] = {}
        if distance not in rows:
            nearer = {mine.key}
            for before in places(fact)[:distance]:
                nearer.update(other.key for other in self.near(before, mine.key))
            near = [other for other in self.near(place, mine.key) if other.key not in nearer]
            found = [(relation(fact, mine, other, distance), other) for other in near]
            rows[distance] = sorted((pair for pair in found if pair[0]), key=lambda pair: -pair[0])
        return rows[distance]

    def among(
        self, fact: Fact, mine: Concept, distance: int, place: tuple[str, str], others: Iterable[Concept]
    ) -> list[tuple[int, Concept]]:
        """What `beside` gives of these others, however far off they stand."""
        here = self._place.get(place, {})
        at = here.get(mine.key)
        if at is None:
            return []
        nearer = [
            group for group in map(self._place.get, places(fact)[:distance]) if group and mine.key in group
        ]
        found: list[tuple[int, int, int, Concept]] = []
        for other in others:
            n = here.get(other.key)
            if n is None or n == at or any(other.key in group for group in nearer):
                continue
            if relation_ := relation(fact, mine, other, distance):
                found.append((-relation_, abs(n - at), n, other))
        return [(-less, other) for less, _, _, other in sorted(found, key=itemgetter(0, 1, 2))]


def relation(fact: Fact, mine: Concept, other: Concept, distance: int) -> int:
    """How much the other concept has to do with this one, 0 (nothing: it may lend no option) to 4 (the same list).

    Beyond one's own category a stem in common is not enough: so a section about something else changes no card.
    """
    if distance == 0 and fact.category:
        if (fact.heading, fact.category) in other.listed:
            return 4
        shared = related(mine, other)
        return UNRELATED + min(2, shared) if shared or fact.category == ASKED else 0
    shared = related(mine, other)
    return min(3, shared) if shared >= (1 if fact.category == ASKED else RELATED) else 0


def related(one: Concept, two: Concept) -> int:
    """How much two concepts have to do with each other: the telling stems that are said of both."""
    return len(one.told & two.told)
