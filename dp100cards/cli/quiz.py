"""`dp100 quiz`: a quick test that leaves the schedule alone."""

from __future__ import annotations

import click

from dp100cards.cards import KINDS, MARKED_BY_PROGRAM
from dp100cards.cli.context import AppContext, complete, deck_names, pass_context, plain
from dp100cards.cli.study import choose, run
from dp100cards.errors import UsageError


@click.command()
@deck_names
@click.option(
    "-n", "--number", type=click.IntRange(1), default=10, show_default=True, help="How many questions."
)
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", shell_complete=complete, help="Only cards with this tag."
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only cards of this kind.")
@click.option("--record", is_flag=True, help="Count the answers as reviews: right is good, wrong is again.")
@click.option("--seed", type=int, help="Draw the same questions again: any number.")
@plain
@pass_context
def quiz(
    app: AppContext, decks: tuple[str, ...], number: int, tags: tuple[str, ...], kinds: tuple[str, ...],
    record: bool, seed: int | None,
) -> None:  # fmt: skip
    """Answer a few questions that the program can mark; the score comes at the end.

    The schedule is unchanged, unless you say --record.

    \b
    Examples:
      dp100 quiz                    ten questions from all decks
      dp100 quiz compute -n 5       five from one deck
      dp100 quiz --kind multiple    only questions with several right options
    """
    from random import Random

    from dp100cards.session.study import SessionOptions
    from dp100cards.ui.bindings import Bindings

    app.require_cards()
    wants = choose(app.index, decks, tags, kinds)
    rejected = app.store.rejected()
    entries = [
        entry for entry in app.index.each()
        if wants(entry) and entry.id not in rejected
        and (entry.kind in MARKED_BY_PROGRAM or _has_lists(app, entry.id, entry.kind))
    ]  # fmt: skip
    if not entries:
        raise UsageError(
            "the program can mark none of these cards: a quiz needs options, an order, pairs or statements"
        )
    rng = Random(seed)
    drawn: list[str] = []
    facts: set[str] = set()
    for entry in rng.sample(entries, len(entries)):
        if entry.fact not in facts and len(drawn) < number:
            facts.add(entry.fact)
            drawn.append(entry.id)
    bindings = Bindings(app.settings.keys, app.collection.line_of_key)
    options = SessionOptions(cards=tuple(drawn), quiz=True, reviews=record, seed=str(rng.random()))
    run(app, options, bindings)


def _has_lists(app: AppContext, id_: str, kind: str) -> bool:
    """Is it a code card whose blanks are picked from lists?"""
    from dp100cards.cards import Code

    card = app.index.card(id_) if kind == "code" else None
    return isinstance(card, Code) and bool(card.wrong)
