"""A card beside the other cards of its deck: the same question with two answers, nearly the same card twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from dp100cards.cards import GAP, Card, Cloze, filled, plain_text
from dp100cards.first.generate.flaws.flaw import Flaw, flaw
from dp100cards.first.generate.flaws.wording import answer_text
from dp100cards.first.generate.stems import stems

ALIKE = 0.9
"""From this share of common stems (of all stems of both) two cards are near duplicates."""

MEASURED = 5
"""Fewer stems than this say too little for likeness; such cards are only compared letter by letter."""


EXACT = 8
"""Of two different sets of stems, one of at most so many and no larger one shares ALIKE of all with the other."""

SHARED = 3
"""So many of the first few of their stems two near duplicates share."""


_Stands = tuple[frozenset[str], Card]
"""A card with its stems."""


class _Look(NamedTuple):
    """What is compared of a card: its question, its stems, and under which of these its near duplicates stand."""

    question: str
    said: frozenset[str]
    under: list[Hashable]


class Neighbours:
    """The cards of a deck, found by their questions and by their stems.

    A near duplicate shares all but a tenth of its stems, so it shares three of the first few in any fixed order
    (prefix filtering, as in set-similarity joins): only cards under the same three are compared. The order is by
    rarity, as `counts` says how often a stem is met; it decides how fast this is and never what it finds.
    """

    def __init__(self, cards: Iterable[Card] = (), counts: Mapping[str, int] | None = None) -> None:
        cards = list(cards)
        self._counts = counts if counts is not None else Counter(s for card in cards for s in content(card))
        self._questions: dict[tuple[str, str, str], dict[str, list[Card]]] = {}
        """By deck, kind and question, and then by answer."""
        self._under: dict[Hashable, list[_Stands]] = {}
        """By three of its rarest stems; where they are few, by all of them."""
        self._last: tuple[Card, _Look] | None = None
        for card in cards:
            self.add(card)

    def add(self, card: Card) -> None:
        """Put a card among the neighbours."""
        look = self._look(card)
        answers = self._questions.setdefault((card.deck, card.kind, look.question), {})
        answers.setdefault(answer(card), []).append(card)
        if look.under:
            stands = (look.said, card)
            for key in look.under:
                self._under.setdefault(key, []).append(stands)

    def _look(self, card: Card) -> _Look:
        """What is compared of a card; a card is asked after several times in a row."""
        if self._last is None or self._last[0] is not card:
            said = content(card)
            self._last = card, _Look(question(card), said, self._keys(said))
        return self._last[1]

    def _keys(self, said: frozenset[str]) -> list[Hashable]:
        """Threes of the rarest stems, of so many that a near duplicate must share three of them."""
        if len(said) <= EXACT:
            return [said] if len(said) >= MEASURED else []
        often = self._counts
        ordered = sorted([(often.get(s, 0), s) for s in said])
        first = ordered[: len(said) - int(ALIKE * len(said) + 0.999) + SHARED]
        return list(combinations([s for _, s in first], SHARED))

    def flaws(self, card: Card) -> list[Flaw]:
        """What is wrong with the card beside its neighbours; the card itself and cards of its own fact do not count."""
        return [*self._two_answers(card), *self._near(card)]

    def twins(self, card: Card) -> list[Card]:
        """Other cards with the same question and the same answer."""
        answers = self._questions.get((card.deck, card.kind, self._look(card).question))
        if not answers:
            return []
        return [other for other in answers.get(answer(card), ()) if not _itself(other, card)]

    def _two_answers(self, card: Card) -> list[Flaw]:
        answers = self._questions.get((card.deck, card.kind, self._look(card).question))
        if not answers:
            return []
        own = answer(card)
        others = (other for theirs, cards in answers.items() if theirs != own for other in cards)
        other = next((other for other in others if not _itself(other, card)), None)
        return [flaw("two-answers", other.id or other.ask)] if other else []

    def _near(self, card: Card) -> list[Flaw]:
        if twins := self.twins(card):
            return [flaw("near-duplicate", twins[0].id or twins[0].ask)]
        look = self._look(card)
        said, size = look.said, len(look.said)
        for key in look.under:
            for theirs, other in self._under.get(key, ()):
                n = len(theirs)
                if ALIKE * n > size or ALIKE * size > n:
                    continue
                common = len(said & theirs)
                if (
                    common >= ALIKE * (size + n - common)
                    and other.deck == card.deck
                    and other.kind == card.kind
                    and not _itself(other, card)
                    and other.fact != card.fact
                ):
                    return [flaw("near-duplicate", other.id or other.ask)]
        return []


def _itself(one: Card, two: Card) -> bool:
    return one is two or (bool(one.id) and one.id == two.id)


def question(card: Card) -> str:
    """What is asked, as it is compared; of a cloze, the words around its gaps."""
    return plain_text(GAP.sub("…", card.ask) if isinstance(card, Cloze) else card.ask)


def answer(card: Card) -> str:
    """The right answer, as it is compared: the same items in another order are the same."""
    return _compared(answer_text(card))


@lru_cache(maxsize=4096)
def _compared(text: str) -> str:
    return " ".join(sorted(stems(text))) or plain_text(text)


def content(card: Card) -> frozenset[str]:
    """The stems of question and answer."""
    return stems(filled(card.ask)) | stems(answer_text(card))
