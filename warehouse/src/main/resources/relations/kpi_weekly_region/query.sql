-- As kpi_weekly_practice, over the locations of a region.
WITH told AS (
  SELECT practice_id, location_id, kpi, week_start FROM kpi_rows WHERE grain = 'location'
  UNION
  SELECT practice_id, location_id, kpi, week_start FROM kpi_weekly_zeros WHERE grain = 'location'
), counted AS (
  SELECT t.practice_id, l.region, t.kpi, t.week_start, count(*) AS locations_told
  FROM told t
  JOIN locations l USING (practice_id, location_id)
  GROUP BY ALL
)
SELECT
  r.practice_id, r.member_id AS region, r.week_start, r.kpi, r.value, r.numerator, r.denominator,
  r.sample_size, r.is_stable, r.definition_version,
  CAST(c.locations_told AS INTEGER) AS locations_told,
  CAST((
    SELECT count(*)
    FROM locations l
    WHERE l.practice_id = r.practice_id AND l.region = r.member_id
      AND (l.opened_on IS NULL OR l.opened_on < r.week_start + 7)) AS INTEGER) AS locations
FROM kpi_rows r
LEFT JOIN counted c
  ON c.practice_id = r.practice_id AND c.region = r.member_id AND c.kpi = r.kpi
  AND c.week_start = r.week_start
WHERE r.grain = 'region'
ORDER BY r.practice_id, r.member_id, r.kpi, r.week_start
