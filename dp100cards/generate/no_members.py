"""Wrong options beside the items of a list: things that the notes show to be no part of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from dp100cards.generate.because import because
from dp100cards.generate.concept import FITS, Concept, places
from dp100cards.generate.distractors import Wrong, rank
from dp100cards.generate.english import bare, joined, lower_first, upper_first
from dp100cards.generate.group import UNRELATED
from dp100cards.generate.phrase import quoted
from dp100cards.generate.stems import GENERIC_STEMS, overlap, stems
from dp100cards.generate.stood import stands
from dp100cards.generate.world import World
from dp100cards.notes.facts import Enumeration


def members(world: World, fact: Enumeration, stem_text: str) -> Iterable[Wrong]:
    """Things that do not belong to this list: items of other lists near it, then concepts beside its own."""
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
    yield from _of_lists(world, fact, mine, world.lists_near(fact))
    yield from _of_concepts(world, fact, mine, partial(world.groups.beside, fact))


def _of_old(
    world: World, fact: Enumeration, mine: Concept | None, before: Collection[str]
) -> Iterator[Wrong]:
    """What has one of these options and may be no part of the list, however far off it stands by now."""
    yield from _of_lists(world, fact, mine, world.lists_near(fact, before))
    others = [concept for option in before for concept in world.who_may_say(option)]
    yield from _of_concepts(world, fact, mine, partial(world.groups.among, fact, others=others))


def _of_lists(
    world: World, fact: Enumeration, mine: Concept | None, lists: Iterable[Enumeration]
) -> Iterator[Wrong]:
    for other in lists:
        if _same_list_again(world, fact, other):
            continue
        why = f"It belongs to another list: {_list_in_short(world, other)}."
        near = _rivals(world, fact, other)
        for item in other.items:
            yield Wrong(upper_first(bare(item)), why, 0 if near else 1)


def _of_concepts(
    world: World,
    fact: Enumeration,
    mine: Concept | None,
    near: Callable[[Concept, int, tuple[str, str]], list[tuple[int, Concept]]],
) -> Iterator[Wrong]:
    if mine is None:
        return
    listed = any(
        other and any(f.category and f.category == fact.category for f in other.facts)
        for other in map(world.of, fact.items)
    )  # only beside concepts of its own category is a concept an option
    for distance, place in enumerate(places(fact)):
        for relation, concept in near(mine, distance, place):
            if relation > UNRELATED and (why := because(concept, world)):
                name = world.naming.title(concept.name)
                yield Wrong(upper_first(bare(name)), why, 0 if listed and not distance else 1)


def _rivals(world: World, fact: Enumeration, other: Enumeration) -> bool:
    """Do the two list the same of two things: the tiers of one service, and those of another?"""
    if not (fact.what and other.what and fact.concept and other.concept):
        return False
    return world.same_thing(fact.what, other.what) and not world.same_thing(fact.concept, other.concept)


def _same_list_again(world: World, fact: Enumeration, other: Enumeration) -> bool:
    """Is the other list unclear, or may it be this one in other words?"""
    if other.status:
        return True
    if fact.what and other.what and world.same_thing(fact.what, other.what):
        return not _rivals(world, fact, other)
    lead = stems(fact.lead) - stems(fact.concept)
    return bool(lead) and overlap(lead, stems(other.lead)) >= FITS and other.concept == fact.concept


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
