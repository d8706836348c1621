"""`dp100 plan`: the day of the exam, and how to be ready on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from dp100cards.clean import say_json
from dp100cards.cli.context import AppContext, pass_context, tell
from dp100cards.cli.figures import chance, has_chance, next_step, next_steps, statistics
from dp100cards.errors import UsageError

if TYPE_CHECKING:
    from dp100cards.store.statistics import Group, Statistics


@click.command()
@click.option("--exam-date", metavar="DATE", help="The day of the exam, as 2027-01-15, or none. It is kept.")
@click.option(
    "--minutes",
    type=click.FloatRange(0, 1440),
    metavar="M",
    help="Minutes a day, 0 for no limit. They are kept.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@pass_context
def plan(app: AppContext, exam_date: str | None, minutes: float | None, as_json: bool) -> None:
    """Be ready on the day of the exam: what to do today, and what comes of it.

    Once the day is known, each day's new cards are worked out from it, and stay within your minutes a day. They come
    from where the exam needs them most. The last two days bring nothing new. Days that you miss are planned in again.

    Example: dp100 plan --exam-date 2027-01-15 --minutes 20
    """
    from dp100cards.store.daily import ExamPlan, keep_exam_plan

    figures = statistics(app)
    if exam_date is not None or minutes is not None:
        day, limit = figures.plan.day, figures.plan.minutes
        if exam_date is not None:
            day = None if exam_date == "none" else ahead(exam_date, figures.date)
        if minutes is not None:
            limit = minutes or None
        keep_exam_plan(app.store, figures.exam.name, ExamPlan(day=day, minutes=limit), app.now())
        figures = statistics(app)
    if not figures.entries:
        raise UsageError(
            f"{app.collection.decks} has no cards; `{app.command('build')}` makes them from your notes"
        )
    if as_json:
        say_json(_data(figures))
        return
    lines = _preparation(figures) if figures.preparation else [
        f"No exam date is set. {app.command('plan --exam-date 2027-01-15')} sets one.",
    ]  # fmt: skip
    tell([*lines, *_ready(figures), "", *_table(figures.areas), "", next_step(figures)])
    if figures.exam.status:
        tell(["", figures.exam.status])


def ahead(text: str, today: date) -> date:
    """The day that the learner wrote. Raises UsageError if it is no date, or not ahead."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text} is not a date; write it as 2027-01-15") from None
    from dp100cards.store.statistics import FURTHEST

    days = (day - today).days
    if days < 1:
        raise UsageError(f"{text} is not ahead; today is {today.isoformat()}")
    if days > FURTHEST:
        raise UsageError(f"{text} is {days} days ahead; a plan reaches {FURTHEST} days at most")
    return day


def _preparation(figures: Statistics) -> list[str]:
    from dp100cards.clean import many
    from dp100cards.store.statistics import FURTHEST

    way, work = figures.preparation, figures.work
    assert way is not None
    if way.days < 0:
        return [f"The exam was on {_long(way.day)}. Study goes on as usual until you set another date."]
    if way.days == 0:
        return ["The exam is today. Good luck!"]
    lines = [f"The exam is on {_long(way.day)}, in {many(way.days, 'day')}."]
    outlook = figures.outlook
    left = way.unseen - sum(outlook.begun) if outlook else 0
    todo = [many(n, noun) for n, noun in ((work.new, "new card"), (work.due, "review")) if n]
    todo += [f"{many(work.learning)} in learning"] * bool(work.learning)
    if todo:
        track = " That keeps you on track." if outlook and not left else ""
        some = f"{', '.join(todo[:-1])} and {todo[-1]}" if len(todo) > 1 else todo[0]
        lines.append(f"Today: {some}, about {many(work.minutes, 'minute')}.{track}")
    else:
        lines.append("Today: nothing is left to do." + " You are on track." * bool(outlook and not left))
    if outlook is None:
        return [*lines, f"It is more than {FURTHEST} days ahead: too far for a plan."]
    if way.unseen:
        last = figures.date + timedelta(days=outlook.last_begun or 0)
        then = f"{many(left)} of {way.unseen} would not be begun in time."
        if not left:
            others = way.unseen < figures.total.cards
            then = f"Then {'the other' if others else 'all'} {many(way.unseen)} are begun."
            if way.unseen == 1:
                then = f"Then {'the last' if others else 'the only'} card is begun."
        if any(outlook.begun):
            lines.append(f"New cards: {max(outlook.begun)} a day until {last.day} {last:%B}. {then}")
        else:
            lines.append(f"There is no time for new cards: {many(left)} would not be begun.")
    total, most = sum(outlook.answers), max(outlook.answers)
    usual = total / way.days
    lines.append(
        f"That takes about {many(round(usual), 'answer')} a day ({_minutes(usual, work.seconds)});"
        f" the busiest day has {most} ({_minutes(most, work.seconds)})."
    )
    chances = list(outlook.recall.values())
    spread = 2 * sum(p * (1 - p) for p in chances) ** 0.5
    recalled = f"about {round(sum(chances))} of {many(len(chances))}, give or take {round(spread)}"
    lines.append(f"On the day you would recall {recalled}.")
    if figures.exam.id:
        assert figures.ready_by_plan is not None
        lines.append(
            f"If you keep to this plan, your chance to pass on the day is {chance(figures.ready_by_plan)}."
        )
    return lines


def _ready(figures: Statistics) -> list[str]:
    if not has_chance(figures):
        return []
    from dp100cards.clean import many

    total, exam_day = figures.total, figures.exam_day
    day = (
        "today"
        if exam_day == figures.date
        else f"on {exam_day.day} {exam_day:%B} if you learned nothing more"
    )
    return [
        f"Chance to pass {day}: {chance(figures.readiness)},"
        f" from {total.begun} of {many(total.cards)} begun and {many(len(figures.mocks), 'mock exam')}."
    ]


def _minutes(answers: float, seconds: float) -> str:
    from dp100cards.clean import many

    return many(max(round(answers * seconds / 60), 1), "minute")


def _long(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _table(areas: tuple[Group, ...]) -> list[str]:
    from dp100cards.clean import percent

    rows = [f"{'weight':>8} {'cards':>6} {'begun':>6} {'recall':>7}  Area"]
    for area in areas:
        low, high = area.weight
        weight = f"{low:g}–{high:g} %" if low != high else f"{low:g} %"
        recall = "–" if area.progress.recall is None else percent(area.progress.recall)
        rows.append(
            f"{weight:>8} {area.progress.cards:>6} {area.progress.begun:>6} {recall:>7}  {area.title}"
        )
    empty = [area.title for area in areas if not area.progress.cards]
    return rows + ([f"The decks have no cards on: {'; '.join(empty)}."] if empty else [])


def _data(figures: Statistics) -> dict[str, Any]:
    way, outlook, now = figures.preparation, figures.outlook, figures.readiness
    found: dict[str, Any] = {
        "version": 2,
        "exam": figures.exam.name,
        "cards": figures.total.cards,
        "begun": figures.total.begun,
        "seconds_per_answer": round(figures.seconds, 1),
        "chance": {"day": figures.exam_day.isoformat(), "low": round(now.low, 4), "high": round(now.high, 4)},
        "mock_exams": len(figures.mocks),
        "areas": [
            {
                "id": area.id, "title": area.title, "weight": list(area.weight), "cards": area.progress.cards,
                "begun": area.progress.begun, "recall": area.progress.recall and round(area.progress.recall, 4),
            }
            for area in figures.areas
        ],
        "next": [
            {"kind": step.kind, "area": step.area, "count": step.count, "minutes": round(step.minutes, 1)}
            for step in next_steps(figures)
        ],
    }  # fmt: skip
    if way and outlook and figures.ready_by_plan:
        planned = figures.ready_by_plan
        found |= {
            "exam_date": way.day.isoformat(),
            "days": way.days,
            "minutes_per_day": figures.plan.minutes,
            "new_today": way.new_today,
            "minutes_today": figures.work.minutes,
            "not_begun": way.unseen - sum(outlook.begun),
            "answers_by_day": list(outlook.answers),
            "begun_by_day": list(outlook.begun),
            "recalled": round(sum(outlook.recall.values()), 1),
            "chance_by_plan": {"low": round(planned.low, 4), "high": round(planned.high, 4)},
        }
    return found
