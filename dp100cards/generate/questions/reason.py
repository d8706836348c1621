"""Consequences, causes and advice: what happens if, why, what is recommended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.generate.draft import Draft
from dp100cards.generate.english import (
    DETERMINERS,
    bare,
    base_form,
    count_words,
    lower_first,
    plural,
    sentence,
    upper_first,
)
from dp100cards.generate.flaws.wording import dangles
from dp100cards.generate.making import basic
from dp100cards.generate.phrase import cut
from dp100cards.generate.questions.gap import STRONG, gap_cards
from dp100cards.generate.shape import shape
from dp100cards.generate.stems import telling
from dp100cards.generate.world import World
from dp100cards.notes.facts import Advice, Cause, Consequence, Fact
from dp100cards.notes.vocabulary import AUXILIARIES, BASE, THIRD

_LEAVE = re.compile(
    r"^(?:then\s+)?(you|we|one|users?) (can|could|may|must|should|need to|have to|cannot|can't"
    r"|will)\b\s*(.+)$",
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
    """What happens, what can you do, what should you do, if …?"""
    condition = lower_first(
        re.sub(r"^(?:if|when|once|whenever)\s+", "", bare(fact.condition), flags=re.IGNORECASE)
    )
    result = re.sub(r"^then\s+", "", bare(fact.result), flags=re.IGNORECASE)
    joint = _joint(fact)
    names = stands_alone(fact, condition, world)
    lead = "" if names else f"{world.naming.title(fact.concept)}: "
    leave = _LEAVE.match(result)
    if leave:
        who, may = leave[1].lower(), leave[2].lower()
        do = _DO.get(may, f"{may} {{}} do").format(who)
        ask, answer = f"What {do} {joint} {condition}?", leave[3]
        if may == "will":
            ask, answer = f"What happens {joint} {condition}?", result
    elif shape(lower_first(result)) == "imperative":
        ask, answer = f"What should you do {joint} {condition}?", result
    else:
        ask, answer = f"What happens {joint} {condition}?", result
    short, rest = cut(answer)
    yield basic(
        fact,
        "consequence.what",
        lead + (lower_first(ask) if lead else ask),
        short,
        explain=sentence(rest) if rest else "",
    )


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
        re.sub(r"^(?:because|since|as|so that)\s+", "", bare(fact.reason), flags=re.IGNORECASE), 18
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


def why_question(claim: str, world: World, concept: str = "") -> str:
    """A clause as a question for its reason: "X is flat" → "Why is X flat?"; else "Why is it that X …?"."""
    text = lower_first(bare(claim))
    words = text.split()
    low = [w.lower() for w in words]
    if low and low[0] in ("it", "they", "this") and concept:
        name = world.naming.subject(concept) or world.naming.inside(concept)
        if len(low) > 2 and not (
            low[1] in ("is", "'s")
            and low[2]
            in (
                "better",
                "best",
                "important",
                "useful",
                "easier",
                "possible",
                "recommended",
                "good",
                "necessary",
            )
        ):
            words, low = [*name.split(), *words[1:]], [*name.lower().split(), *low[1:]]
    if low[:1] == ["it's"]:
        words, low = ["it", "is", *words[1:]], ["it", "is", *low[1:]]
    for at, word in enumerate(low[:8]):
        if at and word in AUXILIARIES and "'" not in word and word != "cannot":
            if any(w in ("that", "which", "who", "if", "when") for w in low[:at]):
                break
            return f"Why {word} {' '.join(words[:at])} {' '.join(words[at + 1 :])}?"
        if (
            at
            and (word in THIRD or word in ("has", "does"))
            and not any(w in ("that", "which", "to") for w in low[:at])
        ):
            return f"Why does {' '.join(words[:at])} {base_form(word)} {' '.join(words[at + 1 :])}?"
        if (
            at == 1
            and low[0] in ("you", "we", "they", "users")
            and (word in BASE or word in ("need", "have", "get", "want"))
        ):
            return f"Why do {words[0]} {' '.join(words[1:])}?"
        if at and plural(words[at - 1]) and word in BASE and (low[0] in DETERMINERS or at == 1):
            return f"Why do {' '.join(words)}?"
    if low and low[0] in BASE and count_words(text) > 1:
        return f"Why should you {' '.join(words)}?"
    return f"Why is it that {' '.join(words)}?"


_BETTER = re.compile(
    r"(?:that )?(?:it'?s |it is |is )?"
    r"(better|best|recommended|a good idea|advisable|useful|important|good practice|worth) (?:to )?(.+)$",
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
    if fact.concept and not gaps and shape(lower_first(deed)) == "imperative":
        short, rest = cut(deed)
        ask = f"{world.naming.title(fact.concept)}: what do your notes recommend?"
        yield basic(fact, "advice.what", ask, short, explain=rest or fact.why)
