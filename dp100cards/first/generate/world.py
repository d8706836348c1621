"""The world of the notes: every concept with all that the notes say of it.

A wrong option must be shown wrong by the notes themselves. That is asked of this world, and the world is closed:
what the notes say of a concept, or might mean to say of it, counts as true; the rest counts as false. It is built
once, in time linear in the notes.

Nothing here depends on how many or which other facts there are, but for those that share words with the one that
is asked about: so a new note changes no card that it has nothing to do with.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dp100cards.first.generate.concept import FITS, Concept, holds, telling_of
from dp100cards.first.generate.concept_key import a_caps, concept_stem, initials
from dp100cards.first.generate.group import NEAR, Groups, related
from dp100cards.first.generate.naming import Naming, is_name
from dp100cards.first.generate.same_name import VENDORS, Spelling, one_thing, spelling
from dp100cards.first.generate.shelf import Shelf
from dp100cards.first.generate.stems import GENERIC_STEMS, overlap, stems, stems_in_order, words
from dp100cards.first.generate.stood import Stood, told_as
from dp100cards.first.generate.words_of import texts
from dp100cards.first.notes.facts import (
    Abbreviation,
    Advice,
    Change,
    Contrast,
    Enumeration,
    Fact,
    Own,
    Points,
    Row,
    Snippet,
)

if TYPE_CHECKING:
    from dp100cards.first.generate.questions.spans import Span

KEPT = 16_384
"""So many pairs of names are known to be one thing or two: as many as a few sections ask for."""

_GONE = re.compile(
    r"^(?:the\s+)?(?P<name>.+?)(?:\s+\([^)]*\))?(?:\s+class)?\s+(?:is|was|are|were|has been|have been)\s+(?:now\s+)?"
    r"(?:retired|deprecated|discontinued|removed|shut down|no longer (?:supported|available))\b",
    re.IGNORECASE,
)
"""A change that says of the concept as a whole that it is no more."""


class World:
    """All concepts of the notes; see the module's docstring."""

    def __init__(self, facts: Iterable[Fact], stood: Stood | None = None) -> None:
        self.facts = list(facts)
        self.stood = stood or Stood()
        # The lines of points are facts of their own: all that they say is known already.
        told = [fact for fact in self.facts if not isinstance(fact, Points)]
        self.naming = Naming(told)
        self.long_forms = {f.short: f.long for f in told if isinstance(f, Abbreviation)}
        self._alias = {
            concept_stem(f.short): concept_stem(f.long) for f in told if isinstance(f, Abbreviation)
        }
        self._shorts: dict[str, list[str]] = defaultdict(list)
        for short, long in self.long_forms.items():
            self._shorts[self.key(long)].append(short)
        self.concepts: dict[str, Concept] = {}
        self.titles = {fact.heading[0] for fact in told if len(fact.heading) > 1}
        """Titles of notes that have sections: what is said right under one is about as much as the whole note."""
        self.members: dict[str, set[str]] = defaultdict(set)
        """By category, the names of its concepts."""
        for fact in told:
            self.members[fact.category].add(fact.concept)
        self.groups = Groups(self.concepts)
        self._by_parts: dict[tuple[str, ...], list[Concept]] = defaultdict(list)
        self._lengths: dict[str, list[int]] = defaultdict(list)
        """By its first stem, how many stems a name has."""
        self._same: dict[tuple[str, str], bool] = {}
        self._spellings: dict[str, Spelling] = {}
        self.sayings: dict[int, str] = {}
        """For the `id` of a fact what `series` says of it."""
        self.lists_in_short: dict[int, str] = {}
        """For the `id` of a list how `distractors` quotes it."""
        self.lenders: dict[object, tuple[list[tuple[int, Concept]], list[tuple[int, Concept]]]] = {}
        """For what stands beside a concept those that `distractors` may take a wrong option from."""
        self.settings: dict[tuple[str, ...], tuple[str, ...]] = {}
        """For the headings above a fact the names that `setting` takes from them."""
        self.spans: dict[tuple[str, str], list[Span]] = {}
        """For a sentence and what it is about its pieces that may be hidden."""
        self.traits: tuple[Fact, list[str]] | None = None
        """The fact that `odds` asked for last, and its traits."""
        self._counted: Counter[str] = Counter()
        self._first_told: dict[tuple[str, tuple[str, ...]], str] = {}
        """For what is told, the concept of which it is told first."""
        for fact in told:
            if fact.concept:
                self._enter(fact)
        self._relate()
        for concept in self.concepts.values():
            concept.told = frozenset(concept.said - GENERIC_STEMS)
        self._against: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = defaultdict(list)
        for pair in {(stems(f.concept), stems(f.other)) for f in told if isinstance(f, Contrast)}:
            for one, two in (pair, pair[::-1]) if all(pair) else ():
                self._against[min(one)].append((one, two))
        self._gone = {
            self.key(f.concept): f.change
            for f in told
            if f.change
            and (found := _GONE.match(f.change.text))
            and self.key(found["name"]) == self.key(f.concept)
        }
        self._lists = Shelf(f for f in told if isinstance(f, Enumeration))
        self._rows = Shelf(f for f in told if isinstance(f, Row))
        self._beside: tuple[Row, list[Row]] | None = None
        self._with_item: dict[str, list[Enumeration]] | None = None
        self._with_stem: dict[str, list[Concept]] | None = None
        self._code = Shelf(f for f in told if isinstance(f, Snippet))

    def key(self, concept: str) -> str:
        """What all spellings of a concept share: stems in order, an abbreviation as its long form."""
        key = concept_stem(concept)
        return self._alias.get(key, key)

    def short_forms(self, key: str) -> list[str]:
        """The abbreviations of the concept with this key."""
        return self._shorts.get(key, [])

    def has(self, key: str) -> bool:
        """Is this the key of a concept, or of its abbreviation?"""
        return self._alias.get(key, key) in self.concepts

    def of(self, concept: str) -> Concept | None:
        """The concept with this name, if the notes have facts about it."""
        return self.concepts.get(self.key(concept))

    def may_hold(self, predicate: frozenset[str], concept: Concept) -> bool:
        """Might this be true of the concept, for all that the notes say? An empty predicate holds of all."""
        return holds(telling_of(predicate), concept)

    def same_thing(self, a: str, b: str) -> bool:
        """Are the two names one thing, or is one part of the other: "ACI" and "container instances"?"""
        pair = (a, b) if a < b else (b, a)
        known = self._same.get(pair)
        if known is None:
            if len(self._same) >= KEPT:
                self._same.clear()  # pairs of names without end: those of the sections at hand are enough
            known = self._same[pair] = one_thing(self._spelling(a), self._spelling(b))
        return known

    def _spelling(self, name: str) -> Spelling:
        """How a name is written, worked out once."""
        known = self._spellings.get(name)
        if known is None:
            known = self._spellings[name] = spelling(name, self.key(name), self.long_forms)
        return known

    def named_in(self, concept: str, text: str) -> bool:
        """Does the text name the concept, wholly, by its abbreviation or by half of its words?"""
        if not concept:
            return True
        if overlap(stems(concept), stems(text)) >= FITS:
            return True
        short = {initials(concept), *self.short_forms(self.key(concept))}
        return any(a_caps(word) in short for word in words(text))

    def names_wholly(self, concept: str, text: str) -> bool:
        """Does the text name the concept by all its telling words, or by its abbreviation?"""
        own = stems(concept) - GENERIC_STEMS - VENDORS or stems(concept)
        if own <= stems(text):
            return True
        short = {initials(concept), *self.short_forms(self.key(concept))}
        return any(a_caps(word) in short for word in words(text))

    def names_another(self, concept: str, text: str) -> bool:
        """Does the text name some other concept of the notes, and say enough besides to be understood?"""
        if len(stems(text) - GENERIC_STEMS) < 4:
            return False
        return any(other.key != self.key(concept) for other in self.named_concepts(text))

    def named_concepts(self, text: str) -> list[Concept]:
        """The concepts that the text names, wholly, in the order of the text."""
        sequence = stems_in_order(text)
        found: list[Concept] = []
        for at, first in enumerate(sequence):
            for length in self._lengths.get(first, ()):
                if at + length <= len(sequence):
                    found += self._by_parts.get(sequence[at : at + length], ())
        return found

    def is_told_before(self, fact: Fact) -> bool:
        """Do the notes tell the very same of another concept before? Then which one it is is asked there."""
        return self._first_told.get((fact.kind, texts(fact))) != self.key(fact.concept)

    def who_may_say(self, text: str) -> list[Concept]:
        """The concepts of which the notes say all the words of a text, wherever they stand."""
        if self._with_stem is None:
            self._with_stem = defaultdict(list)
            for concept in self.concepts.values():
                for part in concept.said:
                    self._with_stem[part].append(concept)
        wanted = stems(text)
        rows = [self._with_stem.get(part, []) for part in wanted] or [list(self.concepts.values())]
        return [concept for concept in min(rows, key=len) if wanted <= concept.said]

    def often(self, name: str) -> int:
        """How many facts of the notes hold all the words of a name."""
        if not self._counted:
            for fact in self.facts:
                self._counted.update({part for text in texts(fact) for part in stems(text)})
        return min((self._counted[part] for part in stems(name)), default=0)

    def gone(self, concept: str) -> Change | None:
        """What became of the concept, where a note says that it is retired as a whole."""
        return self._gone.get(self.key(concept)) if concept and self._gone else None

    def set_against(self, one: str, two: str) -> bool:
        """Do the notes set the two against each other, so that they are alike in most else?"""
        if not self._against:
            return False
        a, b = stems(one), stems(two)
        return any(x <= a and y <= b for part in a for x, y in self._against.get(part, ()))

    def lists_near(self, fact: Enumeration, holding: Iterable[str] | None = None) -> list[Enumeration]:
        """The other lists near this one that have to do with its concept, the nearest first.

        Or, however far off, those `holding` one of these items, which are given as `told_as` writes them.
        """
        if holding is None:
            around = self._lists.near(fact, NEAR)
        else:
            if self._with_item is None:
                self._with_item = defaultdict(list)
                for other in self._lists:
                    for item in other.items:
                        self._with_item[told_as(item)].append(other)
            known = self._with_item
            around = self._lists.from_near(fact, (f for item in holding for f in known.get(item, ())))
        mine = self.of(fact.concept)
        return [f for f in around if self._shares(fact, f, mine)]

    def rows_near(self, fact: Row) -> list[Row]:
        """The other rows of the same table, nearest first."""
        headers = {header for header, _ in fact.cells}
        return [
            other
            for other in self._rows.near(fact, NEAR)
            if other.heading == fact.heading and headers & {header for header, _ in other.cells}
        ]

    def rows_beside(self, fact: Row) -> list[Row]:
        """The rows near that are of another thing; each cell of a row asks for them."""
        if self._beside is None or self._beside[0] is not fact:
            others = [
                each for each in self.rows_near(fact) if not self.same_thing(each.concept, fact.concept)
            ]
            self._beside = fact, others
        return self._beside[1]

    def snippets_near(self, fact: Snippet) -> list[Snippet]:
        """The pieces of code near this one in the same language, nearest first."""
        return [other for other in self._code.near(fact, NEAR) if other.language == fact.language]

    def _shares(self, fact: Fact, other: Fact, mine: Concept | None) -> bool:
        if fact.heading == other.heading:
            return True
        theirs = self.of(other.concept)
        return mine is not None and theirs is not None and related(mine, theirs) > 0

    def _enter(self, fact: Fact) -> None:
        key = self.key(fact.concept)
        concept = self.concepts.get(key)
        if concept is None:
            concept = self.concepts[key] = Concept(key, fact.concept)
            concept.said |= stems(fact.concept)
        concept.facts.append(fact)
        concept.listed.add((fact.heading, fact.category))
        told = texts(fact)
        self._first_told.setdefault((fact.kind, told), key)
        for text in told:
            concept.said |= stems(text)
        if isinstance(fact, Advice | Own) or not is_name(fact.concept):
            return
        self.groups.enter(fact, key)

    def _relate(self) -> None:
        """Give each concept what is said of it in passing: leads of lists that name it, sentences that do."""
        for concept in self.concepts.values():
            parts = stems_in_order(concept.name)
            if parts:
                self._by_parts[parts].append(concept)
                if len(parts) not in self._lengths[parts[0]]:
                    self._lengths[parts[0]].append(len(parts))
        for fact in self.facts:
            for text in texts(fact):
                for concept in self.named_concepts(text):
                    self._mention(fact, text, concept)

    def _mention(self, fact: Fact, text: str, concept: Concept) -> None:
        if isinstance(fact, Enumeration) and text in fact.items:
            concept.said |= stems(fact.lead) | stems(fact.what)
        elif isinstance(fact, Contrast):
            concept.mentioned |= stems(text)
        elif isinstance(fact, Row):
            concept.said |= stems(text)
        elif len(concept.mentioned) < 400:
            concept.mentioned |= stems(text)
