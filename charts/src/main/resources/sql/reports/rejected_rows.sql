-- Rejected rows of some practices by reason, with the first line that has it, and the money of those
-- that no other delivery tells.
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
    arg_min(r.source_line, (f.file_name, r.source_line)) AS example_line,
    coalesce(sum(a.amount) FILTER (a.table_name = 'sale_lines'), 0) AS sales,
    coalesce(sum(a.amount) FILTER (a.table_name = 'payments'), 0) AS payments,
    any_value(p.currency) AS currency
FROM rejected_rows r
JOIN files f USING (source_file_id)
JOIN practices p USING (practice_id)
LEFT JOIN (SELECT * FROM rejected_amounts WHERE NOT is_told_otherwise) a
    USING (source_file_id, table_name, source_line)
GROUP BY f.practice_id, f.source, r.table_name, r.column_name, r.reason
ORDER BY rows DESC, f.source, r.table_name, r.column_name, r.reason
