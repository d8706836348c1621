"""Traits of a card: what can be seen of its question, its answer, its fact and the place where that stands.

A trait is a short text, so that a table of weights can be read. None depends on notes that have nothing to do with
the card: another section changes no odds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from dp100cards.cards import Basic, Choice, Cloze, Multiple, filled, gaps
from dp100cards.generate.doubts.alone import LEAD, looks_named
from dp100cards.generate.draft import Draft
from dp100cards.generate.english import count_words, lower_first, plural
from dp100cards.generate.flaws.wording import answer_text
from dp100cards.generate.same_name import VENDORS
from dp100cards.generate.shape import is_deed, shape
from dp100cards.generate.stems import GENERIC_STEMS, stems
from dp100cards.generate.words_of import texts
from dp100cards.generate.world import World
from dp100cards.notes.facts import (
    Abbreviation,
    Definition,
    Description,
    Enumeration,
    Fact,
    Row,
    Sequence,
    Statement,
)
from dp100cards.notes.grammar import has_verb
from dp100cards.notes.vocabulary import ADJECTIVES, BASE, CLASSES, GENERIC, THIRD

SMALL = frozenset(
    """a an the of to in on for with by from as at into and or but that which who when where if how what you your it its
    they their this these those is are was were be can may must should will has have does do not no only also each all
    any more most other such used using use based than so because one two three first through between within across
    without like via per up out""".split()
)
"""The words whose presence is a trait: small ones, that every subject has."""
_TELLING_WORDS = frozenset(
    """you we our i this these it it's its they however example etc e g exam course module see note please let lab click
    select start takes list project need must can be not also if when but or between through without three""".split()
)
"""Words of a quote that tell what sort of text it is."""
_VERBS_OF_STATEMENTS = frozenset(
    """is are has have use uses provides provide allows allow enables enable supports support requires require includes
    include contains stores helps help used be creates can runs offers makes ensures gives defines""".split()
)
_WORD = re.compile(r"[a-z']+")
_TOKEN = re.compile(r"[\w'{}]+|[:“”?,]")
_QUOTED = re.compile(r"“([^”]*)”")
_CAPITALS = re.compile(r"(?<!^)(?<![.] )\b[A-Z]")
_ASKED = re.compile(
    r"what (?:does|do|can|is|are|must|should|may|will) .*? ?([a-z]+)"
    r"( (?:to do|you to do|users to do|to|on|in|by|with|for|from|as|of|at|into|through))?\?$"
)
_ASPECT = re.compile(
    r"benefit|advantage|feature|key|type|characteristics|limitation|best practice|purpose|component|concept|overview"
    r"|intro|summary|note|definition|term|parameter|explanation|resource|configur|option",
    re.IGNORECASE,
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
    found += _of_what_it_stands_for(draft)
    if world.traits is None or world.traits[0] is not draft.fact:  # the cards of a fact follow each other
        fact = draft.fact
        world.traits = fact, [*_of_the_concept(fact, world), *_of_the_place(fact), *_of_the_fact(fact)]
    return found + world.traits[1]


def _band(number: float, *edges: float) -> str:
    """The band that a number is in: "<=5", ">26"."""
    at = bisect_left(edges, number)
    return f"<={edges[at]}" if at < len(edges) else f">{edges[-1]}"


def _of_the_question(draft: Draft) -> Iterator[str]:
    fact, ask = draft.fact, draft.card.ask
    yield f"ask long {_band(count_words(filled(ask)), 5, 7, 9, 12, 15, 20, 26)}"
    tokens = _TOKEN.findall(_QUOTED.sub("Q", _without(ask, fact.concept)))
    yield "ask opens " + " ".join(token.lower() for token in tokens[:2])
    yield "ask ends " + " ".join(t.lower() if t.lower() in SMALL or t in "X?Q" else "_" for t in tokens[-3:])
    for word in SMALL.intersection(_WORD.findall(filled(ask).lower())):
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
    yield f"{kind} answer long {_band(count_words(answer), 1, 2, 3, 5, 8, 12, 16, 22)}"
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
    yield f"answer telling {_band(len(said - GENERIC_STEMS), 0, 1, 2, 4, 7, 11)}"
    told = frozenset[str]().union(*map(stems, texts(fact)))
    if told:
        yield f"answer share {_band(len(said & told) / len(told), 0.1, 0.25, 0.4, 0.6, 0.8, 0.99)}"
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
_FIRST_WORDS = 5


def _of_the_kind(answer: str, name: str) -> Iterator[str]:
    """What kind of thing something is said to be: praise and the name again say little of it."""
    first = re.findall(r"[a-z-]+", answer.lower())[:_FIRST_WORDS]
    if not _PRAISE.isdisjoint(first):
        yield "answer praises"
    yield from (f"answer kind {word}" for word in first if word in CLASSES or word in _SORTS)
    own = stems(name) - GENERIC_STEMS
    if len(own) > 1 and own <= stems(answer):
        yield "answer repeats its name"


def _of_what_it_stands_for(draft: Draft) -> Iterator[str]:
    """An abbreviation of two letters stands for much else; one of a single thing is told as one of many."""
    fact = draft.fact
    if not isinstance(fact, Abbreviation):
        return
    yield f"letters {_band(len(fact.short), 2, 3, 4)}"
    many = fact.long.endswith("s") and not fact.long.endswith("ss")
    if many and not fact.short.lower().endswith("s"):
        yield "stands for many"


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
    yield f"gap at {_band(at / len(ask), 0.15, 0.4, 0.7)}"
    if hidden.islower():
        yield "gap small"
    before, after = ask[:at].split()[-1:], ask[ask.find("}}") + 2 :].split()[:1]
    if after and after[0].lower().strip(".,;:") in SMALL:
        yield f"gap before {after[0].lower().strip('.,;:')}"
    if before and before[0].lower() in SMALL:
        yield f"gap after {before[0].lower()}"


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
        yield f"concept facts {_band(len(known.facts), 1, 2, 4, 8, 16)}"
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
        yield f"key length {_band(ratio, 0.5, 0.8, 1.2, 1.6)}"
    yield f"options long {_band(sum(right + wrong) / len(card.options), 10, 20, 35, 60)}"
    if all(part[:1].isupper() for option in card.options for part in option.text.split()):
        yield "options title"
    if found := _QUOTED.search(card.ask):
        yield f"quoted long {_band(count_words(found[1]), 2, 4, 6, 9, 13)}"
        yield f"quoted telling {_band(len(stems(found[1]) - GENERIC_STEMS), 1, 2, 3, 5, 8)}"
        first = found[1].split()[0].lower() if found[1].split() else ""
        if first in THIRD or first in BASE:
            yield "quoted opens verb"


def _of_the_fact(fact: Fact) -> Iterator[str]:
    quote = fact.source.quote
    if fact.category:
        yield "has category"
    yield f"confidence {fact.confidence:.1f}"
    yield f"quote long {_band(count_words(quote), 3, 5, 8, 12, 18, 26, 40)}"
    if re.search(r"[.!]['\"”)*_`]*$", quote.strip()):
        yield "quote ends stop"
    if "**" in quote[:4]:
        yield "quote bold first"
    if quote[:1].islower():
        yield "quote opens small"
    for word in _TELLING_WORDS.intersection(_WORD.findall(quote.lower())):
        yield f"quote word {word}"
    match fact:
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
            yield f"items {_band(len(fact.items), 2, 3, 4, 5, 7)}"
            if has_verb(fact.lead):
                yield "lead verb"
            mean = sum(map(count_words, fact.items)) / max(1, len(fact.items))
            yield f"item words {_band(mean, 1, 2, 3, 5, 8)}"
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
