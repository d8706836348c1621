-- Unite this progress file with the history in the tables of `history.sql`. What is here already stays as it is.
-- A row that refers to something that nobody has breaks a constraint.

DELETE FROM history_event WHERE uid IN (SELECT uid FROM event);
DELETE FROM history_question WHERE uid IN (SELECT uid FROM sitting);

INSERT INTO sitting (uid, name, at, offset, seed, minutes, blueprint, practice, used, phase)
SELECT uid, name, at, offset, seed, minutes, blueprint, practice, used, phase FROM history_sitting
WHERE true ON CONFLICT (uid) DO UPDATE SET used = max (used, excluded.used);

INSERT INTO sitting_question (sitting, number, card, deck, body)
SELECT (SELECT id FROM sitting WHERE sitting.uid = question.uid), number, card, deck, body
FROM history_question AS question;

INSERT INTO sitting_event (uid, turn, sitting, kind, question, value, used, at)
SELECT uid, turn, (SELECT id FROM sitting WHERE sitting.uid = whose), kind, question, value, used, at
FROM history_move
WHERE true ON CONFLICT (uid) DO NOTHING;

UPDATE sitting SET phase = coalesce (
    (SELECT iif (kind = 'submit', 'submitted', 'timed out') FROM sitting_event AS move
     WHERE move.sitting = sitting.id AND kind IN ('submit', 'time-up') ORDER BY move.turn, move.uid LIMIT 1),
    (SELECT 'given up' FROM history_sitting AS theirs WHERE theirs.uid = sitting.uid AND theirs.phase = 'given up'),
    phase)
WHERE uid IN (SELECT uid FROM history_sitting);

INSERT INTO event (uid, turn, card, kind, at, offset, rating, took, value, answer, origin, origin_id, key, merged)
SELECT uid, turn, card, kind, at, offset, rating, took, value, answer, origin,
       iif (origin = 'exam', (SELECT id FROM sitting WHERE sitting.uid = exam) * 10000 + origin_id, nullif (origin_id, 0)),
       key, 1
FROM history_event WHERE undone IS NULL;

INSERT INTO event (uid, turn, card, kind, at, offset, value, answer, origin, undoes, merged)
SELECT uid, turn, card, kind, at, offset, value, answer, origin,
       (SELECT id FROM event WHERE event.uid = undone), 1
FROM history_event WHERE undone IS NOT NULL;

-- What two machines took in each counts once: the one with the least uid.
INSERT INTO event (uid, turn, card, kind, at, offset, origin, undoes, merged)
SELECT uid_of ('twice', uid), turn, card, 'undo', at, offset, origin, id, 1 FROM event AS late
WHERE origin_id IS NOT NULL AND EXISTS (SELECT 1 FROM event AS early WHERE early.origin = late.origin
    AND early.origin_id = late.origin_id AND early.card = late.card AND early.uid < late.uid)
ON CONFLICT (uid) DO NOTHING;

INSERT INTO forecast SELECT * FROM history_forecast
WHERE true ON CONFLICT (uid) DO NOTHING;

INSERT INTO setting SELECT * FROM history_setting
WHERE true ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at
    WHERE (excluded.at, excluded.value) > (setting.at, setting.value);
