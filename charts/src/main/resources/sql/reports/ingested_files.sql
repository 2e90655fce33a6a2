-- One row for each table of each ingested file of some practices.
SELECT f.*, coalesce(p.name, f.practice_id) AS practice
FROM ingest_files f
LEFT JOIN practices p USING (practice_id)
WHERE f.practice_id = ANY($1)
ORDER BY source, ingested_at DESC, file_name, source_file_id, table_name
