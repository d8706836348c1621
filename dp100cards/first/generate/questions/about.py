"""Definitions and descriptions: what a concept is, has and does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from dp100cards.first.generate.because import TOLD
from dp100cards.first.generate.concept import ASKED
from dp100cards.first.generate.distractors import FEWEST, Wrong, concepts, values
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import (
    article,
    bare,
    count_words,
    head_noun,
    lower_first,
    number_word,
    plural,
    singular,
    upper_first,
)
from dp100cards.first.generate.flaws.wording import dangles
from dp100cards.first.generate.making import basic, choice, multiple
from dp100cards.first.generate.naming import is_name
from dp100cards.first.generate.phrase import (
    category_noun,
    cut,
    only_a_name,
    property_of,
    quoted,
    without_lead,
)
from dp100cards.first.generate.questions.asked import Asked, Subject
from dp100cards.first.generate.questions.copula import copula
from dp100cards.first.generate.questions.gap import STRONG, gap_cards
from dp100cards.first.generate.questions.predicate import question_for, subject_for
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Definition, Description, Fact
from dp100cards.first.notes.verb import SURELY_THIRD
from dp100cards.first.notes.vocabulary import CLASSES, NAMES

_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_THERE_IS = re.compile(r"there(?:['’]s| is| are)\b", re.IGNORECASE)


def definition(fact: Definition, world: World) -> Iterator[Draft]:
    """What is X? Which one is described? Which of these describes X?"""
    value, rest = cut(fact.value)
    said = _ARTICLE.sub("", value).split()
    own = count_words(fact.concept)
    if len(said) > own and world.key(" ".join(said[:own])) == world.key(fact.concept):
        yield from said_of(fact, world, " ".join(said[own:]), "definition")
        return
    if not is_name(fact.concept) or _THERE_IS.match(fact.source.quote):
        yield from gap_cards(fact, world, fact.source.quote, "definition.gap")
        return
    form = shape(lower_first(value))
    named = lower_first(value)[
        :1
    ].isupper()  # "Azure based Jupyter notebooks" is a thing, for all its adjective
    if form in ("imperative", "clause", "verb", "modal", "participle") or (form == "adjective" and not named):
        yield from said_of(fact, world, value, "definition")
        return
    named_by = _number_of(subject_for(fact.concept, world), value)
    subject = _with_its_article(named_by, value, world)
    empty = () if stems(value) - GENERIC_STEMS else ("says little",)
    ask = subject.ask(f"what {subject.be} {subject.words}?")
    yield basic(fact, "definition.what", ask, value, explain=rest, doubts=empty)
    doubts = () if says_enough(value) else ("says little",)
    for draft in which(fact, world, "definition.which", value):
        yield replace(draft, doubts=(*draft.doubts, *doubts)) if doubts else draft
    wrong = values(world, fact, value, lambda f: cut(f.value)[0] if isinstance(f, Definition) else None)
    if len(wrong) >= FEWEST and not named_by.lead:
        asked = upper_first(subject.ask(f"which of these {subject.be} {subject.words}?"))
        draft = choice(fact, "definition.describes", asked, value, wrong)
        far = fact.category not in ("", ASKED) and any(w.distance for w in wrong)
        yield replace(draft, doubts=("far-fetched options",)) if far else draft


_COLLECTIVE = re.compile(
    r"an? (?:\w+ )?(?:set|group|collection|list|series|family|range|number|combination|pair|mix|kind|type|form"
    r"|team|network|program|department)\b",
    re.IGNORECASE,
)


def _number_of(subject: Subject, value: str) -> Subject:
    """Many are defined as one: "Regions: a place with data centres" asks for a region."""
    one = singular(subject.words)
    if (
        not subject.many
        or subject.lead
        or one == subject.words
        or not re.match(r"an? [a-z]", lower_first(value))
    ):
        return subject
    if _COLLECTIVE.match(value) or not subject.words.islower():
        return subject
    return Subject(f"{article(one)} {one}")


_ONE_WORD = re.compile(r"[A-Z][a-z]+")
_INSIDE = re.compile(r"[a-z][A-Z]")
_ONLY_ONE = re.compile(r"^the (?:\w+est|most|first|last|only|internet|web|cloud|kernel)\b")
_MAY_BE_COUNTED = re.compile(r"[a-z]+(?:tion|sion|ment|age)")
_A_DOING = re.compile(
    r"an? (?:[\w-]+ ){0,2}(?:process|method|technique|practice|way|type|form|act|measure|means|concept|mechanism"
    r"|approach|strategy|ability|state|kind|branch|field|discipline)\b",
    re.IGNORECASE,
)
"""How something is defined that is done, and is not counted: "encryption", "a process that …"."""


def _with_its_article(subject: Subject, value: str, world: World) -> Subject:
    """ "Saucer", "a dish below a pot": the capital of a term in bold shows no name, and "What is Saucer?" wants an
    article that a name, "Kinesis", would not bear. So the word is named first: "Saucer: what is it?". So is one of
    which the notes do not show whether it is counted, "distribution"; what is a thing of a kind is one of many."""
    word = subject.words
    if subject.lead or not re.match(r"an? [a-z]", lower_first(value)):
        return subject
    if word.startswith("the ") and word[4:].islower() and not _ONLY_ONE.search(word):
        return Subject("it", f"{upper_first(word[4:])}: ")
    if not subject.many and word[:1].isupper() and plural(word) and _INSIDE.search(word):
        return Subject("it", f"{word}: ")  # "ConfigMaps", "an object that …"
    counted = _MAY_BE_COUNTED.fullmatch(word) and not _A_DOING.match(value)
    capital = _ONE_WORD.fullmatch(word) and word not in NAMES and not world.naming.always_capital(word)
    return Subject("it", f"{upper_first(word)}: ") if capital or counted else subject


def description(fact: Description, world: World) -> Iterator[Draft]:
    """Which of the siblings is, has or does this? And, where the words allow it, what does this one …?"""
    yield from said_of(fact, world, fact.value, "description")


_HINT = re.compile(
    r"(?:know|remember|memori[sz]e|understand|study|review|learn|focus on|be able to|make sure|don't forget)\b",
    re.IGNORECASE,
)
"""How a hint for studying begins: it states nothing of the subject."""


def said_of(fact: Fact, world: World, text: str, rule: str, whole: str = "") -> Iterator[Draft]:
    """The cards of what is said of a concept beside its siblings: a property, or a sentence (`whole`, for its gap)."""
    value = property_of(text)
    if fact.kind == "description" and _defines(fact, world, value):
        subject = subject_for(fact.concept, world)
        short, rest = cut(value)
        yield basic(
            fact, "description.what", subject.ask(f"what {subject.be} {subject.words}?"), short, explain=rest
        )
    if _HINT.match(value) or value.startswith("(") or _is_drawn(value):
        return  # an example in brackets, a drawing
    if world.of(value) is not None:
        # A list of names says nothing; "Name lookup -> Route 53" says which thing that takes.
        if isinstance(fact, Description) and not world.same_thing(value, fact.concept):
            ask = f"{quoted(world.naming.title(fact.concept))}: what do your notes point to?"
            yield basic(fact, f"{rule}.pair", ask, value, doubts=("two names say no more than that",))
        return
    if not is_name(fact.concept):
        yield from gap_cards(fact, world, whole or value, f"{rule}.gap")
        return
    asked = property_question(fact, world, value)
    if asked:
        yield basic(fact, f"{rule}.property", asked.ask, asked.answer, explain=asked.rest)
    told_before = world.is_told_before(fact)
    wrong = [] if told_before else concepts(world, fact, value)
    doubts: tuple[str, ...] = () if says_enough(value) else ("says little",)
    if _ADVISES.match(value) and not re.search(r"\b(?:steps|stages|phases)$", fact.category):
        doubts = (*doubts, "reads like advice")
    titled = len(fact.heading) == 1 and fact.heading[0] in world.titles
    if titled and world.same_thing(fact.heading[0], fact.concept):
        doubts = (*doubts, "said of the whole note")
    for draft in which(fact, world, f"{rule}.which", cut(value, 18)[0], wrong):
        yield replace(draft, doubts=(*draft.doubts, *doubts)) if doubts else draft
    if isinstance(fact, Description):
        yield from features(fact, world)
    if not asked:
        least = STRONG if told_before or len(wrong) >= FEWEST else 0.0
        yield from gap_cards(fact, world, whole or value, f"{rule}.gap", least=least)


def _is_drawn(text: str) -> bool:
    """Is much of the text no letter and no space?"""
    plain = text.replace(" ", "")
    return not plain.isalpha() and sum(c.isalpha() or c.isspace() for c in text) < 0.6 * len(text)


_PRAISE = stems(
    """secure scalable scale highly available availability reliable fast faster easy simple flexible cheap cost low
    high managed automatic auto performance durable durability integrated integration efficient powerful friendly
    capabilities capability fully improved better good great latency support reliability scalability flexibility
    efficiency excellent simplicity power ease costs"""
)
"""What is said of everything tells nothing apart."""


_ADVISES = re.compile(
    r"(?:use|ensure|avoid|choose|prefer|consider|make sure|restrict|always|never|remember|try|do not|don't)\b",
    re.IGNORECASE,
)
"""How a description begins that tells what to do, and not what the concept is."""


def says_enough(value: str) -> bool:
    """Is there enough in a property to know a concept by: two telling words, a name, a figure?"""
    if value.endswith(("…", "..")) or only_a_name(value):
        return False
    said = stems(value) - GENERIC_STEMS
    if said and said <= _PRAISE:
        return False
    return len(said) >= 2 or bool(re.search(r"[a-z]\s+[A-Z]|\d|[a-z][A-Z]|\b[A-Z]{3}", value))


def features(fact: Description, world: World) -> Iterator[Draft]:
    """Which of these are said of the concept? Made once for it, from its first descriptions, among its siblings'."""
    mine = world.of(fact.concept)
    if mine is None or not fact.category:
        return
    told = mine.facts[:TOLD]
    if next(filter(feature_of, told), None) is not fact:
        return
    keys = list(dict.fromkeys(key for f in told if (key := feature_of(f))))[:3]
    if len(keys) < 2:
        return
    wrong = [w for w in values(world, fact, " ".join(keys), feature_of) if w.distance == 0]
    if len(wrong) >= 2:
        n = number_word(len(keys))
        name = world.naming.subject(fact.concept) or world.naming.inside(fact.concept)
        ask = f"Which {n} of these do your notes say of {name}? (Choose {n}.)"
        yield multiple(fact, "description.features", ask, keys, wrong[:3])


def feature_of(fact: Fact) -> str | None:
    """A description that can stand as an option."""
    if not isinstance(fact, Description) or fact.status or fact.change or fact.confidence < 0.6:
        return None
    return _short_feature(fact.value)


@lru_cache(maxsize=4096)
def _short_feature(value: str) -> str | None:
    text = property_of(value)
    return text if count_words(text) <= 10 and says_enough(text) and not dangles(text) else None


_KINDS = frozenset(
    """service tool platform database store storage engine framework library language format protocol device machine
    instance interface package environment repository resource container network system solution algorithm technique
    method process metric file script class function object collection unit type software program application
    distribution component standard""".split()
)


def _defines(fact: Fact, world: World, value: str) -> bool:
    """Is the description a definition: the first thing said of a name, and a noun phrase about a kind of thing?"""
    mine = world.of(fact.concept)
    first = mine is not None and mine.facts[0] is fact and is_name(fact.concept)
    return first and shape(value) == "noun" and count_words(value) > 1 and head_noun(value).lower() in _KINDS


_SECOND_SENTENCE = re.compile(r"[.;:]\s")


def property_question(fact: Fact, world: World, value: str) -> Asked | None:
    """ "Based on Spark" → "What is Azure Databricks based on?"; "supports R" → "What does it support?"; or None."""
    words = lower_first(value).split()
    if len(words) < 2 or _SECOND_SENTENCE.search(value):
        return None
    subject, form = subject_for(fact.concept, world), shape(lower_first(value))
    if form in ("adjective", "participle"):
        return copula(subject, subject.be, value)
    if form in ("verb", "modal"):
        return question_for(subject, words[0], " ".join(value.removesuffix(second_act(value)).split()[1:]))
    return None


def which(
    fact: Fact, world: World, rule: str, value: str, wrong: Sequence[Wrong] | None = None
) -> Iterator[Draft]:
    """What does this describe? With options where the notes give them, else from memory."""
    if world.is_told_before(fact):
        return
    value = without_lead(value)
    key = world.naming.title(fact.concept)
    if any(world.key(word) == world.key(fact.concept) for word in value.split()):
        return  # the question would name what it asks for, by its abbreviation
    wrong = concepts(world, fact, value) if wrong is None else wrong
    kind = kind_of(fact, world, key, wrong)
    if kind and stems(kind.split()[-1]) & stems(value):
        kind = ""  # "Which problem is the problem of …?"
    if len(wrong) >= FEWEST:
        strange = fact.category not in ("", ASKED) and any(w.distance for w in wrong)
        draft = choice(fact, rule, which_frame(f"Which {kind or 'of these'}", value), key, wrong)
        yield replace(draft, doubts=("far-fetched options",)) if strange else draft
    else:
        ask = which_frame(f"Which {kind}", value) if kind else f"What does this describe: {quoted(value)}?"
        yield basic(fact, rule, ask, key, doubts=() if isinstance(fact, Definition) else ("few siblings",))


def kind_of(fact: Fact, world: World, key: str, wrong: Sequence[Wrong] = ()) -> str:
    """What to call the options: the category as a noun, or only its head where the rest would give the key away."""
    kind = category_noun(fact.category)
    if any(w.distance for w in wrong):
        return ""  # not all options are of the category
    if kind and not _is_kind(kind.split()[-1], fact, key, wrong):
        return ""  # below "Proteins" stand their parts too
    given = stems(kind) & stems(key)
    if given and not all(given <= stems(w.text) for w in wrong):
        head = kind.split()[-1]
        return head if not stems(head) & stems(key) else ""
    return kind


def _is_kind(head: str, fact: Fact, key: str, wrong: Sequence[Wrong]) -> bool:
    """Is the noun one for kinds ("service"), or do the options or what is said of them use it?"""
    said = " ".join((key, fact.source.quote, *(f"{w.text} {w.because}" for w in wrong)))
    return head.lower() in CLASSES or bool(stems(head) & stems(said))


_SECOND_ACT = re.compile(r", (?:and )?([a-z]+s)\b(?! of\b)")


def second_act(text: str) -> str:
    """ "encrypts files, asks money" → ", asks money": a second verb that only a comma joins; "" where there is none."""
    found = next((f for f in _SECOND_ACT.finditer(text) if f[1] in SURELY_THIRD), None)
    return text[found.start() :] if found and " and " not in text[: found.start()] else ""


def which_frame(who: str, value: str) -> str:
    """A question for the one that has a property: the frame follows the shape of the property's words."""
    words = lower_first(bare(value))
    form = shape(words)
    one_sentence = not re.search(r"[.;:]\s", words) and not second_act(words) and words.count(", ") < 3
    named = form == "noun" and words.startswith("the ") and sum(w in SURELY_THIRD for w in words.split()) < 2
    if one_sentence and (form in ("adjective", "participle") or named):
        return f"{who} is {words}?"
    if one_sentence and form in ("verb", "modal") and not words.startswith(("are ", "were ")):
        return f"{who} {words}?"
    return f"{who} does this describe: {quoted(value)}?"
