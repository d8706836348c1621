"""Enumerations: name them all, choose those that belong, fill in the one that is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

from dp100cards.first.generate.distractors import MOST, Wrong
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import (
    bare,
    count_words,
    joined,
    lower_first,
    number_word,
    sentence,
    upper_first,
)
from dp100cards.first.generate.looks import cue
from dp100cards.first.generate.making import basic, cloze, multiple
from dp100cards.first.generate.no_members import members
from dp100cards.first.generate.phrase import cut
from dp100cards.first.generate.questions.gap import LONGEST
from dp100cards.first.generate.questions.lead import inside, list_question, list_sentence
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Enumeration
from dp100cards.first.notes.vocabulary import PRONOUNS

LONGEST_RECALL = 7
"""Nobody recalls a list of more than seven; a longer one is asked item by item only."""

LONG_ITEM = 10
"""Words from which an item is cut to its head: "An environment file that declares the dependencies …"."""

STRANGE = 2.0
"""An option that looks so different from the right ones gives itself away (`distractors.cue`)."""

_ONLY_SOME = AnyCase(r"^(?:for )?examples?\b|^e\.g|\b(?:such as|including|like|e\.g\.?)\W*$")
_NO_ITEM = PRONOUNS | {"you", "we", ""}
_SAYS = ("participle", "verb", "clause", "adjective", "imperative", "modal")

_RELATIVE = re.compile(
    r"\s+(?:that|which|who|to|for|by|with|where|when|from|in order|used|needed|containing|describing|on|in)\s"
)
_DASH = re.compile(r"[\u2013\u2014-]\s")


def enumeration(fact: Enumeration, world: World) -> Iterator[Draft]:
    """Name them all; which of these belong to it; each one hidden among the others."""
    items = [bare(item) for item in fact.items]
    if any(item.lower() in _NO_ITEM or item.endswith("?") or _DASH.match(item) for item in items):
        return
    some = fact.open or any(_ONLY_SOME.search(text) for text in (fact.what, fact.lead))
    doubt = "open list" if some else "the items name nothing" if _says_and_names_not(fact, items) else ""
    for draft in _offered(fact, world, items, whole=not some):
        yield replace(draft, doubts=(*draft.doubts, doubt)) if doubt else draft


def _offered(fact: Enumeration, world: World, items: list[str], *, whole: bool) -> Iterator[Draft]:
    heads = heads_of(items)
    told = stems(fact.lead)
    if any(item.endswith("?") for item in fact.items) or all(stems(item) <= told for item in items):
        return
    ask = list_question(fact, world)
    if not ask and whole and 2 <= len(items) <= LONGEST_RECALL and fact.concept:
        lead = lower_first(bare(fact.lead)) or bare(fact.what)
        asked = f"{world.naming.title(fact.concept)}: {lead}: which {number_word(len(items))}?"
        yield basic(fact, "enumeration.name", asked, joined(heads), doubts=("clumsy question",))
    if ask and whole and len(items) >= 2:
        explain = "" if heads == items else f"In full: {joined([lower_first(i) for i in items])}"
        listed = joined([heads[0], *inside(heads)[1:]])
        if len(items) <= LONGEST_RECALL:
            yield basic(fact, "enumeration.name", ask, listed, explain=explain)
        yield from _choose(fact, world, ask, heads)
    yield from _one_hidden(fact, world, heads)


def _says_and_names_not(fact: Enumeration, items: list[str]) -> bool:
    """Are the items things said of what the lead names ("Models": "stored as files") and not its parts?"""
    label = (
        bare(fact.lead).casefold().removeprefix("the ") == bare(fact.what).casefold()
        or len(fact.lead.split()) < 3
    )
    return label and sum(shape(lower_first(item)) in _SAYS for item in items) * 2 > len(items)


def heads_of(items: list[str]) -> list[str]:
    """The items without what only explains them, as far as they stay apart from each other."""
    heads = [head(item) for item in items]
    shown = sorted(f"{upper_first(h)} " for h in heads)
    apart = not any(longer.startswith(short) for short, longer in pairwise(shown))
    return heads if apart else items


_DENIES = AnyCase(r"^(?:don['’]t|do not|no|not|never|avoid|without|only|unless)\b")


def head(item: str) -> str:
    """An item without its explanation: what stands before a colon, a bracket, a clause. What is denied is denied with
    all that belongs to it."""
    short, _ = cut(item, LONG_ITEM)
    if count_words(short) > LONG_ITEM and not _DENIES.match(short):
        found = next((m for m in _RELATIVE.finditer(short) if count_words(short[: m.start()]) >= 2), None)
        if found:
            short = short[: found.start()].rstrip(" ,")
    return short


def _choose(fact: Enumeration, world: World, ask: str, heads: list[str]) -> Iterator[Draft]:
    """Which of these belong to it? Of a long list three are taken, always the same."""
    keys = heads
    question = re.sub(r"\s*Name (?:all \w+|both)\.$", "", ask)
    if len(heads) > 4:
        keys = sorted(sorted(heads, key=lambda h: sha256(h.encode()).hexdigest())[:3], key=heads.index)
        belongs = re.match(r"^what are the \w+ (.*)\?$", question, re.IGNORECASE)
        if not belongs:
            return
        question = f"Which three of these are {belongs[1]}?"
    picked = _from_many(members(world, fact, ask), 2 if len(keys) > 2 else MOST)
    if len(picked) >= 2:
        told = f"{question.rstrip(' ?')}? (Choose {number_word(len(keys))}.)"
        draft = multiple(fact, "enumeration.choose", told, keys, picked)
        model = sorted(keys, key=len)[len(keys) // 2]
        far = any(cue(w.text, model, "") > STRANGE for w in picked)
        yield replace(draft, doubts=("far-fetched options",)) if far else draft


def _from_many(wrong: Iterable[Wrong], n: int) -> list[Wrong]:
    """The best wrong options, no two of them alike."""
    taken: list[Wrong] = []
    for candidate in wrong:
        said = stems(candidate.text)
        if all(len(said & stems(t.text)) * 2 < len(said) + 1 for t in taken):
            taken.append(candidate)
        if len(taken) == n:
            break
    return taken


def _one_hidden(fact: Enumeration, world: World, heads: list[str]) -> Iterator[Draft]:
    """The list as one sentence, with one item hidden; the other items stay, so that only one fits."""
    if len(heads) > 9 or any(count_words(h) > LONG_ITEM for h in heads) or sum(map(count_words, heads)) > 30:
        return
    around = stems(fact.lead) | stems(fact.concept)
    for at, item in enumerate(heads):
        others = stems(" ".join(h for n, h in enumerate(heads) if n != at))
        core = re.sub(r"^(?:an?|the)\s+", "", item, flags=re.IGNORECASE)
        if count_words(core) > 4 or stems(core) & (others | around):
            continue
        listed = [h.replace(core, f"{{{{{core}}}}}", 1) if n == at else h for n, h in enumerate(heads)]
        text = sentence(list_sentence(fact, world, listed))
        if count_words(text) <= LONGEST:
            yield cloze(fact, "enumeration.gap", text, item=item)
