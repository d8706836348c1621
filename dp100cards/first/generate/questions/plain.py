"""The last resort: where no rule makes a card worth having, the note's words are asked for as they are.

A label with its description ("**Scope**: one resource group" below "Role assignments") is asked for by its label;
a sentence is broken off where its news begins, or has another of its words hidden. Such cards always wait for the
learner's yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dp100cards.first.generate.aspects import is_aspect
from dp100cards.first.generate.draft import GUESS, NOT_SURE, Draft
from dp100cards.first.generate.english import (
    bare,
    count_words,
    joined,
    lower_first,
    number_word,
    upper_first,
)
from dp100cards.first.generate.making import basic
from dp100cards.first.generate.questions.breaks import LONGEST_NEWS, SHORTEST_NEWS, TOLD, Breaks, Halves
from dp100cards.first.generate.questions.gap import clause, gap_cards, stands_alone
from dp100cards.first.generate.questions.listing import LONGEST_RECALL, heads_of
from dp100cards.first.generate.stems import GENERIC_STEMS, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import (
    Advice,
    Consequence,
    Definition,
    Description,
    Enumeration,
    Fact,
    Points,
    Statement,
)
from dp100cards.first.notes.names import from_heading, is_generic, without_number

PLAIN = "asked in the note's own words"
"""The doubt that every card of last resort has."""
MOST_GAPS = 3
MOST_ITEMS = 8
"""Of a list that is too long to be told at once."""
LONGEST = 24
"""Words of an answer that is all that the note says."""
LONGEST_LABEL = 7
LONGEST_LIST = 30

_ILL_MADE = frozenset(
    (
        "a preposition left behind",
        "asks about no thing",
        "clumsy question",
        "leans on another sentence",
        "may be read in two ways",
        NOT_SURE,
        "stands under no name of a thing",
        "the answer breaks off",
        "the answer counts and does not name",
        "the answer is a fragment",
        "the question breaks off",
        "the question could mean anything",
        "the question does not say of what",
        "the sentence breaks off",
    )
)
"""Doubts about the words of a question, and not about what it asks for."""


def is_weak(draft: Draft) -> bool:
    """Is a card that waits ill made, or does it hide a word of a sentence, or ask what is told of by all that is told?

    Of what is worth asking these say little: "What does this describe: “…”?" holds the news in its question.
    """
    if draft.tier == "active":
        return False
    backward = draft.rule.endswith((".which", ".subject")) and isinstance(draft.fact, Description | Statement)
    return backward or draft.rule.endswith(".gap") or not _ILL_MADE.isdisjoint(draft.doubts)


def plain(fact: Fact, world: World) -> Iterator[Draft]:
    """What do your notes say of this label? Or: how does this sentence go on? Or else the words that may be hidden."""
    if isinstance(fact, Enumeration) and not fact.inline:
        yield from _list(fact, world)
        return
    text = _text(fact)
    if not text:
        return
    if asked := _label_question(fact, text, world):
        yield basic(fact, "plain.label", asked, text, doubts=(PLAIN,))
    elif draft := _rest(fact, world, text):
        yield draft
    else:
        for draft in gap_cards(fact, world, text, f"{fact.kind}.gap", most=MOST_GAPS):
            yield replace(draft, doubts=tuple(dict.fromkeys((*draft.doubts, GUESS))))


def points(fact: Points, world: World) -> Iterator[Draft]:
    """Which points do your notes list under this heading?"""
    items = [bare(item) for item in fact.items]
    title = upper_first(bare(fact.title))
    name = "" if world.key(fact.concept) == world.key(title) else world.naming.title(fact.concept)
    vague = is_generic(title) or is_aspect(title)
    if not title or (vague and not name):
        return
    ask = f"{number_word(len(items))} points do your notes list"
    ask = f"{name}: which {ask} under “{title}”?" if vague else f"{title}: which {ask}?"
    yield basic(fact, "plain.points", ask, _listed(items), doubts=(PLAIN,))


def _listed(items: list[str]) -> str:
    """All of them in one sentence; only the first keeps its capital."""
    return joined([*items[:1], *map(lower_first, items[1:])])


def _list(fact: Enumeration, world: World) -> Iterator[Draft]:
    """All the points of a list, where its lead makes no better question; of a long one each for itself."""
    items = heads_of([bare(item) for item in fact.items])
    listed = _listed(items)
    about = world.naming.title(fact.concept) or upper_first(bare(fact.lead))
    if about and 2 <= len(items) <= LONGEST_RECALL and count_words(listed) <= LONGEST_LIST:
        ask = f"{about}: which {number_word(len(items))} points do your notes list?"
        yield basic(fact, "plain.list", ask, listed, doubts=(PLAIN,))
        return
    for item in fact.items[:MOST_ITEMS]:
        if draft := _rest(fact, world, bare(item), item):
            yield draft


def _rest(fact: Fact, world: World, text: str, item: str = "") -> Draft | None:
    """How does the sentence go on?"""
    name = "" if not item and stands_alone(fact, world, text) else _about(fact, world)
    halves = _result(fact)
    if not halves:
        at = Breaks(clause(text).rstrip(".! "))
        halves = at.after_a_joint()
        if not halves and (about := _about(fact, world)):
            own = stems(about)
            if halves := at.anywhere(2, own) or at.anywhere(at.fewest, own):
                name = "" if own <= stems(halves[0]) else about
        if not halves and not at.leans:
            halves = at.anywhere(TOLD)
    if not halves:
        return None
    ask = f"Complete the sentence{f' about {name}' if name else ''}: “{halves[0]} …”"
    return basic(fact, "plain.rest", ask, halves[1], item=item, doubts=(PLAIN,))


def _result(fact: Fact) -> Halves | None:
    """A condition and, as the news, what happens then."""
    if not isinstance(fact, Consequence) or not SHORTEST_NEWS <= count_words(fact.result) <= LONGEST_NEWS:
        return None
    return f"{_if(fact.condition)},", fact.result


def _about(fact: Fact, world: World) -> str:
    """What the sentence is about: its concept, or what the nearest heading names."""
    if fact.concept and not is_generic(fact.concept):
        return world.naming.inside(fact.concept)
    return next((world.naming.inside(name) for name in _named_above(fact)), "")


def _named_above(fact: Fact) -> Iterator[str]:
    """What the headings name, the nearest first."""
    for title in reversed(fact.heading):
        name = from_heading(title) or without_number(title).rstrip(".")
        if name and not is_generic(name):
            yield name


def _text(fact: Fact) -> str:
    match fact:
        case Statement(sentence=sentence):
            return sentence
        case Definition(value=value) | Description(value=value):
            return value
        case Advice() | Enumeration():
            return fact.source.quote.replace("*", "")
        case Consequence(condition=condition, result=result):
            return f"{_if(condition)}, {lower_first(result)}"
    return ""


def _if(condition: str) -> str:
    """The condition as a clause: many are told with their own "when"."""
    return (
        upper_first(condition)
        if condition.lower().startswith(_CONJUNCTIONS)
        else f"If {lower_first(condition)}"
    )


_CONJUNCTIONS = ("if ", "when ", "once ", "unless ", "until ", "after ", "before ", "while ", "whenever ")


def _label_question(fact: Fact, text: str, world: World) -> str:
    """The question for all that is said of a label; "" where that is not one thing."""
    if not isinstance(fact, Definition | Description | Statement) or fact.confidence < 0.5:
        return ""
    if isinstance(fact, Statement) and not _is_label(fact, world):
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


def _is_label(fact: Statement, world: World) -> bool:
    """Does the concept stand before the sentence, and neither in it nor over the whole section?"""
    sections = map(from_heading, fact.heading)
    mine = world.key(fact.concept)
    return not world.names_wholly(fact.concept, fact.sentence) and all(
        world.key(each) != mine for each in sections
    )


def _owner(fact: Fact, world: World) -> str:
    """What the label stands under: the nearest heading that names something else."""
    for name in _named_above(fact):
        if not is_aspect(name) and not world.same_thing(name, fact.concept):
            return world.naming.title(name)
    return ""
