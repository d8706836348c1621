"""`dp100 check`: mistakes in decks and notes, what the cards cover, and hints."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import click

from dp100cards.cards import Card, plain_text
from dp100cards.clean import many, percent, say_json
from dp100cards.cli.build import prepared
from dp100cards.cli.context import AppContext, as_json, pass_context, tell
from dp100cards.decks.blueprints import blueprint_of
from dp100cards.decks.build import read_decks
from dp100cards.decks.write import SCHEMA_FILE
from dp100cards.errors import ContentError, Problem
from dp100cards.generate.draft import Drafts
from dp100cards.generate.merge import Merged
from dp100cards.generate.quality import CHECKS
from dp100cards.generate.words import answer_text, uncovered
from dp100cards.ui.keys import Bindings

SHOWN = 15
"""How many of each kind are listed without --all."""


@click.command()
@as_json
@click.option("--all", "every", is_flag=True, help="List every finding, however many there are.")
@click.option(
    "--stale",
    type=click.IntRange(0, 600),
    metavar="MONTHS",
    help="Sources not checked for this many months.",
)
@pass_context
def check(app: AppContext, as_json: bool, every: bool, stale: int | None) -> int:
    """Look for mistakes in decks and notes; show what the cards cover.

    Errors (a deck that cannot be read, a duplicate id, two right options …) come with file, line and column, all at
    once, and give exit status 1. The rest is hints, with exit status 0: statements of the notes that no card of the
    decks asks for, cards that could be better, cards that are there twice, how many cards each skill of the exam has,
    and which source was checked when.
    """
    errors, drafts, merged, up_to_date = {*app.index.problems()}, Drafts(), Merged(), False
    try:
        Bindings(app.settings.keys, app.collection.line_of_key)
    except ContentError as error:
        errors |= {*error.problems}
    try:
        built = prepared(app, app.collection.note_texts(), lenient=True)
        drafts, merged = built.drafts, built.merged
        errors |= {*drafts.problems, *([built.lost] if built.lost else [])}
        up_to_date = all(path.name == SCHEMA_FILE for path in built.files)
    except ContentError as error:
        errors |= {*(error.problems or [Problem("decks", 0, 0, error.message)])}
    cards, stated = list(app.index.cards()), len(drafts.statements)
    missing = uncovered(drafts.statements, cards)
    data = {
        "errors": [_problem(error) for error in sorted(errors)],
        "cards": len(cards),
        "decks": {deck.name: deck.size for deck in app.index.decks()},
        "up_to_date": up_to_date,
        "statements": stated,
        "coverage": round(1 - len(missing) / stated, 4) if stated else None,
        "uncovered": [{"note": s.note, "line": s.lines[0], "text": s.quote} for s in missing],
        "unused": [_problem(each) for each in drafts.unused],
        "hints": [_hint(app, id_, code) for id_, code in merged.hints],
        "duplicates": duplicates(cards),
        "idle_scenarios": idle_scenarios(app),
        "skills": skills(app, cards),
        "sources": sources(cards, app.now().at, stale),
    }
    if as_json:
        say_json(data)
    elif errors or cards or app.collection.note_files():
        say_all(data, None if every else SHOWN, stale)
    else:
        tell([f"there are no notes and no cards; write notes into {app.collection.notes}, then: dp100 build"])
    return 1 if errors else 0


def _problem(each: Problem) -> dict[str, Any]:
    return {"file": each.path, "line": each.line, "column": each.column, "message": each.message}


def _hint(app: AppContext, id_: str, code: str) -> dict[str, Any]:
    path, line, _ = app.index.place(id_) or (app.collection.decks, 0, 0)
    message = CHECKS[code].sentence
    return {"card": id_, "code": code, "message": message, "file": app.collection.shown(path), "line": line}


def duplicates(cards: list[Card]) -> list[dict[str, Any]]:
    """Cards with the same question and the same answer, whichever decks they are in."""
    first: dict[tuple[str, str, str], Card] = {}
    found = []
    for card in cards:
        other = first.setdefault((card.kind, plain_text(card.ask), plain_text(answer_text(card))), card)
        if other is not card:
            found.append({"cards": [other.id, card.id], "ask": card.ask})
    return found


def idle_scenarios(app: AppContext) -> list[dict[str, Any]]:
    """The file, line and id of each scenario that no card belongs to."""
    return [
        {"file": reading.path, "line": place.line, "scenario": id_}
        for reading in read_decks(app.collection, lenient=True).values()
        for id_, place in reading.idle_scenarios.items()
    ]


def skills(app: AppContext, cards: list[Card]) -> list[dict[str, Any]]:
    """How many cards of each level serve each skill of the exam, and skills that the exam does not know."""
    with suppress(ContentError):
        exam = blueprint_of(app.index, app.collection)
        served = [([skill.id for skill in exam.skills_of(card)] or card.skills, card) for card in cards]
        counts = Counter((id_, card.level or "recall") for ids, card in served for id_ in ids)
        titles = {id_: skill.title for id_, (skill, _) in exam.skills.items()}
        every = [*titles, *sorted({id_ for id_, _ in counts} - titles.keys())] if counts else []
        levels = {id_: {level: counts[id_, level] for level in ("recall", "exam")} for id_ in every}
        return [{"skill": id_, "title": titles.get(id_, "not in this exam")} | levels[id_] for id_ in every]
    return []


def sources(cards: list[Card], now: int, stale: int | None) -> list[dict[str, Any]]:
    """The public pages that cards were read in, the one first that was checked longest ago."""
    found = [card.source for card in cards if card.source and (card.source.title or card.source.url)]
    pages = Counter((each.checked, each.title, each.url.partition("#")[0], each.date) for each in found)
    today, rows = datetime.fromtimestamp(now / 1000, UTC), []
    for (checked, title, url, date), count in sorted(pages.items()):
        age = (today.year - int(checked[:4])) * 12 + today.month - int(checked[5:]) if checked else 10_000
        if stale is None or age > stale:
            rows.append({"title": title, "url": url, "date": date, "checked": checked, "cards": count})
    return rows


def say_all(data: dict[str, Any], most: int | None, stale: int | None) -> None:
    """What was found, for people."""

    def at(each: dict[str, Any]) -> str:
        return "".join(f"{part}:" for part in (each["file"], each["line"], each.get("column")) if part)

    errors = data["errors"]
    tell(f"{at(error)} {error['message']}" for error in errors)
    if errors:
        tell(["", f"{many(len(errors), 'error')}. The sound cards stay usable."])
    tell([f"{many(data['cards'])} in {many(len(data['decks']), 'deck')}{'' if errors else ': no errors'}"])
    if not errors and not data["up_to_date"]:
        tell(["the decks are not what the notes give now; dp100 build --dry-run shows what would change"])
    if stated := data["statements"]:
        asked = f"cards ask for {stated - len(data['uncovered'])} of {many(stated, 'statement')} in the notes"
        tell([f"coverage {percent(data['coverage'])}: {asked}"])
    old = f" that were not checked for {many(stale or 0, 'month')}" * (stale is not None)
    twice = [f"{' and '.join(row['cards'])}: {row['ask']}" for row in data["duplicates"]]
    sections = {
        "no card asks for": [
            f"notes/{row['note']}:{row['line']}: {row['text']}" for row in data["uncovered"]
        ],
        "makes no card": [f"{at(row)} {row['message']}" for row in data["unused"]],
        "hints": [f"{at(row)} {row['card']}: {row['message']}" for row in data["hints"]],
        "the same card twice": twice,
        "scenarios that no card belongs to": [
            f"{at(row)} {row['scenario']}" for row in data["idle_scenarios"]
        ],
        "skills": [
            f"{row['skill']:<12} {row['recall']:>3} recall {row['exam']:>3} exam  {row['title']}"
            for row in data["skills"]
        ],
        f"sources{old}": [
            f"{row['checked'] or 'never':<8} {many(row['cards']):>9}  {row['title'] or row['url']}"
            for row in data["sources"]
        ],
    }
    for title, found in sections.items():
        rest = [f"  … and {len(found) - most} more: dp100 check --all"] if most and len(found) > most else []
        lines = [f"  {row}" for line in found[:most] for row in line.split("\n")]
        tell(["", f"{title} ({len(found)})", *lines, *rest] if found else [])
