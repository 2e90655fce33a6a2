-- Rows that a later one of their file replaced, because both have one key; of the newest files first.
SELECT f.source, f.file_name, s.table_name, s.source_line AS line, s.replaced_by_line
FROM superseded_rows s
JOIN ingest_files f USING (source_file_id, table_name)
ORDER BY s.source_file_id DESC, s.table_name, s.source_line
LIMIT 20
