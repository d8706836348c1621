"""Abbreviations: what one stands for, and how a name is abbreviated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dp100cards.first.generate.draft import Draft
from dp100cards.first.generate.english import plural, singular
from dp100cards.first.generate.expansions import is_otherwise
from dp100cards.first.generate.making import basic
from dp100cards.first.generate.world import World
from dp100cards.first.notes.facts import Abbreviation, Fact


def is_spelt(short: str, long: str) -> bool:
    """Do beginnings of the words, in their order, spell the abbreviation? Small words may be left out."""
    parts = [part.casefold() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", long)]

    def spells(letters: str, at: int) -> bool:
        if at == len(parts) or not letters:
            return not letters and all(part in _SMALL_WORDS for part in parts[at:])
        word = parts[at]
        if word in _SMALL_WORDS and spells(letters, at + 1):
            return True
        alike = next((n for n in range(len(letters)) if letters[n : n + 1] != word[n : n + 1]), len(letters))
        return any(spells(letters[n:], at + 1) for n in range(alike, 0, -1))

    return spells(short.casefold(), 0)


_SMALL_WORDS = frozenset("a an and as for in of the to".split())


_EXAM = re.compile(r"\b(?:certified|certification|associate|exam|examination)\b", re.IGNORECASE)
_OTHER_WRITING = re.compile(r"[^\W\d_\u0000-\u024f\u0370-\u03ff]")
"""A letter that is neither Latin nor Greek."""
_CAPITALS = re.compile(r"\b[A-Z]+\b")
KNOWN = frozenset(
    """AI ML IT PC OS UI FAQ URL USB TV PDF ID USA UK CPU GPU RAM HDD SSD GUI VM VMs SDK CLI API IoT JSON HTML AWS
    GCP""".split()
)
"""Abbreviations that nobody needs to be asked for."""


def spelled_out(fact: Fact, short: str, long: str, item: str = "") -> Draft:
    """What does it stand for? `item` is the column of a table that says so."""
    doubts = ("everybody knows what it stands for",) if short in KNOWN else ()
    if any(each in short for each in set(_CAPITALS.findall(long)) - KNOWN if len(each) > 1):
        doubts = (*doubts, "the answer is an abbreviation, too")
    if is_otherwise(short, long):
        doubts = (*doubts, "it usually stands for something else")
    if short.isascii() and _OTHER_WRITING.search(long):
        doubts = (*doubts, "the answer is in another language")
    if _EXAM.search(long):
        doubts = (*doubts, "an exam, and nothing of its subject")
    return basic(fact, "abbreviation.long", f"What does {short} stand for?", long, item=item, doubts=doubts)


def abbreviation(fact: Abbreviation, world: World) -> Iterator[Draft]:
    """What does it stand for? How is it abbreviated, where the first letters of its words do not say?"""
    short, long = fact.short, fact.long
    if re.fullmatch(r"[A-Za-z]*[A-Z]s", short) and plural(long):
        short, long = short[:-1], singular(long)
    yield spelled_out(fact, short, long)
    if is_spelt(short, long):
        return
    yield basic(
        fact, "abbreviation.short", f"What is the abbreviation of {world.naming.inside(long)}?", short
    )
