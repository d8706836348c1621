"""Facts to drafts of cards.

Each fact's rule offers cards, the best first. Every one is mended, searched for flaws, and given its tier: one that
no rule doubts is active, at most three for a fact; one with a soft flaw or a doubt is suggested; one with a hard
flaw, or two soft ones, is spare. What the learner wrote as a card is never touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Sequence as Many
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from dp100cards.cards import Card
from dp100cards.first.generate.draft import MOST_ACTIVE, Draft, Tier
from dp100cards.first.generate.flaws import CODES, Neighbours
from dp100cards.first.generate.flaws.neighbours import answer, question
from dp100cards.first.generate.judging import (
    UNSURE,
    beside_flaws,
    hopeless,
    judge,
    mended,
    seldom_taken,
    stems_of,
)
from dp100cards.first.generate.questions import (
    abbreviated,
    about,
    given,
    listing,
    plain,
    reason,
    saying,
    series,
    steps,
    table,
    today,
    uses,
)
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.stood import stood
from dp100cards.first.generate.words_of import texts
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import (
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
    Points,
    Row,
    Sequence,
    Snippet,
    Statement,
    Use,
)
from dp100cards.first.notes.spread import Spread, here

RULES: dict[type[Fact], Callable[..., Iterator[Draft]]] = {
    Definition: about.definition,
    Description: about.description,
    Use: uses.use,
    Contrast: uses.contrast,
    Statement: saying.statement,
    Enumeration: listing.enumeration,
    Points: plain.points,
    Sequence: steps.sequence,
    Consequence: reason.consequence,
    Cause: reason.cause,
    Advice: reason.advice,
    Abbreviation: abbreviated.abbreviation,
    Row: table.row,
    Snippet: given.snippet,
    Own: given.own,
}


class _Offer(NamedTuple):
    """A draft without its fact, judged by itself: the cards beside it are still to be asked."""

    card: Card
    rule: str
    item: str
    tier: Tier | None
    """None if it was not judged: most likely another card asks the same and has another answer."""
    doubts: tuple[str, ...]


def _offer(draft: Draft) -> _Offer:
    return _Offer(draft.card, draft.rule, draft.item, draft.tier, draft.doubts)


def generate(facts: Iterable[Fact], before: Iterable[Card] = (), spread: Spread = here) -> list[Draft]:
    """The drafts of all facts but the spare ones, in the order of the notes; the same facts, the same drafts.

    `before` are the cards as they were generated last: a wrong option that is still wrong is not exchanged for another.
    `spread` may share the work out.
    """
    world = World(facts, stood(before))
    of_change = {fact.change: n for n, fact in reversed([*enumerate(world.facts)])}
    """Where a change is met first: only there is it asked."""

    asked: dict[tuple[str, str], str] = {}

    def alone(places: Many[int]) -> list[list[_Offer]]:
        return [
            [*_alone(world.facts[n], world, of_change[world.facts[n].change] == n, asked)] for n in places
        ]

    counts = Counter(s for fact in world.facts for text in texts(fact) for s in stems(text))
    deck = Neighbours(counts=counts)
    drafts: list[Draft] = []
    for n, offers in enumerate(spread(alone, range(len(world.facts)))):
        fact = world.facts[n]
        made = _beside(fact, offers, world, deck)
        if sum(offer.tier == "active" for offer in offers) == MOST_ACTIVE > _active(made):
            more = [*_alone(fact, world, of_change[fact.change] == n, {}, most=None)]
            made += _beside(fact, more[len(offers) :], world, deck, MOST_ACTIVE - _active(made))
        if _lost(offers, made) and not any(draft.rule.startswith("plain.") for draft in made):
            made += _beside(fact, _plainly(fact, world, stems_of(fact), made), world, deck)
        if made and all(draft.tier == "spare" for draft in made):
            made = _least_bad(made, deck)
        drafts += [draft for draft in made if draft.tier != "spare"]
    return drafts


def _lost(offers: Iterable[_Offer], made: Many[Draft]) -> bool:
    """Was a card that may be good by itself not wanted beside those of other facts?"""
    return any(
        offer.tier is None or draft.tier == "spare" != offer.tier
        for offer, draft in zip(offers, made, strict=False)
    )


def _active(made: Iterable[Draft]) -> int:
    return sum(draft.tier == "active" for draft in made)


def _alone(
    fact: Fact,
    world: World,
    asks_today: bool,
    asked: dict[tuple[str, str], str],
    most: int | None = MOST_ACTIVE,
) -> Iterator[_Offer]:
    """What is offered of a fact, each judged by itself, until so many are active.

    `asked` holds questions with their answers; what asks one of them and has another answer is not judged. What readers
    seldom took is put off, and offered only where nothing else is left.
    """
    said = frozenset[str]() if isinstance(fact, Own) else stems_of(fact)
    made: list[Draft] = []
    put_off: list[Draft] = []
    all_judged = True
    for draft in _offered(fact, world, asks_today):
        if seldom_taken(draft):
            put_off.append(draft)
            continue
        if not isinstance(fact, Own):
            draft = mended(draft, world)
            if _asks_again(draft.card, asked):
                yield _offer(draft)._replace(tier=None)
                all_judged = False
                continue
            draft = judge(draft, world, said)
        if draft.tier != "spare":
            asked.setdefault((draft.card.kind, question(draft.card)), answer(draft.card))
        yield _offer(draft)
        made.append(draft)
        if _active(made) == most:
            return
    plainly = [*_plainly(fact, world, said, made)] if all_judged else []
    yield from plainly
    tiers = {*(each.tier for each in made), *(each.tier for each in plainly)}
    if tiers <= {"spare"}:  # one of them is better than none
        yield from (_offer(judge(mended(draft, world), world, said)) for draft in put_off)


def _asks_again(card: Card, asked: Mapping[tuple[str, str], str]) -> bool:
    """Is the question asked already, with another answer?"""
    before = asked.get((card.kind, question(card)))
    return before is not None and before != answer(card)


def _plainly(fact: Fact, world: World, said: frozenset[str], made: Iterable[Draft]) -> Iterator[_Offer]:
    """The last resort, offered where all other cards of a fact say little."""
    waiting = [each for each in made if each.tier != "spare"]
    if isinstance(fact, Own) or fact.change is not None or not all(map(plain.is_weak, waiting)):
        return
    taken = {each.item for each in waiting if each.item}
    for draft in plain.plain(fact, world):
        if draft.item not in taken:
            yield _offer(judge(mended(draft, world), world, said))


def _beside(
    fact: Fact, offers: Iterable[_Offer], world: World, deck: Neighbours, most: int = MOST_ACTIVE
) -> list[Draft]:
    """The drafts that are offered of a fact, judged beside the cards so far, until so many are active."""
    made: list[Draft] = []
    for offer in offers:
        draft = Draft(offer.card, fact, offer.rule, offer.tier or "active", offer.doubts, offer.item)
        against = [] if isinstance(fact, Own) else deck.flaws(offer.card)
        if offer.tier is None and not any(flaw.hard for flaw in against):
            draft = judge(draft, world, stems_of(fact))
        if against:
            draft = beside_flaws(draft, against)
        if draft.tier != "spare":
            deck.add(draft.card)
        made.append(draft)
        if _active(made) == most:
            break
    return made


def _least_bad(made: list[Draft], deck: Neighbours) -> list[Draft]:
    """Of cards that are all spare the first without a hard flaw is suggested after all: better one than none."""
    for at, draft in enumerate(made):
        hard = any(CODES.get(doubt, (False,))[0] for doubt in draft.doubts)
        if not hard and not hopeless(draft) and draft.fact.confidence >= UNSURE:
            deck.add(draft.card)
            return [*made[:at], replace(draft, tier="suggested"), *made[at + 1 :]]
    return made


def _offered(fact: Fact, world: World, asks_today: bool) -> Iterator[Draft]:
    if isinstance(fact, Own):
        yield from given.own(fact, world)
        return
    if fact.change is not None:
        if asks_today:
            yield from today.today(fact, world)
        for draft in islice(RULES[type(fact)](fact, world), 1):
            yield today.outdated(draft, fact.change)
        return
    gone = world.gone(fact.concept) if _is_about(fact, world) else None
    for draft in chain(RULES[type(fact)](fact, world), series.series(fact, world)):
        yield today.of_a_thing_that_is_gone(draft, gone) if gone else draft


def _is_about(fact: Fact, world: World) -> bool:
    """Is the fact about its concept, and not about something else that its section only mentions?"""
    if not isinstance(fact, Statement | Consequence):
        return True
    text = fact.sentence if isinstance(fact, Statement) else f"{fact.condition} {fact.result}"
    subject = fact.subject.lower() if isinstance(fact, Statement) else ""
    return subject in ("you", "we", "it", "they", "users") or stems(fact.concept) <= stems(text)
