"""Wrong options that are known to be wrong.

An option is wrong only if the notes show it: it belongs to a concept beside the key's own (siblings first, then the
section, then the deck), and nothing that the notes say of the key makes it right, nor of it makes it the key
(`World.may_hold`). Of those that are left, the ones that give the key away least are taken. Each carries a
`because`: what the notes do say of it.

Rules and thresholds: "Closed world by section", and the item-writing flaws 2, 4, 7, 8, 12, 15 and 18.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeVar

from dp100cards.generate.aspects import is_aspect
from dp100cards.generate.because import TOLD, because
from dp100cards.generate.concept import FITS, Concept, holds, places, telling_of
from dp100cards.generate.english import bare, sentence, upper_first
from dp100cards.generate.group import UNRELATED
from dp100cards.generate.looks import cues, hash_of
from dp100cards.generate.stems import GENERIC_STEMS, overlap, stems
from dp100cards.generate.stood import stands
from dp100cards.generate.world import World
from dp100cards.notes.facts import (
    Definition,
    Fact,
)

FEWEST, MOST = 2, 3
"""How many wrong options a choice has: three options do as well as five, so two wrong ones are enough."""


CONSIDERED = 2 * MOST
"""So many possible options are weighed against each other; more are not looked for."""

TELLING = 4
"""A predicate of fewer telling stems may hold of what the notes only set against the key in some other respect."""


class Wrong(NamedTuple):
    """A wrong option with what shows it to be wrong, and how far from the key it was found (0 is beside it)."""

    text: str
    because: str
    distance: int


def concepts(world: World, fact: Fact, predicate: str) -> list[Wrong]:
    """Names of other concepts, as wrong answers to "which one is, has or does (predicate)?"."""
    mine = world.of(fact.concept)
    if mine is None:
        return []
    wanted = telling_of(stems(predicate))
    few = len(stems(predicate) - GENERIC_STEMS) < TELLING

    one = isinstance(fact, Definition) and re.match(r"an? ", predicate, re.IGNORECASE)

    def name(other: Concept) -> str | None:
        if one and world.naming.many(other.name) and not world.naming.many(fact.concept):
            return None  # "a named stream" is no producers
        if is_aspect(other.name) and not is_aspect(fact.concept):
            return None
        if holds(wanted, other) or (few and world.set_against(fact.concept, other.name)):
            return None
        return world.naming.title(other.name) if because(other, world) else None

    return _search(
        world,
        fact,
        mine,
        (name, lambda other: because(other, world)),
        world.naming.title(fact.concept),
        predicate,
    )


def values(world: World, fact: Fact, key: str, of: Callable[[Fact], str | None]) -> list[Wrong]:
    """What `of` takes from facts of other concepts, as wrong answers to a question about this fact's concept."""
    mine = world.of(fact.concept)
    if mine is None:
        return []
    own, name = stems(key), stems(fact.concept)
    named = not name <= GENERIC_STEMS

    def value(other: Concept) -> str | None:
        for candidate in other.facts[:TOLD]:
            text = of(candidate)
            if not text or candidate.status or candidate.confidence < 0.5:
                continue
            said = stems(text)
            if not said or world.may_hold(said, mine) or overlap(own, said) >= FITS:
                continue
            if named and overlap(name, said) >= FITS:
                continue
            theirs = stems(other.name)
            if theirs & said - GENERIC_STEMS and not theirs & own:
                continue
            return upper_first(bare(text))
        return None

    def why(other: Concept) -> str:
        subject = world.naming.subject(other.name) or world.naming.title(other.name)
        return sentence(f"That is what the notes say of {subject}")

    return _search(world, fact, mine, (value, why), key, fact.concept)


Found = TypeVar("Found")
"""A wrong option on its way: its words, and whatever goes with them."""

Take = tuple[Callable[[Concept], str | None], Callable[[Concept], str]]
"""What a concept lends as a wrong option, if anything, and the reason why that is wrong."""


def _search(world: World, fact: Fact, mine: Concept, take: Take, key: str, stem_text: str) -> list[Wrong]:
    """What stood beside the key before, if that is still wrong; else what is found anew."""
    before = world.stood.options.get(stands(fact.source.quote, key))
    if before:
        option, why = take

        def again(other: Concept) -> str | None:
            text = option(other)
            return text if text and text.casefold() in before else None

        kept = _look(world, fact, mine, (again, why), key, stem_text, len(before))
        if len(kept) < min(MOST, len(before)):  # what was added may have put them far from each other
            others = {id(each): each for text in before for each in world.who_may_say(text)}
            kept = _look(world, fact, mine, (again, why), key, stem_text, len(before), list(others.values()))
        if len(kept) == min(MOST, len(before)):
            return kept
    return _look(world, fact, mine, take, key, stem_text, MOST)


def _look(
    world: World,
    fact: Fact,
    mine: Concept,
    take: Take,
    key: str,
    stem_text: str,
    enough: int,
    others: Sequence[Concept] | None = None,
) -> list[Wrong]:
    """Look beside the key, then in the section, then in the deck; stop as soon as there are enough.

    With `others`, only these are looked at, however far off they stand.
    """
    option, why = take
    found: list[Wrong] = []
    known = [(key.casefold(), stems(key))]
    for distance, place in enumerate(places(fact)):
        ranked: list[tuple[int, str, Concept]] = []
        near = (
            world.groups.beside(fact, mine, distance, place)
            if others is None
            else world.groups.among(fact, mine, distance, place, others)
        )
        for relation, other in near:
            if len(ranked) >= CONSIDERED and relation < ranked[-1][0]:
                break
            if relation == UNRELATED and len(found) + len(ranked) >= FEWEST:
                break
            text = option(other)
            if text and not world.same_thing(other.name, fact.concept) and _add(known, text):
                ranked.append((relation, text, other))
        found += [Wrong(text, why(other), distance) for _, text, other in _best(ranked, key, stem_text)]
        if len(found) >= (min(FEWEST, enough) if fact.category and not distance else enough):
            break  # siblings enough: what stands further off would only look odd beside them
        known[1:] = [(wrong.text.casefold(), stems(wrong.text)) for wrong in found]
    return found[:MOST]


def _add(known: list[tuple[str, frozenset[str]]], text: str) -> bool:
    """Add an option to those that are known; not if it is one of them, or part of one: "Pipeline", "ML pipeline"."""
    folded, parts = text.casefold(), stems(text)
    for other, theirs in known:
        if parts <= theirs or theirs <= parts or folded == other:
            return False
    known.append((folded, parts))
    return True


def _best(ranked: list[tuple[int, str, Concept]], key: str, stem_text: str) -> list[tuple[int, str, Concept]]:
    """As many as a card takes: the most related, of these the likest to the key, of these whatever the hash says."""
    if len(ranked) < 2:
        return ranked
    looks = cues(key, stem_text)
    best: list[tuple[int, str, Concept]] = []
    for _, related in groupby(ranked, key=itemgetter(0)):
        best += _in_order(list(related), itemgetter(1), looks, key)
        if len(best) >= MOST:
            break
    return best[:MOST]


def _in_order(
    found: list[Found], text: Callable[[Found], str], looks: Callable[[str], float], key: str
) -> Iterator[Found]:
    """Those that look most like the key first, of these whatever the hash says; one after the other, for a card takes
    two or three of dozens."""
    looked = sorted(((looks(text(each)), each) for each in found), key=itemgetter(0))
    for _, group in groupby(looked, key=itemgetter(0)):
        alike = [each for _, each in group]
        yield from sorted(alike, key=lambda each: hash_of(key + text(each))) if len(alike) > 1 else alike


def rank(found: Iterable[Wrong], keys: list[str], stem_text: str) -> Iterator[Wrong]:
    """Wrong options for several keys, the nearest first, of these those that look most like them; no two the same."""
    unique = {wrong.text.casefold(): wrong for wrong in reversed(list(found))}
    model = sorted(keys, key=len)[len(keys) // 2]
    looks = cues(model, stem_text)
    text, distance = attrgetter("text"), attrgetter("distance")
    for _, near in groupby(sorted(unique.values(), key=distance), key=distance):
        yield from _in_order(list(near), text, looks, model)
