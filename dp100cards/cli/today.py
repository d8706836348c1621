"""`dp100` alone: today at a glance, and what to type next."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import click

from dp100cards.cli.told import tell
from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.ui.amounts import many


@click.command()
@pass_workplace
def today(work: Workplace) -> None:
    """Where you stand today, and what to type next."""
    decks = work.index.decks()
    total = sum(deck.size for deck in decks)
    now = work.now()
    local = datetime.fromtimestamp(now.at / 1000, timezone(timedelta(minutes=now.offset)))
    click.echo(f"{work.settings.name} · {local:%A} {local.day} {local:%B %Y}")
    if not total:
        click.echo(f"\nThere are no cards in {work.collection.decks} yet.")
        click.echo("\n  dp100 build      make cards from the notes in notes/")
        click.echo("  dp100 init DIR   start a collection of your own")
        return
    for name, text in (
        ("Today", due_today(work)),
        ("Learned", learned(work, total)),
        ("Waiting", waiting(work)),
        ("Exam", last_exam(work)),
    ):
        if text:
            tell(["", *f"{name:<9}{text}".split("\n")])
    problems = work.index.problems()
    if problems:
        click.echo(f"\n{many(len(problems), 'mistake')} in the decks: dp100 check")
    click.echo("\n  dp100 study   begin\n  dp100 exam    sit a mock exam\n  dp100 --help  everything else")


def due_today(work: Workplace) -> str:
    """What today's session would ask."""
    from dp100cards.cli.records import Recorder
    from dp100cards.cli.statistics import planned
    from dp100cards.session.study_session import SessionOptions

    limits, order = planned(work)
    options = SessionOptions(limits=limits, order=order)
    queue = Recorder(work.store, work.index).queue(work.now(), options)
    reviews = len(queue.main) - len(queue.new)
    parts = [(reviews, "to review"), (len(queue.learning), "in learning"), (len(queue.new), "new")]
    told = " · ".join(f"{count} {name}" for count, name in parts if count)
    return told or "nothing is due; dp100 study --ahead 2 looks ahead"


def learned(work: Workplace, total: int) -> str:
    """How much has been learned, and how much of it would be recalled now."""
    from dp100cards.scheduler.forecast import count, remembered

    known = {entry.id for entry in work.index.entries()}
    states = [state for card, state in work.store.states().items() if card in known]
    counts = count(states, total)
    seen = [state for state in states if not state.is_new]
    if not seen:
        return f"none of {total} cards yet"
    recall = remembered(seen, work.now(), work.store.engine) / len(seen)
    return f"{len(seen)} of {total} cards begun, {counts.mature} for three weeks or more; recall now {recall:.0%}"


def waiting(work: Workplace) -> str:
    """How many cards wait for the learner's yes; "" if none do."""
    count = work.collection.waiting()
    return (
        f"{many(count, 'suggestion')} from the notes; dp100 build --review goes through them" if count else ""
    )


def last_exam(work: Workplace) -> str:
    """How the last mock exam went, or that one is open."""
    from dp100cards.store import sittings

    waiting = sittings.latest_open(work.store)
    if waiting is not None:
        return "a sitting is open; dp100 exam resume goes on"
    over = [kept for kept in sittings.every(work.store) if kept.sitting.over and not kept.sitting.practice]
    if not over:
        return "no mock exam yet"
    from dp100cards.exam.score import score

    result = score(over[-1].sitting, over[-1].blueprint)
    return f"last mock {result.score} of 1000, {result.verdict}"
