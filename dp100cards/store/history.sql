-- A history as it travels: rows that are the same on every machine, without any number that is one machine's own.
-- For each kind of record a table that takes it in, checked, and a view of what this progress file has of it. An
-- event's `id` there finds it in a damaged file, and does not travel.

CREATE TEMP TABLE IF NOT EXISTS history_event (
    uid       INTEGER NOT NULL,
    turn      INTEGER NOT NULL DEFAULT 0,
    card      TEXT    NOT NULL DEFAULT '',
    kind      TEXT    NOT NULL DEFAULT '',
    at        INTEGER NOT NULL DEFAULT 0 CHECK (at BETWEEN 0 AND 8796093022207),
    offset    INTEGER NOT NULL DEFAULT 0 CHECK (offset BETWEEN -1440 AND 1440),
    rating    INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 4),
    took      INTEGER NOT NULL DEFAULT 0 CHECK (took >= 0),
    value     INTEGER NOT NULL DEFAULT 0,
    answer    TEXT    NOT NULL DEFAULT '',
    origin    TEXT    NOT NULL DEFAULT '',
    -- An exam's event is known by its sitting, and by its place in that, which may be 0; any other 0 is none.
    origin_id INTEGER NOT NULL DEFAULT 0,
    exam      INTEGER,
    undone    INTEGER,
    key       TEXT    NOT NULL DEFAULT '',
    CHECK ((kind = 'review') = (rating > 0)),
    CHECK ((kind = 'undo') = (undone IS NOT NULL))
) STRICT;
CREATE TEMP VIEW IF NOT EXISTS own_event AS
SELECT uid, turn, card, kind, at, offset, rating, took, value, answer, origin,
       iif (origin = 'exam', origin_id % 10000, origin_id) AS origin_id,
       iif (origin = 'exam', (SELECT uid FROM sitting WHERE sitting.id = origin_id / 10000), NULL) AS exam,
       (SELECT target.uid FROM event AS target WHERE target.id = event.undoes) AS undone, key, id
FROM event;

CREATE TEMP TABLE IF NOT EXISTS history_sitting (
    uid       INTEGER NOT NULL,
    name      TEXT    NOT NULL DEFAULT '',
    at        INTEGER NOT NULL DEFAULT 0 CHECK (at BETWEEN 0 AND 8796093022207),
    offset    INTEGER NOT NULL DEFAULT 0 CHECK (offset BETWEEN -1440 AND 1440),
    seed      INTEGER NOT NULL DEFAULT 0,
    minutes   INTEGER NOT NULL DEFAULT 0,
    blueprint TEXT    NOT NULL,
    practice  INTEGER NOT NULL DEFAULT 0,
    used      INTEGER NOT NULL DEFAULT 0,
    phase     TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE TEMP VIEW IF NOT EXISTS own_sitting AS
SELECT uid, name, at, offset, seed, minutes, blueprint, practice, used, phase FROM sitting;

CREATE TEMP TABLE IF NOT EXISTS history_question (
    uid       INTEGER NOT NULL,
    number    INTEGER NOT NULL DEFAULT 0,
    card      TEXT    NOT NULL DEFAULT '',
    deck      TEXT    NOT NULL DEFAULT '',
    body      TEXT    NOT NULL
) STRICT;
CREATE TEMP VIEW IF NOT EXISTS own_question AS
SELECT uid, number, card, deck, body FROM sitting_question JOIN sitting ON sitting.id = sitting;

CREATE TEMP TABLE IF NOT EXISTS history_move (
    uid       INTEGER NOT NULL,
    turn      INTEGER NOT NULL DEFAULT 0,
    whose     INTEGER NOT NULL,
    kind      TEXT    NOT NULL DEFAULT '',
    question  INTEGER NOT NULL DEFAULT 0,
    value     TEXT    NOT NULL DEFAULT '',
    used      INTEGER NOT NULL DEFAULT 0,
    at        INTEGER NOT NULL DEFAULT 0 CHECK (at BETWEEN 0 AND 8796093022207)
) STRICT;
CREATE TEMP VIEW IF NOT EXISTS own_move AS
SELECT move.uid, turn, sitting.uid AS whose, kind, question, value, move.used, move.at
FROM sitting_event AS move JOIN sitting ON sitting.id = move.sitting;

CREATE TEMP TABLE IF NOT EXISTS history_forecast (
    uid       INTEGER NOT NULL,
    exam      TEXT    NOT NULL DEFAULT '',
    at        INTEGER NOT NULL DEFAULT 0 CHECK (at BETWEEN 0 AND 8796093022207),
    offset    INTEGER NOT NULL DEFAULT 0 CHECK (offset BETWEEN -1440 AND 1440),
    low       REAL    NOT NULL DEFAULT 0,
    high      REAL    NOT NULL DEFAULT 0,
    least     REAL    NOT NULL DEFAULT 0,
    most      REAL    NOT NULL DEFAULT 0,
    basis     TEXT    NOT NULL,
    sitting   INTEGER NOT NULL DEFAULT 0,
    CHECK (json_remove (basis, '$.begun', '$.cards', '$.mocks') = '{}'),
    CHECK (json_type (basis, '$.begun') || json_type (basis, '$.cards') || json_type (basis, '$.mocks')
           IS 'integerintegerinteger')
) STRICT;
CREATE TEMP VIEW IF NOT EXISTS own_forecast AS SELECT * FROM forecast;

CREATE TEMP TABLE IF NOT EXISTS history_setting (
    name      TEXT    NOT NULL CHECK (name = 'fsrs' OR name LIKE 'plan %'),
    value     TEXT    NOT NULL DEFAULT '',
    at        INTEGER NOT NULL DEFAULT 0 CHECK (at BETWEEN 0 AND 8796093022207)
) STRICT;
CREATE TEMP VIEW IF NOT EXISTS own_setting AS
SELECT * FROM setting WHERE name = 'fsrs' OR name LIKE 'plan %';
