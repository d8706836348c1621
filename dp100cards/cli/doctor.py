"""`dp100 doctor`: is everything whole, and if not, what can be done."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import click

from dp100cards.clean import many, say
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.errors import DataError, UsageError


@click.command(short_help="Check and mend the data; see the backups.")
@click.option("--restore", metavar="BACKUP", help="Put a backup in place: its name, or `newest`.")
@pass_context
def doctor(app: AppContext, restore: str | None) -> int:
    """Check the progress file, the decks and the settings, and say what to do where something is wrong.

    A damaged progress file is never overwritten: with --restore it is set aside under another name, a whole backup
    takes its place, and what can still be read of the damaged file is added.

    Example: dp100 doctor --restore newest
    """
    if restore:
        _put_back(app, restore)
    whole = _check_progress(app)
    sound = _check_content(app)
    return DataError.status if not whole else 0 if sound else 1


def _check_progress(app: AppContext) -> bool:
    """Check the progress file, and list its backups."""
    from dp100cards.store.history import totals
    from dp100cards.store.backup import is_whole
    from dp100cards.store.store import FILE
    from dp100cards.store.migrate import explained

    path = app.data / FILE
    with explained(path):
        whole, why = is_whole(path)
    if not path.exists():
        say(f"–  no progress yet; it will be kept in {path}")
    elif not whole:
        say(f"x  {path} is damaged: {why}")
    else:
        store = app.store
        wrong = store.mend()
        reviews, _ = totals(store)
        say(f"✓  {path}: whole; {many(reviews, 'review')} of {many(len(store.states()))}")
        if wrong:
            say(f"!  {many(wrong, 'card')} did not agree with the reviews; mended")
        if store.read_only:
            say("!  it is read-only: nothing that you answer can be kept")
    _list_backups(path)
    if not whole:
        say(f"  {app.command('doctor --restore newest')}   puts the newest whole backup in its place")
    return whole


def _list_backups(path: Path) -> None:
    from dp100cards.store.backup import existing
    from dp100cards.store.backup import describe

    found = existing(path)
    say(f"  {many(len(found), 'backup')}" + (":" if found else ""))
    for one in reversed(found):
        try:
            count, newest = describe(one)
            date = f"{datetime.fromtimestamp(newest / 1000):%Y-%m-%d %H:%M}" if newest else "nothing yet"
            say(f"    {one.name}   {many(count, 'event')}, the last of {date}")
        except (sqlite3.Error, OSError, ValueError, OverflowError) as error:
            say(f"    {one.name}   damaged ({error})")


def _check_content(app: AppContext) -> bool:
    app.settings  # noqa: B018 – reading them finds the mistakes
    problems = app.index.problems()
    decks = app.index.decks()
    cards = sum(deck.size for deck in decks)
    mark, found = ("✓", "sound") if not problems else ("x", many(len(problems), "mistake"))
    say(f"{mark}  {app.collection.decks}: {many(len(decks), 'deck')}, {many(cards)}; {found}")
    for problem in problems:
        say(f"  {problem}")
    return not problems


def _put_back(app: AppContext, name: str) -> None:
    """Restore a backup, by its name or the newest whole one, and add what can still be read of the old file."""
    from dp100cards.store.backup import existing, newest_good
    from dp100cards.store.backup import is_whole, restore
    from dp100cards.store.store import FILE
    from dp100cards.store.migrate import explained
    from dp100cards.store.union import salvage

    path = app.data / FILE
    every = existing(path)
    chosen = newest_good(path) if name == "newest" else next((b for b in every if b.name == name), None)
    if chosen is None:
        raise UsageError(f"there is no backup {name!r} in {path.parent}; `dp100 doctor` lists them")
    with explained(path):
        whole, _ = is_whole(path)
    with explained(chosen):
        aside = restore(path, chosen, app.now())
    say(
        f"✓  {chosen.name} is in place now"
        + (f"; the file before it is kept as {aside.name}" if aside else "")
    )
    if aside and not whole:
        got = salvage(app.store, aside)
        say(
            f"✓  {many(got.events, 'event')} that the backup did not have could be read from the damaged file"
        )
