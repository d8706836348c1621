"""What follows a mock exam: what went wrong into daily study; what the answers say about the questions."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from dp100cards.cli.told import fitted
from dp100cards.cli.workplace import Workplace, pass_workplace

if TYPE_CHECKING:
    from dp100cards.exam.blueprint import Blueprint
    from dp100cards.exam.items import Item
    from dp100cards.exam.sitting import Sitting
    from dp100cards.scheduler.event import Event


def offer(work: Workplace, sitting: Sitting, plan: Blueprint, *, plain: bool) -> None:
    """Ask whether to take what went wrong into daily study, and do it."""
    found = pending(work, sitting, plan)
    if not found:
        return
    question = f"{told(found, by_luck(sitting, plan))}?   y yes   n no"
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
        click.echo(f"Left alone; dp100 exam learn {sitting.id} does it later.")


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


def by_luck(sitting: Sitting, plan: Blueprint) -> set[str]:
    """The cards that were answered rightly by one who was not sure."""
    from dp100cards.exam.score import score

    return {outcome.card.id for outcome in score(sitting, plan).outcomes if outcome.lucky}


def told(found: list[Event], by_luck: set[str]) -> str:
    """`7 questions that went wrong, 1 that was right by luck: into daily study; 2 that you marked: flagged`."""
    from dp100cards.ui.amounts import many

    learned = [event for event in found if event.kind in ("review", "practice")]
    lucky, marked = (
        sum(event.card in by_luck for event in learned),
        sum(event.kind == "flag" for event in found),
    )
    wrong = len(learned) - lucky
    parts = [f"{many(wrong, 'question')} that went wrong"] if wrong else []
    if lucky:
        noun = "" if wrong else " questions" if lucky > 1 else " question"
        parts.append(f"{lucky}{noun} that {'were' if lucky > 1 else 'was'} right by luck")
    said = [f"{', '.join(parts)}: into daily study"] if parts else []
    if marked:
        said.append(f"{many(marked, 'question')} that you marked: flagged")
    return "; ".join(said)


@click.command()
@click.argument("number", required=False, type=int, metavar="[N]")
@pass_workplace
def learn(work: Workplace, number: int | None) -> None:
    """Take what went wrong into daily study: of sitting N, or of the last one.

    What was right by luck (you were not sure) counts as wrong here. A card that was learned lapses; one that was new
    is asked first tomorrow, and takes nothing of today's new cards; marked questions are flagged. Doing it twice
    changes nothing.
    """
    from dp100cards.cli.exam_past import chosen

    kept = chosen(work, number)
    found = pending(work, kept.sitting, kept.blueprint)
    work.store.record_all(found)
    click.echo(
        f"{told(found, by_luck(kept.sitting, kept.blueprint))}." if found else "Nothing is left to take."
    )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--all", "all_", is_flag=True, help="List every question, however many there are.")
@pass_workplace
def items(work: Workplace, as_json: bool, all_: bool) -> None:
    """Show what your answers in exams and quizzes say about the questions, the hardest first."""
    from dp100cards.exam.items import suspects
    from dp100cards.exchange.wording import stem
    from dp100cards.ui.text import one_line, unmarked

    found = answered_items(work)
    broken = {item.card.id for item in suspects(found)}
    if as_json:
        click.echo(
            json.dumps([as_row(item, item.card.id in broken) for item in found], ensure_ascii=False, indent=2)
        )
        return
    if not found:
        click.echo("No question was answered yet: dp100 exam and dp100 quiz ask them.")
    shown = found if all_ else found[:20]
    for item in shown:
        seconds = round(item.took / item.asked / 1000)
        click.echo(f"{item.share:>4.0%} of {item.asked:>2}  {seconds:>3} s  {item.card.id}  "
                   f"{one_line(unmarked(stem(item.card)))}")  # fmt: skip
        if item.card.id in broken:
            click.echo(
                f"      looks broken: “{unmarked(item.rival)}” is taken more often than the right option"
            )
    if len(found) > len(shown):
        click.echo(f"… and {len(found) - len(shown)} more: dp100 exam items --all")


def answered_items(work: Workplace) -> list[Item]:
    """The figures of all questions that exams and quizzes asked."""
    from dp100cards.exam.items import Given, items
    from dp100cards.store import sittings

    given = [
        Given(card, place.answer, place.used)
        for kept in sittings.every(work.store) if kept.sitting.over
        for card, place in zip(kept.sitting.questions, kept.sitting.places, strict=True)
    ]  # fmt: skip
    for event in work.store.events():
        if event.origin == "quiz" and event.answer:
            card = work.index.card(event.card)
            if card is not None:
                given.append(Given(card, tuple(json.loads(event.answer)), event.took))
    return items(given)


def as_row(item: Item, broken: bool) -> dict[str, object]:
    """An item's figures, for programs."""
    return {
        "card": item.card.id, "ask": item.card.ask, "answers": item.asked, "right": item.right,
        "average_ms": round(item.took / item.asked), "chosen": dict(item.chosen), "looks_broken": broken,
    }  # fmt: skip
