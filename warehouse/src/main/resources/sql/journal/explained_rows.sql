SELECT l.account, l.memo, l.amount AS line_amount, CAST(r.amount AS DECIMAL(38, 4)) AS amount, r.words, r.table_name, r.record_id, r.local_date,
  f.file_name, r.source_line
FROM lines l
JOIN rows r USING (position)
LEFT JOIN ingest_files f ON f.source_file_id = r.source_file_id AND f.table_name = r.table_name
WHERE r.amount <> 0
ORDER BY l.position, r.local_date, r.record_id
