-- rows read = accepted + duplicate + superseded + rejected, per file and table.
SELECT source_file_id, table_name
FROM ingest_files
WHERE rows_read <> rows_accepted + rows_duplicate + rows_superseded + rows_rejected
ORDER BY ALL
