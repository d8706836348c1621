"""Both ways with a running Anki, through its add-on AnkiConnect on this machine.

Nothing depends on an earlier run having come to its end: what is to be done is what differs. Of a card's content, deck
and tags the store remembers what was last sent; whatever is something else in Anki is the learner's own, and stays.

AnkiConnect does not give guids, but the numbers of notes and cards are made of the cards' ids (`stable_id`). Anki's
schedule does not follow from reviews that are inserted into its log; therefore each card gets its schedule and its
memory too, and gets it first: after a break in between the reviews are still missing, and both are done again.
"""

from __future__ import annotations

import base64
import http.client
import json
import tempfile
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dp100cards.cards import Card
from dp100cards.config import StudyOptions
from dp100cards.errors import DataError, UsageError
from dp100cards.exchange.anki_in import Intake, Row, Theirs, came_from_here, merge
from dp100cards.exchange.anki_notes import CHANGED, NAMES, Media, data, fields, note_type, stable_id, tags
from dp100cards.exchange.anki_package import (
    EASE,
    FLAGS,
    Known,
    Schedule,
    deck_names,
    log_of,
    marks,
    memory_in_anki,
    note_numbers,
    place,
    write_package,
)
from dp100cards.scheduler.days import Moment, day_of
from dp100cards.scheduler.state import REVIEW, CardState
from dp100cards.store.store import Store

HOST, PORT = "127.0.0.1", 8765
PATIENCE = 120
"""Seconds: Anki answers between two redraws of its window, and a large import takes a while."""
BATCH = 200
OURS = '"note:dp100 *"'
NEEDED = (
    "addTags", "cardsModTime", "changeDeck", "deleteNotes", "findCards", "findModelsByName", "findNotes",
    "getActiveProfile", "getDecks", "getReviewsOfCards", "importPackage", "insertReviews", "modelNames", "notesInfo",
    "notesModTime", "removeTags", "setSpecificValueOfCard", "storeMediaFile", "suspend", "unsuspend",
    "updateModelStyling", "updateModelTemplates", "updateNoteFields",
)  # fmt: skip
AGAIN = "Nothing is lost: run `dp100 anki sync` again"


class AnkiConnect:
    """The add-on, spoken to over loopback. Raises UsageError or DataError, with a sentence."""

    def __init__(self, port: int = PORT, key: str = "") -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        self._key = {"key": key} if key else {}
        self.profile = ""

    def call(self, action: str, **params: Any) -> Any:
        """The result of one action."""
        request = {"action": action, "version": 6, "params": params} | self._key
        try:
            self._connection.request("POST", "/", json.dumps(request), {"Content-Type": "application/json"})
            reply = json.loads(self._connection.getresponse().read())
            error, result = reply["error"], reply["result"]
        except ConnectionRefusedError:
            raise UsageError(
                "Anki is not running, or its add-on AnkiConnect (2055492159) is not installed; start Anki and try again"
            ) from None
        except (OSError, http.client.HTTPException) as problem:
            raise DataError(f"the connection to Anki broke off ({problem or 'no answer'}). {AGAIN}") from None
        except (ValueError, KeyError, TypeError):
            raise UsageError(f"what answers on port {self._connection.port} is not AnkiConnect") from None
        if error:
            raise DataError(f"Anki could not do {action}: {error}. {AGAIN}")
        return result

    def several(self, actions: Iterable[tuple[str, dict[str, Any]]]) -> list[Any]:
        """The results of many actions, in batches. Raises DataError for the first that failed."""
        results: list[Any] = []
        for batch in _batches(list(actions)):
            sent = [{"action": name, "version": 6, "params": params} | self._key for name, params in batch]
            for (name, _), reply in zip(batch, self.call("multi", actions=sent), strict=True):
                failed = reply["error"] if isinstance(reply, dict) and "error" in reply else None
                result = reply["result"] if isinstance(reply, dict) and "result" in reply else reply
                if failed or (name == "setSpecificValueOfCard" and result not in ([True], True)):
                    raise DataError(f"Anki could not do {name}: {failed or result}. {AGAIN}")
                results.append(result)
        return results

    def greet(self) -> None:
        """Find out whether all is there that is needed. Raises UsageError."""
        known = self.call("apiReflect", scopes=["actions"], actions=None)["actions"]
        if missing := [action for action in NEEDED if action not in known]:
            raise UsageError(
                f"this AnkiConnect is too old (it has no {missing[0]}); in Anki: Tools, Add-ons, Check for Updates"
            )
        self.profile = self.call("getActiveProfile") or ""


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[n : n + BATCH] for n in range(0, len(items), BATCH))


@dataclass
class Sent:
    """What Anki has from here, as the store remembers it. Of each card: checksum, note's time, deck, tags."""

    profile: str = ""
    notes: dict[str, tuple[int, int, str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str | None) -> Sent:
        """From the store; nothing, if it cannot be read."""
        try:
            kept = json.loads(text or "{}")
            notes = {
                str(id_): (int(s), int(m), str(d), str(t)) for id_, (s, m, d, t) in kept["notes"].items()
            }
            return cls(str(kept["profile"]), notes)
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()

    def text(self) -> str:
        """As it is kept."""
        return json.dumps({"profile": self.profile, "notes": self.notes}, ensure_ascii=False)


@dataclass
class Synced:
    """What a sync did: the cards in question, and what came from Anki."""

    intake: Intake
    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    reviews: int = 0
    edited: list[str] = field(default_factory=list)
    """Changed here and in Anki: what the learner wrote in Anki stays."""
    waiting: list[str] = field(default_factory=list)
    """In a filtered deck, which is left alone."""
    gone: list[str] = field(default_factory=list)
    """Deleted in Anki: not sent again."""
    kept: list[str] = field(default_factory=list)
    """Not in the decks here any more, and not deleted there because the learner did not want it."""


@dataclass(frozen=True)
class Collection:
    """What is to be in Anki."""

    cards: Sequence[Card]
    titles: Mapping[str, str]
    name: str
    study: StudyOptions
    media: Media
    exported: Known = field(default_factory=dict)
    """When each card's content last changed, as packages had it."""


class Sync:
    """One run."""

    def __init__(
        self, anki: AnkiConnect, collection: Collection, store: Store, sent: Sent, now: Moment, offset: Callable[[float], int]
    ) -> None:  # fmt: skip
        self.anki, self.collection, self.store, self.sent = anki, collection, store, sent
        self.now, self.offset = now, offset
        self.cards = {card.id: card for card in collection.cards}
        self.numbers = note_numbers(collection.cards)
        self.numbers |= {id_: stable_id("note", id_) for id_ in sent.notes.keys() - self.cards.keys()}
        names = deck_names(
            dict.fromkeys(card.deck for card in collection.cards), collection.titles, collection.name
        )
        self.decks = {card.id: names[card.deck] for card in collection.cards}

    def run(
        self, seen: Mapping[str, int], schedule: Callable[[], Schedule], *, may_delete: Callable[[int, int], bool],
        overwrite: bool = False, restore: bool = False,
    ) -> Synced:  # fmt: skip
        """All of it. `schedule` is asked after Anki's reviews are recorded."""
        self._look()
        self.done = done = Synced(self._take(seen))
        self.plan = schedule()
        self.events = self.plan.events
        gone = [id_ for id_ in self.cards if id_ in self.sent.notes and self.numbers[id_] not in self.there]
        if not any(id_ in self.sent.notes for id_ in self.here):
            gone = []  # another collection, or one begun anew: all is to be sent again
        done.gone = [] if restore else gone
        other_kind = self._contents(overwrite)
        left = [id_ for id_ in self.sent.notes if id_ not in self.cards and self.numbers[id_] in self.there]
        if left and not may_delete(len(left), len(self.here)):
            left, done.kept = [], left
        done.deleted = left
        if left or other_kind:
            self.anki.call("deleteNotes", notes=[self.numbers[id_] for id_ in (*left, *other_kind)])
        for id_ in left:
            del self.sent.notes[id_]
        absent = (id_ for id_ in self.cards if self.numbers[id_] not in self.there)
        self._add([*other_kind, *(id_ for id_ in absent if id_ not in done.gone)])
        self._move()
        self._send_reviews()
        self._send_marks()
        return done

    # Reading

    def _look(self) -> None:
        """All that is in Anki of ours."""
        ids = {number: id_ for id_, number in self.numbers.items()}
        self.there = {number for number in self.anki.call("findNotes", query=OURS) if number in ids}
        searches = ("", " deck:filtered", " is:suspended", *(f" flag:{n}" for n in range(1, FLAGS)))
        found, self.filtered, suspended, *flagged = self.anki.several(
            ("findCards", {"query": OURS + search}) for search in searches
        )
        numbers = [number for number in found if number in self.there]
        self.here = [ids[number] for number in numbers]
        marked = dict.fromkeys(numbers, 0)
        for value, cards in ((FLAGS, suspended), *enumerate(flagged, 1)):
            for number in cards:
                if number in marked:
                    marked[number] += value
        times = [each for batch in _batches(numbers) for each in self.anki.call("cardsModTime", cards=batch)]
        self.theirs = {
            each["cardId"]: Theirs(ids[each["cardId"]], each["mod"], marked[each["cardId"]])
            for each in times
            if each
        }
        self.log: dict[str, list[Row]] = defaultdict(list)
        for batch in _batches(numbers):
            for number, rows in self.anki.call("getReviewsOfCards", cards=batch).items():
                self.log[ids[int(number)]] = [
                    (r["id"], int(number), r["ease"], r["factor"], r["time"], r["type"]) for r in rows
                ]
        decks = self.anki.call("getDecks", cards=numbers) if numbers else {}
        self.deck_of = {ids[number]: deck for deck, mine in decks.items() for number in mine}
        self.waiting = {ids[number] for number in self.filtered if number in marked}

    def _take(self, seen: Mapping[str, int]) -> Intake:
        """Record what was done in Anki."""
        log = sorted(row for rows in self.log.values() for row in rows)
        past = list(self.store.events(undone=True))
        intake = merge(self.theirs, log, past, self.store.states(), self.now, self.offset, seen)
        self.store.record_all(intake.events)
        return intake

    # Writing

    def _contents(self, overwrite: bool) -> list[str]:
        """Bring fields, tags and templates up to date; the cards whose note type is another now."""
        models = self.anki.call("modelNames")
        wanted = {note_type(kind).name: note_type(kind) for kind in NAMES}
        for model in self.anki.call(
            "findModelsByName", modelNames=[name for name in wanted if name in models]
        ):
            if model["mod"] < CHANGED:
                mine = wanted[model["name"]]
                templates = {"Card 1": {"Front": mine.front, "Back": mine.back}}
                self.anki.call("updateModelTemplates", model={"name": mine.name, "templates": templates})
                self.anki.call("updateModelStyling", model={"name": mine.name, "css": data("anki.css")})
        mods = self._note_times(self.numbers[id_] for id_ in self.here if id_ in self.cards)
        contents = {
            id_: fields(self.cards[id_], self.collection.media) for id_ in self.here if id_ in self.cards
        }
        asked = [
            id_ for id_ in contents
            if self.sent.notes.get(id_, (0, 0, "", ""))[:2] != (_sum(contents[id_]), mods.get(self.numbers[id_], 0))
            or self.sent.notes[id_][3] != " ".join(tags(self.cards[id_]))
        ]  # fmt: skip
        numbers = [self.numbers[id_] for id_ in asked]
        infos = [each for batch in _batches(numbers) for each in self.anki.call("notesInfo", notes=batch)]
        changes: list[tuple[str, dict[str, Any]]] = []
        self.pending: dict[str, tuple[int, int, str, str]] = {}
        other_kind = []
        for id_, info in zip(asked, infos, strict=True):
            if info.get("modelName") != NAMES[self.cards[id_].kind]:
                other_kind.append(id_)
                continue
            changes += self._content(id_, contents[id_], info, mods[self.numbers[id_]], overwrite)
        self.anki.several(changes)
        mods = self._note_times(self.numbers[id_] for id_ in self.pending)
        for id_, (sum_, mod, deck, words) in self.pending.items():
            self.sent.notes[id_] = sum_, mods.get(self.numbers[id_], mod), deck, words
        return other_kind

    def _note_times(self, numbers: Iterable[int]) -> dict[int, int]:
        found = (
            each for batch in _batches(list(numbers)) for each in self.anki.call("notesModTime", notes=batch)
        )
        return {each["noteId"]: each["mod"] for each in found if each}

    def _content(
        self, id_: str, mine: list[str], info: Mapping[str, Any], mod: int, overwrite: bool
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """What to do about one note whose content, time or tags are not as they were sent."""
        names = note_type(self.cards[id_].kind).fields
        current = _sum([info["fields"][name]["value"] for name in names])
        last, _, deck, last_tags = self.sent.notes.get(id_, (None, 0, self.deck_of.get(id_, ""), ""))
        if last is None and self.collection.exported.get(id_, (0, 0))[1] == mod:
            last = current  # it is as a package brought it
        new = _sum(mine)
        if current != new and (overwrite or current == last):
            self.done.updated.append(id_)
            for name, content in self.collection.media.found.items():
                if any(name in value for value in mine):
                    encoded = base64.b64encode(content).decode()
                    yield "storeMediaFile", {"filename": name, "data": encoded}
            yield (
                "updateNoteFields",
                {"note": {"id": self.numbers[id_], "fields": dict(zip(names, mine, strict=True))}},
            )
            current = new
        elif current != new and new != last:
            self.done.edited.append(id_)
        ours, before, theirs = set(tags(self.cards[id_])), set(last_tags.split()), set(info["tags"])
        for action, words in (("addTags", ours - before - theirs), ("removeTags", (before - ours) & theirs)):
            if words:
                yield action, {"notes": [self.numbers[id_]], "tags": " ".join(sorted(words))}
        sent = new if current == new else last if last is not None else 0
        self.pending[id_] = sent, mod, deck, " ".join(tags(self.cards[id_]))

    def _add(self, ids: list[str]) -> None:
        """Send new cards, with their pictures and their past, as a package."""
        if not ids:
            return
        cards, media = [self.cards[id_] for id_ in ids], Media(self.collection.media.folder)
        with tempfile.TemporaryDirectory(prefix="dp100-") as folder:
            path = Path(folder) / "new.apkg"
            seconds = dict.fromkeys(ids, self.now.at // 1000)
            write_package(
                path, cards, self.collection.titles, self.collection.name, self.now, seconds, self.plan,
                self.collection.study, media,
            )  # fmt: skip
            self.anki.call("importPackage", path=path.as_posix())
        times = self._note_times(self.numbers[id_] for id_ in ids)
        for card in cards:
            content = _sum(fields(card, media)), times.get(self.numbers[card.id], 0)
            self.sent.notes[card.id] = *content, self.decks[card.id], " ".join(tags(card))
        self.done.new = ids

    def _move(self) -> None:
        """Move cards whose deck changed here, unless the learner has put them elsewhere in Anki."""
        targets: dict[str, list[str]] = defaultdict(list)
        settled = [
            id_
            for id_ in self.here
            if id_ in self.sent.notes and id_ in self.cards and id_ not in self.waiting
        ]
        for id_ in settled:
            before = self.sent.notes[id_][2]
            if before != self.decks[id_] and self.deck_of.get(id_) == before:
                targets[self.decks[id_]].append(id_)
        for deck, ids in targets.items():
            self.anki.call("changeDeck", cards=[self.numbers[id_] for id_ in ids], deck=deck)
            self.done.moved += ids
        for id_ in settled:
            sum_, mod, _, words = self.sent.notes[id_]
            self.sent.notes[id_] = sum_, mod, self.decks[id_], words

    def _send_reviews(self) -> None:
        """Send reviews that Anki does not have, each card's schedule and memory before them."""
        lacking = [id_ for id_ in self.here if id_ in self.cards and self._lacks(id_)]
        self.done.waiting = [id_ for id_ in lacking if id_ in self.waiting]
        lacking = [id_ for id_ in lacking if id_ not in self.waiting]
        review = next((id_ for id_ in lacking if self._state(id_).phase == REVIEW), None)
        first_day = self._first_day(self.numbers[review]) if review else 0
        taken = {row[0] for rows in self.log.values() for row in rows}
        for ids in _batches(lacking):
            self.anki.several(self._scheduled(id_, first_day) for id_ in ids)
            rows = [row for id_ in ids for row in self._missing(id_, taken)]
            self._insert(rows)
            self.done.reviews += sum(row[3] > 0 for row in rows)

    def _state(self, id_: str) -> CardState:
        return self.plan.states.get(id_) or CardState(card=id_)

    def _lacks(self, id_: str) -> bool:
        theirs = [(at, ease) for at, _, ease, *_ in self.log[id_]]
        return any(
            not _has(theirs, e.moment.at, e.rating)
            for e in self.events.get(id_, ())
            if e.kind in ("review", "forget")
        )

    def _missing(self, id_: str, taken: set[int]) -> Iterator[tuple[int, ...]]:
        theirs = [(at, ease) for at, _, ease, *_ in self.log[id_]]
        for row in log_of(self.plan, id_, self.numbers[id_], set()):
            if not _has(theirs, row[0], row[3]):
                at = row[0]
                while at in taken:
                    at += 1
                taken.add(at)
                yield (at, *row[1:])

    def _scheduled(self, id_: str, first_day: int) -> tuple[str, dict[str, Any]]:
        """A card's schedule and memory as its values in Anki."""
        state = self._state(id_)
        kind, queue, due, interval, left = place(state, 0, first_day)
        values: dict[str, Any] = {
            "type": kind, "queue": queue, "due": due, "ivl": interval, "left": left, "reps": state.reps,
            "lapses": state.lapses, "factor": EASE if kind else 0, "memory_state": None,
        }  # fmt: skip
        if not state.is_new:
            memory, engine = memory_in_anki(state, self.now, self.plan), self.plan.engine
            values |= {
                "memory_state": {"stability": memory.stability, "difficulty": memory.difficulty},
                "desired_retention": engine.retention, "decay": engine.parameters[20],
                "last_review_time": state.last_at // 1000,
            }  # fmt: skip
        return _set(self.numbers[id_], values)

    def _first_day(self, number: int) -> int:
        """The day from which Anki counts due days: found by when a card falls due there that is due on day 0."""
        self.anki.several([_set(number, {"type": 2, "queue": 2, "due": 0, "ivl": 1})])
        low, high = -60_000, 1
        while low < high:
            middle = (low + high) // 2
            if self.anki.call("findCards", query=f"cid:{number} prop:due<={middle}"):
                high = middle
            else:
                low = middle + 1
        return day_of(self.now, self.plan.engine.rollover) + low

    def _insert(self, rows: list[tuple[int, ...]]) -> None:
        """Insert rows into the log; one whose moment another deck's review has comes a millisecond later."""
        try:
            self.anki.call("insertReviews", reviews=rows)
        except DataError:
            for row in rows if len(rows) > 1 else []:
                self._insert([row])
            if len(rows) == 1:
                self.anki.call("insertReviews", reviews=[(rows[0][0] + 1, *rows[0][1:])])

    def _send_marks(self) -> None:
        """Suspensions and flags as they are here."""
        flags: list[tuple[str, dict[str, Any]]] = []
        turned: dict[str, list[int]] = {"suspend": [], "unsuspend": []}
        now_seen = dict(self.done.intake.seen)
        for number, their in self.theirs.items():
            want = marks(self._state(their.card)) if their.card in self.cards else their.marks
            if want == their.marks:
                continue
            if their.card in self.waiting:
                self.done.waiting.append(their.card)
                continue
            if want % FLAGS != their.marks % FLAGS:
                flags.append(_set(number, {"flags": want % FLAGS}))
            if want // FLAGS != their.marks // FLAGS:
                turned["suspend" if want >= FLAGS else "unsuspend"].append(number)
            now_seen[their.card] = want
            self.done.marked.append(their.card)
        self.anki.several(flags)
        for action, numbers in turned.items():
            if numbers:
                self.anki.call(action, cards=numbers)
        self.seen = now_seen | {
            id_: marks(self._state(id_)) for id_ in self.done.new if marks(self._state(id_))
        }


def _set(number: int, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return "setSpecificValueOfCard", {
        "card": number, "keys": list(values), "newValues": list(values.values()), "warning_check": True,
    }  # fmt: skip


def _has(theirs: list[tuple[int, int]], at: int, rating: int) -> bool:
    """Is a review of ours among Anki's rows? Each of them is one review only."""
    for n, (id_, ease) in enumerate(theirs):
        if came_from_here([(at, rating)], id_, ease):
            del theirs[n]
            return True
    return False


def _sum(values: Sequence[str]) -> int:
    return zlib.crc32(unicodedata.normalize("NFC", "\x1f".join(values)).encode())
