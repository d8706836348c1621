"""Exams that are over: the list of them, their reports, and what of them goes into daily study."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click

from dp100cards import files
from dp100cards.clean import many, say, say_json
from dp100cards.cli.context import AppContext, pass_context, plain, tell
from dp100cards.errors import UsageError
from dp100cards.exam.afterwards import events
from dp100cards.exam.score import first_exposures, score
from dp100cards.session.exam import ExamResult
from dp100cards.store import sittings
from dp100cards.store.sittings import Kept
from dp100cards.ui.exam_pages import ResultPage, as_data
from dp100cards.ui.exam_pages import report as views
from dp100cards.ui.terminal import Lines


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_context
def list_(work: AppContext, as_json: bool) -> None:
    """List your mock exams, with the score of what each asked for the first time.

    A question that an earlier exam asked may be remembered rather than known.
    """
    every = list(sittings.every(work.store))
    points = first_exposures((kept.sitting, kept.blueprint) for kept in every)
    rows: list[dict[str, Any]] = []
    for kept, (fresh, again) in zip(every, points, strict=True):
        result = score(kept.sitting, kept.blueprint) if kept.sitting.over else None
        rows.append({
            "sitting": kept.sitting.id, "exam": kept.blueprint.name, "date": date_of(kept),
            "questions": len(kept.sitting.questions), "phase": kept.phase, "practice": kept.sitting.practice,
            "score": result.score if result else None, "passed": result.passed if result else None,
            "verdict": result.verdict if result else None, "first_asked": fresh,
            "first_asked_score": again,
        })  # fmt: skip
    if as_json:
        say_json(rows)
        return
    for row in rows:
        verdict = row["phase"] if row["score"] is None else f"{row['score']:>4}  {row['verdict']}"
        if row["first_asked_score"] is not None and row["first_asked"] < row["questions"]:
            verdict += f"  {row['first_asked_score']} on {row['first_asked']} asked for the first time"
        asked = many(row["questions"], "question")
        tell([f"{row['sitting']:>3}  {row['date']}  {row['exam']}  {asked:>13}  {verdict}"])
    if not rows:
        tell(["No exam yet; dp100 exam begins one."])


@click.command()
@click.argument("number", required=False, type=int, metavar="[N]")
@click.option("--all", "every", is_flag=True, help="In lines: show the questions that were right too.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write it as one web page."
)
@plain
@pass_context
def report(work: AppContext, number: int | None, every: bool, as_json: bool, page: Path | None) -> None:
    """Show the result of exam N of `dp100 exam list`, or of the last one.

    \b
    Examples:
      dp100 exam report                  the last exam, on a screen
      dp100 exam report 3 --html 3.html  exam 3, as a web page
    """
    kept = chosen(work, number)
    found = result_of(work, kept)
    found.message = relearned(work, kept)
    if page is not None:
        write_page(page, kept, found)
    elif as_json:
        say_json({"version": 1, **as_data(found)})
    elif every or work.in_lines:
        lines = Lines()
        for view in views(found, lines.size, every=every):
            lines.print(view)
    else:
        with work.shown() as stage:
            stage.run(ResultPage(stage, found))


@click.command()
@click.argument("number", required=False, type=int, metavar="[N]")
@pass_context
def learn(work: AppContext, number: int | None) -> None:
    """Add what went wrong to daily study: of exam N, or of the last one.

    A card that was learned lapses; one that was new is asked first tomorrow, and takes nothing of today's new cards;
    marked questions are flagged. Doing it twice changes nothing.
    """
    found = result_of(work, chosen(work, number))
    found.add()
    say(found.message)


def relearned(work: AppContext, kept: Kept) -> str:
    """How much of what was missed is known today, in a sentence; "" if nothing was missed."""
    from dp100cards.clean import many
    from dp100cards.cli.figures import statistics

    missed, known = statistics(work, kept.blueprint).relearned(kept.sitting.id)
    if not missed:
        return ""
    return f"You missed {many(len(missed), 'question')} here; today you know {len(known)} of them."


def chosen(work: AppContext, number: int | None) -> Kept:
    """The exam with this number, or the last one that was handed in. Raises UsageError if there is none."""
    if number is None:
        over = [kept for kept in sittings.every(work.store) if kept.sitting.over]
        kept = over[-1] if over else None
    else:
        kept = sittings.load(work.store, number)
    if kept is None:
        raise UsageError("no exam was handed in yet" if number is None else f"there is no exam {number}")
    if not kept.sitting.over:
        raise UsageError(f"exam {kept.sitting.id} was not handed in; its report would give the answers away")
    return kept


def result_of(work: AppContext, kept: Kept) -> ExamResult:
    """A sitting that is over, with what can be done with its questions."""
    result = score(kept.sitting, kept.blueprint)

    def learned() -> tuple[int, int]:
        known, rollover = work.index.ids(), work.store.engine.rollover
        done = {event.origin_id for event in work.store.events(undone=True) if event.origin == "exam"}
        found = events(kept.sitting.id, result.outcomes, work.store.state, known, work.now(), rollover)
        added = work.store.record_all([event for event in found if event.origin_id not in done])
        wrong = sum(event.kind in ("review", "practice") for event in added)
        return wrong, sum(event.kind == "flag" for event in added)

    def reject(card: str, rejected: bool) -> None:
        if rejected:
            work.store.reject(card, work.index.key_of(card), work.now(), "exam")
        else:
            work.store.unreject(card, work.now(), "exam")

    rejected = set(work.store.rejected()) & {card.id for card in kept.sitting.questions}
    date, note = date_of(kept), work.index.note
    return ExamResult(kept.sitting, kept.blueprint, result, date, learned, reject, note, rejected)


def write_page(path: Path, kept: Kept, found: ExamResult) -> None:
    """Write the report as a page of its own."""
    from dp100cards.exchange.documents import report as page_of  # Jinja2 takes 0.1 s, which only a page needs

    text = page_of(kept.sitting, found.result, kept.blueprint, found.date)
    try:
        files.write(path, text)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from None
    say(str(path))


def date_of(kept: Kept) -> str:
    """When a sitting began, local time."""
    zone = timezone(timedelta(minutes=kept.moment.offset))
    return f"{datetime.fromtimestamp(kept.moment.at / 1000, zone):%Y-%m-%d %H:%M}"
