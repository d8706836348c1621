"""The last resort: where no rule makes a card worth having, the note's words are asked for as they are.

A label with its description ("**Scope**: one resource group" below "Role assignments") is asked for by its label;
a sentence is broken off where its news begins, or has another of its words hidden. Such cards always wait for the
learner's yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dp100cards.generate.aspects import is_aspect
from dp100cards.generate.draft import GUESS, Draft
from dp100cards.generate.english import bare, count_words, joined, lower_first, number_word, upper_first
from dp100cards.generate.making import basic
from dp100cards.generate.questions.gap import clause, gap_cards, stands_alone
from dp100cards.generate.questions.listing import LONGEST_RECALL, heads_of
from dp100cards.generate.stems import GENERIC_STEMS, stems
from dp100cards.generate.world import World
from dp100cards.notes.facts import Advice, Definition, Description, Enumeration, Fact, Statement
from dp100cards.notes.grammar import has_verb, is_imperative
from dp100cards.notes.names import from_heading, is_generic, without_number
from dp100cards.notes.vocabulary import AUXILIARIES

PLAIN = "asked in the note's own words"
"""The doubt that every card of last resort has."""
MOST_GAPS = 3
LONGEST = 24
"""Words of an answer that is all that the note says."""
LONGEST_LABEL = 7
LONGEST_LIST = 30


def is_weak(draft: Draft) -> bool:
    """Does a card that waits hide what somebody only guessed to matter, or ask what is told of by all that is told?

    "What does this describe: “…”?" holds the news in its question.
    """
    backward = draft.rule.endswith((".which", ".subject")) and isinstance(draft.fact, Description | Statement)
    return GUESS in draft.doubts or (backward and draft.tier != "active")


def plain(fact: Fact, world: World) -> Iterator[Draft]:
    """What do your notes say of this label? Then the words of the sentence that are not hidden elsewhere."""
    if isinstance(fact, Enumeration):
        yield from _list(fact, world)
        return
    text = _text(fact)
    if not text:
        return
    if asked := _label_question(fact, text, world):
        yield basic(fact, "plain.label", asked, text, doubts=(PLAIN,))
    most = MOST_GAPS
    if not asked and (halves := _halves(text, fact, world)):
        most = 1
        name = "" if stands_alone(fact, world, text) else world.naming.inside(fact.concept)
        ask = f"Complete the sentence{f' about {name}' if name else ''}: “{halves[0]} …”"
        yield basic(fact, "plain.rest", ask, halves[1], doubts=(PLAIN,))
    rule = f"{fact.kind}.gap"
    for draft in gap_cards(fact, world, text, rule, most=most):
        yield replace(draft, doubts=tuple(dict.fromkeys((*draft.doubts, GUESS))))


def _list(fact: Enumeration, world: World) -> Iterator[Draft]:
    """All the points of a list, where its lead makes no better question."""
    items = heads_of([bare(item) for item in fact.items])
    listed = joined([items[0], *map(lower_first, items[1:])]) if items else ""
    about = world.naming.title(fact.concept) or upper_first(bare(fact.lead))
    if about and 2 <= len(items) <= LONGEST_RECALL and count_words(listed) <= LONGEST_LIST:
        ask = f"{about}: which {number_word(len(items))} points do your notes list?"
        yield basic(fact, "plain.list", ask, listed, doubts=(PLAIN,))


_JOINTS = frozenset(
    """when if because so to by for using via through with without into from on in at per until unless while after
    before as that which where between across under over whenever during against within about""".split()
)
"""Words behind which a sentence tells its news."""
_LEANING = frozenset("this these those it they such here there however similarly".split())
SHORTEST_REST, LONGEST_REST = 2, 12


def _halves(text: str, fact: Fact, world: World) -> tuple[str, str] | None:
    """The sentence up to the word that leads to its news, and the news; None where one half would say too little."""
    shown = clause(text).rstrip(".! ")
    parts = shown.split()
    if not parts or is_generic(fact.concept) or parts[0].lower() in _LEANING:
        return None
    named = bool(fact.concept) and not stands_alone(fact, world, text)
    for at in range(2, len(parts) - 1):
        if parts[at].lower() not in _JOINTS or not SHORTEST_REST <= len(parts) - at - 1 <= LONGEST_REST:
            continue
        left, right = " ".join(parts[: at + 1]), " ".join(parts[at + 1 :])
        told, news = stems(left) - GENERIC_STEMS, stems(right) - GENERIC_STEMS
        if parts[at + 1].lower() in AUXILIARIES or not (has_verb(left) or is_imperative(left)):
            continue  # "The need for … becomes imperative"
        if len(told) < (2 if named else 3) or not news - told or not _balanced(left) or not _balanced(right):
            continue
        return left.replace("“", "‘").replace("”", "’"), right
    return None


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("`") % 2 == 0 and text.count('"') % 2 == 0


def _text(fact: Fact) -> str:
    match fact:
        case Statement(sentence=sentence):
            return sentence
        case Definition(value=value) | Description(value=value):
            return value
        case Advice():
            return fact.source.quote
    return ""


def _label_question(fact: Fact, text: str, world: World) -> str:
    """The question for all that is said of a label; "" where that is not one thing."""
    if not isinstance(fact, Definition | Description) or fact.confidence < 0.5:
        return ""
    mine = world.of(fact.concept)
    of = _owner(fact, world)
    beside = mine.facts if mine else ()
    if sum(not of or other.heading == fact.heading for other in beside) != 1:
        return ""  # more than one thing is said of it
    if not 2 <= count_words(text) <= LONGEST:
        return ""
    label = bare(fact.concept)
    if count_words(label) > LONGEST_LABEL or not stems(text) - stems(label) - GENERIC_STEMS:
        return ""
    if not of and is_aspect(label):
        return ""
    what = f"{upper_first(of)}: what" if of else "What"
    return f"{what} do your notes say of “{label}”?"


def _owner(fact: Fact, world: World) -> str:
    """What the label stands under: the nearest heading that names something else."""
    for title in reversed(fact.heading):
        name = from_heading(title) or without_number(title).rstrip(".")
        if name and not is_generic(name) and not is_aspect(name) and not world.same_thing(name, fact.concept):
            return world.naming.title(name)
    return ""
