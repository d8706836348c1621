"""A card beside the other cards of its deck: the same question with two answers, nearly the same card twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from dp100cards.cards import GAP, Card, Cloze, filled, plain_text
from dp100cards.generate.flaws.flaw import Flaw, flaw
from dp100cards.generate.flaws.wording import answer_text
from dp100cards.generate.stems import stems

ALIKE = 0.9
"""From this share of common stems (of all stems of both) two cards are near duplicates."""

MEASURED = 5
"""Fewer stems than this say too little for likeness; such cards are only compared letter by letter."""


class _Look(NamedTuple):
    """What is compared of a card: its question, its stems, and pairs of its rarest stems."""

    question: str
    said: frozenset[str]
    pairs: list[tuple[str, str]]


class Neighbours:
    """The cards of a deck, found by their questions and by their stems.

    A near duplicate shares all but a tenth of its stems, so it shares two of the first few in any fixed order
    (prefix filtering, as in set-similarity joins): only cards under those pairs are compared. The order is by rarity,
    as `counts` says how often a stem is met; it decides how fast this is and never what it finds.
    """

    def __init__(self, cards: Iterable[Card] = (), counts: Mapping[str, int] | None = None) -> None:
        cards = list(cards)
        self._counts = counts if counts is not None else Counter(s for card in cards for s in content(card))
        self._questions: dict[tuple[str, str, str], list[Card]] = defaultdict(list)
        self._pairs: dict[tuple[str, ...], dict[int, list[tuple[frozenset[str], Card]]]] = defaultdict(dict)
        """By deck, kind and two of its rarest stems, then by the number of its stems."""
        self._last: tuple[Card, _Look] | None = None
        for card in cards:
            self.add(card)

    def add(self, card: Card) -> None:
        """Put a card among the neighbours."""
        look = self._look(card)
        self._questions[(card.deck, card.kind, look.question)].append(card)
        for pair in look.pairs:
            self._pairs[(card.deck, card.kind, *pair)].setdefault(len(look.said), []).append(
                (look.said, card)
            )

    def _look(self, card: Card) -> _Look:
        """What is compared of a card; a card is asked after several times in a row."""
        if self._last is None or self._last[0] is not card:
            said = content(card)
            pairs = self._rare_pairs(said) if len(said) >= MEASURED else []
            self._last = card, _Look(question(card), said, pairs)
        return self._last[1]

    def _rare_pairs(self, said: frozenset[str]) -> list[tuple[str, str]]:
        """The pairs of the rarest stems, of so many that a near duplicate must share two of them."""
        often = self._counts
        ordered = sorted([(often.get(s, 0), s) for s in said])[
            : len(said) - int(ALIKE * len(said) + 0.999) + 2
        ]
        return list(combinations([s for _, s in ordered], 2))

    def flaws(self, card: Card) -> list[Flaw]:
        """What is wrong with the card beside its neighbours; the card itself and cards of its own fact do not count."""
        return [*self._two_answers(card), *self._near(card)]

    def twins(self, card: Card) -> list[Card]:
        """Other cards with the same question and the same answer."""
        same = self._questions.get((card.deck, card.kind, self._look(card).question), ())
        return [other for other in same if not _itself(other, card) and answer(other) == answer(card)]

    def _two_answers(self, card: Card) -> list[Flaw]:
        for other in self._questions.get((card.deck, card.kind, self._look(card).question), ()):
            if not _itself(other, card) and answer(other) != answer(card):
                return [flaw("two-answers", other.id or other.ask)]
        return []

    def _near(self, card: Card) -> list[Flaw]:
        if twins := self.twins(card):
            return [flaw("near-duplicate", twins[0].id or twins[0].ask)]
        look = self._look(card)
        found = [under for pair in look.pairs if (under := self._pairs.get((card.deck, card.kind, *pair)))]
        if not found:
            return []
        said, size = look.said, len(look.said)
        for n in range(int(ALIKE * size), int(size / ALIKE) + 2):
            if ALIKE * max(n, size) > min(n, size):
                continue
            for under in found:
                for theirs, other in under.get(n, ()):
                    common = len(said & theirs)
                    alike = common >= ALIKE * (size + n - common)
                    if alike and not _itself(other, card) and other.fact != card.fact:
                        return [flaw("near-duplicate", other.id or other.ask)]
        return []


def _itself(one: Card, two: Card) -> bool:
    return one is two or (bool(one.id) and one.id == two.id)


def question(card: Card) -> str:
    """What is asked, as it is compared; of a cloze, the words around its gaps."""
    return plain_text(GAP.sub("…", card.ask) if isinstance(card, Cloze) else card.ask)


def answer(card: Card) -> str:
    """The right answer, as it is compared: the same items in another order are the same."""
    text = answer_text(card)
    return " ".join(sorted(stems(text))) or plain_text(text)


def content(card: Card) -> frozenset[str]:
    """The stems of question and answer."""
    return stems(filled(card.ask)) | stems(answer_text(card))
