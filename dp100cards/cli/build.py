"""`dp100 init`, `build` and `draft`: a collection, and its decks from its notes."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sized
from contextlib import nullcontext
from pathlib import Path
from textwrap import shorten

import click

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.clean import many, say
from dp100cards.cli.context import AppContext, pass_context, written
from dp100cards.config import SETTINGS
from dp100cards.decks.build import Build, prepare, write
from dp100cards.decks.collection import locked, to_data
from dp100cards.decks.read import SCHEMA_TEXT
from dp100cards.decks.write import SCHEMA_FILE, flow
from dp100cards.draft.prompt import DRAFTS, drafts_text, pieces, prompt
from dp100cards.draft.proof import prove, read_reply
from dp100cards.errors import DataError, UsageError
from dp100cards.generate.identity import AWAY
from dp100cards.generate.merge import Merged, Verdicts
from dp100cards.generate.words import by_sentence, uncovered
from dp100cards.scheduler.event import Event

NEW = Path(__file__).with_name("new")
SAMPLE = "first.md"
NOTE = files.read_text(NEW / SAMPLE)
CONFIGURATION = files.read_text(NEW / SETTINGS)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Start a collection in DIR: a folder for notes with a sample, one for decks, and a file of settings.

    DIR may exist already; what is there stays as it is.
    """
    if (folder / "decks").exists() or (folder / SETTINGS).exists():
        raise UsageError(f"{folder} is a collection already")
    name = json.dumps(folder.absolute().name, ensure_ascii=False)
    settings = CONFIGURATION.replace('# name = "DP-100"', f"name = {name}")
    made = {folder / SETTINGS: settings, folder / "decks" / SCHEMA_FILE: SCHEMA_TEXT}
    if not (folder / "notes").exists():
        made[folder / "notes" / SAMPLE] = NOTE
    for path, text in made.items():
        with written(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            files.write(path, text)
        say(f"made {path}")
    commands = "".join(f"  dp100 --home {folder} {command}\n" for command in ("build", "study"))
    say(f"\nPut your notes into notes/, then:\n{commands}Inside the folder the same works without --home.")


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--adopt", is_flag=True, help="If decks/.generated.yaml is lost: know the cards by the decks.")
@pass_context
def build(app: AppContext, dry_run: bool, adopt: bool) -> None:
    """Turn the collection's notes into decks.

    A card keeps its id, and with it your progress, when its sentence is reworded or moved. What you edited in a deck
    stays; what you deleted or rejected stays away.
    """
    collection = app.collection
    with nullcontext() if dry_run else locked(collection.decks):
        texts = collection.note_texts()
        if not texts:
            raise UsageError(f"there are no notes in {collection.notes}; write some, then: dp100 build")
        built = prepared(app, texts, adopt=adopt)
        report(built, dry_run)
        for problem in built.drafts.problems:
            say(f"{problem} (this gave no card)", err=True)
        if not dry_run:
            carry_out(app, built)


def prepared(
    app: AppContext, texts: Mapping[str, str], *, adopt: bool = False, lenient: bool = False
) -> Build:
    """What these notes give; the sample is left out where there are others and it is as it was made."""
    notes = {name: text for name, text in texts.items() if len(texts) == 1 or (name, text) != (SAMPLE, NOTE)}
    verdicts = Verdicts(app.store.rejected(), app.store.restored()) if app.begun else Verdicts()
    return prepare(app.collection, notes, verdicts, adopt=adopt, lenient=lenient)


def carry_out(app: AppContext, built: Build) -> None:
    """Write what was built."""
    # First: a crash in between then sends a card to learning twice, and not never.
    relearn(app, built.merged.relearn)
    with written(app.collection.decks, DataError):
        write(app.collection, built)


def relearn(app: AppContext, ids: Iterable[str]) -> None:
    """Send cards whose answer changed back to learning, if they were ever learned."""
    if app.begun:
        learned = [id_ for id_ in ids if app.store.state(id_).reps]
        now = app.now()
        app.store.record_all([Event(card=id_, kind="relearn", moment=now, origin="build") for id_ in learned])


def counted(merged: Merged, would: str = "") -> str:
    """How many cards are new, kept and more."""
    cards: dict[str, Sized] = {"new": merged.new, "changed": merged.changed, "back": merged.back}
    cards |= {"retired": merged.retired, "in conflict": merged.conflicts, "to learn again": merged.relearn}
    counts = {what: len(each) for what, each in cards.items()} | {"kept": merged.kept}
    said = [f"{count} {would}{what}" for what, count in counts.items() if count or what in ("new", "kept")]
    return ", ".join(said)


def report(built: Build, dry_run: bool) -> None:
    """Say what happens to the cards, and what of the notes gives none; before it is done, each change as it reads."""
    merged = built.merged
    for deck in merged.decks:
        if deck.cards:
            say(f"{deck.name:<16} {many(len(deck.cards)):>10}   {deck.title}")
    say(counted(merged, "would be " * dry_run))
    if dry_run:
        show_difference(merged)
    for card in merged.retired:
        say(f"- {card.id}  {shortly(card.ask)}  (gone from the notes; your reviews stay)")
    for card in merged.own:
        say(f"! {card.id}  {shortly(card.ask)}  (gone from the notes, but you edited it: it stays)")
    for id_ in merged.relearn:
        say(f"! {id_}  its answer changed, and it goes back to learning")
    for each in merged.conflicts:
        say(f"! {each.id}  {each.field}: yours stays: {shortly(each.ours)}")
        say(f"    the notes now say: {shortly(each.theirs)}")
    if merged.stayed_away:
        say(f"{many(merged.stayed_away)} that you deleted or rejected stayed away")
    if unused := len(built.uncovered):
        have, them = ("statement has", "it") if unused == 1 else ("statements have", "them")
        say(f"{unused} {have} no card: dp100 check lists {them}")


def show_difference(merged: Merged) -> None:
    """Show each card that would be new or change, as it reads."""
    for card in (*merged.new, *merged.back):
        say(f"+ {card.id}  {card.ask}")
    for before, after in merged.changed:
        say(f"~ {after.id}")
        old, new = to_data(before), to_data(after)
        for name in {**old, **new}:
            if name not in ("source", "area") and old.get(name) != new.get(name):
                say(f"    {name} - {flow(old.get(name, ''))}")
                say(f"    {' ' * len(name)} + {flow(new.get(name, ''))}")


def shortly(value: object) -> str:
    return shorten(str(value), 70, placeholder=" …")


def upgraded(app: AppContext, home: Path, brought: Build, yours: list[str]) -> None:
    """Send to learning what an upgrade of the program changes in the learner's copy, and say what it brings."""
    merged = brought.merged
    relearn(app, merged.relearn)
    if merged.new or merged.changed or merged.retired:
        said = f"Your copy of the collection in {home} was brought up to date"
        say(f"{said}: {counted(merged)}.", err=True)
    if merged.conflicts:
        ids = ", ".join(sorted({each.id for each in merged.conflicts})[:5])
        say(f"Your own edits stay where the new edition says something else: {ids}.", err=True)
    if yours:
        say(f"Your own version stays, and the new edition's is left out: {', '.join(yours)}.", err=True)


@click.command()
@click.argument("notes", nargs=-1, metavar="[NOTE]…")
@click.option("--take", metavar="FILE", help="Prove the cards of a reply (- reads it from a pipe); add them.")
@click.option("--all", "every", is_flag=True, help="Ask for everything, not only for what has no card yet.")
@click.option("--piece", type=click.IntRange(min=1), metavar="N", help="Write the N-th piece of long notes.")
@pass_context
def draft(app: AppContext, notes: tuple[str, ...], take: str | None, every: bool, piece: int | None) -> int:
    """Write a prompt with which any assistant drafts cards from notes; prove its reply with --take.

    NOTE is a note of the collection. Nothing is sent anywhere: give the prompt to an assistant by a pipe or by copy and
    paste. Each card of the reply must rest on words that are in the notes; what passes goes to notes/drafts/ and into
    the deck.
    """
    if take is not None:
        return taken(app, take, notes)
    if not notes:
        raise UsageError("name a note, as in: dp100 draft notes/lecture.md")
    texts = app.collection.note_texts()
    names = [name_of(app, note, texts) for note in notes]
    built = prepared(app, texts, lenient=True)
    wanted = None if every else uncovered(by_sentence(built.drafts.statements, texts), built.cards)
    found = [each for name in names for each in pieces(name, texts[name], wanted)]
    if not found:
        raise UsageError("every statement has a card; with --all the prompt asks for all of the notes")
    if piece and piece > len(found):
        raise UsageError(f"there is no piece {piece}: there are {many(len(found), 'piece')}")
    if len(found) > 1 and not piece:
        say(f"{len(found)} pieces: with --piece 1, 2, … one at a time, assistants find more facts", err=True)
    # Cards that the learner kept, and cards that were rejected, are examples; the last ones first.
    states = app.store.states().values() if app.begun else []
    latest = sorted(states, key=lambda state: -state.last_at)
    kept = [state.card for state in latest if state.reps and not state.out]
    rejected = [*reversed(app.store.rejected())] if app.begun else []
    known = {each.id: each.card for each in built.merged.known}
    examples = ([known[id_] for id_ in ids if id_ in known] for ids in (kept, rejected))
    say(prompt(found[piece - 1 : piece] if piece else found, *examples), end="", as_is=True)
    return 0


def name_of(app: AppContext, note: str, texts: Mapping[str, str]) -> str:
    """The path of a note below `notes/`."""
    path, home = Path(note).absolute(), app.collection.notes
    name = path.relative_to(home).as_posix() if path.is_relative_to(home) else note.removeprefix("notes/")
    if name not in texts or name.startswith(DRAFTS):
        raise UsageError(f"there is no note {note} to draft from in {home}")
    return name


def taken(app: AppContext, path: str, named: tuple[str, ...]) -> int:
    """Prove the cards of a reply; write those that pass as notes, and build."""
    if path == "-":
        reply = sys.stdin.buffer.read(files.NOTE_LIMIT).decode("utf-8", "replace")
    else:
        reply = files.read_text(Path(path), path, "reply", files.NOTE_LIMIT)
    if not (drafted := read_reply(reply)):
        raise UsageError(f"{path} has no question with its Source: as the prompt asks; nothing was changed")
    collection = app.collection
    with locked(collection.decks):
        texts = collection.note_texts()
        names = {name_of(app, note, texts) for note in named}
        notes = {n: text for n, text in texts.items() if n in names or not (names or n.startswith(DRAFTS))}
        built = prepared(app, texts)
        away = [each.card for each in built.merged.known if each.state in AWAY]
        proved, cards = prove(drafted, notes, built.cards, away), defaultdict[str, list[Card]](list)
        for each in proved:
            if each.card and (source := each.card.source):
                cards[DRAFTS + source.note].append(each.card)
                say(f"taken    notes/{source.note}:{source.lines[0]}: {each.drafted.ask}")
            else:
                say(f"refused  {path}:{each.drafted.line}: {each.drafted.ask}\n         {each.reason}")
        for name, passed in cards.items():
            texts[name] = drafts_text(texts.get(name, ""), name.removeprefix(DRAFTS), passed)
            with written(target := collection.notes / name):
                target.parent.mkdir(parents=True, exist_ok=True)
                files.write(target, texts[name], within=collection.notes)
        if cards:
            carry_out(app, prepared(app, texts))
    count = sum(map(len, cards.values()))
    where = f" to {', '.join(f'notes/{name}' for name in cards)} and into the deck" * bool(cards)
    say(f"{many(count, 'card')} taken{where}, {len(proved) - count} refused")
    return 0 if cards else 1
