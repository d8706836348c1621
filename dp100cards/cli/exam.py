"""`dp100 exam`: a timed mock exam."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import click

from dp100cards.clean import duration
from dp100cards.cli.context import AppContext, interruptible, pass_context, plain, tell
from dp100cards.cli.exam_past import date_of, learn, list_, report, result_of
from dp100cards.cli.figures import statistics
from dp100cards.decks.blueprints import blueprint_of, others_served
from dp100cards.errors import UsageError
from dp100cards.exam.blueprint import Blueprint
from dp100cards.exam.score import score
from dp100cards.exam.sitting import Sitting
from dp100cards.session.exam import ExamSession
from dp100cards.session.paper import Paper, draw_paper, weaknesses
from dp100cards.store import sittings
from dp100cards.store.sittings import Kept, keep_forecast
from dp100cards.ui.exam import Exam
from dp100cards.ui.exam_pages import NOT_BEGUN, Opening, ResultPage, paused, shell_lines, waiting_page
from dp100cards.ui.view import Stage


@click.group(invoke_without_command=True)
@click.option("--exam", "name", metavar="NAME", help="Another exam than the collection's: dp-100 or ai-300.")
@click.option(
    "--questions", type=click.IntRange(1, 500), metavar="N", help="Number of questions; scales the time."
)
@click.option("--minutes", type=click.IntRange(1, 1440), metavar="M", help="Number of minutes.")
@click.option("--untimed", is_flag=True, help="Without a clock.")
@click.option("--area", "areas", multiple=True, metavar="AREA", help="Only this area; may be repeated.")
@click.option("--unseen", is_flag=True, help="Only questions that no exam has asked yet.")
@click.option("--weak", is_flag=True, help="More of the areas that went badly in earlier exams.")
@click.option("--practice", is_flag=True, help="Explain each answer at once; untimed without --minutes.")
@click.option(
    "--strict", is_flag=True, help="Like the real exam: a break locks what was seen; the clock runs on."
)
@click.option("--seed", type=int, metavar="N", help="Draw the same paper again from the same decks.")
@plain
@click.pass_context
def exam(
    ctx: click.Context, name: str | None, questions: int | None, minutes: int | None, untimed: bool,
    areas: tuple[str, ...], unseen: bool, weak: bool, practice: bool, strict: bool, seed: int | None,
) -> None:  # fmt: skip
    """Sit a timed mock exam.

    Every answer is on disk at once: after a crash, `dp100 exam resume` goes on at the same question.

    \b
    Examples:
      dp100 exam                               a full exam, as the real one
      dp100 exam --practice --area train       one area, each answer explained at once
      dp100 exam --exam ai-300 --questions 20  twenty questions of another exam
    """
    if ctx.invoked_subcommand is not None:
        return
    work = ctx.find_object(AppContext)
    assert work is not None

    def drawn() -> Paper:
        work.require_cards()
        plan = blueprint_of(work.index, work.collection, name or "")
        found = paper(work, plan, questions, areas, unseen=unseen, weak=weak, seed=seed)
        limit = 0 if untimed or (practice and not minutes) else minutes or found.minutes
        return replace(found, minutes=limit, practice=practice, strict=strict)

    waiting, choice, opening = sittings.latest_open(work.store), "new", None
    first = None if waiting else drawn()  # what cannot be is said before the screen changes
    with work.shown() as stage:
        with interruptible(NOT_BEGUN):
            if waiting is not None:
                asked = waiting_page(waiting.blueprint.name, waiting.sitting, date_of(waiting))
                stage.run(asked)
                choice = {"n": "new", "enter": "resume", "space": "resume"}.get(asked.pressed, "")
            if choice == "new":
                opening = Opening(stage, first or drawn(), waiting.sitting if waiting else None)
                stage.run(opening)
        if waiting is not None and choice == "resume":
            said = go_on(work, stage, waiting)
        elif opening is not None and opening.begun:
            said = begin(work, stage, opening.paper, waiting)
        else:
            said = [NOT_BEGUN] if waiting is None else paused(waiting.sitting)
    tell(said)


def begin(work: AppContext, stage: Stage, made: Paper, waiting: Kept | None) -> list[str]:
    """Start the clock; only now is an exam given up that was open."""
    sitting = sittings.create(
        work.store, made.plan, made.seed, made.drawn.cards, made.minutes, work.now(), practice=made.practice,
        strict=made.strict, partial=made.partial,
    )  # fmt: skip
    if waiting is not None:
        sittings.give_up(work.store, waiting.sitting)
    if not made.practice:
        # Set beside the result later: how good was the forecast?
        areas = map(made.plan.area_of, made.drawn.cards)
        keep_forecast(work.store, statistics(work, made.plan).forecast(sitting.id, areas))
    return sit(work, stage, sitting, made.plan)


@exam.command()
@plain
@pass_context
def resume(work: AppContext) -> None:
    """Go on with the exam that is open, at the same question."""
    waiting = sittings.latest_open(work.store)
    if waiting is None:
        raise UsageError("no exam is open; dp100 exam begins one")
    with work.shown() as stage:
        said = go_on(work, stage, waiting)
    tell(said)


def go_on(work: AppContext, stage: Stage, waiting: Kept) -> list[str]:
    """Go on with a sitting, and say how long the learner was away."""
    now = work.now()
    sitting = sittings.come_back(work.store, waiting, now)
    clock = "the clock ran on" if sitting.strict else "the clock waited"
    away = f"You were away for {duration(waiting.away(now))}{f'; {clock}' if sitting.minutes else ''}."
    return sit(work, stage, sitting, waiting.blueprint, away)


def sit(work: AppContext, stage: Stage, sitting: Sitting, plan: Blueprint, said: str = "") -> list[str]:
    """Sit until it is over or paused, and look at the result; what stays in the shell."""
    session = ExamSession(
        sitting,
        lambda here, event: sittings.record(work.store, here, event, work.now()),
        lambda here, used: sittings.keep_clock(work.store, here, used),
        time.monotonic, said,
    )  # fmt: skip
    with interruptible("\n".join(paused(sitting))):
        try:
            session.beat()
            if not session.over:
                stage.run(Exam(stage, session))
        finally:
            session.keep_clock()
    if not session.over:
        return paused(session.sitting)
    kept = sittings.load(work.store, sitting.id)
    assert kept is not None
    found = result_of(work, kept)
    stage.run(ResultPage(stage, found))
    return shell_lines(found)


def paper(
    work: AppContext, plan: Blueprint, questions: int | None, areas: tuple[str, ...], *, unseen: bool, weak: bool,
    seed: int | None,
) -> Paper:  # fmt: skip
    """A paper drawn from the decks as the learner asked. Raises UsageError if there is nothing to ask."""
    asked, rejected = sittings.times_asked(work.store), work.store.rejected()
    every = [card for card in work.index.cards() if card.id not in rejected]
    past = (score(kept.sitting, kept.blueprint) for kept in sittings.every(work.store) if kept.sitting.over)
    number = seed if seed is not None else random.SystemRandom().randrange(2**31)
    lean = weaknesses(past, plan) if weak else {}
    found = draw_paper(plan, every, number, questions, areas, asked=asked, unseen=unseen, lean=lean)
    return replace(found, others=others_served(every, plan))


for command in (list_, report, learn):
    exam.add_command(command)
