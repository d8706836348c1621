"""`dp100 study` and `dp100 quiz`: which cards are asked, and what a session is handed and says at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

import click

from dp100cards.cards import KINDS, MARKED_BY_PROGRAM, Code
from dp100cards.clean import many
from dp100cards.cli.context import AppContext, pass_context, plain, tell
from dp100cards.cli.figures import chance, has_chance, next_step, planned, statistics
from dp100cards.decks.index import Entry, Index
from dp100cards.errors import UsageError
from dp100cards.scheduler.engine import AGAIN, luck
from dp100cards.scheduler.event import DAY, Moment, day_end
from dp100cards.scheduler.queue import Queue
from dp100cards.session.study import FINISHED, next_learning
from dp100cards.session.study_session import SessionOptions, StudySession
from dp100cards.store import history
from dp100cards.store.daily import todays_queue
from dp100cards.store.store import Store
from dp100cards.ui.bindings import Bindings
from dp100cards.ui.closing import Closing, closing_lines, overdue, score_sentence
from dp100cards.ui.study import Helpers, StudyScreen

if TYPE_CHECKING:
    from dp100cards.store.figures import Work
    from dp100cards.store.statistics import Statistics


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which cards the learner named on the command line."""

    decks: tuple[str, ...]
    more_decks: tuple[str, ...]
    tags: tuple[str, ...]
    kinds: tuple[str, ...]
    leeches: bool = False
    flagged: bool = False
    failed_today: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The decks, tags and kinds as they were typed."""
        return (*self.decks, *self.more_decks, *self.tags, *self.kinds)

    @property
    def is_special(self) -> bool:
        """Are cards asked whether they are due or not?"""
        return self.leeches or self.flagged or self.failed_today

    def test(self, index: Index) -> Callable[[Entry], bool]:
        """Is a card one of them? Raises UsageError for a deck or a tag that no card has, naming those that there are."""
        if not self.words:
            return lambda _: True
        names, decks = [deck.name for deck in index.decks()], set[str]()
        for deck in (*self.decks, *self.more_decks):
            found = [deck] if deck in names else [name for name in names if name.startswith(deck)]
            if not found:
                raise UsageError(f"there is no deck {deck}; there are {', '.join(names)}")
            decks.update(found)
        known = {tag for entry in index.each() for tag in entry.tags} if self.tags else set()
        for tag in self.tags:
            if tag not in known:
                raise UsageError(f"no card has the tag {tag}; there are {', '.join(sorted(known)) or 'none'}")
        return lambda entry: (
            (not decks or entry.deck in decks)
            and (not self.kinds or entry.kind in self.kinds)
            and set(self.tags) <= set(entry.tags)
        )

    def special(self, app: AppContext, wants: Callable[[Entry], bool]) -> tuple[str, ...]:
        """The leeches, flagged and failed cards that were asked for, the least known first."""
        now, engine, lapses = app.now(), app.store.engine, app.settings.study.leech_lapses or 8
        today = app.store.events(since=day_end(now, engine.rollover) - DAY)
        failed = {each.card for each in today if each.kind == "review" and each.rating == AGAIN}
        known = {entry.id for entry in app.index.each() if wants(entry)}
        found = [
            (engine.retrievability(state, now), id_)
            for id_, state in app.store.states().items()
            if id_ in known
            if (self.leeches and state.lapses >= lapses)
            or (self.flagged and state.flag)
            or (self.failed_today and id_ in failed)
        ]
        return tuple(id_ for _, id_ in sorted(found))


def wanted(command: Callable[..., None]) -> Callable[..., None]:
    """The argument and the options that say which cards are asked."""
    for decorate in (
        click.option(
            "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind of card."
        ),
        click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only cards with this tag."),
        click.option(
            "--deck", "more_decks", multiple=True, metavar="DECK", help="Same as DECK (name or prefix)."
        ),
        click.argument("decks", nargs=-1, metavar="[DECK]…"),
    ):
        command = decorate(command)
    return command


@click.command()
@wanted
@click.option("--limit", type=click.IntRange(1), metavar="N", help="End after N ratings.")
@click.option(
    "--minutes",
    type=click.FloatRange(0, min_open=True),
    metavar="M",
    help="End after M minutes, with the card at hand.",
)
@click.option("--new", type=click.IntRange(0), metavar="N", help="At most N new cards today.")
@click.option(
    "--ahead", type=click.IntRange(0), default=0, metavar="DAYS", help="Also cards due within DAYS days."
)
@click.option("--leeches", is_flag=True, help="Only cards that you often forget, due or not.")
@click.option("--flagged", is_flag=True, help="Only cards with a flag, due or not.")
@click.option("--failed-today", is_flag=True, help="Only cards rated again today, due or not.")
@click.option(
    "--type", "typing", is_flag=True, help="Type the answers; they are compared, and you rate them."
)
@plain
@pass_context
def study(
    app: AppContext,
    limit: int | None,
    minutes: float | None,
    new: int | None,
    ahead: int,
    typing: bool,
    **which: Any,
) -> None:
    """Ask the cards that are due, and some new ones, from all decks or from those named.

    Space shows the answer, 1 to 4 rate it, u undoes, ? lists the keys. Each rating is saved at once.

    \b
    Examples:
      dp100 study                    today's cards
      dp100 study compute --new 20   one deck, with 20 new cards
      dp100 study --minutes 10       as much as fits into ten minutes
    """
    chosen = Wanted(**which)
    wants, cards, nothing = chosen.test(app.index), None, "Nothing is due now."
    if chosen.is_special:
        cards = chosen.special(app, wants)
        nothing = (
            f"No card is {'a leech' if chosen.leeches else 'flagged' if chosen.flagged else 'failed today'}."
        )
    elif chosen.words and not any(map(wants, app.index.each())):
        nothing = f"No card matches: {', '.join(chosen.words)}."
    limits, order = planned(app)
    new_cards = limits.new if new is None else new
    options = SessionOptions(
        wants=wants,
        limits=replace(limits, new=new_cards, ahead=ahead, new_in_backlog=new is not None),
        order=order,
        most=limit,
        minutes=minutes,
        leech_lapses=app.settings.study.leech_lapses,
        typing=typing,
        cards=cards,
    )
    with_exam_item = order is not None and cards is None and limit is None and not chosen.words
    run(app, options, nothing=nothing, finale=(lambda: exam_item(app)) if with_exam_item else lambda: "")


@click.command()
@wanted
@click.option(
    "-n", "--number", type=click.IntRange(1), default=10, show_default=True, help="How many questions."
)
@click.option("--record", is_flag=True, help="Count the answers as reviews: right is good, wrong is again.")
@click.option("--seed", type=int, help="Draw the same questions again: any number.")
@plain
@pass_context
def quiz(app: AppContext, number: int, record: bool, seed: int | None, **which: Any) -> None:
    """Answer a few questions that the program can mark; the score comes at the end.

    The schedule is unchanged, unless you say --record.

    \b
    Examples:
      dp100 quiz                    ten questions from all decks
      dp100 quiz compute -n 5       five from one deck
      dp100 quiz --kind multiple    only questions with several right options
    """
    app.require_cards()
    wants, rejected = Wanted(**which).test(app.index), app.store.rejected()

    def can_be_marked(entry: Entry) -> bool:
        if entry.kind != "code":
            return entry.kind in MARKED_BY_PROGRAM
        card = app.index.card(entry.id)
        return isinstance(card, Code) and bool(card.wrong)

    entries = [e for e in app.index.each() if wants(e) and e.id not in rejected and can_be_marked(e)]
    if not entries:
        why = "a quiz needs options, an order, pairs or statements"
        raise UsageError(f"the program can mark none of these cards: {why}")
    rng, by_fact = Random(seed), dict[str, str]()
    for entry in rng.sample(entries, len(entries)):
        by_fact.setdefault(entry.fact, entry.id)
    cards = tuple(by_fact.values())[:number]
    run(app, SessionOptions(cards=cards, quiz=True, reviews=record, seed=str(rng.random())))


class Recorder:
    """`session.study_session.Records`, over the progress file and the decks."""

    def __init__(self, store: Store, index: Index) -> None:
        self.store, self.index, self.engine = store, index, store.engine
        self.version, self.state = store.version, store.state
        self.record_all, self.undo = store.record_all, store.undo
        self.last_undoable, self.newest_before = store.last_undoable, store.newest_before
        self.back_up, self.semantic_key = store.back_up, index.key_of

    def queue(self, now: Moment, options: SessionOptions) -> Queue:
        """The queue of the day, at a moment."""
        new = options.order() if options.order else None
        return todays_queue(self.store, self.index, now, options.limits, options.wants, new)


def run(
    app: AppContext, options: SessionOptions, nothing: str = "", finale: Callable[[], str] = lambda: ""
) -> None:
    """Hold a session of study or a quiz, on the screen or in lines."""
    bindings = Bindings(app.settings.keys, app.collection.line_of_key)
    app.require_cards()
    session = StudySession(Recorder(app.store, app.index), app.index, app.now, options)

    @lru_cache(maxsize=1)
    def closing(done: tuple[object, ...]) -> Closing:
        return closing_of(statistics(app), session)

    @lru_cache(maxsize=1)
    def streak(day: int) -> history.Streak:
        return history.streak(app.store, day, app.store.engine.rollover)

    def days() -> int:
        """Days in a row, to which this session's first rating adds one."""
        found = streak(session.day)
        return found.days + (bool(session.steps.done) and not found.today)

    helpers = Helpers(
        closing=lambda session: closing(session.steps.done),
        streak=days,
        history=lambda card: list(app.store.events(card)),
        titles={deck.name: deck.title for deck in app.index.decks()},
        begun=lambda: (
            "" if options.quiz else begun(session, len(app.index.problems()), lambda: statistics(app).work)
        ),
        novice=not options.quiz and app.store.last_undoable() is None,
        nothing=nothing,
        finale=finale,
    )
    with app.shown() as stage:
        StudyScreen(stage, session, bindings, helpers).run()
    if options.quiz:
        tell([score_sentence(session)])
    elif not stage.plain or session.phase != FINISHED:
        tell(closing_lines(session, closing(session.steps.done), nothing))


def begun(session: StudySession, mistakes: int, work_of: Callable[[], Work]) -> str:
    """What there is to say at the beginning: mistakes in the decks, a backlog."""
    said = []
    if mistakes:
        said.append(f"{many(mistakes, 'mistake')} in the decks: dp100 check. The sound cards are asked.")
    if session.queue.held_back:
        work = work_of()
        said.append(f"Today brings {many(session.steps.left['due'], 'review')}, the most urgent first.")
        said.append(overdue(work.held_back, work.melts_in))
        said += ["New cards wait until then."] * session.queue.new_held_back
    return " ".join(said)


def closing_of(figures: Statistics, session: StudySession) -> Closing:
    """The figures of a session's end, and what it has changed for the exam."""
    work, limits, learning = figures.work, figures.limits, next_learning(session.steps)
    done = history.day(figures.store, figures.today, figures.engine.rollover, figures.entries.keys())
    coming = figures.coming(8)[1:]
    coming[0] = max(coming[0], min(coming[0] + work.held_back, limits.reviews))
    exam = [next_step(figures)]
    if has_chance(figures):
        now, then = chance(figures.readiness), chance(figures.readiness_before(session.before))
        exam.insert(0, f"Chance to pass: {now}{f'; before this session {then}' if then != now else ''}.")
    return Closing(
        asked=done.asked,
        recalled=done.recalled,
        new=done.new,
        left=work.due + work.new,
        streak=figures.streak.days,
        coming=coming,
        new_tomorrow=min(limits.new, work.never_asked),
        overdue=work.held_back,
        overdue_days=work.melts_in,
        learning_in=None if learning is None else max(learning - figures.now.at, 0),
        more_new=0 if session.queue.new_held_back else work.never_asked,
        exam=[line for line in exam if line] if session.steps.done else (),
    )


def exam_item(app: AppContext) -> str:
    """A question of exam level from the area in which the learner is weakest, another each day; "" if there is none."""
    figures = statistics(app)
    known = (entry for entry in app.index.each() if entry.id in figures.entries)
    items = figures.exam.items(entry for entry in known if entry.kind in MARKED_BY_PROGRAM)
    for area in sorted(figures.readiness.areas, key=lambda area: area.expected):
        mine = [entry.id for entry in items if figures.exam.area_of(entry) == area.id]
        if mine and area.questions:
            return min(mine, key=lambda id_: luck(id_, figures.today))
    return ""
