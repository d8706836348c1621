"""Wrong options that are known to be wrong.

An option is wrong only if the notes show it: it belongs to a concept beside the key's own (siblings first, then the
section, then the deck), and nothing that the notes say of the key makes it right, nor of it makes it the key
(`World.may_hold`). Of those that are left, the ones that give the key away least are taken. Each carries a
`because`: what the notes do say of it.

Rules and thresholds: "Closed world by section", and the item-writing flaws 2, 4, 7, 8, 12, 15 and 18.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeVar

from dp100cards.first.generate.aspects import is_aspect
from dp100cards.first.generate.because import TOLD, because
from dp100cards.first.generate.concept import FITS, Concept, holds, places, telling_of
from dp100cards.first.generate.english import bare, sentence, upper_first
from dp100cards.first.generate.group import KEPT, UNRELATED
from dp100cards.first.generate.looks import cues, hash_of
from dp100cards.first.generate.stems import GENERIC_STEMS, overlap, stems
from dp100cards.first.generate.stood import stands
from dp100cards.first.generate.world import World
from dp100cards.first.notes import names
from dp100cards.first.notes.facts import (
    Definition,
    Fact,
)

FEWEST, MOST = 2, 3
"""How many wrong options a choice has: three options do as well as five, so two wrong ones are enough."""


LOOKED_AT = 12
"""Of so many that are wrong, those that look most like the key are taken; others stand too far off to look better."""


TELLING = 4
"""A predicate of fewer telling stems may hold of what the notes only set against the key in some other respect."""


_BOTH = re.compile(r" (?:&|and) ", re.IGNORECASE)
"""A title over two things, "Security & identity", is no thing beside others."""


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

    naming = world.naming
    one = (
        isinstance(fact, Definition)
        and re.match(r"an? ", predicate, re.IGNORECASE)
        and not naming.many(fact.concept)
    )  # "a named stream" is no producers

    def name(other: Concept) -> str | None:
        if holds(wanted, other) or (one and naming.many(other.name)):
            return None
        return None if few and world.set_against(fact.concept, other.name) else naming.title(other.name)

    why = partial(because, world=world)
    return _search(world, fact, mine, (name, why), naming.title(fact.concept), predicate, named=True)


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

    return _search(world, fact, mine, (value, why), key, fact.concept, named=False)


Found = TypeVar("Found")
"""A wrong option on its way: its words, and whatever goes with them."""

Take = tuple[Callable[[Concept], str | None], Callable[[Concept], str]]
"""What a concept lends as a wrong option, if anything, and the reason why that is wrong."""


def _search(
    world: World, fact: Fact, mine: Concept, take: Take, key: str, stem_text: str, *, named: bool
) -> list[Wrong]:
    """What stood beside the key before, if that is still wrong; else what is found anew."""
    near = partial(_near, world, fact, mine, named)
    before = world.stood.options and world.stood.options.get(stands(fact.source.quote, key))
    if before:
        option, why = take

        def again(other: Concept) -> str | None:
            text = option(other)
            return text if text and text.casefold() in before else None

        kept = _look(world, fact, mine, (again, why), key, stem_text, len(before), near)
        if len(kept) < min(MOST, len(before)):  # what was added may have put them far from each other
            others = {id(each): each for text in before for each in world.who_may_say(text)}
            far = partial(_far, world, fact, mine, others.values(), named)
            kept = _look(world, fact, mine, (again, why), key, stem_text, len(before), far)
        if len(kept) == min(MOST, len(before)):
            return kept
    return _look(world, fact, mine, take, key, stem_text, MOST, near)


Rows = Callable[[int, tuple[str, str]], list[tuple[int, Concept]]]
"""The concepts that may lend a wrong option, and how much each has to do with the key's, at one of its places."""


def _near(
    world: World, fact: Fact, mine: Concept, named: bool, distance: int, place: tuple[str, str]
) -> list[tuple[int, Concept]]:
    """Those near: worked out once for the facts of one concept."""
    rows = world.groups.beside(fact, mine, distance, place)
    of = (id(rows), named, fact.concept, fact.heading)
    kept = world.lenders.get(of)
    if kept is None or kept[0] is not rows:
        if len(world.lenders) >= KEPT:
            world.lenders.clear()
        kept = world.lenders[of] = rows, _lending(world, fact, named, rows)
    return kept[1]


def _far(
    world: World,
    fact: Fact,
    mine: Concept,
    others: Collection[Concept],
    named: bool,
    distance: int,
    place: tuple[str, str],
) -> list[tuple[int, Concept]]:
    """Of certain others, however far off they stand."""
    return _lending(world, fact, named, world.groups.among(fact, mine, distance, place, others))


def _lending(
    world: World, fact: Fact, named: bool, rows: list[tuple[int, Concept]]
) -> list[tuple[int, Concept]]:
    """Those that are another thing than the key; where their name is wanted, those that have one and are told of."""
    any_side = not named or is_aspect(fact.concept)
    above = {world.key(names.from_heading(title)) for title in fact.heading} if named else set()
    above -= {world.key(fact.concept)}
    both = not named or bool(_BOTH.search(fact.concept))
    return [
        (relation, other)
        for relation, other in rows
        if (any_side or not is_aspect(other.name))
        and other.key not in above
        and (both or not _BOTH.search(other.name))
        and not world.same_thing(other.name, fact.concept)
        and (not named or because(other, world))
    ]


def _look(
    world: World,
    fact: Fact,
    mine: Concept,
    take: Take,
    key: str,
    stem_text: str,
    enough: int,
    rows: Rows,
) -> list[Wrong]:
    """Look beside the key, then in the section, then in the deck; stop as soon as there are enough."""
    option, why = take
    found: list[Wrong] = []
    known = [(key.casefold(), stems(key))]
    for distance, place in enumerate(places(fact)):
        ranked: list[tuple[int, str, Concept]] = []
        for tried, (relation, other) in enumerate(rows(distance, place)):
            if len(ranked) == LOOKED_AT or (tried == LOOKED_AT and not ranked):
                break  # where none of the nearest can lend one, those beyond them cannot either
            if len(ranked) >= MOST and relation < ranked[MOST - 1][0]:
                break  # there are enough that have more to do with the key
            if relation == UNRELATED and len(found) + len(ranked) >= FEWEST:
                break
            text = option(other)
            if text and _add(known, text):
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
        best += islice(_in_order(list(related), itemgetter(1), looks, key), MOST)
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
    """Wrong options for several keys, those that look most like them first; no two the same."""
    unique = {wrong.text.casefold(): wrong for wrong in reversed(list(found))}
    model = sorted(keys, key=len)[len(keys) // 2]
    return _in_order([*unique.values()], attrgetter("text"), cues(model, stem_text), model)
