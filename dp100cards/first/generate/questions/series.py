"""The exam's yes/no series: three statements of one concept and its siblings, some true, some not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from dp100cards.cards import Option
from dp100cards.first.generate.because import TOLD
from dp100cards.first.generate.distractors import values
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, count_words, lower_first, plural, sentence, upper_first
from dp100cards.first.generate.making import statements
from dp100cards.first.generate.phrase import cut, without_lead
from dp100cards.first.generate.questions.about import second_act
from dp100cards.first.generate.questions.uses import use_marker
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import overlap, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Definition, Description, Fact, Use


def series(fact: Fact, world: World) -> Iterator[Draft]:
    """Three statements about a concept, one or two of them true; made once, for its first sayable fact."""
    mine = world.of(fact.concept)
    if mine is None or next((f for f in mine.facts[:TOLD] if sayable(f, world)), None) is not fact:
        return
    true = [_said_of(fact, f, world) for f in mine.facts[:TOLD] if saying(f, world)]
    false = [lie for lie in _swapped(fact, world) if lie.text]
    if len(true) + len(false) < 3 or not false:
        return
    even = int(sha256(f"{mine.key} {true[0]}".encode()).hexdigest(), 16) % 2 == 0
    wanted = 2 if len(true) > 1 and (even or len(false) < 2) else 1
    options = [Option(text, right=True) for text in true[:wanted]] + false[: 3 - wanted]
    if len(options) == 3 and len({o.text for o in options}) == 3:
        ask = f"{world.naming.title(fact.concept)}: is each of these statements true?"
        yield statements(
            fact, "series.three", ask, sorted(options, key=lambda o: sha256(o.text.encode()).hexdigest())
        )


def _said_of(fact: Fact, other: Fact, world: World) -> str:
    """What another fact of the same concept says, with the concept named as this one names it."""
    same = other.concept == fact.concept
    return saying(other, world) if same else frame(value_of(other), world, fact.concept)


def _swapped(fact: Fact, world: World) -> list[Option]:
    """What the notes say of concepts in the same category and not of this one, said of this one."""
    if not fact.category:
        return []
    kind = type(fact)

    def same_kind(other: Fact) -> str | None:
        return value_of(other) if type(other) is kind and sayable(other, world) else None

    found = values(world, fact, value_of(fact), same_kind)
    return [
        Option(frame(lower_first(w.text), world, fact.concept), because=w.because)
        for w in found
        if w.distance == 0
    ]


def sayable(fact: Fact, world: World) -> bool:
    """Can the fact be said as a plain sentence, with its concept as the subject?"""
    return bool(saying(fact, world))


def saying(fact: Fact, world: World) -> str:
    """The fact as a plain sentence, with its concept as the subject; "" where there is none."""
    known = world.sayings.get(id(fact))
    if known is None:
        known = ""
        if not fact.status and not fact.change and fact.confidence >= 0.7:
            value = value_of(fact)
            if value and 2 <= count_words(value) <= 15:
                known = frame(value, world, fact.concept)
        world.sayings[id(fact)] = known
    return known


def value_of(fact: Fact) -> str:
    """What can be said of the concept after "is": a short definition, description or use; "" for other facts."""
    match fact:
        case Definition(value=value) | Description(value=value):
            return _short(value)
        case Use(marker=marker, purpose=purpose):
            words, adjective = use_marker(marker)
            return f"{words} {purpose}" if adjective and not words.endswith("do") else ""
    return ""


@lru_cache(maxsize=4096)
def _short(value: str) -> str:
    return cut(without_lead(bare(value)))[0]


def frame(value: str, world: World, concept: str) -> str:
    """ "Azure Databricks is based on Spark."; "" where the words fit no sentence."""
    subject = upper_first(world.naming.subject(concept))
    if not subject or overlap(stems(value), stems(concept)) >= 0.5:
        return ""
    be = "are" if plural(world.naming.inside(concept)) and world.naming.common(concept) else "is"
    words = lower_first(value)
    form = shape(words)
    first = words.split()[0].lower()
    if form in ("adjective", "participle") or (form == "noun" and first in ("a", "an", "the")):
        return sentence(f"{subject} {be} {words}")
    if form in ("verb", "modal") and be == "is" and not second_act(words):
        return sentence(f"{subject} {words}")
    return ""
