-- The locations of a consultant's practices whose revenue is not compared over the last 4 or 13 weeks and those
-- before, with what is missing: they opened within these weeks, or not all of them have revenue.
WITH spans AS (
  SELECT
    r.range_weeks, CAST($2 AS DATE) AS last_week,
    CAST($2 AS DATE) - CAST(7 * (2 * r.range_weeks - 1) AS INTEGER) AS first_week
  FROM (VALUES (4), (13)) r (range_weeks)
)
SELECT
  l.practice_id, l.location_id, s.range_weeks, CASE WHEN l.opened_on > s.first_week THEN l.opened_on END AS opened_on,
  count(w.week_start) AS weeks_with_revenue
FROM locations l
JOIN consultants c USING (practice_id)
CROSS JOIN spans s
LEFT JOIN kpi_weekly w
  ON w.practice_id = l.practice_id AND w.location_id = l.location_id AND w.kpi = 'net_revenue'
  AND w.week_start BETWEEN s.first_week AND s.last_week
WHERE c.consultant_id = $1 AND NOT EXISTS (
  SELECT 1
  FROM portfolio_moves m
  WHERE m.consultant_id = c.consultant_id AND m.practice_id = l.practice_id AND m.location_id = l.location_id
    AND m.measure = 'revenue' AND m.range_weeks = s.range_weeks
)
GROUP BY ALL
ORDER BY l.practice_id, l.location_id, s.range_weeks
