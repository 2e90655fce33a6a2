-- The weeks of one source and table in which newly known files differ from what was known before:
-- a row that is new, or has other content, in its own week and in that of its former version; a row
-- that a delivery deleted, or that the newer reading of a file lacks.
INSERT INTO touched
WITH files AS (
  SELECT * FROM (VALUES ${files})
    f(source_file_id, is_new, delivery_order, sign, replaces)
), windows AS (
  SELECT f.*, w.* EXCLUDE (source_file_id)
  FROM files f
  JOIN (VALUES ${windows}) w(source_file_id, location_id, first_date, last_date)
    USING (source_file_id)
), former AS (
  SELECT r.*, f.delivery_order
  FROM ${former} r
  JOIN files f ON f.source_file_id = r.source_file_id AND NOT f.is_new
  QUALIFY row_number() OVER (
    PARTITION BY ${key} ORDER BY f.sign * f.delivery_order DESC, f.sign * r.source_line DESC) = 1
), alive AS (
  SELECT f.*
  FROM former f
  WHERE NOT EXISTS (
    SELECT 1 FROM windows w
    WHERE NOT w.is_new AND w.location_id = f.location_id
      AND f.local_date BETWEEN w.first_date AND w.last_date AND w.delivery_order > f.delivery_order)
), fresh AS (
  SELECT r.* FROM ${fresh} r
), changed AS (
  SELECT
    r.source_file_id, r.location_id, r.local_date,
    a.location_id AS former_location_id, a.local_date AS former_date
  FROM fresh r
  LEFT JOIN alive a ON ${same_key}
  WHERE a.source_file_id IS NULL OR ${differs}
), missing AS (
  SELECT w.source_file_id, a.location_id, a.local_date
  FROM alive a
  JOIN windows w
    ON w.is_new AND w.location_id = a.location_id
    AND a.local_date BETWEEN w.first_date AND w.last_date AND w.delivery_order > a.delivery_order
  WHERE NOT EXISTS (
    SELECT 1 FROM fresh r WHERE r.source_file_id = w.source_file_id AND ${same_key})
  UNION ALL
  SELECT f.source_file_id, a.location_id, a.local_date
  FROM alive a
  JOIN files f ON f.is_new AND f.replaces = a.source_file_id
  WHERE NOT EXISTS (
    SELECT 1 FROM fresh r WHERE r.source_file_id = f.source_file_id AND ${same_key})
), days AS (
  SELECT source_file_id, location_id, local_date FROM changed
  UNION ALL
  SELECT source_file_id, former_location_id, former_date FROM changed WHERE former_date IS NOT NULL
  UNION ALL
  SELECT * FROM missing
)
SELECT DISTINCT
  ${base}, d.source_file_id, ${table}, ${practice}, d.location_id,
  week_of(d.local_date, c.last_week)
FROM days d
CROSS JOIN computed c
