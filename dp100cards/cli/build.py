"""`dp100 build`: notes to decks."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import click

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.clean import say
from dp100cards.cli.workplace import Workplace, pass_workplace
from dp100cards.decks import settled
from dp100cards.decks.build import Build, draw, prepare, write
from dp100cards.decks.collection import Collection
from dp100cards.decks.lock import locked
from dp100cards.errors import ContentError, DataError, UsageError, not_utf8
from dp100cards.first.generate.merged import Merged
from dp100cards.ui.amounts import many


@click.command(short_help="Turn notes into decks.")
@click.argument("notes", nargs=-1, metavar="[NOTE]…", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option(
    "--review",
    is_flag=True,
    help="Go through the suggested cards, the likeliest first: accept, edit or reject each.",
)
@click.option(
    "--plain", is_flag=True, help="With --review: text that stands still, answers typed line by line."
)
@pass_workplace
def build(work: Workplace, notes: tuple[Path, ...], dry_run: bool, review: bool, plain: bool) -> None:
    """Turn the collection's notes into decks.

    NOTE is a Markdown file to take into the collection first (it is copied to notes/); with --home naming a folder
    that is not there yet, a collection is made in it. A card keeps its id, and so your progress, when its sentence is
    reworded or moved. What you edited in a deck stays; what you deleted or rejected stays away.
    """
    collection = home_of(work, notes, dry_run=dry_run)
    with nullcontext() if dry_run else locked(collection.decks):
        read = settled.read_by_a_build(collection)
        if not (notes or dry_run or review) and (says := settled.recall(cache(work), collection, read)):
            say("\n".join(says))
            return
        texts = dict(collection.note_texts())
        texts |= taken_in(collection, notes, dry_run=dry_run)
        if not texts:
            raise UsageError(
                f"there are no notes in {collection.notes};"
                " put Markdown files there, or name one: dp100 build NOTE.md"
            )
        drawn = draw(collection, texts) if review else None
        built = prepare(collection, collection.settings(), texts, drawn=drawn)
        say("\n".join(report(built.merged, dry_run=dry_run)))
        if dry_run:
            show_diff(collection, built)
            return
        relearn(
            work, built.merged.relearn
        )  # first: a crash in between sends a card to learning twice, and not never
        try:
            write(collection, built)
        except OSError as error:
            raise DataError(f"the decks cannot be written: {error.strerror} ({error.filename})") from None
        if not notes and (says := report_again(built)):
            settled.remember(cache(work), collection, settled.after(read, built.files), says)
    if drawn:
        from dp100cards.cli.review import review_suggestions

        review_suggestions(work, collection, texts, drawn, plain=plain)


def cache(work: Workplace) -> Path:
    """The folder of what can be made anew."""
    return work.cache


def home_of(work: Workplace, notes: tuple[Path, ...], *, dry_run: bool) -> Collection:
    """The collection to build; a folder that was named and is not there is made if there are notes to put in it."""
    named = work.named_home
    if named is not None and not named.exists():
        if not notes:
            raise UsageError(f"there is no folder {named}; `dp100 init {named}` makes a collection there")
        if not dry_run:
            try:
                (named / "notes").mkdir(parents=True)
            except OSError as error:
                raise UsageError(f"{named} cannot be made: {error.strerror}") from None
        return Collection(named.absolute())
    return work.collection


def taken_in(collection: Collection, notes: tuple[Path, ...], *, dry_run: bool) -> dict[str, str]:
    """Copy notes from elsewhere into the collection; give their texts."""
    texts: dict[str, str] = {}
    for path in notes:
        try:
            source = files.read_bytes(path, files.NOTE_LIMIT)
            texts_of = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ContentError([not_utf8(str(path), error, "note")]) from None
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from None
        absolute = path.absolute()
        if absolute.is_relative_to(collection.notes):
            texts[absolute.relative_to(collection.notes).as_posix()] = texts_of
            continue
        name = path.name if path.suffix.lower() == ".md" else f"{path.stem}.md"
        target = collection.notes / name
        if files.regular(target) and files.read_bytes(target) != source:
            raise UsageError(
                f"{target} is there already, with another text; edit that one, or give this one another name"
            )
        if not dry_run:
            target.parent.mkdir(parents=True, exist_ok=True)
            files.write(target, source, within=collection.home)
        texts[name] = texts_of
    return texts


def report(merged: Merged, *, dry_run: bool = False) -> list[str]:
    """What happened to the cards, line by line."""
    would = "would be " if dry_run else ""
    lines = []
    for deck in merged.decks:
        word = "card" if len(deck.cards) == 1 else "cards"
        lines.append(f"{deck.name:<16} {len(deck.cards):>4} {word:<5}   {deck.title}")
    counts = {
        "new": len(merged.new), "changed": len(merged.changed), "kept": merged.kept, "retired": len(merged.retired),
        "in conflict": len(merged.conflicts),
    }  # fmt: skip
    lines.append(
        ", ".join(
            f"{count} {would}{name}" for name, count in counts.items() if count or name in ("new", "kept")
        )
    )
    for each in merged.retired:
        lines.append(
            f"retired   {each.id}  {shortly(each.card.ask)}  (its fact is gone from the notes; your reviews stay)"
        )
    for card in merged.orphans:
        lines.append(
            f"kept      {card.id}  {shortly(card.ask)}  (its fact is gone, but you edited it: it is yours now)"
        )
    for id_ in merged.relearn:
        lines.append(f"relearn   {id_}  its answer changed, so it goes back to learning")
    for conflict in merged.conflicts:
        lines.append(f"conflict  {conflict.id}  {conflict.field}: yours stays: {shortly(conflict.ours)}")
        lines.append(f"          the notes now say: {shortly(conflict.theirs)}")
    if merged.stayed_away:
        lines.append(f"{merged.stayed_away} that you deleted or rejected stayed away")
    if merged.suggested:
        are, them = ("is", "it") if len(merged.suggested) == 1 else ("are", "them")
        more = many(len(merged.suggested), "more card")
        lines.append(f"{more} {are} only suggested; dp100 build --review goes through {them}")
    return lines


def report_again(built: Build) -> list[str]:
    """What another build says right after this one, where that is sure; else nothing.

    One that wrote nothing will say the same. After one that only made new cards, these are kept.
    """
    merged = built.merged
    if not built.files:
        return report(merged)
    if merged.changed or merged.retired or merged.relearn or merged.conflicts or merged.orphans:
        return []
    return report(replace(merged, new=[], kept=merged.kept + len(merged.new)))


def show_diff(collection: Collection, built: Build) -> None:
    """Show each card that would be new, change or go, as it reads."""
    for card in built.merged.new:
        say(f"+ {card.id}  {card.ask}")
    for before, after in built.merged.changed:
        say(f"~ {after.id}")
        for name, old, new in differences(before, after):
            say(f"    {name} - {old}")
            say(f"    {' ' * len(name)} + {new}")
    say(
        f"{len(built.files)} files would be written"
        + "".join(f"\n  {collection.shown(p)}" for p in sorted(built.files))
    )


def differences(before: Card, after: Card) -> list[tuple[str, str, str]]:
    """The fields in which two cards differ, as plain data."""
    from dp100cards.decks.codec import to_data
    from dp100cards.decks.write import flow

    old, new = to_data(before), to_data(after)
    names = [
        name for name in {**old, **new} if name not in ("source", "area") and old.get(name) != new.get(name)
    ]
    return [(name, flow(old.get(name, "")), flow(new.get(name, ""))) for name in names]


def relearn(work: Workplace, ids: list[str]) -> None:
    """Send cards whose answer changed back to learning, if they were ever learned."""
    if not ids:
        return
    from dp100cards.scheduler.event import Event
    from dp100cards.store.store import FILE

    if not (work.data / FILE).exists():
        return
    now = work.now()
    learned = [id_ for id_ in ids if work.store.state(id_).reps]
    work.store.record_all([Event(card=id_, kind="relearn", moment=now, origin="build") for id_ in learned])


def shortly(value: object, width: int = 70) -> str:
    """A value on one line, cut where it gets long."""
    text = " ".join(str(value).split())
    return text if len(text) <= width else text[: width - 1] + "…"
