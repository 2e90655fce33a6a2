-- Rows that were rejected were exported. A refused file may hold rows of any location of its practice; to
-- which tables its rows would have gone, other files of its mapping tell. Of a location without any sale, all
-- may have been rejected for a location that is not configured: they were, where such were rejected in each
-- week in which it was paid.
WITH books AS (
  SELECT practice_id, location_id, table_name FROM table_evidence
  UNION ALL
  SELECT practice_id, location_id, table_name FROM rejected_amounts WHERE location_id IS NOT NULL
  UNION ALL
  SELECT p.practice_id, p.location_id, 'sale_lines'
  FROM (SELECT DISTINCT practice_id, location_id, week_of(local_date, c.last_week) AS week_start
    FROM payments CROSS JOIN computed c WHERE local_date < c.last_week + 7) p
  LEFT JOIN (SELECT DISTINCT practice_id, week_of(date, c.last_week) AS week_start
    FROM rejected_amounts CROSS JOIN computed c
    WHERE table_name = 'sale_lines' AND location_id IS NULL AND reason = 'unknown_location') r
    USING (practice_id, week_start)
  GROUP BY p.practice_id, p.location_id
  HAVING count(*) = count(r.week_start)
  UNION ALL
  SELECT r.practice_id, NULL, f.table_name
  FROM refused_files r
  JOIN source_expectations s ON s.source = r.source AND s.practice_id = r.practice_id
  JOIN ingest_files f ON f.mapping = s.mapping
)
SELECT DISTINCT l.practice_id, l.location_id, b.table_name
FROM locations l
JOIN books b
  ON b.practice_id = l.practice_id AND (b.location_id IS NULL OR b.location_id = l.location_id)
WHERE b.table_name IN ('sale_lines', 'payments')
ORDER BY ALL
