"""Doubts about a question made of a statement: can its subject be understood alone, and is there one answer?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.aspects import EVERYWHERE
from dp100cards.first.generate.doubts.alone import GENERAL, HOLLOW, LEAD, ROLES, is_title
from dp100cards.first.generate.doubts.defined import A_FEATURE
from dp100cards.first.generate.english import bare, count_words, plural
from dp100cards.first.generate.stems import GENERIC_STEMS, stem, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Definition, Description, Fact, Statement
from dp100cards.first.notes.vocabulary import ADJECTIVES, BASE, PRONOUNS, SENTENCE_ADVERBS, SMALL_WORDS

_GOES_ON = re.compile(r"\b(?:of|in|on|for|with|from|to|at|between|that|which|who)\b")
_THEN = re.compile(r"\b(?:is|are|can|was|were) then\b|^(?:(?! and )[^,])* then [a-z]+s\b")
_SOME_OF = AnyCase(
    r"^(?:an?|the) (?:\w+ )?(?:array|range|variety|number|list|lot|couple|series)"
    r" ?(?:of (?:energy|time|money|work|effort|options|features|tools|services|things|factors|ways|capabilities"
    r"|benefits)\b|$)"
)
_COLOURLESS = ADJECTIVES | frozenset(
    "basic custom final main default local overall original next first second last same own bottom top".split()
)
_PLACE_IN_NOTES = AnyCase(
    r"^(?:step|answer|question|example|option|task|note|part|case|phase|method|way) ?\d*$"
)
_THINGS = frozenset(
    "storage compute network networking data file code system monitoring backup billing hardware software tool".split()
)
"""Of what every subject has, what can be told about all the same."""
_MAYBE = AnyCase(r"\bwhat may (?:an?|the) \w+ (?:know|want|need|see|get|like)\b|\bwork to\?$")
_SIDE = AnyCase(
    r"^(?:structure|functions?|roles?|uses?|effects?|properties|types|formation|features|stages) of\b"
)
_ONE_OF_MANY = frozenset(
    "application client server user admin pathogen customer process module volume cluster".split()
)
"""Things that are counted: without an article, one of them is the one at hand."""


def of_a_subject(fact: Statement, ask: str, world: World) -> Iterator[str]:
    """Is the subject of the sentence one that can be understood alone?"""
    led = LEAD.match(ask)
    if not led and _SOME_OF.search(fact.subject):
        yield "the question does not say of what"
    said = fact.subject.lower().split()
    first = said[0] if said else ""
    if _THEN.search(fact.source.quote) and not (said and _is_headed(fact, first, world)):
        yield "leans on another sentence"
    if fact.verb.lower().startswith("would") or first in ("more", "less", "fewer", "most"):
        yield "not a plain statement"
    if first in ("similar", "same", "like", "unlike", "compared"):
        yield "leans on another sentence"
    if _MAYBE.search(ask) or first in ("certain", "some"):
        yield "not a plain statement"
    if led and led[0].lower().rstrip(": ") in EVERYWHERE - _THINGS:
        yield "stands under no name of a thing"
    if _stands_for(fact, world) and (
        fact.concept.lower() in EVERYWHERE or _PLACE_IN_NOTES.search(fact.concept)
    ):
        yield "asks about no thing"
    if _SIDE.search(fact.concept) and _stands_for(fact, world):
        yield "asks about no thing"
    if led or not said or first in PRONOUNS or _is_headed(fact, first, world):
        return
    head = _GOES_ON.split(fact.subject)[0].lower().split()
    own = [word for word in head if word not in SMALL_WORDS]
    if len(head) < len(said) or not own:
        return  # "the size of a disk" says of what
    telling = [word for word in own if word not in _COLOURLESS]
    one = own[0] if len(own) == 1 else ""
    pointed = first in ("the", "this", "that", "these", "your")
    if (
        (pointed and len(telling) == 1 and telling[0] in ROLES)
        or one in ROLES
        or (one == first and one in _ONE_OF_MANY and not plural(one))
    ):
        yield "the question does not say of what"


def _is_headed(fact: Statement, first: str, world: World) -> bool:
    """Is the subject what the section is about, and not only "the syntax" within it?"""
    if world.key(fact.subject) != world.key(fact.concept):
        return False
    alone = first != "the" and fact.subject.lower() not in ROLES
    return alone or stems(fact.concept) <= stems(" ".join(fact.heading[-2:]))


def _stands_for(fact: Statement, world: World) -> bool:
    """Does the sentence say only "it" or its concept's name?"""
    subject = bare(fact.subject).lower()
    return subject in PRONOUNS or not subject or world.key(subject) == world.key(fact.concept)


_ASKS = AnyCase(
    r"^(?:[^:?]+: )?(?:what|where|why|when|how|in which \w+)"
    r" (?:does|do|did|is|are|was|were|can|may|must|will|should|could) (.+?)\?$"
)
_TORN = AnyCase(r"\b(?:where|when|if) the \w+ \w+$|[=:](?!:)|\bwhat \w+$| \d+(?: \w+)?$")
"""A subject that ends in the middle of a clause, or holds its verb."""
_TWICE = AnyCase(r"\b(?:does|do|can|will) (\w{5,})ing? [^?]*\b(?:\1e?)\?$")
_WHAT_FOR = re.compile(r" ([a-z]+) for\?$")
_TAKE_FOR = frozenset(
    """account allow apply ask call care check listen look optimise optimize pay plan prepare provide scan search stand
    test used wait watch work""".split()
)
_VERB = re.compile(r" ([a-z]+)(?: (?:in|on|at|with|to|for|from|by|of|as|into))?\?$")
_NO_OBJECT = frozenset("vary own remain stay become seem appear look".split())
_TELLING = re.compile(r"\d|[a-z][A-Z]|`|\b[A-Z]{2,}")
_ONE_NOUN = AnyCase(r"^(?:just |only |simply )?an? \w+$")
_X_FOR_Y = re.compile(r"(?:the )?\w+ for ", re.IGNORECASE)
_LIST_OF_DEEDS = re.compile(r"\bto \w+, \w+$")
_ONE_SIDE = AnyCase(
    r"^(?:an?|one|another) (?:\w+ )?(?:benefit|advantage|disadvantage|drawback|feature|example|reason|way|use"
    r"|goal|challenge|characteristic|aspect|limitation|consideration|type|kind|part|factor)s?\b"
)
"""One of several: each of them would be right."""
_AND_DOES = re.compile(
    r" and (?:stores|provides|supports|allows|enables|offers|gives|uses|creates|manages|runs|makes|helps|returns|has"
    r"|is) "
)
_ON_CONDITION = AnyCase(
    r"^(?:users|customers|you|admin\w*|people) (?:when|if|of|about)\b"
    r"| (?:when|whenever|if|unless|once) (?:the|an?|it|they|you|all|any|its|your|this|no)\b"
)
_DATA_SOMEHOW = re.compile(r"(?:[A-Z]\w+|The \w+) \w+ly (?!\w+ed\b)\w+ ")
"""An object that its verb was wanted for: it compresses "data automatically using …"."""
_DONE_ON = AnyCase(r" (?:evaluated|executed|performed|created|triggered|called|run|runs) on\?$")
_OF_YOU = AnyCase(r": what (?:are|do) (?:you|we) ")
_TIED = AnyCase(r" (?:tie|append|prepend|join|link|relate|attribute|limit|restrict|reduce|marshal|match)\?$")
_LEANS = AnyCase(
    r"\b(?:it|they|them|he|she)\b(?! is (?:possible|important|necessary|recommended|better|best)\b)"
)


def of_what_is_asked(fact: Statement, rule: str, ask: str, answer: str, world: World) -> Iterator[str]:
    """Is there one answer, and does it say something?"""
    inside = _ASKS.match(ask)
    if (inside and _TORN.search(inside[1])) or _TWICE.search(ask):
        yield "clumsy question"
    if (what_for := _WHAT_FOR.search(ask)) and what_for[1] in BASE - _TAKE_FOR:
        yield "clumsy question"
    said = stems(answer)
    short = count_words(answer) < 6 and not _TELLING.search(answer)
    if (said - GENERIC_STEMS <= HOLLOW and short) or (_ONE_NOUN.search(answer) and said <= HOLLOW):
        yield "says little"
    if (ask.endswith(" to?") and _X_FOR_Y.match(answer)) or _LIST_OF_DEEDS.search(answer):
        yield "the answer breaks off"
    if _ONE_SIDE.search(fact.subject) or _OF_YOU.search(ask):
        yield "the question could mean anything"
    if _TIED.search(ask) and " to " in answer:
        yield "the question asks for two things"
    if _DONE_ON.search(ask) and answer.split()[0].endswith("ing"):
        yield "clumsy question"
    if _LEANS.search(" ".join(answer.split()[:3])):
        yield "leans on another sentence"
    if rule == "statement.object" and _is_copula(fact.verb):
        yield from _of_what_it_is(fact, ask, answer, world)
    if ask.endswith(" to do?") and _AND_DOES.search(answer):
        yield "the answer breaks off"
    if re.search(r"\bthe following\b", answer):
        yield "leans on another sentence"
    if re.search(r"\b(?:that|this|these|those) (?!is\b|are\b)[a-z]+$", answer):
        yield "leans on another sentence"
    if rule == "statement.object" and _ON_CONDITION.search(answer):
        yield "two things at once"
    if rule == "statement.object" and _DATA_SOMEHOW.match(answer):
        yield "clumsy question"
    if rule == "statement.object" and len(_objects(fact, world)) > 1:
        yield "the notes say several such things"
    verb = _VERB.search(ask)
    much = (_stands_for(fact, world) and is_title(fact, world)) or told_often(fact, world)
    trite = inside and verb and len(verb[1]) > 4 and verb[1][:-1] in inside[1].lower().rpartition(verb[1])[0]
    if rule == "statement.object" and trite:
        yield "the question names its answer"
    general = much and rule == "statement.object" and verb and stem(verb[1]) in GENERAL
    if inside and verb and (verb[1] in _NO_OBJECT or general):
        yield "the question could mean anything"


def _is_copula(verb: str) -> bool:
    """ "is", and "is usually" as well."""
    first, *others = verb.lower().split() or [""]
    return first in ("is", "are") and all(word in SENTENCE_ADVERBS or word in _VAGUELY for word in others)


_VAGUELY = frozenset("often sometimes mostly generally".split())
_WHAT_IS = AnyCase(r"(?:^|: )what (?:is|are) [^?]+\?$")
_ASKED_OF_IT = AnyCase(
    r" (?:\w+ed|known|built|made|held|kept|found|run|set|sent|used|bound|good|ideal|able|responsible|available|part)"
    r" \w+\?$"
)
_JUDGES = AnyCase(
    r"^(?:the |an? )?(?:(?:most|best|least|worst|very|quite|really|good|bad|great|better|worse|nice|excellent|important"
    r"|easiest|fastest|simplest|cheapest)\b|(?:same|only|one that|ones that|reason|key)\b)"
)
"""An answer that praises, compares or points, where "What is X?" wants to know what X is."""
_DOING = re.compile(r"[Ww]hat is [a-z]+ing [a-z]+ ")
"""A deed as the subject reads like the verb: "What is protecting data from …?"."""
_OFTEN = AnyCase(r"\b(?:is|are) (?:usually|often|typically|sometimes|generally|mostly) an?\b")
_TO_BE_DONE = AnyCase(r"\b(?:job|role|task|purpose|aim|goal|function|benefit)\b")
_SIDE_OF = AnyCase(
    r"^(?:the|an?) (?:ability|idea|reason|problem|difference|use|process|number|lack) (?:to|of|that)\b"
)


def _of_what_it_is(fact: Statement, ask: str, answer: str, world: World) -> Iterator[str]:
    if A_FEATURE.search(answer):
        yield "says little"
    if _DOING.search(ask):
        yield "clumsy question"
    if not _WHAT_IS.search(ask) or _ASKED_OF_IT.search(ask):
        return
    if _JUDGES.search(answer):
        yield "praise is no fact"
    if _OFTEN.search(fact.source.quote):
        yield "not a plain statement"
    told = world.of(fact.concept if _stands_for(fact, world) else bare(fact.subject))
    if told and any(isinstance(other, Definition) for other in told.facts):
        yield "the notes say several such things"
    if answer.startswith("To ") and not _TO_BE_DONE.search(ask):
        yield "clumsy question"
    if _SIDE_OF.search(fact.subject):
        yield "the question could mean anything"


_MUCH = 7
"""From so many statements of a concept on "What does it use?" could mean any of them."""
_LOOKED_AT = 80
"""So many facts of a concept are looked through for another object of the same verb."""


WHOLE = 20
"""From so many on, the notes are about the concept, and it is the answer to whatever is asked."""


def told_often(fact: Fact, world: World, least: int = _MUCH) -> bool:
    """Do the notes say so much of the subject that no verb alone asks for one thing?"""
    itself = not isinstance(fact, Statement) or _stands_for(fact, world)
    mine = world.of(fact.concept if itself else bare(fact.subject))  # type: ignore[attr-defined]
    facts = mine.facts[:_LOOKED_AT] if mine else []
    return sum(isinstance(other, Statement | Description) for other in facts) >= least


def _objects(fact: Statement, world: World) -> set[frozenset[str]]:
    """All that the notes say with the same verb of the same concept: "It reduces the cost"; "it reduces the load"."""
    own, verb = stems(fact.object), _verb_of(fact.verb)
    mine = world.of(fact.concept) if _stands_for(fact, world) else None
    found = {own}
    for other in mine.facts[:_LOOKED_AT] if mine and verb else ():
        theirs, obj = _parted(other, world)
        said = stems(obj) if theirs == verb else frozenset[str]()
        alike = said <= own or own <= said or len(said & own) * 2 > min(len(said), len(own))
        if said and not alike:
            found.add(said)
    return found


def _parted(fact: Fact, world: World) -> tuple[str, str]:
    """The verb and the object of what a fact says of its concept; empty where it says something else."""
    if isinstance(fact, Statement) and _stands_for(fact, world):
        return _verb_of(fact.verb), fact.object
    if isinstance(fact, Description):
        first, _, rest = fact.value.partition(" ")
        if first.endswith("ly"):
            first, _, rest = rest.partition(" ")
        return stem(first.lower()), rest
    return "", ""


_HELPING = frozenset("can may will must should also is are be to".split())


def _verb_of(verb: str) -> str:
    parts = [part for part in verb.lower().split() if part not in _HELPING and not part.endswith("ly")]
    return stem(parts[0]) if parts else ""
