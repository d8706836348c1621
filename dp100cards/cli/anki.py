"""`dp100 anki sync`: both ways with a running Anki."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from dp100cards.clean import many, say
from dp100cards.cli.context import AppContext, pass_context, quoted
from dp100cards.cli.export import SWITCH_ON, chosen, media_of, past_of
from dp100cards.cli.import_ import marked, remember_seen, seen_in_anki
from dp100cards.errors import UsageError

if TYPE_CHECKING:
    from dp100cards.exchange.anki_sync import Synced


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
    from dp100cards.cli.context import local_offset
    from dp100cards.exchange import anki_package, anki_sync
    from dp100cards.exchange.anki_connect import AnkiConnect

    connection = AnkiConnect(port, os.environ.get("ANKICONNECT_KEY", ""))
    opened, name = connection.profile(), f"anki sync {work.collection.key}"
    before, sent = anki_sync.read_sent(work.store.setting(name))
    if profile not in (None, opened):
        raise UsageError(f"Anki has the profile {opened} open, not {profile}; open it there first")
    if before not in ("", opened):
        if profile is None:
            raise UsageError(
                f"Anki has the profile {opened} open, but these decks are in {before}. Open that one, or type"
                f" dp100 anki sync --profile {quoted(opened)}"
            )
        sent = {}
    known, cards = chosen(work, ())
    run = anki_sync.Sync(
        connection, work.store, sent, work.now(), local_offset, cards,
        {deck: entry.title for deck, entry in known.items()}, work.settings.name, work.settings.study, media_of(work),
        anki_package.read_known(work.data / anki_package.EXPORTED),
    )  # fmt: skip

    def may_delete(count: int, of: int) -> bool:
        question = f"{count} of {of} cards are not in your decks any more. Delete them in Anki?"
        return yes or count <= 10 or count * 5 <= of or click.confirm(question)

    try:
        done = run.run(
            seen_in_anki(work.store), lambda: past_of(work), may_delete=may_delete, overwrite=overwrite, restore=restore
        )  # fmt: skip
    finally:
        work.store.set_setting(name, json.dumps([opened, sent], ensure_ascii=False))
    remember_seen(work.store, run.seen)
    tell(done, opened)


def tell(done: Synced, profile: str) -> None:
    """What was done, in sentences; only what there was."""
    there = [
        (done.new, "new"), (done.updated, "updated"), (done.moved, "moved to another deck"), (done.deleted, "deleted"),
        (done.marked, "suspended or flagged as here"),
    ]  # fmt: skip
    said = [f"{many(len(cards))} {words}" for cards, words in there if cards]
    said += [many(done.reviews, "review") + " sent"] if done.reviews else []
    say(f"To Anki ({profile}): {', '.join(said) or 'nothing new'}.")
    came = done.intake.count("review")
    say(f"From Anki: {many(came, 'review') if came else 'no new reviews'}.")
    for line in marked(done.intake):
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
        say(SWITCH_ON)
