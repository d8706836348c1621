"""What `dp100 check` reports of notes and cards: coverage, flaws, duplicates, contradictions, stale facts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dp100cards.cards import Card, plain_text
from dp100cards.first.generate.flaws import Neighbours, flaws
from dp100cards.first.generate.flaws.flaw import Flaw
from dp100cards.first.generate.identity import answer_text
from dp100cards.first.generate.stems import stem, stems
from dp100cards.first.generate.world import World
from dp100cards.first.notes.extract import Extraction
from dp100cards.first.notes.facts import Enumeration, Fact, Statement
from dp100cards.first.notes.gather import Unit
from dp100cards.first.notes.names import key


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a note and its words."""

    note: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A statement of a note that no card asks for, and why."""

    place: Place
    why: str


@dataclass(slots=True)
class Report:
    """All that was found."""

    statements: int = 0
    """Sentences, list items and rows that state something."""
    uncovered: list[Uncovered] = field(default_factory=list)
    flaws: list[tuple[Card, Flaw]] = field(default_factory=list)
    duplicates: list[tuple[Card, Card]] = field(default_factory=list)
    """Pairs of cards, in one deck or two, with the same question and the same answer."""
    contradictions: list[tuple[Place, Place]] = field(default_factory=list)
    stale: list[tuple[Place, str]] = field(default_factory=list)
    """Statements that are no longer so, and what is so today."""

    @property
    def coverage(self) -> float:
        """The share of statements that a card asks for, 0–1; 1 for notes that state nothing."""
        return 1 - len(self.uncovered) / self.statements if self.statements else 1.0


def report(extraction: Extraction, asked: Mapping[int, Sequence[str]], cards: Iterable[Card]) -> Report:
    """Report on notes and cards.

    `asked` holds, for the place of each fact in the extraction, the ids of the active and suggested cards that ask for
    it.
    """
    cards = list(cards)
    result = Report(statements=sum(not unit.skipped for unit in extraction.units))
    result.uncovered = [
        Uncovered(_place(unit), _why(unit, extraction))
        for unit in extraction.units
        if not unit.skipped and not any(asked.get(n) for n in unit.facts)
    ]
    decks: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        decks[card.deck].append(card)
    world = World(extraction.facts)
    for deck in decks.values():
        beside = Neighbours(deck)
        result.flaws += [(card, each) for card in deck for each in flaws(card, beside, world=world)]
    result.duplicates = duplicates(cards)
    result.contradictions = contradictions(extraction)
    result.stale = [
        (
            Place(fact.source.note, fact.source.lines[0], fact.source.quote),
            f"{fact.change.date}: {fact.change.text}",
        )
        for fact in extraction.facts
        if fact.change is not None
    ]
    return result


def _place(unit: Unit) -> Place:
    return Place(unit.note, unit.lines[0], unit.text)


def _why(unit: Unit, extraction: Extraction) -> str:
    """Why a statement has no card."""
    if not unit.facts:
        return "no rule knows what to ask of it"
    kinds = sorted({extraction.facts[n].kind for n in unit.facts})
    return f"no good question could be made of this {kinds[0]}"


def duplicates(cards: Iterable[Card]) -> list[tuple[Card, Card]]:
    """Cards with the same question and the same answer, whichever decks they are in."""
    first: dict[tuple[str, str, str], Card] = {}
    found: list[tuple[Card, Card]] = []
    for card in cards:
        key = (card.kind, plain_text(card.ask), plain_text(answer_text(card)))
        if key in first:
            found.append((first[key], card))
        else:
            first[key] = card
    return found


_EXCLUSIVE = re.compile(
    r"\bonly\s+(?:be\s+)?(?:supported|available|possible|deployed|offered|used|hosted|run)\s+(?:as|on|in|with|by|for|via)\s+"
    r"(?:an?\s+|the\s+)?(?P<one>[\w .#+-]{2,60})|\b(?:supported|available|possible|deployed|offered|hosted)\s+only\s+"
    r"(?:as|on|in|with|by|via)\s+(?:an?\s+|the\s+)?(?P<two>[\w .#+-]{2,60})",
    re.IGNORECASE,
)
_CHOOSING = frozenset(map(stem, "target environment choice option support platform deploy host".split()))


def contradictions(extraction: Extraction) -> list[tuple[Place, Place]]:
    """Statements of the notes that cannot both be so.

    Two shapes are known: "only supported as X" beside a list of choices without X, where both are about the same thing;
    and two sentences that differ in nothing but a number.
    """
    return [*_exclusive(extraction), *_numbers(extraction.facts)]


def _exclusive(extraction: Extraction) -> list[tuple[Place, Place]]:
    found: list[tuple[Place, Place]] = []
    lists = [fact for fact in extraction.facts if isinstance(fact, Enumeration) and _chooses(fact)]
    said: dict[tuple[str, tuple[int, int]], str] = defaultdict(str)
    for unit in extraction.units:
        said[unit.note, unit.lines] += " " + unit.text
    for unit in extraction.units:
        claim = _EXCLUSIVE.search(unit.text)
        if not claim:
            continue
        thing = re.split(r"\s+(?:so|and|but|because|as|which)\s", claim["one"] or claim["two"])[0]
        concepts = {key(extraction.facts[n].concept) for n in unit.facts} - {""}
        deployed = _tells_where(said[unit.note, unit.lines])
        for fact in lists:
            related = key(fact.concept) in concepts or (
                deployed and _tells_where(f"{fact.lead} {fact.concept}")
            )
            if related and not any(stems(thing) <= stems(item) for item in fact.items):
                listed = Place(fact.source.note, fact.source.lines[0], fact.source.quote)
                found.append((_place(unit), listed))
    return found


def _tells_where(text: str) -> bool:
    """Is it about where something is deployed or runs?"""
    return any(word.startswith(("deplo", "host", "target")) for word in stems(text))


def _chooses(fact: Enumeration) -> bool:
    return bool(_CHOOSING & stems(f"{fact.lead} {fact.what}"))


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _numbers(facts: Iterable[Fact]) -> list[tuple[Place, Place]]:
    shelf: dict[str, Statement] = {}
    found: list[tuple[Place, Place]] = []
    for fact in facts:
        if not isinstance(fact, Statement) or not _NUMBER.search(fact.sentence) or fact.change is not None:
            continue
        masked = _NUMBER.sub("#", plain_text(fact.sentence))
        other = shelf.setdefault(masked, fact)
        if other is not fact and _NUMBER.findall(other.sentence) != _NUMBER.findall(fact.sentence):
            one, two = (Place(f.source.note, f.source.lines[0], f.source.quote) for f in (other, fact))
            found.append((one, two))
    return found
