"""`dp100 exam`: a timed mock exam; and what is done with those that are over."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from random import SystemRandom
from typing import Any

import click

from dp100cards import files
from dp100cards.clean import duration, many, say, say_json
from dp100cards.cli.context import AppContext, as_json, interruptible, pass_context, plain, tell, written
from dp100cards.decks.blueprints import blueprint_of, others_served
from dp100cards.errors import UsageError
from dp100cards.exam.draw import Paper, draw_paper
from dp100cards.exam.score import score, weaknesses
from dp100cards.exam.sitting import Sitting, SittingEvent
from dp100cards.session.exam import ExamResult, ExamSession
from dp100cards.store import sittings
from dp100cards.ui import exam_pages as pages
from dp100cards.ui.exam import Exam
from dp100cards.ui.terminal import Lines
from dp100cards.ui.view import Stage

an_exam = click.argument("number", required=False, type=int, metavar="[N]")


@click.group(invoke_without_command=True)
@click.option("--exam", "name", metavar="NAME", help="Another exam than the collection's: dp-100 or ai-300.")
@click.option(
    "--questions", type=click.IntRange(1, 500), metavar="N", help="Number of questions; the time is scaled."
)
@click.option("--minutes", type=click.IntRange(0, 1440), metavar="M", help="Number of minutes; 0: no clock.")
@click.option("--area", "areas", multiple=True, metavar="AREA", help="Only this area; may be repeated.")
@click.option("--unseen", is_flag=True, help="Only questions that no exam has asked yet.")
@click.option("--weak", is_flag=True, help="More of the areas that went badly in earlier exams.")
@click.option("--practice", is_flag=True, help="Explain each answer at once; untimed without --minutes.")
@click.option("--strict", is_flag=True, help="Like the real exam: a break locks what was seen, time runs on.")
@click.option("--seed", type=int, metavar="N", help="Draw the same paper again from the same decks.")
@plain
@click.pass_context
def exam(ctx: click.Context, /, **options: Any) -> None:
    """Sit a timed mock exam.

    Every answer is on disk at once: after a crash, `dp100 exam resume` goes on at the same question.
    """
    if ctx.invoked_subcommand is not None:
        return
    app = ctx.ensure_object(AppContext)
    waiting = sittings.latest_open(app.store)
    with app.shown() as stage:
        with interruptible(pages.NOT_BEGUN):
            pressed, opening = "n", None
            if waiting:
                pressed = stage.run(pages.waiting_page(waiting)).pressed
            if pressed == "n":
                paper = drawn(app, options)
                opening = stage.run(pages.Opening(stage, paper, waiting))
        if waiting and pressed in ("enter", "space"):
            said = go_on(app, stage, waiting)
        elif opening and opening.begun:
            said = begin(app, stage, opening.paper, waiting)
        else:
            said = pages.paused(waiting) if waiting else [pages.NOT_BEGUN]
    tell(said)


def drawn(app: AppContext, options: dict[str, Any]) -> Paper:
    """A paper drawn from the decks as the learner asked. Raises UsageError if there is nothing to ask."""
    app.require_cards()
    plan, cards = blueprint_of(app.index, app.collection, options["name"] or ""), app.cards()
    lean = weaknesses(app.statistics(plan).first_answers) if options["weak"] else {}
    seed = SystemRandom().randrange(2**31) if options["seed"] is None else options["seed"]
    wanted = {name: options[name] for name in ("questions", "areas", "unseen")}
    found = draw_paper(plan, cards, seed, **wanted, asked=sittings.times_asked(app.store), lean=lean)
    rules = {name: options[name] for name in ("practice", "strict")}
    if options["minutes"] is not None or options["practice"]:
        rules["minutes"] = options["minutes"] or 0
    return replace(found, others=others_served(cards, plan), **rules)


def begin(app: AppContext, stage: Stage, paper: Paper, waiting: Sitting | None) -> list[str]:
    """Start the clock; only now is the open exam given up."""
    sitting = sittings.create(app.store, paper, app.now())
    if waiting is not None:
        sittings.give_up(app.store, waiting, app.now())
    if not paper.practice:
        # Set beside the result later: how good was the forecast?
        app.statistics(paper.plan).keep_forecast(sitting.id, map(paper.plan.area_of, paper.cards))
    return sit(app, stage, sitting)


@exam.command()
@plain
@pass_context
def resume(app: AppContext) -> None:
    """Go on with the exam that is open, at the same question."""
    waiting = sittings.latest_open(app.store)
    if waiting is None:
        raise UsageError("no exam is open; dp100 exam begins one")
    with app.shown() as stage:
        said = go_on(app, stage, waiting)
    tell(said)


def go_on(app: AppContext, stage: Stage, waiting: Sitting) -> list[str]:
    """Go on with a sitting, and say how long the learner was away."""
    now = app.now()
    gone, sitting = sittings.away(app.store, waiting, now), sittings.come_back(app.store, waiting, now)
    clock = "; the clock ran on" if sitting.strict else "; the clock waited"
    away = f"You were away for {duration(gone)}{clock if sitting.minutes else ''}."
    return sit(app, stage, sitting, away)


def sit(app: AppContext, stage: Stage, sitting: Sitting, said: str = "") -> list[str]:
    """Sit until it is over or paused, and look at the result; what stays in the shell."""

    def record(here: Sitting, *events: SittingEvent) -> Sitting:
        return sittings.record(app.store, here, app.now(), *events)

    session = ExamSession(sitting, record, time.monotonic, said)
    with interruptible("\n".join(pages.paused(sitting))):
        try:
            session.beat()
            if not session.sitting.over:
                stage.run(Exam(stage, session))
        finally:
            session.keep_clock()
    if not session.sitting.over:
        return pages.paused(session.sitting)
    found = result_of(app, sitting.id)
    stage.run(pages.ResultPage(stage, found))
    return pages.shell_lines(found.result)


@exam.command("list")
@pass_context
def list_(app: AppContext) -> None:
    """List your mock exams with their scores."""
    for sitting in sittings.every(app.store):
        stands = sitting.phase
        if sitting.over:
            result = score(sitting)
            stands = f"{result.score:>4}  {result.verdict}"
        asked = many(len(sitting.questions), "question")
        tell([f"{sitting.id:>3}  {sitting.date}  {sitting.plan.name}  {asked:>13}  {stands}"])


@exam.command()
@an_exam
@click.option("--all", "every", is_flag=True, help="In lines: show the questions that were right too.")
@as_json
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write a web page.")
@plain
@pass_context
def report(app: AppContext, number: int | None, every: bool, as_json: bool, page: Path | None) -> None:
    """Show the result of exam N of `dp100 exam list`, or of the last one."""
    found = result_of(app, number)
    missed, known = app.statistics(found.result.sitting.plan).relearned(found.result)
    if missed:
        one = "know it" if known else "do not know it"
        how = f"know {len(known)} of them" if len(missed) > 1 else one
        found.message = f"You missed {many(len(missed), 'question')} here; today you {how}."
    if page is not None:
        from dp100cards.exchange import documents  # Jinja2 takes 0.1 s, which only a page needs

        with written(page):
            files.write(page, documents.report(found.result))
        say(page)
    elif as_json:
        say_json({"version": 1, **pages.as_data(found.result)})
    elif every or app.in_lines:
        pages.report(found, Lines(), every=every)
    else:
        with app.shown() as stage:
            stage.run(pages.ResultPage(stage, found))


@exam.command()
@an_exam
@pass_context
def learn(app: AppContext, number: int | None) -> None:
    """Add what went wrong to daily study: of exam N, or of the last one.

    A card that was learned lapses; one that was new is asked first tomorrow, and takes nothing of today's new cards;
    marked questions are flagged. Doing it twice changes nothing.
    """
    found = result_of(app, number)
    found.add()
    say(found.message)


def result_of(app: AppContext, number: int | None) -> ExamResult:
    """The exam with this number, or the last one that was handed in. Raises UsageError if there is none."""
    if number is None:
        over = [sitting for sitting in sittings.every(app.store) if sitting.over]
        sitting = over[-1] if over else None
    else:
        sitting = sittings.load(app.store, number)
    if sitting is None:
        raise UsageError("no exam has been handed in yet" if number is None else f"there is no exam {number}")
    if not sitting.over:
        raise UsageError(f"exam {number} was not handed in; its report would give the answers away")
    return ExamResult(score(sitting), app.store, app.index, app.now, set(app.store.rejected()))
