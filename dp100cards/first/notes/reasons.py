"""Conditions, causes and advice: what follows from what, and what somebody recommends."""

from __future__ import annotations

import re

from dp100cards.cards import Source
from dp100cards.first.notes import grammar
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.context import Context, resolved
from dp100cards.first.notes.facts import (
    Advice,
    Cause,
    Consequence,
    Fact,
)
from dp100cards.first.notes.names import key
from dp100cards.first.notes.saying import points_back

_IF = re.compile(
    r"(?P<how>if|when|whenever|once|as soon as|unless)\s+(?P<c>[^,]+(?:,[^,]+(?=,\s+(?:and|or)\s))?),\s+(?:then\s+)?(?P<r>.+)$",
    re.IGNORECASE,
)
_IF_LAST = re.compile(
    r"(?P<r>[^,]+?)(?<!even),?\s+(?P<how>if|when|unless)\s+(?P<c>(?:you|it|the|a|an|they|your|we|there)\b.+)$",
    re.IGNORECASE,
)


_ASKS_WHETHER = AnyCase(
    r"\b(?:what|how|whether|which|where|see|decide|check|know|determine|ask|test|tell|verify|find out|sure|matter|care"
    r"|wonder|learn|asks|decides|checks|knows|determines|tests|tells|verifies|even|just|as)$"
    r"|\b(?:what|how|whether)\b|\bso (?:that )?(?:you|we|they|it) \w+|\b(?:is|are|was|were|be)$"
)
"""A clause before "if" or "when" that the condition is no condition of: "see if", "what happens if", "the worst is when"."""
_SPLICED_ON = re.compile(
    r", (?:there|it|this|they|you) (?:is|are|can|will|has|have|also|may|must)\b.*", re.IGNORECASE
)


def if_then(text: str, source: Source, context: Context) -> list[Fact]:
    """`If you …, it …`, `When …, …`; also with the condition last."""
    found = _IF.match(text)
    if found:
        condition, result = found["c"].strip(), found["r"].strip(" .")
        if not grammar.has_verb(condition):
            return []
        how = found["how"].lower()
        condition = condition if how == "if" else f"{how} {condition}"
    else:
        found = _IF_LAST.match(text.rstrip("."))
        if not found or not grammar.has_verb(found["r"]) or re.match(r"\w+ing\b", found["c"]):
            return []
        if _ASKS_WHETHER.search(found["r"]) or found["c"].startswith("it comes to "):
            return []
        said = _SPLICED_ON.sub("", found["c"])
        condition = said if found["how"].lower() == "if" else f"{found['how'].lower()} {said}"
        result = found["r"].strip()
        if grammar.is_imperative(result):
            return []
    concept = context.concept
    if not concept and not grammar.opens_with_pronoun(condition):
        concept = ""
    if re.match(r"there (?:is|are|was|were) (?:times?|cases?|situations?|moments?)\b", result, re.IGNORECASE):
        return []  # "There are times when …" sets no condition
    leans = grammar.opens_with_pronoun(condition) or points_back(result, context)
    sure = 0.5 if leans or points_back(condition, context) else 0.9
    return [
        Consequence(
            **context.shared(source, concept=concept, confidence=sure), condition=condition, result=result
        )
    ]


_BECAUSE = re.compile(
    r"(?P<claim>.+?),?\s+(?P<how>because|since(?!\s+(?:the\s+)?\d)|due to the fact that)\s+(?P<reason>.+)$",
    re.IGNORECASE,
)
_AS = re.compile(
    r"(?P<claim>.+?),\s+(?P<how>as|for)\s+(?P<reason>(?:the|it|they|there|you|we|a|an|this|your|our|most)\b.+)$",
    re.IGNORECASE,
)


def because(text: str, source: Source, context: Context) -> list[Fact]:
    """`…, as/because/since …`."""
    body = text.rstrip(". ")
    found = _BECAUSE.match(body)
    if not found:
        found = _AS.match(body)
    if (
        not found
        or not grammar.has_verb(found["reason"])
        or re.match(r"(?:of|the introduction)\b", found["reason"])
    ):
        return []
    claim = resolved(found["claim"].strip(), context)
    if not grammar.has_verb(claim):
        return []
    return [
        Cause(
            **context.shared(source, confidence=0.8),
            claim=claim,
            reason=_of_its_subject(found["reason"], claim, context),
        )
    ]


def _of_its_subject(reason: str, claim: str, context: Context) -> str:
    """A reason whose "it" or "they" is the subject of the claim, where that is one or many as well."""
    first, _, rest = grammar.expanded(reason).partition(" ")
    split = grammar.split(claim)
    if first.lower() not in ("it", "they") or not rest or split is None or len(split.subject.split()) > 5:
        return resolved(reason, context)
    many = grammar.looks_plural(grammar.bare(split.subject.split()[-1]))
    fits = many == (first.lower() == "they") and not grammar.opens_with_pronoun(split.subject)
    return f"{split.subject} {rest}" if fits else resolved(reason, context)


_OPINION = AnyCase(
    r"\b(?:it(?:['’]s| is) (?:better|best|recommended|a good idea|advisable|good practice|wise)|better to|best practice|you should|we should|should (?:always|never|be)"
    r"|make sure|be sure|don['’]?t forget|avoid|prefer|recommended to|is recommended|recommends?|always use|never use|consider)\b"
)


_SAYER = re.compile(
    r"^(?:the\s+)?(?:trainer|teacher|instructor|lecturer|author|he|she|docs?|documentation)\s+(?:said|says|told us|mentioned|recommends?|recommended)\s+(?:that\s+)?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:best practice|recommendation|tip)s?\s*[:–-]\s*", re.I)
_CASE = re.compile(r"^(?:in|for|with|on)\s[^,]+,\s+", re.IGNORECASE)


def advice(text: str, source: Source, context: Context) -> list[Fact]:
    """`it's better to X, as Y`; `Trainer said that …`; `You should …`."""
    body = _SAYER.sub("", _LABEL.sub("", text)).rstrip(". ")
    said = body != text.rstrip(". ")
    if not said and not _OPINION.search(body) and context.status != "advice":
        return []
    told = _CASE.sub("", body)
    imperative = grammar.is_imperative(told, lenient=True)
    if not said and not _OPINION.search(body) and not imperative:
        return []
    body = grammar.expanded(re.sub(r"^its\s", "it is ", body))
    place = re.match(r"In\s+(?P<name>[^,]{2,40}),\s+", body)
    if place and key(place["name"]) == key(context.concept):
        body = body[place.end() :]
    found = re.match(
        r"(?P<what>.+?),?\s+(?:(?<!such )(?<!soon )(?<!long )(?<!well )(?<!much )as(?! (?:soon|long|well|much|far)\b)|because|since|so that|in order to|otherwise)\s+(?P<why>(?:the|it|they|there|you|we|a|an|this|your|our|else|otherwise)?\b.{8,})$",
        body,
        re.IGNORECASE,
    )
    what, why = (found["what"], found["why"]) if found else (body, "")
    if why and (not grammar.has_verb(why) or re.match(r"(?:though|although|even if)\b", what, re.IGNORECASE)):
        what, why = body, ""
    more = {"status": "advice", "confidence": 0.85 if len(what.split()) <= 30 else 0.5}
    return [Advice(**context.shared(source, **more), what=what[:1].upper() + what[1:], why=why)]
