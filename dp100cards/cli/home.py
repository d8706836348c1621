"""`dp100` alone: home. In a terminal a screen from which everything begins; else the same in lines."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING

import click

from dp100cards.clean import many
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.errors import Dp100Error, UsageError
from dp100cards.scheduler.queue import Group, Progress, Work

if TYPE_CHECKING:
    from dp100cards.store.statistics import Statistics
    from dp100cards.ui.home import Home

ASKED = "asked for the exam's day"
"""The setting that says that the learner was asked once."""


@click.command()
@pass_context
def home(app: AppContext) -> None:
    """Show today's work, and begin from there."""
    from dp100cards.ui.home import HomeScreen
    from dp100cards.ui.terminal import Lines

    if not app.index.decks():
        raise_no_cards(app)
        return
    if app.in_lines:
        screen = HomeScreen(Lines(), partial(figures_of, app), partial(keep_date, app))
        Lines().print(screen.view(Lines().size))
        lines = (
            ("study", "study"),
            ("exam", "mock exam"),
            ("stats", "statistics"),
            ("--help", "everything else"),
        )
        wide = len(app.command("--help")) + 2
        Lines().say("", *(f"{app.command(name):<{wide}}{what}" for name, what in lines))
        return
    message = ""
    while True:
        with app.shown() as stage:
            figures, keep = partial(figures_of, app), partial(keep_date, app)
            screen = HomeScreen(stage, figures, keep, at_once(app), asks=_asks(app))
            screen.message = message
            stage.run(screen)
        message = ""
        if not screen.chosen:
            return
        try:
            _run(app, screen.chosen, screen.home.is_open)
        except Dp100Error as error:
            message = error.message
        app.index.refresh()


def raise_no_cards(app: AppContext) -> None:
    """Say how to get cards: right for what is there."""
    from dp100cards.clean import say

    notes = app.collection.note_files()
    say(f"{app.settings.name}: there are no cards in {app.collection.decks} yet.")
    if notes and app.collection.generated.exists():
        say(f"\n  {app.command('check')}   say why your notes give no cards")
    elif notes:
        say(f"\n  {app.command('build')}   make cards from {many(len(notes), 'note')}")
    else:
        say(f"\nWrite notes into {app.collection.notes}, then: {app.command('build')}")


def _run(app: AppContext, chosen: str, is_open: bool) -> None:
    """Do what was chosen at home, as the command of that name does it."""
    from dp100cards.cli.main import cli

    if chosen == "cards":
        from dp100cards.cli.cards import browse

        browse(app)
        return
    context = click.get_current_context()
    names = {"study": ["study"], "exam": ["exam", *["resume"] * is_open], "statistics": ["stats"],
             "build": ["build"]}[chosen]  # fmt: skip
    with context.scope(cleanup=False):
        parent = click.Context(cli, info_name="dp100", obj=app)
        command = cli.get_command(parent, names[0])
        assert command is not None
        with command.make_context(names[0], names[1:], parent=parent) as inner:
            command.invoke(inner)


def at_once(app: AppContext) -> Home:
    """What home can show within the time of a blink; the rest of the figures follows."""
    from dp100cards.cli.figures import planned
    from dp100cards.store.daily import todays_queue
    from dp100cards.ui.home import Home

    decks = app.index.decks()
    queue = todays_queue(app.store, app.index, app.now(), planned(app)[0])
    return Home(
        name=app.settings.name, date=_today(app), counting=True,
        work=Work(due=len(queue.main) - len(queue.new), learning=len(queue.learning), new=len(queue.new)),
        total=Progress(cards=sum(deck.size for deck in decks)),
        decks=[Group(id=deck.name, title=deck.title, progress=Progress(cards=deck.size)) for deck in decks],
    )  # fmt: skip


def _today(app: AppContext) -> str:
    now = app.now()
    local = datetime.fromtimestamp(now.at / 1000, timezone(timedelta(minutes=now.offset)))
    return f"{local:%a} {local.day} {local:%b}"


def figures_of(app: AppContext) -> Home:
    """What home shows, from the one place of figures."""
    from dp100cards.cli.figures import chance, has_chance, next_step, statistics
    from dp100cards.store import sittings
    from dp100cards.store.daily import study_days
    from dp100cards.ui.home import Home
    from dp100cards.ui.pages import overdue

    figures = statistics(app)
    total, work = figures.total, figures.work
    studied = study_days(app.store, figures.today - 6)
    problems = app.index.problems()
    stale = notes_changed(app)
    said = [overdue(work.held_back, work.melts_in), next_step(figures) * bool(total.begun)]
    said += [f"{many(len(problems), 'mistake')} in the decks: {app.command('check')}"] * bool(problems)
    said += ["Your notes have changed since the last build."] * stale
    return Home(
        name=app.settings.name, date=_today(app), days=_days(figures),
        work=work, total=total, decks=figures.decks,
        chance=chance(figures.readiness) if has_chance(figures) else "",
        mocks=[mock.score for mock in figures.mocks], no_mock=_no_mock(figures), pass_mark=figures.exam.pass_mark,
        is_open=sittings.latest_open(app.store) is not None,
        week=[("MTWTFSS"[(figures.today + 3 - n) % 7], figures.today - n in studied) for n in range(6, -1, -1)],
        streak=figures.streak.days, said=list(filter(None, said)), can_build=stale,
    )  # fmt: skip


def _no_mock(figures: Statistics) -> str:
    """What is said while no mock exam of this exam was handed in; another may have been."""
    others = any(kept.sitting.over and not kept.sitting.practice for kept, _ in figures.sittings)
    return f"none yet of {figures.exam.name}" if others else "none yet"


def _days(figures: Statistics) -> int | None:
    ahead = figures.preparation
    return ahead.days if ahead is not None and ahead.days >= 0 else None


def notes_changed(app: AppContext) -> bool:
    """Is a note newer than what the last build knew? Files of one clone or copy are a moment apart."""
    try:
        built = app.collection.generated.stat().st_mtime + 5
        return any(note.stat().st_mtime > built for note in app.collection.note_files())
    except OSError:
        return bool(app.collection.note_files())


def _asks(app: AppContext) -> bool:
    """Is it after the newcomer's first session, and were they never asked for the day of the exam?"""
    from dp100cards.store.daily import planned_exams

    store = app.store
    if (
        app.settings.study.exam_date
        or store.setting(ASKED)
        or store.last_undoable() is None
        or planned_exams(store)
    ):
        return False
    store.set_setting(ASKED, "1", app.now().at)
    return True


def keep_date(app: AppContext, day: str, minutes: str) -> str:
    """Keep the day of the exam and the minutes a day; what there is to say of it. Raises UsageError."""
    from dp100cards.cli.figures import statistics
    from dp100cards.cli.stats import ahead
    from dp100cards.store.daily import ExamPlan, keep_exam_plan

    figures = statistics(app)
    when = ahead(day, figures.date)
    if minutes and not minutes.isdecimal():
        raise UsageError(f"{minutes} is not a number of minutes")
    plan = ExamPlan(day=when, minutes=float(minutes) if minutes and int(minutes) else None)
    keep_exam_plan(app.store, figures.exam.name, plan, app.now())
    return f"Kept: the exam is on {when.day} {when:%B %Y}. New cards are now planned for that day."
