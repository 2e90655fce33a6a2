-- Locations of a practice of which something of a week of the days did not arrive, and what.
SELECT
  l.name, CAST(u.week_start AS VARCHAR) AS week,
  string_agg(CASE u.table_name WHEN 'sale_lines' THEN 'sales' ELSE u.table_name END, ' and '
    ORDER BY u.table_name DESC) AS missing
FROM untold_weeks u
JOIN locations l USING (practice_id, location_id)
WHERE u.practice_id = $1 AND (CAST($2 AS VARCHAR) IS NULL OR u.location_id = $2)
  AND u.week_start <= CAST($4 AS DATE) AND u.week_start + 6 >= CAST($3 AS DATE)
GROUP BY l.location_id, l.name, u.week_start
ORDER BY u.week_start, l.location_id
