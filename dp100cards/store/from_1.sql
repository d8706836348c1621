-- Version 1 to 2. The old tables are named `old_…` and the new ones are made; `uid_of` gives the same uid wherever a
-- copy of the file is migrated. An event's turn is its time, or later than the turn before where a clock was set back.
INSERT INTO event (id, uid, turn, card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes)
SELECT id, uid_of ('event', id, card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes),
       CASE WHEN origin_id IS NOT NULL THEN at
            ELSE n + max (at - n) OVER (PARTITION BY card, origin_id IS NULL ORDER BY id) END,
       card, kind, at, offset, rating, took, value, answer, origin, origin_id, undoes
FROM (SELECT *, row_number () OVER (PARTITION BY card, origin_id IS NULL ORDER BY id) AS n FROM old_event)
ORDER BY id;

INSERT INTO sitting (id, uid, name, at, offset, seed, minutes, blueprint, practice, used, phase)
SELECT id, uid_of ('sitting', id, name, at, seed), name, at, offset, seed, minutes, blueprint, practice, used, phase
FROM old_sitting
ORDER BY id;

INSERT INTO sitting_question SELECT * FROM old_sitting_question;

INSERT INTO sitting_event (id, uid, turn, sitting, kind, question, value, used, at)
SELECT id, uid_of ('sitting event', id, sitting, kind, question, value, used, at),
       n + max (at - n) OVER (PARTITION BY sitting ORDER BY id), sitting, kind, question, value, used, at
FROM (SELECT *, row_number () OVER (PARTITION BY sitting ORDER BY id) AS n FROM old_sitting_event)
ORDER BY id;

INSERT INTO setting (name, value) SELECT name, value FROM old_setting WHERE name <> 'engine';

DROP TABLE old_sitting_event;
DROP TABLE old_sitting_question;
DROP TABLE old_sitting;
DROP TABLE old_state;
DROP TABLE old_setting;
DROP TABLE old_event;
