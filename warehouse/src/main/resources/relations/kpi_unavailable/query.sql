-- Why a location has no value in the last computed week: a need its exports do not meet, else what
-- the week itself lacks. A sum that is known to be 0 has a value.
SELECT
  a.practice_id, a.location_id, c.last_week AS week_start, a.kpi,
  CASE
    WHEN a.reason IS NOT NULL THEN a.reason
    WHEN o.last_week < c.last_week
      THEN 'the exports tell nothing of it after the week of ' || o.last_week
    WHEN k.kpi IS NULL AND NOT d.is_ratio THEN 'the exports tell nothing of it in this week'
    WHEN k.kpi IS NULL THEN 'no data in this week'
    ELSE 'nothing to divide by in this week'
  END AS reason
FROM kpi_availability a
JOIN kpi_scales d ON d.kpi = a.kpi AND d.at_location
CROSS JOIN computed c
LEFT JOIN (
  SELECT practice_id, location_id, kpi, max(week_start) AS last_week FROM kpi_told GROUP BY ALL
) o
  ON o.practice_id = a.practice_id AND o.location_id = a.location_id AND o.kpi = a.kpi
LEFT JOIN kpi_weekly_numbers k
  ON k.grain = 'location' AND k.practice_id = a.practice_id AND k.location_id = a.location_id AND k.kpi = a.kpi
  AND k.week_start = c.last_week
WHERE k.value IS NULL
ORDER BY ALL
