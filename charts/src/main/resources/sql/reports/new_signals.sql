-- What is more than noise in the report's week by a rule that did not say so the week before: of a
-- practice's locations and, where the location is NULL, of the practice; what got worse first.
WITH of_practice AS (
  SELECT s.location_id, s.kpi, s.rule, s.value, s.is_favourable, s.week_start, r.last_week_start
  FROM kpi_signals s CROSS JOIN runs r
  WHERE s.practice_id = $1 AND s.rule <> 'target_missed' AND s.category IS NULL
)
SELECT s.location_id, s.kpi, s.rule, s.value, s.is_favourable
FROM of_practice s
WHERE s.week_start = s.last_week_start
  AND NOT EXISTS (
    SELECT 1 FROM of_practice b
    WHERE b.week_start = s.last_week_start - 7 AND b.kpi = s.kpi AND b.rule = s.rule
      AND b.location_id IS NOT DISTINCT FROM s.location_id)
ORDER BY s.is_favourable, s.location_id NULLS FIRST, s.kpi, s.rule
