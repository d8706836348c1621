"""Doubts about the English of a card: words in an order that no reader would write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.draft import GUESS
from dp100cards.first.generate.english import bare, lower_first
from dp100cards.first.generate.shape import shape
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.grammar import split
from dp100cards.first.notes.vocabulary import ADJECTIVES, BASE, PREPOSITIONS

_QUOTED = re.compile(r"“([^”]*)”")
_PREFIX = re.compile(r"([^:“?]{2,80}): (?=(?:what|which|why|how|when|where|who|in)\b)")
_SALAD = AnyCase(
    r"\b(?:when|if|while|because|that|whose)\s+(?:for|to|of)\b|\bwhich\s+(?:for|to)\b"
    r"|\b(?:can|must|should|may|might|will|could|does|do|did|to)\s+to\b"
    r"|\b(?:do|does|did|can)\s+(?:are|is|was|were|has|have been|means)\b"
    r"|\ban?\s+(?:most|many|several|all|some|no)\b"
    r"|\bif (?:either|both|neither|any|one) (?:is|are|of)\b"
    r"|\bwhat (?:does|do) [a-z]+ [a-z]+\? name all\b"
    r"|\b(?:the|an?)\s+(?:is|are|of|to|for|in|and|or|can|which|that)\b"
    r"|\b(?:what|why|how|where) (?:can|does|do|is|are) (?:e\.g|i\.e|etc|vs)\b"
    r"|\bwhy (?:is|are) [^?]*\b(?:to|for|of|in|with|by)\?"
    r"|\b(?:listed|shown|given|described|mentioned|named|stated|found) (?:below|above|here)\b"
    r"|\bbelow\b(?=\W*(?:[:?]|which\b))"
    r"|\b(?:to|of|the|and|or|a|an|with|by|from) (?:which|what|two|three|four|five|six|seven)\?$"
)
"""Two small words side by side that do not go together, and pointers to nothing."""
_ODD_START = AnyCase(
    r"(?:[^:]+: )?(?:what|where|how|why|when) (?:can|must|should|may|will|does|do|did)\s+"
    r"(?:even|then|just|usually|still|already|now|[a-z]{4,}ly)\b"
    r"|which (?:two|three|four|five|six|seven) [^?]* (?:does|is|has) \b"
    r"|(?:[^:]+: )?when (?:does|do|did) [^?]* (?:mean|be)\b"
    r"|(?:[^:]+: )?what (?:does|do|did|can|will) [^?]* (?:go|come|happen|occur|belong|exist|consist|depend|differ)\?$"
)
"""A question that has an adverb for its subject, or two verbs, or one that takes no object."""
_GERUND_SUBJECT = re.compile(
    r"^what (?:does|do|can|will) [a-z]+ing [^?]*\b(?:before|after|when|while|if|until|because)\b",
    re.IGNORECASE,
)
_NAKED_PASSIVE = re.compile(
    r"^Which (?:of these|concept|[\w -]{3,40}?) (?:represents|stores|keeps|names|measures|sends|creates|adds|writes"
    r"|defines|identifies|contains|includes|processes|handles|holds) (?:\w+ly )?"
    r"(?:as|to|in|on|by|with|of|at|for)(?![\w-])"
)
"""A verb that wants an object, and has none: what it is said of was acted upon."""
_NOISE = re.compile(r":::|\[\^|==|\^\d| o [A-Z{]| [-–—] [a-z]+ (?:up|together|in|out|on|off)\b")
"""What is left of other markup, of formulas, and of bullets that a word processor wrote as letters."""
_DOES = re.compile(
    r"(?:falls|goes|comes|happens|occurs|refers|applies|belongs|works|sits|lies|lives|means|looks|depends)\b",
    re.IGNORECASE,
)
_STRANDED = re.compile(rf" (?:{'|'.join(sorted(PREPOSITIONS))})\?$")
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|when|because|if|as|so|one|you|we|it|they)\b|[,;(]")
_UNITS = (
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|seconds?|times|percent|bytes?|bits?|cores?|nodes?"
    r"|replicas?|zones?|copies)"
)
_OPENS_A_CLAUSE = re.compile(
    r"(?:which|that|who|whose|whom|where|when|while|so|but|and|or|then|because|as|whenever|whether)\b",
    re.IGNORECASE,
)
_NO_VERB = re.compile(r"(?:ary|al|ive|ous|ic|able|ible|ed|ing|tion|ity|ness|ment|ance|ence)$")
_NOUNS = frozenset(
    """network data traffic web cloud user users system client server disk file files storage memory software
    hardware""".split()
)
_LEADS_ON = frozenset(
    """and but or so then also usually often sometimes typically generally please note when where why how if while since
    unlike to use avoid designed sensitive good bad best better""".split()
)
"""How a prefix begins that names nothing: the rest of a sentence, or advice."""


_HOW_CAN_YOU = re.compile(r"(?:[^:]+: )?(?:where|how) can (?:you|we|users|one)\b", re.IGNORECASE)
_ALL_IN_BRACKETS = re.compile(r"\([^()]*\)\.?")


def of_english(ask: str) -> Iterator[str]:
    """Why the words of a question may not be English."""
    plain = _QUOTED.sub("…", ask)
    if (
        _SALAD.search(plain)
        or _ODD_START.match(plain)
        or _GERUND_SUBJECT.match(plain)
        or _NAKED_PASSIVE.match(plain)
    ):
        yield "clumsy question"
    if plain.count("`") % 2 or _NOISE.search(ask):
        yield "clumsy question"
    if _HOW_CAN_YOU.match(plain):
        yield "there may be other ways"
    prefix = _PREFIX.match(plain)
    if prefix and _names_nothing(prefix[1]):
        yield "asks about no thing"
    described = _QUOTED.search(ask)
    if described and "describe" in ask and _tells_of_another(described[1]):
        yield "the description does not fit a name"
    if described and _ALL_IN_BRACKETS.fullmatch(described[1]):
        yield "the description is a fragment"


_HOW_AND_NO_THING = re.compile(
    r" (?:differently|just fine|as well|hand in hand)$|^(?:[Hh]and in hand|[Tt]he same \w+$)"
)
_COUNTED = re.compile(r"what are the (?:two|three|four|five|six|seven) [\w-]+s\b", re.IGNORECASE)
_CUT_OFF = re.compile(r",? (?:e\.g|i\.e|etc|such as|like)\.?$")
_TO_DO = re.compile(r"[Tt]o ([a-z]+) ")


def of_a_fragment(ask: str, answer: str) -> Iterator[str]:
    """Why an answer may be no answer to its question."""
    form = lower_first(answer)
    if _OPENS_A_CLAUSE.match(form) and not re.match(
        r"(?:[^:]+: )?(?:when|where|why|how)\b", ask, re.IGNORECASE
    ):
        yield "the answer is a fragment"
    if re.fullmatch(r"\([^()]*\)", answer):
        yield "the answer is a fragment"
    if _HOW_AND_NO_THING.search(answer):
        yield "the answer is a fragment"
    to_do = _TO_DO.match(answer)
    if (
        to_do
        and to_do[1] not in BASE
        and (to_do[1] in ADJECTIVES or _NO_VERB.search(to_do[1]) or to_do[1] in _NOUNS)
    ):
        yield "the answer is a fragment"
    if answer.count("`") % 2 or _CUT_OFF.search(answer):
        yield "the answer breaks off"
    if _COUNTED.match(ask) and "," in answer:
        first, *rest = re.split(r", | and ", answer)
        if shape(lower_first(bare(first))) == "imperative" and all(
            shape(lower_first(bare(item))) in ("noun", "adjective") for item in rest
        ):
            yield "the items are of different kinds"


def of_a_definition(ask: str, answer: str) -> Iterator[str]:
    """Why what is given for a definition may define nothing."""
    if not re.search(r"^What (?:is|are) |: what (?:is it|are they)\?$", ask) or _STRANDED.search(ask):
        return
    if re.fullmatch(r"(?:(?:The|An?) )?[A-Z][\w-]*(?: (?:of |and )?[A-Z][\w-]*)*", answer):
        yield "the answer is one of them"
    items = re.sub(r"\s*\([^)]*\)", "", answer).split(", ")
    if len(items) > 2 and all(len(item.split()) <= 3 for item in items):
        yield "the answer is a list of examples"
    if re.match(r"\S+ [-–—] \S", answer) or _DOES.match(answer) or shape(lower_first(answer)) == "verb":
        yield "the answer is a fragment"
    if _tells_of_another(_RELATIVE.split(answer)[0]):
        yield "the answer is a whole sentence"


def of_a_list(answer: str) -> Iterator[str]:
    """Why the items of a list may not be what is asked for."""
    items = [bare(item).lower() for item in re.split(r", | and ", answer)]
    if any(item.split()[:1] in (["some"], ["other"], ["more"], ["others"], ["etc"]) for item in items):
        yield "an item names nothing"
    if any(a != b and b.startswith(f"{a} ") for a in items for b in items) or len(set(items)) < len(items):
        yield "two items are alike"


def of_a_gap(ask: str) -> Iterator[str]:
    """Why a sentence with a gap may state nothing: one of the cases of something, a number that anybody would guess."""
    if re.match(r"(?:[^:{]+: )?You (?:expect|need|want|require|have to|know|would like)\b", ask):
        yield "one of several cases"
    if re.search(rf"\{{\{{[1-3]\}}\}} (?!{_UNITS}\b)[a-z]", ask):
        yield GUESS
    if re.search(r"\{\{[A-Z][^}]*\}\} (?:of|for) [A-Z]|[A-Z][a-z]+ (?:of|for) \{\{[A-Z]", ask):
        yield "the gap cuts a name in two"
    if _NOISE.search(ask):
        yield "not a plain statement"


def _names_nothing(prefix: str) -> bool:
    """Is what stands before a question's colon no name: "And explore the dashboard", "Usually ML Studio"?"""
    words = prefix.lower().split()
    if words[0].strip(",") in _LEADS_ON or words[0] in PREPOSITIONS:
        return True
    if words[-1] in PREPOSITIONS or re.search(
        r"\b(?:below|above|contd?|continued|part \d)\b", prefix, re.IGNORECASE
    ):
        return True
    return shape(lower_first(prefix)) in ("clause", "modal", "verb", "preposition", "participle")


def _tells_of_another(said: str) -> bool:
    """Is it a sentence with a subject of its own: "Sparse vectors often contain many dimensions"?"""
    found = split(said)
    if (
        found is None
        or not found.subject
        or "-" in found.verb
        or f" {found.verb.split()[0]} " not in f" {said} "
    ):
        return False
    return len(said.split()) > 3 and not re.search(
        r"\b(?:that|which|who|where|when|to|how|what)\b", found.subject
    )
