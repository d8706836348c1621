"""Enumerations and sequences: what belongs to a list, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Option
from dp100cards.generate.distractors import MOST, Wrong, members
from dp100cards.generate.draft import Draft
from dp100cards.generate.english import (
    NUMBERS,
    ORDINALS,
    bare,
    count_words,
    joined,
    lower_first,
    number_word,
    plural,
    sentence,
    upper_first,
)
from dp100cards.generate.making import basic, choice, cloze, multiple, order
from dp100cards.generate.phrase import cut
from dp100cards.generate.stems import stems
from dp100cards.generate.world import World
from dp100cards.notes.facts import Enumeration, Sequence

_COUNT = (
    r"(?:only\s+)?(?:the\s+)?(?:following\s+)?(?:\d+|"
    + "|".join(NUMBERS[2:])
    + r"|several|many|some|various|different|multiple|main|the|following)"
)
LONGEST_RECALL = 7
"""Nobody recalls a list of more than seven; a longer one is asked item by item only."""


def enumeration(fact: Enumeration, world: World) -> Iterator[Draft]:
    """Name them all; which of these belong to it; each one hidden among the others."""
    items = [bare(item) for item in fact.items]
    heads = [cut(item, 8)[0] for item in items]
    n = len(items)
    ask = list_question(fact, world, n)
    details = joined([upper_first(i) if ", " in i else i for i in items])
    explain = sentence(f"{bare(fact.lead)}: {details}") if heads != items else ""
    if ask and 2 <= n <= LONGEST_RECALL and not fact.open:
        yield basic(fact, "enumeration.name", ask, joined(heads), explain=explain)
    if ask and not fact.open and n >= 2:
        yield from _choose(fact, world, ask, heads)
    yield from _one_hidden(fact, world, heads)


def list_question(fact: Enumeration, world: World, n: int) -> str:
    """The lead as a question for its items: "An image has which three components?"; "" where it fits no frame."""
    lead, what = bare(fact.lead), bare(fact.what)
    subject = world.naming.subject(fact.concept) or world.naming.inside(fact.concept)
    word = number_word(n)
    named = stems(fact.concept) <= stems(lead)
    prefix = "" if named or not fact.concept else f"{world.naming.title(fact.concept)}: "
    if what and plural(what) and count_words(what) <= 6:
        noun = lower_first(what)
        noun = re.sub(rf"^{_COUNT}\s+", "", noun, flags=re.IGNORECASE)
        ends = re.search(rf"^(.*?)\b(?:{_COUNT}\s+)?{re.escape(noun)}$", lead, flags=re.IGNORECASE)
        if ends and ends[1].strip():
            start = re.sub(rf"\s+{_COUNT}$", "", ends[1].rstrip(), flags=re.IGNORECASE).strip()
            return f"{prefix}{upper_first(start) if not prefix else lower_first(start)} which {word} {noun}?"
        starts = re.match(
            rf"^(?:the\s+)?(?:{_COUNT}\s+)?{re.escape(noun)}\b\s*(.*?)\s*(?:are|is|include|includes)?(?:\s+the following|\s+as follows)?$",  # noqa: E501
            lead,
            flags=re.IGNORECASE,
        )
        if starts:
            tail = starts[1].strip()
            if not tail and fact.concept and not stems(fact.concept) & stems(noun):
                return f"What are the {word} {noun} of {subject}?"
            return f"{prefix}{'What' if not prefix else 'what'} are the {word} {noun}{' ' + tail if tail else ''}?"
        if fact.concept and not (stems(fact.concept) <= stems(noun)):
            return (
                f"{world.naming.title(fact.concept)}: which {word} {noun} do the notes name?"
                if not named
                else _after(lead, noun, word)
            )
        return f"What are the {word} {noun}?"
    return _after(lead, "", word, prefix)


def _after(lead: str, noun: str, word: str, prefix: str = "") -> str:
    """ "Azure Notebooks only support" → "Azure Notebooks only support which three languages?"."""
    lead = re.sub(r"\s+(?:the following|as follows|these|following)$", "", lead, flags=re.IGNORECASE)
    last = lead.split()[-1].lower() if lead.split() else ""
    if not lead or count_words(lead) > 16:
        return ""
    if last in (
        "are",
        "is",
        "include",
        "includes",
        "support",
        "supports",
        "have",
        "has",
        "contains",
        "of",
        "for",
        "in",
        "with",
        "like",
        "via",
        "through",
        "from",
        "by",
        "offers",
        "provides",
        "between",
        "choose",
        "use",
        "need",
        "to",
        "into",
        "requires",
        "as",
        "on",
    ):
        return (
            f"{prefix}{lead} which {word}{' ' + noun if noun else ''}?"
            if noun
            else f"{prefix}{lead} what? Name {word}."
        )
    return f"{prefix}{lead}: which {word}?"


def _choose(fact: Enumeration, world: World, ask: str, heads: list[str]) -> Iterator[Draft]:
    wrong = members(world, fact, ask)
    if len(heads) > 4 or len(wrong) < 2:
        return
    keys = heads
    room = 5 if len(keys) <= 2 else 6
    picked = _from_many(wrong, max(2, min(MOST, room - len(keys))))
    if len(picked) < 2:
        return
    question = re.sub(r" what\? Name \w+\.$", " which of these?", ask).rstrip(" ?")
    yield multiple(
        fact, "enumeration.choose", f"{question}? (Choose {number_word(len(keys))}.)", keys, picked
    )


def _from_many(wrong: list[Wrong], n: int) -> list[Wrong]:
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
    if len(heads) > 9 or any(count_words(h) > 8 for h in heads) or sum(map(count_words, heads)) > 30:
        return
    lead = bare(fact.lead)
    named = not fact.concept or stems(fact.concept) <= stems(lead)
    last = lead.split()[-1].lower() if lead else ""
    glue = (
        " "
        if fact.inline
        or last in ("are", "is", "include", "includes", "support", "supports", "via", "to", "of")
        else ": "
    )
    for at, item in enumerate(heads):
        if count_words(item) > 4:
            continue
        others = " ".join(h for n, h in enumerate(heads) if n != at)
        if stems(item) & stems(f"{others} {lead}"):
            continue
        listed = [f"{{{{{h}}}}}" if n == at else h for n, h in enumerate(heads)]
        prefix = "" if named else f"{world.naming.title(fact.concept)}: "
        text = f"{prefix}{lower_first(lead) if prefix else upper_first(lead)}{glue}{joined(listed)}"
        yield cloze(fact, "enumeration.gap", sentence(text), item=item)


def sequence(fact: Sequence, world: World) -> Iterator[Draft]:
    """Put them in order; what comes right after this one?"""
    steps = [bare(step) for step in fact.steps]
    whole, one = step_names(fact, world)
    if 3 <= len(steps) <= 7:
        yield order(fact, "sequence.order", f"Put the steps of {whole} in order.", steps)
    for at in _asked_after(len(steps)):
        this, following = lower_first(steps[at]), steps[at + 1]
        ask = f"{one}: which step comes right after {_as_noun(this)}?"
        if len(steps) >= 3:
            wrong = [
                Wrong(upper_first(step), f"It is the {ORDINALS[n + 1]} step.", 0)
                for n, step in enumerate(steps[: len(ORDINALS) - 1])
                if n not in (at, at + 1)
            ]
            wrong.sort(key=lambda w: abs(steps.index(_same(steps, w.text)) - at - 1))
            if len(wrong) >= 1 and len(steps) <= 9 and count_words(this) <= 8:
                yield choice(fact, "sequence.next", ask, following, wrong, item=steps[at], explain="")


def _same(steps: list[str], text: str) -> str:
    return next(step for step in steps if upper_first(step) == text)


def _as_noun(step: str) -> str:
    return step if count_words(step) <= 3 else f"“{upper_first(step)}”"


def _asked_after(n: int) -> list[int]:
    """After which steps it is worth asking: the middle first."""
    return sorted(range(n - 1), key=lambda at: (abs(at - (n - 1) // 2), at))[:2]


def step_names(fact: Sequence, world: World) -> tuple[str, str]:
    """What the steps are of, as "the DS pipeline" and "DS pipeline"."""
    what = bare(fact.what) or fact.concept
    what = re.sub(
        r"^(?:the\s+)?(?:steps?|stages?|phases?|order|process)\s+(?:of|for|in|to)\s+",
        "",
        what,
        flags=re.IGNORECASE,
    )
    what = re.sub(r"\s+(?:steps?|stages?|phases?)$", "", what, flags=re.IGNORECASE)
    title = upper_first(re.sub(r"^(?:the|a|an)\s+", "", what, flags=re.IGNORECASE))
    inside = world.naming.inside(re.sub(r"^(?:the|a|an)\s+", "", what, flags=re.IGNORECASE))
    first = inside.split()[0].lower() if inside.split() else ""
    from dp100cards.notes.vocabulary import BASE

    if (first in BASE and count_words(inside) > 1) or len(inside.split()) > 6:
        return f"“{title}”", title
    if first.endswith("ing") or plural(inside):
        return lower_first(inside), title
    return f"the {inside}", title


def series_option(text: str, right: bool, because: str = "") -> Option:
    """One statement of a series."""
    return Option(sentence(text), right=right, because=because)
