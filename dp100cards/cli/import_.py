"""`dp100 import`: what was done elsewhere, brought home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dp100cards import files
from dp100cards.clean import say
from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.errors import ContentError, UsageError, not_utf8
from dp100cards.ui.amounts import many

if TYPE_CHECKING:
    from dp100cards.cards import Deck
    from dp100cards.exchange.anki_foreign import Foreign
    from dp100cards.exchange.anki_in import Intake
    from dp100cards.store.store import Store


SEEN = "seen in Anki"
"""The setting of the progress file that holds suspensions and flags as the last import saw them in Anki."""

LARGEST = 256 << 20
"""Bytes: a larger text is not read."""


@click.group("import")
def import_() -> None:
    """Bring home what was done elsewhere."""


@import_.command(short_help="Reviews done in Anki; or a deck made of its notes.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--as-deck", metavar="NAME", help="Make a deck of somebody's Anki deck instead.")
@click.option("--with-reviews", is_flag=True, help="With --as-deck: take its reviews too, as your own.")
@pass_workplace
def anki(work: Workplace, file: Path, dry_run: bool, as_deck: str | None, with_reviews: bool) -> None:
    """Take in the reviews done in Anki, from a package (.apkg, .colpkg) exported there with its learning progress.

    Each review counts once, however often a file is taken in. Suspended cards and flags come along, unless you set
    them here later, or they only stand there as they always did. Cards that are not yours are left alone.

    With --as-deck its simple and cloze notes become the deck decks/NAME.yaml, as text, to be studied here. What was
    reviewed of them stays behind, for it may be somebody else's, unless --with-reviews says that it is yours.
    """
    from dp100cards.cli.clock import local_offset
    from dp100cards.exchange.anki_file import opened
    from dp100cards.exchange.anki_in import take
    from dp100cards.store.store import FILE

    if as_deck is not None:
        foreign_deck(work, file, as_deck, reviews=with_reviews, dry_run=dry_run)
        return
    if with_reviews:
        raise UsageError("--with-reviews goes with --as-deck; without it reviews are all that is taken in")
    now = work.now()
    ours = work.index.ids()
    with opened(file) as collection:
        if dry_run and not (work.data / FILE).exists():
            intake = take(collection, ours, (), {}, now, local_offset)
        else:
            states, past = work.store.states(), list(work.store.events(undone=True))
            ours |= {event.card for event in past}
            intake = take(collection, ours, past, states, now, local_offset, seen_in_anki(work.store))
    if not dry_run and intake.notes:
        work.store.back_up(now, "before-import")
        work.store.record_all(intake.events)
        if intake.seen != seen_in_anki(work.store):
            work.store.set_setting(SEEN, json.dumps(intake.seen, sort_keys=True))
    for line in told(file, intake, dry_run=dry_run):
        say(line)


@import_.command("csv", short_help="A deck from a table (CSV).")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-deck", required=True, metavar="NAME", help="The name of the deck to make.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@pass_workplace
def csv_(work: Workplace, file: Path, as_deck: str, dry_run: bool) -> None:
    """Make a deck of a table with a header: question, answer; if wanted wrong, explanation, tags, kind, id.

    What `dp100 export csv` wrote comes back whole, with reasons and sources.
    """
    from dp100cards.exchange.tables import from_csv

    new_deck(work, as_deck)
    deck = from_csv(text_of(file), str(file), as_deck, title_of(as_deck), work.index.ids())
    write_decks(work, [deck], dry_run=dry_run)
    say(f"{file}: {many(len(deck.cards), 'card')} {'would be' if dry_run else 'were'} taken in.")


@import_.command("text", short_help="A deck from Anki's text format.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-deck", required=True, metavar="NAME", help="The name of the deck to make.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@pass_workplace
def text_(work: Workplace, file: Path, as_deck: str, dry_run: bool) -> None:
    """Make a deck of Anki's "Notes in Plain Text", or of what `dp100 export text` wrote.

    Its headers (#separator, #html, #notetype column and the like) are heeded. Such a file holds no reviews.
    """
    from dp100cards.exchange.anki_text import from_anki_text

    new_deck(work, as_deck)
    foreign = from_anki_text(text_of(file), str(file), as_deck, title_of(as_deck), work.index.ids())
    take_deck(work, file, foreign, dry_run=dry_run)


@import_.command("json", short_help="Decks that were exported as JSON.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@pass_workplace
def json_(work: Workplace, file: Path, dry_run: bool) -> None:
    """Take in decks that `dp100 export json` wrote, or another program in the same form. They must be new here.

    The form: {"format": "dp100cards decks 1", "decks": [deck, …]}. A deck has the fields that it has in YAML, which
    dp100cards/decks/schema.json describes.
    """
    from dp100cards.exchange.documents import from_json

    take_decks(work, file, from_json(text_of(file), str(file)), dry_run=dry_run)


@import_.command("markdown", short_help="Decks that were exported as Markdown.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@pass_workplace
def markdown_(work: Workplace, file: Path, dry_run: bool) -> None:
    """Take in decks that `dp100 export markdown` wrote, edited since or not. They must be new here.

    Notes of your own, in any Markdown, are for `dp100 build`.
    """
    from dp100cards.exchange.markdown_in import from_markdown

    take_decks(work, file, from_markdown(text_of(file), str(file)), dry_run=dry_run)


def take_decks(work: Workplace, file: Path, decks: list[Deck], *, dry_run: bool) -> None:
    """Write decks that must be new, and say so."""
    for deck in decks:
        new_deck(work, deck.name)
    write_decks(work, decks, dry_run=dry_run)
    count = sum(len(deck.cards) for deck in decks)
    say(
        f"{file}: {many(count, 'card')} in {many(len(decks), 'deck')} {'would be' if dry_run else 'were'} taken in."
    )


def seen_in_anki(store: Store) -> dict[str, int]:
    """What the last import saw in Anki; nothing, if there was none or what was kept cannot be read."""
    try:
        kept = json.loads(store.setting(SEEN) or "{}")
        return {str(card): int(marks) for card, marks in kept.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def text_of(file: Path) -> str:
    """A file's text. Raises UsageError or ContentError if it cannot be read."""
    try:
        return files.read_bytes(file, LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror or error})") from None
    except UnicodeDecodeError as error:
        raise ContentError([not_utf8(str(file), error, "file")]) from None


def foreign_deck(work: Workplace, file: Path, name: str, *, reviews: bool, dry_run: bool) -> None:
    """Make a deck of the notes of a package; if asked, of its reviews too."""
    from dp100cards.cli.clock import local_offset
    from dp100cards.exchange.anki_file import opened
    from dp100cards.exchange.anki_foreign import as_deck
    from dp100cards.exchange.anki_in import take

    new_deck(work, name)
    with opened(file) as collection:
        foreign = as_deck(collection, name, title_of(name), work.index.ids())
        intake = take(collection, foreign.ids, (), {}, work.now(), local_offset)
    take_deck(work, file, foreign, dry_run=dry_run)
    if reviews and not dry_run:
        work.store.back_up(work.now(), "before-import")
        work.store.record_all(intake.events)
    if count := intake.count("review"):
        verb = ("would be" if dry_run else "were") if count > 1 or dry_run else "was"
        say(
            f"{many(count, 'review')} of them {verb} taken in."
            if reviews
            else f"{many(count, 'review')} of them {_was(count)} left behind; --with-reviews takes them too."
        )


def take_deck(work: Workplace, file: Path, foreign: Foreign, *, dry_run: bool) -> None:
    """Write a deck made of Anki's notes, and say what came along and what did not."""
    deck = foreign.deck
    if not deck.cards:
        raise ContentError(f"{file}: no card of its {foreign.notes} notes can be asked as text")
    write_decks(work, [deck], dry_run=dry_run)
    verb = "would be made" if dry_run else "were made"
    say(
        f"{file}: {many(len(deck.cards), 'card')} {verb} of {many(foreign.notes, 'note')}, in"
        f" {work.collection.shown(work.collection.deck_file(deck.name))}."
    )
    if foreign.left:
        say(
            f"{many(foreign.left, 'card')} without a question or an answer in words {_was(foreign.left)} left out."
        )
    if foreign.media:
        names = ", ".join(foreign.media[:5]) + (", …" if len(foreign.media) > 5 else "")
        say(f"{many(len(foreign.media), 'media file')} {_was(len(foreign.media))} named, not taken: {names}")


def title_of(name: str) -> str:
    """A title for a deck of this name."""
    return name.replace("-", " ").capitalize()


def new_deck(work: Workplace, name: str) -> None:
    """Raise UsageError unless a deck of this name can be made."""
    from dp100cards.decks.read import NAME

    if not NAME.match(name):
        raise UsageError(f"a deck's name is made of small letters, digits and hyphens, not {name!r}")
    if work.collection.deck_file(name).exists():
        raise UsageError(f"there is a deck {name} already; give another name")


def write_decks(work: Workplace, decks: list[Deck], *, dry_run: bool) -> None:
    """Write new decks, all or none, once it is certain that they can be read again."""
    from dp100cards.decks.commit import commit
    from dp100cards.decks.lock import PATIENCE, locked
    from dp100cards.decks.read import read_deck
    from dp100cards.decks.write import deck_text

    texts = {work.collection.deck_file(deck.name): deck_text(deck) for deck in decks}
    problems = [
        problem
        for path, text in texts.items()
        for problem in read_deck(text, work.collection.shown(path), path.stem).problems
    ]
    if problems:
        raise ContentError(problems)
    here = work.index.ids()
    for deck in decks:
        if twice := next((card.id for card in deck.cards if card.id in here), None):
            raise ContentError(
                f"the id {twice} belongs to a card of another deck already; an id is never used twice"
            )
        here |= {card.id for card in deck.cards}
    if not dry_run:
        try:
            with locked(work.collection.decks, PATIENCE):
                commit(work.collection.decks, dict(texts))
        except OSError as error:
            raise UsageError(
                f"{work.collection.decks} cannot be written ({error.strerror or error})"
            ) from None


def told(file: Path, intake: Intake, *, dry_run: bool) -> list[str]:
    """What an import did, or would do, in sentences."""
    if not intake.notes:
        return [f"{file}: none of its {intake.foreign} notes is yours. Nothing was changed."]
    if intake.bare:
        return [
            f"{file} holds no learning progress. Export it from Anki again, with scheduling information included."
            " Nothing was changed."
        ]
    new, verb = intake.count("review"), "would be" if dry_run else "were"
    lines = [f"{file}: {many(new, 'new review')} of {many(intake.cards, 'card')} {verb} taken in."]
    if not new:
        lines = [f"{file}: no new reviews of your {many(intake.notes, 'card')} in it."]
    if intake.known:
        lines.append(f"{many(intake.known, 'review')} {'is' if intake.known == 1 else 'are'} here already.")
    for kinds, words in (
        (("suspend",), "set aside"), (("unsuspend",), "asked again"), (("flag",), "flagged anew"),
        (("forget",), "started again"),
    ):  # fmt: skip
        if count := intake.count(*kinds):
            lines.append(
                f"{many(count, 'card')} {verb if count > 1 or dry_run else 'was'} {words}, as in Anki."
            )
    if intake.foreign:
        lines.append(f"{many(intake.foreign, 'note')} not from here {_was(intake.foreign)} left alone.")
    return lines


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
