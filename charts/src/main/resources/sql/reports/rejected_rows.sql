-- Rejected rows of some practices by reason, with the first line that has it.
WITH files AS (
    SELECT DISTINCT practice_id, source_file_id, source, file_name
    FROM ingest_files
    WHERE practice_id = ANY($1)
)
SELECT
    f.practice_id,
    f.source,
    r.table_name,
    r.column_name,
    r.reason,
    count(*) AS rows,
    min(f.file_name) AS example_file,
    arg_min(r.source_line, (f.file_name, r.source_line)) AS example_line
FROM rejected_rows r
JOIN files f USING (source_file_id)
GROUP BY f.practice_id, f.source, r.table_name, r.column_name, r.reason
ORDER BY rows DESC, f.source, r.table_name, r.column_name, r.reason
