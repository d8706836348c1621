"""`dp100 optimize`: fit the schedule to the learner's own memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dp100cards.clean import say
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.errors import UsageError

if TYPE_CHECKING:
    from dp100cards.scheduler.fit import Fit

EXTRA = (
    "this needs the optimiser, which is an extra: pip install 'dp100cards[optimize]'"
    " (or pipx install, or uv tool install, with the same name)"
)


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--reset", is_flag=True, help="Go back to the published parameters.")
@pass_context
def optimize(app: AppContext, dry_run: bool, reset: bool) -> None:
    """Fit FSRS's parameters to your own reviews, and keep them if they forecast better.

    The fit is judged by your latest reviews, which it has not seen. With new parameters all cards are scheduled again
    from your reviews. It takes 400 reviews; once a month is often enough.

    Example: dp100 optimize --dry-run
    """
    from dp100cards.scheduler.fit import fit
    from dp100cards.store.store import FITTED

    store, now = app.store, app.now()
    if reset:
        if not dry_run:
            store.set_setting(FITTED, "", now.at)
            store.use(app.usual_engine)
        say(f"The published parameters {'would be' if dry_run else 'are'} in use.")
        return
    say("Fitting…", err=True)
    try:
        found = fit(store.rows(), store.engine, store.fitted()[1])
    except ModuleNotFoundError:
        raise UsageError(EXTRA) from None
    except ValueError as error:
        raise UsageError(f"nothing was fitted: {error}") from None
    latest = f"the latest {found.judged_by} that came a day or more after another"
    say(f"{found.reviews} reviews. Judged by {latest}:\n\n{table(found)}")
    if not found.better:
        say("The parameters in use forecast better: they are kept.")
        if found.published.log_loss < found.before.log_loss:
            back = app.command("optimize --reset")
            say(f"The published ones forecast better still: {back} goes back to them.")
    elif dry_run:
        say("The fit forecasts better; without --dry-run it would be used.")
    else:
        store.keep_fitted(found.parameters, reviews=found.reviews, at=now.at)
        store.use(app.usual_engine)
        say("The fit forecasts better: it is in use from now on, and all cards are scheduled by it.")


def table(found: Fit) -> str:
    """How well the published parameters, those in use and the fit forecast, and what the fit changes."""
    fitted_before = found.before != found.published
    names = ["published", *(["in use"] if fitted_before else []), "new fit"]
    lines = [" " * 14 + "".join(f"{name:>11}" for name in names)]
    for title, figure in (("log loss", "log_loss"), ("RMSE (bins)", "rmse")):
        published, before, after = (
            getattr(score, figure) for score in (found.published, found.before, found.after)
        )
        values = [published, *([before] if fitted_before else []), after]
        word = "better" if after < published else "worse" if after > published else "the same as"
        change = f"{after / published - 1:+.1%}, {word} than the published" if published else ""
        lines.append(f"  {title:<12}" + "".join(f"{value:>11.4f}" for value in values) + f"  {change}")
    return "\n".join(lines)
