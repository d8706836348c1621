-- What the learner has done. Version 2; `disk.py` brings older files up to date.
-- Times are milliseconds since 1970 UTC; `offset` is minutes east of UTC at that moment; days begin at 04:00 local.
-- An `id` is this file's own number. A `uid` is the same on every machine: histories are united by it.

-- Everything that ever happened to a card. Rows are only ever added.
CREATE TABLE event (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       INTEGER NOT NULL,
    -- Its place among the events of its card: its time, or later where a clock was set back.
    turn      INTEGER NOT NULL,
    card      TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    offset    INTEGER NOT NULL,
    rating    INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 4),
    took      INTEGER NOT NULL DEFAULT 0 CHECK (took >= 0),
    value     INTEGER NOT NULL DEFAULT 0,
    answer    TEXT    NOT NULL DEFAULT '',
    origin    TEXT    NOT NULL DEFAULT 'study',
    origin_id INTEGER,
    undoes    INTEGER REFERENCES event (id),
    -- Of a rejection: the card's semantic key, by which the next build knows it in other words.
    key       TEXT    NOT NULL DEFAULT '',
    -- Did it come with another machine's history? Then no undo here takes it back.
    merged    INTEGER NOT NULL DEFAULT 0,
    CHECK ((kind = 'review') = (rating > 0)),
    CHECK ((kind = 'undo') = (undoes IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX event_by_uid ON event (uid);
CREATE INDEX event_by_card ON event (card, turn);
CREATE INDEX event_by_time ON event (at);
CREATE INDEX event_undone ON event (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX event_taken_in ON event (origin, origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX event_rejection ON event (card) WHERE kind = 'reject';

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE (ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE (ABORT, 'events are never deleted'); END;

-- The reviews that count: what was rated and not taken back.
CREATE VIEW review AS
SELECT id, uid, turn, card, at, offset, rating, took, answer, origin
FROM event
WHERE kind = 'review' AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.id);

-- Where each card stands after its events: a cache, rebuilt from `event` by `dp100 doctor`.
CREATE TABLE state (
    card         TEXT    PRIMARY KEY,
    phase        TEXT    NOT NULL CHECK (phase IN ('new', 'learning', 'review', 'relearning')),
    step         INTEGER NOT NULL,
    stability    REAL    NOT NULL,
    difficulty   REAL    NOT NULL,
    due_at       INTEGER NOT NULL,
    due_day      INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    interval     INTEGER NOT NULL,
    reps         INTEGER NOT NULL,
    lapses       INTEGER NOT NULL,
    first_day    INTEGER NOT NULL,
    suspended    INTEGER NOT NULL,
    buried_until INTEGER NOT NULL,
    flag         INTEGER NOT NULL,
    marked       INTEGER NOT NULL,
    rejected     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Small facts: FSRS parameters with the algorithm's name and version, exam plans, and the like. `at` is when it was set.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    at    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Mock exams. A sitting holds its own copy of each question, so that no later edit of a deck changes it.
CREATE TABLE sitting (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    uid       INTEGER NOT NULL UNIQUE,
    name      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    offset    INTEGER NOT NULL,
    seed      INTEGER NOT NULL,
    minutes   INTEGER NOT NULL,
    blueprint TEXT    NOT NULL,
    -- In practice each answer is explained at once, so its score tells nothing.
    practice  INTEGER NOT NULL DEFAULT 0 CHECK (practice IN (0, 1)),
    -- How much of the clock is used (milliseconds): kept up at least every five seconds.
    used      INTEGER NOT NULL DEFAULT 0,
    phase     TEXT    NOT NULL DEFAULT 'open' CHECK (phase IN ('open', 'submitted', 'timed out', 'given up'))
) STRICT;

CREATE TABLE sitting_question (
    sitting INTEGER NOT NULL REFERENCES sitting (id),
    number  INTEGER NOT NULL,
    card    TEXT    NOT NULL,
    deck    TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    PRIMARY KEY (sitting, number)
) STRICT, WITHOUT ROWID;

-- Every answer, mark and move, in order. Rows are only ever added.
CREATE TABLE sitting_event (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    uid      INTEGER NOT NULL UNIQUE,
    turn     INTEGER NOT NULL,
    sitting  INTEGER NOT NULL REFERENCES sitting (id),
    kind     TEXT    NOT NULL,
    question INTEGER NOT NULL,
    value    TEXT    NOT NULL,
    used     INTEGER NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX sitting_event_by_sitting ON sitting_event (sitting, turn);

CREATE TRIGGER sitting_event_is_never_changed BEFORE UPDATE ON sitting_event
BEGIN SELECT RAISE (ABORT, 'events are never changed'); END;
CREATE TRIGGER sitting_event_is_never_deleted BEFORE DELETE ON sitting_event
BEGIN SELECT RAISE (ABORT, 'events are never deleted'); END;

-- How ready the learner was said to be, and the mock exam that followed (the `uid` of its sitting, 0 if none did).
CREATE TABLE forecast (
    uid     INTEGER PRIMARY KEY,
    exam    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    offset  INTEGER NOT NULL,
    low     REAL    NOT NULL CHECK (low BETWEEN 0 AND 1),
    high    REAL    NOT NULL CHECK (high BETWEEN low AND 1),
    -- The share of the points that was expected, as a range.
    least   REAL    NOT NULL,
    most    REAL    NOT NULL,
    basis   TEXT    NOT NULL,
    sitting INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TRIGGER forecast_is_never_changed BEFORE UPDATE ON forecast
BEGIN SELECT RAISE (ABORT, 'forecasts are never changed'); END;
CREATE TRIGGER forecast_is_never_deleted BEFORE DELETE ON forecast
BEGIN SELECT RAISE (ABORT, 'forecasts are never deleted'); END;
