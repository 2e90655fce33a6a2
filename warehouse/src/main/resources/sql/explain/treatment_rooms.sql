-- The treatment rooms of the rooms export, or what the configuration says where it differs.
WITH exported AS (
  SELECT * FROM rooms
  WHERE practice_id = getvariable('practice_id') AND location_id = getvariable('location_id')
    AND lower(kind) = 'treatment' AND source_file_id IS NOT NULL
), known AS (
  SELECT rooms, rooms = (SELECT count(*) FROM exported) AS is_exported
  FROM locations
  WHERE practice_id = getvariable('practice_id') AND location_id = getvariable('location_id')
)
SELECT
  'treatment_rooms' AS measure, 'rooms' AS table_name, e.room_id AS record_id, e.source_file_id,
  e.source_line, CAST(NULL AS DATE) AS local_date,
  'treatment room' || coalesce(' ' || e.name, '') AS words, CAST(1 AS DECIMAL(38, 10)) AS amount
FROM exported e
JOIN known k ON k.is_exported
UNION ALL
SELECT
  'treatment_rooms', 'locations', getvariable('location_id'), 'configuration', NULL, NULL,
  'treatment rooms of the configuration', rooms
FROM known
WHERE NOT is_exported
ORDER BY record_id
