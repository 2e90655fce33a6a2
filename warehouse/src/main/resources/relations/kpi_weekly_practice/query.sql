-- A practice adds up the locations of which its exports tell; how many those are of how many stands
-- beside it, so that a sum that misses one is not taken for the practice.
WITH told AS (
  SELECT practice_id, location_id, kpi, week_start FROM kpi_rows WHERE grain = 'location'
  UNION
  SELECT practice_id, location_id, kpi, week_start FROM kpi_weekly_zeros WHERE grain = 'location'
), counted AS (
  SELECT practice_id, kpi, week_start, count(*) AS locations_told FROM told GROUP BY ALL
)
SELECT
  r.practice_id, r.week_start, r.kpi, r.value, r.numerator, r.denominator, r.sample_size, r.is_stable,
  r.definition_version,
  CAST(c.locations_told AS INTEGER) AS locations_told,
  CASE WHEN c.locations_told IS NOT NULL THEN CAST((
    SELECT count(*)
    FROM locations l
    WHERE l.practice_id = r.practice_id
      AND (l.opened_on IS NULL OR l.opened_on < r.week_start + 7)) AS INTEGER) END AS locations
FROM kpi_rows r
LEFT JOIN counted c USING (practice_id, kpi, week_start)
WHERE r.grain = 'practice'
ORDER BY r.practice_id, r.kpi, r.week_start
