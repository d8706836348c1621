"""Doubts about how a question is put: can it be understood alone, and is it English?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.doubts.words import TWO_WAYS
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, count_words, lower_first
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Statement
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import BASE, LIGHT_VERBS, THIRD

_STRANDED = re.compile(
    r"(?<!serve)(?<!serves)(?<!known)(?<!used)(?<!act)(?<!acts)(?<!defined) "
    r"(?:in|at|within|into|during|over|under|between|as|after|before|throughout)\?$"
)
"""A preposition at the end that belongs to its noun: "What can permissions be assigned at?"."""
_CARRIES = stems(
    " ".join(LIGHT_VERBS)
    + " bring issue give provide include contain involve want deal keep hold become mean add"
    " return allow let enable help show receive"
)
"""Verbs by which alone nothing can be asked."""
_PERSON = AnyCase(r": (?:what|how|where|when) (?:can|do|must|should|could|may) (?:you|we|users)\b")
_OPENS = r"^(?:what|where|how|why|when) (?:does|do|is|are|can|may|must|will|should) "
_ONE = (
    "process|parent|child|server|client|system|user|rule|step|result|value|code|data|file|service|application|resource"
    "|model|implementation|operation|function|method|object|item|team|company|organization|tool|command|program"
)
_EMPTY_SUBJECT = AnyCase(rf"{_OPENS}(?:the|a|an|each|every) (?:{_ONE})\b(?! of\b)")
_GENERIC_SUBJECT = AnyCase(
    rf"{_OPENS}(?:(?:{_ONE})s|processes|people|companies|developers|customers|teams|instances|nodes|others|messages"
    r"|requests|roles|permissions)\b(?! (?:of|in|with|for|that)\b)"
)
_CLUMSY = AnyCase(
    r": which (?:two|three|four|five|six|seven)\?$|\bof which \w+\?$|\bwhich include: |^[^:]+: [^:]+: "
    r"|: (?:it|they) [a-z]+ |\bthe (?:two|three|four|five|six|seven) [^?]*: |\bin order for\?|\bavailable to do\?"
    r"|\b(?:great|good|ideal|perfect|nice|easy|able|useful) to\?"
    r"|\bwhy (?:may|can|do|must|should) (?:we|you) (?:need|have|want)\?|\b(?:is|are|do|does) you want\b"
)
_UNDONE = re.compile(
    r"\b(?:allowed|able|required|used|configured|need|needs|have|want|opt-in|going|willing) to\?$"
)
_UNSURE = re.compile(r"\b(?:might|probably|is using|are using)\b")
_NOUNS_OR_VERBS = frozenset(
    """use uses work works process processes access test tests builds build code host hosts load loads store stores
    request requests report reports record records support supports share shares scale plan plans group groups list
    lists set sets view name call calls run runs limit limits cost costs model models image images map maps
    update updates query log logs search start stop point points change""".split()
)


_EMBEDS = AnyCase(r"\b(?:that|which|who|how|what|when|where|whether|if|to|until|while|so|because|as)\b")


_SURELY_VERBS = THIRD - _NOUNS_OR_VERBS


_NOT = re.compile(r" not ")
_DOES_TWICE = re.compile(r"\b(?:does|do) ([a-z]+s)\b")
_SIMILAR = re.compile(r"\bsimilar to\?$")
_WHAT_KIND = AnyCase(r"\bwhat kind of ")
_NO_PREPOSITION = re.compile(r"\b(?:consist|depend|belong|refer|relate)\?")


_BACK = re.compile(r"\b(?:this|these|that|those)\?$|\b(?:the other|the others) [a-z]", re.IGNORECASE)
_MISMATCH = re.compile(
    r"\b[Ww]hat (?:do an?|does? (?:as|if|when|while|after|before|in|for|with|by)) |\b(?:we|you)\. Which\b"
)
_TWO_QUALITIES = re.compile(r"\b(?:is|are) [^?]* \w+ and \w+ (?:for|to|of|with|in|by|on)\?$")
_SOME = re.compile(r"\b(?:many|most|some|several|few)\b")
_ONE_DOES = re.compile(r"\bwhat (?:can|do|does|will) ([\w -]+) (\w+)\?$", re.IGNORECASE)


_A_CASE = AnyCase(
    r"\b(?:could|might) (?:an?|the|your) (?:company|organi[sz]ation|administrator|admin|user|developer|team|customer"
    r"|startup|business|bank|hospital|school|retailer)\b|\blet's\b"
)
"""Somebody made up does something: "What could a company place?"."""


def of_a_question(ask: str, rule: str) -> Iterator[str]:
    """Why the words of a question may be clumsy, whatever it asks."""
    act = _ONE_DOES.search(ask)
    if act and stems(act[2]) & stems(act[1]):
        yield "clumsy question"  # "What can reducing resources reduce?"
    if _CLUMSY.search(ask):
        yield "clumsy question"
    if _A_CASE.search(ask):
        yield "an example is no fact"
    if _SIMILAR.search(ask):
        yield "likeness is no fact"
    twice = _DOES_TWICE.search(ask)
    if twice and twice[1] in _SURELY_VERBS:
        yield "clumsy question"
    if _BACK.search(ask):
        yield "leans on another sentence"
    if _MISMATCH.search(ask):
        yield "clumsy question"
    if _TWO_QUALITIES.search(ask):
        yield "two things at once"
    if rule == "consequence.when" and _SOME.search(ask):
        yield "not a plain statement"
    if _UNDONE.search(ask):
        yield "the question breaks off"
    if _WHAT_KIND.search(ask) or _NO_PREPOSITION.search(ask):
        yield "clumsy question"
    if _NOT.search(ask):
        yield "asks for what is not so"
    if rule.endswith((".object", ".property")) and _STRANDED.search(ask):
        yield "a preposition left behind"
    if _UNSURE.search(ask):
        yield "not a plain statement"
    if rule.startswith("consequence.") and TWO_WAYS.search(ask):
        yield "may be read in two ways"


def of_a_statement(ask: str, answer: str, concept: str) -> Iterator[str]:
    """Why a question made of a sentence's parts may be wrong: its parts may be others."""
    if re.search(r"\bwhy (?:can|do|should|must) (?:you|we) [a-z]+\?$", ask, re.IGNORECASE):
        yield "the question could mean anything"
    if re.match(
        r"[^:]*\bdo [a-z]+ing (?:multiple|more|several|the|a|an|your)\b|[^:]*\bhelp\?$", ask, re.IGNORECASE
    ):
        yield "clumsy question"
    bare_person = re.match(r"what (?:can|do|must|should|could|may) (?:you|we|users) ", ask, re.IGNORECASE)
    if bare_person and len(_own(ask, "") - _CARRIES) < 2:
        yield "the question could mean anything"
    if _PERSON.search(ask) and len(_own(ask, concept) - _CARRIES) < 3:
        yield "the question could mean anything"
    if _EMPTY_SUBJECT.match(ask):
        yield "the question does not say of what"
    subject = re.match(
        r"^(?:[^:]+: )?what (?:does|do|is|are|can|did|must|will|should|may) (.+)\?$", ask, re.I
    )
    if subject and _many_verbs(subject[1]):
        yield "may be read in two ways"
    if has_verb(answer) and not _EMBEDS.search(answer):
        yield "two things at once"
    told = re.search(r"(?:^|: )(?:where|when|how|why)\b", ask, re.IGNORECASE) or answer.startswith("To ")
    if not told and shape(lower_first(bare(answer))) in ("verb", "modal", "preposition", "participle"):
        yield "the answer is a fragment"


_PERSONS = ("it", "they", "you", "we", "users", "")


def of_a_subject(draft: Draft, world: World) -> Iterator[str]:
    """A question about a subject that the notes name nowhere else hangs in the air: "What does the storage use?"."""
    fact = draft.fact
    if not isinstance(fact, Statement) or draft.rule not in (
        "statement.object",
        "statement.where",
        "statement.why",
    ):
        return
    subject = re.sub(r"^(?:an?|the|each|every|your|this)\s+", "", fact.subject, flags=re.IGNORECASE)
    if (
        subject.lower() in _PERSONS
        or world.key(subject) == world.key(fact.concept)
        or len(subject.split()) > 1
    ):
        return
    the = re.match(r"(?:the|this|each)\s", fact.subject, re.IGNORECASE)
    if the and not world.named_concepts(draft.card.ask):
        yield "asks about what the notes name nowhere else"


def of_a_verb(ask: str, answer: str, draft: Draft, world: World) -> Iterator[str]:
    """A question by a verb alone ("What can developers use?") needs a subject of which that can be asked."""
    if re.search(r"(?:^|: )(?:when|where|how)\b", ask, re.IGNORECASE):
        return
    fact = draft.fact
    subject = fact.subject if isinstance(fact, Statement) else ""
    itself = not subject or world.key(subject) == world.key(fact.concept) or subject.lower() in ("it", "they")
    if _GENERIC_SUBJECT.match(ask) and not itself:
        yield "the question does not say of what"
    verb = re.search(r" ([a-z]+)(?: for)?\?$", ask)
    if (
        verb is None
        or "what kind of" in ask.lower()
        or not stems(verb[1]) <= _CARRIES
        or verb[1] in ("do", "easier")
        or ask.endswith(" part of?")
    ):
        return
    left = _own(ask, f"{fact.concept} {subject}") - _CARRIES
    if not left and (count_words(answer) < 4 or not itself):
        yield "the question could mean anything"


def _own(ask: str, concept: str) -> frozenset[str]:
    """What the question says beyond its concept and the words of any question."""
    return stems(ask) - stems(concept) - GENERIC_STEMS


def _many_verbs(words: str) -> bool:
    """Do two verbs stand in what the question asks of, so that either may be the one: "use X if the Y registered"?"""
    parts = [part.strip(",.()").lower() for part in words.split()]
    finite = [p for p in parts[:-1] if p in THIRD and p not in _NOUNS_OR_VERBS]
    clause = any(p in ("if", "when", "because", "unless", "while") for p in parts)
    opens = parts[0] == "use" or (parts[0] in BASE and parts[0] not in _NOUNS_OR_VERBS)
    relative = any(p in ("that", "which", "who") for p in parts)
    return clause or opens or (bool(finite) and not relative)
