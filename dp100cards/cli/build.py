"""`dp100 build`: notes to decks."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.clean import many, say
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.cli.init import without_sample
from dp100cards.decks.build import Build, prepare, write
from dp100cards.decks.codec import to_data
from dp100cards.decks.collection import Collection
from dp100cards.decks.lock import locked
from dp100cards.decks.shipped import Copy
from dp100cards.decks.write import flow
from dp100cards.errors import DataError, UsageError
from dp100cards.generate.merge import Merged, Verdicts
from dp100cards.scheduler.event import Event
from dp100cards.store.store import FILE


@click.command(short_help="Turn notes into decks.")
@click.argument("notes", nargs=-1, metavar="[NOTE]…", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option(
    "--adopt", is_flag=True, help="Where decks/.generated.yaml is lost: know the cards by the decks again."
)
@pass_context
def build(app: AppContext, notes: tuple[Path, ...], dry_run: bool, adopt: bool) -> None:
    """Turn the collection's notes into decks.

    NOTE is a Markdown file to take into the collection first (it is copied to notes/); with --home naming a folder
    that is not there yet, a collection is made in it. A card keeps its id, and with it your progress, when its sentence
    is reworded or moved. What you edited in a deck stays; what you deleted or rejected stays away.
    """
    collection = home_of(app, notes, dry_run=dry_run)
    with nullcontext() if dry_run else locked(collection.decks):
        texts = without_sample(collection.note_texts() | taken_in(collection, notes, dry_run=dry_run))
        if not texts:
            raise UsageError(
                f"there are no notes in {collection.notes};"
                " put Markdown files there, or name one: dp100 build NOTE.md"
            )
        built = prepare(collection, collection.settings(), texts, verdicts(app), adopt=adopt)
        say("\n".join(report(built, dry_run=dry_run)))
        for problem in built.drafts.problems:
            say(f"{problem} (this gave no card)", err=True)
        if dry_run:
            show_difference(collection, built)
            return
        carry_out(app, collection, built)


def carry_out(app: AppContext, collection: Collection, built: Build) -> None:
    """Write what was built. Raises DataError if that cannot be done."""
    # First: a crash in between then sends a card to learning twice, and not never.
    relearn(app, built.merged.relearn)
    try:
        write(collection, built)
    except OSError as error:
        raise DataError(f"the decks cannot be written: {error.strerror} ({error.filename})") from None


def verdicts(app: AppContext) -> Verdicts:
    """What the learner rejected in sessions, and what not any more."""
    if not (app.data / FILE).exists():
        return Verdicts()
    return Verdicts(app.store.rejected(), app.store.restored())


def home_of(app: AppContext, notes: tuple[Path, ...], *, dry_run: bool) -> Collection:
    """The collection to build; a folder that was named and is not there is made if there are notes to put in it."""
    named = Path(app.home).expanduser() if app.home else None
    if named is None or named.exists():
        return app.collection
    if not notes:
        raise UsageError(f"there is no folder {named}; `dp100 init {named}` makes a collection there")
    if not dry_run:
        try:
            (named / "notes").mkdir(parents=True)
        except OSError as error:
            raise UsageError(f"{named} cannot be made: {error.strerror}") from None
    return Collection(named.absolute())


def taken_in(collection: Collection, notes: tuple[Path, ...], *, dry_run: bool) -> dict[str, str]:
    """Copy notes from elsewhere into the collection; give their texts."""
    texts: dict[str, str] = {}
    for path in notes:
        try:
            text = files.read_text(path, str(path), "note", files.NOTE_LIMIT)
        except FileNotFoundError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from None
        absolute = path.absolute()
        if absolute.is_relative_to(collection.notes):
            texts[absolute.relative_to(collection.notes).as_posix()] = text
            continue
        name = path.name if path.suffix.lower() == ".md" else f"{path.stem}.md"
        target = collection.notes / name
        if files.regular(target) and files.read_bytes(target).decode("utf-8-sig", "replace") != text:
            raise UsageError(
                f"{target} is there already, with another text; edit that one, or give this one another name"
            )
        if not dry_run and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            files.write_new(target, files.read_bytes(path), within=collection.home)
        texts[name] = text
    return texts


def report(built: Build, *, dry_run: bool = False) -> list[str]:
    """What happened to the cards, and what of the notes gave none, line by line."""
    merged, would = built.merged, "would be " if dry_run else ""
    lines = [f"{d.name:<16} {many(len(d.cards)):>10}   {d.title}" for d in merged.decks if d.cards]
    counts = {
        "new": len(merged.new), "changed": len(merged.changed), "kept": merged.kept, "back": len(merged.back),
        "retired": len(merged.retired), "in conflict": len(merged.conflicts),
    }  # fmt: skip
    told = (f"{count} {would}{name}" for name, count in counts.items() if count or name in ("new", "kept"))
    lines.append(", ".join(told))
    lines += [
        _told("retired", card, "its words are gone from the notes; your reviews stay")
        for card in merged.retired
    ]
    lines += [_told("yours", card, "its words are gone, but you edited it: it stays") for card in merged.own]
    lines += [f"relearn   {id_}  its answer changed, and it goes back to learning" for id_ in merged.relearn]
    for conflict in merged.conflicts:
        lines.append(f"conflict  {conflict.id}  {conflict.field}: yours stays: {shortly(conflict.ours)}")
        lines.append(f"          the notes now say: {shortly(conflict.theirs)}")
    lines += unclaimed(merged)
    if merged.stayed_away:
        lines.append(f"{merged.stayed_away} that you deleted or rejected stayed away")
    if unused := len(built.uncovered):
        have = "statement has" if unused == 1 else "statements have"
        lines.append(f"{unused} {have} no card: dp100 check lists {'it' if unused == 1 else 'them'}")
    return lines


def upgrade(copy: Copy) -> list[str]:
    """What an upgrade of the program brought into the learner's copy of its collection."""
    lines: list[str] = []
    merged = copy.brought.merged if copy.brought else Merged()
    counts = {
        "new": len(merged.new), "changed": len(merged.changed), "retired": len(merged.retired),
        "to learn again": len(merged.relearn),
    }  # fmt: skip
    if told := ", ".join(f"{count} {name}" for name, count in counts.items() if count):
        lines.append(f"Your copy of the collection in {copy.home} was brought up to date: {told}.")
    if merged.conflicts:
        ids = ", ".join(sorted({each.id for each in merged.conflicts})[:5])
        lines.append(f"Your own edits stay where the new edition says something else: {ids}.")
    if copy.yours:
        lines.append(f"Your own version stays, and the new edition's is left out: {', '.join(copy.yours)}.")
    return lines


def unclaimed(merged: Merged) -> list[str]:
    """The ids of before that found no card."""
    return [
        f"no card   {each.id}  decks/ids.yaml means none of the new cards, or several"
        for each in merged.unclaimed
    ]


def _told(what: str, card: Card, why: str) -> str:
    return f"{what:<9} {card.id}  {shortly(card.ask)}  ({why})"


def show_difference(collection: Collection, built: Build) -> None:
    """Show each card that would be new, change or go, as it reads."""
    merged = built.merged
    for card in (*merged.new, *merged.back):
        say(f"+ {card.id}  {card.ask}")
    for card in merged.retired:
        say(f"- {card.id}  {card.ask}")
    for before, after in merged.changed:
        say(f"~ {after.id}")
        old, new = to_data(before), to_data(after)
        for name in {**old, **new}:
            if name not in ("source", "area") and old.get(name) != new.get(name):
                say(
                    f"    {name} - {flow(old.get(name, ''))}\n    {' ' * len(name)} + {flow(new.get(name, ''))}"
                )
    names = "".join(f"\n  {collection.shown(path)}" for path in sorted(built.files))
    say(f"{many(len(built.files), 'file')} would be written{names}")


def relearn(app: AppContext, ids: list[str]) -> None:
    """Send cards whose answer changed back to learning, if they were ever learned."""
    if ids and (app.data / FILE).exists():
        now = app.now()
        learned = [id_ for id_ in ids if app.store.state(id_).reps]
        app.store.record_all([Event(card=id_, kind="relearn", moment=now, origin="build") for id_ in learned])


def shortly(value: object, width: int = 70) -> str:
    """A value on one line, cut where it gets long."""
    text = " ".join(str(value).split())
    return text if len(text) <= width else text[: width - 1] + "…"
