"""`dp100 stats`: what has been learned."""

from __future__ import annotations

import click

from dp100cards.clean import say_json
from dp100cards.cli.workplace import Workplace, pass_workplace


@click.command()
@click.option(
    "--days", type=click.IntRange(7, 3650), default=30, show_default=True, help="How far back and ahead."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_workplace
def stats(work: Workplace, days: int, as_json: bool) -> None:
    """Show what you have learned: cards, reviews, how much you remember, what is coming."""
    from dp100cards.ui.figures import as_data, figures

    found = figures(work.index, work.store, work.now(), days)
    if as_json:
        say_json(as_data(found))
        return
    from dp100cards.ui.charts import page
    from dp100cards.ui.theme import console

    screen = console()
    for row in page(found, screen, min(screen.width, 100)):
        screen.print(row, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)
