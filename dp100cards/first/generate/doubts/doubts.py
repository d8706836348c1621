"""All doubts about one draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dp100cards.cards import Basic, Choice, Cloze, Match, Multiple, Statements
from dp100cards.first.generate.aspects import EVERYWHERE, is_aspect
from dp100cards.first.generate.doubts import hidden, listed, misspelt, named, owner, said, sentences, told
from dp100cards.first.generate.doubts.agreement import of_agreement
from dp100cards.first.generate.doubts.grammar import (
    of_a_definition,
    of_a_fragment,
    of_a_gap,
    of_a_list,
    of_english,
)
from dp100cards.first.generate.doubts.hollow import of_emptiness
from dp100cards.first.generate.doubts.rows import of_a_row
from dp100cards.first.generate.doubts.words import is_clause, no_noun, noisy
from dp100cards.first.generate.draft import MOST_DOUBTS, Draft
from dp100cards.first.generate.english import count_words
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Definition, Description, Enumeration, Row, Sequence
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import THIRD

_LISTS_CASES = AnyCase(
    r"\b(?:use cases?|when to use|examples?|scenarios?|limitations?|considerations|costs?"
    r"|benefits|advantages|disadvantages|pros|cons|drawbacks|challenges)\b"
)
"""Headings over cases of something: what stands under them names no things."""
_OPEN_QUESTIONS = AnyCase(
    r"^(?:(?:my|open|further|other|some|remaining) )?questions?(?: (?:to|for|i|left)\b.*)?:?$"
    r"|^(?:to[- ]?dos?|to (?:read|research|learn|study|check|look up|review))\b"
)
"""Headings over what the learner does not know yet."""
_EXERCISES = AnyCase(
    r"\b(?:lab environment|labs?$|exercises?|assignments?|homework|case stud(?:y|ies))\b"
    r"|\bpractice (?:problems?|tasks?|questions?)\b"
    r"|\b(?:worked|real[- ](?:life|world)|sample|cost) examples?$|^(?:an? )?(?:example|scenario)s?\b"
)
"""Headings over made-up cases, and over what the reader shall do."""
_A_LAB = AnyCase(r"^lab environment\b")
_TRAPS = AnyCase(
    r"\b(?:tricky|traps?|gotchas?|pitfalls?|confus\w+|mistakes?|misconceptions?|watch out|don't forget)\b"
)
"""Headings over what is told against an error, and is no description of what it is told of."""
KEPT = 64
"""Headings whose verdict is kept: the facts of a section follow each other."""


def doubts(draft: Draft, world: World) -> tuple[str, ...]:
    """The doubts about the draft, in the reader's words, up to one more than a suggestion may have; none where its
    reader would take it as it is."""
    found: dict[str, None] = {}
    for doubt in _all(draft, world):
        found[doubt] = None
        if len(found) > MOST_DOUBTS:
            break  # more would change nothing
    return tuple(found) or tuple(named.doubts(draft, world))


@lru_cache(maxsize=KEPT)
def _stands_over_cases(heading: tuple[str, ...]) -> bool:
    return bool(_LISTS_CASES.search(" ".join(heading[max(1, len(heading) - 2) :] or heading)))


@lru_cache(maxsize=KEPT)
def _stands_over_questions(heading: tuple[str, ...]) -> bool:
    return any(map(_OPEN_QUESTIONS.search, heading))


@lru_cache(maxsize=KEPT)
def _stands_over_exercises(heading: tuple[str, ...]) -> bool:
    return any(map(_EXERCISES.search, heading[1:])) or any(map(_A_LAB.match, heading[:1]))


@lru_cache(maxsize=KEPT)
def _stands_over_traps(heading: tuple[str, ...]) -> bool:
    return any(map(_TRAPS.search, heading[1:]))


_SUBJECT = re.compile(r"^.*? (?:is|are) ")


def _all(draft: Draft, world: World) -> Iterator[str]:
    if draft.rule.startswith("today."):
        return
    heading = draft.fact.heading
    if isinstance(draft.fact, Definition | Description) and _stands_over_cases(heading):
        yield "one of several cases"
    if _stands_over_questions(heading):
        yield "an open question of the notes"
    if _stands_over_exercises(heading):
        yield "an example is no fact"
    if isinstance(draft.fact, Definition | Description | Row) and _stands_over_traps(heading):
        yield "told against an error"
    if draft.rule.startswith("advice.") and draft.fact.concept.lower() in EVERYWHERE:
        yield "stands under no name of a thing"
    yield from misspelt.doubts(draft, world)
    yield from of_emptiness(draft)
    yield from of_agreement(draft, world)
    yield from owner.doubts(draft, world)
    yield from of_a_row(draft, world)
    yield from sentences.doubts(draft, world)
    match draft.card:
        case Cloze(ask=ask):
            yield from hidden.doubts(draft, world)
            yield from hidden.of_a_phrase(ask)
            yield from of_a_gap(ask)
        case Basic(ask=ask, answer=answer):
            yield from said.doubts(draft, world)
            yield from of_english(ask)
            yield from of_a_fragment(ask, answer.rstrip("."))
            if isinstance(draft.fact, Definition | Description):
                yield from of_a_definition(ask, answer.rstrip("."))
            if isinstance(draft.fact, Enumeration):
                yield from of_a_list(answer.rstrip("."))
        case Choice(ask=ask):
            yield from told.doubts(draft, world)
            yield from of_english(ask)
        case Multiple(ask=ask):
            yield from told.of_features(draft)
            yield from of_english(ask)
        case Statements(statements=series):
            if any(is_clause(_SUBJECT.sub("", each.text)) for each in series):
                yield "a statement is no plain one"
        case Match(pairs=pairs):
            if any(noisy(f"{pair.left} {pair.right}") for pair in pairs):
                yield "not a plain statement"
            if sum(no_noun(pair.left) for pair in pairs) * 2 > len(pairs):
                yield "asks about no thing"
    if isinstance(draft.fact, Enumeration):
        yield from listed.doubts(draft)
    if isinstance(draft.fact, Sequence):
        yield from _of_steps(draft.fact)


_CLICKS = AnyCase(
    r"\b(?:walkthrough|portal|clicks?|lab|hands-on|demo|exercise|step-by-step|open|select|button|tab|menu)\b"
)


_NAMELESS = re.compile(
    r"(?:the )?(?:process|steps?|how|how it works|workflow|flow|procedure|method|approach|order|stages?|phases?"
    r"|sequence)",
    re.IGNORECASE,
)


_STEPS = re.compile(r"\s+(?:steps?|stages?|phases?|process|workflow|procedure)$", re.IGNORECASE)


def _of_steps(fact: Sequence) -> Iterator[str]:
    """Steps of a lab, and steps of something that has no name."""
    if _CLICKS.search(" ".join((*fact.heading[-1:], fact.what, *fact.steps))):
        yield "steps of a lab"
    numbers = sum(bool(re.search(r"\d", step)) for step in fact.steps)
    if numbers * 2 > len(fact.steps) or any(re.match(r"how\b", w, re.IGNORECASE) for w in (fact.what,)):
        yield "steps that are none"
    if fact.what and (fact.what.split()[-1].lower() in THIRD or has_verb(fact.what)):
        yield "clumsy question"
    if any(stems(step) == stems(fact.concept) for step in fact.steps):
        yield "steps that are none"
    name = fact.what or fact.concept
    if _NAMELESS.fullmatch(name) or is_aspect(_STEPS.sub("", name)):
        yield "stands under no name of a thing"
    if any("," in step or re.match(r"\W|\d+['’]", step) for step in fact.steps):
        yield "steps that are none"
    if count_words(fact.what) > 8:
        yield "clumsy question"
