"""The way from notes to drafts: explicit questions and facts, templates, the quality gate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dp100cards.cards import Card, Source
from dp100cards.errors import Problem
from dp100cards.generate.coverage import Stated, verbatim
from dp100cards.generate.distractors import words_of
from dp100cards.generate.draft import EXPLICIT, Draft, Drafts, Statement
from dp100cards.generate.made import Made
from dp100cards.generate.quality import alike, answer_of, findings
from dp100cards.generate.route import slug
from dp100cards.generate.templates import cards_of, which_term
from dp100cards.notes.blocks import Note, read_note
from dp100cards.notes.fact import Fact
from dp100cards.notes.facts import read_facts
from dp100cards.notes.inline import plain
from dp100cards.notes.question import Found, Question
from dp100cards.notes.questions import ask_of_headings, explicit_questions


def draft_cards(notes: Mapping[str, str]) -> Drafts:
    """The cards that notes give: path below `notes/` -> text. Pure, and the same for the same notes."""
    drafts: list[Draft] = []
    statements: list[Statement] = []
    problems: list[Problem] = []
    unused: list[Problem] = []
    read: dict[str, Note] = {}
    for path, text in sorted(notes.items()):
        if {"node_modules", ".git", ".obsidian"} & set(path.split("/")):
            continue
        note = read[path] = read_note(path, text)
        found = explicit_questions(note)
        home = _home(note)
        made = [_asked(each, home) for each in found.questions]
        facts = read_facts(note, found)
        made += _from_facts(note, text, found, facts.facts, home)
        before = len(found.questions)
        ask_of_headings(found, {draft.headings for draft in made})
        more = found.questions[before:]
        made += [_asked(each, home) for each in more]
        drafts += sorted(made, key=lambda draft: draft.card.source.lines[0] if draft.card.source else 0)
        said = dict.fromkeys((lines, verbatim(text, lines, quote)) for lines, quote in facts.said)
        statements += [
            Statement(Source(path, lines, quote))
            for lines, quote in said
            if not any(each.lines[0] <= lines[0] <= each.lines[1] for each in more)
        ]
        problems += note.problems
        unused += found.unused
    if any(draft.cited for draft in drafts):
        stated = Stated(notes)
        drafts = [_placed(draft, read, stated) if draft.cited else draft for draft in drafts]
    for n in alike([draft.card for draft in drafts]):
        drafts[n] = replace(drafts[n], hints=(*drafts[n].hints, "alike"))
    return Drafts(tuple(drafts), tuple(statements), tuple(problems), tuple(unused))


def _asked(question: Question, home: tuple[str, str, str, str]) -> Draft:
    """The card of an explicit question."""
    card, headings, cited = question.card, question.section.headings, question.cited
    return Draft(card, EXPLICIT, "", headings, *home, cited=cited, hints=_hints(card))


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


def _hints(card: Card) -> tuple[str, ...]:
    """Of a question that a person wrote every finding is a hint, the worst last."""
    hard, soft = findings(card)
    return (*soft, *(code for code in hard if code != "unsourced"))  # its answer is its own source


def _from_facts(
    note: Note, text: str, found: Found, facts: list[Fact], home: tuple[str, str, str, str]
) -> list[Draft]:
    """The cards of facts that pass the gate, and that no explicit question of their section asks already."""
    asked: dict[int, list[set[str]]] = {}
    for question in found.questions:
        asked.setdefault(id(question.section), []).append(
            words_of(f"{question.card.ask} {answer_of(question.card)}")
        )
    made: list[Draft] = []
    seen: set[str] = set()
    asks = [(fact, each) for fact in facts for each in cards_of(fact)]
    told = {each.concept for _, each in asks if each.template == "terms.which"}
    asks += [(fact, each) for fact, each in which_term(facts) if each.concept not in told]
    for fact, each in asks:
        given = fact.section.given
        source = given.source(note.path, fact.lines, verbatim(text, fact.lines, fact.quote))
        card = _card(each, fact, source, given.skills or note.front.file_skills)
        hard, soft = findings(card)
        ask = " ".join(re.findall(r"\w+", card.ask.lower()))
        words = words_of(f"{card.ask} {answer_of(card)}")
        doubled = any(len(words & other) >= 0.8 * len(words) for other in asked.get(id(fact.section), ()))
        if hard or ask in seen or doubled:
            continue
        seen.add(ask)
        concept = each.concept or fact.about
        made.append(Draft(card, each.template, concept, fact.section.headings, *home, hints=tuple(soft)))
    return made


def _card(made: Made, fact: Fact, source: Source, skills: tuple[str, ...]) -> Card:
    shows = f"The notes said: {fact.shows}" if fact.shows else ""
    return made.kind(
        id="",
        deck="",
        ask=made.ask,
        explain=fact.linked,
        shows=shows,
        skills=skills,
        source=source,
        **made.fields,
    )


def _home(note: Note) -> tuple[str, str, str, str]:
    """The deck of a note: what its front matter says, or for a file with one question its folder; its one H1."""
    front = note.front
    if front.question and not front.deck and "/" in note.path:
        folder = note.path.rpartition("/")[0].rpartition("/")[2]
        return slug(folder) if re.search(r"[^\W_]", folder) else "questions", folder, front.area, ""
    tops = [plain(each.title) for each in note.sections if each.level == 1]
    return front.deck, front.title, front.area, tops[0] if len(tops) == 1 else ""
