"""Doubts about options: is the right one the only one that a reader would take, and are all of one kind?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Choice, Multiple
from dp100cards.first.generate.aspects import EVERYWHERE
from dp100cards.first.generate.doubts.defined import of_what_is_told
from dp100cards.first.generate.doubts.words import (
    is_clause,
    is_told,
    leans_back,
    no_noun,
    noisy,
    speaks_of_itself,
    two_acts,
)
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, count_words, lower_first, plural
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Abbreviation, Definition, Description, Fact, Row, Statement
from dp100cards.first.notes.grammar import has_verb

_QUOTE = re.compile(r"“([^”]+)”")
_NAME_AND_NUMBER = re.compile(r"[\w /-]{2,30} \((?:[a-z]+ )?\d+\)")
_OTHERS_NAME = re.compile(r"[A-Z][\w’'-]*(?: [\w’'-]+){0,2} [-–—] \w")
_IS_THE = re.compile(r"^Which .+? is (the .+)\?$")
_RELATIVE = re.compile(r"\b(?:that|which|who|where|when|to|used|for|in|on|by)\b")
_JOINS = re.compile(
    r"(?:(?:or|and|but|so) )?(?:that|like|either|also|same|once|when|if|while|unlike|plus)\b", re.IGNORECASE
)
"""Words that a description begins with that goes on from something else."""
_FIGURE = re.compile(r"\d|`")
_TELLING = re.compile(r"\d|[a-z][A-Z]|\b[A-Z]{2,}|[a-z,]\s+[A-Z][a-z]|`")


def doubts(draft: Draft, world: World) -> Iterator[str]:
    """Why a choice may be unfair or clumsy."""
    card, fact = draft.card, draft.fact
    assert isinstance(card, Choice)
    if isinstance(fact, Abbreviation):
        return
    if draft.rule == "contrast.which":
        return
    if card.ask.endswith((" this?", " these?")) or " to prevent this" in card.ask:
        yield "leans on another sentence"
    if speaks_of_itself(card.ask) or noisy(card.ask):
        yield "not a plain statement"
    options = [option.text for option in card.options]
    if any(noisy(text) for text in options):
        yield "not a plain statement"
    if isinstance(fact, Row):
        if "which" in draft.rule and any(no_noun(text) for text in options):
            yield "asks about no thing"
        if re.search(r"has the [^“]*[?/]", card.ask):
            yield "clumsy question"
        return
    if draft.rule == "definition.describes" and any(
        is_clause(text) or text.startswith("That ") for text in options
    ):
        yield "an option is a sentence"
    if re.search(r", (?:it|they|this) (?!is\b)[a-z]+", card.ask):
        yield "two things at once"
    if draft.rule == "statement.which" and not fact.category:
        yield "may hold of others"
    if card.ask.startswith("Which of these ") and not all(
        option.right or _stands_near(option.text, fact, world) for option in card.options
    ):
        yield "options from all over the notes"
    if draft.rule.endswith((".which", ".subject")):
        yield from _of_a_description(draft, options)


def _stands_near(name: str, fact: Fact, world: World) -> bool:
    """Do the notes tell of it in the section of the fact, below it, or in one beside it, or say what it is?"""
    other = world.of(name)
    if other is None or any(isinstance(told, Definition) for told in other.facts):
        return True
    here = fact.heading
    return any(heading[: len(here)] == here or heading[:-1] == here[:-1] for heading, _ in other.listed)


def _of_a_description(draft: Draft, options: list[str]) -> Iterator[str]:
    card, fact = draft.card, draft.fact
    assert isinstance(card, Choice)
    found = _QUOTE.search(card.ask)
    said = found[1] if found else card.ask
    if isinstance(fact, Definition | Description):
        yield from of_what_is_told(fact.value, fact)
    if leans_back(said):
        yield "leans on another sentence"
    if found and _JOINS.match(said):
        yield "the description is a fragment"
    step = re.search(r"\b(?:steps|stages|phases)$", fact.category)
    if fact.concept.lower() in EVERYWHERE and not step:
        yield "asks about no thing"
    if _OTHERS_NAME.match(said) and isinstance(fact, Definition | Description):
        yield "describes another name"
    if _NAME_AND_NUMBER.fullmatch(said):
        yield "says little"
    if any(stems(text) == stems(fact.category) for text in options):
        yield "an option is no name of a thing"
    if not found and (is_so := _IS_THE.match(card.ask)) and has_verb(_RELATIVE.split(is_so[1])[0]):
        yield "the description does not fit a name"
    if two_acts(said) or re.search(r", [A-Z]\w+ [a-z]+s ", said):
        yield "two things at once"
    if any(no_noun(text) for text in options):
        yield "an option is no name of a thing"
    telling = stems(said) - GENERIC_STEMS - stems(" ".join(options))
    sure = bool(_TELLING.search(said)) or isinstance(fact, Definition)
    alike = bool(fact.category)
    least = (1 if sure else 2) if alike and not found else (2 if sure else 3 if alike else 5)
    if len(telling) < least:
        yield "may hold of others"
    if found and not isinstance(fact, Definition) and _may_be_said_of_others(said):
        yield "may hold of others"
    if found and isinstance(fact, Definition | Description | Statement):
        form = shape(lower_first(bare(said)))
        does = form == "imperative" and not plural(fact.concept) and not step
        if does or (is_told(said) and not isinstance(fact, Definition)):
            yield "the description does not fit a name"
        if isinstance(fact, Definition) and is_clause(said):
            yield "the description does not fit a name"
        if isinstance(fact, Definition) and has_verb(_RELATIVE.split(said)[0]):
            yield "the description does not fit a name"
        if form == "preposition" or said.startswith(
            ("Such as", "Including", "E.g", "For example", "Formerly")
        ):
            yield "the description is a fragment"
    if isinstance(fact, Statement) and found and not alike:
        yield "may hold of others"


_LIKED = AnyCase(
    r"\bof (?:your|their|any|one's|our) (?:own )?choice\b|\bas you (?:like|want|wish)\b|\bany kind\b"
)


def _may_be_said_of_others(said: str) -> bool:
    """Three words without a verb ("Complete environment"), a row of nouns, what everybody may choose."""
    if _LIKED.search(said):
        return True
    if has_verb(_RELATIVE.split(said)[0]):
        return False
    return (count_words(said) <= 3 and not _FIGURE.search(said)) or said.count(", ") >= 3


def of_features(draft: Draft) -> Iterator[str]:
    """Why a choice of several may be unfair."""
    if draft.rule != "description.features":
        return
    card, fact = draft.card, draft.fact
    assert isinstance(card, Multiple)
    if no_noun(fact.concept):
        yield "asks about no thing"
    if any(len(stems(o.text) - GENERIC_STEMS) < 2 and not _TELLING.search(o.text) for o in card.options):
        yield "may hold of others"
    forms = {shape(lower_first(o.text)) for o in card.options if o.right}
    others = {shape(lower_first(o.text)) for o in card.options if not o.right}
    if len(forms) == 1 and len(others) == 1 and forms != others:
        yield "the options differ in form"
