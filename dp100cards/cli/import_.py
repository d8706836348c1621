"""`dp100 import`: what was done elsewhere, brought home."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dp100cards.cli.workplace import Workplace, pass_workplace

if TYPE_CHECKING:
    from dp100cards.exchange.anki_in import Intake


@click.group("import")
def import_() -> None:
    """Bring home what was done elsewhere."""


@import_.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@pass_workplace
def anki(work: Workplace, file: Path, dry_run: bool) -> None:
    """Take in the reviews done in Anki, from a package (.apkg, .colpkg) exported there with its learning progress.

    Each review counts once, however often a file is taken in. Suspended cards and flags come along. Cards that are
    not yours are left alone.
    """
    from dp100cards.cli.clock import local_offset
    from dp100cards.exchange.anki_file import opened
    from dp100cards.exchange.anki_in import take
    from dp100cards.progress.store import FILE

    now = work.now()
    ours = work.index.ids()
    with opened(file) as collection:
        if dry_run and not (work.data / FILE).exists():
            intake = take(collection, ours, (), {}, now, local_offset)
        else:
            states, past = work.store.states(), list(work.store.events(undone=True))
            ours |= {event.card for event in past}
            intake = take(collection, ours, past, states, now, local_offset)
    if not dry_run:
        work.store.record_all(intake.events)
    for line in told(file, intake, dry_run=dry_run):
        click.echo(line)


def told(file: Path, intake: Intake, *, dry_run: bool) -> list[str]:
    """What an import did, or would do, in sentences."""
    if not intake.notes:
        return [f"{file}: none of its {intake.foreign} notes is yours. Nothing was changed."]
    new, verb = intake.count("review"), "would be" if dry_run else "were"
    lines = [f"{file}: {_many(new, 'new review')} of {_many(intake.cards, 'card')} {verb} taken in."]
    if intake.known:
        lines.append(f"{_many(intake.known, 'review')} {'is' if intake.known == 1 else 'are'} here already.")
    for kinds, words in (
        (("suspend",), "set aside"), (("unsuspend",), "asked again"), (("flag",), "flagged anew"),
        (("forget",), "started again"),
    ):  # fmt: skip
        if count := intake.count(*kinds):
            lines.append(
                f"{_many(count, 'card')} {verb if count > 1 or dry_run else 'was'} {words}, as in Anki."
            )
    if intake.foreign:
        lines.append(
            f"{_many(intake.foreign, 'note')} not from here {'was' if intake.foreign == 1 else 'were'} left alone."
        )
    return lines


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
