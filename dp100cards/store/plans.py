"""What the learner plans: the day of an exam and the minutes a day, one plan for each exam (the name of its blueprint).

It is kept here and not in `dp100.toml`, so that a command or a screen can set it without rewriting a file of the
learner's, and so that it travels with the history. A date in `dp100.toml` counts until one is set here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from dp100cards.scheduler.event import Moment
from dp100cards.store.migrate import uid_of
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
            minutes=float(minutes) if minutes and 0 < float(minutes) <= 1440 else None,
        )
    except (ValueError, TypeError, AttributeError):
        return usual


def planned_exams(store: Store) -> list[str]:
    """The names of the exams for which a plan was kept."""
    query = "SELECT name FROM setting WHERE name > ? AND name < ?"
    return [name.removeprefix(PREFIX) for (name,) in store.all(query, (PREFIX, PREFIX + "~"))]


def keep_exam_plan(store: Store, exam: str, plan: ExamPlan, now: Moment) -> None:
    """Keep the plan for an exam."""
    kept = {"day": plan.day.isoformat() if plan.day else None, "minutes": plan.minutes}
    store.set_setting(PREFIX + exam, json.dumps(kept), now.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was said of a mock exam when it began."""

    exam: str
    moment: Moment
    low: float
    high: float
    """The chance to pass lies between these."""
    least: float
    most: float
    """The share of right answers lies between these with a probability of 80 %."""
    begun: int
    cards: int
    mocks: int
    """What it rested on."""
    sitting: int = 0
    """The sitting, by its number in this file."""


def keep_forecast(store: Store, forecast: Forecast) -> None:
    """Keep a forecast, with the sitting that it is about. A sitting has one: the first that was kept."""
    basis = json.dumps({"begun": forecast.begun, "cards": forecast.cards, "mocks": forecast.mocks})
    with store.transaction():
        (uid,) = store.connection.execute(
            "SELECT uid FROM sitting WHERE id = ?", (forecast.sitting,)
        ).fetchone()
        store.connection.execute(
            "INSERT OR IGNORE INTO forecast VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                uid_of("forecast", uid), forecast.exam, forecast.moment.at, forecast.moment.offset,
                forecast.low, forecast.high, forecast.least, forecast.most, basis, uid,
            ),
        )  # fmt: skip


def forecasts(store: Store, exam: str) -> list[Forecast]:
    """The forecasts for an exam, the oldest first."""
    query = """SELECT forecast.at, forecast.offset, low, high, least, most, basis, sitting.id
        FROM forecast JOIN sitting ON sitting.uid = forecast.sitting WHERE exam = ?
        ORDER BY forecast.at, forecast.uid"""
    return [
        Forecast(
            exam=exam, moment=Moment(at, offset), low=low, high=high, least=least, most=most, sitting=sitting,
            **json.loads(basis),
        )
        for at, offset, low, high, least, most, basis, sitting in store.all(query, (exam,))
    ]  # fmt: skip
