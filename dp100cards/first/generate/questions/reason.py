"""Consequences, causes and advice: what happens if, why, what is recommended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import (
    bare,
    lower_first,
    plural,
    sentence,
    upper_first,
)
from dp100cards.first.generate.flaws.wording import dangles
from dp100cards.first.generate.making import basic
from dp100cards.first.generate.naming import is_name
from dp100cards.first.generate.phrase import cut
from dp100cards.first.generate.questions.gap import STRONG, gap_cards
from dp100cards.first.generate.questions.inversion import inverted, why_question
from dp100cards.first.generate.same_name import VENDORS
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import GENERIC_STEMS, stems, telling
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Advice, Cause, Consequence, Fact

_LEAVE = re.compile(
    r"^(?:then\s+)?(you|we|one|users?) (?:also |still |only |simply |just )?(can|could|may|must|should"
    r"|need to|have to|cannot|can't|will)\b\s*(.+)$",
    re.IGNORECASE,
)

_DO = {
    "need to": "do {} need to do",
    "have to": "do {} have to do",
    "cannot": "can {} not do",
    "can't": "can {} not do",
}


def stands_alone(fact: Fact, text: str, world: World) -> bool:
    """Does the text say by itself what it is about, so that the concept need not stand before it?"""
    if world.named_in(fact.concept, text):
        return True
    if world.named_in(fact.concept, fact.source.quote) or dangles(text):
        return False
    return (
        len(telling(text)) >= 3
        or bool(world.named_concepts(text))
        or re.search(r"[a-z][A-Z]", text) is not None
    )


def consequence(fact: Consequence, world: World) -> Iterator[Draft]:
    """What happens, what can you do, what should you do, if …? Where the result came first: when …?"""
    condition = lower_first(_IF.sub("", bare(fact.condition)))
    result = re.sub(r"^then\s+", "", bare(fact.result), flags=re.IGNORECASE)
    joint = _joint(fact)
    if re.search(r"\b(?:that|which) (?:is|are|was|were|will be|can be) \w+$", result):
        # The condition hangs on a relative clause: "… the mapping that is created when you deploy".
        yield from gap_cards(fact, world, fact.source.quote, "consequence.gap")
        return
    if _result_first(fact) and (asked := inverted(re.sub(r"\s*\bonly\b", "", result), world, fact.concept)):
        named = stands_alone(fact, result, world) or world.names_wholly(fact.concept, asked)
        lead = "" if named else f"{world.naming.title(fact.concept)}: "
        short, rest = cut(f"{joint} {condition}", 20)
        yield basic(
            fact, "consequence.when", f"{lead}{'when' if lead else 'When'} {asked}?", short, explain=rest
        )
        return
    alone = stands_alone(fact, condition, world) and not _says_no_subject(fact, condition, world)
    lead = "" if alone else f"{world.naming.title(fact.concept)}: "
    result = _NEED_TO.sub("you need to ", result)
    ask, answer = f"What happens {joint} {condition}?", result
    leave = _LEAVE.match(result)
    if leave and leave[2].lower() != "will":
        who, may = leave[1].lower(), leave[2].lower()
        do = _DO.get(may, f"{may} {{}} do").format(who)
        ask, answer = f"What {do} {joint} {condition}?", leave[3]
    elif shape(lower_first(result)) == "imperative":
        ask = f"What should you do {joint} {condition}?"
    short, rest = cut(answer)
    # A result that comes first and fits no "when" is no clause that the rules understand.
    doubts = ("may be read in two ways",) if _result_first(fact) else ()
    ask = lead + (lower_first(ask) if lead else ask)
    yield basic(fact, "consequence.what", ask, short, explain=rest, doubts=doubts)


_NEED_TO = re.compile(r"^(?:needs? to|have to|has to|must) (?=[a-z]+\b)", re.IGNORECASE)
"""A result whose subject was left out: "if there are several, need to name the one"."""
_YOURS = re.compile(r"(?:you|your|we|our|the user|users|somebody|someone|an? user)\b", re.IGNORECASE)


def _says_no_subject(fact: Fact, condition: str, world: World) -> bool:
    """Is the condition about the reader ("you have an app in two regions"), so that it does not say what is used?"""
    if not _YOURS.match(condition) or not fact.concept or not is_name(fact.concept):
        return False
    names = [w for w in condition.split()[1:] if w[:1].isupper() and not plural(w) and stems(w) - VENDORS]
    if names:
        return False
    named = any(stems(c.name) - VENDORS - GENERIC_STEMS for c in world.named_concepts(condition))
    if named or world.names_wholly(fact.concept, fact.source.quote):
        return False
    return not world.named_in(fact.concept, condition)


_IF = re.compile(r"^(?:if|when|once|whenever)\s+", re.IGNORECASE)


def _result_first(fact: Consequence) -> bool:
    """Does the note name the result before the condition: "A service principal is used when …"?"""
    quote = fact.source.quote.casefold().replace("*", "")
    result = quote.find(" ".join(bare(fact.result).casefold().split()[:4]))
    condition = quote.find(" ".join(_IF.sub("", fact.condition).casefold().split()[:4]))
    return 0 <= result < condition


def _joint(fact: Consequence) -> str:
    found = re.match(r"(if|when|once|whenever|unless)\b", fact.condition.strip(), re.IGNORECASE)
    if found:
        return found[1].lower()
    words = " ".join(fact.condition.split()[:4])
    found = re.search(rf"\b(if|when|once|whenever)\s+{re.escape(words)}", fact.source.quote, re.IGNORECASE)
    return found[1].lower() if found else "if"


def cause(fact: Cause, world: World) -> Iterator[Draft]:
    """Why …?"""
    claim = bare(fact.claim)
    names = stands_alone(fact, claim, world)
    lead = "" if names else f"{world.naming.title(fact.concept)}: "
    if _LIKEWISE.match(bare(fact.reason)):
        yield from gap_cards(fact, world, claim, "cause.gap")
        return
    ask = why_question(claim, world, fact.concept)
    short, rest = cut(
        re.sub(
            r"^(?:(?:because|since|as|so that)\s+)?(?:then\s+)?", "", bare(fact.reason), flags=re.IGNORECASE
        ),
        18,
    )
    if dangles(ask):
        said = f"{upper_first(claim)}, because {lower_first(bare(fact.reason))}"
        yield from gap_cards(fact, world, said, "cause.gap", least=STRONG)
    yield basic(
        fact,
        "cause.why",
        lead + (lower_first(ask) if lead else ask),
        short,
        explain=sentence(rest) if rest else "",
    )


_LIKEWISE = re.compile(
    r"^(?:you|we|it|they|one) (?:do|does|did|would|can|could|will|have|has)(?: (?:with|for|in|on) .*)?$",
    re.IGNORECASE,
)
""" "as you do with others" compares and gives no reason."""


_BETTER = re.compile(
    r"(?:that )?(?:it'?s |it is |is )?"
    r"(better|best|recommended|a good idea|advisable|useful|important|good practice|worth) to (.+)$",
    re.IGNORECASE,
)
_SHOULD = re.compile(r"^(?:you|we) (?:should|must|need to|have to) ", re.IGNORECASE)


def advice(fact: Advice, world: World) -> Iterator[Draft]:
    """Why is it better to …? What is recommended …?"""
    what = bare(fact.what)
    better = _BETTER.match(what)
    lead = "" if stands_alone(fact, what, world) else f"{world.naming.title(fact.concept)}: "
    if fact.why:
        ask = why_question(_SHOULD.sub("", what), world, fact.concept)
        if better:
            ask = f"Why is it {better[1].lower()} to {lower_first(better[2])}?"
        short, rest = cut(fact.why, 18)
        yield basic(fact, "advice.why", lead + (lower_first(ask) if lead else ask), short, explain=rest)
    text = f"It is {better[1].lower()} to {lower_first(better[2])}" if better else upper_first(what)
    gaps = list(gap_cards(fact, world, text, "advice.gap", least=STRONG if fact.why else 0.0))
    yield from gaps
    deed = better[2] if better else _SHOULD.sub("", what)
    about = bool(fact.concept) and world.names_wholly(
        fact.concept, f"{fact.what} {' '.join(fact.heading[-1:])}"
    )
    if about and not fact.why and not gaps and shape(lower_first(deed)) == "imperative":
        short, rest = cut(deed)
        ask = f"{world.naming.title(fact.concept)}: what do your notes recommend?"
        yield basic(fact, "advice.what", ask, short, explain=rest or fact.why)
