"""A card beside the other cards of its deck: the same question with two answers, nearly the same card twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations

from dp100cards.cards import GAP, Card, Cloze, filled, plain_text
from dp100cards.generate.flaws.flaw import Flaw, flaw
from dp100cards.generate.flaws.wording import answer_text
from dp100cards.generate.stems import stems

ALIKE = 0.9
"""From this share of common stems (of all stems of both) two cards are near duplicates."""

MEASURED = 5
"""Fewer stems than this say too little for likeness; such cards are only compared letter by letter."""


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
        self._pairs: dict[tuple[object, ...], list[tuple[frozenset[str], Card]]] = defaultdict(list)
        """By deck, kind, number of stems and two of its rarest stems."""
        for card in cards:
            self.add(card)

    def add(self, card: Card) -> None:
        """Put a card among the neighbours."""
        self._questions[(card.deck, card.kind, question(card))].append(card)
        said = content(card)
        if len(said) >= MEASURED:
            entry = said, card
            for pair in self._rare_pairs(said):
                self._pairs[(card.deck, card.kind, len(said), *pair)].append(entry)

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
        same = self._questions.get((card.deck, card.kind, question(card)), ())
        return [other for other in same if not _itself(other, card) and answer(other) == answer(card)]

    def _two_answers(self, card: Card) -> list[Flaw]:
        for other in self._questions.get((card.deck, card.kind, question(card)), ()):
            if not _itself(other, card) and answer(other) != answer(card):
                return [flaw("two-answers", other.id or other.ask)]
        return []

    def _near(self, card: Card) -> list[Flaw]:
        if twins := self.twins(card):
            return [flaw("near-duplicate", twins[0].id or twins[0].ask)]
        said = content(card)
        if len(said) < MEASURED:
            return []
        size = len(said)
        pairs = self._rare_pairs(said)
        for n in range(int(ALIKE * size), int(size / ALIKE) + 2):
            if ALIKE * max(n, size) > min(n, size):
                continue
            for pair in pairs:
                for theirs, other in self._pairs.get((card.deck, card.kind, n, *pair), ()):
                    common = len(said & theirs)
                    alike = common >= ALIKE * (size + n - common)
                    if alike and not _itself(other, card) and other.fact != card.fact:
                        return [flaw("near-duplicate", other.id or other.ask)]
        return []


def _itself(one: Card, two: Card) -> bool:
    return one is two or (bool(one.id) and one.id == two.id)


def question(card: Card) -> str:
    """What is asked, as it is compared; of a cloze, the words around its gaps."""
    return _plain(GAP.sub("…", card.ask) if isinstance(card, Cloze) else card.ask)


_plain = lru_cache(maxsize=64)(plain_text)
"""A card is asked after several times in a row."""


def answer(card: Card) -> str:
    """The right answer, as it is compared: the same items in another order are the same."""
    text = answer_text(card)
    return " ".join(sorted(stems(text))) or plain_text(text)


def content(card: Card) -> frozenset[str]:
    """The stems of question and answer."""
    return stems(filled(card.ask)) | stems(answer_text(card))
