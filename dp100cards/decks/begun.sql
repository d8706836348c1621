-- When each card of a deck is begun, as a phase and a turn in it.
--
-- The first of every line of a note comes before the second of each, and onward. Kinds are spread over the deck: the
-- cards that are no plain question come at even distances among those that are, in each deck at another place (:offset),
-- so that a day that takes from many decks has some of them.
WITH line AS (
    SELECT position, status = 'outdated' AS outdated, level = 'exam' AS item, kind = 'basic' AS basic,
        CASE WHEN json_type(body, '$.source') IS NULL THEN id
            ELSE coalesce(json_extract(body, '$.source.note'), '') || ':'
                || coalesce(CAST(json_extract(body, '$.source.lines') AS INTEGER), 0)
        END AS line
    FROM card WHERE path = :path
), nth AS (
    SELECT *, row_number() OVER (PARTITION BY line ORDER BY position) AS nth FROM line
), spread AS (
    SELECT *, (row_number() OVER kind_by_line - 1 + iif(basic, 0.5, :offset))
        / count(*) OVER (PARTITION BY outdated, item, basic) AS place
    FROM nth WINDOW kind_by_line AS (PARTITION BY outdated, item, basic ORDER BY nth, position)
), turned AS (
    SELECT position, outdated + item AS phase,
        row_number() OVER (PARTITION BY outdated + item ORDER BY outdated, item, place, position) - 1 AS turn
    FROM spread
)
UPDATE card SET phase = turned.phase, turn = turned.turn
FROM turned WHERE card.path = :path AND card.position = turned.position
