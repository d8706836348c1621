"""`dp100 check`: mistakes in decks and notes, what the cards cover, and their flaws."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from dp100cards import files
from dp100cards.clean import say_json
from dp100cards.cli.told import tell as write
from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.decks.build import Build, prepare
from dp100cards.decks.write import SCHEMA_FILE
from dp100cards.errors import ContentError, Problem
from dp100cards.first.generate.report import Place, Report, report
from dp100cards.ui.amounts import many

SHOWN = 15
"""So many of each kind are listed, unless all are asked for."""


@click.command(short_help="Look for mistakes in decks and notes; show what the cards cover.")
@click.option("--json", "as_json", is_flag=True, help="Everything, for programs.")
@click.option("--all", "all_", is_flag=True, help="List every finding, however many there are.")
@pass_workplace
def check(work: Workplace, as_json: bool, all_: bool) -> int:
    """Look for mistakes in decks and notes; show what the cards cover.

    Errors (a deck that cannot be read, a duplicate id, two right options …) come with file, line and column, all at
    once, and give exit status 1. The rest is advice: statements of the notes that no card asks for, flaws of cards,
    duplicates, statements that contradict each other, typing errors, and what is no longer so.
    """
    errors = find_errors(work)
    found, built = Report(), None
    try:
        found, built = look(work, lenient=bool(errors))
    except ContentError as error:
        errors = sorted({*errors, *(error.problems or [Problem("notes", 0, 0, error.message)])})
    if as_json:
        say_json(as_data(work, errors, found, built))
    else:
        tell(work, errors, found, built, None if all_ else SHOWN)
    return 1 if errors else 0


def find_errors(work: Workplace) -> list[Problem]:
    """Every mistake in the settings, the decks and the notes' front matter."""
    from dp100cards.ui.bindings import Bindings

    errors = list(work.index.problems())
    for read in (
        lambda: Bindings(work.settings.keys, work.collection.line_of_key),
        work.collection.note_texts,
    ):
        try:
            read()
        except ContentError as error:
            errors += error.problems
    return sorted(set(errors))


def look(work: Workplace, *, lenient: bool) -> tuple[Report, Build]:
    """The report on notes and cards; with `lenient` on what can be read of them."""
    built = prepare(work.collection, work.settings, work.collection.note_texts(), lenient=lenient)
    places = {id(fact): n for n, fact in enumerate(built.extraction.facts)}
    asked: dict[int, list[str]] = {}
    for fact, id_ in built.merged.asked:
        asked.setdefault(places[id(fact)], []).append(id_)
    found = report(built.extraction, asked, work.index.cards())
    own = {each.id for each in built.merged.known if each.rule.startswith("own")}
    found.flaws = [
        (card, replace(each, hard=each.hard and card.id not in own)) for card, each in found.flaws
    ]  # what the learner wrote as a card is a card: the rules only advise
    return found, built


def tell(
    work: Workplace, errors: list[Problem], found: Report, built: Build | None, most: int | None
) -> None:
    """The report, for people."""
    write(map(str, errors))
    if errors:
        write(["", f"{many(len(errors), 'error')}. The sound cards stay usable."])
    if built is None:
        return
    cards, decks = sum(deck.size for deck in work.index.decks()), many(len(work.index.decks()), "deck")
    told = [f"{many(cards, 'card')} in {decks}{'' if errors else ': no errors'}"]
    if not errors and any(path.name != SCHEMA_FILE for path in built.files):
        told.append(
            "the decks are not what the notes give now; dp100 build --dry-run shows what would change"
        )
    stated, asked = many(found.statements, "statement"), found.statements - len(found.uncovered)
    write([*told, f"coverage {found.coverage:.0%}: cards ask for {asked} of {stated} in the notes"])
    section(
        "no card asks for",
        [f"{where(each.place)}: {each.place.text}   ({each.why})" for each in found.uncovered],
        most,
    )
    hard = [
        f"{at_card(work, card.id)}: {card.id}: {each.code}: {each}" for card, each in found.flaws if each.hard
    ]
    soft = [
        f"{at_card(work, card.id)}: {card.id}: {each.code}: {each}"
        for card, each in found.flaws
        if not each.hard
    ]
    section("hard flaws", hard, most)
    section("soft flaws", soft, most)
    section(
        "the same card twice", [f"{one.id} and {two.id}: {one.ask}" for one, two in found.duplicates], most
    )
    section(
        "contradictions",
        [f"{where(a)}: {a.text}\n    {where(b)}: {b.text}" for a, b in found.contradictions],
        most,
    )
    idle = [f"{file}:{line}: {id_}" for file, line, id_ in idle_scenarios(work)]
    section("scenarios that no card belongs to", idle, most)
    typos = [f"notes/{t.note}:{t.line}: {t.wrong} (read as {t.right})" for t in built.extraction.typos]
    section("typing errors", typos, most)
    stale = sorted({f"{where(place)}: {place.text}\n    today {today}" for place, today in found.stale})
    section("no longer so", stale, most)


def idle_scenarios(work: Workplace) -> list[tuple[str, int, str]]:
    """The file, line and id of each scenario that stands in a deck and that no card belongs to."""
    from dp100cards.decks.read import read_deck

    found = []
    for path in work.collection.deck_files():
        with suppress(OSError):  # that it cannot be read is told among the errors
            source, shown = files.read_bytes(path), work.collection.shown(path)
            if b"scenarios" in source:
                reading = read_deck(source, shown, path.stem)
                found += [(shown, reading.scenario_places[id_].line, id_) for id_ in reading.idle_scenarios]
    return found


def section(title: str, lines: list[str], most: int | None) -> None:
    """One part of the report; nothing if there is nothing in it."""
    if not lines:
        return
    rest = [f"  … and {len(lines) - most} more: dp100 check --all"] if most and len(lines) > most else []
    shown = [f"  {row}" for line in lines[:most] for row in line.split("\n")]
    write(["", f"{title} ({len(lines)})", *shown, *rest])


def where(place: Place) -> str:
    """A line of a note, as messages name it."""
    return f"notes/{place.note}:{place.line}"


def at_card(work: Workplace, id_: str) -> str:
    """The file and line of a card."""
    found = work.index.place(id_)
    return f"{work.collection.shown(Path(found[0]))}:{found[1]}" if found else id_


def as_data(work: Workplace, errors: list[Problem], found: Report, built: Build | None) -> dict[str, Any]:
    """The report, for programs."""

    def place(one: Place) -> dict[str, Any]:
        return {"note": one.note, "line": one.line, "text": one.text}

    def flaw(card: Any, each: Any) -> dict[str, Any]:
        at = work.index.place(card.id)
        file, line = (work.collection.shown(Path(at[0])), at[1]) if at else ("", 0)
        return {
            "code": each.code,
            "hard": each.hard,
            "card": card.id,
            "file": file,
            "line": line,
            "message": str(each),
        }

    typos = built.extraction.typos if built else []
    return {
        "errors": [
            {"file": e.path, "line": e.line, "column": e.column, "message": e.message} for e in errors
        ],
        "cards": sum(deck.size for deck in work.index.decks()),
        "decks": {deck.name: deck.size for deck in work.index.decks()},
        "suggested": len(built.merged.suggested) if built else 0,
        "coverage": round(found.coverage, 4) if built else None,
        "statements": found.statements,
        "uncovered": [{**place(each.place), "why": each.why} for each in found.uncovered],
        "flaws": [flaw(card, each) for card, each in found.flaws],
        "duplicates": [[one.id, two.id] for one, two in found.duplicates],
        "contradictions": [[place(one), place(two)] for one, two in found.contradictions],
        "typos": [{"note": t.note, "line": t.line, "wrong": t.wrong, "right": t.right} for t in typos],
        "idle_scenarios": [
            {"file": file, "line": line, "scenario": id_} for file, line, id_ in idle_scenarios(work)
        ],
        "stale": [{**place(one), "today": today} for one, today in found.stale],
    }
