"""A whole build: the notes and the decks of a collection in, the files to write out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from dp100cards import files
from dp100cards.cards import Card, Deck, Source
from dp100cards.config import Settings
from dp100cards.decks.collection import IDS, Collection
from dp100cards.decks.commit import commit
from dp100cards.decks.manifest import Manifest, manifest_text, read_manifest
from dp100cards.decks.nodes import Nodes, Wrong, compose, not_yaml, problem_at
from dp100cards.decks.plan import plan_of
from dp100cards.decks.read import Reading, read_deck
from dp100cards.decks.write import FIRST_LINE, SCHEMA_FILE, deck_text, schema_text
from dp100cards.errors import NOT_READ, ContentError, Problem, not_utf8
from dp100cards.generate.draft import Drafts
from dp100cards.generate.identity import RETIRED, Known
from dp100cards.generate.merge import Merge, Merged, Reserved, Verdicts
from dp100cards.generate.pipeline import draft_cards
from dp100cards.generate.words import uncovered


@dataclass(slots=True)
class Build:
    """What a build would do."""

    merged: Merged
    drafts: Drafts
    files: dict[Path, str | None] = field(default_factory=dict)
    """The files that differ from what is on disk; None for one that goes."""
    interim: str = ""
    """What the manifest has to say while decks are written that lose cards."""
    lost: Problem | None = None
    """What there is to say where the manifest was lost."""

    @property
    def cards(self) -> list[Card]:
        """All cards of the decks once it is written."""
        return [card for deck in self.merged.decks for card in deck.cards]

    @property
    def uncovered(self) -> list[Source]:
        """The statements of the notes that no card asks for once it is written."""
        return uncovered(self.drafts.statements, self.cards)


def prepare(
    collection: Collection,
    settings: Settings,
    notes: Mapping[str, str],
    verdicts: Verdicts | None = None,
    *,
    adopt: bool = False,
    lenient: bool = False,
) -> Build:
    """Work out a build of all notes; nothing is written.

    Raises ContentError if a deck or the manifest has mistakes: what cannot be read would be lost. With `lenient`, for
    looking only, the sound part counts; such a build must not be written. Mistakes in notes cost no more than the card
    that has them. `adopt` takes the cards of the decks as they are where the manifest was lost.
    """
    texts, readings = read_decks(collection)
    manifest = known_to(collection)
    drafts = draft_cards(notes)
    problems = [problem for reading in readings.values() for problem in reading.problems]
    if problems and not lenient:
        raise ContentError(problems)
    sound = {name for name, reading in readings.items() if not reading.problems}
    merged = Merge(
        drafts,
        manifest.known if manifest else (),
        [reading.deck for reading in readings.values()],
        plan_of(settings, collection),
        manifest.heads if manifest else {},
        verdicts or Verdicts(),
        reserved_ids(collection),
        frozenset(each.card.deck for each in manifest.known) - sound if manifest else frozenset(),
        notes,
        adopt=adopt,
    ).run()
    lost = None if manifest or adopt or not merged.adopted else _lost(collection, merged.adopted)
    if lost and not lenient:
        raise ContentError([lost])
    wanted = dict(_files(collection, merged, texts, readings))
    changed = {path: text for path, text in wanted.items() if not _is_on_disk(path, text)}
    return Build(merged, drafts, changed, _interim(manifest or Manifest(), merged, readings), lost)


def prepare_newer(collection: Collection, newer: Collection, apart: Set[str]) -> Build:
    """Work out how a newer edition of the collection is brought into it; nothing is written.

    `apart` are notes whose cards stay as they are: the learner's own. Raises ContentError as `prepare` does, and
    FileNotFoundError where a manifest is missing.
    """
    texts, readings = read_decks(collection)
    if problems := [problem for reading in readings.values() for problem in reading.problems]:
        raise ContentError(problems)
    manifest = read_manifest(collection.generated, collection.shown(collection.generated))
    theirs = read_manifest(newer.generated, newer.shown(newer.generated))
    places = {
        card.id: n for n, card in enumerate(c for r in read_decks(newer)[1].values() for c in r.deck.cards)
    }
    merge = Merge(
        Drafts(),
        [each for each in manifest.known if _note(each) not in apart],
        [reading.deck for reading in readings.values()],
        heads=manifest.heads,
        lost_decks=frozenset(each.card.deck for each in manifest.known) - readings.keys(),
    )
    here = [each for each in theirs.known if each.id in places and _note(each) not in apart]
    own = [each for each in manifest.known if _note(each) in apart]
    heads = {name: manifest.heads[name] for each in own if (name := each.card.deck) in manifest.heads}
    merged = merge.bring(sorted(here, key=lambda each: places[each.id]), {**heads, **theirs.heads})
    merged.known += own
    wanted = dict(_files(collection, merged, texts, readings))
    changed = {path: text for path, text in wanted.items() if not _is_on_disk(path, text)}
    return Build(merged, Drafts(), changed, _interim(manifest, merged, readings))


def _note(known: Known) -> str:
    return known.card.source.note if known.card.source else ""


def _interim(manifest: Manifest, merged: Merged, readings: Mapping[str, Reading]) -> str:
    """The manifest of before, with the cards that leave their decks as ones that come back.

    A build that was killed after it had taken a card from one deck, and before it had put it into another, left a card
    that is in none, as if a person had deleted it.
    """
    stay = {(deck.name, card.id) for deck in merged.decks for card in deck.cards}
    left = {
        card.id
        for reading in readings.values()
        for card in reading.deck.cards
        if (card.deck, card.id) not in stay
    }
    after = {each.id: each for each in merged.known if each.id in left}
    known = [_leaving(each, after.get(each.id)) for each in manifest.known]
    return manifest_text(known, manifest.heads) if known != manifest.known else ""


def _leaving(before: Known, after: Known | None) -> Known:
    return before if after is None else after if after.state else replace(before, state=RETIRED)


def _files(
    collection: Collection, merged: Merged, texts: Mapping[str, str], readings: Mapping[str, Reading]
) -> Iterator[tuple[Path, str | None]]:
    """The files that there should be; a deck that has lost its last card goes, if nothing else is in it."""
    for deck in merged.decks:
        before = texts.get(deck.name)
        reading = readings.get(deck.name)
        if before and reading and reading.deck.cards and not deck.cards and not _remarks(before):
            yield collection.deck_file(deck.name), None
        else:
            yield collection.deck_file(deck.name), deck_text(deck, before, reading)
    yield collection.generated, manifest_text(merged.known, merged.heads)
    yield collection.decks / SCHEMA_FILE, schema_text()


def _remarks(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("#") and line != FIRST_LINE]


def read_decks(collection: Collection) -> tuple[dict[str, str], dict[str, Reading]]:
    """The text and the reading of each deck file, by the deck's name."""
    texts: dict[str, str] = {}
    readings: dict[str, Reading] = {}
    for path in collection.deck_files():
        try:
            source = files.read_bytes(path)
        except OSError:
            unread = [Problem(collection.shown(path), 0, 0, NOT_READ)]
            readings[path.stem] = Reading(Deck(path.stem, path.stem), unread)
            continue
        texts[path.stem] = source.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
        readings[path.stem] = read_deck(source, collection.shown(path), path.stem)
    return texts, readings


def known_to(collection: Collection) -> Manifest | None:
    """What the generator knows; None if there is no such file. Raises ContentError for one with mistakes."""
    with suppress(FileNotFoundError):
        return read_manifest(collection.generated, collection.shown(collection.generated))
    return None


def _lost(collection: Collection, made: int) -> Problem:
    """What there is to say where cards were made from the notes before, and no manifest knows them."""
    message = (
        f"it is missing, and {made} of the cards in the decks were made from the notes before: a build would make"
        " them a second time. Take the file back from git or a backup. If there is none, dp100 build --adopt takes"
        " the cards as they are; then cards that you deleted may come back"
    )
    return Problem(collection.shown(collection.generated), 0, 0, message)


def reserved_ids(collection: Collection) -> list[Reserved]:
    """What `decks/ids.yaml` says, if it is there. Raises ContentError for mistakes in it."""
    path = collection.decks / IDS
    shown = collection.shown(path)
    names = ("id", "deck", "ask", "answer", "item")
    nodes, text = Nodes(), ""
    try:
        text = files.read_bytes(path).decode("utf-8-sig")
        root = compose(text)
        items = nodes.sequence(root, "the list of ids", empty=True) if root else []
        tables = [nodes.mapping(item, "an entry", names) for item in items]
        return [
            Reserved(**{n: nodes.text(value, n) for n, value in table.items()})
            for table in tables
            if "id" in table
        ]
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        raise ContentError([not_utf8(shown, error, "file")]) from None
    except yaml.YAMLError as error:
        raise ContentError([not_yaml(error, shown, text)]) from None
    except Wrong as error:
        raise ContentError([problem_at(shown, error)]) from None


def write(collection: Collection, build: Build) -> None:
    """Write what a build would write, all of it or nothing. Raises OSError."""
    if build.interim:
        commit(collection.decks, {collection.generated: build.interim})
    if build.files:
        commit(collection.decks, build.files)


def _is_on_disk(path: Path, text: str | None) -> bool:
    if text is None:
        return False
    with suppress(OSError):
        return files.read_bytes(path) == text.encode()
    return False
