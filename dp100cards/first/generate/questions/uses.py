"""Uses and contrasts: what a concept is good for, and what it is where another is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.distractors import FEWEST, Wrong, concepts
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, lower_first, upper_first
from dp100cards.first.generate.making import basic, choice
from dp100cards.first.generate.phrase import (
    object_of,
    property_of,
    quoted,
)
from dp100cards.first.generate.questions.about import kind_of, which_frame
from dp100cards.first.generate.questions.asked import Subject
from dp100cards.first.generate.questions.predicate import subject_for
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Contrast, Use
from dp100cards.first.notes.vocabulary import BASE, PREPOSITIONS


def use(fact: Use, world: World) -> Iterator[Draft]:
    """What is X useful for? Which one is useful for this?"""
    if bare(fact.purpose).lower() in BASE:
        return  # "good to know"
    subject, title = subject_for(fact.concept, world), world.naming.title(fact.concept)
    if _SEVERAL.search(fact.concept) and _ARE.search(fact.source.quote):
        subject = Subject("they" if subject.lead else subject.words, subject.lead, many=True)
    marker, adjective = use_marker(fact.marker)
    short, rest = object_of(re.sub(r"\b(and|or) (?:for|to) ", r"\1 ", bare(fact.purpose)))
    asks, answer = f"what {subject.be} {subject.words} {marker}?", short
    if marker == "for doing" and (
        shape(lower_first(short)) == "clause" or re.search(r" (?:is|are) \w+ed$", short)
    ):
        marker = "used when"
    if marker == "used when":
        asks, answer = f"when {subject.be} {subject.words} used?", f"when {short}"
    elif marker == "for doing":
        asks, answer = f"what {subject.be} {subject.words} for?", f"to {short}"
    yield basic(fact, "use.what", subject.ask(asks), answer, explain=rest)
    if world.is_told_before(fact):
        return
    wrong = concepts(world, fact, fact.purpose)
    kind = kind_of(fact, world, title, wrong)
    who = f"Which {kind}" if kind else "Which of these" if len(wrong) >= FEWEST else "What"
    ask = f"{who} is {marker} {short}?"
    if marker == "for doing" or marker.endswith(" do"):
        ask = f"You want to {lower_first(short)}. {who} should you use?"
        if kind.split()[-1:] and kind.split()[-1] in (
            "step",
            "stage",
            "phase",
            "role",
            "part",
            "component",
            "file",
        ):
            ask = f"{who} is there to {lower_first(short)}?"
        if adjective:
            ask = f"{who} is {marker.removesuffix(' do')} {short}?"
    if len(wrong) >= FEWEST:
        yield choice(fact, "use.which", ask, title, wrong)
    else:
        yield basic(fact, "use.which", ask, title, doubts=() if kind else ("few siblings",))


_SEVERAL = AnyCase(r"^[^,]+ and [\w`]|^\w+s such as ")
"""Two things at once, or some of a kind: "Azure CLI and PowerShell", "tools such as EasyRSA"."""
_ARE = re.compile(r"\bare\b")
_IS = re.compile(r"^(?:is|are|can be|it's|be)\s+")
_SPACES = re.compile(r"\s+")
_ADJECTIVE = re.compile(
    r"(?:useful|ideal|good|great|suited|suitable|best|perfect|recommended|intended|designed|made|meant)\b"
)


def use_marker(marker: str) -> tuple[str, bool]:
    """The learner's word for a use, fitted to "What is X …?" ("useful for", "used for"); and is it an adjective?

    "for doing" stands for a bare purpose, "to analyse data".
    """
    text = _IS.sub("", marker.replace("…", " ").strip().lower())
    text = _SPACES.sub(" ", text)
    if _ADJECTIVE.match(text):
        last = text.split()[-1]
        return (f"{text} do" if last == "to" else text if last in PREPOSITIONS else f"{text} for"), True
    if text.endswith("when"):
        return "used when", False
    return ("used for", False) if text.endswith("for") else ("for doing", False)


_EASIER = re.compile(r"(easier|easy|harder|hard|simpler|simple|quicker|possible|difficult) to ([a-z][^,;]*)")
"""What is easier with one of two: it is not the thing that is "easier to collaborate"."""


def contrast(fact: Contrast, world: World) -> Iterator[Draft]:
    """A or B: which …? with the two as options."""
    title, other = world.naming.title(fact.concept), upper_first(world.naming.inside(fact.other))
    value = property_of(fact.value)
    pair = sorted((title, other), key=str.casefold)
    ask = which_frame(f"{pair[0]} or {world.naming.inside(pair[1])}: which", value)
    if found := _EASIER.match(value):
        ask = f"{pair[0]} or {world.naming.inside(pair[1])}: with which is it {found[1]} to {found[2]}?"
    elif "does this describe" in ask:
        ask = f"{pair[0]} or {world.naming.inside(pair[1])}: which does this describe, {quoted(value)}?"
    against = Wrong(other, f"The notes set it against {world.naming.inside(title)} in this.", 0)
    yield choice(fact, "contrast.which", ask, title, [against])
