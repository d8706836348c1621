"""Doubts about questions made of conditions, causes and uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.aspects import EVERYWHERE
from dp100cards.first.generate.doubts.alone import GENERAL, HOLLOW, QUIZ, is_title
from dp100cards.first.generate.doubts.words import no_noun
from dp100cards.first.generate.english import count_words
from dp100cards.first.generate.stems import GENERIC_STEMS, stem, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Consequence, Use
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import BASE

_PART_ALONE = AnyCase(
    r"\b(?:if|when|once|whenever|unless)"
    r" (?:one|two|both|either|neither|some|none|any|this|that|these|those|it|they)"
    r"(?: (?:of|is|are|fails?|goes|has|does|was|were)\b|\?|$)"
    r"|\b(?:if|when|once|whenever) another\b|\b(?:for|of|in|to|at|on|with|by) that [a-z]+"
    r"|\b(?:use|need|have|want|do|enable|combine|choose) (?:both|either|it|them|this|that|these|one)\?$"
)
"""A condition whose subject or object was named before it: "if one fails", "when you use both"."""
_POINTS = AnyCase(
    r"(?:the )?following(?: \w+){0,3}$|\bby following the (?:process|steps)$|\bone of the following\b"
    r"|\b(?:see|look) (?:below|above)$|\bas part of this \w+|\bin this (?:state|case|way)\b"
    r"|\bonly (?:mandatory|possible|necessary|needed|required|allowed)$"
    r"|^(?:the others?|the ability to|you(?:['’]\w+)?) "
    r"|^(?:instead of|rather than|in this case|in that case|for example|as well|also|only|not)\b"
)
_VAGUE = AnyCase(r"\b(?:something|anything|everything|stuff|things)\b")
_IT = AnyCase(r"^(?:it|they)\b")
_THEY = AnyCase(r"^they\b")
_THEM = AnyCase(r"\b(?:it|they|them)\b")
_NAMED_BEFORE = AnyCase(
    r"\b(?:an?|the|your|each|every|two|multiple) \w+.*\b(?:it|they|them)\b|\w+s\b.*\b(?:they|them)\b"
)
_BACK = AnyCase(r"^when (?:is|are|does|do|will|can) (?:\w+ )?(?:it|they|this|that|these)\b|^when [^?]*\bit\b")
_JOINT = re.compile(r"^(?:if|when|once|whenever|unless)\s+", re.IGNORECASE)
_TWO_ENDS = AnyCase(r"\bor to\b")
_HAPPENS = AnyCase(r"^(?:[^:]+: )?what happens\b")
_AN_ORDER = re.compile(r"[A-Z][a-z]+ (?:with|to|by|for|the|an?|your|all|single|at|on)\b")
_LONG_AGO = AnyCase(r"^what [^?]* (?:was|were) (?:\w+ly )?(?:launched|founded|introduced|released|born)\b")
_OPENS = frozenset(
    "a an the your you we all no each every two both any there one multiple several many more my our".split()
)


_A_KIND = re.compile(r"\b(?:is|are) (?:an?|the) [^,]*\b(?:that|which)\b")
"""A result that says what something is: the condition belongs to its relative clause."""


def of_a_condition(fact: Consequence, ask: str, plain: str, answer: str, world: World) -> Iterator[str]:
    """Why "What happens if …?" may not say of what, or be answered by half a sentence."""
    condition = _JOINT.sub("", fact.condition)
    if _PART_ALONE.search(plain) or _has_no_article(condition):
        yield "the question does not say of what"
    if _A_KIND.search(fact.result):
        yield "may be read in two ways"
    if _POINTS.search(answer):
        yield "the answer is a fragment"
    if _HAPPENS.search(ask) and _AN_ORDER.match(answer) and not has_verb(answer):
        yield "the answer is a fragment"
    if _VAGUE.search(answer) or _VAGUE.search(plain):
        yield "says little"
    if _IT.search(answer) and not _means_the_subject(fact, condition, world):
        yield "leans on another sentence"
    unnamed = _THEM.search(condition.split(",")[0]) and not _NAMED_BEFORE.search(condition)
    if (plain == ask and ask.startswith("What") and unnamed) or _BACK.search(plain):
        yield "leans on another sentence"
    if _TWO_ENDS.search(condition):
        yield "may be read in two ways"
    if any(map(QUIZ.search, fact.heading)) and not world.named_in(fact.concept, plain):
        yield "an example is no fact"
    told = stems(" ".join(w for w in answer.split() if not w.endswith("ly"))) - GENERIC_STEMS
    if told and told <= stems(ask) and "`" not in answer:
        yield "the question names its answer"
    if _LONG_AGO.search(plain):
        yield "clumsy question"


def _has_no_article(condition: str) -> bool:
    """ "cluster was set up": a thing that is counted, named by its bare noun, is one that was told of before."""
    first, _, rest = condition.partition(" ")
    return first.islower() and first not in _OPENS and rest.split(" ", 1)[0] in ("is", "was")


_DOERS = AnyCase(
    r"^(?:(?:an?|the|your) )?(?:\w+ ){0,2}(?:\w+s|user|person|client|customer|people|one|\w+er|\w+or)\b"
)
_PASSIVE = AnyCase(r"\b(?:is|are|was|were|be|been) \w+(?:ed|t|n|p)\b")
_QUOTES = re.compile(r"[\"'“”‘’]")
_ACTS = re.compile(
    r"(?:(?:an?|the|your|each|every) )?(?:\w+ ){1,3}?\w+s (?:an?|the|its|no|to|on|in|from|with)\b"
)


def _means_the_subject(fact: Consequence, condition: str, world: World) -> bool:
    """Is "it" or "they" of the result what the condition is about: its subject acts, or it is the concept?"""
    if world.names_wholly(fact.concept, " ".join(condition.split()[:5])):
        return True
    if _THEY.search(fact.result):
        return bool(_DOERS.search(condition))
    if _DONE_TO_IT.match(fact.result) and _ON_ONE_THING.match(condition):
        return True  # "you register a model …: it is uploaded"
    return not _PASSIVE.search(_QUOTES.sub("", condition)) and bool(_ACTS.match(condition))


_DONE_TO_IT = AnyCase(r"it (?:is|gets|will be|has been|can be|must be) \w+(?:ed|en|t)\b")
_ON_ONE_THING = AnyCase(r"(?:you|we|users) \w+ (?:an?|the|your) [a-z]+(?:$|,| (?!and\b|or\b|of\b)[a-z]+)")


_FIRST_DEED = AnyCase(r"^(?:automatically |simply |always |then )?([a-z]+) (?!is\b|are\b|of\b)")
_JOINS = re.compile(r"\b(?:that|which|when|if|so)\b")
_LEANS = AnyCase(r"\b(?:that|this|these|those|such) \w+|\bsuch\?$")
_NO_CLAIM = AnyCase(r"\b(?:e\.g|i\.e|etc)\b| - |^why (?:is|are) (?:whether|what|how|if|when)\b")
_TWO_CLAIMS = AnyCase(r"^why (?:does|is) [^?]*? and (?:the |an? |other )?[\w ]+? (?:is|are|\w+s) ")
_EASY_TO = AnyCase(
    r"^why is (?!it\b)[^?]*\b(?:easy|easier|hard|harder|simple|simpler|difficult|possible|better|best) to "
)


def of_a_reason(plain: str, answer: str) -> Iterator[str]:
    """Why "Why …?" may ask for no reason, or its answer give none."""
    first = _FIRST_DEED.match(answer)
    if first and first[1].lower() in BASE and not has_verb(_JOINS.split(answer)[0]):
        yield "the reason is an order"
    if _LEANS.search(plain.replace("is it that ", "")):
        yield "leans on another sentence"
    if _NO_CLAIM.search(plain):
        yield "clumsy question"
    if _TWO_CLAIMS.search(plain):
        yield "two things at once"
    if _EASY_TO.search(plain) or count_words(answer) < 4:
        yield "the answer is a fragment"


_MAY_USE = AnyCase(
    r"(?:you|we|users|it|developers) (?:can|could|may) (?:also )?use\b|\bcan be used (?:to|for)\b"
)
_AND = re.compile(r"^[^,]+ and [\w`]")
_IS = re.compile(r"\b(?:is|are)\b")
_CHOICE_OF = AnyCase(r"\bor\b|^\w+ (?:such as|like)\b|^tools\b")
_ITS_KIND = stems("command argument keyword flag block option parameter method")
_AIM = re.compile(r"(?:(?!\b(?:who|that|which|need|want)\b).)*?\w to ([a-z]+) ")
_EXAMPLE = AnyCase(r"\b(?:examples?|e\.g)\b")


def of_a_use(fact: Use, ask: str, answer: str, world: World) -> Iterator[str]:
    """Why "What is … for?" may have other answers, or none that is news."""
    together = _AND.match(fact.concept) and not world.naming.many(fact.concept)
    if (together and not _IS.search(fact.source.quote)) or _CHOICE_OF.search(fact.concept):
        yield "clumsy question"
    if re.match(r"(?:whatever|whichever|any|such|some|either)\b", fact.concept, re.IGNORECASE):
        yield "asks about no thing"
    own = stems(fact.concept) - _ITS_KIND
    said = stems(answer.removeprefix("To ")) - GENERIC_STEMS
    news = said - GENERAL
    trite = bool(news) and (news <= own or stem(answer.removeprefix("To ").split()[0]) in own)
    if own and (own <= said or trite) and len(said - own) < 5:
        yield "the question names its answer"
    if "this " in fact.source.quote.lower() and re.search(
        rf"\bthis (?:\w+ )?{re.escape(fact.concept)}\b", fact.source.quote, re.IGNORECASE
    ):
        yield "the question does not say of what"
    if is_title(fact, world) and ("designed to do" in ask or _MAY_USE.search(fact.source.quote)):
        yield "the question could mean anything"
    if fact.concept.lower() in EVERYWHERE or no_noun(fact.concept):
        yield "asks about no thing"
    if _MAY_USE.search(fact.source.quote) and _has_other_uses(fact, world):
        yield "the notes say several such things"
    if fact.marker.endswith("for") and (aim := _AIM.match(answer)) and aim[1] in BASE:
        yield "may be read in two ways"
    if count_words(answer) < 4 and said <= HOLLOW:
        yield "says little"
    if _EXAMPLE.search(" ".join(fact.heading[-1:])):
        yield "an example is no fact"


_LOOKED_AT = 80


def _has_other_uses(fact: Use, world: World) -> bool:
    mine, purpose = world.of(fact.concept), stems(fact.purpose)
    others = mine.facts[:_LOOKED_AT] if mine else []
    return any(isinstance(other, Use) and not stems(other.purpose) & purpose for other in others)
