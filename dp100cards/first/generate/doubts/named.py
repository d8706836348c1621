"""Doubts about a question that names nothing: only what has a name of its own is known wherever it is met.

"What does Azure Bastion do?" is a question in every place. "What do devices create?" is one only beside the
paragraph that it was taken from. Of a thousand cards out of strangers' notes that were read one by one, questions of
a statement were good three times in four where their subject had a name or was defined in the notes, and every second
time where it had none; lists and conditions differed more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.cards import Cloze, gaps
from dp100cards.first.generate.doubts.alone import LEAD
from dp100cards.first.generate.doubts.listed import MAY_SAY
from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import bare
from dp100cards.first.generate.same_name import VENDORS
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.facts import Abbreviation, Definition, Description, Enumeration, Fact, Statement
from dp100cards.first.notes.grammar import has_verb
from dp100cards.first.notes.vocabulary import CLASSES, PRONOUNS

NO_NAME = "asks about nothing that has a name"
ONE_WORD = "one word is hidden, and another may fit"
FEW_WORDS = "told in a few words, which may hold of others"
OFTEN_CLUMSY = "cards of this sort are clumsy too often"
SAFE = frozenset({NO_NAME, ONE_WORD, FEW_WORDS, OFTEN_CLUMSY})
"""Doubts that say nothing against the card itself: it is one of a sort that is clumsy too often."""

_CLUMSY = frozenset({"description.features"})
"""Rules of which hardly one card in ten was good: what a heading's points say, among what others' points say."""
_ASKING = AnyCase(
    r"^(?:what|which|where|why|when|how|in which)\b(?: \w+)??"
    r" (?:does|do|did|is|are|was|were|can|may|must|will|should|has|have|happens) "
)
_A_NAME = re.compile(r"[A-Z]|\d|`|[a-z]\.[a-z]")
_FIRST_IS_ONE = re.compile(r"\W*(?:\w*[A-Z]{2}|\w*[a-z][A-Z]|\w*\d|`)")
_ENDS = re.compile(r"[.!][\s*_`\"”’')]*$")
_COUNTED = AnyCase(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|1\d) ")
"""A list that its own sentence counts, "An image has three components", is known to be one, and whole."""
_OF_ANY = AnyCase(r" an? [\w-]+ [\w-]+ [a-z]+\?$")
"""It is asked of any such thing: "What does a configuration file request?"."""
_AN_ARTICLE = AnyCase(r"^(?:an?|the|one|any) ")
_TELLS_MORE = AnyCase(r"\b(?:that|which|who|where|to|for|of|with|used|by|from|in|on|between)\b")
"""A definition without an article and without any of these was right four times in ten."""
_SORTS = stems(" ".join(CLASSES))
"""With a vendor's name before it, such a word is no name: "Azure services"."""
_SUBJECT = 7
"""So many words of a question hold its subject."""


def doubts(draft: Draft, world: World) -> Iterator[str]:
    """Why a card may ask about something that only its paragraph had named."""
    fact, ask = draft.fact, draft.card.ask
    family = draft.rule.partition(".")[0]
    match family:
        case "statement" if not isinstance(draft.card, Cloze):
            whole = _ENDS.search(fact.source.quote) and (_has_name(fact.concept) or _is_told_of(fact))
            named = bool(whole) or _is_named(ask, fact, world) or bool(_OF_ANY.search(ask))
        case "consequence":
            named = _is_named(ask, fact, world) and not LEAD.match(ask)
        case "use":
            named = not LEAD.match(ask) or _has_name(fact.concept)
        case "enumeration" if not isinstance(draft.card, Cloze):
            own = bool(stems(fact.concept) - VENDORS - GENERIC_STEMS - _SORTS)
            named = _is_counted(fact) or (own and _has_name(fact.concept)) or _is_defined(fact, world)
        case _:
            named = True
    if not named:
        yield NO_NAME
    if _is_short_list(draft) or (draft.rule == "statement.gap" and LEAD.match(ask)):
        yield OFTEN_CLUMSY
    if draft.rule in _CLUMSY or (draft.rule == "enumeration.gap" and not _is_counted(fact)):
        yield OFTEN_CLUMSY
    if isinstance(draft.card, Cloze) and family in ("statement", "description", "enumeration"):
        hidden = gaps(ask)[0] if gaps(ask) else ""
        told = " " in hidden or hidden.startswith("`") or re.search(r"\d", hidden)
        if not told and not (hidden[:1].isupper() and _is_counted(fact)):
            yield ONE_WORD
    if (
        draft.rule in ("definition.which", "description.which")
        and isinstance(fact, Definition | Description)
        and not _ENDS.search(fact.source.quote)
    ) or (
        draft.rule in ("definition.what", "definition.which")
        and isinstance(fact, Definition)
        and not _AN_ARTICLE.match(fact.value)
        and (len(fact.value.split()) < 5 or not _TELLS_MORE.search(fact.value))
    ):
        yield FEW_WORDS


def _is_short_list(draft: Draft) -> bool:
    """Is it a list of two or three that no sentence counts? What stands under a heading is seldom all there is."""
    fact = draft.fact
    if draft.rule != "enumeration.name" or not isinstance(fact, Enumeration) or len(fact.items) > 3:
        return False
    return not _is_counted(fact) and not (has_verb(fact.lead) and MAY_SAY.search(f"{fact.what} {fact.lead}"))


def _is_counted(fact: Fact) -> bool:
    """Is it a list that its own sentence counts?"""
    return isinstance(fact, Enumeration) and bool(_COUNTED.search(fact.lead)) and bool(has_verb(fact.lead))


def _is_named(ask: str, fact: Fact, world: World) -> bool:
    """Does the question itself name its subject, or ask about something that the notes define?"""
    plain = LEAD.sub("", ask)
    asking = _ASKING.match(plain)
    parts = plain[asking.end() if asking else 0 :].split()[:_SUBJECT]
    return any(map(_A_NAME.search, parts)) or _is_defined(fact, world)


def _has_name(concept: str) -> bool:
    """Is it written as a name: with a capital behind its first word, a figure, an abbreviation, or as code?"""
    parts = re.sub(r"^(?:the|an?) ", "", concept, flags=re.IGNORECASE).split()
    return any(map(_A_NAME.search, parts[1:])) or bool(parts and _FIRST_IS_ONE.match(parts[0]))


def _is_told_of(fact: Fact) -> bool:
    """Is it said of what the heading above it names?"""
    if not isinstance(fact, Statement):
        return False
    headed = bool(fact.heading) and stems(fact.heading[-1]) == stems(fact.concept) != frozenset()
    itself = bare(fact.subject).lower() in PRONOUNS or stems(fact.subject) == stems(fact.concept)
    return headed and itself


def _is_defined(fact: Fact, world: World) -> bool:
    told = world.of(fact.subject) if isinstance(fact, Statement) and fact.subject else None
    told = told or world.of(fact.concept)
    return told is not None and any(isinstance(other, Definition | Abbreviation) for other in told.facts)
