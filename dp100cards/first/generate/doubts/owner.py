"""Doubts about whose it is: does a description belong to the concept that the card names, and only to that one?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Basic, Choice, Multiple, Statements
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import count_words, plural
from dp100cards.first.generate.phrase import category_noun
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Definition, Description, Use
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.verb import SURELY_THIRD
from dp100cards.first.notes.vocabulary import CLASSES

_QUOTE = re.compile(r"“([^”]+)”")
_LABELLED = re.compile(r"\w[\w-]*(?: [\w-]+){0,2}: \S")
_MANY = 5
"""So many members make a heading the title of a collection, and not a name for what is said below it."""
_TELLING = re.compile(r"\d|[a-z] [A-Z]|[A-Z]{2,}|`")
_USES = re.compile(r"(?:use|using) ", re.IGNORECASE)
_TASK = re.compile(
    r"\W*(?:how to|steps?|create|creating|deploy\w*|configur\w+|install\w*|set(?:ting)? up|lab|exercise|task|demo)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:customers|users|people|developers|teams|students|admins|administrators|engineers)\W*$"
)
_SIDE = AnyCase(
    r"\w (security|hardening|monitoring|overview|architecture|basics|fundamentals|essentials|internals)$"
    r"|[a-z]s (management|handling|integration|creation|configuration|deployment)$"
)
"""A heading "Kubelet security" opens with what the kubelet is."""
_LISTED = re.compile(r"[A-Z]\w+s(?:, \w+s)+,? and \w+s\W*$")
"""A list of deeds or things, not told of anything: "Inserts, updates, and deletes"."""
_PER = re.compile(r"\bper\?$")
_PRAISES = AnyCase(
    r"\bhelps? (?:you|us|users) (?:be|become|get|stay)\b"
    r"|\b(?:is|are) (?:very |highly )?(?:efficient|easy|easier|flexible|powerful|popular|useful)\b"
    r"(?! (?:for|to|in|with)\b)"
)
"""What is as true of the siblings: as a false statement it is none."""
_HELPS = AnyCase(
    r"\bhelps? (?:you|us|users|to) |\b(?:efficient|easy|easier|flexible|powerful|popular|useful)\b"
)


def doubts(draft: Draft, world: World) -> Iterator[str]:
    """Why what is said may be said of something else."""
    fact, card = draft.fact, draft.card
    if isinstance(card, Statements) and any(
        _PRAISES.search(s.text) or _told_too(s.text, fact.concept, world)
        for s in card.statements
        if not s.right
    ):
        yield "may hold of others"
    if isinstance(fact, Use) and _USES.match(fact.source.quote) and _TASK.match(" ".join(fact.heading[-1:])):
        yield "steps of a lab"
    if not isinstance(fact, Definition | Description):
        return
    if (side := _SIDE.search(fact.concept)) and not _speaks_of(side[1] or side[2], fact.value):
        yield "said of the thing, and not of this side of it"
    told = draft.rule.endswith((".property", ".which", ".features"))
    if told and plural(fact.concept) and len(world.members[fact.concept]) >= _MANY:
        yield "said of a whole group"
    if isinstance(card, Choice) and isinstance(fact, Description) and not fact.category:
        yield "options from all over the notes"
    if draft.rule == "description.features" and re.match(r"[A-Z]?[a-z]+ing [a-z]", fact.concept):
        yield "stands under no name of a thing"
    if draft.rule == "description.features" and not _sorts(fact.category):
        yield "options from all over the notes"
    if isinstance(card, Choice):
        yield from _of_a_choice(card, topic=isinstance(fact, Description))
    if isinstance(fact, Description) and _LISTED.match(fact.value):
        yield "the answer is a fragment"
    if isinstance(card, Basic) and draft.rule.endswith(".property"):
        if _PER.search(card.ask) or (card.ask.endswith(" for?") and _PEOPLE.search(card.answer)):
            yield "clumsy question"
        if count_words(card.answer) < 3 and _HELPS.search(f"{card.ask} {card.answer}"):
            yield "says little"
    if draft.rule == "description.features" and isinstance(card, Multiple):
        right = [option.text for option in card.options if option.right]
        own = stems(fact.concept) - GENERIC_STEMS
        short = "".join(word[0] for word in fact.concept.split()).casefold()
        own -= stems(" ".join(option.text for option in card.options if not option.right))
        if any(stems(text) & own or text.casefold() == short for text in right):
            yield "the question names its answer"


def _speaks_of(side: str, value: str) -> bool:
    """Does it tell of the security and the like, and not only of what has it: "Securing the client's files"?"""
    first = value.split()[0].lower() if value.split() else ""
    return bool(stems(side) & stems(value)) or first.endswith("ing") or side[:5].lower() in value.lower()


def _told_too(text: str, concept: str, world: World) -> bool:
    """Does a false statement speak of what the notes tell of the concept itself: columns, say, if in other words?"""
    mine = world.of(concept)
    return mine is not None and bool((stems(text) - stems(concept) - GENERIC_STEMS) & mine.told)


def _sorts(category: str) -> bool:
    """Does the category say of what kind its members are: "Storage services"?"""
    kind = category_noun(category).split()
    return bool(kind) and kind[-1].lower() in CLASSES


def _acts(said: str) -> bool:
    """Is something done in it: "Encrypts files", "Script injected into page"?"""
    parts = said.lower().split()
    return bool(has_verb(said)) or parts[0] in SURELY_THIRD or any(part.endswith("ed") for part in parts)


def _of_a_choice(card: Choice, *, topic: bool) -> Iterator[str]:
    found = _QUOTE.search(card.ask)
    said = found[1] if found else card.ask
    if found and count_words(said) <= 4 and topic and not _TELLING.search(said) and not _acts(said):
        yield "may hold of others"
    if re.match(r"Which (?:of these|[\w -]+) (?:does|has) \d", card.ask):
        yield "clumsy question"
    if _LABELLED.match(said):
        yield "describes another name"
    options = [(option.right, stems(option.text) - GENERIC_STEMS) for option in card.options]
    told = stems(said)
    key = frozenset[str]().union(*(words for right, words in options if right)) & told
    if any(all(one not in words for right, words in options if not right) for one in key):
        yield "the question names its answer"
    if any(option.text.strip("`").endswith((".md", ".pdf", ".png")) for option in card.options):
        yield "an option is no name of a thing"
