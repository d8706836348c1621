"""The last resort: where no rule makes a card worth having, the note's words are asked for as they are.

A label with its description ("**Scope**: one resource group" below "Role assignments") is asked for by its label;
a sentence has another of its words hidden. Such cards always wait for the learner's yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from dp100cards.generate.aspects import is_aspect
from dp100cards.generate.draft import Draft
from dp100cards.generate.english import bare, count_words, upper_first
from dp100cards.generate.making import basic
from dp100cards.generate.questions.gap import gap_cards
from dp100cards.generate.stems import GENERIC_STEMS, stems
from dp100cards.generate.world import World
from dp100cards.notes.facts import Advice, Definition, Description, Fact, Statement
from dp100cards.notes.names import from_heading, is_generic, without_number

PLAIN = "asked in the note's own words"
"""The doubt that every card of last resort has."""
GUESS = "the gap is a guess"
MOST_GAPS = 3
LONGEST = 24
"""Words of an answer that is all that the note says."""
LONGEST_LABEL = 7


def is_weak(doubts: Iterable[str]) -> bool:
    """Does a card with these doubts hide only what somebody guessed to matter?"""
    return GUESS in doubts


def plain(fact: Fact, world: World) -> Iterator[Draft]:
    """What do your notes say of this label? Then the words of the sentence that are not hidden elsewhere."""
    text = _text(fact)
    if not text:
        return
    if asked := _label_question(fact, text, world):
        yield basic(fact, "plain.label", asked, text, doubts=(PLAIN,))
    rule = f"{fact.kind}.gap"
    for draft in islice(gap_cards(fact, world, text, rule, most=MOST_GAPS), MOST_GAPS):
        yield replace(draft, doubts=tuple(dict.fromkeys((*draft.doubts, GUESS))))


def _text(fact: Fact) -> str:
    match fact:
        case Statement(sentence=sentence):
            return sentence
        case Definition(value=value) | Description(value=value):
            return value
        case Advice():
            return fact.source.quote
    return ""


def _label_question(fact: Fact, text: str, world: World) -> str:
    """The question for all that is said of a label; "" where that is not one thing."""
    if not isinstance(fact, Definition | Description) or fact.confidence < 0.5:
        return ""
    mine = world.of(fact.concept)
    of = _owner(fact, world)
    beside = mine.facts if mine else ()
    if sum(not of or other.heading == fact.heading for other in beside) != 1:
        return ""  # more than one thing is said of it
    if not 2 <= count_words(text) <= LONGEST:
        return ""
    label = bare(fact.concept)
    if count_words(label) > LONGEST_LABEL or not stems(text) - stems(label) - GENERIC_STEMS:
        return ""
    if of:
        return f"{upper_first(of)}: what do your notes say of {_quoted(label)}?"
    return "" if is_aspect(label) else f"What do your notes say of {_quoted(label)}?"


def _quoted(label: str) -> str:
    return f"“{label}”"


def _owner(fact: Fact, world: World) -> str:
    """What the label stands under: the nearest heading that names something else."""
    for title in reversed(fact.heading):
        name = from_heading(title) or without_number(title).rstrip(".")
        if name and not is_generic(name) and not is_aspect(name) and not world.same_thing(name, fact.concept):
            return world.naming.title(name)
    return ""
