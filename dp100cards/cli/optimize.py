"""`dp100 optimize`: fit the schedule to the learner's own memory."""

from __future__ import annotations

import click

from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.errors import UsageError


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--reset", is_flag=True, help="Go back to the published parameters.")
@pass_workplace
def optimize(work: Workplace, dry_run: bool, reset: bool) -> None:
    """Fit FSRS's parameters to your own reviews, and keep them if they forecast better.

    The fit is judged by your latest reviews, which it has not seen. With new parameters all cards are scheduled anew
    from your reviews. It takes 400 reviews; once a month is often enough.
    """
    from dp100cards.memory.fit import fit
    from dp100cards.progress import fitted

    store, now = work.store, work.now()
    if reset:
        if not dry_run:
            fitted.drop(store)
            store.use(work.usual_engine)
        click.echo(
            "The published parameters are in use."
            if not dry_run
            else "The published parameters would be used."
        )
        return
    click.echo("Fitting…", err=True)
    try:
        found = fit(store.rows(), store.engine)
    except ValueError as error:
        raise UsageError(f"nothing was fitted: {error}") from None
    click.echo(
        f"{found.reviews} reviews. Judged by the latest {found.judged_by} that came a day or more after another:\n"
        f"  log loss     {found.before.log_loss:.4f} → {found.after.log_loss:.4f}"
        f"  ({_change(found.before.log_loss, found.after.log_loss)})\n"
        f"  RMSE (bins)  {found.before.rmse:.4f} → {found.after.rmse:.4f}"
        f"  ({_change(found.before.rmse, found.after.rmse)})"
    )
    if not found.better:
        click.echo("The parameters in use forecast better: they are kept.")
    elif dry_run:
        click.echo("The fit forecasts better; without --dry-run it would be used.")
    else:
        fitted.keep(store, found.parameters, reviews=found.reviews, at=now.at)
        store.use(fitted.engine(store, work.usual_engine))
        click.echo("The fit forecasts better: it is in use from now on, and all cards are scheduled by it.")


def _change(before: float, after: float) -> str:
    share = after / before - 1 if before else 0.0
    return f"{share:+.1%}, {'better' if after < before else 'worse' if after > before else 'the same'}"
