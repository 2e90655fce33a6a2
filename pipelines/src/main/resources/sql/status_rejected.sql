SELECT f.source, r.table_name, r.column_name, r.reason, count(*) AS rows, min(r.source_line) AS first_line
FROM rejected_rows r
JOIN ingest_files f USING (source_file_id, table_name)
GROUP BY ALL
ORDER BY rows DESC, f.source, r.table_name, r.column_name, r.reason
LIMIT 20
