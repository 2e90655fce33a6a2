-- Rejected rows of some practices by reason, with the first line that has it, and the money of those
-- that no other delivery tells.
WITH files AS (
    SELECT DISTINCT practice_id, source_file_id, source, file_name
    FROM ingest_files
    WHERE practice_id = ANY($1)
), counted AS (
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
    GROUP BY ALL
), missed AS (
    SELECT
        f.practice_id,
        f.source,
        a.table_name,
        a.column_name,
        a.reason,
        sum(a.amount) AS amount
    FROM rejected_amounts a
    JOIN files f USING (source_file_id)
    WHERE NOT a.is_told_otherwise
    GROUP BY ALL
)
SELECT
    c.*,
    coalesce(CASE WHEN c.table_name = 'sale_lines' THEN m.amount END, 0) AS sales,
    coalesce(CASE WHEN c.table_name = 'payments' THEN m.amount END, 0) AS payments,
    p.currency
FROM counted c
JOIN practices p USING (practice_id)
LEFT JOIN missed m
    ON m.practice_id = c.practice_id
    AND m.source = c.source
    AND m.table_name = c.table_name
    AND m.column_name IS NOT DISTINCT FROM c.column_name
    AND m.reason = c.reason
ORDER BY c.rows DESC, c.source, c.table_name, c.column_name, c.reason
