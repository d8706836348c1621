"""What follows a mock exam: what went wrong goes into daily study."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dp100cards.cli.told import fitted
from dp100cards.cli.workplace import Workplace, pass_workplace

if TYPE_CHECKING:
    from dp100cards.exam.blueprint import Blueprint
    from dp100cards.exam.sitting import Sitting
    from dp100cards.scheduler.event import Event


def offer(work: Workplace, sitting: Sitting, plan: Blueprint, *, plain: bool) -> None:
    """Ask whether to take what went wrong into daily study, and do it."""
    found = pending(work, sitting, plan)
    if not found:
        return
    question = f"{told(found)}?   y yes   n no"
    if plain:
        click.echo(f"\n{question}")
        answer = sys.stdin.readline().strip()
    else:
        from dp100cards.ui.keys import one_key

        click.echo()
        answer = one_key(fitted(question))
    if answer.lower()[:1] == "y":
        work.store.record_all(found)
        click.echo("Done. dp100 study asks what went wrong; what was new, first thing tomorrow.")
    else:
        click.echo(f"Not added. `dp100 exam learn {sitting.id}` adds them any time.")


def pending(work: Workplace, sitting: Sitting, plan: Blueprint) -> list[Event]:
    """What this sitting has for daily study, and what is not done yet."""
    from dp100cards.exam.afterwards import events
    from dp100cards.exam.score import score

    found = events(
        sitting.id, score(sitting, plan).outcomes, work.store.state, work.index.ids(), work.now(),
        work.store.engine.rollover,
    )  # fmt: skip
    done = {event.origin_id for event in work.store.events(undone=True) if event.origin == "exam"}
    return [event for event in found if event.origin_id not in done]


def told(found: list[Event]) -> str:
    """`7 questions that went wrong: into daily study; 2 that you marked: flagged`."""
    from dp100cards.ui.amounts import many

    wrong = sum(event.kind in ("review", "practice") for event in found)
    marked = sum(event.kind == "flag" for event in found)
    said = [f"{many(wrong, 'question')} that went wrong: into daily study"] if wrong else []
    if marked:
        said.append(f"{many(marked, 'question')} that you marked: flagged")
    return "; ".join(said)


@click.command()
@click.argument("number", required=False, type=int, metavar="[N]")
@pass_workplace
def learn(work: Workplace, number: int | None) -> None:
    """Take what went wrong into daily study: of sitting N, or of the last one.

    A card that was learned lapses; one that was new is asked first tomorrow, and takes nothing of today's new cards;
    marked questions are flagged. Doing it twice changes nothing.
    """
    from dp100cards.cli.exam_past import chosen

    kept = chosen(work, number)
    found = pending(work, kept.sitting, kept.blueprint)
    work.store.record_all(found)
    click.echo(f"{told(found)}." if found else "Already added: nothing new in this exam.")
