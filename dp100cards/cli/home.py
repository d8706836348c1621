"""`dp100` alone: home. In a terminal a screen from which everything begins; else the same in lines."""

from __future__ import annotations

from functools import partial

import click

from dp100cards.clean import as_typed, many, say
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.cli.figures import chance_now, next_step, overdue
from dp100cards.errors import Dp100Error, UsageError
from dp100cards.scheduler.queue import Group, Progress, Work
from dp100cards.store.daily import ExamPlan, keep_exam_plan, planned_exams, study_days, todays_queue
from dp100cards.ui.home import Home, HomeScreen
from dp100cards.ui.terminal import Lines

ASKED = "asked for the exam's day"
"""The setting that says that the learner was asked once."""
COMMANDS = {"study": "study", "exam": "mock exam", "stats": "statistics", "--help": "everything else"}


@click.command()
@pass_context
def home(app: AppContext) -> None:
    """Show today's work, and begin from there."""
    if not app.index.decks():
        say_no_cards(app)
        return
    figures, message = partial(figures_of, app), ""
    if app.in_lines:
        lines = Lines()
        lines.print(HomeScreen(lines, figures).view(lines.size))
        commands = {as_typed(f"dp100 {name}"): what for name, what in COMMANDS.items()}
        wide = max(map(len, commands)) + 2
        lines.say("", *(f"{command:<{wide}}{what}" for command, what in commands.items()))
        return
    while True:
        with app.shown() as stage:
            screen = HomeScreen(stage, figures, at_once(app), partial(keep_date, app), asks=asks(app))
            screen.message, message = message, ""
            stage.run(screen)
        if not screen.chosen:
            return
        try:
            run(screen.chosen, *["resume"] * (screen.chosen == "exam" and screen.home.is_open))
        except Dp100Error as error:
            message = error.message
        app.index.refresh()


def say_no_cards(app: AppContext) -> None:
    """Say how to get cards: right for what is there."""
    notes = app.collection.note_files()
    say(f"{app.settings.name}: there are no cards in {app.collection.decks} yet.\n")
    if notes and app.collection.generated.exists():
        say("  dp100 check   say why your notes give no cards")
    elif notes:
        say(f"  dp100 build   make cards from {many(len(notes), 'note')}")
    else:
        say(f"Write notes into {app.collection.notes}, then: dp100 build")


def run(name: str, *arguments: str) -> None:
    """Run a command as if it had been typed."""
    root = click.get_current_context().find_root()
    assert isinstance(root.command, click.Group)
    command = root.command.get_command(root, name)
    assert command is not None
    with command.make_context(name, list(arguments), parent=root) as context:
        command.invoke(context)


def at_once(app: AppContext) -> Home:
    """What home can show within the time of a blink; the rest of the figures follows."""
    decks, queue = app.index.decks(), todays_queue(app.store, app.index, app.now(), app.planned()[0])
    return Home(
        name=app.settings.name,
        date=today(app),
        work=Work(due=len(queue.main) - len(queue.new), learning=len(queue.learning), new=len(queue.new)),
        total=Progress(cards=sum(deck.size for deck in decks)),
        decks=[Group(id=deck.name, title=deck.title, progress=Progress(cards=deck.size)) for deck in decks],
        counting=True,
    )


def today(app: AppContext) -> str:
    """The date, as `Sun 29 Nov`."""
    local = app.now().local
    return f"{local:%a} {local.day} {local:%b}"


def figures_of(app: AppContext) -> Home:
    """What home shows, from the one place of figures."""
    from dp100cards.store import sittings  # 10 ms, for which the first picture does not wait

    figures = app.statistics()
    work, way, studied = figures.work, figures.preparation, study_days(app.store, figures.today - 6)
    week = range(figures.today - 6, figures.today + 1)
    others = any(kept.sitting.over and not kept.sitting.practice for kept, _ in figures.sittings)
    changed, mistakes = notes_changed(app), len(app.index.problems())
    said = [
        overdue(work),
        next_step(figures) if figures.total.begun else "",
        f"{many(mistakes, 'mistake')} in the decks: dp100 check" if mistakes else "",
        "Your notes have changed since the last build." if changed else "",
    ]
    return Home(
        name=app.settings.name,
        date=today(app),
        days=way.days if way and way.days >= 0 else None,
        work=work,
        total=figures.total,
        chance=chance_now(figures),
        mocks=[mock.score for mock in figures.mocks],
        no_mock=f"none yet of {figures.exam.name}" if others else "none yet",
        pass_mark=figures.exam.pass_mark,
        is_open=sittings.latest_open(app.store) is not None,
        week=[("MTWTFSS"[(day + 3) % 7], day in studied) for day in week],
        streak=figures.streak.days,
        decks=figures.decks,
        said=list(filter(None, said)),
        can_build=changed,
    )


def notes_changed(app: AppContext) -> bool:
    """Is a note newer than what the last build knew? Files of one clone or copy are a moment apart."""
    try:
        built = app.collection.generated.stat().st_mtime + 5
        return any(note.stat().st_mtime > built for note in app.collection.note_files())
    except OSError:
        return bool(app.collection.note_files())


def asks(app: AppContext) -> bool:
    """Is it after the newcomer's first session, and were they never asked for the day of the exam?"""
    store = app.store
    known = app.settings.study.exam_date or store.setting(ASKED) or planned_exams(store)
    if known or store.last_undoable() is None:
        return False
    store.set_setting(ASKED, "1", app.now().at)
    return True


def keep_date(app: AppContext, day: str, minutes: str) -> str:
    """Keep the day of the exam and the minutes a day; what there is to say of it. Raises UsageError."""
    from dp100cards.cli.stats import ahead  # 20 ms, see AppContext.statistics

    figures = app.statistics()
    when = ahead(day, figures.date)
    if minutes and not minutes.isdecimal():
        raise UsageError(f"{minutes} is not a number of minutes")
    limit = float(minutes or 0) or None
    keep_exam_plan(app.store, figures.exam.name, ExamPlan(day=when, minutes=limit), app.now())
    return f"Kept: the exam is on {when.day} {when:%B %Y}. New cards are now planned for that day."
