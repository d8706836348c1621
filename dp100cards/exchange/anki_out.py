"""An Anki package: cards as notes, their pictures, and what the learner remembers, as Anki's own tables.

The older of Anki's two containers, which every Anki reads: a zip with `collection.anki2` (SQLite, schema 11) and a
list of media. A note's guid is the card's id: importing again updates and never doubles. The same state gives the
same bytes, except across a change of the learner's offset from UTC, with which Anki counts all days.

A note type's id is made of its name and its fields: another set of fields would be another note type, and every
learner's cards would be there twice. New content goes into the two spare fields: `Extra 1` is the scenario, `Extra 2`
the public page with level and skills.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Any

from dp100cards import files
from dp100cards.cards import GAP, KINDS, Card, Cloze, gaps
from dp100cards.config import StudyOptions
from dp100cards.exchange.markup import NONE, Media, Pictures, data, templates, to_html
from dp100cards.scheduler.engine import LEARNING_STEPS, RELEARNING_STEPS, Engine, advance, replay
from dp100cards.scheduler.event import LEARNING, RELEARNING, REVIEW, CardState, Event, Moment, day_of
from dp100cards.store.store import Store

# Cards as notes

FIELDS = ("Question", "Choices", "Answer", "Explanation", "Source", "Extra 1", "Extra 2")
CLOZE_FIELDS = ("Text", "Explanation", "Source", "Extra 1", "Extra 2")
NAMES = {kind: f"dp100 {kind.capitalize()}" for kind in KINDS} | {"multiple": "dp100 Multiple response"}

CHANGED = 1795987071
"""When templates or style last changed, in seconds: 2026-11-29. Anki takes over only what is newer than its own, and
a test holds that whoever changes them sets this to the moment of the change."""


@dataclass(frozen=True)
class NoteType:
    id: int
    name: str
    fields: tuple[str, ...]
    front: str
    back: str


@cache
def note_type(kind: str) -> NoteType:
    cloze, name = kind == "cloze", NAMES[kind]
    names, sides = (CLOZE_FIELDS, "anki_cloze") if cloze else (FIELDS, "anki")
    script = "" if cloze else f"<script>\n{data('anki.js')}</script>"
    front, back = (data(f"{sides}_{side}.html") + script for side in ("front", "back"))
    return NoteType(stable_id("notetype", name, *names), name, names, front, back)


@cache
def stable_id(*parts: str) -> int:
    """A number for Anki made of texts alone: milliseconds of a moment between 2001 and 2017, never in the future."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return 1_000_000_000_000 + int.from_bytes(digest[:8], "big") % 500_000_000_000


def fields(card: Card, media: Media = NONE) -> list[str]:
    """The note's fields, in the order of its note type."""
    made: Any = templates().get_template("fields.html").module
    pictures = media.of(card)
    scenario = to_html(card.scenario.text, pictures).replace("{{", "&#123;&#123;") if card.scenario else ""
    values = [made.explanation(card, pictures), made.source(card), scenario, made.page(card)]
    if isinstance(card, Cloze):
        sides = [cloze_text(card.ask, pictures)]
    else:
        sides = [made.question(card, pictures), made.choices(card, pictures), made.answer(card, pictures)]
    return [str(value) for value in (*sides, *values)]


def tags(card: Card) -> tuple[str, ...]:
    """The tags of a note; those of level and skills are below `dp100`."""
    below = (f"dp100::{each}" for each in (card.level, *card.skills) if each)
    own = (*card.tags, card.status, card.deck, *below)
    return tuple(dict.fromkeys(tag.replace(" ", "_") for tag in own if tag))


ASIDE = "\ue000"  # no text has it: it is reserved for private use


def cloze_text(text: str, pictures: Pictures | None = None) -> str:
    """A cloze in Anki's notation. All gaps are one card's, and have the number 1."""
    hidden = (to_html(gap).replace(":", "&#58;").replace("}", "&#125;") for gap in gaps(text))
    # The gaps stand aside while the text around them becomes HTML, for no mark or line may end at them.
    around = to_html(GAP.sub(ASIDE, text.replace(ASIDE, "")), pictures)
    return re.sub(ASIDE, lambda _: "{{c1::" + next(hidden) + "}}", around).strip()


# What the learner remembers

CREATED = 1_577_836_800  # 2020-01-01: from this day on a package counts the days at which cards fall due
EASE = 2500  # that Anki's older scheduler begins with; FSRS has no use for it
MARK = "dp100"  # under this name Anki keeps with a card of ours how it was handed over
FLAGS = 8  # they are 0 to 7
RESET = 4  # of a row that no answer made; without a factor it says that the card was reset


@dataclass(frozen=True)
class Schedule:
    """What a learner remembers: each card's state and its events, in the order in which they count."""

    engine: Engine
    states: Mapping[str, CardState] = field(default_factory=dict)
    events: Mapping[str, Sequence[Event]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> Schedule:
        """All that the learner remembers."""
        return cls(store.engine, store.states(), {card: list(own) for card, own in store.by_card()})

    def state(self, card: str) -> CardState:
        return self.states.get(card) or CardState(card=card)

    def memory(self, state: CardState, now: Moment) -> tuple[float, ...]:
        """Stability, difficulty, desired retention, decay and second of the last review, as Anki keeps them.

        Anki counts the days between reviews with today's offset from UTC.
        """
        past, engine = self.events.get(state.card, ()), self.engine
        if any(event.moment.offset != now.offset for event in past):
            moved = (event._replace(moment=Moment(event.moment.at, now.offset)) for event in past)
            state = replay(engine, state.card, moved)
        memory = round(state.stability, 4), round(state.difficulty, 3)
        return *memory, engine.retention, engine.parameters[20], state.last_at // 1000

    def details(self, state: CardState, now: Moment) -> dict[str, object]:
        """What Anki keeps with a card as JSON: how it is handed over, and its memory."""
        given = marks(state)
        found: dict[str, object] = {"cd": json.dumps({MARK: given}, separators=(",", ":"))} if given else {}
        memory = () if state.is_new else self.memory(state, now)
        return found | dict(zip(("s", "d", "dr", "decay", "lrt"), memory, strict=False))

    def log(self, card: str, number: int, taken: set[int]) -> Iterator[tuple[Event, tuple[int, ...]]]:
        """A card's reviews as rows of Anki's review log, and where the learner had it forgotten."""
        state, last = CardState(card=card), 0
        for event in self.events.get(card, ()):
            before, state = state, advance(self.engine, state, event)
            if event.kind not in ("review", "forget"):
                continue
            at = event.origin_id if event.origin == "anki" and event.origin_id else event.moment.at
            id_ = next(n for n in count(at) if n not in taken)
            taken.add(id_)
            if event.kind == "forget":
                yield event, (id_, number, -1, 0, 0, last, 0, 0, RESET)
                last = 0
                continue
            seconds = max((state.due_at - event.moment.at) // 1000, 1)
            interval = state.interval if state.phase == REVIEW else -seconds
            kind = {REVIEW: 1, RELEARNING: 2}.get(before.phase, 0)
            factor, took = round(((state.difficulty - 1) / 9 + 0.1) * 1000), min(event.took, 60_000)
            yield event, (id_, number, -1, event.rating, interval, last, factor, took, kind)
            last = interval


def marks(state: CardState) -> int:
    """Suspension and flag as one number, 0 if there is neither: Anki keeps it with the card that it takes over."""
    return state.suspended * FLAGS + state.flag


def placed(state: CardState, position: int, first_day: int) -> dict[str, int]:
    """A card's values in a collection whose days count from `first_day`, in the order of Anki's columns."""
    kind, queue = {REVIEW: (2, 2), LEARNING: (1, 1), RELEARNING: (3, 1)}.get(state.phase, (0, 0))
    due, interval, left = position, 0, 0
    if state.phase == REVIEW:
        due, interval = state.due_day - first_day, state.interval
    elif not state.is_new:
        due, interval = state.due_at // 1000, 1
        left = 1001 if kind == 3 else 2002 - 1001 * min(state.step, 1)
    values = {"type": kind, "queue": -1 if state.suspended else queue, "due": due, "ivl": interval}
    return values | {"factor": EASE if kind else 0, "reps": state.reps, "lapses": state.lapses, "left": left}


# The package

LEVEL = 4  # how hard the package is deflated: half the time of the usual 6, for a file larger by a tenth


@dataclass(frozen=True)
class Package:
    cards: Sequence[Card]
    titles: Mapping[str, str]  # of the decks, by name
    name: str  # above the decks, as in `DP-100::Workspace`
    now: Moment
    changed: Mapping[str, int] = field(default_factory=dict)
    """The second in which each card's content last changed: Anki takes over a note only if it is newer than its own."""
    schedule: Schedule | None = None
    study: StudyOptions = field(default_factory=StudyOptions)  # it becomes the decks' preset
    media: Media = NONE

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Anki's number of each card's note, and of the note's one card: that they are the same packs better."""
        numbers: dict[int, str] = {}
        for card in self.cards:
            numbers[next(n for n in count(stable_id("note", card.id)) if n not in numbers)] = card.id
        return {id_: number for number, id_ in numbers.items()}

    @cached_property
    def decks(self) -> dict[str, str]:
        """What each deck is called in Anki: its title below the collection's; of two with one title, its name too."""
        names = dict.fromkeys(card.deck for card in self.cards)
        below = {deck: self.titles.get(deck, deck).replace("::", ": ").strip() or deck for deck in names}
        titled = Counter(title.casefold() for title in below.values())
        return {
            deck: f"{self.name}::{title}" + (f" ({deck})" if titled[title.casefold()] > 1 else "")
            for deck, title in below.items()
        }

    def write(self, path: Path) -> tuple[int, int]:
        """Write an `.apkg`, whole or not at all: how many cards were learned, how many reviews go along.

        Raises OSError.
        """
        plan = self.schedule or Schedule(Engine())
        notes, cards, log = [], [], []
        times: set[int] = set()
        # The package's collection began at four in the morning, by the learner's clock of today.
        created = CREATED - self.now.offset * 60 + 4 * 3600
        first_day = day_of(Moment(created * 1000, self.now.offset))
        for position, card in enumerate(self.cards, 1):
            number, modified = self.numbers[card.id], self.changed.get(card.id, CREATED)
            values, words = fields(card, self.media), f" {' '.join(tags(card))} "
            text = words, "\x1f".join(values), values[0], 0, 0, ""
            notes.append((number, card.id, note_type(card.kind).id, modified, -1, *text))
            state = plan.state(card.id)
            place = placed(state, position, first_day).values()
            details = json.dumps({"pos": position} | plan.details(state, self.now))
            deck = stable_id("deck", self.name, card.deck)
            cards.append((number, number, deck, 0, modified, -1, *place, 0, 0, state.flag, details))
            log += [row for _, row in plan.log(card.id, number, times)]
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.executescript(data("anki.sql"))
            connection.execute("BEGIN")
            connection.execute(f"INSERT INTO col VALUES ({','.join('?' * 13)})", self._collection(created))
            for table, width, rows in (("notes", 11, notes), ("cards", 18, cards), ("revlog", 9, log)):
                # In the order of their numbers: SQLite only ever adds at the end.
                rows.sort(key=itemgetter(0))
                connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", rows)
            connection.execute("COMMIT")
            database = connection.serialize()
        packed, found = io.BytesIO(), self.media.found
        with zipfile.ZipFile(packed, "w") as package:
            package.writestr(_member("collection.anki2"), database, zipfile.ZIP_DEFLATED, LEVEL)
            package.writestr(_member("media"), json.dumps({str(n): name for n, name in enumerate(found)}))
            for n, content in enumerate(found.values()):
                package.writestr(_member(str(n)), content, zipfile.ZIP_STORED)
        files.write(path, packed.getvalue())
        learned = sum(plan.state(card.id).reps > 0 for card in self.cards)
        return learned, sum(row[8] != RESET for row in log)

    def contents(self, known: Known, times: Mapping[str, int]) -> Known:
        """Since when each card is as it is: as remembered; changed, now; never exported, its deck file's time."""
        result, now = dict(known), self.now.at // 1000
        for card in self.cards:
            text = "\x1f".join((card.kind, *fields(card, self.media), *tags(card)))
            content, (before, second) = zlib.crc32(text.encode()), known.get(card.id, (0, 0))
            if card.id not in known:
                result[card.id] = content, min(times.get(card.deck, now), now)
            elif content != before:
                result[card.id] = content, max(now, second + 1)
        return result

    def _collection(self, created: int) -> tuple[object, ...]:
        """The row of the collection, with note types, decks and presets: nothing in it comes from the clock."""
        given: dict[str, dict[str, Any]] = json.loads(data("anki.json"))

        def deck(id_: int, name: str, preset: int) -> dict[str, Any]:
            return given["deck"] | {"id": id_, "name": name, "mod": CHANGED, "conf": preset}

        def model(kind: str) -> dict[str, Any]:
            mine = note_type(kind)
            sides = [given["template"] | {"qfmt": mine.front, "afmt": mine.back}]
            named = [given["field"] | {"name": name, "ord": n} for n, name in enumerate(mine.fields)]
            made = {"id": mine.id, "name": mine.name, "type": int(kind == "cloze"), "mod": CHANGED, "did": 1}
            return given["model"] | made | {"css": data("anki.css"), "tmpls": sides, "flds": named}

        # Anki never changes a preset that it has: other parameters are another preset, with a number of its own. It is
        # made of the whole preset, for which reason `anki.json` keeps its order and its first time.
        own = _preset(given, self.name, self.study, self.schedule)
        number, above = stable_id("preset", json.dumps(own)), stable_id("deck", self.name)
        decks = [deck(1, "Default", 1), deck(above, self.name, number)]
        decks += [deck(stable_id("deck", self.name, key), name, number) for key, name in self.decks.items()]
        usual = _preset(given, "Default", StudyOptions(), None) | {"id": 1, "mod": CHANGED}
        models = [model(kind) for kind in sorted({card.kind for card in self.cards})]
        tables = (models, decks, [usual, own | {"id": number, "mod": CHANGED}])
        by_number = [json.dumps({str(each["id"]): each for each in table}) for table in tables]
        conf = json.dumps(given["conf"] | {"creationOffset": -self.now.offset})
        return 1, created, CHANGED * 1000, CHANGED * 1000, 11, 0, 0, 0, conf, *by_number, "{}"


def _member(name: str) -> zipfile.ZipInfo:
    """A member of the zip that does not show when or where it was written."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return info


def _preset(given: Any, name: str, study: StudyOptions, plan: Schedule | None) -> dict[str, Any]:
    """How the learner studies here: limits of a day, steps, leeches, memory."""
    memory = plan.engine if plan else study
    new = {"delays": list(LEARNING_STEPS), "perDay": study.new_per_day}
    rev = {"maxIvl": memory.maximum_interval, "perDay": study.reviews_per_day}
    lapse = {"delays": list(RELEARNING_STEPS), "leechFails": study.leech_lapses}
    made = {"name": name, "desiredRetention": memory.retention, "rev": given["rev"] | rev}
    made |= {"new": given["new"] | new, "lapse": given["lapse"] | lapse}
    preset: dict[str, Any] = given["preset"] | made
    return preset | ({"fsrsParams6": list(plan.engine.parameters)} if plan else {})


# When each card last changed

# A deck file's time says too much (one card changed, all are newer, and edits in Anki would be overwritten) and too
# little (a file copied or checked out may look old). Therefore each card's content as last exported is remembered.

EXPORTED = "exported.json"
# For each card a checksum of its content, and the second since which it is that.
Known = dict[str, tuple[int, int]]


def read_known(path: Path) -> Known:
    """What is remembered; nothing, if the file is missing or cannot be used."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        kept = json.loads(files.read_bytes(path))
        return {str(card): (int(content), int(since)) for card, (content, since) in kept.items()}
    return {}


def write_known(path: Path, known: Known) -> None:
    """Remember. In a folder that cannot be written nothing is, and deck files' times count again."""
    with suppress(OSError):
        files.write(files.private_folder(path.parent) / path.name, json.dumps(known), private=True)
