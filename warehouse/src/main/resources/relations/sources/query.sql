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
    max(f.last_date) FILTER (f.last_date < c.as_of) AS newest_date,
    coalesce(sum(f.rows_read) FILTER (f.last_date IS NULL OR f.last_date >= c.as_of - 28), 0) AS rows_read,
    coalesce(sum(f.rows_rejected) FILTER (f.last_date IS NULL OR f.last_date >= c.as_of - 28), 0) AS rows_rejected
  FROM ingest_files f
  CROSS JOIN computed c
  GROUP BY ALL
), dated AS (
  SELECT
    e.position, e.source, e.practice_id, e.mapping, coalesce(f.files, 0) AS files,
    greatest(d.newest_date, f.newest_date) AS newest_date, e.expected_every_days,
    coalesce(f.rows_read, 0) AS rows_read, coalesce(f.rows_rejected, 0) AS rows_rejected,
    c.as_of - greatest(d.newest_date, f.newest_date) - e.expected_every_days AS overdue
  FROM source_expectations e
  CROSS JOIN computed c
  LEFT JOIN file_days f USING (source)
  LEFT JOIN fact_days d USING (source)
)
SELECT
  source, practice_id, mapping,
  CASE
    WHEN files = 0
      AND (expected_every_days IS NOT NULL OR source IN (SELECT source FROM refused_files)) THEN 'missing'
    WHEN files = 0 THEN 'nothing yet'
    WHEN source IN (SELECT source FROM refused_files) THEN 'refused'
    WHEN overdue > 0 THEN 'late'
    WHEN expected_every_days IS NULL THEN 'not watched'
    ELSE 'current'
  END AS state,
  files, newest_date, expected_every_days, CASE WHEN overdue IS NOT NULL THEN greatest(0, overdue) END AS days_late,
  CASE
    WHEN expected_every_days IS NULL THEN NULL
    WHEN files = 0 THEN true
    ELSE overdue > 0
  END AS is_stale,
  rows_read, rows_rejected, CAST(rows_rejected AS DOUBLE) / nullif(rows_read, 0) AS reject_share
FROM dated
ORDER BY position
