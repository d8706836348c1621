"""The figures of the collection in use, for every command that shows some."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from dp100cards.ui.amounts import many

if TYPE_CHECKING:
    from dp100cards.cli.context import AppContext
    from dp100cards.decks.index import Entry
    from dp100cards.readiness import Readiness
    from dp100cards.scheduler.queue import Limits
    from dp100cards.store.statistics import Statistics


def statistics(app: AppContext) -> Statistics:
    """All figures, as they are now."""
    from dp100cards.decks.blueprints import blueprint_of
    from dp100cards.store.plans import ExamPlan
    from dp100cards.store.statistics import Statistics

    study = app.settings.study
    usual = ExamPlan(day=study.exam_date, minutes=study.minutes_per_day or None)
    exam = blueprint_of(app.index, app.collection)
    return Statistics(app.store, app.index, exam, app.now(), _usual(app), usual)


def planned(app: AppContext) -> tuple[Limits, Callable[[], Iterable[Entry]] | None]:
    """How much today asks, and the order of its new cards; None is that of the notes.

    Only where an exam lies ahead do both depend on it. Else no blueprint is read: that takes 40 ms.
    """
    from dp100cards.store.plans import is_planned

    if app.settings.study.exam_date is None and not is_planned(app.store):
        return _usual(app), None
    figures = statistics(app)
    if figures.preparation is None or figures.preparation.days < 0:
        return _usual(app), None
    return figures.limits, lambda: statistics(app).new_cards()


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


def next_step(figures: Statistics) -> list[str]:
    """What raises the chance most per minute."""
    if not figures.steps:
        return []
    step = figures.steps[0]
    title = figures.exam.area_title(step.area) if step.area else ""
    what = {
        "new": f"{many(step.count, 'new card')} of {title}",
        "due": f"the {many(step.count, 'card')} that {'is' if step.count == 1 else 'are'} due",
        "mock": f"a mock exam with {many(step.count, 'question')}, most of all {title}",
    }[step.kind]
    return [
        f"What raises your chance most per minute: {what}, about {many(max(round(step.minutes), 1), 'minute')}."
    ]
