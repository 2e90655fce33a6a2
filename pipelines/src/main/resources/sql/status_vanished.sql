SELECT d.table_name, d.location_id, d.local_date, d.row_id, f.file_name, d.source_line
FROM deleted_rows d
JOIN ingest_files f USING (source_file_id, table_name)
ORDER BY d.local_date DESC, d.table_name, d.location_id, d.row_id
LIMIT 20
