-- Rows of sales and payments of the days that were rejected, and so are in no entry, by location. A row
-- of which the day or the location cannot be read may be one of them.
SELECT
  coalesce(l.name, 'an unknown place') || CASE WHEN r.date IS NULL THEN ' on an unknown day' ELSE '' END
    AS place,
  CASE r.table_name WHEN 'sale_lines' THEN 'sales' ELSE r.table_name END AS what,
  count(*) AS rows, CAST(coalesce(sum(r.amount), 0) AS DECIMAL(38, 2)) AS amount,
  count(*) FILTER (r.amount IS NULL) AS unreadable
FROM rejected_amounts r
LEFT JOIN locations l USING (practice_id, location_id)
WHERE r.practice_id = $1 AND NOT r.is_told_otherwise
  AND (CAST($2 AS VARCHAR) IS NULL OR r.location_id = $2 OR r.location_id IS NULL)
  AND (r.date IS NULL OR r.date BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE))
GROUP BY r.location_id, l.name, r.date IS NULL, r.table_name
ORDER BY r.location_id NULLS LAST, r.date IS NULL, r.table_name DESC
