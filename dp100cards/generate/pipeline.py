"""The way from notes to drafts: explicit questions and facts, templates, the quality gate; and to which deck each goes.

The note's front matter decides on the deck; else the collection's plan, by the concept that the card is about or the
headings that it stands under; else the deck is named after the note.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from unicodedata import combining, normalize

from dp100cards.cards import Card, Source
from dp100cards.clean import clean
from dp100cards.generate.draft import EXPLICIT, Draft, Drafts, words_of
from dp100cards.generate.quality import alike, findings
from dp100cards.generate.templates import cards_of, which_term
from dp100cards.generate.words import WORD, Stated, answer_text, stem, verbatim
from dp100cards.notes.blocks import Note, read_note
from dp100cards.notes.facts import read_facts
from dp100cards.notes.inline import plain
from dp100cards.notes.question import Question
from dp100cards.notes.questions import ask_of_headings, explicit_questions
from dp100cards.notes.terms import Fact


def draft_cards(notes: Mapping[str, str]) -> Drafts:
    """The cards that notes give: path below `notes/` -> text. Pure, and the same for the same notes."""
    made, read, seen = Drafts(), dict[str, Note](), set[str]()
    for path, text in sorted(notes.items()):
        if "node_modules" in path.split("/"):
            continue
        note = read[path] = read_note(path, text)
        found = explicit_questions(note)
        facts = read_facts(note, found)
        asked = list(found.questions)
        from_facts = list(_from_facts(note, text, asked, facts.facts, seen))
        ask_of_headings(found, {draft.headings for draft in from_facts})
        more = found.questions[len(asked) :]
        drafts = [*_asked(note, asked), *from_facts, *_asked(note, more)]
        made.drafts.extend(sorted(drafts, key=lambda one: one.card.source.lines[0] if one.card.source else 0))
        said = dict.fromkeys((lines, verbatim(text, lines, quote)) for lines, quote in facts.said)
        made.statements.extend(
            Source(path, lines, quote)
            for lines, quote in said
            if not any(each.lines[0] <= lines[0] <= each.lines[1] for each in more)
        )
        made.problems.extend(note.problems)
        made.unused.extend(found.unused)
    stated = Stated(notes)
    made.drafts[:] = [_placed(draft, read, stated) if draft.cited else draft for draft in made.drafts]
    for n in alike([draft.card for draft in made.drafts]):
        made.drafts[n] = replace(made.drafts[n], hints=(*made.drafts[n].hints, "alike"))
    return made


def _asked(note: Note, questions: Sequence[Question]) -> Iterator[Draft]:
    """The cards of explicit questions. A person wrote them: every finding is a hint, the worst last."""
    home = _home(note)
    for each in questions:
        hard, soft = findings(each.card)
        hints = (*soft, *(code for code in hard if code != "unsourced"))  # its answer is its own source
        yield Draft(each.card, EXPLICIT, "", each.section.headings, *home, cited=each.cited, hints=hints)


def _placed(draft: Draft, read: Mapping[str, Note], stated: Stated) -> Draft:
    """A question that quotes another note counts as written there: its lines, headings, deck, page and skills."""
    source = draft.card.source
    now = stated.find(source) if source and source.note in read else None
    if not source or not now or now.note != source.note:
        return replace(draft, hints=(*draft.hints, "unsourced"))
    note = read[now.note]
    section = [each for each in note.sections if each.line <= now.lines[0]][-1]
    skills = draft.card.skills or section.given.skills or note.front.file_skills
    card = replace(draft.card, source=section.given.source(note.path, now.lines, now.quote), skills=skills)
    mine = (draft.deck, draft.title, draft.area, draft.top)
    deck, title, area, top = mine if draft.deck else _home(note)
    return replace(draft, card=card, headings=section.headings, deck=deck, title=title, area=area, top=top)


def _from_facts(
    note: Note, text: str, questions: Sequence[Question], facts: list[Fact], seen: set[str]
) -> Iterator[Draft]:
    """The cards of facts that pass the gate, and that no question of their section, or no fact, asks already."""
    asked: dict[int, list[set[str]]] = defaultdict(list)
    for question in questions:
        asked[id(question.section)].append(_said_by(question.card))
    home = _home(note)
    asks = [(fact, draft) for fact in facts for draft in cards_of(fact)]
    asks += which_term(facts)
    for fact, draft in asks:
        card = _sourced(draft.card, note, text, fact)
        hard, soft = findings(card)
        ask, words = " ".join(re.findall(r"\w+", card.ask.lower())), _said_by(card)
        doubled = any(len(words & other) >= 0.8 * len(words) for other in asked[id(fact.section)])
        if hard or ask in seen or doubled:
            continue
        seen.add(ask)
        concept = draft.concept or fact.about
        yield Draft(card, draft.template, concept, fact.section.headings, *home, hints=tuple(soft))


def _said_by(card: Card) -> set[str]:
    return words_of(f"{card.ask} {answer_text(card)}")


def _sourced(card: Card, note: Note, text: str, fact: Fact) -> Card:
    given = fact.section.given
    source = given.source(note.path, fact.lines, verbatim(text, fact.lines, fact.quote))
    shows = f"The notes said: {fact.shows}" if fact.shows else ""
    skills = given.skills or note.front.file_skills
    return replace(card, explain=fact.linked, shows=shows, skills=skills, source=source)


def _home(note: Note) -> tuple[str, str, str, str]:
    """The deck of a note: what its front matter says, or for a file with one question its folder; its one H1."""
    front = note.front
    if front.question and not front.deck and "/" in note.path:
        folder = note.path.rpartition("/")[0].rpartition("/")[2]
        return slug(folder) if re.search(r"[^\W_]", folder) else "questions", folder, front.area, ""
    tops = [plain(each.title) for each in note.sections if each.level == 1]
    return front.deck, front.title, front.area, tops[0] if len(tops) == 1 else ""


# Decks

LONGEST_TITLE = 80  # A top heading that is longer is a sentence, no title


@dataclass(frozen=True, slots=True)
class PlannedDeck:
    """One deck of a plan: its name and title, its exam area, and the concepts that belong to it."""

    name: str
    title: str
    area: str = ""
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """How drafts are spread over decks."""

    decks: tuple[PlannedDeck, ...] = ()
    areas: Mapping[str, str] = field(default_factory=dict)  # the exam area of each skill
    guessed: bool = False
    """Is it only the usual plan, which the collection has not asked for? It counts if it fits half of the drafts."""

    @cached_property
    def _by_concept(self) -> dict[tuple[str, ...], str]:
        """Each planned concept's deck; of two decks that claim one the first has it."""
        return {_key(name): deck.name for deck in reversed(self.decks) for name in deck.concepts}

    def place(self, drafts: Sequence[Draft]) -> list[str]:
        planned = [self._planned(draft) for draft in drafts]
        if self.guessed and 2 * sum(map(bool, planned)) < len(planned):
            planned = [""] * len(planned)
        return [
            slug(draft.deck) if draft.deck else deck or slug(_stem(_note_of(draft)))
            for draft, deck in zip(drafts, planned, strict=True)
        ]

    def _planned(self, draft: Draft) -> str:
        """The deck that the plan gives a draft: by its concept, else by the innermost heading that it knows."""
        for name in (draft.concept, *reversed(draft.headings)):
            if found := self._by_concept.get(_key(name)):
                return found
        return ""

    def heads(self, drafts: Iterable[Draft], decks: Iterable[str]) -> dict[str, tuple[str, str]]:
        """The title and the area of each deck: the plan's, else what its notes say, else how they are named."""
        found = {deck.name: (deck.title, deck.area) for deck in self.decks}
        notes: dict[str, dict[str, str]] = {}
        for draft, name in zip(drafts, decks, strict=True):
            title, area = found.get(name, ("", ""))
            found[name] = (title or draft.title, area or (draft.area if draft.deck else ""))
            notes.setdefault(name, {})[_note_of(draft)] = draft.top
        return {
            name: (title or _title(name, notes.get(name, {})), area) for name, (title, area) in found.items()
        }

    def area_of(self, draft: Draft, deck_area: str) -> str:
        """A card's exam area: its skill's, else what its note says, else its deck's."""
        skilled = next((self.areas[skill] for skill in draft.card.skills if skill in self.areas), "")
        return skilled or draft.area or deck_area

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Deck names, the plan's first and in its order."""
        places = {deck.name: n for n, deck in enumerate(self.decks)}
        return sorted(names, key=lambda name: (places.get(name, len(places)), name))


_AROUND = re.compile(
    r"^(?:\W*\d[\d.]*[.):]?\s+)?(?:what(?:['’]s|\s+is|\s+are)\s+)?(?:an?\s+|the\s+)?(.*?)\s*[?:.]*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def _key(name: str) -> tuple[str, ...]:
    """A name as it is looked up: "2. What is a Workspace?" and "workspaces" are one."""
    found = _AROUND.match(name.strip())
    return tuple(map(stem, WORD.findall(found[1] if found else name)))


def _note_of(draft: Draft) -> str:
    return draft.card.source.note if draft.card.source else ""


def _title(name: str, notes: Mapping[str, str]) -> str:
    """The title of a deck with cards of these notes: the one note's top heading, else the note's name as written."""
    tops = [_shown(top) for top in notes.values()]
    if len(tops) == 1 and 0 < len(tops[0]) <= LONGEST_TITLE:
        return tops[0]
    named = next((each for each in map(_stem, notes) if slug(each) == name), "")
    written = _shown(re.sub(r"[-_]", " ", named).lstrip(".")) or name.replace("-", " ")
    return written[0].upper() + written[1:]


def _shown(text: str) -> str:
    """A text on one line, without what a terminal would obey, whichever way a file system spells an umlaut."""
    return " ".join(clean(normalize("NFC", text)).split())


def _stem(note: str) -> str:
    """The name of a note's file without its number and its suffix."""
    return re.sub(r"^\d+[-_ ]*|\.[^.]*$", "", note.rpartition("/")[2])


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """A name as a deck file and an id can carry it: a–z, 0–9, single hyphens; for other scripts a hash stands in."""
    text = normalize("NFKD", text).casefold()
    plain = "".join(c for c in text if not combining(c))
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if any(c.isalnum() and not c.isascii() for c in plain) or not (name or text.isascii()):
        return f"{name or 'note'}-{zlib.crc32(text.encode('utf-8', 'replace')):08x}"
    return name or "notes"
