"""`dp100 export`: decks out to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.errors import UsageError

if TYPE_CHECKING:
    from dp100cards.exchange.anki_out import Schedule
    from dp100cards.memory.event import Event


@click.group()
def export() -> None:
    """Take decks to other programs."""


@export.command()
@click.argument("decks", nargs=-1, metavar="[DECK]…")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The .apkg to write.",
)
@click.option(
    "--schedule/--no-schedule", default=None, help="Take your reviews along. Default: if there are any."
)
@pass_workplace
def anki(work: Workplace, decks: tuple[str, ...], output: Path, schedule: bool | None) -> None:
    """Write an Anki package (.apkg): all decks, or those named.

    Exporting and importing again updates the notes in Anki and never doubles them. Your reviews arrive only with
    the first import of a card, and only if Anki's import window has "Import any learning progress" ticked.
    """
    from dp100cards.exchange.anki_out import write_package
    from dp100cards.progress.store import FILE

    known = {deck.name: deck for deck in work.index.decks()}
    for name in decks:
        if name not in known:
            raise UsageError(f"there is no deck {name}; there are {', '.join(known) or 'none'}")
    cards = list(work.index.cards(decks or None))
    if not cards:
        raise UsageError("there are no cards to export; `dp100 build` makes them from your notes")
    learned = (work.data / FILE).exists() and any(state.reps for state in work.store.states().values())
    past = past_of(work) if (learned if schedule is None else schedule) else None
    titles = {name: deck.title for name, deck in known.items()}
    changed = {name: int(deck.path.stat().st_mtime) for name, deck in known.items()}
    try:
        written = write_package(output, cards, titles, work.settings.name, work.now(), changed, past)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror or error}") from None
    click.echo(
        f"{output}: {written.notes} notes in {len({card.deck for card in cards})} decks under {work.settings.name}"
    )
    if past is not None:
        click.echo(
            f"{written.scheduled} of them with their schedule, {written.reviews} reviews. In Anki's import window tick"
            ' "Import any learning progress" and "Import any deck presets"; both count only for cards new to Anki.'
        )


def past_of(work: Workplace) -> Schedule:
    """All that the learner remembers, for a package."""
    from dp100cards.exchange.anki_out import Schedule
    from dp100cards.progress.store import in_time

    events: dict[str, list[Event]] = {}
    for event in work.store.events():
        events.setdefault(event.card, []).append(event)
    return Schedule(
        work.store.engine, work.store.states(), {card: in_time(mine) for card, mine in events.items()}
    )
