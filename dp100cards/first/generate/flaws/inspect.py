"""All flaws of one card, alone and beside the other cards of its deck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dp100cards.cards import Basic, Card, Choice, Cloze, Code, Match, Multiple, Order, Statements
from dp100cards.first.generate.flaws import gap, options, truth, wording
from dp100cards.first.generate.flaws.flaw import Flaw, flaw
from dp100cards.first.generate.flaws.neighbours import Neighbours
from dp100cards.first.generate.stems import GENERIC_STEMS, overlap, stems
from dp100cards.first.generate.world import World


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of a generated card beside the card: its concept, and the words that it was made from."""

    concept: str = ""
    words: str | frozenset[str] = ""
    """The words, or their stems where these are known already."""


def flaws(
    card: Card,
    deck: Neighbours | None = None,
    background: Background | None = None,
    world: World | None = None,
) -> list[Flaw]:
    """Everything that the rules find, the hard flaws first, each code once.

    `deck` holds the cards beside this one; without it those rules are left out. `background` comes with a
    generated card, `world` from the notes; without them, the rules that need them are left out.
    """
    found = list(_alone(card))
    if background is not None:
        found += _against(card, background)
    if world is not None and isinstance(card, Choice):
        found += truth.second_keys(card, world)
    if deck is not None:
        found += deck.flaws(card)
    unique = {each.code: each for each in reversed(found)}
    return sorted(unique.values(), key=lambda each: (not each.hard, each.code))


def _alone(card: Card) -> Iterator[Flaw]:
    yield from wording.text_flaws(card)
    match card:
        case Basic():
            yield from wording.question_flaws(card.ask, card.answer)
            yield from wording.answer_flaws(card)
        case Cloze():
            yield from gap.cloze_flaws(card)
        case Choice():
            yield from wording.question_flaws(card.ask)
            yield from options.choice_flaws(card)
        case Multiple():
            yield from wording.question_flaws(card.ask)
            yield from options.multiple_flaws(card)
        case Order():
            yield from options.order_flaws(card)
        case Match():
            yield from options.match_flaws(card)
        case Statements():
            yield from options.statements_flaws(card)
        case Code():
            yield from gap.code_flaws(card)


def _against(card: Card, background: Background) -> Iterator[Flaw]:
    if background.concept:
        texts = wording.every_text(card)
        shown = " ".join(texts)
        if not any(part in shown for part in background.concept.split() if len(part) > 1):
            said = frozenset[str]().union(*map(stems, texts))
            if len(said - GENERIC_STEMS) < 3 and not stems(background.concept) & said:
                yield flaw("no-concept", background.concept)
    answer = wording.answer_text(card)
    if answer and background.words:
        words = background.words
        known = (stems(words) if isinstance(words, str) else words) | stems(background.concept)
        said = stems(answer)
        if said and overlap(said, known) < 0.99:
            yield flaw("invented", ", ".join(sorted(said - known)))
