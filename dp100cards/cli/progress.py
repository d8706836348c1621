"""`dp100 progress`: carry what was learned from one machine to another."""

from __future__ import annotations

from pathlib import Path

import click

from dp100cards import files
from dp100cards.clean import many, say
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.errors import UsageError


@click.group(short_help="Carry your progress to another machine.")
def progress() -> None:
    """Carry what you learned from one machine to another, and unite both.

    Histories can be united in any order and any number of times: each review counts once.

    Example: dp100 progress export laptop.jsonl, and on the other machine: dp100 progress merge laptop.jsonl
    """


@progress.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_context
def export(app: AppContext, file: Path) -> None:
    """Write your whole history to FILE: reviews, rejected cards, exams, plans, fitted parameters."""
    from dp100cards.store import union

    lines = list(union.export(app.store))
    try:
        files.write(file, "".join(f"{line}\n" for line in lines), private=True)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror or error}") from None
    events = sum(line.startswith('{"event"') for line in lines)
    exams = sum(line.startswith('{"sitting"') for line in lines)
    say(f"{file}: {many(events, 'event')} and {many(exams, 'exam')}.")


@progress.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@pass_context
def merge(app: AppContext, sources: tuple[Path, ...]) -> None:
    """Unite your history with those in the files. Your progress is backed up first."""
    from dp100cards.store import union

    histories = []
    for source in sources:
        try:
            text = files.read_text(source, noun="history", limit=union.LIMIT)
        except FileNotFoundError:
            raise UsageError(f"there is no file {source}") from None
        histories.append(union.read(text, str(source)))
    store = app.store
    store.back_up(app.now(), "before-merge")
    for source, records in zip(sources, histories, strict=True):
        got = union.merge(store, records, str(source))
        new = f"{many(got.events, 'new event')} of {many(got.cards)}" if got.events else "no new event"
        say(f"{source}: {new}" + (f", {many(got.sittings, 'new exam')}." if got.sittings else "."))
    store.use(app.usual_engine)
