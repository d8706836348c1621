"""`dp100 import`: what was done in Anki, brought home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dp100cards import files
from dp100cards.clean import many, say
from dp100cards.cli.context import AppContext, local_offset, pass_context
from dp100cards.cli.export import begun
from dp100cards.errors import ContentError, UsageError

if TYPE_CHECKING:
    from dp100cards.cards import Deck
    from dp100cards.exchange.anki_in import Intake
    from dp100cards.store.store import Store

SEEN = "seen in Anki"
"""The setting of the progress file that holds suspensions and flags as they were last seen in Anki."""


@click.group("import")
def import_() -> None:
    """Bring home what was done in Anki."""


@import_.command(short_help="Reviews done in Anki; or a deck made of its notes.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--as-deck", metavar="NAME", help="Make a deck of somebody's Anki deck instead.")
@click.option("--with-reviews", is_flag=True, help="With --as-deck: take its reviews too, as your own.")
@pass_context
def anki(work: AppContext, file: Path, dry_run: bool, as_deck: str | None, with_reviews: bool) -> None:
    """Take in the reviews done in Anki, from a package (.apkg, .colpkg) exported there with its learning progress.

    Each review counts once, however often a file is taken in. Suspended cards and flags come along, unless you set
    them here later, or they are as they always were there. Cards that are not yours are left alone.

    With --as-deck its simple and cloze notes become the deck decks/NAME.yaml, as text, to be studied here. The reviews
    of them stay behind, for they may be somebody else's, unless --with-reviews says that they are yours.
    """
    from dp100cards.exchange.anki_file import opened
    from dp100cards.exchange.anki_in import take

    if as_deck is not None:
        foreign_deck(work, file, as_deck, reviews=with_reviews, dry_run=dry_run)
        return
    if with_reviews:
        raise UsageError("--with-reviews goes with --as-deck; without it reviews are all that is taken in")
    now, ours = work.now(), work.index.ids()
    with opened(file) as collection:
        if dry_run and not begun(work):
            intake = take(collection, ours, (), {}, now, local_offset)
        else:
            past = list(work.store.events(undone=True))
            ours |= {event.card for event in past}
            seen = seen_in_anki(work.store)
            intake = take(collection, ours, past, work.store.states(), now, local_offset, seen)
    if not dry_run and intake.notes:
        record(work, intake)
        remember_seen(work.store, intake.seen)
    for line in summary(file, intake, dry_run=dry_run):
        say(line)


def record(work: AppContext, intake: Intake) -> None:
    """Record what came, after a backup."""
    if intake.events:
        work.store.back_up(work.now(), "before-import")
        work.store.record_all(intake.events)


def seen_in_anki(store: Store) -> dict[str, int]:
    """Suspensions and flags as last seen in Anki; nothing, if that was never or cannot be read."""
    try:
        return {str(card): int(marks) for card, marks in json.loads(store.setting(SEEN) or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def remember_seen(store: Store, seen: object) -> None:
    """Keep them."""
    if seen != seen_in_anki(store):
        store.set_setting(SEEN, json.dumps(seen, sort_keys=True))


def foreign_deck(work: AppContext, file: Path, name: str, *, reviews: bool, dry_run: bool) -> None:
    """Make a deck of the notes of a package; if asked, of its reviews too."""
    from dp100cards.decks.read import NAME
    from dp100cards.exchange.anki_deck import as_deck
    from dp100cards.exchange.anki_file import opened
    from dp100cards.exchange.anki_in import take

    if not NAME.match(name):
        raise UsageError(f"a deck's name is made of small letters, digits and hyphens, not {name!r}")
    if work.collection.deck_file(name).exists():
        raise UsageError(f"there is a deck {name} already; give another name")
    with opened(file) as collection:
        foreign = as_deck(collection, name, name.replace("-", " ").capitalize(), work.index.ids())
        intake = take(collection, foreign.ids, (), {}, work.now(), local_offset)
    made, left, media, count = len(foreign.deck.cards), foreign.left, foreign.media, intake.count("review")
    if not made:
        raise ContentError(f"{file}: no card of its {foreign.notes} notes can be asked as text")
    write_deck(work, foreign.deck, dry_run=dry_run)
    shown = work.collection.shown(work.collection.deck_file(name))
    say(f"{file}: {many(made)} {_were(made, dry_run)} made of {many(foreign.notes, 'note')}, in {shown}.")
    if left:
        say(f"{many(left)} without a question or an answer in words {_were(left)} left out.")
    if media:
        names = ", ".join(media[:5]) + (", …" if len(media) > 5 else "")
        say(f"{many(len(media), 'media file')} {_were(len(media))} named, not taken: {names}")
    if reviews and not dry_run:
        record(work, intake)
    if count and reviews:
        say(f"{many(count, 'review')} of them {_were(count, dry_run)} taken in.")
    elif count:
        say(f"{many(count, 'review')} of them {_were(count)} left behind; --with-reviews takes them too.")


def write_deck(work: AppContext, deck: Deck, *, dry_run: bool) -> None:
    """Write a new deck, once it is certain that it can be read again."""
    from dp100cards.decks.lock import PATIENCE, locked
    from dp100cards.decks.read import read_deck
    from dp100cards.decks.write import deck_text

    path, text = work.collection.deck_file(deck.name), deck_text(deck)
    if problems := read_deck(text, work.collection.shown(path), deck.name).problems:
        raise ContentError(problems)
    if dry_run:
        return
    try:
        with locked(work.collection.decks, PATIENCE):
            files.write_new(path, text, within=work.collection.home)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror or error})") from None


def summary(file: object, intake: Intake, *, dry_run: bool) -> list[str]:
    """What an import did, or would do, in sentences."""
    if not intake.notes:
        return [f"{file}: none of its {intake.foreign} notes is yours. Nothing was changed."]
    if intake.bare:
        return [
            f"{file} holds no learning progress. Export it from Anki again, with scheduling information included."
            " Nothing was changed."
        ]
    new, known, foreign = intake.count("review"), intake.known, intake.foreign
    lines = [f"{file}: {many(new, 'new review')} of {many(intake.cards)} {_were(2, dry_run)} taken in."]
    if not new:
        lines = [f"{file}: no new reviews of your {many(intake.notes)} in it."]
    if known:
        lines.append(f"{many(known, 'review')} {'is' if known == 1 else 'are'} here already.")
    lines += marked(intake, dry_run=dry_run)
    return (
        [*lines, f"{many(foreign, 'note')} not from here {_were(foreign)} left alone."] if foreign else lines
    )


def marked(intake: Intake, *, dry_run: bool = False) -> list[str]:
    """Suspensions, flags and resets that came from Anki."""
    kinds = {
        "suspend": "suspended",
        "unsuspend": "unsuspended",
        "flag": "flagged anew",
        "forget": "started again",
    }
    counts = {words: intake.count(kind) for kind, words in kinds.items()}
    return [f"{many(n)} {_were(n, dry_run)} {words}, as in Anki." for words, n in counts.items() if n]


def _were(count: int, would_be: bool = False) -> str:
    return "would be" if would_be else "was" if count == 1 else "were"
