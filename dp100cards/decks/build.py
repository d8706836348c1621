"""A whole build: the notes and the decks of a collection in, the files to write out.

The build's memory is `decks/.generated.yaml`: every id ever given, and the card behind it as it was generated last.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.resources import files as resources
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dp100cards import files
from dp100cards.cards import Card, Source
from dp100cards.decks.blueprints import USUAL, read_blueprint
from dp100cards.decks.collection import Collection, from_data, to_data
from dp100cards.decks.read import SCHEMA_TEXT, Loader, Reading, Wrong, read_deck_file
from dp100cards.decks.write import SCHEMA_FILE, deck_text, quoted, remarks
from dp100cards.errors import NOT_DATA, ContentError, Problem
from dp100cards.generate.draft import Drafts
from dp100cards.generate.identity import HERE, RETIRED, STATES, Known, semantic_key
from dp100cards.generate.merge import Heads, Merge, Merged, Verdicts
from dp100cards.generate.pipeline import Plan, PlannedDeck, draft_cards
from dp100cards.generate.words import uncovered

Readings = Mapping[str, Reading]  # what each deck file gave, by the deck's name


class Manifest(NamedTuple):
    """What the generator knows of its cards, and the head of each deck as it made it."""

    known: Sequence[Known]
    heads: Heads


@dataclass(slots=True)
class Build:
    """What a build would do."""

    merged: Merged
    drafts: Drafts
    files: dict[Path, str | None]  # those that differ from what is on disk; None for one that goes
    interim: str  # what the manifest has to say while cards go from one deck to another

    @property
    def cards(self) -> list[Card]:
        return [card for deck in self.merged.decks for card in deck.cards]

    @property
    def uncovered(self) -> list[Source]:
        """The statements of the notes that no card asks for once it is written."""
        return uncovered(self.drafts.statements, self.cards)


def prepare(
    collection: Collection,
    notes: Mapping[str, str],
    verdicts: Verdicts | None = None,
    *,
    adopt: bool = False,
    lenient: bool = False,
) -> Build:
    """Work out a build of all notes; nothing is written.

    Raises ContentError if a deck or the manifest has mistakes: what cannot be read would be lost. With `lenient`, for
    looking only, the sound part of the decks counts; such a build must not be written. Mistakes in notes cost no more
    than the card that has them. `adopt` takes the cards of the decks as they are where the manifest was lost.
    """
    readings, found = read_decks(collection, lenient=lenient), read_manifest(collection)
    drafts, manifest = draft_cards(notes), found or Manifest([], {})
    plan, verdicts = plan_of(collection), verdicts or Verdicts()
    merge = _merge(drafts, readings, manifest, plan=plan, verdicts=verdicts, notes=notes, adopt=adopt)
    merged = merge.run()
    if merged.adopted and not found and not adopt:
        message = (
            f"it is missing, but the decks have cards that were made from the notes before ({merged.adopted}):"
            " a build would make them a second time. Restore the file from git or a backup. If there is none, dp100"
            " build --adopt takes the cards as they are; then cards that you deleted may come back"
        )
        raise ContentError([Problem(collection.shown(collection.generated), 0, 0, message)])
    return _build(collection, drafts, merged, manifest, readings)


def prepare_newer(collection: Collection, newer: Collection, apart: Set[str]) -> Build:
    """Work out how a newer edition of the collection is brought into it; nothing is written.

    `apart` are notes whose cards stay as they are: the learner's own. Raises ContentError as `prepare` does, and
    FileNotFoundError where a manifest is missing.
    """

    def is_apart(known: Known) -> bool:
        return (known.card.source.note if known.card.source else "") in apart

    readings, manifest, theirs = read_decks(collection), read_manifest(collection), read_manifest(newer)
    if not (manifest and theirs):
        raise FileNotFoundError(collection.generated)
    known = [each for each in theirs.known if each.state == HERE and not is_apart(each)]
    known += [each for each in manifest.known if each.state == HERE and is_apart(each)]
    heads = {name: manifest.heads[name] for each in known if (name := each.card.deck) in manifest.heads}
    merged = _merge(Drafts(), readings, manifest).bring(known, {**heads, **theirs.heads})
    return _build(collection, Drafts(), merged, manifest, readings)


def _merge(drafts: Drafts, readings: Readings, manifest: Manifest, **more: Any) -> Merge:
    sound = {name for name, reading in readings.items() if not reading.problems}
    lost = frozenset(each.card.deck for each in manifest.known) - sound
    decks = [reading.deck for reading in readings.values()]
    return Merge(drafts, manifest.known, decks, heads=manifest.heads, lost_decks=lost, **more)


def _build(home: Collection, drafts: Drafts, merged: Merged, manifest: Manifest, readings: Readings) -> Build:
    """What is to be written; a deck that has lost its last card goes, if nothing else is in it."""
    wanted: dict[Path, str | None] = {}
    for deck in merged.decks:
        old = readings.get(deck.name)
        gone = old and old.deck.cards and not deck.cards and not remarks(old.text)
        wanted[home.deck_file(deck.name)] = None if gone else deck_text(deck, old)
    wanted |= {
        home.generated: manifest_text(merged.known, merged.heads),
        home.decks / SCHEMA_FILE: SCHEMA_TEXT,
    }
    changed = {path: said for path, said in wanted.items() if not _is_on_disk(path, said)}
    return Build(merged, drafts, changed, _interim(manifest, merged, readings))


def _is_on_disk(path: Path, said: str | None) -> bool:
    with suppress(OSError):
        return said is not None and files.read_bytes(path) == said.encode()
    return False


def _interim(manifest: Manifest, merged: Merged, readings: Readings) -> str:
    """The manifest of before, with the cards that go to another deck as ones that come back.

    A build that was killed after it had taken a card from one deck, and before it had put it into another, left a card
    that is in none, as if a person had deleted it.
    """
    now = {card.id: card.deck for deck in merged.decks for card in deck.cards}
    before = (card for reading in readings.values() for card in reading.deck.cards)
    moving = {card.id for card in before if now.get(card.id, card.deck) != card.deck}
    known = [replace(each, state=RETIRED) if each.id in moving else each for each in manifest.known]
    return manifest_text(known, manifest.heads) if moving else ""


def write(collection: Collection, build: Build) -> None:
    """Write what a build would write, all of it or nothing. Raises OSError.

    Everything is on disk beside the old files before the first of them is replaced. Then decks take their places, and
    the build's memory last: to a build that comes after a crash, decks that are ahead of it look as if they were edited
    to just what it would write, and that is no edit. There is no journal: one could come from a stranger.
    """
    ordered = sorted(build.files, key=lambda path: (path.name.startswith("."), build.files[path] is None))
    interim = {collection.generated: build.interim} if build.interim else {}
    for changes in (interim, {path: build.files[path] for path in ordered}):
        if changes:
            collection.decks.mkdir(parents=True, exist_ok=True)
            files.write_all(changes, within=collection.home)


def read_decks(collection: Collection, *, lenient: bool = False) -> dict[str, Reading]:
    """The reading of each deck file, by the deck's name. Raises ContentError for mistakes, if not `lenient`."""
    readings = {path.stem: read_deck_file(path, collection.shown(path)) for path in collection.deck_files()}
    problems = [problem for reading in readings.values() for problem in reading.problems]
    if problems and not lenient:
        raise ContentError(problems)
    return readings


def plan_of(collection: Collection) -> Plan:
    """The plan by which notes are spread over decks: that of `dp100.toml`, else what came with the program."""
    settings = collection.settings
    exam, decks = settings.blueprint or USUAL, settings.decks
    areas = {id_: area.id for id_, (_, area) in read_blueprint(exam, collection).skills.items()}
    shipped = resources("dp100cards.decks") / "plans" / f"{exam}.yaml"
    if not decks and shipped.is_file():
        decks = yaml.load(shipped.read_text(encoding="utf-8"), Loader=Loader)
    planned = []
    for name, said in decks.items():
        title, concepts = said.get("title", name.replace("-", " ").capitalize()), said.get("concepts", ())
        planned.append(PlannedDeck(name, title, said.get("area", ""), tuple(map(str, concepts))))
    return Plan(tuple(planned), areas, guessed=not (settings.decks or settings.blueprint))


# The manifest: committed with the decks, never edited by hand. It is JSON, which is YAML as well, with a remark on top;
# the first edition wrote other YAML, which is read too.

FORMAT = 2
HEAD = "# Written by `dp100 build`, which knows by it which card is which. Commit it; do not edit it.\n"
_FIRST_EDITION = {"here": HERE, "accepted": RETIRED, "suggested": None}
"""What the states of the first edition are now; a card that was accepted comes into its deck with the next build."""


def manifest_text(known: Iterable[Known], heads: Heads) -> str:
    """The file; the same cards give the same text."""
    lines = ",\n".join(_line(each) for each in sorted(known, key=lambda each: each.id))
    decks = quoted({name: list(head) for name, head in sorted(heads.items())})
    return f'{HEAD}{{"format": {FORMAT}, "decks": {decks}, "cards": [\n{lines}\n]}}\n'


def _line(known: Known) -> str:
    said = {name: getattr(known, name) for name in ("state", "template", "concept", "key", "changed")}
    entry: dict[str, Any] = {"id": known.id, "deck": known.card.deck, **said, "card": _card(known.card)}
    if known.mine:
        entry |= {"mine": _card(known.mine), "mine_deck": known.mine.deck}
    return quoted({name: value for name, value in entry.items() if value})


def _card(card: Card) -> dict[str, Any]:
    return {name: value for name, value in to_data(card).items() if name != "id"}


def read_manifest(collection: Collection) -> Manifest | None:
    """What the generator knows; None if there is no such file. Raises ContentError for one that is not its own."""
    shown = collection.shown(collection.generated)
    try:
        return parse_manifest(files.read_text(collection.generated, shown), shown)
    except FileNotFoundError:
        return None


def parse_manifest(said: str, path: str) -> Manifest:
    """What the text of a manifest says. Raises ContentError for one that `dp100 build` did not write."""
    line, message = 1, "this is not what `dp100 build` wrote; restore the file from git or a backup"
    try:
        head, _, body = said.partition("\n")
        ours = head.startswith("#") and body.startswith("{")
        data = json.loads(body) if ours else yaml.load(said, Loader=Loader)
        if data["format"] <= FORMAT:
            known = [one for entry in data["cards"] if (one := _known(entry))]
            return Manifest(known, {name: (str(a), str(b)) for name, (a, b) in data.get("decks", {}).items()})
        line, message = 2, "it was written by a newer dp100cards; update the program"
    except (*NOT_DATA, yaml.YAMLError, Wrong) as error:
        mark, after_head = getattr(error, "problem_mark", None), getattr(error, "lineno", 0)
        line = mark.line + 1 if mark else after_head + 1
    raise ContentError([Problem(path, line, 1, message)])


def _known(entry: Mapping[str, Any]) -> Known | None:
    state = entry.get("state", HERE)
    if "rule" in entry and (state := _FIRST_EDITION.get(state, state)) is None:
        return None
    if state not in STATES:
        raise ValueError(state)
    template, concept = entry.get("template") or entry.get("rule", ""), entry.get("concept", "")
    card = from_data(entry["card"] | {"id": entry["id"]}, deck=entry["deck"])
    mine = entry.get("mine")
    mine = mine and from_data(mine | {"id": entry["id"]}, deck=entry["mine_deck"])
    key = entry.get("key") or semantic_key(card, template, concept)
    return Known(card, template, concept, key, state, entry.get("changed", ""), mine)
