"""Notes to facts: all notes of a collection at once, so that an abbreviation means the same everywhere.

extract({"workspace.md": "## Datastore\\nAn abstraction over an Azure Storage account."}).facts
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from dp100cards.errors import Problem
from dp100cards.first.notes import names
from dp100cards.first.notes.any_case import AnyCase
from dp100cards.first.notes.blocks import Block, Bullets, Paragraph, Quote, Section, Table
from dp100cards.first.notes.context import Context
from dp100cards.first.notes.facts import Abbreviation, Fact, Own
from dp100cards.first.notes.front import Front, front_matter
from dp100cards.first.notes.gather import Unit
from dp100cards.first.notes.names import Glossary
from dp100cards.first.notes.outline import outline
from dp100cards.first.notes.spread import Spread, here
from dp100cards.first.notes.typos import Speller, Typo
from dp100cards.first.notes.walk import Walk


@dataclass(slots=True)
class Extraction:
    """What the notes gave."""

    facts: list[Fact] = field(default_factory=list)
    """In the order of the notes."""
    units: list[Unit] = field(default_factory=list)
    """Each sentence, list item or row, with the facts that came of it, or why none did."""
    typos: list[Typo] = field(default_factory=list)
    glossary: Glossary = field(default_factory=Glossary)
    fronts: dict[str, Front] = field(default_factory=dict)
    """The front matter of each note."""
    problems: list[Problem] = field(default_factory=list)


SHARED = 20_000
"""Letters of notes from which on they are shared out note by note."""
MANY_NOTES = 6
"""They are if none of them is longer than a sixth of all: else one process would wait for the other."""


def extract(notes: Mapping[str, str], spread: Spread = here) -> Extraction:
    """The facts of all notes, given as path below `notes/` and text; `spread` may share the work out."""
    result = Extraction()
    bodies: list[_Body] = []
    for path, raw in notes.items():
        text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        front, body, first_line, problems = front_matter(text, f"notes/{path}")
        result.fronts[path] = front
        result.problems += problems
        bodies.append(_Body(path, front, body, first_line))
    told: dict[object, int] = {}
    for walk in _read(bodies, spread):
        places = [_place_of(fact, result.facts, told) for fact in walk.facts]
        for unit in walk.units:
            unit.facts = [places[n] for n in unit.facts]
        result.units += walk.units
        result.typos += walk.typos
    pairs = [(f.short, f.long) for f in result.facts if isinstance(f, Abbreviation)]
    result.glossary = Glossary(pairs)
    return result


def _place_of(fact: Fact, facts: list[Fact], told: dict[object, int]) -> int:
    """Where a fact stands among all, entered if it is new.

    What is told a second time, in the same words under the same headings, is the same fact, and is asked once. A card
    that the learner wrote twice stays two: nobody else may say that it is one.
    """
    new = len(facts)
    place = new if isinstance(fact, Own) else told.setdefault(_words_of(fact), new)
    if place == new:
        facts.append(fact)
    return place


def _words_of(fact: Fact) -> tuple[object, ...]:
    """All of a fact but where it stands; of an abbreviation not even its heading, as it means the same in all of a
    note."""
    if isinstance(fact, Abbreviation):
        return Abbreviation, fact.short, fact.long, fact.source.note, fact.deck
    return type(fact), *(getattr(fact, name) for name in fact.__dataclass_fields__ if name != "source")


class _Part(NamedTuple):
    """A section, and what is known of the note around it."""

    section: Section
    context: Context
    speller: Speller


class _Walked(NamedTuple):
    """What one section gave; its units count its own facts."""

    facts: list[Fact]
    units: list[Unit]
    typos: list[Typo]


class _Body(NamedTuple):
    """A note without its front matter, and the line at which that begins."""

    path: str
    front: Front
    text: str
    first_line: int


def _read(bodies: Sequence[_Body], spread: Spread) -> Iterable[_Walked]:
    """What all sections give. Long notes are shared out by section, and many notes note by note, which is faster:
    their outlines are found side by side."""
    lengths = [len(body.text) for body in bodies]
    if sum(lengths) >= SHARED and max(lengths) * MANY_NOTES <= sum(lengths):
        by_note: Iterable[list[_Walked]] = spread(_read_wholly, bodies, 1)
        return chain.from_iterable(by_note)
    return spread(_walked, [part for body in bodies for part in _parts(body)])


def _read_wholly(bodies: Sequence[_Body]) -> list[list[_Walked]]:
    """What the sections of each note give."""
    return [_walked([*_parts(body)]) for body in bodies]


def _parts(note: _Body) -> Iterator[_Part]:
    """The sections of a note; none leans on what another one gave."""
    sections = outline(note.text, note.first_line)
    foreign = in_another_language(note.text)
    speller = Speller(note.text, english=not foreign)
    known = frozenset(known_names(sections))
    small = frozenset(_SMALL.findall(note.text))
    doubtful = foreign or is_about_an_app(sections)
    for section in sections:
        context = context_of(section, note.path, note.front, known)
        yield _Part(section, replace(context, doubtful=doubtful, small=small), speller)


def _walked(parts: Sequence[_Part]) -> list[_Walked]:
    """What each section gives."""
    walked: list[_Walked] = []
    for part in parts:
        walk = Walk(part.context.note, part.speller)
        walk.section(part.section, part.context)
        walked.append(_Walked(walk.facts, walk.units, walk.typos))
    return walked


_SMALL = re.compile(r"(?<![\w`./#-])[a-z]{3,}(?![\w`./-])")
_ENGLISH = frozenset("the of and to is for with that it are you can this from by your which".split())
_OTHERS = frozenset(
    "de que não uma para com os das dos em são el la los las una por con del le les des et une pour avec dans est"
    " der die und ist ein eine mit nicht il che di per sono como mais van het een op".split()
)


_OTHER_LETTERS = re.compile(r"[\u0400-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff60]")
"""Letters of other writings, Cyrillic to Chinese; Greek ones stand in formulas, too."""

_OTHER_LATIN = re.compile(r"[çğıöşüäßñãõáàâéèêíóôúåæøąćęłńśźżčďěňřšťůžÇĞİÖŞÜÄÑÃÕÁÀÂÉÈÊÍÓÔÚÅÆØŁŚŹŻČŘŠŽ]")
"""Letters that English words seldom have."""

_OF_AN_APP = AnyCase(
    r"\(`/[\w/:-]*`\)|^\W*(?:get|post|put|patch|delete) `?/"
    r"|^\W*(?:tech(?:nology|nical)? stack|installation|contributing|licen[cs]e|(?:project|folder) structure"
    r"|getting started|user stor(?:y|ies)|acceptance criteria|wireframes?|design system|ui components?|routes|pages"
    r"|deployment instructions|(?:required )?environment variables|run(?:ning)? (?:it )?locally)\W*$"
)


def is_about_an_app(sections: Sequence[Section]) -> bool:
    """Do three headings show that a program is specified or presented here, and no subject is told?"""
    return sum(bool(_OF_AN_APP.search(section.path[-1])) for section in sections if section.path) >= 3


def in_another_language(text: str) -> bool:
    """Is the note not in English? Its rules then read it wrongly, so that no card is made without the learner's yes."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if 10 * len(_OTHER_LETTERS.findall(text)) > len(text):
        return True
    letters = sum(map(str.isalpha, text))
    strange = len(_OTHER_LATIN.findall(text)) * 50 > letters
    english, other = sum(map(_ENGLISH.__contains__, words)), sum(map(_OTHERS.__contains__, words))
    return (other > 20 and other > 2 * english) or (strange and 2 * english < len(words) // 10)


def context_of(section: Section, note: str, front: Front, known: frozenset[str]) -> Context:
    """What a section says of the facts in it: what they are about, and among which others that stands."""
    concept, category, certain = "", "", False
    for depth in range(len(section.path) - 1, -1, -1):
        concept = names.from_heading(section.path[depth])
        if concept:
            own = depth == len(section.path) - 1
            only_title = depth == 0 and len(section.path) == 1
            below_title = depth == 0 and len(section.path) > 1  # too far up for a pronoun to mean it
            certain = (own or (names.is_generic(section.path[-1]) and not below_title)) and not only_title
            if names.asks_what_is(section.path[depth]):
                category = "What is"
            elif depth and names.is_category(section.path[depth - 1]):
                category = names.without_number(section.path[depth - 1])
            break
        if not names.is_generic(section.path[depth]):
            concept = names.object_of_heading(section.path[depth])
            break
    if section.path and len(section.path) == 1 and not certain and concept:
        # The title of a note is about as much as the whole note: too much for a pronoun to mean it.
        certain = len(concept.split()) <= 3 and names.from_heading(section.title) == concept
    return Context(
        note=note, heading=section.path, concept=concept, category=category, deck=front.deck, tags=front.tags,
        certain=certain, names=known,
    )  # fmt: skip


def known_names(sections: Iterable[Section]) -> Iterable[str]:
    """The keys of the concepts that a note has: its headings' and its lists' terms, its bold words, its rows."""
    for section in sections:
        for title in section.path[-1:]:
            name = names.from_heading(title) or names.object_of_heading(title)
            if name:
                yield names.key(name)
        yield from _named_in(section.blocks)


def _named_in(blocks: Iterable[Block]) -> Iterable[str]:
    from dp100cards.first.notes.terms import term_of

    for block in blocks:
        match block:
            case Bullets(items=items):
                for item in items:
                    term = term_of(item.text) if item.text else None
                    if term:
                        yield names.key(term.name)
                    yield from _named_in(item.blocks)
            case Paragraph(text=text):
                yield from (names.key(text.plain[a:b]) for a, b in text.bold if b - a < 60)
            case Table(rows=rows):
                yield from (names.key(row[0].plain) for row in rows if row)
            case Quote(blocks=inner):
                yield from _named_in(inner)
