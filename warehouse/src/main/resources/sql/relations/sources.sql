-- Freshness of each source at the as-of date: only days before it count. Dates come from the current
-- rows and, where a later delivery took these over, from the dates the ingested files span.
WITH fact_days AS (
  SELECT f.source, max(d.local_date) AS newest_date
  FROM fact_dates d
  JOIN (SELECT DISTINCT source_file_id, source FROM ingest_files) f USING (source_file_id)
  CROSS JOIN computed c
  WHERE d.local_date < c.as_of
  GROUP BY ALL
), file_days AS (
  SELECT f.source, count(DISTINCT f.source_file_id) AS files,
    max(f.last_date) FILTER (f.last_date < c.as_of) AS newest_date
  FROM ingest_files f
  CROSS JOIN computed c
  GROUP BY ALL
)
SELECT
  e.source, e.practice_id, e.mapping, coalesce(f.files, 0) AS files,
  greatest(d.newest_date, f.newest_date) AS newest_date,
  e.expected_every_days,
  CASE
    WHEN e.expected_every_days IS NULL THEN NULL
    WHEN f.files IS NULL THEN true
    ELSE c.as_of - greatest(d.newest_date, f.newest_date) > e.expected_every_days
  END AS is_stale
FROM source_expectations e
CROSS JOIN computed c
LEFT JOIN file_days f USING (source)
LEFT JOIN fact_days d USING (source)
ORDER BY e.position
