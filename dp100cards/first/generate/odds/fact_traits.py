"""Traits of a fact, which all its cards share: what it is about, where it stands in the notes, how it is told."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from dp100cards.first.generate.english import count_words, plural
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import (
    Abbreviation,
    Definition,
    Description,
    Enumeration,
    Fact,
    Row,
    Sequence,
    Statement,
)
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import BASE

SMALL = frozenset(
    """a an the of to in on for with by from as at into and or but that which who when where if how what you your it its
    they their this these those is are was were be can may must should will has have does do not no only also each all
    any more most other such used using use based than so because one two three first through between within across
    without like via per up out""".split()
)
"""The words whose presence is a trait: small ones, that every subject has."""
WORD = re.compile(r"[a-z']+")
_TELLING_WORDS = frozenset(
    """you we our i this these it it's its they however example etc e g exam course module see note please let lab click
    select start takes list project need must can be not also if when but or between through without three""".split()
)
"""Words of a quote that tell what sort of text it is."""
_VERBS_OF_STATEMENTS = frozenset(
    """is are has have use uses provides provide allows allow enables enable supports support requires require includes
    include contains stores helps help used be creates can runs offers makes ensures gives defines""".split()
)
_ASPECT = re.compile(
    r"benefit|advantage|feature|key|type|characteristics|limitation|best practice|purpose|component|concept|overview"
    r"|intro|summary|note|definition|term|parameter|explanation|resource|configur|option",
    re.IGNORECASE,
)


def of_fact(fact: Fact, world: World) -> list[str]:
    """The traits of a fact."""
    return [*_of_the_concept(fact, world), *_of_the_place(fact), *_of_the_telling(fact)]


def band(number: float, *edges: float) -> str:
    """The band that a number is in: "<=5", ">26"."""
    at = bisect_left(edges, number)
    return f"<={edges[at]}" if at < len(edges) else f">{edges[-1]}"


def _of_the_concept(fact: Fact, world: World) -> Iterator[str]:
    name = fact.concept
    parts = name.split()
    yield f"concept words {min(5, len(parts))}"
    if not parts:
        return
    if all(part[:1].isupper() or part.lower() in SMALL for part in parts):
        yield "concept title"
    if name.isupper():
        yield "concept upper"
    if re.search(r"\d", name):
        yield "concept digit"
    if re.search(r"[A-Za-z][A-Z]", name):
        yield "concept caps inside"
    if plural(name):
        yield "concept many"
    if SMALL & {part.lower() for part in parts}:
        yield "concept small words"
    if "(" in name:
        yield "concept bracket"
    known = world.of(name)
    if known:
        yield f"concept facts {band(len(known.facts), 1, 2, 4, 8, 16)}"
        if any(isinstance(other, Definition | Abbreviation) for other in known.facts):
            yield "concept defined"


def _of_the_place(fact: Fact) -> Iterator[str]:
    about = stems(fact.concept)
    above = [stems(title) for title in fact.heading]
    if about:
        if above and about < above[-1]:
            yield "concept in heading"
        elif above and about != above[-1] and any(about <= each for each in above):
            yield "concept in headings"
    title = fact.heading[-1] if fact.heading else ""
    yield f"headings {min(5, len(fact.heading))}"
    yield f"heading words {min(6, len(title.split()))}"
    if title.endswith("?"):
        yield "heading asks"
    if re.search(r"\d", title):
        yield "heading digit"
    if found := _ASPECT.search(title):
        yield f"heading aspect {found[0].lower()}"
    if title and title.split()[0].lower() in BASE:
        yield "heading opens verb"


def _of_the_telling(fact: Fact) -> Iterator[str]:
    quote = fact.source.quote
    if fact.category:
        yield "has category"
    yield f"confidence {fact.confidence:.1f}"
    yield f"quote long {band(count_words(quote), 3, 5, 8, 12, 18, 26, 40)}"
    if re.search(r"[.!]['\"”)*_`]*$", quote.strip()):
        yield "quote ends stop"
    if "**" in quote[:4]:
        yield "quote bold first"
    if quote[:1].islower():
        yield "quote opens small"
    for word in _TELLING_WORDS.intersection(WORD.findall(quote.lower())):
        yield f"quote word {word}"
    match fact:
        case Abbreviation(short=short, long=long):
            yield f"letters {band(len(short), 2, 3, 4)}"  # of two letters it stands for much else
            if long.endswith("s") and not long.endswith("ss") and not short.lower().endswith("s"):
                yield "stands for many"
        case Row():
            yield f"cells {min(5, len(fact.cells))}"
            for header, _ in fact.cells:
                yield "header " + " ".join(header.lower().split()[-2:])
        case Definition() | Description():
            yield f"told {_told_by(fact)}"
        case Sequence():
            yield f"sequence {'arrow' if _ARROW.search(quote) else 'list'}"
            yield f"steps {min(7, len(fact.steps))}"
        case Enumeration():
            yield "listed inline" if fact.inline else "listed below"
            yield f"items {band(len(fact.items), 2, 3, 4, 5, 7)}"
            if has_verb(fact.lead):
                yield "lead verb"
            mean = sum(map(count_words, fact.items)) / max(1, len(fact.items))
            yield f"item words {band(mean, 1, 2, 3, 5, 8)}"
        case Statement():
            subject, verb = fact.subject.lower(), fact.verb.lower().split()
            own = stems(fact.subject)
            yield (
                "subject is concept"
                if own == stems(fact.concept)
                else "subject is other"
                if own
                else "no subject"
            )
            yield f"subject words {min(5, len(subject.split()))}"
            if subject and subject.split()[0] in SMALL:
                yield f"subject opens {subject.split()[0]}"
            if verb:
                yield f"verb {verb[-1] if verb[-1] in _VERBS_OF_STATEMENTS else 'other'}"
            if len(verb) > 1:
                yield f"verb behind {verb[0]}"


_ARROW = re.compile(r"->|→|=>|⇒|➜")


def _told_by(fact: Definition | Description) -> str:
    """How the note says what something is: in a sentence, behind a sign, or below a heading that names it."""
    quote, name = fact.source.quote.replace("*", "").replace("`", ""), fact.concept.replace("`", "")
    at = quote.casefold().find(name.casefold()) if name else -1
    if at < 0:
        return "below its name"
    behind = quote[at + len(name) : at + len(name) + 40]
    if re.match(r"(?: \([^)]*\))?\s+(?:is|are|means|refers)\b", behind):
        return "in a sentence"
    if at > 3:
        return "inside a sentence"
    return "behind a sign" if re.match(r"(?: \([^)]*\))?\s*[:–—=-]|\s*->", behind) else "otherwise"
