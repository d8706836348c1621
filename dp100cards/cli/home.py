"""`dp100` alone, `dp100 stats` and `dp100 plan`: today, what has been learned, and the way to the exam."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from dp100cards.clean import as_typed, duration, many, percent, say, say_json
from dp100cards.cli.context import AppContext, as_json, pass_context, plain, tell
from dp100cards.cli.figures import chance, chance_now, next_step, overdue
from dp100cards.errors import Dp100Error, UsageError
from dp100cards.scheduler.event import date_of, day_of
from dp100cards.scheduler.queue import FURTHEST, Group, Outlook
from dp100cards.store.daily import Day, keep_exam_plan, planned_exams, study_days
from dp100cards.ui import home as charts
from dp100cards.ui.home import Home, HomeScreen
from dp100cards.ui.terminal import Lines
from dp100cards.ui.view import Page

if TYPE_CHECKING:  # 20 ms, see AppContext.statistics
    from dp100cards.store.statistics import Statistics

ASKED = "asked for the exam's day"
"""The setting that says that the learner was asked once."""
COMMANDS = {"study": "study", "exam": "mock exam", "stats": "statistics", "--help": "everything else"}
MINUTES = 1440  # of a day
PHASES = ("new", "learning", "young", "mature", "suspended")


@click.command()
@pass_context
def home(app: AppContext) -> None:
    """Show today's work, and begin from there."""
    try:
        app.require_cards()
    except UsageError as without:
        say(f"{app.settings.name}: {without.message}")
        return
    keep, figures, message = partial(keep_date, app), partial(figures_of, app), ""
    if app.in_lines:
        lines = Lines()
        lines.show(HomeScreen(lines, keep, figures))
        lines.say("", *(as_typed(f"dp100 {name:<8}{what}") for name, what in COMMANDS.items()))
        return
    while True:
        with app.shown() as stage:
            screen = HomeScreen(stage, keep, figures, at_once(app))
            screen.message, message = message, ""
            stage.run(screen)
        if not screen.chosen:
            return
        try:
            run(*screen.chosen.split())
        except Dp100Error as error:
            message = error.message
        app.index.refresh()


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
    today, name = app.today(), app.settings.name
    return Home(name=name, today=today.date, work=today.work)


def figures_of(app: AppContext) -> Home:
    """What home shows, from the one place of figures."""
    from dp100cards.store import sittings  # 10 ms, for which the first picture does not wait

    figures = app.statistics()
    studied, mistakes, changed = study_days(app.store), len(app.index.problems()), notes_changed(app)
    said = [
        overdue(figures.work),
        next_step(figures) if figures.total.begun else "",
        f"{many(mistakes, 'mistake')} in the decks: dp100 check" if mistakes else "",
        "Your notes have changed since the last build." if changed else "",
    ]
    return Home(
        name=app.settings.name,
        today=figures.date,
        days=figures.days_left,
        work=figures.work,
        total=figures.total,
        chance=chance_now(figures),
        mocks=[mock.score for mock in figures.mocks],
        pass_mark=figures.exam.pass_mark,
        is_open=sittings.latest_open(app.store) is not None,
        week=[day in studied for day in range(figures.today - 6, figures.today + 1)],
        streak=figures.streak.days,
        decks=figures.decks,
        said=list(filter(None, said)),
        can_build=changed,
        asks=not app.in_lines and asks(app),
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
    if known or store.read_only or next(store.undoable(), None) is None:
        return False
    store.set_setting(ASKED, "1", app.now().at)
    return True


def keep_date(app: AppContext, day: str, minutes: str) -> str:
    """Keep the day of the exam or the minutes a day, as typed; what there is to say of it. Raises UsageError."""
    if minutes and not (minutes.isdecimal() and float(minutes) <= MINUTES):
        raise UsageError(f"{minutes} is not a number of minutes")
    when = kept(app, day or None, float(minutes) if minutes else None).plan.day
    if when is None:
        return "Kept: no exam is planned."
    return f"Kept: the exam is on {when.day} {when:%B %Y}. New cards are now planned for that day."


def kept(app: AppContext, day: str | None, minutes: float | None) -> Statistics:
    """The figures, after what is named of the plan was kept: the day (or none) and the minutes (0: no limit)."""
    figures = app.statistics()
    plan = figures.plan
    if day is not None:
        plan = plan._replace(day=None if day == "none" else ahead(day, figures.date))
    if minutes is not None:
        plan = plan._replace(minutes=minutes or None)
    if plan == figures.plan:
        return figures
    keep_exam_plan(app.store, figures.exam.name, plan, app.now())
    return app.statistics()


# Statistics, and the plan


@click.command()
@click.option("--days", type=click.IntRange(7, 3650), default=30, show_default=True, help="Days in --json.")
@as_json
@plain
@pass_context
def stats(app: AppContext, days: int, as_json: bool) -> None:
    """Show what you have learned: reviews, retention, what is coming, decks, areas and mock exams."""
    figures = app.statistics()
    if as_json:
        say_json(_stats_data(figures, days))
        return
    page = _page(figures)
    if app.in_lines:
        Lines().show(page)
        return
    with app.shown() as stage:
        stage.run(page)


def _page(figures: Statistics) -> Page:
    """Twelve weeks at a glance, retention, what is coming, how far each deck and area is, mock exams."""
    total, streak, (reviews, took) = figures.total, figures.streak, figures.totals
    first = figures.today - figures.date.weekday() - 7 * (charts.WEEKS - 1)  # a Monday
    days = [figures.days.get(day, Day()) for day in range(first, figures.today + 1)]
    weeks = [days[n : n + 7] for n in range(0, len(days), 7)]
    recall = f" · recall {percent(total.recall)} of begun" if total.recall is not None else ""
    run = f" · streak {many(streak.days, 'day')}, longest {streak.longest}" if streak.longest else ""
    summary = [f"{total.begun} of {many(total.cards)} begun · {total.mature} mature{recall}{run}"]
    if reviews:
        summary.append(f"{many(reviews, 'review')} in {duration(took)}; today {figures.done.reviews}.")
        if said := chance_now(figures):
            summary.append(f"Chance to pass: {said}.")
    else:
        summary.append("Nothing has been reviewed yet: dp100 study")
    months = [(n, f"{day:%b}") for n in range(charts.WEEKS) if (day := date_of(first + 7 * n)).day <= 7]
    known = [(sum(day.recalled for day in week), sum(day.asked for day in week)) for week in weeks]
    phases = {name: n for name in PHASES if (n := getattr(total, name)) or name != "suspended"}
    sat = list[tuple[str, int, str, str]]()
    for mock in figures.mocks:
        forecast = mock.sitting.forecast
        said = f"forecast before it: chance to pass {chance(forecast)}" if forecast else ""
        when = date_of(day_of(mock.sitting.begun))
        sat.append((f"{when}", mock.score, mock.verdict, said))
    shown = {
        "Reviews in twelve weeks": partial(charts.heatmap, [day.reviews for day in days], months),
        "Retention by week": partial(charts.retention, known),
        "Cards falling due": partial(charts.coming, figures.coming(30)),
        "Maturity": partial(charts.maturity, phases),
        "Decks": partial(charts.table, figures.decks),
        "Areas of the exam": partial(charts.table, figures.areas),
        "Mock exams": partial(charts.mocks, sat, figures.exam.pass_mark),
    }
    return charts.statistics_page(summary, shown)


def _stats_data(figures: Statistics, days: int) -> dict[str, Any]:
    total, streak, (reviews, took) = figures.total, figures.streak, figures.totals

    def retention(span: int) -> dict[str, Any]:
        done = figures.latest(span).values()
        recalled, asked = sum(day.recalled for day in done), sum(day.asked for day in done)
        return {"recalled": recalled, "asked": asked, "share": recalled / asked if asked else None}

    mocks = [(mock.sitting.id, mock) for mock in figures.mocks]
    return {
        "version": 1,
        "today": f"{figures.date}",
        "cards": total.cards,
        "begun": total.begun,
        "streak": streak.days,
        "longest_streak": streak.longest,
        "recall_of_begun": total.recall,
        "counts": {name: getattr(total, name) for name in PHASES},
        "reviews": reviews,
        "took": took,
        "retention": {f"{span}": retention(span) for span in (7, 30, 365)},
        "by_day": {f"{date_of(day)}": done.reviews for day, done in figures.latest(days).items()},
        "coming": {f"{date_of(figures.today + n)}": due for n, due in enumerate(figures.coming(days))},
        "decks": list(map(_group_data, figures.decks)),
        "areas": list(map(_group_data, figures.areas)),
        "mocks": [{"number": n, "score": each.score, "passed": each.passed} for n, each in mocks],
    }


def _group_data(each: Group) -> dict[str, Any]:
    at = each.progress
    counts = {"cards": at.cards, "begun": at.begun, "mature": at.mature, "recall": at.recall}
    return {"name": each.id, "title": each.title, **counts}


@click.command()
@click.option("--exam-date", metavar="DATE", help="The day of the exam, as 2027-01-15, or none. It is kept.")
@click.option(
    "--minutes", type=click.FloatRange(0, MINUTES), metavar="M", help="Minutes a day, kept; 0: no limit."
)
@pass_context
def plan(app: AppContext, exam_date: str | None, minutes: float | None) -> None:
    """Be ready on the day of the exam: what to do today, and what comes of it.

    Once the day is known, each day's new cards are worked out from it, and stay within your minutes a day. They come
    from where the exam needs them most. The last two days bring nothing new. Days that you miss are planned in again.
    """
    app.require_cards()
    figures = kept(app, exam_date, minutes)
    empty = "; ".join(area.title for area in figures.areas if not area.progress.cards)
    said = [*_prepared(figures), f"The decks have no cards on: {empty}." if empty else ""]
    said += [next_step(figures), figures.exam.status]
    tell(filter(None, said))


def ahead(text: str, today: date) -> date:
    """The day that the learner wrote. Raises UsageError if it is no date, or not in the future."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text} is not a date; write it as 2027-01-15") from None
    days = (day - today).days
    if days < 1:
        raise UsageError(f"{text} is not in the future; today is {today}")
    if days > FURTHEST:
        raise UsageError(f"{text} is {days} days ahead; a plan reaches {FURTHEST} days at most")
    return day


def _prepared(figures: Statistics) -> Iterator[str]:
    """What today asks on the way to the exam, what comes of keeping to it, and how ready the learner is now."""
    day, left, total = figures.plan.day, figures.days_left, figures.total
    if day is None:
        yield "No exam date is set. dp100 plan --exam-date 2027-01-15 sets one."
    elif day < figures.date:
        yield f"The exam was on {named(day)}. Study goes on as usual until you set another date."
    elif left is None:
        yield f"The exam is on {named(day)}, more than {FURTHEST} days ahead: too far for a plan."
    elif left == 0:
        yield "The exam is today. Good luck!"
    else:
        yield f"The exam is on {named(day)}, in {many(left, 'day')}."
    if figures.outlook:
        yield from _outlook(figures, figures.outlook)
    if said := chance_now(figures):
        rests = f"{total.begun} of {many(total.cards)} begun and {many(len(figures.mocks), 'mock exam')}"
        when = f"on {day.day} {day:%B} if you learned nothing more" if day and left else "today"
        yield f"Chance to pass {when}: {said}, from {rests}."


def named(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _outlook(figures: Statistics, outlook: Outlook) -> Iterator[str]:
    """Today, and the days until the exam, by the plan."""
    work, unseen, left = figures.work, figures.unseen, figures.unseen - sum(outlook.begun)
    todo = [many(n, noun) for n, noun in ((work.new, "new card"), (work.due, "review")) if n]
    if work.learning:
        todo.append(f"{many(work.learning)} in learning")
    todo.append(f"about {many(work.minutes, 'minute')}" if todo else "nothing is left to do")
    yield f"Today: {', '.join(todo)}.{'' if left else ' That keeps you on track.'}"
    if unseen and not any(outlook.begun):
        yield f"There is no time for new cards: {many(left)} would not be begun."
    elif unseen:
        last = figures.date + timedelta(days=max(day for day, count in enumerate(outlook.begun) if count))
        late = f"{many(left)} of {unseen} would not be begun in time."
        then = late if left else "Then every card is begun."
        yield f"New cards: {max(outlook.begun)} a day until {last.day} {last:%B}. {then}"
    usual, most = sum(outlook.answers) / len(outlook.answers), max(outlook.answers)
    pace = f"{many(round(usual), 'answer')} a day ({_minutes(usual, work.seconds)})"
    yield f"That takes about {pace}; the busiest day has {most} ({_minutes(most, work.seconds)})."
    recall = outlook.recall.values()
    spread = round(2 * sum(p * (1 - p) for p in recall) ** 0.5)
    yield f"On the day you would recall about {round(sum(recall))} of {many(len(recall))}, give or take {spread}."
    if figures.exam.id and figures.ready_by_plan:
        yield f"If you keep to this plan, your chance to pass on the day is {chance(figures.ready_by_plan)}."


def _minutes(answers: float, seconds: float) -> str:
    return many(max(round(answers * seconds / 60), 1), "minute")
