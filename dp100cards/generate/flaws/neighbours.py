"""A card beside the other cards of its deck: the same question with two answers, nearly the same card twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dp100cards.cards import GAP, Card, Cloze, plain_text
from dp100cards.generate.flaws.flaw import Flaw, flaw
from dp100cards.generate.flaws.wording import answer_text
from dp100cards.generate.stems import stems

ALIKE = 0.9
"""From this share of common stems (of all stems of both) two cards are near duplicates."""

MEASURED = 5
"""Fewer stems than this say too little for likeness; such cards are only compared letter by letter."""


class Neighbours:
    """The cards of a deck, found by their questions and by their stems.

    A near duplicate shares all but a tenth of its stems, so it shares one of the first few in any fixed order
    (prefix filtering, as in set-similarity joins): only cards under those are compared. The order is by rarity, as
    `counts` says how often a stem is met; it decides how fast this is and never what it finds.
    """

    def __init__(self, cards: Iterable[Card] = (), counts: Mapping[str, int] | None = None) -> None:
        cards = list(cards)
        self._counts = counts if counts is not None else Counter(s for card in cards for s in content(card))
        self._questions: dict[tuple[str, str, str], list[Card]] = defaultdict(list)
        self._prefixes: dict[tuple[str, str, str, int], list[tuple[frozenset[str], Card]]] = defaultdict(list)
        for card in cards:
            self.add(card)

    def add(self, card: Card) -> None:
        """Put a card among the neighbours."""
        self._questions[(card.deck, card.kind, question(card))].append(card)
        said = content(card)
        if len(said) >= MEASURED:
            for prefix in self._prefix(said):
                self._prefixes[(card.deck, card.kind, prefix, len(said))].append((said, card))

    def _prefix(self, said: frozenset[str]) -> list[str]:
        """The rarest stems, so many that a near duplicate must share one of them."""
        ordered = sorted(said, key=lambda s: (self._counts.get(s, 0), s))
        return ordered[: len(said) - int(ALIKE * len(said) + 0.999) + 1]

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
        for n in range(int(ALIKE * size), int(size / ALIKE) + 2):
            if ALIKE * max(n, size) > min(n, size):
                continue
            least = (
                ALIKE * (size + n) / (1 + ALIKE) - 0.001
            )  # so many in common are that share of all of both
            for prefix in self._prefix(said):
                for theirs, other in self._prefixes.get((card.deck, card.kind, prefix, n), ()):
                    common = len(said & theirs)
                    if (
                        common >= least
                        and common >= ALIKE * (size + n - common)
                        and not _itself(other, card)
                        and other.fact != card.fact
                    ):
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
    return stems(GAP.sub(r"\1", card.ask)) | stems(answer_text(card))
