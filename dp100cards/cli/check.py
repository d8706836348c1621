"""`dp100 check`: mistakes in decks and notes, what the cards cover, and hints."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import click

from dp100cards.cards import Card, plain_text
from dp100cards.clean import many, percent
from dp100cards.cli.build import prepared
from dp100cards.cli.context import AppContext, pass_context, tell
from dp100cards.decks.blueprints import blueprint_of
from dp100cards.decks.write import SCHEMA_FILE
from dp100cards.errors import ContentError, Problem
from dp100cards.generate.draft import Drafts
from dp100cards.generate.merge import Merged
from dp100cards.generate.quality import CHECKS
from dp100cards.generate.words import answer_text, uncovered
from dp100cards.ui.keys import Bindings

SHOWN = 15  # how many of each kind are listed without --all


@click.command()
@click.option("--all", "every", is_flag=True, help="List every finding, however many there are.")
@click.option(
    "--stale", type=click.IntRange(0, 600), metavar="MONTHS", help="Sources not checked for so long."
)
@pass_context
def check(app: AppContext, every: bool, stale: int | None) -> int:
    """Look for mistakes in decks and notes; show what the cards cover.

    Errors (a deck that cannot be read, a duplicate id, two right options …) come with file, line and column, all at
    once, and give exit status 1. The rest is hints, with exit status 0: statements of the notes that no card of the
    decks asks for, cards that could be better, cards that are there twice, how many cards each skill of the exam has,
    and which source was checked when.
    """
    errors, drafts, merged, up_to_date = {*app.index.problems()}, Drafts(), Merged(), False
    try:
        Bindings(app.settings)
    except ContentError as error:
        errors |= {*error.problems}
    try:
        built = prepared(app, app.collection.note_texts(), lenient=True)
        drafts, merged = built.drafts, built.merged
        errors |= {*drafts.problems}
        up_to_date = all(path.name == SCHEMA_FILE for path in built.files)
    except ContentError as error:
        errors |= {*error.problems}
    cards, stated = list(app.index.cards()), len(drafts.statements)
    if not (errors or cards or app.collection.note_files()):
        tell([f"there are no notes and no cards; write notes into {app.collection.notes}, then: dp100 build"])
        return 0
    tell(map(str, sorted(errors)))
    if errors:
        tell(["", f"{many(len(errors), 'error')}. The sound cards stay usable."])
    tell([f"{many(len(cards))} in {many(len(app.index.decks()), 'deck')}{'' if errors else ': no errors'}"])
    if not (errors or up_to_date):
        tell(["the decks are not what the notes give now; dp100 build --dry-run shows what would change"])
    missing = uncovered(drafts.statements, cards)
    if stated:
        asked = stated - len(missing)
        share = percent(asked / stated)
        tell([f"coverage {share}: cards ask for {asked} of {many(stated, 'statement')} in the notes"])
    old = "" if stale is None else f" that were not checked for {many(stale, 'month')}"
    sections = {
        "no card asks for": [f"notes/{each.note}:{each.lines[0]}: {each.quote}" for each in missing],
        "makes no card": [str(each) for each in drafts.unused],
        "hints": list(hints(app, merged)),
        "the same card twice": twice(cards),
        "skills": skills(app, cards),
        f"sources{old}": sources(cards, app.now().local.date(), stale),
    }
    for title, found in sections.items():
        shown = found if every else found[:SHOWN]
        rest = [f"  … and {len(found) - SHOWN} more: dp100 check --all"] if len(found) > len(shown) else []
        lines = [f"  {row}" for line in shown for row in line.split("\n")]
        tell(["", f"{title} ({len(found)})", *lines, *rest] if found else [])
    return 1 if errors else 0


def hints(app: AppContext, merged: Merged) -> Iterator[str]:
    """How cards could be better, each with the line of its card."""
    for id_, code in merged.hints:
        path, line, _ = app.index.place(id_) or (app.collection.decks, 0, 0)
        yield str(Problem(app.collection.shown(path), line, 0, f"{id_}: {CHECKS[code].sentence}"))


def twice(cards: list[Card]) -> list[str]:
    """Cards with the same question and the same answer, whichever decks they are in."""
    alike = defaultdict[tuple[str, ...], list[Card]](list)
    for card in cards:
        alike[card.kind, plain_text(card.ask), plain_text(answer_text(card))].append(card)
    return [f"{' and '.join(card.id for card in same)}: {same[0].ask}" for same in alike.values() if same[1:]]


def skills(app: AppContext, cards: list[Card]) -> list[str]:
    """How many cards of each level serve each skill of the exam, and skills that the exam does not know."""
    with suppress(ContentError):
        exam = blueprint_of(app.index, app.collection)
        served = [([skill.id for skill in exam.skills_of(card)] or card.skills, card) for card in cards]
        counts = Counter((id_, card.level or "recall") for ids, card in served for id_ in ids)
        titles = {id_: skill.title for id_, (skill, _) in exam.skills.items()} if counts else {}
        titles |= {id_: "not in this exam" for id_, _ in sorted(counts) if id_ not in titles}
        return [
            f"{id_:<12} {counts[id_, 'recall']:>3} recall {counts[id_, 'exam']:>3} exam  {title}"
            for id_, title in titles.items()
        ]
    return []


def sources(cards: list[Card], today: date, stale: int | None) -> list[str]:
    """The public pages that cards were read in, the one first that was checked longest ago."""
    months = today.year * 12 + today.month - 1 - (stale or 0)
    before = "9999" if stale is None else f"{months // 12}-{months % 12 + 1:02}"
    found = [card.source for card in cards if card.source and (card.source.title or card.source.url)]
    pages = Counter((each.checked, each.title or each.url.partition("#")[0]) for each in found)
    return [
        f"{checked or 'never':<8} {many(count):>9}  {page}"
        for (checked, page), count in sorted(pages.items())
        if checked < before
    ]
