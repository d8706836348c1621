"""What a merge comes to, and how one card is brought together, field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace

from dp100cards.cards import Card, Deck
from dp100cards.first.generate.identity import answer_text
from dp100cards.first.generate.known import ACCEPTED, RETIRED, SUGGESTED, Known
from dp100cards.first.generate.stems import stems
from dp100cards.first.notes.facts import Fact


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both a person and the notes changed; the person's stays."""

    id: str
    field: str
    ours: object
    theirs: object


@dataclass(slots=True)
class Merged:
    """The outcome: the decks to write, what the generator knows now, and what happened to whom."""

    decks: list[Deck] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    new: list[Card] = field(default_factory=list)
    changed: list[tuple[Card, Card]] = field(default_factory=list)
    """Cards whose words changed, before and after."""
    relearn: list[str] = field(default_factory=list)
    """Cards whose answer changed: what was learned is no longer right."""
    kept: int = 0
    retired: list[Known] = field(default_factory=list)
    suggested: list[Known] = field(default_factory=list)
    """All that wait for the learner's yes."""
    stayed_away: int = 0
    """Drafts that are a rejected or deleted card again."""
    conflicts: list[Conflict] = field(default_factory=list)
    asked: list[tuple[Fact, str]] = field(default_factory=list)
    """Each fact with the id of each card, in a deck or suggested, that asks for it."""
    orphans: list[Card] = field(default_factory=list)
    """Cards that a person edited and whose fact is gone: they stay, as the person's own."""


FIELDS_OF_ITS_OWN = frozenset(["id", "deck", "area"])


def one_card(entry: Known, before: Known | None, ours: Card | None, result: Merged) -> tuple[Card, Known]:
    """One card, field by field; what happened to it is told in `result`."""
    theirs = entry.card
    if before is None or (ours is None and before.state in (SUGGESTED, ACCEPTED, RETIRED)):
        result.new.append(theirs)
        return theirs, entry
    if ours is None:
        ours = before.card
    base = before.card
    values: dict[str, object] = {}
    for each in fields(theirs):
        name = each.name
        old, mine, new = getattr(base, name, None), getattr(ours, name), getattr(theirs, name)
        if name in FIELDS_OF_ITS_OWN or mine == old or type(base) is not type(theirs):
            values[name] = new
        else:
            values[name] = mine
            if name != "source" and new not in (old, mine):
                result.conflicts.append(Conflict(theirs.id, name, mine, new))
    merged = replace(theirs, **values)  # type: ignore[arg-type]
    if _answer_changed(base, theirs) and answer_text(merged) != answer_text(ours):
        was = " – ".join(answer_text(base).replace("\n", "; ").split("\t"))
        entry = replace(entry, changed=was, card=telling(theirs, was))
        merged = replace(merged, shows=entry.card.shows) if ours.shows == base.shows else merged
        result.relearn.append(theirs.id)
    if replace(merged, source=ours.source, area=ours.area, deck=ours.deck) != ours:
        result.changed.append((ours, merged))
    else:
        result.kept += 1
    return merged, entry


BEFORE = "Your notes said before: "


def telling(card: Card, was: str) -> Card:
    """The card with what its answer was before the notes changed, beside what it is now."""
    return card if card.shows and not card.shows.startswith(BEFORE) else replace(card, shows=f"{BEFORE}{was}")


def _answer_changed(base: Card, theirs: Card) -> bool:
    """Is the answer another one now, and not the same in other words? Numbers and versions count to the digit."""
    old, new = answer_text(base), answer_text(theirs)
    if old == new:
        return False
    if re.findall(r"\d+(?:\.\d+)*", old) != re.findall(r"\d+(?:\.\d+)*", new):
        return True
    a, b = stems(old), stems(new)
    return len(a & b) < 0.5 * max(len(a), len(b), 1)
