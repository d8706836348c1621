"""`dp100 export`: decks out to other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dp100cards import files
from dp100cards.clean import many, say
from dp100cards.cli.context import AppContext, deck_names, pass_context, written
from dp100cards.errors import UsageError

if TYPE_CHECKING:
    from dp100cards.cards import Card, Deck
    from dp100cards.decks.index import DeckEntry
    from dp100cards.exchange.anki_notes import Media
    from dp100cards.exchange.anki_package import Schedule

IMPORT = (
    'In Anki\'s import window tick "Import any learning progress" (it counts only for cards new to Anki) and "Import'
    ' any deck presets".'
)
SWITCH_ON = (
    "FSRS is off in Anki until you switch it on: on the computer the gear beside a deck, Options, FSRS. Without it, or"
    " with other parameters, your intervals there are other ones."
)
a_path = click.Path(path_type=Path)
to_file = click.option("-o", "--output", type=a_path, metavar="FILE", help="The file to write.")
to_anki = click.option(
    "-o", "--output", required=True, type=a_path, metavar="FILE", help="The .apkg to write."
)


@click.group()
def export() -> None:
    """Take decks to other programs."""


@export.command(short_help="An Anki package (.apkg), with your reviews.")
@deck_names
@to_anki
@click.option(
    "--schedule/--no-schedule", default=None, help="Take your reviews along. Default: if there are any."
)
@pass_context
def anki(work: AppContext, decks: tuple[str, ...], output: Path, schedule: bool | None) -> None:
    """Write an Anki package (.apkg): all decks, or those named.

    Exporting and importing again updates the notes in Anki and never doubles them. Your reviews arrive only with
    the first import of a card. `dp100 anki sync` goes both ways, every day.
    """
    from dp100cards.exchange.anki_package import EXPORTED, read_known, since, write_known, write_package

    known, cards = chosen(work, decks)
    learned = begun(work) and any(state.reps for state in work.store.states().values())
    past = past_of(work) if (learned if schedule is None else schedule) else None
    titles, now, media = {name: deck.title for name, deck in known.items()}, work.now(), media_of(work)
    changed = {name: int(deck.path.stat().st_mtime) for name, deck in known.items()}
    contents = since(cards, read_known(work.data / EXPORTED), changed, now.at // 1000, media)
    times = {card: second for card, (_, second) in contents.items()}
    name, study = work.settings.name, work.settings.study
    with written(output):
        done = write_package(output, cards, titles, name, now, times, past, study, media)
    write_known(work.data / EXPORTED, contents)
    say(
        f"{output}: {many(done.notes, 'note')} in {many(len({card.deck for card in cards}), 'deck')} under {name}"
    )
    if past is not None:
        say(f"{done.scheduled} of them with their schedule, {many(done.reviews, 'review')}. {IMPORT}")
    say(SWITCH_ON)


@export.command("csv", short_help="A table for spreadsheets (CSV).")
@deck_names
@to_file
@pass_context
def csv_(work: AppContext, decks: tuple[str, ...], output: Path | None) -> None:
    """Write a table for spreadsheets (CSV), all decks or those named; to stdout without -o."""
    from dp100cards.exchange.documents import to_csv

    # Excel knows UTF-8 by a mark at the start of the file.
    put(to_csv(chosen(work, decks)[1]), output, "utf-8-sig")


@export.command(short_help="Notes in Markdown, which build to the same cards.")
@deck_names
@click.option("-o", "--output", type=a_path, metavar="PATH", help="A file, or a folder.")
@pass_context
def markdown(work: AppContext, decks: tuple[str, ...], output: Path | None) -> None:
    """Write notes in Markdown, which `dp100 build` makes the same cards of: that is the way into another collection.

    One deck goes to a file, or to stdout without -o; several go into a folder, one file each.
    """
    from dp100cards.exchange.documents import to_markdown

    found = whole(work, decks)
    if len(found) == 1 and not (output and output.is_dir()):
        put(to_markdown(found[0]), output)
        return
    if output is None:
        raise UsageError("several decks go into a folder, one file each: name it with -o")
    with written(output):
        output.mkdir(exist_ok=True)
    for deck in found:
        put(to_markdown(deck), output / f"{deck.name}.md")


@export.command(short_help="A page for paper: questions, then answers.")
@deck_names
@to_file
@pass_context
def html(work: AppContext, decks: tuple[str, ...], output: Path | None) -> None:
    """Write a page for paper (HTML), all decks or those named; to stdout without -o."""
    from dp100cards.exchange.pages import paper

    put(paper(whole(work, decks), work.settings.name, media_of(work)), output)


def chosen(work: AppContext, decks: tuple[str, ...]) -> tuple[dict[str, DeckEntry], list[Card]]:
    """All decks by name, and the cards of those named, or of all, that are not rejected. Raises UsageError."""
    known = {deck.name: deck for deck in work.index.decks()}
    if unknown := next((name for name in decks if name not in known), None):
        raise UsageError(f"there is no deck {unknown}; there are {', '.join(known) or 'none'}")
    rejected = work.store.rejected() if begun(work) else {}
    cards = [card for card in work.index.cards(decks or None) if card.id not in rejected]
    if not cards:
        raise UsageError("there are no cards to export; `dp100 build` makes them from your notes")
    return known, cards


def whole(work: AppContext, names: tuple[str, ...]) -> list[Deck]:
    """The chosen decks with their cards, without empty ones."""
    from dp100cards.cards import Deck

    known, cards = chosen(work, names)
    return [
        Deck(name, known[name].title, known[name].area, tuple(card for card in cards if card.deck == name))
        for name in known
        if any(card.deck == name for card in cards)
    ]


def begun(work: AppContext) -> bool:
    """Is there any progress? Asking the store would make its file."""
    from dp100cards.store.store import FILE

    return (work.data / FILE).exists()


def media_of(work: AppContext) -> Media:
    """The pictures of the collection's notes."""
    from dp100cards.exchange.anki_notes import Media

    return Media(work.collection.notes)


def past_of(work: AppContext) -> Schedule:
    """All that the learner remembers."""
    from dp100cards.exchange.anki_package import schedule_of

    return schedule_of(work.store.engine, work.store.states(), work.store.events())


def put(text: str, output: Path | None, encoding: str = "utf-8") -> None:
    """Write a text to a file, whole or not at all, or to stdout."""
    if output is not None:
        with written(output):
            files.write(output, text.encode(encoding))
        say(f"{output} is written", err=True)
    elif sys.stdout.isatty():
        say(text, end="")
    else:  # to the letter, for another program
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
