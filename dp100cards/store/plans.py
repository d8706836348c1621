"""What the learner plans: the day of an exam and the minutes a day, one plan for each exam (the name of its blueprint).

It is kept here and not in `dp100.toml`, so that a command or a screen can set it without rewriting a file of the
learner's, and so that it travels with the history. A date in `dp100.toml` counts until one is set here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from dp100cards.scheduler.days import Moment
from dp100cards.store.store import Store

PREFIX = "plan "
"""How the names of these settings begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamPlan:
    """When an exam is, and how much time a day there is for it; None where the learner has not said."""

    day: date | None = None
    minutes: float | None = None


def exam_plan(store: Store, exam: str, usual: ExamPlan | None = None) -> ExamPlan:
    """The plan for an exam; what was never said comes from `usual`."""
    usual = usual or ExamPlan()
    try:
        kept = json.loads(store.setting(PREFIX + exam) or "{}")
        day = kept.get("day", usual.day)
        minutes = kept.get("minutes", usual.minutes)
        return ExamPlan(
            day=date.fromisoformat(day) if isinstance(day, str) else day,
            minutes=None if minutes is None else float(minutes),
        )
    except (ValueError, TypeError, AttributeError):
        return usual


def keep_exam_plan(store: Store, exam: str, plan: ExamPlan, now: Moment) -> None:
    """Keep the plan for an exam."""
    kept = {"day": plan.day.isoformat() if plan.day else None, "minutes": plan.minutes}
    store.set_setting(PREFIX + exam, json.dumps(kept), now.at)
