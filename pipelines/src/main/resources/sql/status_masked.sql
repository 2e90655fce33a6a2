-- Files with cells that may name a client; what stands in their place is not that client.
SELECT f.source, f.table_name, f.file_name, f.cells_masked
FROM ingest_files f
WHERE f.cells_masked > 0
ORDER BY f.ingested_at DESC, f.source_file_id DESC, f.table_name
LIMIT 20
