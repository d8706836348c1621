"""Wrong options beside the items of a list: things that the notes show to be no part of it.

Only what stands there for the same reason is one: the items of the same list of another thing (the tiers of one
service, and those of another), and siblings of items that are concepts. Readers took 2 of 38 choices whose options came
from further off, and called half of them wrong or unclear.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from dp100cards.first.generate.because import because
from dp100cards.first.generate.concept import Concept, places
from dp100cards.first.generate.distractors import Wrong, rank
from dp100cards.first.generate.english import bare, joined, lower_first, upper_first
from dp100cards.first.generate.group import UNRELATED
from dp100cards.first.generate.phrase import quoted
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.stood import stands
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Enumeration


def members(world: World, fact: Enumeration, stem_text: str) -> Iterable[Wrong]:
    """Things that do not belong to this list: items of its rivals, and concepts beside its own."""
    mine = world.of(fact.concept)
    inside = [stems(item) for item in fact.items]

    def no_member(wrong: Wrong) -> bool:
        """Is it shown to be no part of the list?"""
        said = stems(wrong.text)
        if not said or len(wrong.text.split()) > 12:
            return False
        if any(2 * len(said & item) >= min(len(said), len(item)) for item in inside):
            return False
        telling = said - GENERIC_STEMS
        return mine is None or not telling or not world.may_hold(telling, mine)

    def ranked(found: Iterable[Wrong]) -> Iterator[Wrong]:
        return filter(no_member, rank(found, [upper_first(item) for item in fact.items], stem_text))

    found = list(_beside_list(world, fact, mine))
    before = world.stood.options.get(stands(fact.source.quote, ""), frozenset())
    if not before:
        return ranked(found)
    if not before <= {wrong.text.casefold() for wrong in found if no_member(wrong)}:
        found += (w for w in _of_old(world, fact, mine, before) if w.text.casefold() in before)
    return sorted(ranked(found), key=lambda wrong: wrong.text.casefold() not in before)


def _beside_list(world: World, fact: Enumeration, mine: Concept | None) -> Iterator[Wrong]:
    """What stands near the list and may be no part of it."""
    yield from _of_lists(world, fact, world.lists_near(fact))
    yield from _of_concepts(world, fact, mine, partial(world.groups.beside, fact))


def _of_old(
    world: World, fact: Enumeration, mine: Concept | None, before: Collection[str]
) -> Iterator[Wrong]:
    """What has one of these options and may be no part of the list, however far off it stands by now."""
    yield from _of_lists(world, fact, world.lists_near(fact, before))
    others = [concept for option in before for concept in world.who_may_say(option)]
    yield from _of_concepts(world, fact, mine, partial(world.groups.among, fact, others=others))


def _of_lists(world: World, fact: Enumeration, lists: Iterable[Enumeration]) -> Iterator[Wrong]:
    for other in lists:
        if not other.status and _rivals(world, fact, other):
            why = f"It belongs to another list: {_list_in_short(world, other)}."
            for item in other.items:
                yield Wrong(upper_first(bare(item)), why, 0)


def _of_concepts(
    world: World,
    fact: Enumeration,
    mine: Concept | None,
    near: Callable[[Concept, int, tuple[str, str]], list[tuple[int, Concept]]],
) -> Iterator[Wrong]:
    listed = any(
        other and any(f.category and f.category == fact.category for f in other.facts)
        for other in map(world.of, fact.items)
    )
    if mine is None or not listed:
        return
    for relation, concept in near(mine, 0, places(fact)[0]):
        if relation > UNRELATED and (why := because(concept, world)):
            yield Wrong(upper_first(bare(world.naming.title(concept.name))), why, 0)


def _rivals(world: World, fact: Enumeration, other: Enumeration) -> bool:
    """Do the two list the same of two things: the tiers of one service, and those of another?"""
    if not (fact.what and other.what and fact.concept and other.concept):
        return False
    return world.same_thing(fact.what, other.what) and not world.same_thing(fact.concept, other.concept)


def _list_in_short(world: World, fact: Enumeration) -> str:
    """A list in quotation marks, worked out once: it is near many others."""
    known = world.lists_in_short.get(id(fact))
    if known is None:
        lead = bare(fact.lead)
        if not world.named_in(fact.concept, lead):
            lead = f"{world.naming.title(fact.concept)}: {lower_first(lead)}"
        listed = joined(fact.items)
        short = len(f"{lead} {listed}".split()) <= 25
        known = quoted(f"{lead}{' ' if fact.inline else ': '}{listed}" if short else lead)
        world.lists_in_short[id(fact)] = known
    return known
