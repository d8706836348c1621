"""A whole build: the notes and the decks of a collection in, the files to write out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dp100cards import files
from dp100cards.cards import Deck, Source
from dp100cards.config import Settings
from dp100cards.decks.collection import Collection
from dp100cards.decks.commit import commit
from dp100cards.decks.generated import generated_bytes, read_generated
from dp100cards.decks.lock import PATIENCE, locked
from dp100cards.decks.plan import plan_of
from dp100cards.decks.read import Reading, read_deck
from dp100cards.decks.unchanged import read_unchanged
from dp100cards.decks.workers import spread
from dp100cards.decks.write import SCHEMA_FILE, deck_text, schema_text
from dp100cards.errors import NOT_READ, ContentError, Problem
from dp100cards.first.generate.known import Known
from dp100cards.first.generate.merge import merge
from dp100cards.first.generate.merged import Merged
from dp100cards.first.notes.spread import AT_A_TIME, Result, Thing

if TYPE_CHECKING:
    from dp100cards.first.generate.draft import Draft
    from dp100cards.first.notes.extract import Extraction


@dataclass(slots=True)
class Build:
    """What a build would do."""

    merged: Merged
    extraction: Extraction
    files: dict[Path, bytes] = field(default_factory=dict)
    """The files that differ from what is on disk."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn from notes: for builds that follow each other while the notes stay as they are."""

    extraction: Extraction
    drafts: list[Draft]


def draw(collection: Collection, notes: Mapping[str, str]) -> Drawn:
    """Draw facts and cards from all notes: most of the work of a build."""
    with collecting_later():
        return _draw(notes, read_known(collection))


def _reading(
    work: Callable[[Sequence[Thing]], list[Result]], things: Sequence[Thing], /, at_a_time: int = AT_A_TIME
) -> Iterable[Result]:
    """Share the reading of notes out; the rules for cards, which take as long as many pages, are loaded meanwhile."""

    def load() -> None:
        import dp100cards.first.generate.generate  # noqa: F401

    return spread(work, things, at_a_time, load)


def _draw(notes: Mapping[str, str], known: Sequence[Known]) -> Drawn:
    from dp100cards.first.notes.extract import extract

    extraction = extract(notes, _reading)
    if extraction.problems:
        return Drawn(extraction, [])
    from dp100cards.first.generate.generate import generate

    return Drawn(extraction, generate(extraction.facts, [k.card for k in known], spread))


def prepare(
    collection: Collection,
    settings: Settings,
    notes: Mapping[str, str],
    *,
    lenient: bool = False,
    drawn: Drawn | None = None,
) -> Build:
    """Work out a build of all notes; nothing is written.

    Raises ContentError if a deck or `.generated.yaml` has mistakes: what cannot be read would be lost. With `lenient`,
    for looking only, decks with mistakes are taken as they were generated; such a build must not be written. `drawn`
    is what `draw` made of the same notes.
    """
    with collecting_later():
        return _prepare(collection, settings, notes, lenient, drawn)


@contextmanager
def collecting_later() -> Iterator[None]:
    """Put the garbage collector off: a build makes many small objects that all live, and looking through them again
    and again takes a third of its time. Afterwards they count as old, so that it does not begin with all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _prepare(
    collection: Collection, settings: Settings, notes: Mapping[str, str], lenient: bool, drawn: Drawn | None
) -> Build:
    known = read_known(collection)
    texts, readings = read_decks(collection, known)
    drawn = drawn or _draw(notes, known)
    extraction = drawn.extraction
    problems = [problem for reading in readings.values() for problem in reading.problems]
    if (problems or extraction.problems) and not lenient:
        raise ContentError([*problems, *extraction.problems])
    plan = plan_of(settings, extraction.fronts)
    sound = {name for name, reading in readings.items() if not reading.problems}
    missing = frozenset(each.card.deck for each in known) - sound
    decks = [reading.deck for reading in readings.values()]
    merged = merge(drawn.drafts, known, decks, plan, missing, statements(extraction))
    del drawn, known
    wanted = _files(collection, merged.decks, merged.known, texts, readings)
    return Build(merged, extraction, {path: data for path, data in wanted if not _is_on_disk(path, data)})


def statements(extraction: Extraction) -> list[Source]:
    """Where the notes state something, and its words: all facts, and what no fact could be drawn from."""
    return [
        *(fact.source for fact in extraction.facts),
        *(Source(unit.note, unit.lines, unit.text) for unit in extraction.units if not unit.facts),
    ]


def _files(
    collection: Collection,
    decks: list[Deck],
    known: list[Known],
    texts: Mapping[str, str],
    readings: Mapping[str, Reading],
) -> Iterator[tuple[Path, bytes]]:
    """The files that there should be, one after the other."""
    for deck in decks:
        yield (
            collection.deck_file(deck.name),
            deck_text(deck, texts.get(deck.name), readings.get(deck.name)).encode(),
        )
    yield collection.generated, generated_bytes(known)
    yield collection.decks / SCHEMA_FILE, schema_text().encode()


def read_decks(
    collection: Collection, known: Sequence[Known] = ()
) -> tuple[dict[str, str], dict[str, Reading]]:
    """The text and the reading of each deck file, by the deck's name; `known` makes it faster."""
    generated = {each.id: each.card for each in known}
    texts: dict[str, str] = {}
    readings: dict[str, Reading] = {}
    for path in collection.deck_files():
        try:
            source = files.read_bytes(path)
        except OSError:
            unread = [Problem(collection.shown(path), 0, 0, NOT_READ)]
            readings[path.stem] = Reading(Deck(path.stem, path.stem), unread)
            continue
        text = texts[path.stem] = source.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
        shown = collection.shown(path)
        quick = (
            read_unchanged(text, shown, path.stem, generated) if generated and "\ufffd" not in text else None
        )
        readings[path.stem] = quick or read_deck(source, shown, path.stem)
    return texts, readings


def read_known(collection: Collection) -> list[Known]:
    """What the generator knows. Raises ContentError if its file cannot be read."""
    path = collection.generated
    try:
        text = files.read_bytes(path).decode("utf-8", "replace")
    except FileNotFoundError:
        return []
    return list(read_generated(text, collection.shown(path)))


def write(collection: Collection, build: Build) -> None:
    """Write what a build would write, all of it or nothing. Raises OSError."""
    if build.files:
        commit(collection.decks, build.files)


def decide(
    collection: Collection,
    settings: Settings,
    notes: Mapping[str, str],
    verdicts: Mapping[str, str],
    drawn: Drawn | None = None,
) -> Build:
    """Build after the learner's verdicts: for an id "accepted" or "rejected", or "suggested" to take it back.

    Verdicts and decks are written. Raises OSError, and Busy if another program is writing.
    """
    with locked(collection.decks, PATIENCE):
        known = [replace(each, state=verdicts.get(each.id, each.state)) for each in read_known(collection)]
        commit(collection.decks, {collection.generated: generated_bytes(known)})
        build = prepare(collection, settings, notes, drawn=drawn)
        write(collection, build)
    return build


def _is_on_disk(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and files.read_bytes(path) == data
    except OSError:
        return False
