"""What keeps the data whole and the schedule right: doctor, optimize, progress; and the report of a mistake of ours."""

from __future__ import annotations

import os
import platform
import sqlite3
import traceback
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from dp100cards import __version__, config, files
from dp100cards.clean import clean, many, say
from dp100cards.cli.context import AppContext, pass_context, written
from dp100cards.errors import DataError, UsageError
from dp100cards.scheduler.fit import fit
from dp100cards.store import disk, union
from dp100cards.store.disk import explained
from dp100cards.store.store import FILE

EXTRA = (
    "this needs the optimiser, which is an extra: pip install 'dp100cards[optimize]'"
    " (or pipx install, or uv tool install, with the same name)"
)


@click.command()
@click.option("--restore", "name", metavar="BACKUP", help="Put a backup in place: its name, or `newest`.")
@pass_context
def doctor(app: AppContext, name: str | None) -> int:
    """Check your progress and its backups, and say what to do where something is wrong.

    A damaged progress file is never overwritten: with --restore it is set aside under another name, a whole backup
    takes its place, and what can still be read of the damaged file is added. `dp100 check` looks into decks and notes.
    """
    path = app.data / FILE
    if name:
        _put_back(app, path, name)
    with explained(path):
        damage = disk.damage(path)
    if not path.exists():
        say(f"–  no progress yet; it will be kept in {path}")
    elif damage:
        say(f"x  {path} is damaged: {damage}")
    else:
        mended, (reviews, cards) = app.store.mend(), app.store.count_reviews()
        say(f"✓  {path}: whole; {many(reviews, 'review')} of {many(cards)}")
        if mended:
            say(f"!  {many(mended, 'card')} did not agree with the reviews; mended")
        if app.store.read_only:
            say("!  it is read-only: nothing that you answer can be kept")
    found = disk.existing(path)
    say(f"  {many(len(found), 'backup')}{':' if found else ''}")
    for one in reversed(found):
        try:
            count, newest = disk.describe(one)
            last = f", the last of {datetime.fromtimestamp(newest / 1000):%Y-%m-%d %H:%M}" if newest else ""
            say(f"    {one.name}   {many(count, 'event')}{last}")
        except (sqlite3.Error, OSError, ValueError, OverflowError) as error:
            say(f"    {one.name}   damaged ({error})")
    if not damage:
        return 0
    say("  dp100 doctor --restore newest   puts the newest whole backup in its place")
    return DataError.status


def _put_back(app: AppContext, path: Path, name: str) -> None:
    """Restore a backup, and add what can still be read of the file before it."""
    named = {each.name: each for each in disk.existing(path)}
    chosen = disk.newest_good(path) if name == "newest" else named.get(name)
    if chosen is None:
        raise UsageError(f"there is no backup {name!r} in {path.parent}; `dp100 doctor` lists them")
    with explained(path):
        damage = disk.damage(path)
    with explained(chosen):
        aside = disk.restore(path, chosen, app.now())
    kept = f"; the file before it is kept as {aside.name}" if aside else ""
    say(f"✓  {chosen.name} is in place now{kept}")
    if aside and damage:
        saved = many(union.salvage(app.store, aside).events, "event")
        say(f"✓  {saved} that the backup did not have could be read from the damaged file")


@click.command()
@click.option("--reset", is_flag=True, help="Go back to the published parameters.")
@pass_context
def optimize(app: AppContext, reset: bool) -> None:
    """Fit FSRS's parameters to your own reviews, and keep them if they forecast better.

    The fit is judged by your latest reviews, which it has not seen. With new parameters all cards are scheduled again
    from your reviews. It takes 400 reviews; once a month is often enough.
    """
    store, now = app.store, app.now()
    if reset:
        store.keep_fitted((), now.at)
        say("The published parameters are in use.")
        return
    say("Fitting…", err=True)
    try:
        found = fit(store.by_card(), store.engine, store.fitted_at)
    except ModuleNotFoundError:
        raise UsageError(EXTRA) from None
    except ValueError as error:
        raise UsageError(f"nothing was fitted: {error}") from None
    latest = f"the latest {found.judged_by} that came a day or more after another"
    say(f"{found.reviews} reviews. Judged by {latest}, with this log loss (less is better):\n")
    for parameters, loss in (
        ("published", found.published),
        ("in use", found.before),
        ("new fit", found.after),
    ):
        say(f"  {parameters:<11}{loss:.4f}")
    if found.better:
        store.keep_fitted(found.parameters, now.at)
        say("\nThe fit forecasts better: it is in use from now on, and all cards are scheduled by it.")
    else:
        say("\nThe parameters in use forecast better: they are kept.")
        if found.published < found.before:
            say("The published ones forecast better still: dp100 optimize --reset goes back to them.")


a_history = click.Path(exists=True, path_type=Path)


@click.group()
def progress() -> None:
    """Carry what you learned from one machine to another, and unite both.

    Histories can be united in any order and any number of times: each review counts once.
    """


@progress.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_context
def export(app: AppContext, file: Path) -> None:
    """Write your whole history to FILE: reviews, rejected cards, exams, plans, fitted parameters."""
    lines = list(union.export(app.store))
    with written(file):
        files.write(file, "".join(f"{line}\n" for line in lines), private=True)
    events, exams = (sum(line.startswith(f'{{"{kind}"') for line in lines) for kind in ("event", "sitting"))
    say(f"{file}: {many(events, 'event')} and {many(exams, 'exam')}.")


@progress.command()
@click.argument("sources", nargs=-1, required=True, type=a_history, metavar="FILE…")
@pass_context
def merge(app: AppContext, sources: tuple[Path, ...]) -> None:
    """Unite your history with those in the files. Your progress is backed up first."""
    names = list(map(str, sources))
    texts = [files.read_text(source, noun="history", limit=union.LIMIT) for source in sources]
    histories = list(map(union.read, texts, names))
    app.store.back_up("before-merge")
    with app.store.transaction():
        every = list(map(partial(union.merge, app.store), histories, names))
    for source, got in zip(names, every, strict=True):
        new = f"{many(got.events, 'new event')} of {many(got.cards)}" if got.events else "no new event"
        exams = f", {many(got.sittings, 'new exam')}" if got.sittings else ""
        say(f"{source}: {new}{exams}.")


def unforeseen(error: Exception, arguments: Sequence[str]) -> int:
    """The last net: say that something went wrong that should not, and write a report; the exit status."""
    lines = traceback.format_exception(error)
    if os.environ.get("DP100_DEBUG"):
        say("".join(lines), err=True)
    head = f"dp100cards {__version__}\nPython {platform.python_version()} on {platform.platform()}"
    command = f"Command: dp100 {' '.join(map(repr, arguments))}"
    # The exception's own text, which comes last, may quote what the learner wrote.
    text = f"{head}\n{command}\n\n{''.join(lines[:-1])}{lines[-1].split(':')[0]}\n"
    report = config.folders().cache / "report.txt"
    try:
        files.private_folder(report.parent)
        files.write(report, clean(text), private=True)
        where = f"\nA report is in {report}; it holds no cards, notes or answers."
    except OSError:
        where = ""
    kind = type(error).__name__
    said = f"dp100: something went wrong that should not ({kind}). Nothing that was recorded is lost."
    say(f"{said}{where}\nWith DP100_DEBUG=1 the same command shows where it happened.", err=True)
    return 70
