-- Rows of sales and payments of the days that were rejected, and so are in no entry, by location.
SELECT
  l.name, CASE r.table_name WHEN 'sale_lines' THEN 'sales' ELSE r.table_name END AS what,
  count(*) AS rows, CAST(coalesce(sum(r.amount), 0) AS DECIMAL(18, 2)) AS amount,
  count(*) FILTER (r.amount IS NULL) AS unreadable
FROM rejected_amounts r
JOIN locations l USING (practice_id, location_id)
WHERE r.practice_id = $1 AND (CAST($2 AS VARCHAR) IS NULL OR r.location_id = $2)
  AND r.date BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE) AND NOT r.is_told_otherwise
GROUP BY l.location_id, l.name, r.table_name
ORDER BY l.location_id, r.table_name DESC
