"""Facts of one kind in the order of the notes, deck by deck: who stands near whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from dp100cards.first.notes.facts import Fact

Kind = TypeVar("Kind", bound=Fact)


class Shelf(Generic[Kind]):
    """The facts of one kind, each deck's (or note's, where no deck is known) in a row of its own."""

    def __init__(self, facts: Iterable[Kind]) -> None:
        self._rows: dict[str, list[Kind]] = defaultdict(list)
        self._at: dict[int, int] = {}
        for fact in facts:
            row = self._rows[home(fact)]
            self._at[id(fact)] = len(row)
            row.append(fact)

    def near(self, fact: Kind, reach: int) -> list[Kind]:
        """Up to `reach` facts on each side of this one, the nearest first."""
        row, at = self._rows.get(home(fact), []), self._at.get(id(fact))
        if at is None:
            return []
        around = (n for n in range(max(0, at - reach), min(len(row), at + reach + 1)) if n != at)
        return [row[n] for n in sorted(around, key=lambda n: (abs(n - at), n))]

    def from_near(self, fact: Kind, others: Iterable[Kind]) -> list[Kind]:
        """The others of the same deck, however far off, the nearest first, each once."""
        at, deck = self._at[id(fact)], home(fact)
        unique = {self._at[id(other)]: other for other in others if other is not fact and home(other) == deck}
        return [unique[n] for n in sorted(unique, key=lambda n: (abs(n - at), n))]

    def __iter__(self) -> Iterator[Kind]:
        for row in self._rows.values():
            yield from row


def home(fact: Fact) -> str:
    """The deck that a fact belongs to, or its note."""
    return fact.deck or fact.source.note
