"""`dp100 export`, `dp100 import` and `dp100 anki`: decks and reviews, to other programs and back."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from shlex import quote

import click

from dp100cards import config, files
from dp100cards.cards import Deck
from dp100cards.clean import many, say
from dp100cards.cli.context import AppContext, deck_names, local_offset, pass_context, written
from dp100cards.decks.collection import PATIENCE, locked
from dp100cards.decks.read import read_deck
from dp100cards.decks.write import deck_text
from dp100cards.errors import ContentError, UsageError
from dp100cards.exchange.anki_file import as_deck as deck_of
from dp100cards.exchange.anki_file import opened
from dp100cards.exchange.anki_in import Here, Intake, take
from dp100cards.exchange.anki_out import EXPORTED, Package, Schedule, read_known, write_known
from dp100cards.exchange.anki_sync import AnkiConnect, Sync, read_sent
from dp100cards.exchange.documents import paper, to_csv, to_markdown
from dp100cards.exchange.markup import Media

IMPORT = (
    'In Anki\'s import window tick "Import any learning progress" (it counts only for cards new to Anki) and "Import'
    ' any deck presets".'
)
SWITCH_ON = (
    "FSRS is off in Anki until you switch it on: on the computer, the gear beside a deck, Options, FSRS. Without it, or"
    " with other parameters, your intervals there differ from those here."
)
MARKED = {
    "suspend": "suspended",
    "unsuspend": "unsuspended",
    "flag": "flagged or unflagged",
    "forget": "started again",
}
SENT = ("new", "updated", "moved to another deck", "deleted", "suspended or flagged as here")
LEFT = {
    "edited": "changed here and in Anki: your text in Anki stays (--overwrite replaces it)",
    "waiting": "in a filtered deck of Anki: their turn comes when they are back in their own deck",
    "gone": "deleted in Anki and not sent again (--restore sends them)",
    "kept": "not in your decks any more, and still in Anki",
}

PATH = click.Path(path_type=Path)
to_file = click.option("-o", "--output", type=PATH, metavar="FILE", help="The file to write.")


@click.group()
def export() -> None:
    """Take decks to other programs."""


@export.command("anki", short_help="An Anki package (.apkg), with your reviews.")
@deck_names
@click.option("-o", "--output", required=True, type=PATH, metavar="FILE", help="The .apkg to write.")
@click.option("--schedule/--no-schedule", default=True, help="Take your reviews along, or leave them out.")
@pass_context
def export_anki(app: AppContext, decks: tuple[str, ...], output: Path, schedule: bool) -> None:
    """Write an Anki package (.apkg): all decks, or those named.

    Exporting and importing again updates the notes in Anki and never doubles them. Your reviews arrive only with
    the first import of a card. `dp100 anki sync` goes both ways, every day.
    """
    found = chosen(app, decks)
    package = packed(app, found)
    times = {deck.name: int(app.collection.deck_file(deck.name).stat().st_mtime) for deck in found}
    contents = package.contents(read_known(app.data / EXPORTED), times)
    changed = {card: second for card, (_, second) in contents.items()}
    with written(output):
        past = Schedule.of(app.store) if schedule and app.begun else None
        learned, reviews = replace(package, changed=changed, schedule=past).write(output)
    write_known(app.data / EXPORTED, contents)
    say(f"{output}: {many(len(package.cards), 'note')} in {many(len(found), 'deck')} under {package.name}")
    if learned:
        say(f"{learned} of them with their schedule, {many(reviews, 'review')}. {IMPORT}")
    say(SWITCH_ON)


@export.command(short_help="A table for spreadsheets (CSV).")
@deck_names
@to_file
@pass_context
def csv(app: AppContext, decks: tuple[str, ...], output: Path | None) -> None:
    """Write a table for spreadsheets (CSV), all decks or those named; to stdout without -o."""
    # Excel knows UTF-8 by a mark at the start of the file.
    put(to_csv([card for deck in chosen(app, decks) for card in deck.cards]), output, "utf-8-sig")


@export.command(short_help="Notes in Markdown, which build to the same cards.")
@deck_names
@click.option("-o", "--output", type=PATH, metavar="PATH", help="A file, or a folder.")
@pass_context
def markdown(app: AppContext, decks: tuple[str, ...], output: Path | None) -> None:
    """Write notes in Markdown, which `dp100 build` makes the same cards of: that is the way into another collection.

    One deck goes to a file, or to stdout without -o; several go into a folder, one file each.
    """
    found = chosen(app, decks)
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
def html(app: AppContext, decks: tuple[str, ...], output: Path | None) -> None:
    """Write a page for paper (HTML), all decks or those named; to stdout without -o."""
    put(paper(chosen(app, decks), app.settings.name, Media(app.collection.notes)), output)


def chosen(app: AppContext, names: tuple[str, ...] = ()) -> list[Deck]:
    """The decks named, or all, without the rejected cards. Raises UsageError if there are none."""
    parts = {name: tuple(mine) for name, mine in groupby(app.cards(names), attrgetter("deck"))}
    if not parts:
        raise UsageError("there are no cards to export; `dp100 build` makes them from your notes")
    known = {deck.name: deck for deck in app.index.decks()}
    return [Deck(name, known[name].title, known[name].area, mine) for name, mine in parts.items()]


def packed(app: AppContext, decks: Sequence[Deck]) -> Package:
    """These decks as they go to Anki, without a schedule."""
    cards = [card for deck in decks for card in deck.cards]
    titles, media = {deck.name: deck.title for deck in decks}, Media(app.collection.notes)
    return Package(cards, titles, app.settings.name, app.now(), study=app.settings.study, media=media)


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


@click.group("import")
def import_() -> None:
    """Bring home what was done in Anki."""


@import_.command("anki", short_help="Reviews done in Anki; or a deck made of its notes.")
@click.argument("file", type=PATH)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--as-deck", metavar="NAME", help="Make a deck of somebody's Anki deck instead.")
@click.option("--with-reviews", is_flag=True, help="With --as-deck: take its reviews too, as your own.")
@pass_context
def import_anki(app: AppContext, file: Path, dry_run: bool, as_deck: str | None, with_reviews: bool) -> None:
    """Take in the reviews done in Anki, from a package (.apkg, .colpkg) exported there with its learning progress.

    Each review counts once, however often a file is taken in. Suspended cards and flags come along, unless you changed
    them here later, or nothing about them changed in Anki. Cards that are not yours are left alone.

    With --as-deck its simple and cloze notes become the deck decks/NAME.yaml, as text, to be studied here. Their
    reviews stay behind, for they may be somebody else's, unless --with-reviews says that they are yours.
    """
    if as_deck is not None:
        foreign_deck(app, file, as_deck, reviews=with_reviews, dry_run=dry_run)
        return
    if with_reviews:
        raise UsageError("--with-reviews goes with --as-deck; without it reviews are all that is taken in")
    with opened(file) as collection:
        mine = here(app, look=dry_run)
        intake = take(collection, app.index.ids() | {event.card for event in mine.past}, mine)
    if not intake.notes:
        say(f"{file}: none of its {intake.foreign} notes is yours. Nothing was changed.")
        return
    if intake.bare:
        say(f"{file} holds no learning progress: in Anki, export it with scheduling information included.")
        return
    if not dry_run:
        intake.record(app.store)
    new, known = intake.count("review"), intake.known
    were = "would be" if dry_run else "was" if new == 1 else "were"
    came = f"{many(new, 'new review')} of {many(intake.cards)} {were} taken in"
    say(f"{file}: {came if new else f'no new reviews of your {many(intake.notes)} in it'}.")
    if known:
        say(f"{many(known, 'review')} {'is' if known == 1 else 'are'} here already.")
    say_marked(intake, dry_run)
    counted(intake.foreign, "note", "left alone: not from here.")


def here(app: AppContext, *, look: bool = False) -> Here:
    """What is here when Anki's comes. A look does not begin a progress file."""
    if look and not app.begun:
        return Here((), {}, app.now(), local_offset)
    return Here.of(app.store, app.now(), local_offset)


def foreign_deck(app: AppContext, file: Path, name: str, *, reviews: bool, dry_run: bool) -> None:
    """Make a deck of the notes of a package; if asked, of its reviews too."""
    path = app.collection.deck_file(name)
    if not re.fullmatch(config.NAME, name):
        raise UsageError(f"a deck's name is made of small letters, digits and hyphens, not {name!r}")
    if path.exists():
        raise UsageError(f"there is a deck {name} already; give another name")
    with opened(file) as collection:
        foreign = deck_of(collection, name, app.index.ids())
        intake = take(collection, foreign.ids, here(app, look=dry_run or not reviews))
    made, left, media, count = len(foreign.deck.cards), foreign.left, foreign.media, intake.count("review")
    if not made:
        raise ContentError(f"{file}: none of its {many(foreign.notes, 'note')} can be asked as text")
    shown, text = app.collection.shown(path), deck_text(foreign.deck)
    if problems := read_deck(text, shown, name).problems:
        raise ContentError(problems)
    if not dry_run:
        with written(path), locked(app.collection.decks, PATIENCE):
            files.write(path, text, within=app.collection.home)
    counted(made, "card", f"made from {many(foreign.notes, 'note')}, in {shown}.", dry_run)
    counted(left, "card", "left out: no question or no answer in words.")
    counted(len(media), "media file", f"named, not taken: {_some(media)}")
    if reviews:
        if not dry_run:
            intake.record(app.store)
        counted(count, "review", "taken in with it.", dry_run)
    else:
        counted(count, "review", "left behind; --with-reviews takes them too.")


def counted(count: int, noun: str, rest: str, would_be: bool = False) -> None:
    """Say what happened to so many, if there are any."""
    if count:
        say(f"{many(count, noun)} {'would be' if would_be else 'was' if count == 1 else 'were'} {rest}")


def say_marked(intake: Intake, dry_run: bool = False) -> None:
    """Say which suspensions, flags and resets came from Anki."""
    for kind, words in MARKED.items():
        counted(intake.count(kind), "card", f"{words}, as in Anki.", dry_run)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")


@click.group()
def anki() -> None:
    """Study in Anki too, and on the phone."""


@anki.command()
@click.option("--profile", metavar="NAME", help="Sync with this profile of Anki from now on.")
@click.option("--overwrite", is_flag=True, help="Replace what was edited in Anki with the text from here.")
@click.option("--restore", is_flag=True, help="Send the cards again that were deleted in Anki.")
@click.option(
    "--yes", is_flag=True, help="Delete in Anki, without asking, what is not in your decks any more."
)
@click.option("--port", type=click.IntRange(1, 65_535), default=8765, help="AnkiConnect's, usually 8765.")
@pass_context
def sync(app: AppContext, profile: str | None, overwrite: bool, restore: bool, yes: bool, port: int) -> None:
    """Sync with a running Anki, through its add-on AnkiConnect (2055492159) on this machine.

    New and changed cards, moves between decks and deletions go there; reviews, flags and suspensions go both ways,
    each once. What you wrote in Anki (tags, edits) stays, and filtered decks are left alone. Anki's own sync then
    takes everything to your phone.
    """
    connection = AnkiConnect(port, os.environ.get("ANKICONNECT_KEY", ""))
    current, name = connection.profile(), f"anki sync {app.collection.key}"
    before, sent = read_sent(app.store.setting(name))
    if profile not in (None, current):
        raise UsageError(f"Anki has the profile {current} open, not {profile}; open it there first")
    if before not in ("", current) and profile is None:
        raise UsageError(
            f"Anki has the profile {current} open, but these decks are in {before}. Open that one, or type"
            f" dp100 anki sync --profile {quote(current)}"
        )
    sent = sent if before == current else {}
    package = packed(app, chosen(app))

    def may_delete(count: int, of: int) -> bool:
        question = f"{count} of {of} cards are not in your decks any more. Delete them in Anki?"
        return yes or count <= 10 or count * 5 <= of or click.confirm(question)

    exported, mine = read_known(app.data / EXPORTED), here(app)
    syncing = Sync(connection, app.store, sent, package, exported, mine, may_delete, overwrite, restore)
    try:
        syncing.run()
    finally:
        app.store.set_setting(name, json.dumps([current, sent], ensure_ascii=False))
    said = [f"{many(len(syncing.done[words]))} {words}" for words in SENT if syncing.done[words]]
    said += [many(syncing.reviews, "review") + " sent"] if syncing.reviews else []
    say(f"To Anki ({current}): {', '.join(said) or 'nothing new'}.")
    came = syncing.intake.count("review")
    say(f"From Anki: {many(came, 'review') if came else 'no new reviews'}.")
    say_marked(syncing.intake)
    for what, words in LEFT.items():
        if ids := syncing.done[what]:
            say(f"{many(len(ids))} {words}: {_some(ids)}")
    if syncing.done["new"]:
        say(SWITCH_ON)
