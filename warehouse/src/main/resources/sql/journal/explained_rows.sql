SELECT
  coalesce(e.account, l.account) AS account, coalesce(e.memo, l.memo) AS memo, ${amounts},
  CAST(r.amount AS DECIMAL(38, 4)) AS amount, r.words, r.table_name, r.record_id, r.local_date,
  f.file_name, r.source_line
FROM lines l
FULL JOIN recorded e ON e.position = l.position
LEFT JOIN rows r ON r.position = coalesce(l.position, e.position) AND r.amount <> 0
LEFT JOIN ingest_files f ON f.source_file_id = r.source_file_id AND f.table_name = r.table_name
WHERE r.position IS NOT NULL
  OR (e.position IS NOT NULL AND e.amount IS DISTINCT FROM l.amount)
ORDER BY coalesce(l.position, e.position), r.local_date, r.record_id
