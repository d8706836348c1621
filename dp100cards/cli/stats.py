"""`dp100 stats`: what has been learned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from dp100cards.clean import duration, many, say_json
from dp100cards.cli.context import AppContext, pass_context, plain
from dp100cards.cli.figures import chance, has_chance, statistics

if TYPE_CHECKING:
    from dp100cards.store.statistics import Group, Progress, Statistics
    from dp100cards.ui.home import MockRow, Overview, Row


@click.command()
@click.option(
    "--days",
    type=click.IntRange(7, 3650),
    default=30,
    show_default=True,
    help="Days back and ahead in --json.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures for programs.")
@plain
@pass_context
def stats(app: AppContext, days: int, as_json: bool) -> None:
    """Show what you have learned: reviews, retention, what is coming, decks, areas and mock exams.

    \b
    Examples:
      dp100 stats
      dp100 stats --json --days 365
    """
    figures = statistics(app)
    if as_json:
        say_json({"version": 1, **as_data(figures, days)})
        return
    from dp100cards.ui.home import statistics_page
    from dp100cards.ui.terminal import Lines

    screen = statistics_page(overview(figures, app))
    if app.in_lines:
        Lines().print(screen.view(Lines().size))
        return
    with app.shown() as stage:
        stage.run(screen)


def overview(figures: Statistics, app: AppContext) -> Overview:
    """What the screen shows, from the one place of figures."""
    from dp100cards.ui.home import WEEKS, Overview, summary_of

    total, (reviews, took) = figures.total, figures.totals
    weekday = (figures.today + 3) % 7  # day 0 was a Thursday
    first = figures.today - weekday - 7 * (WEEKS - 1)
    by_day = figures.by_day(figures.today - first + 1)
    summary = [summary_of(row_of(total), figures.streak.days, figures.streak.longest)]
    if reviews:
        summary.append(f"{many(reviews, 'review')} in {duration(took)}; today {figures.done.reviews}.")
        if has_chance(figures):
            summary.append(f"Chance to pass: {chance(figures.readiness)}.")
    else:
        summary.append(f"Nothing was reviewed yet: {app.command('study')}")
    return Overview(
        summary=summary,
        days=[by_day.get(day, 0) for day in range(first, figures.today + 1)],
        months=[(n, f"{day:%b}") for n in range(WEEKS) if (day := _date(first + 7 * n)).day <= 7],
        retention=[
            figures.retention(7 if ago else weekday + 1, 0 if not ago else weekday + 1 + 7 * (ago - 1))
            for ago in range(WEEKS - 1, -1, -1)
        ],
        coming=figures.coming(30),
        phases=[
            (name, getattr(total, name))
            for name in ("new", "learning", "young", "mature", "suspended")
            if total.suspended or name != "suspended"
        ],
        decks=[row_of(deck.progress, deck.title) for deck in figures.decks],
        areas=[row_of(area.progress, area.title) for area in figures.areas if area.weight[1]],
        mocks=_mocks(figures),
        pass_mark=figures.exam.pass_mark,
    )


def row_of(at: Progress, title: str = "") -> Row:
    """How far the learner is with a deck or an area, or with all cards."""
    from dp100cards.ui.home import Row

    return Row(title=title, cards=at.cards, begun=at.begun, mature=at.mature, recall=at.recall)


def _mocks(figures: Statistics) -> list[MockRow]:
    from dp100cards.scheduler.event import day_of
    from dp100cards.ui.home import MockRow

    found = []
    for mock in figures.mocks:
        said = mock.forecast
        share = f"{said.low * 100:.0f}–{said.high * 100:.0f} %" if said else ""
        verdict = "no verdict" if mock.passed is None else "passed" if mock.passed else "not passed"
        found.append(
            MockRow(
                date=f"{_date(day_of(mock.moment)):%Y-%m-%d}", score=mock.score, verdict=verdict,
                forecast=f"forecast before it: chance to pass {share}" if share else "",
            )
        )  # fmt: skip
    return found


def _date(day: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)


def as_data(figures: Statistics, days: int) -> dict[str, Any]:
    """The figures as plain data, for JSON."""
    total, today = figures.total, figures.today

    def share(known: int, asked: int) -> dict[str, Any]:
        return {"recalled": known, "asked": asked, "share": round(known / asked, 4) if asked else None}

    def group(each: Group) -> dict[str, Any]:
        at = each.progress
        recall = None if at.recall is None else round(at.recall, 4)
        return {"name": each.id, "title": each.title, "cards": at.cards, "begun": at.begun, "mature": at.mature,
                "recall": recall}  # fmt: skip

    return {
        "today": f"{_date(today):%Y-%m-%d}",
        "streak": figures.streak.days,
        "longest_streak": figures.streak.longest,
        "cards": total.cards,
        "begun": total.begun,
        "counts": {
            name: getattr(total, name) for name in ("new", "learning", "young", "mature", "suspended")
        },
        "recall_of_begun": None if total.recall is None else round(total.recall, 4),
        "reviews": figures.totals[0],
        "took": figures.totals[1],
        "retention": {str(span): share(*figures.retention(span)) for span in (7, 30, 365)},
        "by_day": {f"{_date(day):%Y-%m-%d}": number for day, number in figures.by_day(days).items()},
        "coming": {f"{_date(today + n):%Y-%m-%d}": number for n, number in enumerate(figures.coming(days))},
        "decks": list(map(group, figures.decks)),
        "areas": list(map(group, figures.areas)),
        "mocks": [
            {"number": mock.number, "score": mock.score, "passed": mock.passed} for mock in figures.mocks
        ],
    }
