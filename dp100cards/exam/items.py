"""What a learner's answers say about the questions: how often right, how long, which option was taken how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dp100cards.cards import Answer, Card, Choice, mark

ENOUGH = 3
"""Answers below which a question's figures tell nothing."""

OTHERWISE_RIGHT = 0.6
"""The share of right answers to all other questions from which on a wrong one may be the question's fault."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer to a card, as it stood then; `took` in milliseconds."""

    card: Card
    answer: Answer
    took: int


@dataclass(slots=True)
class Item:
    """The figures of one question."""

    card: Card
    asked: int = 0
    right: int = 0
    took: int = 0
    chosen: Counter[str] = field(default_factory=Counter)
    """How often each option of a choice card was taken, by its text."""

    @property
    def share(self) -> float:
        """How often it was answered rightly, 0–1."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def rival(self) -> str:
        """The wrong option that was taken more often than the right one, if there is such; else ""."""
        if not isinstance(self.card, Choice):
            return ""
        key = next((option.text for option in self.card.options if option.right), "")
        wrong = {option.text for option in self.card.options if not option.right}
        worst = max(((n, text) for text, n in self.chosen.items() if text in wrong), default=(0, ""))
        return worst[1] if worst[0] > self.chosen[key] else ""


def items(answers: Iterable[Given]) -> list[Item]:
    """The figures of each question that was answered, what was least often right first."""
    found: dict[str, Item] = {}
    for given in answers:
        if not given.answer:
            continue
        item = found.setdefault(given.card.id, Item(given.card))
        item.card = given.card
        item.asked += 1
        item.right += mark(given.card, given.answer).right
        item.took += given.took
        if isinstance(given.card, Choice):
            options = given.card.options
            item.chosen.update(
                options[n].text for n in given.answer if isinstance(n, int) and 0 <= n < len(options)
            )
    return sorted(found.values(), key=lambda item: (item.share, -item.asked, item.card.id))


def suspects(found: list[Item]) -> list[Item]:
    """Questions that look broken: a wrong option taken more often than the key, by one who is otherwise right."""
    asked, right = sum(item.asked for item in found), sum(item.right for item in found)
    result = []
    for item in found:
        others = asked - item.asked
        if (
            item.asked >= ENOUGH
            and item.rival
            and others
            and (right - item.right) / others >= OTHERWISE_RIGHT
        ):
            result.append(item)
    return result
