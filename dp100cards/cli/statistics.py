"""The figures of the collection in use, for every command that shows some."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from dp100cards.clean import many
from dp100cards.scheduler.event import day_of

if TYPE_CHECKING:
    from dp100cards.cli.context import AppContext
    from dp100cards.decks.index import Entry
    from dp100cards.exam.blueprint import Blueprint
    from dp100cards.readiness import Readiness, Step
    from dp100cards.scheduler.queue import Limits
    from dp100cards.store.daily import ExamPlan, Preparation
    from dp100cards.store.statistics import Statistics


def statistics(app: AppContext, exam: Blueprint | None = None) -> Statistics:
    """All figures, as they are now; for another exam than the collection's, if one is given."""
    from dp100cards.decks.blueprints import blueprint_of
    from dp100cards.store.statistics import Statistics

    exam = exam or blueprint_of(app.index, app.collection)
    return Statistics(app.store, app.index, exam, app.now(), _usual(app), _usual_plan(app))


def planned(app: AppContext) -> tuple[Limits, Callable[[], Iterable[Entry]] | None]:
    """How much today asks, and the order of its new cards; None is that of the notes."""
    way = _way(app)
    if way is None or way.days < 0:
        return _usual(app), None
    return way.limits(_usual(app)), lambda: statistics(app).new_cards()


def _way(app: AppContext) -> Preparation | None:
    """The way to the exam, if one is planned. A blueprint, which takes 40 ms, is read only where it must be."""
    from dp100cards.store.daily import exam_plan, planned_exams, preparation

    names = planned_exams(app.store)
    if not names and app.settings.study.exam_date is None:
        return None
    if len(names) != 1:
        return statistics(app).preparation
    return preparation(app.store, app.index, exam_plan(app.store, names[0], _usual_plan(app)), app.now())


def _usual_plan(app: AppContext) -> ExamPlan:
    from dp100cards.store.daily import ExamPlan

    study = app.settings.study
    return ExamPlan(day=study.exam_date, minutes=study.minutes_per_day or None)


def short(app: AppContext) -> str:
    """Today in one line, for a shell prompt or a status bar."""
    from dp100cards.store.daily import streak, todays_queue

    now, way = app.now(), _way(app)
    queue = todays_queue(app.store, app.index, now, way.limits(_usual(app)) if way else _usual(app))
    new, learning = len(queue.new), len(queue.learning)
    counts = ((len(queue.main) - new, "due"), (learning, "learning"), (new, "new"))
    said = [" ".join(f"{count} {name}" for count, name in counts if count) or "all done"]
    days = streak(app.store, day_of(now, app.store.engine.rollover), recent=True).days
    said += [f"streak {days}"] * (days > 1)
    if way and way.days >= 0:
        said.append(f"exam in {many(way.days, 'day')}" if way.days else "exam today")
    return " · ".join(said)


def _usual(app: AppContext) -> Limits:
    from dp100cards.scheduler.queue import Limits

    study = app.settings.study
    return Limits(new=study.new_per_day, reviews=study.reviews_per_day)


def chance(found: Readiness) -> str:
    """The chance to pass, as a range."""
    low, high = round(found.low * 100), round(found.high * 100)
    if not low:
        return f"under {max(high, 1)} %"
    if high == 100:
        return f"over {min(low, 99)} %"
    return f"{low}–{high} %" if low < high else f"about {high} %"


def has_chance(figures: Statistics) -> bool:
    """Can a chance be said? Decks without a blueprint are no exam, and without a card begun there is no basis."""
    return bool(figures.exam.id and figures.total.begun)


def next_steps(figures: Statistics) -> list[Step]:
    """What can be done next; no new cards where the plan for the exam's day brings none."""
    way = figures.preparation
    none_new = way is not None and way.days >= 0 and not way.new_today
    return [step for step in figures.steps if not (none_new and step.kind == "new")]


def next_step(figures: Statistics) -> list[str]:
    """What raises the chance most per minute."""
    found = next_steps(figures)
    if not found:
        return []
    step = found[0]
    title = figures.exam.area_title(step.area) if step.area else ""
    what = {
        "new": f"{many(step.count, 'new card')} of {title}",
        "due": f"the {many(step.count, 'card')} that {'is' if step.count == 1 else 'are'} due",
        "mock": f"a mock exam with {many(step.count, 'question')}, most of all {title}",
    }[step.kind]
    return [
        f"What {'raises your chance' if figures.exam.id else 'helps'} most per minute: {what},"
        f" about {many(max(round(step.minutes), 1), 'minute')}."
    ]
