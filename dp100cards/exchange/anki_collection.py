"""The frame of an Anki package: its empty tables, and the one row that says what sort of collection it is.

All in it comes from what is exported, and nothing from the clock: the same state gives the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

from dp100cards.config import StudyOptions
from dp100cards.exchange.anki_schedule import Schedule, created
from dp100cards.exchange.anki_types import CHANGED, NAMES, model, note_type, stable_id
from dp100cards.scheduler.days import Moment
from dp100cards.scheduler.engine import Engine

TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
    ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
    models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
    usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
    flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
    mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
    ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
    left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
    ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
    type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
"""

INDEXES = "CREATE INDEX ix_cards_nid ON cards (nid); CREATE INDEX ix_revlog_cid ON revlog (cid);"
"""Those by which a package is taken in; the others are the collection's own affair, and would only make it larger."""


SUSPEND = 0
"""What is to be done with a leech: set it aside, as is done here."""


def fill_collection(
    connection: sqlite3.Connection, decks: Mapping[str, int], titles: Mapping[str, str], name: str,
    kinds: Iterable[str], now: Moment, schedule: Schedule | None, study: StudyOptions,
) -> None:  # fmt: skip
    """Write the collection's row: note types, decks by their numbers, presets."""
    # Anki never changes a preset that it has. So other parameters are another preset, with a number of its own.
    own = _preset(0, name, schedule, study)
    preset = stable_id("preset", json.dumps(own))
    table = {"1": _deck(1, "Default", 1)}
    table[str(stable_id("deck", name))] = _deck(stable_id("deck", name), name, preset)
    for deck, full in deck_names(decks, titles, name).items():
        table[str(decks[deck])] = _deck(decks[deck], full, preset)
    conf = {
        "nextPos": 1, "curDeck": 1, "activeDecks": [1], "sortType": "noteFld", "sortBackwards": False, "timeLim": 0,
        "estTimes": True, "dueCounts": True, "collapseTime": 1200, "newSpread": 0, "addToCur": True, "curModel": None,
        "schedVer": 2, "sched2021": True, "creationOffset": -now.offset, "dayLearnFirst": False,
    }  # fmt: skip
    presets = {"1": _preset(1, "Default", None, StudyOptions()), str(preset): own | {"id": preset}}
    first = next(iter(decks.values()), 1)
    models = {str(note_type(kind).id): model(kind, first) for kind in kinds or list(NAMES)[:1]}
    connection.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
        (created(now), CHANGED * 1000, CHANGED * 1000, *map(json.dumps, (conf, models, table, presets))),
    )


def deck_names(decks: Iterable[str], titles: Mapping[str, str], name: str) -> dict[str, str]:
    """What each deck is called in Anki: its title below the collection's name; of two with one title, its name too."""
    below = {deck: titles.get(deck, deck).replace("::", ": ").strip() or deck for deck in decks}
    twice = {title for title, count in Counter(map(str.casefold, below.values())).items() if count > 1}
    return {
        deck: f"{name}::{title} ({deck})" if title.casefold() in twice else f"{name}::{title}"
        for deck, title in below.items()
    }


def _deck(id_: int, name: str, preset: int) -> dict[str, object]:
    return {
        "id": id_, "name": name, "mod": CHANGED, "usn": -1, "desc": "", "dyn": 0, "conf": preset, "collapsed": False,
        "browserCollapsed": False, "extendNew": 0, "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0],
        "lrnToday": [0, 0], "timeToday": [0, 0],
    }  # fmt: skip


def _preset(id_: int, name: str, schedule: Schedule | None, study: StudyOptions) -> dict[str, object]:
    """How the learner studies here, as a preset: limits of a day, steps, leeches, memory."""
    engine = (
        schedule.engine
        if schedule
        else Engine(retention=study.retention, maximum_interval=study.maximum_interval)
    )
    preset: dict[str, object] = {
        "id": id_, "name": name, "mod": CHANGED, "usn": -1, "maxTaken": 60, "autoplay": True, "timer": 0,
        "replayq": True, "dyn": False,
        "new": {"bury": True, "delays": list(engine.learning), "initialFactor": 2500, "ints": [1, 4, 0], "order": 1,
                "perDay": study.new_per_day},
        "rev": {"bury": True, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": engine.maximum_interval,
                "perDay": study.reviews_per_day, "hardFactor": 1.2},
        "lapse": {"delays": list(engine.relearning), "leechAction": SUSPEND, "leechFails": study.leech_lapses,
                  "minInt": 1, "mult": 0.0},
        "desiredRetention": engine.retention,
    }  # fmt: skip
    return preset | {"fsrsParams6": list(engine.parameters)} if schedule else preset
