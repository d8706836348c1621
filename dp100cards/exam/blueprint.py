"""The shape of an exam: minutes, questions, areas and their weights, kinds and their shares, sections, pass mark.

`blueprint_data` reads it from plain data, and writes it as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dp100cards.cards import KINDS, Card
from dp100cards.exam.sitting import ONCE

UNMARKED = frozenset({"basic"})
"""What only the learner can judge; no exam asks it."""

USUAL_KINDS = tuple(kind for kind in KINDS if kind not in ("basic", "cloze"))
"""What an exam asks that does not say: no cloze, for the real exams have none."""

NORMAL = "Normal questions"


@dataclass(frozen=True, slots=True)
class Area:
    """One skill area, with the least and the greatest weight of the outline, in percent."""

    id: str
    title: str
    weight: tuple[float, float]

    @property
    def middle(self) -> float:
        """The weight that a draw goes by."""
        return sum(self.weight) / 2


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that come together, after the normal ones: of these kinds, or with one of these tags.

    With `scenarios` they are case studies: so many scenarios, each with all of its questions, each a section of its
    own. `locks` says what cannot be come back to: a `question` once it is gone on from, as in a yes/no series; the
    whole `section` once it is left, as in a case study; or "" nothing.
    """

    title: str
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    locks: str = ""
    scenarios: int = 0

    def takes(self, card: Card) -> bool:
        """Does a question belong here?"""
        if card.scenario is not None:
            return self.scenarios > 0
        return card.kind in self.kinds or bool(set(card.tags) & set(self.tags))


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the blueprint comes from: the outline's title, its address, and the day from which it holds."""

    title: str = ""
    address: str = ""
    date: str = ""

    def __str__(self) -> str:
        place = f": {self.address}" if self.address else ""
        return f"{self.title}{f' ({self.date})' if self.date else ''}{place}"


@dataclass(frozen=True, slots=True)
class Blueprint:
    """An exam. `cut` is the share of points (0–1) at which the scaled score is `pass_mark` of 1000."""

    name: str
    title: str = ""
    status: str = ""
    """What there is to know about the exam's standing, in sentences."""
    source: Outline = Outline()
    minutes: int = 100
    questions: int = 50
    pass_mark: int = 700
    cut: float = 0.7
    areas: tuple[Area, ...] = ()
    kinds: tuple[str, ...] = USUAL_KINDS
    shares: tuple[tuple[str, float, float], ...] = ()
    """Of a kind the least and the greatest share of the questions, in percent; a draw keeps to it where it can."""

    sections: tuple[Section, ...] = ()

    @property
    def standing(self) -> list[str]:
        """The exam's status, and the outline that the blueprint follows, in sentences."""
        outline = f"Outline: {self.source}" if self.source.title else ""
        return [sentence for sentence in (self.status, outline) if sentence]

    def section(self, card: Card) -> Section | None:
        """The section that a question belongs to; None for a normal one."""
        return next((section for section in self.sections if section.takes(card)), None)

    def arranged(self, cards: Sequence[Card]) -> tuple[Card, ...]:
        """Questions in the order of the sections, the normal ones first, those of one scenario together.

        Within a section they stay as they were.
        """
        places = [None, *self.sections]
        scenarios = list(dict.fromkeys(scenario_of(card) for card in cards))
        return tuple(
            sorted(
                cards, key=lambda card: (places.index(self.section(card)), scenarios.index(scenario_of(card)))
            )
        )

    def headings(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """The heading of each question's section; case studies are numbered. All are "" if there are no sections."""
        found = [self.section(card) for card in cards]
        if not any(found):
            return ("",) * len(cards)
        scenarios = list(dict.fromkeys(scenario_of(card) for card in cards if card.scenario))
        return tuple(
            NORMAL if section is None
            else f"{section.title} {scenarios.index(scenario_of(card)) + 1}" if section.scenarios and card.scenario
            else section.title
            for card, section in zip(cards, found, strict=True)
        )  # fmt: skip

    def locks(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """What locks each question, as `sitting.begin` takes it."""
        found = (self.section(card) for card in cards)
        return tuple(
            "" if each is None or not each.locks else ONCE if each.locks == "question" else heading
            for each, heading in zip(found, self.headings(cards), strict=True)
        )

    def area_title(self, area: str) -> str:
        """An area's title; cards of no area of this exam are "Other"."""
        return next((each.title for each in self.areas if each.id == area), "Other")


def scenario_of(card: Card) -> tuple[str, str]:
    """What questions about one scenario share: its deck and its id; empty for other questions."""
    return (card.deck, card.scenario.id) if card.scenario else ("", "")
