"""The figures of the collection in use, and the sentences about them, for every command that shows some."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from dp100cards.clean import many
from dp100cards.cli.context import AppContext
from dp100cards.decks.index import Entry
from dp100cards.scheduler.event import day_of
from dp100cards.scheduler.queue import Limits, Work
from dp100cards.store.daily import (
    ExamPlan,
    Preparation,
    exam_plan,
    planned_exams,
    preparation,
    streak,
    todays_queue,
)

if TYPE_CHECKING:
    from dp100cards.exam.blueprint import Blueprint
    from dp100cards.readiness import Readiness, Step
    from dp100cards.store.sittings import Forecast
    from dp100cards.store.statistics import Statistics


def statistics(app: AppContext, exam: Blueprint | None = None) -> Statistics:
    """All figures, as they are now; for another exam than the collection's, if one is given."""
    from dp100cards.decks.blueprints import (
        blueprint_of,  # both 25 ms, for which --short and a first card do not wait
    )
    from dp100cards.store.statistics import Statistics

    exam = exam or blueprint_of(app.index, app.collection)
    return Statistics(app.store, app.index, exam, app.now(), *_usual(app))


def _usual(app: AppContext) -> tuple[Limits, ExamPlan]:
    """How much a day asks and what is planned, as `dp100.toml` says."""
    study = app.settings.study
    plan = ExamPlan(day=study.exam_date, minutes=study.minutes_per_day or None)
    return Limits(new=study.new_per_day, reviews=study.reviews_per_day), plan


def _way(app: AppContext) -> tuple[Limits, Preparation | None]:
    """How much today asks, and the way to the exam if one is ahead. A blueprint is read only where it must be."""
    (limits, plan), names = _usual(app), planned_exams(app.store)
    if len(names) == 1:
        way = preparation(app.store, app.index, exam_plan(app.store, names[0], plan), app.now())
    else:
        way = statistics(app).preparation if names or plan.day else None
    return (way.limits(limits), way) if way and way.days >= 0 else (limits, None)


def planned(app: AppContext) -> tuple[Limits, Callable[[], Iterable[Entry]] | None]:
    """How much today asks, and the order of its new cards; None is that of the notes."""
    limits, way = _way(app)
    return limits, (lambda: statistics(app).new_cards()) if way else None


def short(app: AppContext) -> str:
    """Today in one line, for a shell prompt or a status bar."""
    limits, way = _way(app)
    now = app.now()
    queue = todays_queue(app.store, app.index, now, limits)
    counts = {"due": len(queue.main) - len(queue.new), "learning": len(queue.learning), "new": len(queue.new)}
    said = [" ".join(f"{count} {name}" for name, count in counts.items() if count) or "all done"]
    days = streak(app.store, day_of(now), now.offset).days
    said += [f"streak {days}"] * (days > 1)
    if way:
        said.append(f"exam in {many(way.days, 'day')}" if way.days else "exam today")
    return " · ".join(said)


def chance(found: Readiness | Forecast) -> str:
    """The chance to pass, as a range."""
    low, high = round(found.low * 100), round(found.high * 100)
    if not low:
        return f"under {max(high, 1)} %"
    if high == 100:
        return f"over {min(low, 99)} %"
    return f"{low}–{high} %" if low < high else f"about {high} %"


def chance_now(figures: Statistics) -> str:
    """The chance to pass; "" for decks without a blueprint, which are no exam, and while no card is begun."""
    return chance(figures.readiness) if figures.exam.id and figures.total.begun else ""


def next_steps(figures: Statistics) -> list[Step]:
    """What can be done next, best first; no new cards where the plan for the exam's day brings none."""
    way = figures.preparation
    none_new = way is not None and way.days >= 0 and not way.new_today
    return [step for step in figures.steps if not (none_new and step.kind == "new")]


def next_step(figures: Statistics) -> str:
    """What raises the chance most per minute; "" if nothing does."""
    for step in next_steps(figures):
        title = figures.exam.area_title(step.area) if step.area else ""
        what = {
            "new": f"{many(step.count, 'new card')} of {title}",
            "due": f"the {many(step.count)} that {'is' if step.count == 1 else 'are'} due",
            "mock": f"a mock exam with {many(step.count, 'question')}, most of all {title}",
        }[step.kind]
        gain = "raises your chance" if figures.exam.id else "helps"
        return f"What {gain} most per minute: {what}, about {many(max(round(step.minutes), 1), 'minute')}."
    return ""


def overdue(work: Work) -> str:
    """What is said of reviews beyond the day's limit, and in how many days all will be done, where that is known."""
    verb = "follows" if work.held_back == 1 else "follow"
    pace = f"; at this pace all are done in {many(work.melts_in, 'day')}" if work.melts_in else ""
    return (
        f"{many(work.held_back, 'overdue review')} {verb} in the coming days{pace}." if work.held_back else ""
    )
