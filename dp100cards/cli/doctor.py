"""`dp100 doctor`: is everything whole, and if not, what can be done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from dp100cards.clean import say
from dp100cards.cli.told import tell
from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.errors import DataError, UsageError
from dp100cards.ui.amounts import many


@click.command(short_help="Check and mend the data; see the backups.")
@click.option("--restore", metavar="BACKUP", help="Put a backup in place: its name, or `newest`.")
@pass_workplace
def doctor(work: Workplace, restore: str | None) -> int:
    """Check the progress file, the decks and the settings, and say what to do where something is wrong.

    Where each card stands is computed anew from the reviews. A damaged progress file is never overwritten: with
    --restore it is set aside under another name, and a backup takes its place.
    """
    if restore:
        put_back(work, restore)
    whole = check_progress(work)
    sound = check_content(work)
    return DataError.status if not whole else (0 if sound else 1)


def check_progress(work: Workplace) -> bool:
    """Check the progress file, and list its backups."""
    from dp100cards.store.restore import is_whole
    from dp100cards.store.store import FILE

    path = work.data / FILE
    whole, why = is_whole(path)
    if not path.exists():
        tick("–", f"no progress yet; it will be kept in {path}")
    elif not whole:
        tick("x", f"{path} is damaged: {why}")
        backups(path)
        say("  dp100 doctor --restore newest   puts the newest good backup in its place")
        return False
    else:
        store = work.store
        before = store.states()
        store.rebuild()
        wrong = sum(before.get(card) != state for card, state in store.states().items())
        reviews = sum(event.kind == "review" for event in store.events())
        tick("✓", f"{path}: whole; {many(reviews, 'review')} of {many(len(before), 'card')}")
        if wrong:
            tick("!", f"{many(wrong, 'card')} stood elsewhere than the reviews say; mended")
    backups(path)
    return True


def backups(path: Path) -> None:
    """List the backups of the progress file, newest first."""
    from dp100cards.store.backup import existing
    from dp100cards.store.restore import describe

    found = existing(path)
    say(f"  {many(len(found), 'backup')}" + (":" if found else ""))
    for one in reversed(found):
        try:
            count, newest = describe(one)
            date = f"{datetime.fromtimestamp(newest / 1000):%Y-%m-%d %H:%M}" if newest else "nothing yet"
            say(f"    {one.name}   {many(count, 'event')}, the last of {date}")
        except Exception as error:
            say(f"    {one.name}   damaged ({error})")


def check_content(work: Workplace) -> bool:
    """Check the settings and the decks."""
    work.settings  # noqa: B018 – reading them tells the mistakes
    problems = work.index.problems()
    decks = work.index.decks()
    cards = sum(deck.size for deck in decks)
    mark, found = ("✓", "sound") if not problems else ("x", many(len(problems), "mistake"))
    tick(mark, f"{work.collection.decks}: {many(len(decks), 'deck')}, {many(cards, 'card')}; {found}")
    for problem in problems:
        say(f"  {problem}")
    return not problems


def put_back(work: Workplace, name: str) -> None:
    """Restore a backup, by its name or the newest good one."""
    from dp100cards.store.backup import existing, newest_good
    from dp100cards.store.restore import restore
    from dp100cards.store.store import FILE
    from dp100cards.store.telling import telling_the_learner

    path = work.data / FILE
    chosen = (
        newest_good(path) if name == "newest" else next((b for b in existing(path) if b.name == name), None)
    )
    if chosen is None:
        raise UsageError(f"there is no backup {name!r} in {path.parent}; `dp100 doctor` lists them")
    with telling_the_learner(path):
        aside = restore(path, chosen, work.now())
    tick(
        "✓",
        f"{chosen.name} is in place now" + (f"; the file before it is kept as {aside.name}" if aside else ""),
    )


def tick(mark: str, text: str) -> None:
    """One line of the report."""
    tell([f"{mark}  {text}"])
