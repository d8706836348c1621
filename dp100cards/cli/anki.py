"""`dp100 anki sync`: both ways with a running Anki."""

from __future__ import annotations

import os

import click

from dp100cards.clean import say
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.cli.export import ADVICE, chosen, media_of, past_of
from dp100cards.cli.import_ import marked, remember_seen, seen_in_anki
from dp100cards.errors import UsageError
from dp100cards.ui.amounts import many


@click.group()
def anki() -> None:
    """Study in Anki too, and on the phone."""


@anki.command()
@click.option("--profile", metavar="NAME", help="Sync with this profile of Anki from now on.")
@click.option("--overwrite", is_flag=True, help="Put the text from here over what was edited in Anki.")
@click.option("--restore", is_flag=True, help="Send cards again that were deleted in Anki.")
@click.option(
    "--yes", is_flag=True, help="Delete in Anki without a question what is not in your decks any more."
)
@click.option(
    "--port", type=click.IntRange(1, 65_535), default=8765, show_default=True, help="Of AnkiConnect."
)
@pass_context
def sync(work: AppContext, profile: str | None, overwrite: bool, restore: bool, yes: bool, port: int) -> None:
    """Sync with a running Anki, through its add-on AnkiConnect (2055492159) on this machine.

    New and changed cards, moves between decks and deletions go there; reviews, flags and suspensions go both ways,
    each once. What you wrote in Anki (tags, edits) stays, and filtered decks are left alone. Anki's own sync then
    takes all to your phone.
    """
    from dp100cards.cli.clock import local_offset
    from dp100cards.exchange import anki_package, anki_sync

    connection = anki_sync.AnkiConnect(port, os.environ.get("ANKICONNECT_KEY", ""))
    connection.greet()
    name = f"anki sync {work.collection.key}"
    sent = anki_sync.Sent.read(work.store.setting(name))
    if profile not in (None, connection.profile):
        raise UsageError(
            f"Anki has the profile {connection.profile} open, not {profile}; open it there first"
        )
    if sent.profile not in ("", connection.profile):
        if profile is None:
            raise UsageError(
                f"Anki has the profile {connection.profile} open, but these decks are in {sent.profile}. Open that one,"
                f" or type dp100 anki sync --profile '{connection.profile}'"
            )
        sent = anki_sync.Sent()
    sent.profile = connection.profile
    known, cards = chosen(work, ())
    collection = anki_sync.Collection(
        cards, {deck: entry.title for deck, entry in known.items()}, work.settings.name, work.settings.study,
        media_of(work), anki_package.read_known(work.data / anki_package.EXPORTED),
    )  # fmt: skip
    run = anki_sync.Sync(connection, collection, work.store, sent, work.now(), local_offset)

    def may_delete(count: int, of: int) -> bool:
        few = count <= 10 or count * 5 <= of
        return (
            yes
            or few
            or click.confirm(f"{count} of {of} cards are not in your decks any more. Delete them in Anki?")
        )

    try:
        done = run.run(
            seen_in_anki(work.store), lambda: past_of(work), may_delete=may_delete, overwrite=overwrite, restore=restore
        )  # fmt: skip
    finally:
        work.store.set_setting(name, sent.text())
    remember_seen(work.store, run.seen)
    tell(done, connection.profile)


def tell(done: object, profile: str) -> None:
    """What was done, in sentences; only what there was."""
    from dp100cards.exchange.anki_sync import Synced

    assert isinstance(done, Synced)
    there = [
        (done.new, "new"), (done.updated, "updated"), (done.moved, "moved to another deck"), (done.deleted, "deleted"),
        (done.marked, "suspended or flagged as here"),
    ]  # fmt: skip
    said = [f"{many(len(cards))} {words}" for cards, words in there if cards]
    said += [many(done.reviews, "review") + " sent"] if done.reviews else []
    say(f"To Anki ({profile}): {', '.join(said) or 'nothing new'}.")
    came = done.intake.count("review")
    say(f"From Anki: {many(came, 'review') if came else 'no new reviews'}.")
    for line in marked(done.intake, "were"):
        say(line)
    for cards, words in (
        (done.edited, "changed here and in Anki: your text in Anki stays (--overwrite replaces it)"),
        (done.waiting, "in a filtered deck of Anki: their turn comes when they are back in their own"),
        (done.gone, "deleted in Anki and not sent again (--restore sends them)"),
        (done.kept, "not in your decks any more, and still in Anki"),
    ):
        if cards:
            names = ", ".join(cards[:5]) + (", …" if len(cards) > 5 else "")
            say(f"{many(len(cards))} {words}: {names}")
    if done.new:
        say(ADVICE[1])
