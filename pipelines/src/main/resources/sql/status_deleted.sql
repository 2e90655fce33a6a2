SELECT f.source, f.table_name, f.file_name, f.rows_deleted
FROM ingest_files f
WHERE f.rows_deleted > 0
ORDER BY f.ingested_at DESC, f.source_file_id DESC, f.table_name
LIMIT 20
