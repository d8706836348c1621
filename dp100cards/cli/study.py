"""`dp100 study`: today's session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import click

from dp100cards.cards import KINDS, MARKED_BY_PROGRAM
from dp100cards.cli.context import AppContext, complete, deck_names, pass_context, plain, tell
from dp100cards.errors import UsageError
from dp100cards.session.study import FINISHED

if TYPE_CHECKING:
    from dp100cards.decks.index import Entry, Index
    from dp100cards.scheduler.event import CardState
    from dp100cards.session.study import SessionOptions, StudySession
    from dp100cards.ui.bindings import Bindings
    from dp100cards.ui.pages import Closing


@click.command()
@deck_names
@click.option("--limit", type=click.IntRange(1), metavar="N", help="End after N ratings.")
@click.option(
    "--minutes",
    type=click.FloatRange(0, min_open=True),
    metavar="M",
    help="End after M minutes, with the card at hand.",
)
@click.option("--new", "new", type=click.IntRange(0), metavar="N", help="At most N new cards today.")
@click.option(
    "--ahead", type=click.IntRange(0), default=0, metavar="DAYS", help="Also cards due within DAYS days."
)
@click.option(
    "--deck",
    "more_decks",
    multiple=True,
    metavar="DECK",
    shell_complete=complete,
    help="Same as DECK (name or prefix).",
)
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", shell_complete=complete, help="Only cards with this tag."
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only cards of this kind.")
@click.option("--leeches", is_flag=True, help="Only cards that you often forget, due or not.")
@click.option("--flagged", is_flag=True, help="Only cards with a flag, due or not.")
@click.option("--failed-today", is_flag=True, help="Only cards rated again today, due or not.")
@click.option(
    "--type", "typing", is_flag=True, help="Type the answers; they are compared, and you rate them."
)
@plain
@pass_context
def study(
    app: AppContext, decks: tuple[str, ...], limit: int | None, minutes: float | None, new: int | None, ahead: int,
    more_decks: tuple[str, ...], tags: tuple[str, ...], kinds: tuple[str, ...], leeches: bool, flagged: bool,
    failed_today: bool, typing: bool,
) -> None:  # fmt: skip
    """Ask the cards that are due, and some new ones, from all decks or from those named.

    Space shows the answer, 1 to 4 rate it, u undoes, ? lists the keys. Each rating is saved at once.

    \b
    Examples:
      dp100 study                    today's cards
      dp100 study compute --new 20   one deck, with 20 new cards
      dp100 study --minutes 10       as much as fits into ten minutes
    """
    from dp100cards.cli.statistics import planned
    from dp100cards.session.study import SessionOptions
    from dp100cards.ui.bindings import Bindings

    bindings = Bindings(app.settings.keys, app.collection.line_of_key)
    wants = choose(app.index, (*decks, *more_decks), tags, kinds)
    cards, nothing = None, "Nothing is due now."
    if leeches or flagged or failed_today:
        known = {entry.id for entry in app.index.each() if wants(entry)}
        cards = special(app, known, leeches=leeches, flagged=flagged, failed_today=failed_today)
        nothing = f"No card is {'a leech' if leeches else 'flagged' if flagged else 'failed today'}."
    elif (decks or more_decks or tags or kinds) and not any(map(wants, app.index.each())):
        nothing = "No card matches: " + ", ".join((*decks, *more_decks, *tags, *kinds)) + "."
    limits, order = planned(app)
    limits = replace(
        limits, new=limits.new if new is None else new, ahead=ahead, new_in_backlog=new is not None
    )
    options = SessionOptions(
        wants=wants, limits=limits, order=order, most=limit, minutes=minutes,
        leech_lapses=app.settings.study.leech_lapses, typing=typing, cards=cards,
    )  # fmt: skip
    daily = (
        order is not None and cards is None and limit is None and not (decks or more_decks or tags or kinds)
    )
    run(app, options, bindings, nothing=nothing, daily=daily)


def run(
    app: AppContext, options: SessionOptions, bindings: Bindings, *, nothing: str = "",
    daily: bool = False,
) -> None:  # fmt: skip
    """Hold a session of study or a quiz, on the screen or in lines. A `daily` one has an exam ahead."""
    from dp100cards.cli.records import Recorder
    from dp100cards.cli.statistics import planned
    from dp100cards.session.study import StudySession
    from dp100cards.ui.study import Helpers, StudyScreen

    titles = {deck.name: deck.title for deck in app.index.decks()}
    app.require_cards()
    records = Recorder(app.store, app.index, lambda: planned(app)[0])
    session = StudySession(records, app.index, app.now, options)

    @lru_cache(maxsize=1)
    def closing(done: tuple[object, ...]) -> Closing:
        return replace(records.closing(session), exam=exam_lines(app, session) if done else ())

    helpers = Helpers(
        closing=lambda session: closing(session.done),
        streak=lambda: records.streak(session),
        history=records.history,
        titles=titles,
        begun=lambda: "" if options.quiz else records.begun(session),
        novice=not options.quiz and app.store.last_undoable() is None,
        nothing=nothing,
        finale=(lambda: exam_item(app)) if daily else lambda: "",
    )
    with app.shown() as stage:
        StudyScreen(stage, session, bindings, helpers).run()
    from dp100cards.ui.pages import closing_lines, score_sentence

    if options.quiz:
        tell([score_sentence(session)])
    elif not stage.plain or session.phase != FINISHED:
        tell(closing_lines(session, closing(session.done), nothing))


def exam_item(app: AppContext) -> str:
    """A question of exam level from the area in which the learner is weakest, another each day; "" if there is none."""
    from dp100cards.cli.statistics import statistics
    from dp100cards.scheduler.engine import luck

    figures = statistics(app)
    areas = sorted(figures.readiness.areas, key=lambda area: area.expected)
    known = (entry for entry in app.index.each() if entry.id in figures.entries)
    items = figures.exam.items(entry for entry in known if entry.kind in MARKED_BY_PROGRAM)
    for area in areas:
        mine: list[str] = [entry.id for entry in items if figures.exam.area_of(entry) == area.id]
        if mine and area.questions:
            return min(mine, key=lambda id_: luck(id_, figures.today))
    return ""


def exam_lines(app: AppContext, session: StudySession) -> list[str]:
    """What a session has changed for the exam, and what to do next."""
    from dp100cards.cli.statistics import chance, has_chance, next_step, statistics

    figures = statistics(app)
    if not has_chance(figures):
        return next_step(figures)[:1]
    now, then = chance(figures.readiness), chance(figures.readiness_before(session.before))
    changed = f"; before this session {then}" if then != now else ""
    return [f"Chance to pass: {now}{changed}.", *next_step(figures)[:1]]


def choose(
    index: Index, decks: tuple[str, ...], tags: tuple[str, ...], kinds: tuple[str, ...]
) -> Callable[[Entry], bool]:
    """Which cards are in these decks, have these tags and are of these kinds.

    Raises UsageError for a deck or tag that no card has, naming those that there are.
    """
    names = [deck.name for deck in index.decks()] if decks else []
    wanted: set[str] = set()
    for deck in decks:
        found = [name for name in names if name == deck] or [name for name in names if name.startswith(deck)]
        if not found:
            raise UsageError(f"there is no deck {deck}; there are {', '.join(names)}")
        wanted |= set(found)
    if tags:
        known = {tag for entry in index.each() for tag in entry.tags}
        for tag in tags:
            if tag not in known:
                raise UsageError(f"no card has the tag {tag}; there are {', '.join(sorted(known)) or 'none'}")
    return lambda entry: (
        (not wanted or entry.deck in wanted)
        and (not kinds or entry.kind in kinds)
        and all(tag in entry.tags for tag in tags)
    )


def special(
    app: AppContext, known: set[str], *, leeches: bool, flagged: bool, failed_today: bool
) -> tuple[str, ...]:
    """The cards that were asked for due or not, the least known first."""
    from dp100cards.scheduler.engine import AGAIN
    from dp100cards.scheduler.event import DAY, day_end

    now = app.now()
    states = app.store.states()
    found: dict[str, CardState] = {}
    limit = app.settings.study.leech_lapses or 8
    if leeches:
        found |= {id_: state for id_, state in states.items() if state.lapses >= limit}
    if flagged:
        found |= {id_: state for id_, state in states.items() if state.flag}
    if failed_today:
        since = day_end(now, app.store.engine.rollover) - DAY
        failed = {e.card for e in app.store.events(since=since) if e.kind == "review" and e.rating == AGAIN}
        found |= {id_: states[id_] for id_ in failed if id_ in states}
    asked = [state for id_, state in found.items() if id_ in known]
    engine = app.store.engine
    return tuple(state.card for state in sorted(asked, key=lambda s: (engine.retrievability(s, now), s.card)))
