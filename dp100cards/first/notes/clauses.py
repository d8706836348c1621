"""One sentence to its facts: each rule looks for one construct, the first that finds it speaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from dp100cards.cards import Source
from dp100cards.first.notes import grammar
from dp100cards.first.notes.blocks import Text
from dp100cards.first.notes.context import Context, Rule, resolved, tidied
from dp100cards.first.notes.contrast import versus
from dp100cards.first.notes.facts import (
    Abbreviation,
    Cause,
    Fact,
    Statement,
)
from dp100cards.first.notes.listing import arrow, members
from dp100cards.first.notes.names import abbreviations
from dp100cards.first.notes.reasons import advice, because, if_then
from dp100cards.first.notes.saying import definition, equation, fragment, statement, trait
from dp100cards.first.notes.sentences import clauses
from dp100cards.first.notes.uses import use
from dp100cards.first.notes.vocabulary import AUXILIARIES, THIRD

_SPEAKS_ON = re.compile(
    r"(?:it|they|(?:ideal|suitable|great|good|useful|best|perfect|recommended|intended|designed|suited|optimi[sz]ed"
    r"|used) (?:for|to|when|if))\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells more of what the one before it was about."""


def facts_of(sentence: Text, context: Context, mend: Callable[[str], str]) -> list[Fact]:
    """The facts of one sentence: of the whole where a rule takes it whole, else of each of its clauses."""
    source = Source(context.note, sentence.lines, sentence.quote)
    text = _of_the_term(mend(tidied(sentence.plain)), context)
    if context.pronoun and _SPEAKS_ON.match(text):
        context = replace(context, concept=context.pronoun, category="", certain=True, term=False, pronoun="")
    for rule in WHOLE:
        found = rule(text, source, context)
        if found:
            return abbreviated(text, source, context) + found
    facts = abbreviated(text, source, context)
    before = ""
    for joint, part in clauses(sentence):
        clause = _of_the_term(mend(tidied(part.plain)), context)
        facts += _of_clause(clause, joint, before, source, context)
        before = clause
    if not facts and len(text.split()) > (3 if context.concept else 5) and not text.endswith(":"):
        facts = [Statement(**context.shared(source, confidence=0.4), sentence=text.rstrip(". "))]
    return facts


_THIS = re.compile(
    r"This (?:(?:type|kind|sort|form)(?P<of> of)|option|service|tool|feature|method|approach|mode|tier|plan|policy|role"
    r"|level|strategy|pattern|technique|algorithm|command|function|resource|setting|metric) "
)
_ACTS = THIRD | AUXILIARIES


def _of_the_term(text: str, context: Context) -> str:
    """Behind a term, "This type of account is …" says what the term is, as "It is …" does."""
    found = _THIS.match(text) if context.term else None
    if not found:
        return text
    behind = text[found.end() :].split()
    named = range(1, 5) if found["of"] else range(1)
    at = next((n for n in named if n < len(behind) and behind[n] in _ACTS), None)
    return text if at is None else " ".join(["It", *behind[at:]])


def _of_clause(clause: str, joint: str, before: str, source: Source, context: Context) -> list[Fact]:
    """The facts of one clause; `joint` is the word that joins it to the clause `before`."""
    if joint == "which":
        return _relative(clause, before, source, context)
    if before and joint in ("but", "but also", "and", "or"):
        clause = _antecedent(clause, before)
    if joint in ("so", "thus", "and thus", "and so", "so that") and before and grammar.has_verb(clause):
        reason, claim = resolved(before.rstrip(". "), context), clause.rstrip(".! ")
        dangling = (
            re.search(r"\b(?:that|this|it|them)$", claim)
            or grammar.opens_with_pronoun(reason)
            or re.match(r"(?:you|we|users?) (?:can|could|may|don't|do not|won't)\b", claim, re.IGNORECASE)
            or (joint == "so that" and not re.search(r"\b(?:can|could|may|might|cannot|must)\b", claim))
        )  # "X is set so that Y does": Y is what X is for, and no fact that X explains
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
    reason = resolved(before.rstrip(". "), context)
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
        head = re.split(r"\s(?:of|in|on|for|with|from|between)\s", subject)[0]
        plain = not grammar.looks_plural(grammar.bare(head.split()[-1])) and subject.lower() not in (
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


def abbreviated(text: str, source: Source, context: Context) -> list[Fact]:
    """The abbreviations that a text introduces."""
    return [
        Abbreviation(**context.shared(source, concept=long, category=""), short=short, long=long)
        for short, long in abbreviations(text)
    ]


WHOLE: tuple[Rule, ...] = (arrow, versus, advice, if_then, members, because)


PARTS: tuple[Rule, ...] = (equation, trait, use, definition, statement, fragment)
