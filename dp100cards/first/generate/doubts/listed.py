"""Doubts about the question for a list: are its items things of one kind, and does the question name them?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Basic, Cloze, Multiple
from dp100cards.first.generate.doubts.words import is_doing
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare, count_words, lower_first, singular
from dp100cards.first.generate.shape import shape
from dp100cards.first.generate.stems import stems
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Enumeration
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import CLASSES, THIRD

MAY_SAY = re.compile(
    r"\b(?:steps?|stages?|phases?|ways?|benefits?|advantages?|disadvantages?|features?|reasons?|limitations?|goals?"
    r"|tasks?|actions?|best practices|use cases|characteristics|properties|responsibilities|capabilities|activities"
    r"|uses|rules|principles|functions|requirements|pros|cons|drawbacks|factors|choices|options)\b",
    re.IGNORECASE,
)
"""What may be told in words that begin with a verb or a quality, and not only in names."""
_COUNTED = re.compile(r"\bthe (?:two|three|four|five|six|seven) ([a-z]+ing) \w")
_VALUES = AnyCase(r"\b(?:periods|limits|prices|costs|sizes|times|rates|durations|values|slas|quotas|ports)$")
_SHOWN = AnyCase(r"\b(?:each|common|these|those|this|that|other|following|below|above)\b")
_CHIEF = AnyCase(r"\b(?:key|main|important|common|major|popular|typical|notable|useful|some|several)\b")
_MAY_GO_ON = re.compile(r"\b(?:includes?|including|can|may|could|other|various|etc)\b", re.IGNORECASE)
"""What opens a list that is not all there is: the one that is hidden is a guess."""
_COUNT = re.compile(r"\b(?:\d|two|three|four|five|six|seven|only|all)\b", re.IGNORECASE)
"""What closes it."""
_FEW = "(?:two|three|four|five|six|seven)"
_WHICH_FEW = re.compile(rf"\bwhich ({_FEW})\?", re.IGNORECASE)
_BE = re.compile(r"\b(?:are|is):?$", re.IGNORECASE)
_OF_ITSELF = re.compile(rf"(?:what are the {_FEW}|which {_FEW} of these are) ([^?]+)\?", re.IGNORECASE)
""""Deadlocks are: rare, severe, hard to debug" tells what they are like, and not which there are."""
_OF_NOTHING = re.compile(
    rf"(?:what are the {_FEW}|which {_FEW} of these are)"
    r" (?:(?:key|main|different|common|possible|available|core|important) )?"
    r"(?:options|features|use cases|considerations|benefits"
    r"|concepts|types|kinds|parts|components|steps|actions|filters|relationships|params|parameters|terms|examples|tasks"
    r"|advantages|disadvantages|limitations|functions|properties|characteristics|attributes|elements|items|principles"
    r"|goals|reasons|ways|methods|tools|modes|states|levels|layers|roles|rules|values|versions|phases|stages|logs"
    r"|pillars|perspectives|domains|capabilities|functionalities|responsibilities|abilities|duties|factors|categories|forms|questions|topics)\?",
    re.IGNORECASE,
)
"""What everything has, told of nothing: "What are the four use cases?"."""
_OF_A_SORT = re.compile(rf"(?:what are the {_FEW}|which {_FEW} of these are) ([a-z]+)\?", re.IGNORECASE)
""""What are the two tiers?": of what?"""
_OF_CHOICES = AnyCase(rf"\bwhich {_FEW} (?:choices|options|possibilities|alternatives) (?:do|can|are|will)\b")
""" "Which three choices do you have?": of what?"""
_EMBEDS = AnyCase(r"\b(?:that|which|who|how|what|when|where|whether|if|to)\b")
_SAYS = ("participle", "verb", "clause", "adjective", "imperative", "modal", "preposition")


def doubts(draft: Draft) -> Iterator[str]:
    """Why the question for a list may be clumsy, or its items no answer to it."""
    fact, card = draft.fact, draft.card
    assert isinstance(fact, Enumeration)
    items = [lower_first(bare(item)) for item in fact.items]
    if any(shape(item) == "clause" or (has_verb(item) and not _EMBEDS.search(item)) for item in items):
        yield "the items are sentences"
    if _VALUES.search(fact.what) and fact.source.quote.count(":") > len(items):
        yield "the items are told with values that are not asked for"
    if any(re.match(r"(?:how|what|when|whether|why|where|if)\b", item) for item in items):
        yield "the items are of different kinds"
    if draft.rule == "enumeration.choose" and MAY_SAY.search(f"{fact.what} {fact.lead}"):
        yield "may hold of others"
    if any(re.search(r"\w [-–—] \w", item) for item in items):
        yield "the items are of different kinds"
    if re.match(r"(?:[^:]+: )?there (?:are|is) ", card.ask, re.IGNORECASE):
        yield "clumsy question"
    if re.search(r"\bexamples?\b", f"{fact.what} {fact.lead}", re.IGNORECASE):
        yield "only examples"
    says = sum(shape(item) in _SAYS for item in items)
    if says and not MAY_SAY.search(f"{fact.what} {fact.lead}"):
        yield "the items name nothing" if says * 2 > len(items) else "the items are of different kinds"
    elif 0 < says < len(items) and any(has_verb(item) for item in items):
        yield "the items are of different kinds"
    if isinstance(card, Basic) and count_words(card.answer) > 9 * len(items):
        yield "long items to recall"
    if all(len(item.strip("`")) < 2 for item in items):
        yield "the items name nothing"
    if any(item.startswith("[") or item.endswith("]") for item in items):
        yield "the items are of different kinds"
    asked = _OF_ITSELF.match(draft.card.ask)
    if asked and " " not in asked[1] and _BE.search(fact.lead) and stems(asked[1]) == stems(fact.concept):
        yield "the items name nothing"
    if bare(fact.what).lower() in ("others", "other", "more", "rest"):
        yield "the question does not say of what"
    opens = _CHIEF.search(f"{fact.what} {fact.lead}") or _MAY_GO_ON.search(fact.lead)
    if isinstance(card, Cloze) and opens and not _COUNT.search(fact.lead):
        yield "open list"
    if isinstance(card, Basic | Multiple):
        ask = card.ask
        few = _WHICH_FEW.search(ask)
        before = ask[: few.start()].lower() if few else ""
        if few and (before.count(": ") > 1 or few[1].lower() not in before.split()):
            yield "clumsy question"
        sort = _OF_A_SORT.match(ask)
        if _OF_NOTHING.match(ask) or (sort and singular(sort[1].lower()) in CLASSES):
            yield "the question does not say of what"
        verb = re.search(r"\bthe (?:two|three|four|five|six|seven) ([a-z]+)\?", ask)
        if (
            verb
            and verb[1] in THIRD
            and verb[1] not in ("uses", "stages", "steps", "types", "parts", "names")
        ):
            yield "clumsy question"
        if (counted := _COUNTED.search(ask)) and is_doing(counted[1]):
            yield "clumsy question"
        if shape(lower_first(ask)) == "imperative" and not ask.startswith(("Name", "List")):
            yield "clumsy question"
        if _OF_CHOICES.search(ask):
            yield "the question does not say of what"
        if _SHOWN.search(ask) and ": " not in ask and not re.search(r"\bof \S", ask):
            yield "the question does not say of what"
    if isinstance(card, Basic) and ";" in re.sub(r"\([^)]*\)", "", card.answer):
        yield "long items to recall"
    if sum(not has_verb(item) and len(item) > 0 for item in items) == 0:
        yield "the items name nothing"
