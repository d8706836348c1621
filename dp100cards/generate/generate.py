"""Facts to drafts of cards.

Each fact's rule offers cards, the best first. Every one is mended, searched for flaws, and given its tier: one that
no rule doubts is active, at most three for a fact; one with a soft flaw or a doubt is suggested; one with a hard
flaw, or two soft ones, is spare. What the learner wrote as a card is never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from dp100cards.cards import Basic, Card, Choice, Cloze, Match, Multiple, Option, Order, Pair, Statements
from dp100cards.generate.doubts import doubts
from dp100cards.generate.draft import MOST_ACTIVE, MOST_DOUBTS, Draft, Tier
from dp100cards.generate.english import upper_first
from dp100cards.generate.flaws import CODES, Background, Neighbours, flaws
from dp100cards.generate.flaws.wording import mend
from dp100cards.generate.questions import (
    abbreviated,
    about,
    given,
    listing,
    reason,
    saying,
    series,
    steps,
    table,
    today,
    uses,
)
from dp100cards.generate.stems import stems
from dp100cards.generate.stood import stood
from dp100cards.generate.words_of import texts
from dp100cards.generate.world import World
from dp100cards.notes.facts import (
    Abbreviation,
    Advice,
    Cause,
    Consequence,
    Contrast,
    Definition,
    Description,
    Enumeration,
    Fact,
    Own,
    Row,
    Sequence,
    Snippet,
    Statement,
    Use,
)

SURE, UNSURE = 0.6, 0.3
"""A fact read with less confidence than SURE gives suggestions only; below UNSURE only spare cards."""

RULES: dict[type[Fact], Callable[..., Iterator[Draft]]] = {
    Definition: about.definition,
    Description: about.description,
    Use: uses.use,
    Contrast: uses.contrast,
    Statement: saying.statement,
    Enumeration: listing.enumeration,
    Sequence: steps.sequence,
    Consequence: reason.consequence,
    Cause: reason.cause,
    Advice: reason.advice,
    Abbreviation: abbreviated.abbreviation,
    Row: table.row,
    Snippet: given.snippet,
    Own: given.own,
}


@dataclass(slots=True)
class _Run:
    """One run over the notes: the world, the cards so far, the changes already asked about."""

    world: World
    deck: Neighbours
    changes: set[object]


def generate(facts: Iterable[Fact], before: Iterable[Card] = ()) -> list[Draft]:
    """The drafts of all facts but the spare ones, in the order of the notes; the same facts, the same drafts.

    `before` are the cards as they were generated last: a wrong option that is still wrong is not exchanged for another.
    """
    world = World(facts, stood(before))
    counts = Counter(s for fact in world.facts for text in texts(fact) for s in stems(text))
    run = _Run(world, Neighbours(counts=counts), set())
    drafts: list[Draft] = []
    for fact in world.facts:
        drafts += [draft for draft in _of_fact(fact, run) if draft.tier != "spare"]
    return drafts


def _of_fact(fact: Fact, run: _Run) -> list[Draft]:
    """The drafts of one fact, judged, capped, each card once."""
    made: list[Draft] = []
    active = 0
    said: frozenset[str] | None = None
    for draft in _offered(fact, run):
        if not isinstance(fact, Own):
            said = stems_of(fact) if said is None else said
            draft = judge(_mended(draft, run.world), run.deck, said)
            if _gives_away(draft.card, run.world):
                draft = replace(draft, tier="spare", doubts=(*draft.doubts, "answer-in-question"))
            if draft.tier == "active" and (why := doubts(draft, run.world)):
                draft = replace(draft, tier="suggested", doubts=why)
            if _hopeless(draft):
                draft = replace(draft, tier="spare")
        if draft.tier == "active":
            active += 1
        if draft.tier != "spare":
            run.deck.add(draft.card)
        made.append(draft)
        if active == MOST_ACTIVE:
            break
    if made and all(draft.tier == "spare" for draft in made):
        made = _least_bad(made, run.deck)
    return made


def _least_bad(made: list[Draft], deck: Neighbours) -> list[Draft]:
    """Of cards that are all spare the first without a hard flaw is suggested after all: better one than none."""
    for at, draft in enumerate(made):
        hard = any(CODES.get(doubt, (False,))[0] for doubt in draft.doubts)
        if not hard and not _hopeless(draft) and draft.fact.confidence >= UNSURE:
            deck.add(draft.card)
            return [*made[:at], replace(draft, tier="suggested"), *made[at + 1 :]]
    return made


def _hopeless(draft: Draft) -> bool:
    """Is there too much against a card for anybody to say yes to it?"""
    return len(draft.doubts) + ("says little" in draft.doubts) > MOST_DOUBTS


def _offered(fact: Fact, run: _Run) -> Iterator[Draft]:
    if isinstance(fact, Own):
        yield from given.own(fact, run.world)
        return
    if fact.change is not None:
        if fact.change not in run.changes:
            run.changes.add(fact.change)
            yield from today.today(fact, run.world)
        for draft in islice(RULES[type(fact)](fact, run.world), 1):
            yield today.outdated(draft, fact.change)
        return
    gone = run.world.gone(fact.concept) if _is_about(fact, run.world) else None
    for draft in chain(RULES[type(fact)](fact, run.world), series.series(fact, run.world)):
        yield today.of_a_thing_that_is_gone(draft, gone) if gone else draft


def _is_about(fact: Fact, world: World) -> bool:
    """Is the fact about its concept, and not about something else that its section only mentions?"""
    if not isinstance(fact, Statement | Consequence):
        return True
    text = fact.sentence if isinstance(fact, Statement) else f"{fact.condition} {fact.result}"
    subject = fact.subject.lower() if isinstance(fact, Statement) else ""
    return subject in ("you", "we", "it", "they", "users") or stems(fact.concept) <= stems(text)


def _gives_away(card: Card, world: World) -> bool:
    """Does an abbreviation in the question stand for the right option?"""
    if not isinstance(card, Choice):
        return False
    right = [world.key(option.text) for option in card.options if option.right]
    return any(
        short in card.ask and re.search(rf"\b{re.escape(short)}\b", card.ask)
        for key in right
        for short in world.short_forms(key)
    )


def stems_of(fact: Fact) -> frozenset[str]:
    """The stems of all the words that a card of this fact may use."""
    told = (*texts(fact), fact.source.quote, *fact.heading)
    return frozenset[str]().union(*map(stems, told))


def judge(draft: Draft, deck: Neighbours, said: frozenset[str] | None = None) -> Draft:
    """The draft with its tier, by its flaws, the doubts that its rule had, and the fact's confidence.

    `said` is what `stems_of` gives for its fact, where that is known.
    """
    fact = draft.fact
    said = stems_of(fact) if said is None else said
    if told := _told(draft):
        said = said.union(*map(stems, told))
    found = flaws(draft.card, deck, Background(fact.concept, said))
    hard = [each.code for each in found if each.hard]
    soft = [each.code for each in found if not each.hard]
    doubts = [*draft.doubts, *hard, *soft]
    if fact.confidence < SURE:
        doubts.append("not sure that the note was read rightly")
    if fact.status == "unclear":
        doubts.append("the note is not clear")
    tier: Tier = "active" if not doubts else "suggested"
    if hard or len(soft) > 1 or fact.confidence < UNSURE:
        tier = "spare"
    return Draft(draft.card, fact, draft.rule, tier, tuple(dict.fromkeys(doubts)), draft.item)


def _told(draft: Draft) -> tuple[str, ...]:
    """Words beyond the fact's own that its card may use: today's, and those of the rows matched with it."""
    change = draft.fact.change
    told = (change.text,) if change else ()
    if draft.rule == "description.features" and isinstance(draft.card, Multiple):
        return (*told, *(option.text for option in draft.card.options))
    if isinstance(draft.card, Match | Statements):
        return (*told, *(f"{p.left} {p.right}" for p in getattr(draft.card, "pairs", ())))
    return told


def _mended(draft: Draft, world: World) -> Draft:
    """The draft with articles right, no doubled word, first letters capital, and its abbreviations explained."""
    card = draft.card
    fixed: Card
    match card:
        case Basic():
            fixed = _with(card, ask=mend(card.ask), answer=upper_first(mend(card.answer)))
        case Choice() | Multiple():
            fixed = _with(card, ask=mend(card.ask), options=tuple(map(_option, card.options)))
        case Statements():
            fixed = _with(card, ask=mend(card.ask), statements=tuple(map(_option, card.statements)))
        case Order():
            fixed = _with(card, items=tuple(upper_first(mend(i)) for i in card.items))
        case Match():
            fixed = _with(
                card, pairs=tuple(Pair(mend(p.left), upper_first(mend(p.right))) for p in card.pairs)
            )
        case Cloze():
            fixed = _with(card, ask=mend(card.ask))
        case _:
            fixed = card
    fixed = _explained(fixed, world)
    return draft if fixed is card else replace(draft, card=fixed)


def _option(option: Option) -> Option:
    text, because = upper_first(mend(option.text)), mend(option.because)
    return option if (text, because) == (option.text, option.because) else Option(text, option.right, because)


def _with(card: Card, **fields: object) -> Card:
    """The card with these fields; itself where it has them."""
    if all(getattr(card, name) == value for name, value in fields.items()):
        return card
    return replace(card, **fields)  # type: ignore[arg-type]


def _explained(card: Card, world: World) -> Card:
    """The card with every abbreviation of its question explained, where the notes say what it stands for."""
    if not world.long_forms:
        return card
    told = [
        f"{short}: {world.long_forms[short]}."
        for short in dict.fromkeys(word.strip(".,;:?!()“”") for word in card.ask.split())
        if short in world.long_forms and world.long_forms[short].casefold() not in card.ask.casefold()
    ]
    if not told or "abbreviation" in card.tags:
        return card
    return replace(card, explain=" ".join([card.explain, *told]).strip())
