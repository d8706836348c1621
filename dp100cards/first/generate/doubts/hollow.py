"""Doubts about words that name nothing, or point at what is not on the card: "the following", "a huge platform"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Basic, Choice, Multiple, filled
from dp100cards.first.generate.doubts.defined import of_a_hollow_definition
from dp100cards.first.generate.doubts.words import no_noun
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import count_words
from dp100cards.first.generate.stems import stem, stems
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Definition, Description, Enumeration, Sequence
from dp100cards.first.notes.vocabulary import BASE, THIRD

_POINTS = AnyCase(
    r"\b(?:either|both|any|each|one|none|neither) of (?:these|those|them|the two)\b(?! statements)"
    r"|\bfollowing\b|\bhere\b(?!’s|'s)|(?:^|: )(?:now|then|next|so)\b"
    r"|\bthe (?:first|second|third|fourth|next|previous|latter|former) \w+\?"
)
_ALONE = re.compile(
    r"^(?:[^:]+: )?what (?:does|do|can|will) (?:[^?]+ )(offer|provide|have|give|get|take|make|bring|need|mean|want|see"
    r"|show|involve|set|open|use|grant|require)\?$",
    re.IGNORECASE,
)
"""A verb that carries nothing: "What does X offer?" has as many answers as X has sides."""
_ALWAYS = frozenset("offer provide give get take make bring want see grant show set".split())
_TO_ANOTHER = AnyCase(
    r"\b(?:bind|map|attach|connect|assign|link|route|convert|transform|translate|compare|add|apply|expose|bring|send"
    r"|move|copy|turn|split|expect|tell|cause|force)\?$"
)
_NOUN_FOR = re.compile(
    r"\b(?:request|claim|need|demand|search|call|plan|limit|name|term|word|cost|support) for\?$"
)
_COUNTED_BAD = AnyCase(r"\b(?:good|best|bad) practices?\b|\b(?:pros|cons|key points|main idea)\b")
_ASIDE = re.compile(
    r"[^:]*\b(?:idea|ideas|points?|summary|facts?|notes?|takeaways?|practices|remarks?|basics)$", re.I
)
_EXAMPLE = re.compile(r"(?:examples?|e\.g\.?|for example|sample|ex)\s*[:–-]", re.IGNORECASE)
_ACTS_ON_YOU = re.compile(r"[a-z]+ing (?:you|us|them|it)\b|wil be\b|\w+ be [a-z]+ed\b", re.IGNORECASE)
_PROCESS = AnyCase(
    r"\b(?:process|steps?|stages?|phases?|pipelines?|flow|workflow|cycle|lifecycle|order|sequence|procedure|loop"
    r"|algorithm|handshake|path|chain|hierarchy|method|run|request|start|boot|deployment|training|setup|evolution"
    r"|history|journey|levels?|layers?|route|life)\b|(?:ing|tion|sis|ment)s?$"
)
_QUOTED = re.compile(r"“[^”]*”")
_OF_TWO = AnyCase(r"[^?`“]*[a-z]{3,}\. [a-z][^?]*\?|[^?]*[,.;]: ")
_TORN = AnyCase(
    r"\bwhat (?:are|do) `[^`]*`(?=\?| [a-z]+\?)"
    r"|\b(?:include|are|is|else|following):? which (?:two|three|four|five)\?"
    r"|\b(?:more than once|multiple times|at once) for\?|\bwhen (?:does|do) [^?]* what to do\?"
    r"|\b(?:two|three|four|five) \w+ which (?:two|three|four|five)\b"
    r"|\bwhat (?:do|does) [^?]* (?:issue|benefit|feature|type|example|requirement|purpose|advantage)\?(?: \(|$)"
)
"""A question whose subject is torn out of two sentences, or whose verb is a noun."""
_TO_DO = AnyCase(r", [a-z]+ing to do\?")
_STOP_INSIDE = re.compile(r"[a-z]{3,}\. [A-Z]")
_CUT = AnyCase(r"\b(?:at least(?: one)?|one or more|more than(?: one)?|up to|as well as)\.?$")


_DASH = re.compile(r"\s[–—]\s")
_PREFIX = re.compile(r"([^:“?{]{2,60}): ")
_EITHER = re.compile(r"describe: “(?:\w+ or \w+|\w+(?: \w+)? or (?:an? )?\w+)”")
_NAME_BEFORE = re.compile(r"^[^:]{2,40}: ")
_ASKS = re.compile(r"(?:why|how|when|what|who|where)\b", re.I)


_WITH_OPTIONS = (Multiple, Choice)
_FRAGMENT = re.compile(r"“[^”]*\bfollowing”|“\{%")
_AN_EXAMPLE_OR_MORE = re.compile(
    r"“(?:e\.?g\b|(?:facts|info|information|notes|everything) about)", re.IGNORECASE
)


def of_emptiness(draft: Draft) -> Iterator[str]:
    """Why a card may ask for nothing that can be known from it."""
    card, fact = draft.card, draft.fact
    ask = card.ask
    plain = filled(_QUOTED.sub("…", ask))
    if _POINTS.search(plain) or _ANOTHER.search(plain):
        yield "leans on another sentence"
    if _DASH.search(plain) and isinstance(card, Basic):
        yield "may be read in two ways"
    if _COUNTED_BAD.search(plain) and draft.rule.startswith(("statement.", "cause.", "enumeration.", "use.")):
        yield "asks about no thing"
    prefix = None if "this describe: " in ask else _PREFIX.match(ask)
    if prefix and (_ASIDE.match(prefix[1]) or _ASKS.match(prefix[1])):
        yield "stands under no name of a thing"
    if prefix and draft.rule.startswith(("statement.", "cause.", "consequence.")) and no_noun(prefix[1]):
        yield "stands under no name of a thing"
    if isinstance(card, Choice) and "“" in ask and _FRAGMENT.search(ask):
        yield "the description is a fragment"
    options = [option.text for option in card.options] if isinstance(card, _WITH_OPTIONS) else []
    torn = _OF_TWO.match(plain) or _TORN.search(plain) or _TO_DO.search(plain)
    if torn or any(len(text) < 40 and _STOP_INSIDE.search(text) for text in options):
        yield "clumsy question"
    if _EITHER.search(ask):
        yield "says little"
    if any(map(_CUT.search, options)):
        yield "the answer breaks off"
    if isinstance(card, Choice) and "“" in ask and _AN_EXAMPLE_OR_MORE.search(ask):
        yield "the description is a fragment"
    if any(map(_EXAMPLE.match, options)):
        yield "an example is no description"
    if _HALF.search(ask):
        yield "clumsy question"
    if _ITSELF.search(ask):
        yield "the question names its answer"
    if isinstance(card, Basic):
        yield from _of_a_question(draft, ask, card.answer.rstrip("."))
    if isinstance(fact, Definition | Description) and draft.rule.startswith(("definition.", "description.")):
        yield from of_a_hollow_definition(draft, _NAME_BEFORE.sub("", fact.value.rstrip(".")))
    if isinstance(fact, Enumeration) and re.match(r"(?:why|how)\b", fact.lead, re.IGNORECASE):
        yield "stands under no name of a thing"
    if isinstance(fact, Sequence):
        yield from _of_a_chain(fact)


_ANOTHER = AnyCase(
    r"\banother \w+ (?:is|are|in|would)\b|\bis the same\b|\bin this way\b|\ba data\b|: it can be\b"
    r"|\b(?:is|are) (?:an?|the) (?:second|third|further|different|similar|new|more \w+|most \w+) \w+\?"
)
"""What was told before is meant, and is not on the card."""
_STAYS = AnyCase(
    r"\b(?:what|how) (?:do|does|did|will) [^?]* (?:remain|stay|become|seem|look|appear)(?: like| to be)?\?$"
)
_HALF = AnyCase(
    r"\b(?:otherwise|also|then|only|either|both)\?$|^(?:what|where|when|how) \w+ [^?]* but [^?]*\?$"
    r"| help\?$"
    r"|^(?:[^:]+: )?why (?:will|does|do|can|must) [^?]* (?:force|let|make|allow|enable|help|cause|require)\?$"
)
"""A question that breaks off, or whose subject holds another clause."""
_ITSELF = re.compile(r"\bwhat do(?:es)? `?(\w{4,}?)e?`? \1e?s?\?$", re.IGNORECASE)
_TASK_COUNTED = AnyCase(r"\b(?:two|three|four|five|six|seven) [a-z]+ (?:the|an?|your)\b")
_LAB_ANSWER = re.compile(
    r"(?:go to|click|select|open|navigate|choose|press|log in|sign in|scroll|type|enter|fill)\b", re.I
)


_STRANDED = AnyCase(
    r"^(?:[^:]+: )?(?:when|where|why|how) (?:do|does|is|are|can) [^?]* (?:from|in|of|to|at|for|with|by)\?$"
    r"|\bbe (?:from|in|at|of|for|on)\?$|\bamong\b[^?]*\bwhich\b"
)
_ANALOGY = AnyCase(
    r"\b(?:think of|imagine|picture|just like|(?:is|are|acts?|works?|behaves?) like|as if|heavy lift\w*"
    r"|magic\w*|analogy|metaphor)\b|“like "
)
"""A picture for a thing teaches, and asks for nothing."""
_PLACE = re.compile(r"(?:inside|within|outside|under|above|below|between|among|behind)\b", re.IGNORECASE)
_WHEN_WHAT = AnyCase(r"\bwhen (?:do|does) (?:what|which|who|how)\b")
_YOU_WANT = AnyCase(r"\bwhat happens (?:if|when|once) you (?:want|can|need|have|wish|like|would)\b")
_WHAT_IT_DOES = re.compile(r": what (?:does|do) (?:it|they) ([a-z]+)\?$")
_DENIES = AnyCase(r"\b(?:not|never|cannot|isn['’]t|aren['’]t|can['’]t)\b")
_ONE_BY_ONE = re.compile(r"(\w+) by (?:\1|one)\b", re.IGNORECASE)
_SHOULD_DO = AnyCase(r"\bwhat should you do\b")
_NEXT_SENTENCE = re.compile(r" (?:They|It|This|These|You|We)$")
_NOTHING_TOLD = re.compile(
    r"(?:do|does) not\b|don['’]t\b|(?:facts|info|information|notes|everything) about\b", re.I
)
_OF_THESE = re.compile(r"\bof (?:these|those) [a-z]+")
_WHAT = AnyCase(r"\bwhat (?:do|does|is|are)\b")
_BY = re.compile(r"\bby\?$")
_FOLLOWING = re.compile(r"\bfollowing$")
_KIND_OF = re.compile(r"[Kk]ind of an? ")


def _of_a_question(draft: Draft, ask: str, answer: str) -> Iterator[str]:
    if _ANALOGY.search(f"{ask} {answer}") or _KIND_OF.match(answer):
        yield "a picture and no fact"
    if _FOLLOWING.search(answer) or _STRANDED.search(ask):
        yield "the answer is a fragment"
    if _BY.search(ask) and answer.lower() in ("default", "hand", "design", "nature", "law"):
        yield "clumsy question"
    if _WHAT.search(ask) and _PLACE.match(answer):
        yield "the answer is a fragment"
    yield from _of_an_act(ask, answer)
    if _OF_THESE.search(answer):
        yield "leans on another sentence"
    if _NOTHING_TOLD.match(answer):
        yield "the answer is a fragment"
    if _NEXT_SENTENCE.search(answer):
        yield "the answer breaks off"
    if _CUT.search(answer) or (ask.endswith(" on?") and answer.lower().startswith("demand")):
        yield "the answer breaks off"
    if _STAYS.search(ask) or _TASK_COUNTED.search(ask):
        yield "clumsy question"
    if draft.rule.startswith("consequence.") and re.match(
        r"(?:unless|otherwise|except)\b", answer, re.IGNORECASE
    ):
        yield "the answer is a fragment"
    if _SHOULD_DO.search(ask) and _LAB_ANSWER.match(answer):
        yield "steps of a lab"
    if _ONE_BY_ONE.match(answer):
        yield "the answer is a fragment"
    if _DENIES.search(ask):
        yield "asks for what is not so"
    told = draft.rule.endswith((".object", ".property"))
    alone = _ALONE.match(ask)
    if (
        told
        and alone
        and (
            alone[1].lower() in _ALWAYS
            or count_words(answer) < 4
            or (alone[1].lower() == "have" and " and " not in answer)
        )
    ):
        yield "the question could mean anything"
    if told and _TO_ANOTHER.search(ask):
        yield "the question asks for two things"
    if _NOUN_FOR.search(ask):
        yield "clumsy question"
    if told and _ACTS_ON_YOU.match(answer):
        yield "the answer is a fragment"
    doing = _WHAT_IT_DOES.search(ask)
    if doing and stem(doing[1]) in stems(draft.fact.concept):
        yield "the question names its answer"
    if _YOU_WANT.search(ask):
        yield "one of several cases"
    if _WHEN_WHAT.search(ask):
        yield "clumsy question"
    if _EXAMPLE.match(answer):
        yield "an example is no description"


_FORS = frozenset(
    "stand account look pay check search ask wait apply allow call plan care listen provide".split()
)
_GROUPS = frozenset("group set name term model image record process policy".split())
_WHY_MADE = AnyCase(
    r"\bwhy (?:is|are) [^?]* (?:built|made|designed|used|set|configured|created|needed)\?$"
    r"|\bwhy is it that (?:if|when)\b"
    r"|\b(?:require|need|use|have|want) (?:some|an?|the) [^?]* to do\?$"
)


_SECOND_VERB = re.compile(r", ([a-z]+s) (?:an?|the|its|your|their) ")
_TWO_VERBS = AnyCase(r"\bwhy (?:does|do) [^?]* (?:are|is|were|was) [a-z]+")
_WHAT_FOR = re.compile(r"\bwhat (?:does|do) (?:[\w’'()-]+ ){1,4}?([\w-]+) for\?$", re.IGNORECASE)


def _of_an_act(ask: str, answer: str) -> Iterator[str]:
    """A deed without its verb, its object or its end: "What does the group for?", "… apps to do? => Pool."."""
    for_what = _WHAT_FOR.search(ask)
    if for_what and for_what[1].lower() not in (BASE | _FORS) - _GROUPS:
        yield "clumsy question"
    if _WHY_MADE.search(ask):
        yield "clumsy question"
    if _TWO_VERBS.search(ask):
        yield "clumsy question"
    if ask.endswith(" to do?") and (count_words(answer) == 1 or answer.startswith(("Not ", "not "))):
        yield "the answer is a fragment"
    if ask.endswith(" by?") and answer.lower().startswith("using "):
        yield "clumsy question"
    second = _SECOND_VERB.search(answer)
    if second and second[1] in THIRD:
        yield "two things at once"


def _of_a_chain(fact: Sequence) -> Iterator[str]:
    """Arrows between consequences are no steps of the heading that they stand under."""
    arrows = re.search(r"->|→|=>|⇒|➜", fact.source.quote)
    if arrows and (no_noun(fact.what) or (len(fact.steps) < 4 and not _PROCESS.search(fact.what))):
        yield "steps that are none"
