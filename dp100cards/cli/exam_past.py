"""What `dp100 exam` keeps: the list of sittings, and the report on one."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dp100cards import files
from dp100cards.cli.told import tell
from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.errors import UsageError
from dp100cards.scheduler.days import Moment

if TYPE_CHECKING:
    from dp100cards.exam.blueprint import Blueprint
    from dp100cards.exam.score import Point
    from dp100cards.exam.sitting import Sitting
    from dp100cards.store.sittings import Kept


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@pass_workplace
def list_(work: Workplace, as_json: bool) -> None:
    """List the sittings so far."""
    from dp100cards.exam.score import first_exposures, score
    from dp100cards.store import sittings
    from dp100cards.ui.amounts import many

    every = list(sittings.every(work.store))
    points = first_exposures((kept.sitting, kept.blueprint) for kept in every)
    rows = []
    for kept, point in zip(every, points, strict=True):
        result = score(kept.sitting, kept.blueprint) if kept.sitting.over else None
        rows.append({
            "sitting": kept.sitting.id, "exam": kept.blueprint.name, "date": date_of(kept),
            "questions": len(kept.sitting.questions), "phase": kept.phase, "practice": kept.sitting.practice,
            "score": result.score if result else None, "passed": result.passed if result else None,
            "verdict": result.verdict if result else None,
            "first_asked": point.fresh, "first_asked_score": point.score,
        })  # fmt: skip
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo("No sitting yet; dp100 exam begins one.")
    for kept, row in zip(every, rows, strict=True):
        verdict = row["phase"] if row["score"] is None else f"{row['score']:>4}  {row['verdict']}"
        asked = many(len(kept.sitting.questions), "question")
        click.echo(f"{row['sitting']:>3}  {row['date']}  {row['exam']}  {asked:>13}  {verdict}")
    plotted = [(kept, point) for kept, point in zip(every, points, strict=True) if point.score is not None]
    if len(plotted) > 1:
        click.echo("\nBy the questions that were asked for the first time (| is the pass mark)")
        for kept, point in plotted:
            click.echo(plot_row(point, kept.blueprint.pass_mark))


def plot_row(point: Point, pass_mark: int, width: int = 20) -> str:
    """One sitting of the plot over all sittings."""
    from dp100cards.ui.amounts import many

    score = point.score or 0
    cut = min(pass_mark * width // 1000, width - 1)
    filled = round(score * width / 1000)
    bar = "".join("|" if n == cut else "█" if n < filled else "·" for n in range(width))
    return f"{point.sitting:>3}  {bar} {score:>4}  {many(point.fresh, 'question')}"


@click.command()
@click.argument("number", required=False, type=int, metavar="[N]")
@click.option("--all", "all_", is_flag=True, help="Show the questions that were right too.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write it as one web page."
)
@pass_workplace
def report(work: Workplace, number: int | None, all_: bool, as_json: bool, page: Path | None) -> None:
    """Report on a sitting: N of `dp100 exam list`, or the last one that was handed in."""
    from dp100cards.exam.score import score
    from dp100cards.ui.exam_report import as_data

    kept = chosen(work, number)
    if page is not None:
        write_page(page, kept)
    elif as_json:
        data = as_data(kept.sitting, score(kept.sitting, kept.blueprint), kept.blueprint)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        tell_report(kept.sitting, kept.blueprint, all_=all_)


def chosen(work: Workplace, number: int | None) -> Kept:
    """The sitting with this number, or the last one that was handed in. Raises UsageError if there is none."""
    from dp100cards.store import sittings

    if number is None:
        over = [kept for kept in sittings.every(work.store) if kept.sitting.over]
        kept = over[-1] if over else None
    else:
        kept = sittings.load(work.store, number)
    if kept is None:
        raise UsageError(
            "no sitting was handed in yet" if number is None else f"there is no sitting {number}"
        )
    if not kept.sitting.over:
        raise UsageError(
            f"sitting {kept.sitting.id} was not handed in; its report would give the answers away"
        )
    return kept


def write_page(path: Path, kept: Kept) -> None:
    """Write the report as a page of its own."""
    from dp100cards.exam.score import score
    from dp100cards.exchange.pages import report as page_of

    text = page_of(kept.sitting, score(kept.sitting, kept.blueprint), kept.blueprint, date_of(kept))
    try:
        files.write(path, text)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from None
    click.echo(str(path))


def tell_report(sitting: Sitting, plan: Blueprint, *, all_: bool = False) -> None:
    """Write the report."""
    from dp100cards.exam.score import score
    from dp100cards.ui.exam_report import report_lines

    tell(report_lines(sitting, score(sitting, plan), plan, all_=all_))


def verdict(sitting: Sitting, plan: Blueprint) -> str:
    """The report's first line, which a long report has scrolled out of sight."""
    from dp100cards.exam.score import score
    from dp100cards.ui.exam_report import head

    return head(sitting, score(sitting, plan), plan)[0]


def standing(kept: Kept) -> str:
    """How an open sitting stands, in words."""
    from dp100cards.ui.exam_words import clock

    sitting = kept.sitting
    left = "untimed" if sitting.left is None else f"{clock(sitting.left)} left"
    done = len(sitting.questions) - len(sitting.unanswered)
    return f"question {sitting.at + 1} of {len(sitting.questions)}, {done} answered, {left}, begun {date_of(kept)}"


def absence(kept: Kept, now: Moment) -> str:
    """How long the learner was away, and what that did."""
    from dp100cards.ui.amounts import duration

    clock = "the clock ran on" if kept.sitting.strict else "the clock waited"
    return f"You were away for {duration(kept.away(now))}; {clock}."


def date_of(kept: Kept) -> str:
    """When a sitting began, local time."""
    zone = timezone(timedelta(minutes=kept.moment.offset))
    return f"{datetime.fromtimestamp(kept.moment.at / 1000, zone):%Y-%m-%d %H:%M}"
