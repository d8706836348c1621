"""Traits of a card: what can be seen of its question, its answer, its fact and the place where that stands.

A trait is a short text, so that a table of weights can be read. None depends on notes that have nothing to do with
the card: another section changes no odds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Basic, Choice, Cloze, Multiple, filled, gaps
from dp100cards.first.generate.doubts.alone import LEAD, looks_named
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import count_words, lower_first
from dp100cards.first.generate.flaws.wording import answer_text
from dp100cards.first.generate.odds.fact_traits import SMALL, WORD, band, of_fact
from dp100cards.first.generate.same_name import VENDORS
from dp100cards.first.generate.shape import is_deed, shape
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.words_of import texts
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import (
    Definition,
)
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import ADJECTIVES, BASE, CLASSES, GENERIC, THIRD

_TOKEN = re.compile(r"[\w'{}]+|[:“”?,]")
_QUOTED = re.compile(r"“([^”]*)”")
_CAPITALS = re.compile(r"(?<!^)(?<![.] )\b[A-Z]")
_ASKED = re.compile(
    r"what (?:does|do|can|is|are|must|should|may|will) .*? ?([a-z]+)"
    r"( (?:to do|you to do|users to do|to|on|in|by|with|for|from|as|of|at|into|through))?\?$"
)


def traits(draft: Draft, world: World) -> list[str]:
    """The traits of a draft that was judged: its doubts are among them."""
    found = [f"rule {draft.rule}", f"kind {draft.card.kind}", f"doubts {min(3, len(draft.doubts))}"]
    found += [f"doubt {doubt}" for doubt in draft.doubts]
    if draft.rule.endswith(".which"):
        found.append(f"kind {draft.rule} {draft.card.kind}")
    found += _of_the_question(draft)
    found += _of_the_answer(draft)
    found += _of_the_options(draft, world)
    if world.traits is None or world.traits[0] is not draft.fact:  # the cards of a fact follow each other
        world.traits = draft.fact, of_fact(draft.fact, world)
    return found + world.traits[1]


def _of_the_question(draft: Draft) -> Iterator[str]:
    fact, ask = draft.fact, draft.card.ask
    yield f"ask long {band(count_words(filled(ask)), 5, 7, 9, 12, 15, 20, 26)}"
    tokens = _TOKEN.findall(_QUOTED.sub("Q", _without(ask, fact.concept)))
    yield "ask opens " + " ".join(token.lower() for token in tokens[:2])
    yield "ask ends " + " ".join(t.lower() if t.lower() in SMALL or t in "X?Q" else "_" for t in tokens[-3:])
    for word in SMALL.intersection(WORD.findall(filled(ask).lower())):
        yield f"ask word {word}"
    if "–" in ask or " - " in ask:
        yield "ask sign dash"
    if any(map(str.isdigit, ask)):
        yield "ask digit"
    plain = LEAD.sub("", ask)
    named = looks_named(plain)
    how = "named" if named else "led" if plain != ask else "nameless"
    yield f"ask {how}"
    yield f"{draft.rule} {how}"
    if not named and plain == ask and " " not in fact.concept:
        yield "ask nameless one word"
    if isinstance(draft.card, Basic) and (asked := _ASKED.search(ask.lower())):
        yield f"ask verb {asked[1]}"
        yield f"ask tail {(asked[2] or 'none').strip()}"


def _without(ask: str, concept: str) -> str:
    """The question with X for the concept, in letters of any size."""
    low, name = ask.lower(), concept.lower()
    if not name or name not in low or len(low) != len(ask):
        return ask
    parts, at = [], 0
    while (found := low.find(name, at)) >= 0:
        parts.append(ask[at:found])
        at = found + len(name)
    return "X".join([*parts, ask[at:]])


def _answer(draft: Draft) -> str:
    card = draft.card
    match card:
        case Basic() | Choice():
            return answer_text(card)
        case Cloze(ask=ask):
            return " / ".join(gaps(ask))
    return ""


def _of_the_answer(draft: Draft) -> Iterator[str]:
    answer, kind, fact = _answer(draft), draft.card.kind, draft.fact
    if not answer:
        return
    yield f"{kind} answer long {band(count_words(answer), 1, 2, 3, 5, 8, 12, 16, 22)}"
    low = re.findall(r"[\w']+", answer.lower())
    yield from _opening(low[0] if low else "", answer)
    for word in SMALL.intersection(low):
        yield f"answer word {word}"
    if low and low[-1] in SMALL:
        yield "answer ends small"
    if has_verb(answer):
        yield "answer has verb"
    yield f"{draft.rule} answer {'deed' if is_deed(answer) else shape(lower_first(answer.rstrip('.')))}"
    if isinstance(fact, Definition):
        yield f"{draft.rule} form {_form(answer)}"
        yield from _of_the_kind(answer, fact.concept)
    yield f"answer capitals {min(3, len(_CAPITALS.findall(answer)))}"
    yield f"answer commas {min(3, answer.count(','))}"
    if "`" in answer:
        yield "answer sign code"
    if not VENDORS.isdisjoint(stems(answer)):
        yield "answer names a vendor"
    if any(map(str.isdigit, answer)):
        yield "answer digit"
    said, about = stems(answer), stems(fact.concept)
    yield f"answer telling {band(len(said - GENERIC_STEMS), 0, 1, 2, 4, 7, 11)}"
    told = frozenset[str]().union(*map(stems, texts(fact)))
    if told:
        yield f"answer share {band(len(said & told) / len(told), 0.1, 0.25, 0.4, 0.6, 0.8, 0.99)}"
    if said & about and not said <= about:
        yield "answer shares concept"
    if isinstance(draft.card, Cloze):
        yield from _of_the_gap(draft.card.ask, answer)


_TELLS = re.compile(r"\b(?:that|which|who|whose|where|in which|used|for|to)\b")


def _form(answer: str) -> str:
    """How something is defined: by a kind with its article ("A box that …"), a bare one, or one that is told no more
    of."""
    first = answer.split()[0].lower() if answer else ""
    article = (
        first if first in ("a", "an", "the", "any", "one") else "name" if answer[1:2].isupper() else "bare"
    )
    return f"{'a' if article == 'an' else article} {'told' if _TELLS.search(answer) else 'alone'}"


_PRAISE = frozenset(
    """core key popular powerful great useful special very particularly important main common good best easy essential
    fundamental widely modern robust leading famous""".split()
)
_SORTS = frozenset("managed cloud open physical logical virtual central serverless".split())
_FIRSTWORDS = 5


def _of_the_kind(answer: str, name: str) -> Iterator[str]:
    """What kind of thing something is said to be: praise and the name again say little of it."""
    first = re.findall(r"[a-z-]+", answer.lower())[:_FIRSTWORDS]
    if not _PRAISE.isdisjoint(first):
        yield "answer praises"
    yield from (f"answer kind {word}" for word in first if word in CLASSES or word in _SORTS)
    own = stems(name) - GENERIC_STEMS
    if len(own) > 1 and own <= stems(answer):
        yield "answer repeats its name"


def _opening(first: str, answer: str) -> Iterator[str]:
    if first in SMALL:
        yield f"answer opens {first}"
    if first.endswith("ed"):
        yield "answer opens ed"
    if answer.lstrip("“`(*")[:1].isdigit():
        yield "answer opens digit"
    if first in ADJECTIVES:
        yield "answer opens adjective"
    if first in GENERIC:
        yield "answer opens generic"


def _of_the_gap(ask: str, hidden: str) -> Iterator[str]:
    at = ask.find("{{")
    yield f"gap at {band(at / len(ask), 0.15, 0.4, 0.7)}"
    if hidden.islower():
        yield "gap small"
    before, after = ask[:at].split()[-1:], ask[ask.find("}}") + 2 :].split()[:1]
    if after and after[0].lower().strip(".,;:") in SMALL:
        yield f"gap before {after[0].lower().strip('.,;:')}"
    if before and before[0].lower() in SMALL:
        yield f"gap after {before[0].lower()}"


def _of_the_options(draft: Draft, world: World) -> Iterator[str]:
    card = draft.card
    if not isinstance(card, Choice | Multiple):
        return
    others = [known for option in card.options if not option.right and (known := world.of(option.text))]
    told = sum(any(isinstance(fact, Definition) for fact in other.facts) for other in others)
    yield f"options defined {'none' if not told else 'all' if told == len(others) else 'some'}"
    yield f"options {len(card.options)}"
    right = [len(option.text) for option in card.options if option.right]
    wrong = [len(option.text) for option in card.options if not option.right]
    if right and wrong:
        ratio = sum(right) * len(wrong) / (len(right) * max(1, sum(wrong)))
        yield f"key length {band(ratio, 0.5, 0.8, 1.2, 1.6)}"
    yield f"options long {band(sum(right + wrong) / len(card.options), 10, 20, 35, 60)}"
    if all(part[:1].isupper() for option in card.options for part in option.text.split()):
        yield "options title"
    if found := _QUOTED.search(card.ask):
        yield f"quoted long {band(count_words(found[1]), 2, 4, 6, 9, 13)}"
        yield f"quoted telling {band(len(stems(found[1]) - GENERIC_STEMS), 1, 2, 3, 5, 8)}"
        first = found[1].split()[0].lower() if found[1].split() else ""
        if first in THIRD or first in BASE:
            yield "quoted opens verb"
