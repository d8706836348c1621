"""The lead of a list ("An image has three components") as a question for its items, and as a sentence with them."""

from __future__ import annotations

import re

from dp100cards.first.generate.english import (
    NUMBERS,
    bare,
    base_form,
    count_words,
    joined,
    lower_first,
    number_word,
    plural,
    singular,
    upper_first,
)
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Enumeration
from dp100cards.first.notes.grammar import has_verb, is_imperative
from dp100cards.first.notes.verb import SURELY_THIRD
from dp100cards.first.notes.vocabulary import (
    AUXILIARIES,
    BASE,
    CLASSES,
    FINITE_VERBS,
    GENERIC,
    NAMES,
    PREPOSITIONS,
    THIRD,
    VERBS,
)

_COUNT = (
    r"(?:all\s+|only\s+)?(?:the\s+|these\s+)?(?:following\s+)?"
    rf"(?:\d+|{'|'.join(NUMBERS[2:])}|several|many|some|various|different|multiple|following|the|these)"
)
_TAIL = re.compile(r"[\s,]+(?:(?:are|is)\s+)?(?:the following|as follows|these|following)$", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b(\d+|{'|'.join(NUMBERS[2:])})\s+((?:[\w-]+ ){{0,3}}?[\w-]+s|(?:kinds|types|sorts|forms|ways) (?:of|to) .+)$"
)
_TWICE = re.compile(
    rf"\b({'|'.join(NUMBERS[2:])}) (?:\d+|{'|'.join(NUMBERS[2:])}|several|many|various|different) "
)
_FIRST_COUNT = re.compile(rf"^{_COUNT}\s+", re.IGNORECASE)
_LAST_COUNT = re.compile(rf"\s+{_COUNT}$", re.IGNORECASE)
_THERE = re.compile(r"^(.*?)\bthere (?:are|is)$", re.IGNORECASE)
_QUALIFIES = PREPOSITIONS | {"that", "which", "used", "needed", "required", "available", "supported"}
_FLOWS_ON = PREPOSITIONS | frozenset(
    "are is include includes have has support supports provide provides offer offers contain contains cover covers need"
    " needs require requires using be".split()
)
_FLOWS = VERBS | AUXILIARIES | PREPOSITIONS | {"include", "have"}
_ADVERBS = re.compile(r"\b(?:only|also|currently|mainly|typically|usually|generally)\s+", re.IGNORECASE)
_IS = re.compile(r"\s+(?:are|is|include|includes)$", re.IGNORECASE)


def list_question(fact: Enumeration, world: World) -> str:
    """The question for all items, "An image has which three components?"; "" where the lead fits no frame."""
    lead = _TURNS.sub("", re.sub(r"\s+only$", "", _TAIL.sub("", bare(fact.lead))))
    titled = bool(fact.heading) and lead == bare(fact.heading[-1])
    n = number_word(len(fact.items))
    if not lead or count_words(lead) > 16:
        return ""
    if does := _LEAD_DOES.fullmatch(lead):
        return _what_it_does(fact, world, does[1].lower(), n)
    if (_LEAD_DOES.match(lead) and count_words(lead) < 4) or lead.split()[0].lower() in SURELY_THIRD:
        return ""  # "Supports services": which are the services that it supports?
    prefix = "" if world.named_in(fact.concept, lead) else f"{world.naming.title(fact.concept)}: "
    whose = "" if prefix else _whose(fact, world)
    asked = _by_noun(fact, world, lead, n) or ("" if titled or _NO_CLAUSE.match(lead) else _by_verb(lead, n))
    asked = _TWICE.sub(r"\1 ", asked)
    if not stems(asked) - stems(fact.concept) - GENERIC_STEMS - {"name"} and not plural(bare(fact.what)):
        return ""
    if not asked:
        return ""
    if whose:
        return whose + lower_first(asked)
    named = not prefix or world.named_in(fact.concept, asked)
    return upper_first(asked) if named else prefix + lower_first(asked)


_NUMBERED = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.):]?|[IVX]+[.)])?\s*(?=\w)")


def _whose(fact: Enumeration, world: World) -> str:
    """The heading above "Methods" and "Access modes", as a label: every subject has such; "" where none is needed."""
    above = fact.heading[1:-1]
    last = fact.concept.split()[-1].lower() if fact.concept else ""
    if not above or fact.concept not in fact.heading[-1] or singular(last) not in CLASSES:
        return ""
    name = _NUMBERED.sub("", bare(above[-1]))
    return "" if count_words(name) > 5 or world.named_in(name, fact.lead) else f"{name}: "


_NO_CLAUSE = re.compile(
    rf"(?:{'|'.join(NUMBERS[2:])}|\d+) (?:[\w-]+ ){{0,3}}?[\w-]+s (?:for|of|in|to) ", re.IGNORECASE
)
"""A counted noun, "Three service categories for support", whose last word is no verb."""
_TURNS = re.compile(r"^(?:therefore|thus|hence|so|also|again|now|then),? (?=\w)", re.IGNORECASE)
_LEAD_DOES = re.compile(
    r"(supports|requires|includes|adds|provides|offers|contains|allows|needs|enables|covers|stores|integrates)\b",
    re.IGNORECASE,
)
"""A lead that is only a verb: "Supports: tiering, tagging"."""


def _what_it_does(fact: Enumeration, world: World, verb: str, n: str) -> str:
    name = world.naming.subject(fact.concept)
    do = "do" if world.naming.many(fact.concept) else "does"
    asks = f"what {do} {name or ('they' if do == 'do' else 'it')} {base_form(verb)}? Name {all_of(n)}."
    return upper_first(asks) if name else f"{world.naming.title(fact.concept)}: {asks}"


_RELATIVE = re.compile(r" (?:that|which) (?:you|we) (?:can|could|may|will) \w+$")


def _by_noun(fact: Enumeration, world: World, lead: str, n: str) -> str:
    """The question by what the items are: "Which three components", "What are the five core artifacts of …?"."""
    noun = _RELATIVE.sub("", _FIRST_COUNT.sub("", lower_first(bare(fact.what))))
    lead = _RELATIVE.sub("", lead)
    counted = _COUNTED.search(lead)
    if counted and (not noun or noun.split()[0] in counted[2].split()[:1]):
        noun = counted[2]
    if (not noun or not plural(noun)) and _IS.search(lead):
        noun = _FIRST_COUNT.sub("", lower_first(_IS.sub("", lead)))
    verbless = not has_verb(lead) and not any(w.lower() in FINITE_VERBS for w in lead.split()[1:])
    if (
        verbless
        and ":" not in lead
        and plural(lead)
        and count_words(lead) <= 4
        and stems(noun) <= stems(lead)
    ):
        noun = lower_first(lead)  # "Access tiers": the whole lead is the noun, and "access" no verb
    if noun.split()[:1] and noun.split()[0] in ("consists", "includes", "contains", "comprises"):
        return ""
    if not noun or not plural(noun) or count_words(noun) > 8 or "," in noun:
        return ""
    if noun.split()[0].lower() in PREPOSITIONS:
        return ""  # "You can set it at levels:"
    if _finite(noun.split()[1:]) and noun.split()[1] not in ("to", "of"):
        return ""
    if " - " in noun:
        return ""
    noun = " ".join(
        word.lower() if singular(word.lower()) in CLASSES and word.istitle() else _small(word, world)
        for word in noun.split()
    )
    start = _before_noun(lead, noun)
    there = _THERE.match(start) if start else None
    if there:
        return f"{there[1]}which {n} {noun} are there?"
    if start:
        if not _finite(start.split()) or (" " not in start and not counted):
            noun = lower_first(lead)
        elif start.split()[-1].lower() not in ("a", "an", "its", "their", "our", "your", "main"):
            return f"{start} which {n} {noun}?"
    after = _after_noun(lead, noun)
    if after is not None:
        rest = _IS.sub("", after).strip()
        if not rest or (count_words(rest) <= 8 and not rest[-1].islower()):
            return f"what are the {n} {noun}{_of(fact, world, noun)}?"
        return f"what are the {n} {noun} {rest}?" if rest.split()[0].lower() in _QUALIFIES else ""
    if stems(noun) <= stems(lead):
        return ""
    return f"what are the {n} {noun}{_of(fact, world, noun)}?" if count_words(lead) <= 3 else ""


def _before_noun(lead: str, noun: str) -> str:
    """What stands before the noun that ends the lead, without a count: "An image has (three) components"."""
    if not lead.casefold().endswith(f" {noun.casefold()}"):
        return ""
    return _LAST_COUNT.sub("", f" {lead[: -len(noun)].rstrip()}").strip()


def _after_noun(lead: str, noun: str) -> str | None:
    """What stands after the noun that opens the lead, perhaps after a count; None where it does not."""
    text = _FIRST_COUNT.sub("", lead)
    for opening in (lead, text):
        rest = opening[len(noun) :]
        if opening.casefold().startswith(noun.casefold()) and not rest[:1].isalnum():
            return rest
    return None


def inside(items: list[str]) -> list[str]:
    """Items as they stand in the middle of a sentence; a single word is small where another item is."""
    small = any(item.strip("{}")[:1].islower() for item in items)
    return [_inside(item, small=small) for item in items]


_ONE_CAPITAL = re.compile(r"[A-Z][a-z-]+\}*")


def _inside(item: str, *, small: bool) -> str:
    if item.startswith("{{"):
        return "{{" + _inside(item[2:], small=small)
    if not _ONE_CAPITAL.fullmatch(item):
        return lower_first(item)
    ends = "}" * item.count("}")
    word = item.rstrip("}")
    return (word.lower() if small and word not in NAMES else word) + ends


def _small(word: str, world: World) -> str:
    plain = re.fullmatch(r"[A-Z][a-z]+", word) is not None and word not in NAMES
    return word.lower() if plain and (word.lower() in GENERIC or world.naming.seen_small(word)) else word


def _of(fact: Enumeration, world: World, noun: str) -> str:
    """ " of Azure Databricks", where the concept is not named yet."""
    if world.named_in(fact.concept, noun):
        return ""
    subject = world.naming.subject(fact.concept)
    return f" of {subject}" if subject else ""


_DO = BASE | {"have"}
_DO_OR_INCLUDE = BASE | {"have", "include"}


def _by_verb(lead: str, n: str) -> str:
    """The question by the lead's last word, a verb or a preposition: "What do Azure Notebooks support?"."""
    words = lead.split()
    last = words[-1].lower()
    if words[0].lower() in THIRD or (is_imperative(lead) and not lead.lower().startswith("use ")):
        return ""  # a verb without its subject, or a command
    if ways := re.match(
        r"^(?P<who>you|we|users) (?P<can>can|could|may) (?P<do>.+) (?:via|through|using|with|by)$", lead, re.I
    ):
        return f"in which {n} ways {ways['can']} {ways['who'].lower()} {ways['do']}?"
    if choice := re.match(
        r"^(?P<pre>.*?)(?P<who>you|we) have (?:the )?(?P<what>choices?|options?) (?:of|between|from)$",
        lead,
        re.I,
    ):
        what = choice["what"] if choice["what"].endswith("s") else f"{choice['what']}s"
        return f"{choice['pre']}which {n} {what} do {choice['who'].lower()} have?"
    plain = _ADVERBS.sub("", f"{lead} ").split()
    subject, before = " ".join(plain[:-1]), plain[-2].lower() if len(plain) > 1 else ""
    if len(plain) > 1 and "," not in lead and count_words(subject) <= 8:
        if last in THIRD or last in ("has", "includes"):
            return f"what does {lower_first(subject)} {base_form(last)}? Name {all_of(n)}."
        if before in AUXILIARIES and last in _DO:
            return f"what {before} {lower_first(' '.join(plain[:-2]))} {last}? Name {all_of(n)}."
        if last in _DO_OR_INCLUDE and (
            plural(subject) or before in ("you", "we") or subject.split()[-1].endswith("s")
        ):
            return f"what do {lower_first(subject)} {last}? Name {all_of(n)}."
    if last in PREPOSITIONS or last in ("choose", "need", "use", "are", "be", "using"):
        return f"{lead} which {n}?" if stems(lead) and _finite(words) else ""
    return f"{lead}: which {n}?" if len(words) > 2 and _finite(words) else ""


def all_of(n: str) -> str:
    """ "all three", but "both"."""
    return "both" if n == "two" else f"all {n}"


def _finite(words: list[str]) -> bool:
    return any(w.lower() in THIRD or w.lower() in AUXILIARIES or w.lower() in BASE for w in words)


def list_sentence(fact: Enumeration, world: World, items: list[str]) -> str:
    """The list as one sentence: "The core artifacts of Azure Databricks are jobs, libraries and clusters"."""
    lead = bare(fact.lead)
    items = inside(items)
    if does := _LEAD_DOES.fullmatch(lead):
        many = world.naming.many(fact.concept)
        verb = base_form(does[1].lower()) if many else does[1].lower()
        name = world.naming.subject(fact.concept) or world.naming.title(fact.concept)
        return f"{upper_first(name)} {verb} {joined(items, 'and')}"
    if (does := _LEAD_DOES.match(lead)) and 1 < count_words(lead) < 5:
        name = world.naming.subject(fact.concept) or world.naming.title(fact.concept)
        verb = base_form(does[1].lower()) if world.naming.many(fact.concept) else does[1].lower()
        return f"{upper_first(name)} {verb}{lead[does.end() :]}: {joined(items, 'and')}"
    listed = joined(items, "or" if fact.inline and re.search(r"\bor\b", fact.source.quote) else "and")
    noun = lower_first(bare(fact.what))
    verbless = noun and plural(noun) and lead.casefold() in (noun.casefold(), f"the {noun}".casefold())
    if verbless:
        noun = " ".join(_small(word, world) for word in noun.split())
        of = _of(fact, world, noun)
        named = of or world.named_in(fact.concept, noun)
        prefix = "" if named else f"{world.naming.title(fact.concept)}: "
        return f"{prefix}{'the' if prefix else 'The'} {noun}{of} are {listed}"
    prefix = "" if world.named_in(fact.concept, lead) else f"{world.naming.title(fact.concept)}: "
    last = lead.split()[-1].lower() if lead else ""
    flows = last in (_FLOWS if fact.inline else _FLOWS_ON) or (fact.inline and _finite(lead.split()))
    return f"{prefix}{lower_first(lead) if prefix else upper_first(lead)}{' ' if flows else ': '}{listed}"
