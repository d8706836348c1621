"""`dp100 study` and `dp100 quiz`: which cards are asked, and what a session is handed and says at its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from math import inf
from random import Random
from typing import Any

import click

from dp100cards.cards import KINDS, MARKED_BY_PROGRAM, Code
from dp100cards.cli.context import AppContext, deck_names, kinds, pass_context, plain, tags, tell
from dp100cards.cli.figures import begun, closing_of
from dp100cards.decks.index import Entry, Index
from dp100cards.errors import UsageError
from dp100cards.scheduler.engine import luck
from dp100cards.session.study import FINISHED, Plan, SessionOptions, StudySession
from dp100cards.store.daily import streak, todays_queue
from dp100cards.ui.keys import Bindings
from dp100cards.ui.pages import score_sentence
from dp100cards.ui.study import Helpers, StudyScreen

Names = tuple[str, ...]
SPECIAL = {"leeches": "No card is a leech.", "flagged": "No card is flagged."}
"""Cards that are asked due or not: the option, and what is said if there are none."""


@click.command()
@deck_names
@click.option("--limit", type=click.IntRange(1), metavar="N", help="End after N ratings.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), metavar="M", help="End after M minutes.")
@click.option("--new", type=click.IntRange(0, 9999), metavar="N", help="At most N new cards today.")
@click.option("--ahead", type=click.IntRange(0), default=0, metavar="N", help="Also cards due within N days.")
@tags
@kinds
@click.option("--leeches", is_flag=True, help="Only cards that you often forget, due or not.")
@click.option("--flagged", is_flag=True, help="Only cards with a flag, due or not.")
@click.option("--type", "typing", is_flag=True, help="Type the answers, compare, and rate them yourself.")
@plain
@pass_context
def study(
    app: AppContext, /, decks: Names, tags: Names, kinds: Names, limit: int | None, **others: Any
) -> None:
    """Ask the cards that are due, and some new ones, from all decks or from those named.

    Space shows the answer, 1 to 4 rate it, u undoes, ? lists the keys. Each rating is saved at once.
    """
    wants, words = wanted(app.index, decks, tags, kinds), (*decks, *tags, *kinds)
    special = [name for name in SPECIAL if others.pop(name)]
    cards, nothing = None, "Nothing is due now."
    if special:
        cards, nothing = due_or_not(app, wants, special), SPECIAL[special[0]]
    elif words and not any(map(wants, app.index.each())):
        nothing = f"No card matches: {', '.join(words)}."
    limits, order = app.planned()
    limits = limits._replace(ahead=others.pop("ahead"))
    if (new := others.pop("new")) is not None:
        limits = limits._replace(new=new, new_in_backlog=True)
    others |= {"minutes": others["minutes"] or inf, "leech_lapses": app.settings.study.leech_lapses}
    options = SessionOptions(limits=limits, most=limit or inf, cards=cards, **others)
    plan = partial(todays_queue, app.store, app.index, wants=wants, new=order)
    ends_with_exam_item = order and cards is None and limit is None and not words
    run(app, options, plan, nothing, finale=(lambda: exam_item(app)) if ends_with_exam_item else str)


@click.command()
@deck_names
@click.option("-n", "--number", type=click.IntRange(1), default=10, show_default=True, help="Questions.")
@tags
@kinds
@click.option("--seed", type=int, help="Draw the same questions again: any number.")
@plain
@pass_context
def quiz(app: AppContext, decks: Names, tags: Names, kinds: Names, number: int, seed: int | None) -> None:
    """Answer a few questions that the program can mark; the score comes at the end. The schedule is unchanged."""
    app.require_cards()
    wants, rejected = wanted(app.index, decks, tags, kinds), app.store.rejected()

    def can_be_marked(entry: Entry) -> bool:
        card = app.index.card(entry.id) if entry.kind == "code" else None
        return entry.kind in MARKED_BY_PROGRAM or (isinstance(card, Code) and bool(card.wrong))

    entries = [e for e in app.index.each() if wants(e) and e.id not in rejected and can_be_marked(e)]
    if not entries:
        why = "a quiz needs options, an order, pairs or statements"
        raise UsageError(f"the program can mark none of these cards: {why}")
    rng, by_fact = Random(seed), dict[str, str]()
    for entry in rng.sample(entries, len(entries)):
        by_fact.setdefault(entry.fact, entry.id)
    cards = tuple(by_fact.values())[:number]
    options = SessionOptions(cards=cards, quiz=True, seed=str(rng.random()))
    run(app, options, partial(todays_queue, app.store, app.index))


def wanted(index: Index, decks: Names, tags: Names, kinds: Names) -> Callable[[Entry], bool]:
    """Which cards are in these decks, have these tags and are of these kinds.

    Raises UsageError for a deck or tag that no card has, naming those that there are.
    """
    names, chosen = [deck.name for deck in index.decks()] if decks else [], set[str]()
    for deck in decks:
        found = [deck] if deck in names else [name for name in names if name.startswith(deck)]
        if not found:
            raise UsageError(f"there is no deck {deck}; there are {', '.join(names)}")
        chosen.update(found)
    known = {tag for entry in index.each() for tag in entry.tags} if tags else set()
    for tag in tags:
        if tag not in known:
            raise UsageError(f"no card has the tag {tag}; there are {', '.join(sorted(known)) or 'none'}")
    return lambda entry: (
        (not decks or entry.deck in chosen) and entry.kind in (kinds or KINDS) and {*tags} <= {*entry.tags}
    )


def due_or_not(app: AppContext, wants: Callable[[Entry], bool], special: list[str]) -> Names:
    """The cards of these sorts (`SPECIAL`), the least known first."""
    now, recall, lapses = app.now(), app.store.engine.retrievability, app.settings.study.leech_lapses or 8
    states = app.store.states()
    flagged = {id_ for id_, state in states.items() if state.flag and "flagged" in special}
    leeches = {id_ for id_, state in states.items() if state.lapses >= lapses and "leeches" in special}
    found = (flagged | leeches) & {entry.id for entry in app.index.each() if wants(entry)}
    return tuple(sorted(found, key=lambda id_: (recall(states[id_], now), id_)))


def run(
    app: AppContext, options: SessionOptions, plan: Plan, nothing: str = "", finale: Callable[[], str] = str
) -> None:
    """Hold a session of study or a quiz, on the screen or in lines; `nothing` is said if there was nothing to ask."""
    bindings = Bindings(app.settings.keys, app.settings.line_of_key)
    app.require_cards()
    session = StudySession(app.store, app.index, app.now, plan, options)
    # The first rating of a day may add one to the streak, and no other does.
    days = cache(lambda begun: streak(app.store, session.day).days)
    helpers = Helpers(
        closing=lambda session: closing_of(app.statistics(), session, nothing),
        streak=lambda: days(bool(session.done)),
        begun=lambda: "" if options.quiz else begun(session, app.statistics),
        finale=finale,
    )
    with app.shown() as stage:
        screen = stage.run(StudyScreen(stage, session, bindings, helpers))
    if options.quiz:
        tell([score_sentence(session)])
    elif not stage.plain or session.phase != FINISHED:
        tell(screen.closing.lines)


def exam_item(app: AppContext) -> str:
    """A question of exam level from the area in which the learner is weakest, another each day; "" if there is none."""
    figures = app.statistics()
    known = (entry for entry in app.index.each() if entry.id in figures.entries)
    items = figures.exam.items(entry for entry in known if entry.kind in MARKED_BY_PROGRAM)
    for area in sorted(figures.readiness.areas, key=lambda area: area.expected):
        mine: list[str] = [entry.id for entry in items if figures.exam.area_of(entry) == area.id]
        if mine and area.questions:
            return min(mine, key=lambda id_: luck(id_, figures.today))
    return ""
