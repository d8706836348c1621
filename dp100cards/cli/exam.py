"""`dp100 exam`: a timed mock exam."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from dp100cards.cli.exam_after import learn, offer
from dp100cards.cli.exam_draw import drawing
from dp100cards.cli.exam_past import absence, list_, report, standing, tell_report, verdict
from dp100cards.cli.told import fitted, tell
from dp100cards.cli.workplace import Workplace, interruptible, pass_workplace
from dp100cards.errors import UsageError

if TYPE_CHECKING:
    from dp100cards.exam.blueprint import Blueprint
    from dp100cards.exam.sitting import Sitting
    from dp100cards.store.sittings import Kept


@click.group(invoke_without_command=True)
@click.option(
    "--exam", "name", metavar="NAME", help="Another exam than that of the collection: dp-100 or ai-300."
)
@click.option(
    "--questions",
    type=click.IntRange(1, 500),
    metavar="N",
    help="Number of questions; the time is scaled.",
)
@click.option("--minutes", type=click.IntRange(1, 1440), metavar="M", help="Number of minutes.")
@click.option("--untimed", is_flag=True, help="Without a clock.")
@click.option(
    "--area", "areas", multiple=True, metavar="AREA", help="Only questions of this area; may be repeated."
)
@click.option("--unseen", is_flag=True, help="Only questions that no sitting has asked yet.")
@click.option("--weak", is_flag=True, help="Lean towards the areas that went badly in earlier sittings.")
@click.option(
    "--practice", is_flag=True, help="Explain each answer at once; untimed, unless --minutes says else."
)
@click.option(
    "--strict", is_flag=True,
    help="As the real exam: the clock runs on in a break, which locks what was seen.",
)  # fmt: skip
@click.option("--seed", type=int, metavar="N", help="Draw the same paper again from the same decks.")
@click.option("--plain", is_flag=True, help="In lines instead of on a screen: for screen readers and pipes.")
@click.pass_context
def exam(
    ctx: click.Context, name: str, questions: int | None, minutes: int | None, untimed: bool, areas: tuple[str, ...],
    unseen: bool, weak: bool, practice: bool, strict: bool, seed: int | None, plain: bool,
) -> None:  # fmt: skip
    """Sit a timed mock exam.

    Every answer is on disk at once: after a crash `dp100 exam resume` goes on at the same question. Enter goes on,
    f marks a question for review, r is the review page, S hands in, ? lists the keys.
    """
    if ctx.invoked_subcommand is not None:
        return
    work = ctx.find_object(Workplace)
    assert work is not None
    from dp100cards.store import sittings

    waiting = sittings.latest_open(work.store)
    if waiting is not None:
        tell([f"A sitting is open: {standing(waiting)}."])
        answer = ask_about(work, plain)
        if answer == "r":
            go_on(work, waiting, plain=plain)
            return
        if answer != "n":
            return
        sittings.give_up(work.store, waiting.sitting)
    plan = blueprint_of(work, name or "")
    drawn = drawing(work, plan, questions, areas, unseen=unseen, weak=weak, seed=seed)
    count = len(drawn[0])
    limit = (
        0
        if untimed or (practice and not minutes)
        else minutes or max(round(plan.minutes * count / plan.questions), 1)
    )
    if minutes is None and questions is None and limit and count == plan.questions:
        limit = plan.minutes
    told = [
        f"{count} questions, {f'{limit} minutes' if limit else 'untimed'}, pass at {plan.pass_mark} of 1000."
    ]
    if strict:
        told.append("Strict: in a break the clock runs on, and what you have seen locks.")
    told += [*plan.standing, *drawn[2]]

    def begin() -> Sitting:
        return sittings.create(
            work.store, plan, drawn[1], drawn[0], limit, work.now(), practice=practice, strict=strict
        )

    sit(work, begin, plan, plain=plain, said=told)


def blueprint_of(work: Workplace, name: str = "") -> Blueprint:
    """The blueprint that is asked for, else that of the collection."""
    from dp100cards.decks.blueprints import blueprint_of

    return blueprint_of(work.index, work.collection, name)


def ask_about(work: Workplace, plain: bool) -> str:
    """Resume the open sitting, or begin a new one?"""
    question = "r resume it   n give it up and begin a new one   q neither"
    if sys.stdin.isatty() and not plain and not work.screen_reader:
        from dp100cards.ui.keys import one_key

        return one_key(fitted(question)).lower()
    click.echo(question)
    return sys.stdin.readline().strip().lower()[:1] or "q"


def sit(
    work: Workplace,
    begin: Callable[[], Sitting],
    plan: Blueprint,
    *,
    plain: bool,
    said: Sequence[str] = (),
    message: str = "",
) -> None:
    """Hold the sitting, on the screen or in lines, and report on it when it is over.

    `said` is what the learner is told before the clock starts; who leaves then has begun nothing. `begin` gives the
    sitting, `message` is what stands below the first question.
    """
    from dp100cards.ui.exam_desk import LETTERS, NUMBERS, ExamDesk

    lines = work.in_lines(plain)
    if lines:
        from dp100cards.ui.exam_plain import ExamLines
        from dp100cards.ui.plain import Plain

        tell(said)
        desk = ExamDesk(work.store, begin(), work.now, labels=LETTERS)
        desk.beat()
        with interruptible(paused(desk.sitting)):
            ExamLines(Plain(), desk).run()
    else:
        from dp100cards.ui.exam import ExamScreen
        from dp100cards.ui.exam_opening import opening

        with work.stage() as held:
            with interruptible(NOT_BEGUN):
                begun = not said or opening(held, f"{plan.name} mock exam", list(said))
            if begun:
                desk = ExamDesk(work.store, begin(), work.now, labels=NUMBERS)
                desk.message = message or desk.message
                with interruptible(paused(desk.sitting)):
                    ExamScreen(held, desk).run()
        if not begun:
            click.echo(NOT_BEGUN)
            return
    if desk.sitting.over:
        tell_report(desk.sitting, plan)
        if not lines:
            tell(["", verdict(desk.sitting, plan)])
        offer(work, desk.sitting, plan, plain=lines)
    else:
        click.echo(paused(desk.sitting))


NOT_BEGUN = "No sitting was begun."


def paused(sitting: Sitting) -> str:
    """What is said when the learner leaves a sitting that is not over."""
    waits = "the clock runs on" if sitting.strict and sitting.minutes else "the sitting waits"
    return f"Paused: {waits}.\ndp100 exam resume goes on."


@exam.command()
@click.option("--plain", is_flag=True, help="In lines instead of on a screen.")
@pass_workplace
def resume(work: Workplace, plain: bool) -> None:
    """Go on with the sitting that is open, at the same question."""
    from dp100cards.store import sittings

    waiting = sittings.latest_open(work.store)
    if waiting is None:
        raise UsageError("no sitting is open; dp100 exam begins one")
    go_on(work, waiting, plain=plain)


def go_on(work: Workplace, waiting: Kept, *, plain: bool) -> None:
    """Go on with a sitting, and say how long the learner was away."""
    from dp100cards.store import sittings

    now = work.now()
    sitting = sittings.come_back(work.store, waiting, now)
    away = absence(waiting, now)
    tell([f"Going on: {standing(replace(waiting, sitting=sitting))}. {away}"])
    sit(work, lambda: sitting, waiting.blueprint, plain=plain, message=away)


exam.add_command(list_)
exam.add_command(report)
exam.add_command(learn)
