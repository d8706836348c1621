"""`dp100 export`: decks out to other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dp100cards import files
from dp100cards.clean import say
from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.errors import UsageError

if TYPE_CHECKING:
    from dp100cards.cards import Card, Deck
    from dp100cards.decks.index import DeckEntry
    from dp100cards.exchange.anki_schedule import Schedule
    from dp100cards.scheduler.event import Event


@click.group()
def export() -> None:
    """Take decks to other programs."""


@export.command(short_help="An Anki package (.apkg), with your reviews.")
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
    from dp100cards.exchange import changed
    from dp100cards.exchange.anki_out import write_package
    from dp100cards.store.store import FILE

    known, cards = chosen(work, decks)
    learned = (work.data / FILE).exists() and any(state.reps for state in work.store.states().values())
    past = past_of(work) if (learned if schedule is None else schedule) else None
    titles = {name: deck.title for name, deck in known.items()}
    times_of = {name: int(deck.path.stat().st_mtime) for name, deck in known.items()}
    contents = changed.since(cards, changed.read(work.data / changed.FILE), times_of, work.now().at // 1000)
    times = {card: since for card, (_, since) in contents.items()}
    try:
        written = write_package(
            output, cards, titles, work.settings.name, work.now(), times, past, work.settings.study
        )
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror or error}") from None
    changed.write(work.data / changed.FILE, contents)
    say(
        f"{output}: {written.notes} notes in {len({card.deck for card in cards})} decks under {work.settings.name}"
    )
    if past is not None:
        say(
            f"{written.scheduled} of them with their schedule, {written.reviews} reviews. In Anki's import window tick"
            ' "Import any learning progress", which counts only for cards new to Anki, and "Import any deck presets".'
        )


def chosen(work: Workplace, decks: tuple[str, ...]) -> tuple[dict[str, DeckEntry], list[Card]]:
    """All decks by name, and the cards of those named, or of all. Raises UsageError if there are none."""
    known = {deck.name: deck for deck in work.index.decks()}
    for name in decks:
        if name not in known:
            raise UsageError(f"there is no deck {name}; there are {', '.join(known) or 'none'}")
    cards = list(work.index.cards(decks or None))
    if not cards:
        raise UsageError("there are no cards to export; `dp100 build` makes them from your notes")
    return known, cards


def whole(work: Workplace, names: tuple[str, ...]) -> list[Deck]:
    """The chosen decks with their cards, without empty ones."""
    from dp100cards.cards import Deck

    known, cards = chosen(work, names)
    decks = [
        Deck(name, entry.title, entry.area, tuple(card for card in cards if card.deck == name))
        for name, entry in known.items()
    ]
    return [deck for deck in decks if deck.cards]


def put(text: str, output: Path | None, *, mark: bool = False) -> None:
    """Write a text to a file, whole or not at all, or to stdout; `mark` begins the file as Excel knows UTF-8."""
    if output is None:
        if sys.stdout.isatty():
            say(text, end="")
        else:  # to the letter, for another program
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
        return
    try:
        files.write(output, text.encode("utf-8-sig" if mark else "utf-8"))
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror or error}") from None
    say(f"{output} is written", err=True)


def simple(name: str, what: str, make: Callable[[Workplace, tuple[str, ...]], str]) -> None:
    """Add a command that writes one text."""

    @export.command(
        name,
        short_help=f"{what[0].upper()}{what[1:]}.",
        help=f"Write {what}: all decks, or those named; to stdout, or to a file with -o.",
    )
    @click.argument("decks", nargs=-1, metavar="[DECK]…")
    @click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The file to write."
    )
    @pass_workplace
    def command(work: Workplace, decks: tuple[str, ...], output: Path | None) -> None:
        put(make(work, decks), output, mark=name == "csv")


def _csv(work: Workplace, decks: tuple[str, ...]) -> str:
    from dp100cards.exchange.tables import to_csv

    return to_csv(chosen(work, decks)[1])


def _text(work: Workplace, decks: tuple[str, ...]) -> str:
    from dp100cards.exchange.anki_text import to_anki_text

    known, cards = chosen(work, decks)
    return to_anki_text(cards, {name: deck.title for name, deck in known.items()}, work.settings.name)


def _json(work: Workplace, decks: tuple[str, ...]) -> str:
    from dp100cards.exchange.documents import to_json

    return to_json(whole(work, decks))


def _markdown(work: Workplace, decks: tuple[str, ...]) -> str:
    from dp100cards.exchange.markdown import to_markdown

    return to_markdown(whole(work, decks), work.settings.name)


def _html(work: Workplace, decks: tuple[str, ...]) -> str:
    from dp100cards.exchange.documents import to_page

    return to_page(whole(work, decks), work.settings.name)


simple("csv", "a table for spreadsheets (CSV)", _csv)
simple("json", "JSON for other programs", _json)
simple("markdown", "Markdown, with the answers", _markdown)
simple("html", "a page for paper: questions, then answers", _html)
simple("text", "text for Anki's own import of text files", _text)


def past_of(work: Workplace) -> Schedule:
    """All that the learner remembers, for a package."""
    from dp100cards.exchange.anki_schedule import Schedule
    from dp100cards.store.rows import in_time

    events: dict[str, list[Event]] = {}
    for event in work.store.events():
        events.setdefault(event.card, []).append(event)
    return Schedule(
        work.store.engine, work.store.states(), {card: in_time(mine) for card, mine in events.items()}
    )
