"""`dp100 draft`: a prompt for any assistant, and the proof of what it replies."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import click

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.clean import many, say
from dp100cards.cli.build import carry_out, verdicts
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.cli.init import without_sample
from dp100cards.decks.build import Build, prepare
from dp100cards.decks.lock import locked
from dp100cards.draft.prompt import DRAFTS, drafts_text, pieces, prompt
from dp100cards.draft.proof import prove, read_reply
from dp100cards.errors import DataError, UsageError
from dp100cards.generate.identity import AWAY
from dp100cards.generate.words import by_sentence, uncovered
from dp100cards.store.store import FILE


@click.command(short_help="Have an assistant draft cards from notes, and prove its reply.")
@click.argument("notes", nargs=-1, metavar="[NOTE]…")
@click.option("--take", metavar="FILE", help="Prove the cards of a reply (- reads it from a pipe); add them.")
@click.option("--all", "every", is_flag=True, help="Ask for everything, not only for what has no card yet.")
@click.option("--piece", type=click.IntRange(min=1), metavar="N", help="Write the N-th piece of long notes.")
@pass_context
def draft(app: AppContext, notes: tuple[str, ...], take: str | None, every: bool, piece: int | None) -> int:
    """Write a prompt with which any assistant drafts cards from notes; prove its reply with --take.

    NOTE is a note of the collection. Nothing is sent anywhere: give the prompt to an assistant by a pipe or by copy and
    paste. Each card of the reply must rest on words that stand in the notes; what passes goes to notes/drafts/ and into
    the deck.
    """
    if take is not None:
        return taken(app, take, notes)
    if not notes:
        raise UsageError("name a note, as in: dp100 draft notes/lecture.md")
    texts = without_sample(app.collection.note_texts())
    names = [name_of(app, note, texts) for note in notes]
    built = prepare(app.collection, app.settings, texts, verdicts(app), lenient=True)
    wanted = None if every else uncovered(by_sentence(built.drafts.statements, texts), built.cards)
    found = [each for name in names for each in pieces(name, texts[name], wanted)]
    if not found:
        raise UsageError("every statement has a card; with --all the prompt asks for all of the notes")
    if len(found) > 1 and not piece:
        say(f"{len(found)} pieces: with --piece 1, 2, … one at a time, assistants find more facts", err=True)
    if not (asked := found[piece - 1 : piece] if piece else found):
        raise UsageError(f"there is no piece {piece}: there are {many(len(found), 'piece')}")
    say(prompt(asked, *examples(app, built)), end="", as_is=True)
    return 0


def name_of(app: AppContext, note: str, texts: Mapping[str, str]) -> str:
    """The path of a note below `notes/`."""
    path, home = Path(note).absolute(), app.collection.notes
    name = path.relative_to(home).as_posix() if path.is_relative_to(home) else note
    if name not in texts or name.startswith(DRAFTS):
        raise UsageError(f"{note} is none of the notes to draft from in {home}")
    return name


def examples(app: AppContext, built: Build) -> list[list[Card]]:
    """Cards that the learner kept, and cards that were rejected; the last ones first."""
    if not (app.data / FILE).exists():
        return []
    cards = {each.id: each.card for each in built.merged.known}
    states = sorted(app.store.states().values(), key=lambda state: -state.last_at)
    kept = [state.card for state in states if state.reps and not (state.rejected or state.suspended)]
    return [[cards[id_] for id_ in ids if id_ in cards] for ids in (kept, [*reversed(app.store.rejected())])]


def reply_of(path: str) -> str:
    """The text of a reply."""
    if path == "-":
        return sys.stdin.buffer.read(files.NOTE_LIMIT).decode("utf-8", "replace")
    return files.read_text(Path(path), path, "reply", files.NOTE_LIMIT)


def taken(app: AppContext, path: str, named: tuple[str, ...]) -> int:
    """Prove the cards of a reply; write those that pass as notes, and build."""
    if not (drafted := read_reply(reply_of(path))):
        raise UsageError(f"{path} has no question with its Source: as the prompt asks; nothing was changed")
    collection = app.collection
    with locked(collection.decks):
        texts, judged = collection.note_texts(), verdicts(app)
        names = {name_of(app, note, texts) for note in named}
        notes = {n: text for n, text in texts.items() if n in names or not (names or n.startswith(DRAFTS))}
        built = prepare(collection, app.settings, without_sample(texts), judged)
        away = [each.card for each in built.merged.known if each.state in AWAY]
        proved = prove(drafted, notes, built.cards, away)
        cards: dict[str, list[Card]] = defaultdict(list)
        for each in proved:
            if each.card and (source := each.card.source):
                cards[DRAFTS + source.note].append(each.card)
                say(f"taken    notes/{source.note}:{source.lines[0]}: {each.drafted.ask}")
            else:
                say(f"refused  {path}:{each.drafted.line}: {each.drafted.ask}\n         {each.reason}")
        try:
            for name, passed in cards.items():
                texts[name] = drafts_text(texts.get(name, ""), name.removeprefix(DRAFTS), passed)
                (collection.notes / name).parent.mkdir(parents=True, exist_ok=True)
                files.write(collection.notes / name, texts[name], within=collection.notes)
        except OSError as error:
            raise DataError(f"notes/{name} cannot be written: {error.strerror}") from None
        if cards:
            carry_out(app, collection, prepare(collection, app.settings, without_sample(texts), judged))
    count = sum(map(len, cards.values()))
    where = f" to {', '.join(f'notes/{name}' for name in cards)} and into the deck" * bool(cards)
    say(f"{many(count, 'card')} taken{where}, {len(proved) - count} refused")
    return 0 if cards else 1
