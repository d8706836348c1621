DROP TABLE IF EXISTS file;
DROP TABLE IF EXISTS problem;
DROP TABLE IF EXISTS card;
DROP TABLE IF EXISTS deck;

-- A deck file; when it changed is NULL where it is to be read again each time.
CREATE TABLE deck (
    path TEXT PRIMARY KEY, size INTEGER, changed INTEGER, name TEXT NOT NULL, title TEXT, area TEXT, rank TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX deck_in_order ON deck (rank, name);

-- `phase` and `turn` say when a card is begun in its deck: in phase 0, or in 1 if it is an item of exam level or
-- outdated; never in 2, if it is both. A card of an id that another deck has too is left out.
CREATE TABLE card (
    path TEXT REFERENCES deck ON DELETE CASCADE, position INTEGER,
    id TEXT, deck TEXT, kind TEXT, fact TEXT, tags TEXT, status TEXT, area TEXT, level TEXT, skills TEXT,
    line INTEGER, col INTEGER, body TEXT, phase INTEGER, turn INTEGER,
    PRIMARY KEY (path, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX card_by_id ON card (id);
CREATE INDEX card_by_fact ON card (fact);
CREATE INDEX card_begun ON card (phase, turn, path, id);
CREATE INDEX card_entry ON card (path, phase, turn, position, id, deck, kind, fact, tags, status, area, level, skills);

CREATE TABLE problem (path TEXT REFERENCES deck ON DELETE CASCADE, line INTEGER, col INTEGER, message TEXT) STRICT;
CREATE INDEX problem_in ON problem (path);
