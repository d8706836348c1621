"""What a clause says of a thing: its traits, its definition, a statement, a fragment."""

from __future__ import annotations

import re

from dp100cards.cards import Source
from dp100cards.first.notes import grammar
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.context import Context, about_of, resolved
from dp100cards.first.notes.facts import (
    Abbreviation,
    Advice,
    Definition,
    Description,
    Fact,
    Row,
    Statement,
)
from dp100cards.first.notes.names import is_category, key
from dp100cards.first.notes.verb import may_be_past
from dp100cards.first.notes.vocabulary import BASE, SMALL_WORDS

_TRAIT = re.compile(
    r"^(?:the|one|a|another|its)\s+(?:main |big |key |biggest )?(?P<label>advantage|disadvantage|benefit|drawback|limitation"
    r"|downside|goal|purpose|aim)\s+(?:of (?P<name>.{2,60}?) )?is\s+(?P<how>that |to )?(?P<said>.+)$",
    re.IGNORECASE,
)


_EQUALS = re.compile(r"^(?:the\s+)?(?P<name>[a-z][\w ()/-]{1,50}?) = (?P<value>[^=]{5,120})$", re.IGNORECASE)
_COUNTS = re.compile(r"[\w)] (?:[x×*/+÷−–-]|divided by|times|minus|plus) [\w(]|[√Σ∑^]|\w/\w")


def equation(text: str, source: Source, context: Context) -> list[Fact]:
    """`Cardiac output = heart rate x stroke volume`: a formula, or a definition written as one."""
    found = _EQUALS.match(text.rstrip(". "))
    if not found or "`" in text or grammar.has_verb(found["name"]):
        return []
    shared = context.shared(source, concept=found["name"], confidence=0.85)
    if _COUNTS.search(found["value"]):
        return [Row(**shared, cells=(("formula", found["value"]),))]
    return [Definition(**shared, value=found["value"])]


def trait(text: str, source: Source, context: Context) -> list[Fact]:
    """`The advantage of X is that …`: a trait of X."""
    found = _TRAIT.match(text.rstrip(". "))
    if not found or len(found["said"].split()) > 20:
        return []
    concept = about_of(found["name"] or "", context)
    said = f"to {found['said']}" if (found["how"] or "").strip().lower() == "to" else found["said"]
    if not concept:
        return []
    cells = ((found["label"].lower(), said),)
    return [Row(**context.shared(source, concept=concept, confidence=0.85), cells=cells)]


_DEFINES = re.compile(
    r"^(?P<subject>.{1,80}?)\s+(?:is|are)\s+(?P<value>(?:an?|the|one of|any|some)\s+.+)$|^(?P<subject2>.{1,60}?)\s+(?:refers to|means|stands for|is called|is defined as|denotes)\s+(?P<value2>.+)$",
    re.IGNORECASE,
)


_TOLD_FIRST = re.compile(
    r"^(?P<value>(?:the|an?)\s[^,;:]+?\s(?:that|which|who)\s[^;:]+)\s(?:is|are)\s(?P<as>(?:called\s|known as\s)?"
    r"(?:an?\s|the\s)?)(?P<name>(?!(?:not|used|also|only|very|more|the|in|on|for)\b)[\w`][\w`/. -]{1,50}?(?: \([\w ]+\))?)$",
    re.IGNORECASE,
)
"""`The part that checks each packet is a firewall`: what it is comes first, and then its name."""
_VERBLESS = re.compile(
    r"^(?:(?:it|this|they)(?:['’]s| is| are)|is|are)\s+(?P<value>(?:an?|the|one of)\s+.+)$", re.IGNORECASE
)


_PART = re.compile(
    r"(?:the|its|their)\s+(?:final|default|main|resulting|overall|whole|entire|total|original|actual|respective|corresponding"
    r"|most|best|common|typical|usual|basic|general|primary|first|second|third|last|next|maximum|minimum|only)\s",
    re.IGNORECASE,
)
"""How a subject begins that is a part or a trait of what the text is about: "the final prediction"."""


_STANDS_FOR = re.compile(
    r"^\W*(?P<short>[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z]{2,})\W*\s(?:stands for|is short for"
    r"|is (?:an?|the) (?:abbreviation|acronym|initialism|short form) (?:of|for))\s(?P<long>.{5,80})$"
)


def stands_for(text: str, source: Source, context: Context) -> list[Fact]:
    """`X stands for …`, `X is an acronym of …`: an abbreviation, where the beginnings of the words spell it."""
    found = _STANDS_FOR.match(text.rstrip(". "))
    if not found:
        return []
    long = found["long"].strip("*_`“”\"'")
    initials = "".join(word[0] for word in re.findall(r"[^\W\d]+", long) if word.lower() not in SMALL_WORDS)
    if initials.upper() != found["short"].upper():
        return []
    shared = context.shared(source, concept=long, category="")
    return [Abbreviation(**shared, short=found["short"], long=long)]


_MEASURE = re.compile(
    r"(?:the |an? )?(?:maximum |minimum |average |total )?(?:amount|length|period|percentage|number|point|moment)"
    r" (?:of|in) [\w-]+ (?:the|an?|your|that|it|you|which|when|between|before|after)\b",
    re.IGNORECASE,
)
"""What a term measures: "Amount of time the balancer waits" has a verb, and is no sentence."""


def definition(text: str, source: Source, context: Context) -> list[Fact]:
    """`X is a …`; under X's heading also `Is a …`, `It is a …`."""
    if short := stands_for(text, source, context):
        return short
    body = grammar.expanded(text.rstrip(". "))
    found = _VERBLESS.match(body)
    if found:
        if context.concept and context.certain:
            joined = re.search(r"\s(?:as|because|since)\s", found["value"]) and grammar.has_verb(
                found["value"]
            )
            sure = 0.5 if joined else 0.95
            return [Definition(**context.shared(source, confidence=sure), value=found["value"])]
        return []
    if context.term and context.certain and _MEASURE.match(body):
        return [Definition(**context.shared(source, confidence=0.85), value=body)]
    told = _TOLD_FIRST.match(body)
    known = told and key(re.sub(r"\s*\([^)]*\)", "", told["name"])) in context.names
    if (
        told
        and len(told["name"].split()) <= 5
        and (known or told["as"])
        and not grammar.has_verb(told["name"])
    ):
        sure = 0.85 if known else 0.6
        return [
            Definition(**context.shared(source, concept=told["name"], confidence=sure), value=told["value"])
        ]
    found = _DEFINES.match(body)
    if not found:
        return []
    subject, value = found["subject"] or found["subject2"], found["value"] or found["value2"]
    concept = about_of(subject, context)
    concept = context.concept if key(concept) == key(context.concept) else concept
    if re.match(
        r"(?:the|this|that)\s+(?:result|output|idea|goal|problem|solution|difference|answer|rest)\b",
        subject,
        re.I,
    ):
        return []
    if re.match(r"[\d~<>≤≥]", subject) or (_PART.match(subject) and key(subject) not in context.names):
        return []
    if not concept or grammar.words(concept)[0].lower() in (
        "there",
        "here",
        "below",
        "above",
        "following",
        "next",
        "that",
        "what",
        "one",
        "some",
        "most",
        "no",
    ):
        return []
    if re.search(r"[,;:]", subject) or (
        re.search(r"\b(?:of|in|for|with|from|to)\b", concept) and len(concept.split()) > 4
    ):
        return []
    if (
        re.match(r"(?:the|a)\s+(?:same|best|most|only|first|way|reason|case)\b", value, re.IGNORECASE)
        and not context.term
    ):
        return []
    sure = 0.9 if len(value.split()) <= 30 else 0.6
    return [Definition(**context.shared(source, concept=concept, confidence=sure), value=value)]


_POINTS_BACK = re.compile(
    r"(?:this|these|those|that|such|the (?:same|above|former|latter|first|second|third|last|next|previous|following))\s+"
    r"(?P<noun>(?:[a-z-]+\s){0,3}?[a-z-]+)\b",
    re.IGNORECASE,
)


_MAYBE = AnyCase(r"^(?:for example|for instance|e\.g\.?|example)\b|\bmaybe\b")


def points_back(text: str, context: Context) -> bool:
    """Does the sentence lean on one before it ("This subscription must …"), or only give an example?"""
    if _MAYBE.search(text):
        return True
    found = _POINTS_BACK.match(text)
    if not found:
        return False
    about = context.concept.lower().split()[-1:] if context.concept else []
    return not about or grammar.stem(about[0]) not in map(grammar.stem, found["noun"].lower().split())


def statement(text: str, source: Source, context: Context) -> list[Fact]:
    """A sentence with a subject, a verb and an object; whole where they cannot be told apart."""
    body = grammar.in_order(resolved(grammar.expanded(text.rstrip(".! ")), context))
    split = grammar.split(body)
    if split is None and not grammar.has_verb(body):
        return []
    unresolved = (
        grammar.opens_with_pronoun(body)
        or bool(re.match(r"(?:all|everything)\s+(?:is|are)\b|there\s", body, re.IGNORECASE))
        or points_back(text, context)
        or bool(re.match(r"(?:when|if|while|once|after|before|unless)\b[^,]+$", text, re.IGNORECASE))
        or bool(re.match(r"(?:below|above|here|following)\b", body, re.IGNORECASE))
    )
    concept = context.concept
    if split and not unresolved:
        named = about_of(split.subject, context)
        if named and key(named) == key(concept):
            pass
        elif (named and (not concept or not context.term) and _is_name(named, context)) or (
            named and named.lower() not in ("you", "we") and (not concept or _names_a_member(named, context))
        ):
            concept = named
    told = _compound(split) if split else []
    sure = 0.4 if unresolved or not concept else 0.85 if split and split.object else 0.5
    if split and re.match(r"(?:them|it|this|that|these|those)\b", split.object, re.IGNORECASE):
        sure = min(sure, 0.5)
    if split and split.subject.lower() == "there":
        told = []
    whole = told or [(body, split)]
    return [
        Statement(
            **context.shared(source, concept=concept, confidence=sure), sentence=said,
            subject=parts.subject if parts and parts.subject.lower() != "there" else "",
            verb=parts.verb if parts and parts.subject.lower() != "there" else "",
            object=parts.object if parts and parts.subject.lower() != "there" else "",
        )
        for said, parts in whole
    ]  # fmt: skip


def _compound(split: grammar.Split) -> list[tuple[str, grammar.Split | None]]:
    """ "You can upload data and use VMs" states two things; nothing where it does not."""
    modal = split.verb.split()[0].lower()
    found = re.match(r"(?P<one>.+?)\s+and\s+(?P<verb>[a-z]+)\s+(?P<two>.+)$", split.object)
    if (
        modal not in ("can", "could", "may", "must", "should", "will")
        or not found
        or found["verb"] not in BASE
    ):
        return []
    if (
        not grammar.is_imperative(f"{found['verb']} {found['two']}", lenient=True)
        or len(found["one"].split()) < 1
    ):
        return []
    aim = re.search(r"\bto (?:\w+ly )?([a-z]+)(?: [\w’'-]+){0,5}$", found["one"])
    if aim and aim[1] in BASE:
        return []  # "can be set to add and remove disks": both are what it is set to
    first = grammar.Split(split.subject, split.verb, found["one"])
    second = grammar.Split(split.subject, f"{modal} {found['verb']}", found["two"])
    return [(f"{part.subject} {part.verb} {part.object}", part) for part in (first, second)]


def _names_a_member(name: str, context: Context) -> bool:
    """Under "Azure data science options", is it a proper name, and so one of the options and not all of them?"""
    title = context.heading[-1] if context.heading else ""
    of_a_list = is_category(title) and key(title) == key(context.concept)
    return of_a_list and bool(re.fullmatch(r"(?:[A-Z][\w#+.-]*\s?){1,4}", name))


def _is_name(name: str, context: Context) -> bool:
    """Is it one of the note's own concepts, so that the sentence is about it and not about its heading?"""
    return key(name) in context.names


def fragment(text: str, source: Source, context: Context) -> list[Fact]:
    """A verbless piece about the concept at hand: "Free tier", "Drag and drop", "The top-level resource for AMLS"."""
    body = text.strip(" .")
    if re.match(r"(?:it|they|this|these|other|others|more)\b", body, re.IGNORECASE):
        return []
    if re.match(r"an? good (?:idea|practice) to ", body, re.IGNORECASE) and context.concept:
        shared = context.shared(source, status="advice", confidence=0.6)
        return [Advice(**shared, what=f"It is {body[0].lower()}{body[1:]}")]
    named = re.match(
        r"(?P<name>[A-Z][\w'’.]*(?: (?:of|the|and|[A-Z\d][\w'’.]*)){1,5}) [-–] (?P<said>[a-zA-Z].+)$", body
    )
    if named and context.certain and not context.term:
        about = context.shared(source, concept=named["name"], confidence=0.65)
        return [Description(**about, value=named["said"])]
    if (
        not context.concept
        or not context.certain
        or len(body.split()) > 30
        or not any(c.isalpha() for c in body)
    ):
        return []
    if may_be_past(body):
        return [Statement(**context.shared(source, confidence=0.4), sentence=body)]
    article = re.match(r"(?:an?|the)\s", body, re.IGNORECASE)
    if grammar.is_noun_phrase(body) and (article or (context.opening and len(body.split()) >= 3)):
        return [Definition(**context.shared(source, confidence=0.9), value=body)]
    sure = 0.8 if len(body.split()) >= 2 else 0.5
    return [Description(**context.shared(source, confidence=sure), value=body)]
