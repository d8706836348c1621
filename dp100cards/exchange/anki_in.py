"""What was done in Anki, as events here: each review once, however often a file comes and however histories overlap.

| in Anki's review log                                    | here                                                   |
| ------------------------------------------------------- | ------------------------------------------------------ |
| learn, review, relearn with a rating                    | review                                                 |
| cram with a factor (it moved the schedule)              | review                                                 |
| cram without                                            | practice                                               |
| manual without a factor (the card was reset)            | forget                                                 |
| any other (due date set by hand, rescheduled)           | nothing: it says nothing about memory                  |

A row came from here if it is within a second after a review of the same card with the same rating: a package gives a
review's own moment, moved by milliseconds where two would collide. Also reviews that were undone here since.

Anki says when a card last changed, but not what of it did: a review, a flag and a suspension look alike. A suspension
or flag is taken over only if it is not what Anki is known to have had before (what an earlier import saw there, else
what the card was handed over with), and if nothing was set here later. When in doubt, what the learner set here stays.
Where nothing was ever set here (a new machine), Anki's word counts.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from dp100cards.exchange.anki_out import FLAGS, MARK
from dp100cards.scheduler.event import DAY, CardState, Event, Moment
from dp100cards.store.store import Store

SLACK = 1000  # milliseconds by which a row that came from here may be later than the review that it was
LONGEST = 3_600_000  # milliseconds: an answer took no longer than this
CRAM, MANUAL = 3, 4

Row = tuple[int, int, int, int, int, int]
"""A row of Anki's review log: id, card, ease, factor, time, type."""
SEEN = "seen in Anki"  # the setting that holds suspensions and flags as they were last seen there

Past = list[tuple[str, int, int]]  # of a card: the kind, moment and rating of each review and each new start


class Here(NamedTuple):
    """What is here when Anki's comes."""

    past: Sequence[Event]  # all events, undone ones too
    states: Mapping[str, CardState]
    now: Moment
    offset: Callable[[float], int]  # minutes from UTC at a time in seconds: Anki keeps none with its reviews
    seen: Mapping[str, int] = {}  # suspension and flag of each card, as last seen there

    @classmethod
    def of(cls, store: Store, now: Moment, offset: Callable[[float], int]) -> Here:
        seen = dict[str, int]()  # it may never have been written, or be broken
        with suppress(ValueError, TypeError, AttributeError):
            seen = {str(id_): int(n) for id_, n in json.loads(store.setting(SEEN) or "{}").items()}
        return cls(list(store.events(undone=True)), store.states(), now, offset, seen)


@dataclass(frozen=True, slots=True)
class Intake:
    """What Anki holds for us: new events in the order of their times, and what was counted beside them."""

    events: tuple[Event, ...]
    notes: int  # of ours
    foreign: int = 0  # notes that are not ours
    known: int = 0  # reviews that are here already
    bare: bool = False  # was the file exported without its learning progress?
    # Suspensions and flags there, where not as handed over.
    seen: Mapping[str, int] = field(default_factory=dict)
    # What Anki does not have of the past of each card here.
    lacking: Mapping[str, Past] = field(default_factory=dict)

    def record(self, store: Store) -> None:
        """Record what came, after a backup."""
        if self.events:
            store.back_up("before-import")
            store.record_all(self.events)
        remember_seen(store, self.seen)

    def count(self, *kinds: str) -> int:
        return sum(event.kind in kinds for event in self.events)

    @property
    def cards(self) -> int:
        return len({event.card for event in self.events if event.kind == "review"})


def remember_seen(store: Store, seen: Mapping[str, int]) -> None:
    if seen or store.setting(SEEN):
        store.set_setting(SEEN, json.dumps(seen, sort_keys=True))


class Theirs(NamedTuple):
    """A card of ours as it is in Anki; `mod` in seconds."""

    card: str
    mod: int
    marks: int  # suspension and flag as one number, as `anki_out.marks` makes it
    given: int = 0  # the same, as the card was handed over


def take(
    connection: sqlite3.Connection, ours: AbstractSet[str] | Mapping[tuple[str, int], str], here: Here
) -> Intake:
    """Read an opened collection.

    `ours` are the ids of our cards, which are their notes' guids; or a mapping from guid and number of a card there.
    """
    # A note of ours has one card; what a learner added to the note type in Anki is not known here.
    known = ours if isinstance(ours, Mapping) else {(id_, 0): id_ for id_ in ours}
    guids, theirs = {guid for guid, _ in known}, dict[int, Theirs]()
    for id_, guid, number, mod, marks, data in connection.execute(
        "SELECT cards.id, guid, ord, cards.mod, (queue = -1) * 8 + (cards.flags & 7), cards.data"
        " FROM cards JOIN notes ON notes.id = nid"
        " WHERE typeof(cards.mod) = 'integer' AND typeof(queue) = 'integer' AND typeof(cards.flags) = 'integer'",
    ):
        if card := known.get((guid, number)):
            given = re.search(rf"{MARK}\W+(\d{{1,2}})\W", str(data))
            theirs[id_] = Theirs(card, mod, marks, int(given[1]) if given else 0)
    foreign = sum(guid not in guids for (guid,) in connection.execute("SELECT guid FROM notes"))
    # Anki exports no trace of learning unless it is asked to include the learning progress.
    traces = "SELECT 1 FROM revlog UNION ALL SELECT 1 FROM cards WHERE type <> 0 OR queue <> 0 OR flags <> 0"
    if connection.execute(f"{traces} LIMIT 1").fetchone() is None:
        return Intake((), len(theirs), foreign, bare=True, seen=here.seen)
    return merge(theirs, connection.execute(LOG), here, foreign)


LOG = """SELECT id, cid, ease + (type IN (0, 2) AND ease IN (2, 3) AND EXISTS (
        SELECT 1 FROM col WHERE CASE WHEN json_valid(conf) THEN ifnull(json_extract(conf, '$.schedVer'), 1) = 1 END
    )), factor, time, type FROM revlog
    WHERE typeof(id) = 'integer' AND typeof(cid) = 'integer' AND typeof(ease) = 'integer'
        AND typeof(factor) = 'integer' AND typeof(time) = 'integer' AND typeof(type) = 'integer'
    ORDER BY id"""
"""The review log in the order of its times, whole numbers only. Anki's first scheduler knew only again, good and easy
(1 to 3) in learning; Anki itself reads a collection that way that has no `schedVer`."""


def merge(theirs: Mapping[int, Theirs], log: Iterable[Row], here: Here, foreign: int = 0) -> Intake:
    """What is new in Anki's review log, and in the marks of its cards."""
    local: dict[str, Past] = defaultdict(list)
    taken, changed = set[int](), dict[tuple[str, str], int]()
    for event in here.past:
        if event.origin == "anki" and event.origin_id is not None:
            taken.add(event.origin_id)
        elif event.kind in ("review", "forget"):
            local[event.card].append((event.kind, event.moment.at, event.rating))
        elif event.kind in ("suspend", "unsuspend", "flag"):
            topic = event.card, event.kind.removeprefix("un")
            changed[topic] = max(event.moment.at, changed.get(topic, 0))
    events, known = list[Event](), 0
    for id_, number, ease, factor, time, kind in log:
        if number not in theirs:
            continue
        card, what = theirs[number].card, _meaning(ease, factor, kind)
        rating = ease if what == "review" else 0
        if what is None or not 0 < id_ <= here.now.at + DAY:
            continue  # it says nothing about memory, or lies in the future
        if id_ in taken or _came_from_here(local[card], what, id_, rating):
            known += what == "review"
            continue
        taken.add(id_)
        moment, took = Moment(id_, here.offset(id_ / 1000)), min(max(time, 0), LONGEST)
        value = int(what == "practice" and ease > 1)
        events.append(Event(card, what, moment, rating, took, value, origin="anki", origin_id=id_))
    seen = dict(here.seen)
    for their in theirs.values():
        events += _marked(their, seen.get(their.card, their.given), here, changed)
        seen.pop(their.card, None)
        if their.marks != their.given:
            seen[their.card] = their.marks
    events.sort(key=lambda event: event.moment.at)
    return Intake(tuple(events), len(theirs), foreign, known, seen=seen, lacking=local)


def _came_from_here(local: Past, what: str, id_: int, rating: int) -> bool:
    """Is the row a review of ours come home? Each of ours is one row only."""
    for n, (kind, at, mine) in enumerate(local):
        if (kind, mine) == (what, rating) and 0 <= id_ - at < SLACK:
            del local[n]
            return True
    return False


def _meaning(ease: int, factor: int, kind: int) -> str | None:
    if kind == MANUAL:
        return "forget" if ease == 0 and factor == 0 else None
    if not (1 <= ease <= 4 and 0 <= kind <= CRAM):
        return None
    return "practice" if kind == CRAM and factor == 0 else "review"


def _marked(
    their: Theirs, before: int, here: Here, changed: Mapping[tuple[str, str], int]
) -> Iterator[Event]:
    """What was set in Anki since it was `before` there, and differs here, unless it was set here later."""
    state = here.states.get(their.card, CardState(card=their.card))
    at = min(their.mod * 1000 + 999, here.now.at)
    marks = divmod(their.marks, FLAGS), divmod(before, FLAGS), (state.suspended, state.flag)
    for kind, there, was, mine in zip(("suspend", "flag"), *marks, strict=True):
        last = changed.get((their.card, kind), 0)
        if there != mine and (there != was or not last) and at > last:
            moment = Moment(at, here.offset(at / 1000))
            what = kind if there or kind == "flag" else "unsuspend"
            yield Event(their.card, what, moment, value=there if kind == "flag" else 0, origin="anki")
