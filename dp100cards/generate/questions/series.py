"""The exam's yes/no series: three statements of one concept and its siblings, some true, some not."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from dp100cards.cards import Option
from dp100cards.generate.distractors import because, values
from dp100cards.generate.draft import Draft
from dp100cards.generate.english import bare, count_words, lower_first, plural, sentence, upper_first
from dp100cards.generate.making import statements
from dp100cards.generate.phrase import category_noun, cut, without_lead
from dp100cards.generate.questions.about import use_marker
from dp100cards.generate.shape import shape
from dp100cards.generate.stems import overlap, stems
from dp100cards.generate.world import Concept, World, places
from dp100cards.notes.facts import Definition, Description, Fact, Use

ASK = "For each statement, is it true according to your notes?"


def series(fact: Fact, world: World) -> Iterator[Draft]:
    """Three statements, of which one or two are true; made once for a concept, from its first fact that can be said."""
    mine = world.of(fact.concept)
    if mine is None or next((f for f in mine.facts if sayable(f, world)), None) is not fact:
        return
    swapped = values(world, fact, _value(fact), lambda f: _value(f) if sayable(f, world) else None)
    beside = [other for place in places(fact)[:1] for other in world.near(place, mine.key)][:4]
    truths = [said for other in beside for said in [_first_said(other, world)] if said]
    mine_said = [(f, said(f, world, f.concept)) for f in mine.facts if sayable(f, world)]
    if len(mine_said) + len(truths) < 2 or not swapped:
        return
    one_true = (
        int(sha256(f"{mine.key} {_value(fact)}".encode()).hexdigest(), 16) % 2 == 0 and len(swapped) > 1
    )
    wrong = []
    for lie in swapped[: 2 if one_true else 1]:
        text = frame(lie.text, world, fact.concept)
        if text:
            wrong.append(Option(text, because=lie.because))
    right = [Option(mine_said[0][1], right=True)]
    if not one_true:
        more = [s for _, s in mine_said[1:]] + truths
        right += [Option(text, right=True) for text in more[:1]]
    options = [*right, *wrong]
    if len(options) == 3 and len({o.text for o in options}) == 3:
        kind = category_noun(fact.category)
        ask = (
            f"{upper_first(kind)}: true or not, according to your notes?"
            if kind
            else f"{world.naming.title(fact.concept)} and its neighbours: true or not?"
        )
        yield statements(
            fact, "series.three", ask, sorted(options, key=lambda o: sha256(o.text.encode()).hexdigest())
        )


def sayable(fact: Fact, world: World) -> bool:
    """Can the fact be said as a plain sentence, with its concept as the subject?"""
    value = _value(fact)
    if not value or fact.status or fact.change or fact.confidence < 0.7 or not 2 <= count_words(value) <= 15:
        return False
    return bool(frame(_full(fact), world, fact.concept))


def _value(fact: Fact) -> str:
    return _full(fact)


def _full(fact: Fact) -> str:
    match fact:
        case Definition(value=value) | Description(value=value):
            return cut(without_lead(bare(value)))[0]
        case Use(marker=marker, purpose=purpose):
            words, adjective = use_marker(marker)
            return f"{words} {purpose}" if adjective and not words.endswith("do") else ""
    return ""


def _first_said(other: Concept, world: World) -> str:
    return next((said(f, world, f.concept) for f in other.facts if sayable(f, world)), "")


def said(fact: Fact, world: World, concept: str) -> str:
    """The fact as a sentence about a concept."""
    return frame(_full(fact), world, concept)


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
    if form in ("verb", "modal") and be == "is":
        return sentence(f"{subject} {words}")
    return ""


def reasons(concept: Concept) -> str:
    """What the notes say of a concept, for the explanation of a false statement."""
    return because(concept)
