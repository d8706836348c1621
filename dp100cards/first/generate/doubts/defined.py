"""Doubts about definitions that tell nothing apart: by the kind alone, by praise, by likeness, by mere names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import count_words, head_noun, plural
from dp100cards.first.generate.phrase import only_a_name
from dp100cards.first.generate.shape import is_deed
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Definition, Description, Fact
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import ADJECTIVES

_HOLLOW = re.compile(
    r"(?:(?:an?|one of the|another)\s+)(?:[\w-]+\s+){0,2}(?:platform|service|tool|feature|option|way|ways|options"
    r"|thing|concept|method|approach|resource|product|technique|type|kind|part|step|example|product|one|topic|term"
    r"|mechanism|solution|framework|problem|task|extension|component|element|lab|transaction|version|setting|property"
    r"|action|activity)s?(?: (?:of|in|by|from|inside|within) (?:[A-Z][\w-]*|the \w+|\w+)(?: [A-Z]\w*)?)?",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:on|in|of|for|to|from|with|by|at) (?:that|this|these|those) [a-z]+$")
_ANY_SUCH = re.compile(
    r"(?:an?|the)?\s*(?:[\w-]+\s+){0,2}(?:store|database|program|application|language|library|file|server|system|protocol"
    r"|model|algorithm|engine|format|storage|device|standard|network|command|function|method|process|component)s?",
    re.IGNORECASE,
)
"""The kind of thing alone, which others are as well."""
_CHANCE = re.compile(
    r"(?:(?:an?|one) )?(?:option|possibility|chance|example|choice) (?:to|of|for)\b", re.IGNORECASE
)
_AS_SENTENCE = re.compile(
    r"(?:the|an?) [^,]+, (?:allowing|making|enabling|ensuring|causing|letting|giving|reducing|improving|resulting)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|whose|where|used|for|to|when)\b|[(;]")
_COLLECTIVE = re.compile(
    r"an? (?:\w+ )?(?:set|group|collection|list|series|family|range|number|type|kind|way|form|class|combination|pair"
    r"|mix|method|process|concept|feature|service|tool|technique)\b",
    re.IGNORECASE,
)
_VERBS_OF_A_SENTENCE = re.compile(
    r"^((?:[\w`’'-]+ ){1,6})(?:reflects?|corresponds?|represents?|indicates?|denotes?|offers?|provides?|depends"
    r"|remains?|becomes?|consists?|belongs?|requires?|contains?|looks|tells|differs?|varies|vary"
    r"|happens?|exists?|goes|comes|will|would|may|might) (?:to |the |an? |your |different |various |more |less |be )"
)
_MANY_DO = re.compile(
    r"the (?:[a-z]+ )?[a-z]+s (?:change|vary|depend|differ|come|go|work|run|grow|fall|rise|increase|decrease|fit|mean"
    r"|act|serve|help|make|take|give|get|use|need|have) ",
    re.IGNORECASE,
)
_PRAISE = AnyCase(
    r"(?:(?:the|an?|one of the) )?(?:(?:very|most|more|highly) )?(?:common(?:ly)?|popular|used|important|powerful"
    r"|simplest|easiest|best|better|recommended|preferred|fundamental|essential|critical|crucial|key|core"
    r"|main|central|integral|vital|great|cheapest"
    r"|fastest|\w+-(?:selling|performing)|most \w+)\b(.*)"
)
_NAMES_ONLY = re.compile(
    r"[A-Z][\w-]*(?: [A-Z][\w-]*| \([^)]*\))*(?:(?:, | and | or |, and )[A-Z][\w-]*(?: [A-Z0-9][\w-]*| \([^)]*\))*)+"
    r"|[A-Z][\w-]*(?: [A-Z][\w-]*)+ \([A-Z]\w+\)"
)
"""Members, told in place of what they are members of: "Elastic Block Store and EC2 Instance Store"."""
_PART_OF = re.compile(
    r"(?:an?|the|one of the) (?:[\w-]+ )?(?:core|key|main|central|integral|essential|fundamental|important|critical"
    r"|crucial|vital|major) (?:[\w-]+ )?(?:components?|parts?|elements?|features?|concepts?|services?|resources?"
    r"|blocks?|pillars?|aspects?) (?:of|in|for|within) (?:(?!\b(?:that|which|where|who|used|for)\b).)+",
    re.IGNORECASE,
)
_OF_THE_TEXT = frozenset(
    "section module page chapter guide lab document course lesson exercise task action note unit topic".split()
)
_MANY_ACT = re.compile(
    r"(?:[A-Z]?[a-z-]+ )?[A-Z]?[a-z-]{2,}[^su]s [a-z]+ly (?!(?:and|or)\b)[a-z]{3,}[^sdg] "
    r"|(?:[A-Z]?[a-z-]+ )?[A-Z]?[a-z-]{2,}[^su]s (?:seek|try|want|need|use|share|keep|make|take|give|hold|run|act) "
    r"(?:to|the|an?|your|their|its|all|as|on|in|into)\b"
)
"""Several do something: "Hackers continuously seek to …"."""
_SIDE_OF = AnyCase(
    r"^(?:importance|benefits?|advantages?|overview|role|need|purpose|goals?|basics|history|limitations?|types|use)"
    r" (?:of|for)\b"
)
_QUALITY_ALONE = re.compile(
    r"(?:Un|Semi-?|Non-?|Pre-?)?[A-Za-z]?[a-z]+(?:ured|ited|ated|ized|ised|ified|aged)"
)
"""A quality, and no thing that has it: "Semi-structured"."""
_UNDONE = re.compile(
    r"\b(?:two|three|four|five|several|many|different|various|multiple|following) (?:options|types|ways|forms|kinds"
    r"|flavou?rs|modes|parts|tiers|editions|categories|sizes|versions|steps|plans|models|levels)$|, e\.?g\.?$"
)
"""What announces what is told behind it: "that comes in two options"."""
_DISAGREES = re.compile(
    r"^an? (?:[\w-]+ )?[\w-]+[^s\W] (?:that|which) (?:have|are|do|provide|use|allow|store|contain)\b"
    r"|^[A-Z][a-z]+[^s\W] that (?:have|are|do)\b|^[A-Z][a-z]*[^s\W]s that (?:has|is|does|[a-z]{3,}[^s\W]s) (?!of\b)",
    re.IGNORECASE,
)
"""One of which is said what is said of many, and the other way round: "Machine that have …"."""
_ENABLES_IT = re.compile(r"\b(?:that|which) (?:enables|allows|lets|helps|makes) (?:it|them)\b")
_DONE = re.compile(r"[A-Z][a-z]+ed (?:[A-Z]{2,}|only|for|by|to|in|with|on|from|as|when|based)\b")
"""Something is done to it: "Designed ONLY for …"."""
_LIKE = re.compile(
    r"(?:(?:the|an?) )?(?:same|similar|equivalent|more \w+ version|superset|subset|evolution|successor|alternative)\b"
    r"(?! (?:of|to) (?:(?-i:[A-Z])|an?\b|[^,.]+ that ))",
    re.IGNORECASE,
)
"""A definition by praise, or by likeness to what stands above it, tells nothing apart."""


_NO_THING = AnyCase(
    r"^(?:nothing|everything|no|not|none|customers?|users?|you|we|there|here|it|they|can|must|should|only|just|also"
    r"|remember|note|ensure|make sure)\b|^(?:[\w-]+ ){1,3}not (?:[\w-]+ing|responsible|able|allowed|needed|required)\b"
)
"""How a remark begins that stands under a name and defines nothing: "Nothing to do", "Customer not responsible for"."""


A_FEATURE = AnyCase(
    r"^(?:an?|one|the) (?:[\w-]+ ){0,2}(?:feature|capability|concern|aspect|matter|issue|thing|topic|concept|challenge"
    r"|factor|consideration|point|problem|benefit)"
    r"(?: (?:supported|available|offered|provided|found|in|of|within|for|through)\b.*)?$"
)
"""A kind of thing, and where it is found, tells nothing of what it is or does."""


def of_a_hollow_definition(draft: Draft, value: str) -> Iterator[str]:
    """A definition must tell more than the kind of thing, and be no sentence."""
    if draft.rule.endswith((".what", ".which", ".describes")):
        if _HOLLOW.fullmatch(value) or A_FEATURE.search(value) or _CHANCE.match(value) or _praises(value):
            yield "says little"
        if draft.rule.endswith((".which", ".describes")) and _ANY_SUCH.fullmatch(value):
            yield "may hold of others"
        if re.fullmatch(r"[\w-]+ [a-z]+", value) and not value.lower().startswith(("a ", "an ", "the ")):
            yield "says little"
        opening = stems(" ".join(value.split()[:2]))
        if opening and opening <= stems(draft.fact.concept) and len(value.split()) > 4:
            yield "the answer is a whole sentence"
        if re.match(r"one of (?:the|many|several|its) ", value, re.IGNORECASE):
            yield "says little"
        if re.match(r"\w+ly to ", value) or re.search(r"\bhow [a-z]+\.?(?: \(|$)", value):
            yield "the answer is a fragment"
        if _NO_THING.match(value) or "!" in value:
            yield "the answer is a whole sentence"
        if _POINTS_BACK.search(value):
            yield "leans on another sentence"
        if re.match(r"\d", draft.fact.concept) or draft.fact.concept.lower() in _OF_THE_TEXT:
            yield "asks about no thing"
        if _SIDE_OF.match(draft.fact.concept):
            yield "asks about no thing"
        if _QUALITY_ALONE.fullmatch(draft.fact.concept) or draft.fact.concept.lower() in ADJECTIVES:
            yield "asks about no thing"
        if _UNDONE.search(value) or " : " in value:
            yield "the answer breaks off"
        if _DISAGREES.search(value):
            yield "the answer is a fragment"
        if _ENABLES_IT.search(value):
            yield "leans on another sentence"
        if value.lower() in ("the default", "a default") or (only_a_name(value) and count_words(value) < 7):
            yield "says little"
        if is_deed(value) or _MANY_ACT.match(value):
            yield "the answer is a whole sentence"
        if _DONE.match(value):
            yield "the answer is a fragment"
        if count_words(value) <= 4 and stems(head_noun(value)) & stems(draft.fact.concept):
            yield "says little"
        if _NAMES_ONLY.fullmatch(value):
            yield "an example is no description"
        if _LIKE.match(value):
            yield "likeness is no fact"
        if _AS_SENTENCE.match(value) and has_verb(_RELATIVE.split(value)[0]):
            yield "the answer is a whole sentence"
        told = _VERBS_OF_A_SENTENCE.match(value)
        if re.match(r"(?:an?|the) [\w -]{2,30}: ", value, re.IGNORECASE) or _MANY_DO.match(value):
            yield "the answer is a whole sentence"
        if told and not _RELATIVE.search(told[1]):
            yield "the answer is a whole sentence"
        if value.startswith("The ") and re.match(r"[^,]+, (?:allowing|making|enabling|ensuring)\b", value):
            yield "the answer is a whole sentence"
    if draft.rule.endswith(".what") and re.search(r"\bwhat are\b", draft.card.ask, re.I):
        of_one = re.match(r"an? ", value, re.IGNORECASE) and not plural(value.split(" of ")[-1].split()[0])
        if of_one or _COLLECTIVE.match(value):
            yield "the definition of many is told of one"


def _praises(value: str) -> bool:
    if _PART_OF.fullmatch(value):
        return True
    praise = _PRAISE.match(value)
    return bool(praise and len(stems(praise[1]) - GENERIC_STEMS) < 3)


_IS_PART = re.compile(r"(?<!that )(?<!which )(?<!who )(?<!it )\b(?:is|are) (?:part of|an?|the|also|not)\b")
_ACTS_ON = re.compile(
    r"(?:(?!that\b|which\b|who\b|where\b|when\b|to\b|of\b|for\b|in\b)[\w`-]+ ){1,6}?[a-z]{3,}s"
    r" (?:all|the|each|every|its|their|any|depending)\b"
    r"|(?:(?!that\b|which\b|who\b)[\w-]+ ){1,5}(?:by default|always|usually|typically|generally|automatically) [a-z]+ ",
    re.IGNORECASE,
)
"""Something acts: "A traversal visits all nodes", "Policies by default apply to …"."""
_GOOD = re.compile(
    r"(?:an?|one) (?:very |really |pretty )?(?:good|great|cool|easy|nice|simple|quick|fast|popular|powerful|handy|neat)"
    r" (?:way|method|choice|option|tool|idea|place)\b",
    re.IGNORECASE,
)
_A_NUMBER = re.compile(
    r"(?:or )?the (?:number|amount|size|length|cost|rate|share|percentage|count) of\b", re.IGNORECASE
)


def names_it(fact: Fact) -> bool:
    """Does the sentence itself name what it tells of, and not only the heading over it?"""
    return stems(fact.concept) <= stems(fact.source.quote)


def of_what_is_told(value: str, fact: Fact) -> Iterator[str]:
    """Why words that stand under a name may tell something else than what that is."""
    if _IS_PART.search(value) or _ACTS_ON.match(value):
        yield "the answer is a whole sentence"
    if _GOOD.match(value):
        yield "praise is no fact"
    if isinstance(fact, Definition | Description) and not names_it(fact) and _A_NUMBER.match(value):
        yield "the answer is a fragment"
