"""One sentence to its facts: each rule looks for one construct, the first that finds it speaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dp100cards.cards import Source
from dp100cards.notes import grammar
from dp100cards.notes.facts import (
    Abbreviation,
    Advice,
    Cause,
    Consequence,
    Contrast,
    Definition,
    Description,
    Enumeration,
    Fact,
    Row,
    Sequence,
    Statement,
    Use,
)
from dp100cards.notes.names import abbreviations, is_category, key
from dp100cards.notes.outline import Text
from dp100cards.notes.sentences import clauses
from dp100cards.notes.vocabulary import BASE


@dataclass(frozen=True, slots=True)
class Context:
    """Where a sentence stands: what is known of any fact in it."""

    note: str
    heading: tuple[str, ...] = ()
    concept: str = ""
    """What the text here is about; "" where no heading or term says it."""
    category: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    status: str = ""
    term: bool = False
    """Is the text the description of a list's term, so that fragments and pronouns speak of the concept?"""
    opening: bool = False
    """Is this the first sentence under the concept's heading, where a fragment says what it is?"""
    certain: bool = True
    """Is the concept certain enough for a pronoun to mean it?"""
    loose: bool = False
    """Does the text hang on a line that names no concept, so that a fragment may be about that line?"""
    pronoun: str = ""
    """What "it" or "they" means where the sentence before was about something else than the concept."""
    names: frozenset[str] = frozenset()
    """Keys of the concepts that the note has: see `names.key`."""

    def shared(self, source: Source, **more: Any) -> dict[str, Any]:
        """The fields that every fact takes from its context."""
        known: dict[str, Any] = {
            "concept": self.concept, "category": self.category, "heading": self.heading, "source": source,
            "deck": self.deck, "tags": self.tags, "status": self.status,
        }  # fmt: skip
        if self.loose and "concept" not in more:
            more["confidence"] = min(more.get("confidence", 1.0), 0.55)
        return known | more


Rule = Callable[[str, Source, Context], list[Fact]]


def facts_of(sentence: Text, context: Context, mend: Callable[[str], str]) -> list[Fact]:
    """The facts of one sentence: of the whole where a rule takes it whole, else of each of its clauses."""
    source = Source(context.note, sentence.lines, sentence.quote)
    text = mend(_tidied(sentence.plain))
    if context.pronoun and re.match(r"(?:it|they)\b", text, re.IGNORECASE):
        context = replace(context, concept=context.pronoun, category="", certain=True, term=False, pronoun="")
    for rule in WHOLE:
        found = rule(text, source, context)
        if found:
            return _abbreviated(text, source, context) + found
    facts = _abbreviated(text, source, context)
    before = ""
    for joint, part in clauses(sentence):
        clause = mend(_tidied(part.plain))
        facts += _of_clause(clause, joint, before, source, context)
        before = clause
    return facts


def _of_clause(clause: str, joint: str, before: str, source: Source, context: Context) -> list[Fact]:
    """The facts of one clause; `joint` is the word that joins it to the clause `before`."""
    if joint == "which":
        return _relative(clause, before, source, context)
    if before and joint in ("but", "but also", "and", "or"):
        clause = _antecedent(clause, before)
    if joint in ("so", "thus", "and thus", "and so", "so that") and before and grammar.has_verb(clause):
        reason, claim = _named(before.rstrip(". "), context), clause.rstrip(".! ")
        dangling = re.search(r"\b(?:that|this|it|them)$", claim) or grammar.opens_with_pronoun(reason)
        return [
            Cause(**context.shared(source, confidence=0.5 if dangling else 0.7), claim=claim, reason=reason)
        ]
    for rule in PARTS:
        found = rule(clause, source, context)
        if found:
            return found
    return []


def _relative(clause: str, before: str, source: Source, context: Context) -> list[Fact]:
    """`…, which makes it easier to …`: what the first clause brings about."""
    reason = _named(before.rstrip(". "), context)
    rest = clause.rstrip(". ")
    rest = rest[0].lower() + rest[1:]
    for pattern, claim in (
        (
            r"makes? it (?P<how>easier|easy|possible|simple|simpler|faster|cheaper|hard|harder) to (?P<what>.+)$",
            "it is {how} to {what}",
        ),
        (
            r"(?:lets?|allows?|enables?) (?P<how>you|us|users|developers|teams)(?: to)? (?P<what>.+)$",
            "{how} can {what}",
        ),
        (r"helps? (?P<how>you|us|users)(?: to)? (?P<what>.+)$", "{how} can {what} more easily"),
        (r"means? (?:that )?(?P<how>)(?P<what>.+)$", "{what}"),
    ):
        found = re.match(pattern, rest, re.IGNORECASE)
        if found and (grammar.has_verb(found["what"]) or found["how"]):
            said = claim.format(how=found["how"], what=found["what"])
            return [
                Cause(
                    **context.shared(source, confidence=0.75), claim=said[0].upper() + said[1:], reason=reason
                )
            ]
    whole = f"{before.rstrip('. ')}, which {rest}"
    return statement(whole, source, context)


def _antecedent(clause: str, before: str) -> str:
    """The clause with a first "it" or "they" replaced by what it means in the clause before it, if that is plain."""
    first, _, rest = grammar.expanded(clause).partition(" ")
    split = grammar.split(before)
    if not split or first.lower() not in ("it", "they") or not rest:
        return clause
    if first.lower() == "it":
        subject = split.subject
        plain = not grammar.looks_plural(grammar.bare(subject.split()[-1])) and subject.lower() not in (
            "you",
            "we",
            "it",
            "they",
            "there",
        )
        return f"{subject} {rest}" if plain and len(subject.split()) <= 6 else clause
    head = grammar.words(split.object)
    noun = next((n for n, word in enumerate(head[:4]) if grammar.looks_plural(grammar.bare(word))), None)
    if split.subject.lower() in ("you", "we") and noun is not None:
        named = " ".join(head[: noun + 1])
        return f"{named[0].upper()}{named[1:]} {rest}"
    if grammar.looks_plural(grammar.bare(split.subject.split()[-1])):
        return f"{split.subject} {rest}"
    return clause


def _tidied(text: str) -> str:
    """A sentence without the noise around it: bullets, arrows, a first "So", "Also", "Additionally"."""
    text = re.sub(r"\s+", " ", text).strip()
    text = grammar.hyphened(re.sub(r"^(?:[-–—>*•]+\s+|=>\s*|→\s*)+", "", text))
    text = re.sub(
        r"^(?:so|also|additionally|in addition|moreover|furthermore|besides|however|therefore|thus|but|and|basically|remember(?: that)?|note that|please note that|keep in mind that|in short|in general|generally)\b,?\s+(?=\w)",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return (
        text[:1].upper() + text[1:] if text[:1].islower() and not re.match(r"[a-z]+[A-Z_.(]", text) else text
    )


def _abbreviated(text: str, source: Source, context: Context) -> list[Fact]:
    return [
        Abbreviation(**context.shared(source, concept=long, category=""), short=short, long=long)
        for short, long in abbreviations(text)
    ]


def _named(text: str, context: Context) -> str:
    """The clause with its first pronoun replaced by the concept, where that is certain."""
    text = grammar.expanded(text)
    if not (context.concept and context.certain and grammar.opens_with_pronoun(text)):
        return text
    first, _, rest = text.partition(" ")
    if first.lower() == "it":
        return f"{_the(context.concept)} {rest}"
    if first.lower() == "they" and grammar.looks_plural(context.concept.lower()):
        return f"{context.concept} {rest}"
    return text


def _the(concept: str) -> str:
    """A concept as the subject of a sentence: a common noun gets its article."""
    last = concept.split()[-1] if concept else ""
    common = last.islower() or (len(concept.split()) == 1 and concept.isalpha() and concept[1:].islower())
    if (
        not common
        or re.match(r"(?:the|an?|each|every)\s", concept, re.IGNORECASE)
        or grammar.looks_plural(last.lower())
    ):
        return concept
    inside = concept if concept.split()[0][:1].islower() or len(concept.split()) > 1 else concept.lower()
    return f"The {inside}"


# Rules for whole sentences


def arrow(text: str, source: Source, context: Context) -> list[Fact]:
    """`DS pipeline: A -> B -> C`."""
    lead, colon, chain = text.partition(":")
    if not colon or re.search(r"->|→|=>", lead):
        lead, chain = "", text
    steps = [step.strip(" .") for step in re.split(r"\s*(?:-+>|→|=>|⇒|➔)\s*", chain)]
    if len(steps) < 3 or not all(steps) or any(len(step.split()) > 10 for step in steps):
        return []
    what = lead.strip() or context.concept
    concept = lead.strip() if 0 < len(lead.split()) <= 5 else context.concept
    return [Sequence(**context.shared(source, concept=concept), what=what, steps=tuple(steps))]


def versus(text: str, source: Source, context: Context) -> list[Fact]:
    """`A vs. B: A is easier …, built for …`."""
    found = re.match(
        r"(?P<a>[^:.]{2,50}?)\s+(?:vs\.?|versus)\s+(?P<b>[^:.]{2,50}?)\s*[:–—-]\s+(?P<rest>.+)$",
        text,
        re.IGNORECASE,
    )
    if not found:
        return []
    a, b, facts = found["a"].strip(), found["b"].strip(), []
    for piece in re.split(r";\s+|(?<=[.])\s+", found["rest"]):
        for side, other in ((a, b), (b, a)):
            if _same_start(piece, side):
                sure = replace(context, certain=True)
                facts += _contrast(piece[len(_first_name(piece, side)) :], side, other, source, sure)
                break
        else:
            if not facts and not _same_start(piece, b):
                facts += _contrast(piece, a, b, source, replace(context, certain=False))
    return facts


def _contrast(said: str, side: str, other: str, source: Source, context: Context) -> list[Fact]:
    said = grammar.expanded(re.sub(r"^\s*[:,–—-]\s*", "", said).strip())
    said = re.sub(r"^['’]s\b", "is", said)
    pieces = [re.sub(r"^(?:it is|is|it|and)\s+", "", p.strip(" .")) for p in re.split(r",\s+(?!and\b)", said)]
    fit = [p for p in pieces if len(p.split()) >= 2]
    confidence = 0.9 if context.certain else 0.5
    category = context.heading[-1] if context.heading else context.category
    return [
        Contrast(
            **context.shared(source, concept=side, category=category, confidence=confidence),
            other=_singular_name(other),
            value=piece,
        )
        for piece in fit[:3]
    ]


def _singular_name(name: str) -> str:
    """ "HDInsights" beside "HDInsight" is one name: a plural s after a name in mixed case is dropped."""
    return name[:-1] if re.search(r"[a-z]{3}ts$", name) and re.search(r"[A-Z]{2}[a-z]", name) else name


def _same_start(text: str, name: str) -> bool:
    return bool(_first_name(text, name))


def _first_name(text: str, name: str) -> str:
    for form in (name, name.rstrip("s"), name + "s"):
        if text.lower().startswith(form.lower()):
            return text[: len(form)]
    return ""


def if_then(text: str, source: Source, context: Context) -> list[Fact]:
    """`If you …, it …`, `When …, …`; also with the condition last."""
    found = re.match(
        r"(?P<how>if|when|whenever|once|as soon as|unless)\s+(?P<c>[^,]+(?:,[^,]+(?=,\s+(?:and|or)\s))?),\s+(?:then\s+)?(?P<r>.+)$",
        text,
        re.IGNORECASE,
    )
    if found:
        condition, result = found["c"].strip(), found["r"].strip(" .")
        if not grammar.has_verb(condition):
            return []
        how = found["how"].lower()
        condition = condition if how == "if" else f"{how} {condition}"
    else:
        found = re.match(
            r"(?P<r>[^,]+?)(?<!even),?\s+(?P<how>if|when|unless)\s+(?P<c>(?:you|it|the|a|an|they|your|we|there)\b.+)$",
            text.rstrip("."),
            re.IGNORECASE,
        )
        if not found or not grammar.has_verb(found["r"]) or re.match(r"\w+ing\b", found["c"]):
            return []
        condition = found["c"] if found["how"].lower() == "if" else f"{found['how'].lower()} {found['c']}"
        result = found["r"].strip()
        if grammar.is_imperative(result):
            return []
    concept = context.concept
    if not concept and not grammar.opens_with_pronoun(condition):
        concept = ""
    leans = grammar.opens_with_pronoun(condition) or _points_back(result, context)
    sure = 0.5 if leans or _points_back(condition, context) else 0.9
    return [
        Consequence(
            **context.shared(source, concept=concept, confidence=sure), condition=condition, result=result
        )
    ]


_MEMBERS = (
    r"(?P<head>.+?\b(?:are|is|includes?|including|supports?|support only|offers?|provides?|contains?|consists? of|comprises?|of|has|have"
    r"|via|through|following|choices of|types|kinds|options|can be|either|between)):?\s+(?P<items>.+)$"
)


def members(text: str, source: Source, context: Context) -> list[Fact]:
    """`X supports A, B and C`; `Core artifacts: A, B, C`; `the choices of A, B or C`."""
    body = text.rstrip(". ")
    lead, items, colon = _colon_list(body)
    if not items:
        lead, items = _verb_list(body)
    if len(items) < 3:
        return []
    whole = bool(
        re.search(
            r"\b(?:such as|e\.g\.?|for example|like|among others|etc\.?)\b|…|\.\.\.", body, re.IGNORECASE
        )
    )
    items = [item for item in items if item.lower().strip(".") not in ("etc", "and more", "more", "others")]
    if len(items) < 3:
        return []
    what = _what(lead)
    verb = grammar.split(lead + " them")
    concept = context.concept
    if not concept and verb and not grammar.opens_with_pronoun(lead):
        concept = re.sub(r"^(?:an?|the)\s+", "", verb.subject, flags=re.IGNORECASE)
    elif not concept and colon and 0 < len(lead.split()) <= 5:
        concept = lead
    named = _named(lead, context)
    return [
        Enumeration(
            **context.shared(source, concept=concept, confidence=0.9 if concept else 0.5),
            lead=named, what=what, items=tuple(items), open=whole, inline=not colon,
        )
    ]  # fmt: skip


def _colon_list(body: str) -> tuple[str, list[str], bool]:
    lead, colon, rest = body.partition(":")
    if not colon or not rest.startswith(" ") or len(lead.split()) > 14:
        return "", [], False
    items = parted(rest)
    if not items or any(len(item.split()) > 8 or grammar.has_verb(item) for item in items):
        return "", [], False
    return lead.strip(), items, True


_LEANS = re.compile(
    r"(?:with|without|from|by|via|through|as|so|where|when|including|such|for|on|in|at|to|of)\s",
    re.IGNORECASE,
)
"""How an item of no list begins: "…, with models and a datastore" goes on with the sentence."""


def _verb_list(body: str) -> tuple[str, list[str]]:
    """The words before a list and its items, where the list ends the sentence."""
    found = re.match(_MEMBERS, body, re.IGNORECASE)
    best: tuple[str, list[str]] = ("", [])
    at = 0
    while found:
        head, rest = body[:at] + found["head"], found["items"]
        items = parted(rest)
        if (
            len(items) >= 3
            and all(len(item.split()) <= 6 and not grammar.has_verb(item) for item in items)
            and not re.search(r"\b(?:that|which|who)\b", rest)
            and not any(_LEANS.match(item) for item in items)
            and grammar.bare(items[-1].split()[-1]) not in BASE  # "…, compliance and data residency apply"
            and re.search(r",", rest)
        ):
            best = (head.strip(" :"), items)
        at = len(body) - len(rest)
        found = re.match(_MEMBERS, rest, re.IGNORECASE)
    return best


def parted(text: str) -> list[str]:
    """ "A, B (x, y) and C" → A; B (x, y); C. A single thing gives itself."""
    pieces, depth, start = [], 0, 0
    for n, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0 and text[n + 1 : n + 2] in (" ", ""):
            pieces.append(text[start:n])
            start = n + 1
    pieces.append(text[start:])
    last = re.split(r"\s+(?:and|or|&|as well as)\s+", pieces[-1].strip())
    first = re.sub(r"^(?:and|or)\s+", "", last[0].strip())
    if len(pieces) > 1 or len(last) > 1:
        head = (
            [*pieces[:-1], first, *last[1:]]
            if len(last) == 2 and first
            else [*pieces[:-1], re.sub(r"^(?:and|or)\s+", "", pieces[-1].strip())]
        )
        pieces = head
    return [piece.strip(" .;") for piece in pieces if piece.strip(" .;")]


def _what(lead: str) -> str:
    """What a list's items are, from its lead: "An image has three components" → "components"."""
    text = re.sub(r"\b(?:the|these|following|as follows|below)\b", " ", lead, flags=re.IGNORECASE)
    split = grammar.split(lead + " them")
    choice = re.search(
        r"\b(choices|options|types|kinds|components|parts|steps|stages|phases|files|modes|tiers|levels|methods|ways)\b",
        text,
        re.IGNORECASE,
    )
    if choice:
        before = text[: choice.start()].split()
        qualifier = [
            w
            for w in before[-1:]
            if w.islower()
            and w
            not in (
                "has",
                "have",
                "of",
                "are",
                "is",
                "need",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "with",
                "in",
                "several",
                "many",
                "different",
            )
        ]
        return " ".join([*qualifier, choice[1].lower()])
    if (
        split
        and grammar.bare(split.verb.split()[-1]) in ("are", "is")
        and grammar.looks_plural(grammar.bare(split.subject.split()[-1]))
    ):
        return re.sub(r"^(?:the|an?)\s+", "", split.subject, flags=re.IGNORECASE)
    if not split and 0 < len(lead.split()) <= 5 and grammar.looks_plural(grammar.bare(lead.split()[-1])):
        return lead[:1].lower() + lead[1:] if not lead[1:2].isupper() else lead
    return ""


# Rules for clauses


_USE = re.compile(
    r"^(?:(?P<subject>.+?)\s+(?:is|are|can be)\s+)?(?:it(?:['’]s| is)\s+|(?:also|very|most|mainly|primarily|typically|commonly|often|particularly|especially)\s+)*"
    r"(?P<marker>(?:useful|ideal|good|great|perfect|suitable|suited|well[- ]suited|best suited|best|recommended|intended|designed|appropriate|meant)\s+(?:for|to|when)"
    r"|used\s+(?:for|to|in|when|by))\s+(?P<purpose>.+)$",
    re.IGNORECASE,
)
_USE_VERB = re.compile(
    r"^(?:you|we)\s+(?:can|should|could|may)?\s*use\s+(?P<subject>.+?)\s+(?P<marker>for|to)\s+(?P<purpose>.+)$",
    re.IGNORECASE,
)


def use(text: str, source: Source, context: Context) -> list[Fact]:
    """`Useful for on-premises data`; `X is ideal for …`; `we can use this to …`."""
    body = text.rstrip(". ")
    found = _USE.match(body)
    if found and not (found["subject"] and len(found["subject"].split()) > 7):
        subject = found["subject"] or ""
        concept = _about(subject, context)
        if concept and len(found["purpose"].split()) <= 24:
            marker = found["marker"].lower()
            return [
                Use(
                    **context.shared(source, concept=concept, confidence=0.9),
                    marker=marker,
                    purpose=found["purpose"],
                )
            ]
    found = _USE_VERB.match(body)
    if found:
        concept = _about(found["subject"], context)
        if concept and len(concept.split()) <= 6 and len(found["purpose"].split()) <= 20:
            marker = f"used {found['marker'].lower()}"
            return [
                Use(
                    **context.shared(source, concept=concept, confidence=0.8),
                    marker=marker,
                    purpose=found["purpose"],
                )
            ]
    return []


def _about(subject: str, context: Context) -> str:
    """The concept that a subject names: a pronoun or none is the concept at hand, where that is certain."""
    said = re.sub(r"^(?:an?|the|this|each|every|your)\s+", "", subject.strip(), flags=re.IGNORECASE)
    if not said or said.lower() in ("it", "this", "that", "they", "these", "those", "there"):
        return context.concept if context.certain else ""
    if len(said.split()) > 6 or grammar.has_verb(said) or said.lower() in ("you", "we", "there"):
        return ""
    return said


_TRAIT = re.compile(
    r"^(?:the|one|a|another|its)\s+(?:main |big |key |biggest )?(?P<label>advantage|disadvantage|benefit|drawback|limitation"
    r"|downside|goal|purpose|aim)\s+(?:of (?P<name>.{2,60}?) )?is\s+(?P<how>that |to )?(?P<said>.+)$",
    re.IGNORECASE,
)


def trait(text: str, source: Source, context: Context) -> list[Fact]:
    """`The advantage of X is that …`: a trait of X."""
    found = _TRAIT.match(text.rstrip(". "))
    if not found or len(found["said"].split()) > 20:
        return []
    concept = _about(found["name"] or "", context)
    said = f"to {found['said']}" if (found["how"] or "").strip().lower() == "to" else found["said"]
    if not concept:
        return []
    cells = ((found["label"].lower(), said),)
    return [Row(**context.shared(source, concept=concept, confidence=0.85), cells=cells)]


def because(text: str, source: Source, context: Context) -> list[Fact]:
    """`…, as/because/since …`."""
    body = text.rstrip(". ")
    found = re.match(
        r"(?P<claim>.+?),?\s+(?P<how>because|since|due to the fact that)\s+(?P<reason>.+)$",
        body,
        re.IGNORECASE,
    )
    if not found:
        found = re.match(
            r"(?P<claim>.+?),\s+(?P<how>as|for)\s+(?P<reason>(?:the|it|they|there|you|we|a|an|this|your|our|most)\b.+)$",
            body,
            re.IGNORECASE,
        )
    if (
        not found
        or not grammar.has_verb(found["reason"])
        or re.match(r"(?:of|the introduction)\b", found["reason"])
    ):
        return []
    claim = _named(found["claim"].strip(), context)
    if not grammar.has_verb(claim):
        return []
    return [
        Cause(**context.shared(source, confidence=0.8), claim=claim, reason=_named(found["reason"], context))
    ]


_OPINION = re.compile(
    r"\b(?:it(?:['’]s| is) (?:better|best|recommended|a good idea|advisable|good practice|wise)|better to|best practice|you should|we should|should (?:always|never|be)"
    r"|make sure|be sure|don['’]?t forget|avoid|prefer|recommended to|is recommended|recommends?|always use|never use|consider)\b",
    re.IGNORECASE,
)
_SAYER = re.compile(
    r"^(?:the\s+)?(?:trainer|teacher|instructor|lecturer|author|he|she|docs?|documentation)\s+(?:said|says|told us|mentioned|recommends?|recommended)\s+(?:that\s+)?",
    re.IGNORECASE,
)


def advice(text: str, source: Source, context: Context) -> list[Fact]:
    """`it's better to X, as Y`; `Trainer said that …`; `You should …`."""
    body = _SAYER.sub(
        "", re.sub(r"^(?:best practice|recommendation|tip)s?\s*[:–-]\s*", "", text, flags=re.I)
    ).rstrip(". ")
    said = body != text.rstrip(". ")
    if not said and not _OPINION.search(body) and context.status != "advice":
        return []
    told = re.sub(r"^(?:in|for|with|on)\s[^,]+,\s+", "", body, flags=re.IGNORECASE)
    imperative = grammar.is_imperative(told, lenient=True)
    if not said and not _OPINION.search(body) and not imperative:
        return []
    body = grammar.expanded(re.sub(r"^its\s", "it is ", body))
    place = re.match(r"In\s+(?P<name>[^,]{2,40}),\s+", body)
    if place and key(place["name"]) == key(context.concept):
        body = body[place.end() :]
    found = re.match(
        r"(?P<what>.+?),?\s+(?:as|because|since|so that|in order to|otherwise)\s+(?P<why>(?:the|it|they|there|you|we|a|an|this|your|our|else|otherwise)?\b.{8,})$",
        body,
        re.IGNORECASE,
    )
    what, why = (found["what"], found["why"]) if found else (body, "")
    if why and not grammar.has_verb(why):
        what, why = body, ""
    more = {"status": "advice", "confidence": 0.85 if len(what.split()) <= 30 else 0.5}
    return [Advice(**context.shared(source, **more), what=what[:1].upper() + what[1:], why=why)]


_DEFINES = re.compile(
    r"^(?P<subject>.{1,80}?)\s+(?:is|are)\s+(?P<value>(?:an?|the|one of|any|some)\s+.+)$|^(?P<subject2>.{1,60}?)\s+(?:refers to|means|stands for|is called|is defined as|denotes)\s+(?P<value2>.+)$",
    re.IGNORECASE,
)
_VERBLESS = re.compile(
    r"^(?:(?:it|this|they)(?:['’]s| is| are)|is|are)\s+(?P<value>(?:an?|the|one of)\s+.+)$", re.IGNORECASE
)


def definition(text: str, source: Source, context: Context) -> list[Fact]:
    """`X is a …`; under X's heading also `Is a …`, `It is a …`."""
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
    found = _DEFINES.match(body)
    if not found:
        return []
    subject, value = found["subject"] or found["subject2"], found["value"] or found["value2"]
    concept = _about(subject, context)
    concept = context.concept if key(concept) == key(context.concept) else concept
    if re.match(r"[\d~<>≤≥]", subject):
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
_MAYBE = re.compile(r"^(?:for example|for instance|e\.g\.?|example)\b|\bmaybe\b", re.IGNORECASE)


def _points_back(text: str, context: Context) -> bool:
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
    body = grammar.in_order(_named(grammar.expanded(text.rstrip(".! ")), context))
    split = grammar.split(body)
    if split is None and not grammar.has_verb(body):
        return []
    unresolved = (
        grammar.opens_with_pronoun(body)
        or bool(re.match(r"(?:all|everything)\s+(?:is|are)\b|there\s", body, re.IGNORECASE))
        or _points_back(text, context)
        or bool(re.match(r"(?:when|if|while|once|after|before|unless)\b[^,]+$", text, re.IGNORECASE))
        or bool(re.match(r"(?:below|above|here|following)\b", body, re.IGNORECASE))
    )
    concept = context.concept
    if split and not unresolved:
        named = _about(split.subject, context)
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
    article = re.match(r"(?:an?|the)\s", body, re.IGNORECASE)
    if grammar.is_noun_phrase(body) and (article or (context.opening and len(body.split()) >= 3)):
        return [Definition(**context.shared(source, confidence=0.9), value=body)]
    sure = 0.8 if len(body.split()) >= 2 else 0.5
    return [Description(**context.shared(source, confidence=sure), value=body)]


WHOLE: tuple[Rule, ...] = (arrow, versus, advice, if_then, members, because)
PARTS: tuple[Rule, ...] = (trait, use, definition, statement, fragment)
