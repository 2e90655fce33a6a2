-- Why the entry of some days has other amounts than at an instant: the files ingested since from which rows
-- of these days come, or of receipts that were paid on them, and those that deleted some; else what
-- changed the numbers of their weeks.
WITH since AS (
  SELECT DISTINCT source_file_id, file_name
  FROM ingest_files
  WHERE practice_id = $1 AND ingested_at > CAST($5 AS TIMESTAMP WITH TIME ZONE)
), paid AS (
  SELECT sale_id, source_file_id
  FROM payments
  WHERE practice_id = $1 AND location_id = $2 AND local_date BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
), rows AS (
  SELECT source_file_id FROM paid
  UNION
  SELECT source_file_id
  FROM sale_lines
  WHERE practice_id = $1 AND location_id = $2
    AND (local_date BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE) OR sale_id IN (SELECT sale_id FROM paid))
  UNION
  SELECT source_file_id
  FROM stock_movements
  WHERE practice_id = $1 AND location_id = $2 AND local_date BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
  UNION
  SELECT source_file_id
  FROM stock_counts
  WHERE practice_id = $1 AND location_id = $2 AND local_date BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
  UNION
  -- Which file deleted a row is not told: one of its source that deleted some.
  SELECT f.source_file_id
  FROM deleted_rows d
  JOIN ingest_files g ON g.source_file_id = d.source_file_id AND g.table_name = d.table_name
  JOIN ingest_files f ON f.source = g.source AND f.table_name = g.table_name AND f.rows_deleted > 0
  WHERE d.practice_id = $1 AND d.location_id = $2
    AND d.local_date BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
)
SELECT coalesce(
  (SELECT string_agg(file_name, ', ' ORDER BY file_name) FROM since SEMI JOIN rows USING (source_file_id)),
  (SELECT string_agg(cause, ', ' ORDER BY cause)
   FROM (
     SELECT DISTINCT coalesce(file_name, cause) AS cause
     FROM restatements
     WHERE practice_id = $1 AND location_id = $2 AND restated_at > CAST($5 AS TIMESTAMP WITH TIME ZONE)
       AND week_start <= CAST($4 AS DATE) AND week_start + 6 >= CAST($3 AS DATE))),
  'rows of other days') AS cause
