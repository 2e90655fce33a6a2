-- Each source with what came of it; one that is older than expected is stale.
SELECT
  s.source,
  s.practice_id AS practice,
  s.mapping,
  s.files,
  s.newest_date,
  CASE WHEN s.is_stale THEN 'stale' WHEN s.files = 0 THEN 'nothing yet' ELSE 'ok' END AS state,
  coalesce(sum(f.rows_accepted), 0)::BIGINT AS accepted,
  coalesce(sum(f.rows_rejected), 0)::BIGINT AS rejected
FROM sources s
LEFT JOIN ingest_files f USING (source)
GROUP BY ALL
ORDER BY s.source
