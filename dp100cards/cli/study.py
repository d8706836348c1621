"""`dp100 study` and `dp100 quiz`: which cards are asked, and what a session is handed and says at its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf
from random import Random
from typing import Any

import click

from dp100cards.cli.context import AppContext, complete, kinds, pass_context, plain, tags, tell
from dp100cards.cli.figures import begun, closing_of
from dp100cards.decks.index import Entry
from dp100cards.errors import UsageError
from dp100cards.scheduler.engine import luck
from dp100cards.session import answering
from dp100cards.session.study import FINISHED, SessionOptions, StudySession
from dp100cards.store.daily import streak, todays_queue
from dp100cards.ui.keys import Bindings
from dp100cards.ui.pages import Closing, score_sentence
from dp100cards.ui.study import Helpers, StudyScreen

Names = tuple[str, ...]
words_of = click.argument("words", nargs=-1, metavar="[DECK | FILTER]…", shell_complete=complete)


@click.command()
@words_of
@click.option("--limit", type=click.IntRange(1), metavar="N", help="End after N ratings.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), metavar="M", help="End after M minutes.")
@click.option("--new", type=click.IntRange(0, 9999), metavar="N", help="At most N new cards today.")
@click.option("--ahead", type=click.IntRange(0), default=0, metavar="N", help="Also cards due within N days.")
@tags
@kinds
@click.option("--type", "typing", is_flag=True, help="Type the answers, compare, and rate them yourself.")
@plain
@pass_context
def study(app: AppContext, /, words: Names, tags: Names, kinds: Names, **given: Any) -> None:
    """Ask the cards that are due, and some new ones, from all decks or from those named.

    Words of a filter narrow them as in `dp100 cards`: level:exam, skill:3.17. With is:leech, is:flagged or is:failed
    (what you did not know today), cards are asked due or not. Space shows the answer, 1 to 4 rate it, u undoes, ?
    lists the keys. Each rating is saved at once.
    """
    query, ids = wanted(app, words, tags, kinds)
    cards, nothing = None, "Nothing is due now." if ids != set() else f"No card matches: {query}."
    if ids and any(word.startswith("is:") for word in query.split()):  # the least known first
        recall, now = app.store.engine.retrievability, app.now()
        cards = tuple(sorted(ids, key=lambda id_: (recall(app.store.state(id_), now), id_)))
    today = app.today()
    # With an exam ahead, new cards come as it wants them, and the day ends with a question of it.
    order = None if today.days_left is None else lambda: app.statistics().new_cards()
    limits = today.limits._replace(ahead=given["ahead"])
    if given["new"] is not None:
        limits = limits._replace(new=given["new"], new_in_backlog=True)
    options = SessionOptions(
        limits=limits,
        most=given["limit"] or inf,
        minutes=given["minutes"] or inf,
        leech_lapses=app.settings.study.leech_lapses,
        typing=given["typing"],
        cards=cards,
    )

    def asked(entry: Entry) -> bool:
        return ids is None or entry.id in ids

    whole_day = ids is None and not given["limit"]
    finale = partial(exam_item, app) if order and whole_day else str
    run(app, options, nothing, finale, wants=asked, new=order)


@click.command()
@words_of
@click.option("-n", "--number", type=click.IntRange(1), default=10, show_default=True, help="Questions.")
@tags
@kinds
@click.option("--seed", type=int, help="Draw the same questions again: any number.")
@plain
@pass_context
def quiz(app: AppContext, words: Names, tags: Names, kinds: Names, number: int, seed: int | None) -> None:
    """Answer a few questions that the program can mark; the score comes at the end. The schedule is unchanged."""
    query, ids = wanted(app, words, tags, kinds)
    # Without typing, what can be chosen from is what the program can mark.
    found = [card for card in app.cards() if (ids is None or card.id in ids) and answering.begin(card).takes]
    if not found:
        why = "a quiz needs options, an order, pairs or statements"
        none = f"the program can mark none of these cards: {why}"
        raise UsageError(none if ids != set() else f"no card matches: {query}")
    rng = Random(seed)
    by_fact = {card.fact: card.id for card in rng.sample(found, len(found))}
    cards = tuple(by_fact.values())[:number]
    options = SessionOptions(cards=cards, quiz=True, seed=str(rng.random()))
    run(app, options)


def wanted(app: AppContext, given: Names, tags: Names, kinds: Names) -> tuple[str, set[str] | None]:
    """Arguments and options as one filter, and the cards that it finds; without any None, for all cards."""
    app.require_cards()
    if not (given or tags or kinds):
        return "", None
    from dp100cards.cli.cards import matching  # 6 ms that a first card from all decks saves
    from dp100cards.ui.browser import NAMES

    words = [word for word in given if word.partition(":")[0] in NAMES]
    named = {"deck": app.decks(word for word in given if word not in words), "kind": kinds}
    words += [f"{name}:{','.join(values)}" for name, values in named.items() if values]
    words += [f"tag:{tag}" for tag in tags]
    return " ".join(words), {row.card.id for row in matching(app, words) if "rejected" not in row.states}


def run(
    app: AppContext,
    options: SessionOptions,
    nothing: str = "",
    finale: Callable[[], str] = str,
    **of_queue: Any,
) -> None:
    """Hold a session of study or a quiz, on the screen or in lines; `nothing` is said if there was nothing to ask."""
    bindings = Bindings(app.settings)
    plan = partial(todays_queue, app.store, app.index, **of_queue)
    session = StudySession(app.store, app.index, app.now, plan, options)

    def closing(session: StudySession) -> Closing:
        if options.quiz:
            return Closing([score_sentence(session)])
        return closing_of(app.statistics(), session, nothing)

    helpers = Helpers(
        closing=closing,
        streak=lambda: streak(app.store, session.day).days,
        begun=lambda: "" if options.quiz else begun(session, app.statistics),
        finale=finale,
    )
    with app.shown() as stage:
        screen = stage.run(StudyScreen(stage, session, bindings, helpers))
    if not stage.plain or session.phase != FINISHED:  # else its end has said it
        tell(screen.closing.lines)


def exam_item(app: AppContext) -> str:
    """A question of exam level from the area in which the learner is weakest, another each day; "" if there is none."""
    figures = app.statistics()
    items = figures.exam.items(figures.entries.values())
    for area in sorted(figures.readiness.areas, key=lambda area: area.expected):
        mine: list[str] = [entry.id for entry in items if figures.exam.area_of(entry) == area.id]
        if mine and area.questions:
            return min(mine, key=lambda id_: luck(id_, figures.today))
    return ""
