"""`dp100 check`: mistakes in decks and notes, what the cards cover, and hints."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from dp100cards.cards import Card, plain_text
from dp100cards.clean import many, percent, say_json
from dp100cards.cli.build import verdicts
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.cli.context import tell as write
from dp100cards.cli.init import without_sample
from dp100cards.decks.blueprints import blueprint_of
from dp100cards.decks.build import Build, prepare, read_decks
from dp100cards.decks.write import SCHEMA_FILE
from dp100cards.errors import ContentError, Problem
from dp100cards.generate.quality import CHECKS
from dp100cards.generate.words import answer_text, uncovered
from dp100cards.ui.bindings import Bindings

SHOWN = 15
"""So many of each kind are listed, unless all are asked for."""
Data = dict[str, Any]


@click.command(short_help="Look for mistakes in decks and notes; show what the cards cover.")
@click.option("--json", "as_json", is_flag=True, help="Everything, for programs.")
@click.option("--all", "all_", is_flag=True, help="List every finding, however many there are.")
@click.option(
    "--stale", type=click.IntRange(0, 600), metavar="MONTHS", help="Sources not checked for so many months."
)
@pass_context
def check(app: AppContext, as_json: bool, all_: bool, stale: int | None) -> int:
    """Look for mistakes in decks and notes; show what the cards cover.

    Errors (a deck that cannot be read, a duplicate id, two right options …) come with file, line and column, all at
    once, and give exit status 1. The rest is hints, with exit status 0: statements of the notes that no card of the
    decks asks for, cards that could be better, cards that are there twice, how many cards each skill of the exam has,
    and which source was checked when.
    """
    errors, built, notes = list(app.index.problems()), None, app.collection.note_files()
    try:
        Bindings(app.settings.keys, app.collection.line_of_key)
    except ContentError as error:
        errors += error.problems
    try:
        texts = without_sample(app.collection.note_texts())
        built = prepare(app.collection, app.settings, texts, verdicts(app), lenient=True)
        errors += [*built.drafts.problems, *([built.lost] if built.lost else [])]
    except ContentError as error:
        errors += error.problems or [Problem("decks", 0, 0, error.message)]
    data = look(app, sorted(set(errors)), built, stale)
    if as_json:
        say_json(data)
    elif not (errors or notes or data["cards"]):
        build = app.command("build")
        write([f"there are no notes and no cards; write notes into {app.collection.notes}, then: {build}"])
    else:
        tell(data, None if all_ else SHOWN, stale)
    return 1 if errors else 0


def look(app: AppContext, errors: list[Problem], built: Build | None, stale: int | None) -> Data:
    """All that was found, as plain data."""
    cards = list(app.index.cards())
    stated = len(built.drafts.statements) if built else 0
    missing = uncovered(built.drafts.statements, cards) if built else []
    unused = built.drafts.unused if built else ()
    return {
        "errors": [_problem(error) for error in errors],
        "cards": len(cards),
        "decks": {deck.name: deck.size for deck in app.index.decks()},
        "up_to_date": bool(built and all(path.name == SCHEMA_FILE for path in built.files)),
        "statements": stated,
        "coverage": round(1 - len(missing) / stated, 4) if stated else None,
        "uncovered": [{"note": s.note, "line": s.lines[0], "text": s.quote} for s in missing],
        "unused": [_problem(each) for each in unused],
        "hints": [_hint(app, id_, code) for id_, code in built.merged.hints] if built else [],
        "duplicates": duplicates(cards),
        "unclaimed_ids": [each.id for each in built.merged.unclaimed] if built else [],
        "idle_scenarios": idle_scenarios(app),
        "skills": skills(app, cards),
        "sources": sources(cards, app.now().at, stale),
    }


def _problem(each: Problem) -> Data:
    return {"file": each.path, "line": each.line, "column": each.column, "message": each.message}


def _hint(app: AppContext, id_: str, code: str) -> Data:
    found = app.index.place(id_)
    file, line = (app.collection.shown(Path(found[0])), found[1]) if found else ("", 0)
    return {"card": id_, "code": code, "message": CHECKS[code].sentence, "file": file, "line": line}


def duplicates(cards: list[Card]) -> list[Data]:
    """Cards with the same question and the same answer, whichever decks they are in."""
    first: dict[tuple[str, str, str], Card] = {}
    found = []
    for card in cards:
        other = first.setdefault((card.kind, plain_text(card.ask), plain_text(answer_text(card))), card)
        if other is not card:
            found.append({"cards": [other.id, card.id], "ask": card.ask})
    return found


def idle_scenarios(app: AppContext) -> list[Data]:
    """The file, line and id of each scenario that no card belongs to."""
    found = []
    for name, reading in read_decks(app.collection)[1].items():
        shown = app.collection.shown(app.collection.deck_file(name))
        found += [
            {"file": shown, "line": reading.scenario_places[id_].line, "scenario": id_}
            for id_ in reading.idle_scenarios
        ]
    return found


def skills(app: AppContext, cards: list[Card]) -> list[Data]:
    """How many cards of each level serve each skill of the exam, and skills that the exam does not know."""
    with suppress(ContentError):
        exam = blueprint_of(app.index, app.collection)
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        titles = {id_: skill.title for id_, (skill, _) in exam.skills.items()}
        for card in cards:
            known = [skill.id for skill in exam.skills_of(card)]
            for id_ in known or card.skills:
                counts[id_]["exam" if card.level == "exam" else "recall"] += 1
        if any(counts.values()):
            ids = [*titles, *sorted(counts.keys() - titles.keys())]
            return [
                {
                    "skill": i,
                    "title": titles.get(i, "not in this exam"),
                    "recall": counts[i]["recall"],
                    "exam": counts[i]["exam"],
                }
                for i in ids
            ]
    return []


def sources(cards: list[Card], now: int, stale: int | None) -> list[Data]:
    """The public pages that cards were read in, the one first that was checked longest ago."""
    found: dict[tuple[str, str, str, str], int] = Counter(
        (s.checked, s.title, s.url.partition("#")[0], s.date)
        for s in (card.source for card in cards)
        if s and (s.title or s.url)
    )
    today = datetime.fromtimestamp(now / 1000, UTC)
    rows = []
    for (checked, title, url, date), count in sorted(found.items()):
        age = (today.year - int(checked[:4])) * 12 + today.month - int(checked[5:]) if checked else 10_000
        if stale is None or age > stale:
            rows.append({"title": title, "url": url, "date": date, "checked": checked, "cards": count})
    return rows


def tell(data: Data, most: int | None, stale: int | None) -> None:
    """What was found, for people."""

    def at(each: Data) -> str:
        place = ":".join(str(part) for part in (each["file"], each["line"], each.get("column")) if part)
        return f"{place}: " if place else ""

    errors = data["errors"]
    write(f"{at(error)}{error['message']}" for error in errors)
    if errors:
        write(["", f"{many(len(errors), 'error')}. The sound cards stay usable."])
    write([f"{many(data['cards'])} in {many(len(data['decks']), 'deck')}{'' if errors else ': no errors'}"])
    if not errors and not data["up_to_date"]:
        write(["the decks are not what the notes give now; dp100 build --dry-run shows what would change"])
    if stated := data["statements"]:
        asked = stated - len(data["uncovered"])
        write(
            [
                f"coverage {percent(data['coverage'])}:"
                f" cards ask for {asked} of {many(stated, 'statement')} in the notes"
            ]
        )
    section(
        "no card asks for", [f"notes/{u['note']}:{u['line']}: {u['text']}" for u in data["uncovered"]], most
    )
    section("makes no card", [f"{at(each)}{each['message']}" for each in data["unused"]], most)
    section("hints", [f"{at(h)}{h['card']}: {h['message']}" for h in data["hints"]], most)
    section(
        "the same card twice", [f"{' and '.join(d['cards'])}: {d['ask']}" for d in data["duplicates"]], most
    )
    section("ids in decks/ids.yaml that mean no card, or several", data["unclaimed_ids"], most)
    idle = [f"{each['file']}:{each['line']}: {each['scenario']}" for each in data["idle_scenarios"]]
    section("scenarios that no card belongs to", idle, most)
    rows = [
        f"{s['skill']:<12} {s['recall']:>3} recall {s['exam']:>3} exam  {s['title']}" for s in data["skills"]
    ]
    section("skills", rows, most)
    title = "sources" if stale is None else f"sources that were not checked for {many(stale, 'month')}"
    pages = [
        f"{s['checked'] or 'never':<8} {many(s['cards']):>9}  {s['title'] or s['url']}"
        for s in data["sources"]
    ]
    section(title, pages, most)


def section(title: str, lines: list[str], most: int | None) -> None:
    """One part of the report; nothing if there is nothing in it."""
    if lines:
        rest = [f"  … and {len(lines) - most} more: dp100 check --all"] if most and len(lines) > most else []
        shown = [f"  {row}" for line in lines[:most] for row in line.split("\n")]
        write(["", f"{title} ({len(lines)})", *shown, *rest])
