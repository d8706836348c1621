"""`dp100 draft`: a prompt for any assistant, and the proof of what it replies."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import click

from dp100cards import files
from dp100cards.cards import Card
from dp100cards.clean import clean, say
from dp100cards.cli.build import carry_out, verdicts
from dp100cards.cli.context import AppContext, pass_context
from dp100cards.cli.init import without_sample
from dp100cards.decks.build import Build, prepare
from dp100cards.decks.collection import Collection
from dp100cards.decks.lock import locked
from dp100cards.draft.prompt import pieces, prompt
from dp100cards.draft.proof import prove
from dp100cards.draft.reply import read_reply
from dp100cards.draft.text import drafts_text, note_text
from dp100cards.errors import ContentError, DataError, UsageError, not_utf8
from dp100cards.generate.coverage import by_sentence, uncovered
from dp100cards.generate.identity import AWAY
from dp100cards.store.store import FILE
from dp100cards.ui.amounts import many

DRAFTS = "drafts/"
"""The folder below `notes/` for what was drafted."""
LONGEST = 400
"""Letters of a card that is shown to an assistant as an example."""


@click.command(short_help="Have an assistant draft cards from notes, and prove its reply.")
@click.argument("notes", nargs=-1, metavar="[NOTE]…")
@click.option(
    "--take",
    "reply",
    metavar="FILE",
    help="Prove the cards of a reply (- for standard input) and add those that pass.",
)
@click.option(
    "--all", "every", is_flag=True, help="Ask for all of the notes, and not only for what has no card yet."
)
@click.option(
    "--piece", type=click.IntRange(min=1), metavar="N", help="Write the N-th piece of the notes alone."
)
@pass_context
def draft(app: AppContext, notes: tuple[str, ...], reply: str | None, every: bool, piece: int | None) -> int:
    """Write a prompt with which any assistant drafts cards from notes; prove its reply with --take.

    NOTE is a note of the collection. Nothing is sent anywhere: give the prompt to an assistant by a pipe or by copy and
    paste. Of the reply, each card must rest on words that stand in the notes; what passes goes to notes/drafts/ and into
    the deck.
    """
    collection = app.collection
    if reply is not None:
        return take(app, collection, reply, read(reply), notes)
    if not notes:
        raise UsageError("name a note, as in: dp100 draft notes/lecture.md")
    texts = without_sample(collection.note_texts())
    names = [name_of(note, collection, texts) for note in notes]
    built = prepare(collection, collection.settings(), texts, verdicts(app), lenient=True)
    cards = [card for deck in built.merged.decks for card in deck.cards]
    open_ = None if every else uncovered(by_sentence(built.drafts.statements, texts), cards)
    found = [each for name in names for each in pieces(name, texts[name], open_)]
    if not found:
        raise UsageError(
            "every statement of these notes has a card; with --all the prompt asks for all of them"
        )
    if piece and piece > len(found):
        raise UsageError(f"there is no piece {piece}: there are {many(len(found), 'piece')}")
    if len(found) > 1 and not piece:
        say(
            f"{len(found)} pieces in one prompt; --piece 1 gives the first alone, which many assistants do better.",
            err=True,
        )
    # Not by `say`, which would change commands that stand in a note.
    sys.stdout.write(clean(prompt(found[piece - 1 : piece] if piece else found, *examples(app, built))))
    return 0


def name_of(note: str, collection: Collection, texts: Mapping[str, str]) -> str:
    """The path of a note below `notes/`."""
    path = Path(note).absolute()
    name = path.relative_to(collection.notes).as_posix() if path.is_relative_to(collection.notes) else note
    if name not in texts:
        raise UsageError(f"{note} is no note in {collection.notes}; dp100 build takes a note in")
    if name.startswith(DRAFTS):
        raise UsageError(f"{note} is a note of drafts; name the note that it was drafted from")
    return name


def examples(app: AppContext, built: Build) -> tuple[list[Card], list[Card]]:
    """Cards that the learner kept, and cards that were rejected; the last ones first."""
    if not (app.data / FILE).exists():
        return [], []
    cards = {each.id: each.card for each in built.merged.known if len(note_text(each.card)) < LONGEST}
    learned = sorted(app.store.states().values(), key=lambda state: -state.last_at)
    kept = [state.card for state in learned if state.reps and not (state.rejected or state.suspended)]
    return [[cards[id_] for id_ in ids if id_ in cards] for ids in (kept, [*reversed(app.store.rejected())])]  # type: ignore[return-value]


def read(reply: str) -> str:
    """A reply's text."""
    try:
        if reply != "-":
            return files.read_text(Path(reply), reply, "reply", files.NOTE_LIMIT)
        data = click.get_binary_stream("stdin").read(files.NOTE_LIMIT + 1)
        if len(data) > files.NOTE_LIMIT:
            raise UsageError("the reply is larger than 5 MB")
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"there is no file {reply}") from None
    except UnicodeDecodeError as error:
        raise ContentError([not_utf8("standard input", error, "reply")]) from None


def take(app: AppContext, collection: Collection, shown: str, text: str, named: tuple[str, ...]) -> int:
    """Prove the cards of a reply; write those that pass as notes, and build."""
    drafted = read_reply(text)
    if not drafted:
        raise UsageError(
            f"{shown} has no question with a line Source: under it, as the prompt asks; nothing was changed"
        )
    with locked(collection.decks):
        texts = without_sample(collection.note_texts())
        names = {name_of(note, collection, texts) for note in named} or {
            n for n in texts if not n.startswith(DRAFTS)
        }
        settings, judged = collection.settings(), verdicts(app)
        built = prepare(collection, settings, texts, judged)
        have = [card for deck in built.merged.decks for card in deck.cards]
        away = [each.card for each in built.merged.known if each.state in AWAY]
        proved = prove(drafted, {name: texts[name] for name in names}, have, away)
        cards: dict[str, list[Card]] = defaultdict(list)
        for each in proved:
            source = each.card.source if each.card else None
            if each.card and source:
                cards[source.note].append(each.card)
                say(f"taken    notes/{source.note}:{source.lines[0]}: {each.drafted.ask}")
            else:
                say(f"refused  {shown}:{each.drafted.line}: {each.drafted.ask}\n         {each.reason}")
        for name, passed in cards.items():
            texts[DRAFTS + name] = drafts_text(texts.get(DRAFTS + name, ""), name, passed)
            put(collection, DRAFTS + name, texts[DRAFTS + name])
        if cards:
            carry_out(app, collection, prepare(collection, settings, texts, judged))
    taken = sum(map(len, cards.values()))
    where = f" to {', '.join(f'notes/{DRAFTS}{name}' for name in cards)} and into the deck" if cards else ""
    say(f"{many(taken, 'card')} taken{where}, {len(proved) - taken} refused")
    return 0 if cards else 1


def put(collection: Collection, name: str, text: str) -> None:
    """Write a note of drafts. Raises DataError if that cannot be done."""
    path = collection.notes / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, text, within=collection.notes)
    except OSError as error:
        raise DataError(f"notes/{name} cannot be written: {error.strerror}") from None
