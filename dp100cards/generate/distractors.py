"""Wrong options that are known to be wrong.

An option is wrong only if the notes show it: it belongs to a concept beside the key's own (siblings first, then the
section, then the deck), and nothing that the notes say of the key makes it right, nor of it makes it the key
(`World.may_hold`). Of those that are left, the ones that give the key away least are taken. Each carries a
`because`: what the notes do say of it.

Rules and thresholds: "Closed world by section", and the item-writing flaws 2, 4, 7, 8, 12, 15 and 18.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from dp100cards.cards import Card, Choice, Multiple, Option
from dp100cards.generate.english import bare, count_words, joined, lower_first, plural, sentence, upper_first
from dp100cards.generate.phrase import only_a_name, quoted
from dp100cards.generate.shape import features
from dp100cards.generate.stems import GENERIC_STEMS, overlap, stems
from dp100cards.generate.world import ASKED, FITS, Concept, Stood, World, places
from dp100cards.notes.facts import (
    Abbreviation,
    Definition,
    Description,
    Enumeration,
    Fact,
    Own,
    Sequence,
    Statement,
    Use,
)

FEWEST, MOST = 2, 3
"""How many wrong options a choice has: three options do as well as five, so two wrong ones are enough."""


CONSIDERED = 2 * MOST
"""So many possible options are weighed against each other; more are not looked for."""

UNRELATED = 1
"""A concept of the same category that has no telling stem in common: it is taken only where options are wanting."""

RELATED = 2
"""Telling stems that two concepts of different categories must share before one is an option beside the other."""


TELLING = 4
"""A predicate of fewer telling stems may hold of what the notes only set against the key in some other respect."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong option with what shows it to be wrong, and how far from the key it was found (0 is beside it)."""

    text: str
    because: str
    distance: int


def stood(cards: Iterable[Card]) -> Stood:
    """The wrong options that cards had before, by the note's words and the right answer.

    They are taken again as long as the notes still show them to be wrong: so a new note changes no card that it has
    nothing to do with.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for card in cards:
        if isinstance(card, Choice | Multiple) and card.source:
            rights = [option.text for option in card.options if option.right]
            key = rights[0] if isinstance(card, Choice) else ""
            wrong = {option.text.casefold() for option in card.options if not option.right}
            found.setdefault(_stands(card.source.quote, key), set()).update(wrong)
    return {key: frozenset(texts) for key, texts in found.items()}


def _stands(quote: str, key: str) -> tuple[str, str]:
    return " ".join(quote.casefold().split()), bare(key).casefold()


def concepts(world: World, fact: Fact, predicate: str) -> list[Wrong]:
    """Names of other concepts, as wrong answers to "which one is, has or does (predicate)?"."""
    mine = world.of(fact.concept)
    if mine is None:
        return []
    wanted = stems(predicate)

    def name(other: Concept) -> Wrong | None:
        if world.may_hold(wanted, other) or world.same_thing(other.name, fact.concept):
            return None
        if len(wanted - GENERIC_STEMS) < TELLING and world.set_against(fact.concept, other.name):
            return None
        why = because(other)
        return Wrong(world.naming.title(other.name), why, 0) if why else None

    return _search(world, fact, mine, name, world.naming.title(fact.concept), predicate)


def values(world: World, fact: Fact, key: str, of: Callable[[Fact], str | None]) -> list[Wrong]:
    """What `of` takes from facts of other concepts, as wrong answers to a question about this fact's concept."""
    mine = world.of(fact.concept)
    if mine is None:
        return []
    own = stems(key)

    def value(other: Concept) -> Wrong | None:
        if world.same_thing(other.name, fact.concept):
            return None
        for candidate in other.facts[:TOLD]:
            text = of(candidate)
            if not text or candidate.status or candidate.confidence < 0.5:
                continue
            said = stems(text)
            named = overlap(stems(fact.concept), said) >= FITS and not stems(fact.concept) <= GENERIC_STEMS
            if not said or world.may_hold(said, mine) or overlap(own, said) >= FITS or named:
                continue
            if stems(other.name) & said - GENERIC_STEMS and not stems(other.name) & own:
                continue
            subject = world.naming.subject(other.name) or world.naming.title(other.name)
            return Wrong(upper_first(bare(text)), sentence(f"That is what the notes say of {subject}"), 0)
        return None

    return _search(world, fact, mine, value, key, fact.concept)


def members(world: World, fact: Enumeration, stem_text: str) -> list[Wrong]:
    """Things that do not belong to this list: items of other lists near it, then concepts beside its own."""
    mine = world.of(fact.concept)
    inside = [stems(item) for item in fact.items]
    listed = any(
        other and any(f.category and f.category == fact.category for f in other.facts)
        for other in map(world.of, fact.items)
    )  # only beside concepts of its own category is a concept an option
    found: list[Wrong] = []

    def offer(text: str, because: str, distance: int) -> None:
        said = stems(text)
        telling = said - GENERIC_STEMS
        if not said or len(text.split()) > 12 or any(_alike(said, item) for item in inside):
            return
        if mine is None or not telling or not world.may_hold(telling, mine):
            found.append(Wrong(upper_first(bare(text)), because, distance))

    for other in world.lists_near(fact):
        if not _same_list_again(world, fact, other):
            home = _list_in_short(world, other)
            theirs = world.of(other.concept)
            akin = other.concept == fact.concept or (
                mine and theirs and world.related(mine, theirs) > RELATED
            )
            beside = other.heading == fact.heading or (
                akin and fact.category and other.category == fact.category
            )
            for item in other.items:
                offer(item, f"It belongs to another list: {quoted(home)}.", 0 if beside else 1)
    if mine is not None:
        for distance, place in enumerate(places(fact)):
            for concept in world.near(place, mine.key):
                why = because(concept) if _relation(world, fact, mine, concept, distance) > 1 else ""
                if why:
                    offer(world.naming.title(concept.name), why, 0 if listed and not distance else 1)
    ranked = rank(found, [upper_first(item) for item in fact.items], stem_text)
    before = world.stood.get(_stands(fact.source.quote, ""), frozenset())
    return sorted(ranked, key=lambda wrong: wrong.text.casefold() not in before)


def _alike(one: frozenset[str], two: frozenset[str]) -> bool:
    return overlap(one, two) >= FITS or overlap(two, one) >= FITS


def _same_list_again(world: World, fact: Enumeration, other: Enumeration) -> bool:
    """Is the other list unclear, or may it be this one in other words?"""
    if other.status or (fact.what and other.what and world.same_thing(fact.what, other.what)):
        return True
    lead = stems(fact.lead) - stems(fact.concept)
    return bool(lead) and overlap(lead, stems(other.lead)) >= FITS and other.concept == fact.concept


def _list_in_short(world: World, fact: Enumeration) -> str:
    lead = bare(fact.lead)
    if not world.named_in(fact.concept, lead):
        lead = f"{world.naming.title(fact.concept)}: {lower_first(lead)}"
    listed = joined(fact.items)
    if len(f"{lead} {listed}".split()) > 25:
        return lead
    return f"{lead}{' ' if fact.inline else ': '}{listed}"


TOLD = 12
"""So many facts of a concept, from its first on, are looked at where one or a few are wanted."""


def because(concept: Concept) -> str:
    """What the notes say of a concept, in one short sentence of their own words; "" where they say nothing short.

    Of several the most telling kind, then the shortest: not the first, for the order of the notes changes no card.
    """
    if concept.because is None:
        said = (_said(fact) for fact in concept.facts[:TOLD] if not fact.status)
        short = [(found[0], len(found[1]), found[1]) for found in said if found and _tells(found[1])]
        concept.because = sentence(bare(min(short)[2])) if short else ""
    return concept.because


def _tells(text: str) -> bool:
    return 2 <= count_words(text) <= 25 and not only_a_name(text)


def _said(fact: Fact) -> tuple[int, str] | None:
    match fact:
        case Definition(value=value):
            return 0, value
        case Use(marker=marker, purpose=purpose):
            return 1, f"{marker} {purpose}" if "…" not in marker else purpose
        case Description(value=value):
            return 2, value
        case Statement(sentence=text):
            return 3, text
        case Enumeration(lead=lead, items=items, inline=inline):
            return 4, f"{lead} {joined(items)}" if inline else f"{lead}: {joined(items)}"
        case Sequence() | Abbreviation() | Own():
            return None
    return None


def _search(
    world: World, fact: Fact, mine: Concept, take: Callable[[Concept], Wrong | None], key: str, stem_text: str
) -> list[Wrong]:
    """What stood beside the key before, if that is still wrong; else what is found anew."""
    before = world.stood.get(_stands(fact.source.quote, key))
    if before:

        def again(other: Concept) -> Wrong | None:
            wrong = take(other)
            return wrong if wrong and wrong.text.casefold() in before else None

        kept = _look(world, fact, mine, again, key, stem_text, len(before))
        if len(kept) == min(MOST, len(before)):
            return kept
    return _look(world, fact, mine, take, key, stem_text, MOST)


def _look(
    world: World,
    fact: Fact,
    mine: Concept,
    take: Callable[[Concept], Wrong | None],
    key: str,
    stem_text: str,
    enough: int,
) -> list[Wrong]:
    """Look beside the key, then in the section, then in the deck; stop as soon as there are enough."""
    found: dict[str, Wrong] = {}
    met = {mine.key}
    for distance, place in enumerate(places(fact)):
        near = [other for other in world.near(place, mine.key) if other.key not in met]
        met.update(other.key for other in near)
        ranked: list[tuple[int, Wrong]] = []
        for relation, other in _by_relation(world, fact, mine, near, distance):
            if len(ranked) >= CONSIDERED and relation < ranked[-1][0]:
                break
            if relation == UNRELATED and len(found) + len(ranked) >= FEWEST:
                break
            wrong = take(other)
            known = [key, *found, *(w.text for _, w in ranked)]
            if wrong and not any(_one_in_other(wrong.text, text) for text in known):
                ranked.append((relation, Wrong(wrong.text, wrong.because, distance)))
        for wrong in _best(ranked, key, stem_text):
            found.setdefault(wrong.text.casefold(), wrong)
        if len(found) >= (min(FEWEST, enough) if fact.category and not distance else enough):
            break  # siblings enough: what stands further off would only look odd beside them
    return list(found.values())[:MOST]


def _one_in_other(one: str, two: str) -> bool:
    """Are two options one thing, or one a part of the other: "Pipeline" and "ML pipeline"?"""
    a, b = stems(one), stems(two)
    return one.casefold() == two.casefold() or not a or not b or a <= b or b <= a


def _by_relation(
    world: World, fact: Fact, mine: Concept, near: list[Concept], distance: int
) -> list[tuple[int, Concept]]:
    """Those that have to do with the concept, the most related first, the nearest first among equals."""
    found = ((_relation(world, fact, mine, other, distance), other) for other in near)
    return sorted(((r, other) for r, other in found if r), key=lambda pair: -pair[0])


def _relation(world: World, fact: Fact, mine: Concept, other: Concept, distance: int) -> int:
    """How much the other concept has to do with this one, 0 (nothing: it may lend no option) to 4 (the same list).

    Beyond one's own category a stem in common is not enough: so a section about something else changes no card.
    """
    if distance == 0 and fact.category:
        shared = world.related(mine, other)
        if _same_list(other, fact):
            return 4
        return UNRELATED + min(2, shared) if shared or fact.category == ASKED else 0
    shared = world.related(mine, other)
    return min(3, shared) if shared >= (1 if fact.category == ASKED else RELATED) else 0


def _same_list(other: Concept, fact: Fact) -> bool:
    return any(f.heading == fact.heading and f.category == fact.category for f in other.facts)


def _best(ranked: list[tuple[int, Wrong]], key: str, stem_text: str) -> list[Wrong]:
    order = sorted(ranked, key=lambda r: (-r[0], cue(r[1].text, key, stem_text), _hash(key + r[1].text)))
    return [wrong for _, wrong in order]


def rank(found: Iterable[Wrong], keys: list[str], stem_text: str) -> list[Wrong]:
    """Wrong options for several keys, those that look most like them first, no two the same."""
    unique = {wrong.text.casefold(): wrong for wrong in reversed(list(found))}
    model = sorted(keys, key=len)[len(keys) // 2]
    order = sorted(unique.values(), key=lambda w: (cue(w.text, model, stem_text), _hash(model + w.text)))
    return sorted(order, key=lambda w: w.distance)


def cue(option: str, key: str, stem_text: str) -> float:
    """How much an option's look sets the key apart from it: shape, length, words that the question repeats."""
    shapes = sum(a != b for a, b in zip(features(option), features(key), strict=True)) + (
        plural(option) != plural(key)
    )
    shorter, longer = sorted((len(option), len(key)))
    length = 0.0 if longer <= 20 else max(0.0, longer / max(1, shorter) - 1.25)
    asked = stems(stem_text)
    clang = max(0, len(stems(key) & asked) - len(stems(option) & asked))
    return shapes + round(length, 1) + clang


def in_order(options: Iterable[Option], seed: str) -> tuple[Option, ...]:
    """Options in an order that depends on the card alone: figures by size, all else by a hash."""
    listed = list(options)
    sizes = [figure(option.text) for option in listed]
    if all(size is not None for size in sizes):
        return tuple(
            option for _, option in sorted(zip(sizes, listed, strict=True), key=lambda pair: pair[0] or ())
        )
    return tuple(sorted(listed, key=lambda option: _hash(seed + "\n" + option.text)))


def figure(text: str) -> tuple[float, ...] | None:
    """The size of an option that is a number, a version or an amount ("3.6", "1,000", "20 %"); None for others."""
    found = re.fullmatch(r"[v<>≤≥~$€]*\s*(\d[\d.,]*)\s*([%°a-zA-Z]{0,8})\.?", text.strip())
    if not found:
        return None
    parts = found[1].replace(",", "").rstrip(".").split(".")
    if len(parts) == 2 and not text.strip().startswith("v"):
        return (float(".".join(parts)),)
    return tuple(float(part) for part in parts if part)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
