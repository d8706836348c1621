"""Both ways with a running Anki: what is here and what is there are compared, and what differs is done.

Nothing depends on an earlier run having come to its end. Of a card's content, deck and tags the store remembers what
was last sent; whatever is something else in Anki is the learner's own, and stays. AnkiConnect does not give guids, but
the numbers of notes and cards are made of the cards' ids. Anki's schedule does not follow from reviews that are
inserted into its log; therefore a card gets its schedule and its memory too, and gets them first: after a break in
between the reviews are still missing, and both are done again.
"""

from __future__ import annotations

import base64
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
from dp100cards.errors import DataError
from dp100cards.exchange import anki_notes
from dp100cards.exchange.anki_connect import Action, AnkiConnect, batches, values_of_card
from dp100cards.exchange.anki_in import Intake, Row, Theirs, came_from_here, merge
from dp100cards.exchange.anki_notes import NAMES, Media, data, fields, note_type, stable_id, tags
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
from dp100cards.scheduler.event import REVIEW, CardState, Moment, day_of
from dp100cards.store.store import Store

OURS = '"note:dp100 *"'

Sent = dict[str, tuple[int | None, int, str, str]]
"""What Anki has from here. Of each card: checksum of its fields, time of its note, deck, tags."""


def read_sent(text: str | None) -> tuple[str, Sent]:
    """The profile and what was sent to it, as the store keeps them; nothing, if it cannot be read."""
    try:
        profile, notes = json.loads(text or "")
        return str(profile), {
            str(id_): (s and int(s), int(m), str(d), str(t)) for id_, (s, m, d, t) in notes.items()
        }
    except (ValueError, TypeError, AttributeError):
        return "", {}


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
    """Not in the decks here any more, and not deleted there, for the learner did not want it."""


class Sync:
    """One run. `exported` says when each card's content last changed, as packages had it."""

    def __init__(
        self, anki: AnkiConnect, store: Store, sent: Sent, now: Moment, offset: Callable[[float], int],
        cards: Sequence[Card], titles: Mapping[str, str], name: str, study: StudyOptions, media: Media, exported: Known,
    ) -> None:  # fmt: skip
        self.anki, self.store, self.sent, self.now, self.offset = anki, store, sent, now, offset
        self.cards = {card.id: card for card in cards}
        self.titles, self.name, self.study, self.media, self.exported = titles, name, study, media, exported
        removed = {id_: stable_id("note", id_) for id_ in sent.keys() - self.cards.keys()}
        self.numbers = removed | note_numbers(cards)
        names = deck_names(dict.fromkeys(card.deck for card in cards), titles, name)
        self.decks = {card.id: names[card.deck] for card in cards}

    def run(
        self, seen: Mapping[str, int], schedule: Callable[[], Schedule], *, may_delete: Callable[[int, int], bool],
        overwrite: bool = False, restore: bool = False,
    ) -> Synced:  # fmt: skip
        """All of it. `schedule` is asked once Anki's reviews are recorded."""
        self._look()
        log = sorted(row for rows in self.log.values() for row in rows)
        past, states = list(self.store.events(undone=True)), self.store.states()
        done = self.done = Synced(merge(self.theirs, log, past, states, self.now, self.offset, seen))
        if done.intake.events:
            self.store.back_up(self.now, "before-import")
        self.store.record_all(done.intake.events)
        self.plan = schedule()
        self.mine = [id_ for id_ in self.here if id_ in self.cards]
        other_kind = self._contents(overwrite)
        left = [id_ for id_ in self.here if id_ not in self.cards]
        if left and not may_delete(len(left), len(self.here)):
            left, done.kept = [], left
        done.deleted = left
        if left or other_kind:
            self.anki.call("deleteNotes", notes=[self.numbers[id_] for id_ in (*left, *other_kind)])
        for id_ in left:
            del self.sent[id_]
        self.mine = [id_ for id_ in self.mine if id_ not in other_kind]
        absent = [id_ for id_ in self.cards if id_ not in self.theirs_of]
        # Where nothing is left of what was sent, the collection is another one, or was begun anew.
        if not restore and any(id_ in self.sent for id_ in self.here):
            done.gone = [id_ for id_ in absent if id_ in self.sent]
        self._add([*other_kind, *(id_ for id_ in absent if id_ not in done.gone)])
        self._move()
        self._send_reviews()
        self._send_marks()
        return done

    def _look(self) -> None:
        """All that is in Anki of ours."""
        ids = {number: id_ for id_, number in self.numbers.items()}
        searches = ("", " deck:filtered", " is:suspended", *(f" flag:{n}" for n in range(1, FLAGS)))
        found, filtered, suspended, *flagged = self.anki.several(
            ("findCards", {"query": OURS + search}) for search in searches
        )
        marked = dict.fromkeys((number for number in found if number in ids), 0)
        for value, numbers in ((FLAGS, suspended), *enumerate(flagged, 1)):
            for number in marked.keys() & set(numbers):
                marked[number] += value
        times = {
            each["cardId"]: each["mod"]
            for each in self.anki.in_batches("cardsModTime", "cards", marked)
            if each
        }
        self.theirs = {number: Theirs(ids[number], mod, marked[number]) for number, mod in times.items()}
        self.theirs_of = {their.card: their for their in self.theirs.values()}
        self.here = list(self.theirs_of)
        self.log: dict[str, list[Row]] = defaultdict(list)
        for batch in batches(list(marked)):
            for number, rows in self.anki.call("getReviewsOfCards", cards=batch).items():
                self.log[ids[int(number)]] = [
                    (r["id"], int(number), r["ease"], r["factor"], r["time"], r["type"]) for r in rows
                ]
        decks = self.anki.call("getDecks", cards=list(marked)) if marked else {}
        self.deck_of = {ids[number]: deck for deck, numbers in decks.items() for number in numbers}
        self.in_filtered = {ids[number] for number in filtered if number in marked}

    # Content

    def _contents(self, overwrite: bool) -> list[str]:
        """Bring templates, fields and tags up to date; the cards whose note type is another now."""
        types = {name: note_type(kind) for kind, name in NAMES.items()}
        names = [name for name in self.anki.call("modelNames") if name in types]
        for model in self.anki.call("findModelsByName", modelNames=names):
            if model["mod"] < anki_notes.CHANGED:
                name, mine = model["name"], types[model["name"]]
                sides = {"Card 1": {"Front": mine.front, "Back": mine.back}}
                self.anki.call("updateModelTemplates", model={"name": name, "templates": sides})
                self.anki.call("updateModelStyling", model={"name": name, "css": data("anki.css")})
        mods, asked = self._times(self.mine), {}
        for id_ in self.mine:
            values = fields(self.cards[id_], self.media)
            sum_, mod, _, words = self.sent.get(id_, (None, 0, "", ""))
            if (sum_, mod, words) != (_sum(values), mods.get(id_), " ".join(tags(self.cards[id_]))):
                asked[id_] = values
        changes, other_kind, after = list[Action](), list[str](), Sent()
        infos = self.anki.in_batches("notesInfo", "notes", [self.numbers[id_] for id_ in asked])
        for (id_, values), info in zip(asked.items(), infos, strict=True):
            if info.get("modelName") == NAMES[self.cards[id_].kind]:
                changes += self._content(id_, values, info, mods[id_], overwrite, after)
            else:
                other_kind.append(id_)
        self.anki.several(changes)
        mods = self._times(after)
        for id_, (sum_, _, deck, words) in after.items():
            self.sent[id_] = sum_, mods[id_], deck, words
        return other_kind

    def _times(self, ids: Iterable[str]) -> dict[str, int]:
        """When each note last changed in Anki."""
        numbers = {self.numbers[id_]: id_ for id_ in ids}
        found = self.anki.in_batches("notesModTime", "notes", numbers)
        return {numbers[each["noteId"]]: each["mod"] for each in found if each}

    def _content(
        self, id_: str, mine: list[str], info: Mapping[str, Any], mod: int, overwrite: bool, after: Sent
    ) -> Iterator[Action]:
        """What to do about one note whose content, time or tags are not as they were sent."""
        names, ours = note_type(self.cards[id_].kind).fields, tags(self.cards[id_])
        last, _, deck, words = self.sent.get(id_, (None, 0, self.deck_of.get(id_, ""), ""))
        new, current = _sum(mine), _sum([info["fields"][name]["value"] for name in names])
        if last is None and self.exported.get(id_, (0, 0))[1] == mod:
            last = current  # it is as a package brought it
        if current != new and (overwrite or current == last):
            self.done.updated.append(id_)
            for name, content in self.media.found.items():
                if any(name in value for value in mine):
                    yield "storeMediaFile", {"filename": name, "data": base64.b64encode(content).decode()}
            note = {"id": self.numbers[id_], "fields": dict(zip(names, mine, strict=True))}
            yield "updateNoteFields", {"note": note}
            current = new
        elif current != new and new != last:
            self.done.edited.append(id_)
        before, theirs = set(words.split()), set(info["tags"])
        for action, changed in (
            ("addTags", {*ours} - before - theirs),
            ("removeTags", (before - {*ours}) & theirs),
        ):
            if changed:
                yield action, {"notes": [self.numbers[id_]], "tags": " ".join(sorted(changed))}
        after[id_] = new if current == new else last, mod, deck, " ".join(ours)

    def _add(self, ids: list[str]) -> None:
        """Send new cards, with their pictures and their past, as a package."""
        cards, media = [self.cards[id_] for id_ in ids], Media(self.media.folder)
        if not cards:
            return
        with tempfile.TemporaryDirectory(prefix="dp100-") as folder:
            path, seconds = Path(folder) / "new.apkg", dict.fromkeys(ids, self.now.at // 1000)
            write_package(
                path, cards, self.titles, self.name, self.now, seconds, self.plan, self.study, media
            )
            self.anki.call("importPackage", path=path.as_posix())
        times = self._times(ids)
        for card in cards:
            content, words = _sum(fields(card, media)), " ".join(tags(card))
            self.sent[card.id] = content, times.get(card.id, 0), self.decks[card.id], words
        self.done.new = ids

    def _move(self) -> None:
        """Move cards whose deck changed here, unless the learner has put them elsewhere in Anki."""
        settled = [id_ for id_ in self.mine if id_ in self.sent and id_ not in self.in_filtered]
        targets: dict[str, list[str]] = defaultdict(list)
        for id_ in settled:
            if self.sent[id_][2] != self.decks[id_] and self.deck_of[id_] == self.sent[id_][2]:
                targets[self.decks[id_]].append(id_)
        for deck, ids in targets.items():
            self.anki.call("changeDeck", cards=[self.numbers[id_] for id_ in ids], deck=deck)
            self.done.moved += ids
        for id_ in settled:
            sum_, mod, _, words = self.sent[id_]
            self.sent[id_] = sum_, mod, self.decks[id_], words

    # Reviews, and what follows from them

    def _send_reviews(self) -> None:
        """Send reviews that Anki does not have, each card's schedule and memory before them."""
        lacking = [id_ for id_ in self.mine if any(self._missing(id_))]
        self.done.waiting = [id_ for id_ in lacking if id_ in self.in_filtered]
        lacking = [id_ for id_ in lacking if id_ not in self.in_filtered]
        review = next((id_ for id_ in lacking if self._state(id_).phase == REVIEW), None)
        first_day = self._first_day(self.numbers[review]) if review else 0
        taken = {row[0] for rows in self.log.values() for row in rows}
        for ids in batches(lacking):
            self.anki.several(
                values_of_card(self.numbers[id_], self._schedule(id_, first_day)) for id_ in ids
            )
            rows = []
            for id_ in ids:
                missing = {(at, rating) for at, rating in self._missing(id_)}
                for at, *row in log_of(self.plan, id_, self.numbers[id_], set()):
                    if any(came_from_here([each], at, row[2]) for each in missing):
                        while at in taken:
                            at += 1
                        taken.add(at)
                        rows.append((at, *row))
            self._insert(rows)
            self.done.reviews += sum(row[3] > 0 for row in rows)

    def _state(self, id_: str) -> CardState:
        return self.plan.states.get(id_) or CardState(card=id_)

    def _missing(self, id_: str) -> Iterator[tuple[int, int]]:
        """The moment and rating of each review of ours that is not in Anki's log; a new start has no rating."""
        theirs = [(at, ease) for at, _, ease, *_ in self.log[id_]]
        for event in self.plan.events.get(id_, ()):
            if event.kind in ("review", "forget"):
                mine = event.moment.at, event.rating
                taken_in = event.origin_id if event.origin == "anki" else None
                found = next((r for r in theirs if r[0] == taken_in or came_from_here([mine], *r)), None)
                if found:
                    theirs.remove(found)
                else:
                    yield mine

    def _schedule(self, id_: str, first_day: int) -> dict[str, Any]:
        """A card's schedule and memory as its values in Anki."""
        state, engine = self._state(id_), self.plan.engine
        kind, queue, due, interval, left = place(state, 0, first_day)
        values: dict[str, Any] = {
            "type": kind, "queue": queue, "due": due, "ivl": interval, "left": left, "reps": state.reps,
            "lapses": state.lapses, "factor": EASE if kind else 0, "memory_state": None,
        }  # fmt: skip
        if not state.is_new:
            memory = memory_in_anki(state, self.now, self.plan)
            values |= {
                "memory_state": {"stability": memory.stability, "difficulty": memory.difficulty},
                "desired_retention": engine.retention, "decay": engine.parameters[20],
                "last_review_time": state.last_at // 1000,
            }  # fmt: skip
        return values

    def _first_day(self, number: int) -> int:
        """The day from which Anki counts due days: found by when a card falls due there that is due on day 0."""
        self.anki.several([values_of_card(number, {"type": 2, "queue": 2, "due": 0, "ivl": 1})])
        low, high = -60_000, 1
        while low < high:
            middle = (low + high) // 2
            due = self.anki.call("findCards", query=f"cid:{number} prop:due<={middle}")
            low, high = (low, middle) if due else (middle + 1, high)
        return day_of(self.now, self.plan.engine.rollover) + low

    def _insert(self, rows: list[tuple[int, ...]]) -> None:
        """Insert rows into the log; one whose moment another deck's review has comes a millisecond later."""
        try:
            self.anki.call("insertReviews", reviews=rows)
        except DataError:
            if len(rows) == 1:
                self.anki.call("insertReviews", reviews=[(rows[0][0] + 1, *rows[0][1:])])
            for row in rows if len(rows) > 1 else []:
                self._insert([row])

    def _send_marks(self) -> None:
        """Suspensions and flags as they are here."""
        flags, turned = list[Action](), {"suspend": list[int](), "unsuspend": list[int]()}
        self.seen = {
            **self.done.intake.seen,
            **{id_: n for id_ in self.done.new if (n := marks(self._state(id_)))},
        }
        for id_ in self.mine:
            want, have, number = marks(self._state(id_)), self.theirs_of[id_].marks, self.numbers[id_]
            if want != have and id_ in self.in_filtered:
                self.done.waiting.append(id_)
            elif want != have:
                flags += [values_of_card(number, {"flags": want % FLAGS})] * (want % FLAGS != have % FLAGS)
                if want // FLAGS != have // FLAGS:
                    turned["suspend" if want >= FLAGS else "unsuspend"].append(number)
                self.seen[id_] = want
                self.done.marked.append(id_)
        self.anki.several(flags)
        for action, numbers in turned.items():
            if numbers:
                self.anki.call(action, cards=numbers)


def _sum(values: Sequence[str]) -> int:
    return zlib.crc32(unicodedata.normalize("NFC", "\x1f".join(values)).encode())
