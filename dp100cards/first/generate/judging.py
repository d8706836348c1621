"""A draft judged: its wording mended, its flaws and doubts found, its tier given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dp100cards.cards import (
    Basic,
    Card,
    Choice,
    Cloze,
    Match,
    Multiple,
    Option,
    Order,
    Pair,
    Statements,
    gaps,
)
from dp100cards.first.generate.doubts import doubts
from dp100cards.first.generate.draft import MOST_DOUBTS, NOT_SURE, Draft, Tier
from dp100cards.first.generate.english import upper_first
from dp100cards.first.generate.flaws import CODES, Background, Flaw, flaws
from dp100cards.first.generate.flaws.wording import answer_text, mend
from dp100cards.first.generate.odds.chance import weighed
from dp100cards.first.generate.setting import in_setting
from dp100cards.first.generate.stems import stems
from dp100cards.first.generate.words_of import texts
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Fact

SURE, UNSURE = 0.6, 0.3
"""A fact read with less confidence than SURE gives suggestions only; below UNSURE only spare cards."""

_SELDOM_TAKEN = {
    "definition.which": frozenset({"says little"}),
    "description.which": frozenset(
        {NOT_SURE, "few siblings", "says little", "reads like advice", "longest-key", "uneven-options", "word-repeat"}
    ),
    "enumeration.choose": frozenset({"far-fetched options", "open list", "the items are no names"}),
    "row.which": frozenset({"word-repeat", "clumsy question"}),
    "statement.which": frozenset(
        {
            NOT_SURE, "few siblings", "says little", "may hold of others", "far-fetched options", "longest-key",
            "grammar-cue",
        }
    ),
    "use.which": frozenset({"clumsy question"}),
}  # fmt: skip
"""Doubts with which readers took less than a quarter of the cards of a rule: of all 650 they took 116, and called 288
wrong or unclear. Each of them asks for what is told of by what is told, and another card of the fact for that."""


def judge(draft: Draft, world: World, said: frozenset[str]) -> Draft:
    """The draft with its tier and all that is against it by itself; other cards are not asked.

    `said` is what `stems_of` gives for its fact.
    """
    draft = _by_rules(draft, said)
    if _gives_away(draft.card, world):
        draft = draft.judged("spare", (*draft.doubts, "answer-in-question"))
    if draft.tier == "active" and (why := doubts(draft, world)):
        draft = draft.judged("suggested", why)
    if hopeless(draft) or seldom_taken(draft):
        return draft.judged("spare", draft.doubts)
    return weighed(draft, world)


def beside_flaws(draft: Draft, against: Iterable[Flaw]) -> Draft:
    """A judged draft with the flaws that it has beside other cards: it waits at best, and with a hard one, or with two
    soft ones in all, not even that."""
    draft = draft.judged(draft.tier, (*draft.doubts, *(flaw.code for flaw in against)))
    hard = [CODES[doubt][0] for doubt in draft.doubts if doubt in CODES]
    spare = draft.tier == "spare" or any(hard) or len(hard) > 1 or hopeless(draft)
    return draft.judged("spare" if spare else "suggested", draft.doubts)


def hopeless(draft: Draft) -> bool:
    """Is there too much against a card for anybody to say yes to it?"""
    return len(draft.doubts) + ("says little" in draft.doubts) > MOST_DOUBTS


def seldom_taken(draft: Draft) -> bool:
    """Is it doubted for what made readers refuse most cards like it?"""
    return not _SELDOM_TAKEN.get(draft.rule, frozenset()).isdisjoint(draft.doubts)


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


def _by_rules(draft: Draft, said: frozenset[str]) -> Draft:
    """The draft with its tier, by its flaws, the doubts that its rule had, and the fact's confidence."""
    fact = draft.fact
    if told := _told(draft):
        said = said.union(*map(stems, told))
    found = flaws(draft.card, background=Background(fact.concept, said))
    hard = [each.code for each in found if each.hard]
    soft = [each.code for each in found if not each.hard]
    doubts = [*draft.doubts, *hard, *soft]
    if fact.confidence < SURE:
        doubts.append(NOT_SURE)
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


def mended(draft: Draft, world: World) -> Draft:
    """The draft with articles right, no doubled word, first letters capital, its setting named, and its
    abbreviations explained."""
    card = draft.card
    fixed: Card
    match card:
        case Basic():
            asks = in_setting(mend(card.ask), card.answer, draft.fact, world)
            fixed = _with(card, ask=asks, answer=upper_first(mend(card.answer)))
        case Choice() if draft.rule.startswith("row."):
            asks = in_setting(mend(card.ask), answer_text(card), draft.fact, world)
            fixed = _with(card, ask=asks, options=tuple(map(_option, card.options)))
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
            shown = mend(card.ask)
            fixed = _with(card, ask=in_setting(shown, " ".join(gaps(shown)), draft.fact, world))
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
    met = (word.strip(".,;:?!()“”") for word in card.ask.split())
    shorts = dict.fromkeys(word for word in met if word in world.long_forms)
    if not shorts or "abbreviation" in card.tags:
        return card
    told = [
        f"{short}: {long}."
        for short in shorts
        if (long := world.long_forms[short]).casefold() not in card.ask.casefold()
    ]
    if not told:
        return card
    return replace(card, explain=" ".join([card.explain, *told]).strip())
