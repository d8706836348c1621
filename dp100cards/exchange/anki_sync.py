"""Both ways with a running Anki, through its add-on AnkiConnect: what differs here and there is done.

Nothing depends on an earlier run having come to its end. Of a card's content, deck and tags the store remembers what
was last sent; whatever is something else in Anki is the learner's own, and stays. AnkiConnect does not give guids, but
the numbers of notes and cards are made of the cards' ids. Anki's schedule does not follow from reviews that are
inserted into its log; therefore a card gets its schedule and its memory too, and gets them first: after a break in
between the reviews are still missing, and both are done again.
"""

from __future__ import annotations

import base64
import http.client
import json
import tempfile
import unicodedata
import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from dp100cards.errors import DataError, UsageError
from dp100cards.exchange import anki_out
from dp100cards.exchange.anki_in import Here, Row, Theirs, merge, remember_seen
from dp100cards.exchange.anki_out import FLAGS, Known, Package, Schedule, fields, marks, note_type, tags
from dp100cards.exchange.markup import Media, data
from dp100cards.scheduler.event import REVIEW, Event, day_of
from dp100cards.store.store import Store

HOST, PORT = "127.0.0.1", 8765
PATIENCE = 120  # seconds: Anki answers between two redraws of its window, and a large import takes a while
BATCH = 200
REFUSED = {
    # `getActiveProfile`, which is asked first, came with 24.7.25; everything else that is needed came before it.
    "unsupported action": "this AnkiConnect is too old: 24.7.25 or newer is needed. In Anki: Tools, Add-ons, Check for"
    " Updates",
    "valid api key must be provided": "AnkiConnect asks for its key: put the `apiKey` of its settings into the"
    " environment variable ANKICONNECT_KEY",
}
AGAIN = "Nothing is lost: run `dp100 anki sync` again"
OURS = '"note:dp100 *"'

Action = tuple[str, dict[str, Any]]


class AnkiConnect:
    """The add-on. What goes wrong is a UsageError or DataError, with a sentence."""

    def __init__(self, port: int = PORT, key: str = "") -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        self._key = {"key": key} if key else {}

    def _request(self, action: str, params: Mapping[str, Any]) -> dict[str, Any]:
        return {"action": action, "version": 6, "params": params} | self._key

    def call(self, action: str, **params: Any) -> Any:
        request = json.dumps(self._request(action, params))
        try:
            self._connection.request("POST", "/", request, {"Content-Type": "application/json"})
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
        return _checked(action, error, result)

    def several(self, actions: Iterable[Action]) -> list[Any]:
        results: list[Any] = []
        for batch in batches(actions):
            replies = self.call("multi", actions=[self._request(*action) for action in batch])
            results += [
                _checked(name, reply.get("error"), reply.get("result"))
                for (name, _), reply in zip(batch, replies, strict=True)
            ]
        return results

    def in_batches(self, action: str, name: str, items: Iterable[Any]) -> Iterator[Any]:
        """The results of an action that takes a list under this name, one for each of the items."""
        for batch in batches(items):
            yield from self.call(action, **{name: batch})

    def profile(self) -> str:
        """The name of the open profile."""
        if name := self.call("getActiveProfile"):
            return str(name)
        raise UsageError("no profile is open in Anki; open yours and try again")


def _checked(action: str, error: Any, result: Any) -> Any:
    """The result of an action, if it was done."""
    if action == "setSpecificValueOfCard" and result != [True]:
        error = error or str(result)
    if str(error) in REFUSED:
        raise UsageError(REFUSED[error])
    if error:
        raise DataError(f"Anki could not do {action}: {error}. {AGAIN}")
    return result


def batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    whole = list(items)
    return (whole[n : n + BATCH] for n in range(0, len(whole), BATCH))


class Last(NamedTuple):
    """What was last sent to Anki of a card."""

    content: int | None = None  # a checksum of its fields; None where it is not known
    deck: str = ""
    tags: str = ""


Sent = dict[str, Last]


def read_sent(text: str | None) -> tuple[str, Sent]:
    """The profile and what was sent to it, as the store keeps them; nothing, if it cannot be read."""
    try:
        profile, notes = json.loads(text or "")
        # Between the content and the deck there was more once.
        kept = {str(id_): Last(n and int(n), str(d), str(words)) for id_, (n, *_, d, words) in notes.items()}
        return str(profile), kept
    except (ValueError, TypeError, AttributeError):
        return "", {}


@dataclass
class Sync:
    """A sync. `done` says what it did, and what it left: the ids of the cards."""

    anki: AnkiConnect
    store: Store
    sent: Sent
    package: Package
    exported: Known
    here: Here
    may_delete: Callable[[int, int], bool]  # so many, of so many?
    overwrite: bool = False
    restore: bool = False
    reviews: int = 0
    done: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def run(self) -> None:
        """Take in what is new in Anki, then do there what is new here: content first, reviews and marks last."""
        self.cards = {card.id: card for card in self.package.cards}
        removed = {id_: anki_out.stable_id("note", id_) for id_ in self.sent.keys() - self.cards.keys()}
        self.numbers = removed | self.package.numbers
        self.decks = {card.id: self.package.decks[card.deck] for card in self.package.cards}
        self._look()
        self.intake = merge(self.theirs, sorted(chain.from_iterable(self.log.values())), self.here)
        self.intake.record(self.store)
        self.plan = Schedule.of(self.store)
        self.mine = [id_ for id_ in self.there if id_ in self.cards]
        other_kind = self._contents()
        left = [id_ for id_ in self.there if id_ not in self.cards]
        goes = not left or self.may_delete(len(left), len(self.there))
        self.done["deleted" if goes else "kept"] = left
        to_delete = [*self.done["deleted"], *other_kind]
        if to_delete:
            self.anki.call("deleteNotes", notes=[self.numbers[id_] for id_ in to_delete])
        for id_ in to_delete:
            self.sent.pop(id_, None)
        self.mine = [id_ for id_ in self.mine if id_ not in other_kind]
        absent = [id_ for id_ in self.cards if id_ not in self.there]
        # Where nothing is left of what was sent, the collection is another one, or was begun anew.
        if not self.restore and any(id_ in self.sent for id_ in self.there):
            self.done["gone"] = [id_ for id_ in absent if id_ in self.sent]
        self._add([*other_kind, *(id_ for id_ in absent if id_ not in self.done["gone"])])
        self._move()
        self._send_reviews()
        self._send_marks()

    def _look(self) -> None:
        """All that is in Anki of ours."""
        ids = {number: id_ for id_, number in self.numbers.items()}
        searches = ("", " deck:filtered", " is:suspended", *(f" flag:{n}" for n in range(1, FLAGS)))
        actions = [("findCards", {"query": OURS + search}) for search in searches]
        found, filtered, suspended, *flagged = self.anki.several(actions)
        marked = dict.fromkeys((number for number in found if number in ids), 0)
        for value, numbers in ((FLAGS, suspended), *enumerate(flagged, 1)):
            for number in marked.keys() & set(numbers):
                marked[number] += value
        times = [each for each in self.anki.in_batches("cardsModTime", "cards", marked) if each]
        self.theirs = {n: Theirs(ids[n], each["mod"], marked[n]) for each in times if (n := each["cardId"])}
        self.there = {their.card: their for their in self.theirs.values()}
        self.log: dict[str, list[Row]] = defaultdict(list)
        for batch in batches(marked):
            for number, rows in self.anki.call("getReviewsOfCards", cards=batch).items():
                n = int(number)
                self.log[ids[n]] = [(r["id"], n, r["ease"], r["factor"], r["time"], r["type"]) for r in rows]
        decks = self.anki.call("getDecks", cards=list(marked)) if marked else {}
        self.deck_of = {ids[number]: deck for deck, numbers in decks.items() for number in numbers}
        self.in_filtered = {ids[number] for number in filtered if number in marked}

    # Content

    def _contents(self) -> list[str]:
        """Bring templates, fields and tags up to date; the cards whose note type is another now."""
        types = {name: note_type(kind) for kind, name in anki_out.NAMES.items()}
        names = [name for name in self.anki.call("modelNames") if name in types]
        for model in self.anki.call("findModelsByName", modelNames=names):
            if model["mod"] < anki_out.CHANGED:
                name, mine = model["name"], types[model["name"]]
                sides = {"Card 1": {"Front": mine.front, "Back": mine.back}}
                self.anki.call("updateModelTemplates", model={"name": name, "templates": sides})
                self.anki.call("updateModelStyling", model={"name": name, "css": data("anki.css")})
        changes, other_kind, after = list[Action](), list[str](), Sent()
        numbers = [self.numbers[id_] for id_ in self.mine]
        for id_, info in zip(self.mine, self.anki.in_batches("notesInfo", "notes", numbers), strict=True):
            if info.get("modelName") == anki_out.NAMES[self.cards[id_].kind]:
                after[id_] = self._content(id_, info, changes)
            else:
                other_kind.append(id_)
        self.anki.several(changes)
        self.sent |= after
        return other_kind

    def _content(self, id_: str, info: Any, changes: list[Action]) -> Last:
        """What there is to change in one note; what was sent of it then."""
        card, number = self.cards[id_], self.numbers[id_]
        last = self.sent.get(id_, Last(deck=self.deck_of.get(id_, "")))
        values = dict(zip(note_type(card.kind).fields, fields(card, self.package.media), strict=True))
        there = [info["fields"].get(name, {}).get("value", "") for name in values]
        new, current = _sum(values.values()), _sum(there)
        as_packed = last.content is None and info.get("mod") == self.exported.get(id_, (0, 0))[1]
        if current != new and (self.overwrite or as_packed or current == last.content):
            self.done["updated"].append(id_)
            for name, content in self.package.media.found.items():
                if any(name in value for value in values.values()):
                    picture = {"filename": name, "data": base64.b64encode(content).decode()}
                    changes.append(("storeMediaFile", picture))
            changes.append(("updateNoteFields", {"note": {"id": number, "fields": values}}))
            current = new
        elif current != new and new != last.content:
            self.done["edited"].append(id_)
        ours, before, theirs = {*tags(card)}, {*last.tags.split()}, {*info["tags"]}
        tagging = {"addTags": ours - before - theirs, "removeTags": (before - ours) & theirs}
        for action, some in tagging.items():
            if some:
                changes.append((action, {"notes": [number], "tags": " ".join(sorted(some))}))
        return Last(new if current == new else last.content, last.deck, " ".join(tags(card)))

    def _add(self, ids: list[str]) -> None:
        """Send new cards, with their pictures and their past, as a package."""
        if not ids:
            return
        cards, seconds = [self.cards[id_] for id_ in ids], dict.fromkeys(ids, self.here.now.at // 1000)
        media = Media(self.package.media.folder)
        package = replace(self.package, cards=cards, changed=seconds, schedule=self.plan, media=media)
        with tempfile.TemporaryDirectory(prefix="dp100-") as folder:
            path = Path(folder) / "new.apkg"
            package.write(path)
            self.anki.call("importPackage", path=path.as_posix())
        self.done["new"] = ids
        for card in cards:
            self.sent[card.id] = Last(_sum(fields(card, media)), self.decks[card.id], " ".join(tags(card)))

    def _move(self) -> None:
        """Move cards whose deck changed here, unless the learner has put them elsewhere in Anki."""
        targets: dict[str, list[str]] = defaultdict(list)
        settled = [id_ for id_ in self.mine if id_ in self.sent and id_ not in self.in_filtered]
        for id_ in settled:
            last, deck = self.sent[id_], self.decks[id_]
            if last.deck != deck and self.deck_of.get(id_) == last.deck:
                targets[deck].append(id_)
        for deck, ids in targets.items():
            self.anki.call("changeDeck", cards=[self.numbers[id_] for id_ in ids], deck=deck)
            self.done["moved to another deck"] += ids
        self.sent |= {id_: self.sent[id_]._replace(deck=self.decks[id_]) for id_ in settled}

    # Reviews, and what follows from them

    def _send_reviews(self) -> None:
        """Send reviews that Anki does not have, each card's schedule and memory before them."""
        taken = {row[0] for rows in self.log.values() for row in rows}
        self._ids = frozenset(taken)
        lacking = [id_ for id_ in self.mine if any(map(self._lacks, self.plan.events.get(id_, ())))]
        self.done["waiting"] = [id_ for id_ in lacking if id_ in self.in_filtered]
        free = [id_ for id_ in lacking if id_ not in self.in_filtered]
        review = next((id_ for id_ in free if self.plan.state(id_).phase == REVIEW), None)
        first_day = self._first_day(self.numbers[review]) if review else 0
        for ids in batches(free):
            self.anki.several(self._schedule(id_, first_day) for id_ in ids)
            each = (pair for id_ in ids for pair in self.plan.log(id_, self.numbers[id_], taken))
            rows = [row for event, row in each if self._lacks(event)]
            self._insert(rows)
            self.reviews += sum(row[3] > 0 for row in rows)

    def _lacks(self, event: Event) -> bool:
        """Is it a review, or a new start, that is not in Anki's log?"""
        if event.origin == "anki":
            return event.kind in ("review", "forget") and event.origin_id not in self._ids
        return (event.kind, event.moment.at, event.rating) in self.intake.lacking.get(event.card, ())

    def _schedule(self, id_: str, first_day: int) -> Action:
        """Give a card its schedule and its memory as its values in Anki."""
        state = self.plan.state(id_)
        values: dict[str, Any] = anki_out.placed(state, 0, first_day) | {"memory_state": None}
        if not state.is_new:
            stability, difficulty, *rest = self.plan.memory(state, self.here.now)
            values["memory_state"] = {"stability": stability, "difficulty": difficulty}
            values |= zip(("desired_retention", "decay", "last_review_time"), rest, strict=True)
        return values_of_card(self.numbers[id_], values)

    def _first_day(self, number: int) -> int:
        """The day from which Anki counts due days: found by when a card falls due there that is due on day 0."""
        self.anki.several([values_of_card(number, {"type": 2, "queue": 2, "due": 0, "ivl": 1})])
        days, query = range(-60_000, 1), f"cid:{number} prop:due<="
        found = bisect_left(days, 1, key=lambda day: len(self.anki.call("findCards", query=f"{query}{day}")))
        return day_of(self.here.now) + days[0] + found

    def _insert(self, rows: Sequence[Sequence[int]]) -> None:
        """Insert rows into the log; one whose moment another deck's review has comes a millisecond later."""
        try:
            self.anki.call("insertReviews", reviews=rows)
        except DataError:
            if len(rows) == 1:
                self.anki.call("insertReviews", reviews=[(rows[0][0] + 1, *rows[0][1:])])
            else:
                for row in rows:
                    self._insert([row])

    def _send_marks(self) -> None:
        """Suspensions and flags as they are here."""
        actions, turned = list[Action](), {"suspend": list[int](), "unsuspend": list[int]()}
        seen = dict(self.intake.seen)
        seen |= {id_: n for id_ in self.done["new"] if (n := marks(self.plan.state(id_)))}
        for id_ in self.mine:
            want, have, number = marks(self.plan.state(id_)), self.there[id_].marks, self.numbers[id_]
            if want == have or id_ in self.done["waiting"]:
                continue
            if id_ in self.in_filtered:
                self.done["waiting"].append(id_)
                continue
            if want % FLAGS != have % FLAGS:
                actions.append(values_of_card(number, {"flags": want % FLAGS}))
            if want // FLAGS != have // FLAGS:
                turned["suspend" if want >= FLAGS else "unsuspend"].append(number)
            seen[id_] = want
            self.done["suspended or flagged as here"].append(id_)
        actions += [(action, {"cards": numbers}) for action, numbers in turned.items() if numbers]
        self.anki.several(actions)
        remember_seen(self.store, seen)


def values_of_card(number: int, values: Mapping[str, Any]) -> Action:
    """The action that sets values of a card."""
    given = {"card": number, "keys": list(values), "newValues": list(values.values()), "warning_check": True}
    return "setSpecificValueOfCard", given


def _sum(values: Iterable[str]) -> int:
    return zlib.crc32(unicodedata.normalize("NFC", "\x1f".join(values)).encode())
