-- Sums that are known to be 0: the needs of the KPI are met, the location has opened, and the week's
-- export tells of the thing, but there was nothing to add up. kpi_rows has no row of them. A practice
-- or a region is 0 where it has no row and the sum of one of its locations is known.
WITH told AS (
  SELECT DISTINCT
    m.practice_id, m.location_id, m.grain, m.member_id, m.week_start, e.kpi, l.region
  FROM measures_weekly m
  JOIN kpi_zero_where e USING (measure)
  JOIN kpi_grains g ON g.kpi = e.kpi AND g.grain = m.grain AND g.period = 'week'
  JOIN kpi_availability a
    ON a.practice_id = m.practice_id AND a.location_id = m.location_id AND a.kpi = e.kpi
    AND a.reason IS NULL
  JOIN locations l ON l.practice_id = m.practice_id AND l.location_id = m.location_id
  WHERE m.amount <> 0 AND m.member_id IS DISTINCT FROM 'unattributed'
    AND (l.opened_on IS NULL OR l.opened_on < m.week_start + 7)
), attributed AS (
  -- As in kpi_rows: where an export names nobody, an amount of 0 for each provider is made up.
  SELECT DISTINCT practice_id, location_id, kpi
  FROM kpi_rows
  WHERE grain = 'provider' AND member_id <> 'unattributed'
), members AS (
  SELECT t.*, coalesce(s.sample, 0) AS sample
  FROM told t
  JOIN kpi_definitions d USING (kpi)
  ANTI JOIN kpi_rows r
    ON r.practice_id = t.practice_id AND r.location_id = t.location_id AND r.grain = t.grain
    AND r.member_id IS NOT DISTINCT FROM t.member_id AND r.week_start = t.week_start
    AND r.kpi = t.kpi
  LEFT JOIN kpi_sums s
    ON s.practice_id = t.practice_id AND s.location_id = t.location_id AND s.grain = t.grain
    AND s.member_id IS NOT DISTINCT FROM t.member_id AND s.week_start = t.week_start
    AND s.kpi = t.kpi
  LEFT JOIN attributed n
    ON n.practice_id = t.practice_id AND n.location_id = t.location_id AND n.kpi = t.kpi
  WHERE t.grain <> 'provider' OR d.unit <> 'money' OR n.kpi IS NOT NULL
), known AS (
  -- Locations whose sum is known, 0 or not.
  SELECT practice_id, region, week_start, kpi, sample FROM members WHERE grain = 'location'
  UNION ALL
  SELECT s.practice_id, l.region, s.week_start, s.kpi, s.sample
  FROM kpi_sums s
  JOIN kpi_rows r
    ON r.practice_id = s.practice_id AND r.location_id = s.location_id AND r.grain = s.grain
    AND r.week_start = s.week_start AND r.kpi = s.kpi
  JOIN locations l ON l.practice_id = s.practice_id AND l.location_id = s.location_id
  JOIN kpi_scales d ON d.kpi = s.kpi AND NOT d.is_ratio
  WHERE s.grain = 'location'
), rolled AS (
  SELECT 'practice' AS grain, practice_id, NULL AS member_id, week_start, kpi, sum(sample) AS sample
  FROM known
  GROUP BY ALL
  UNION ALL
  SELECT 'region', practice_id, region, week_start, kpi, sum(sample)
  FROM known
  WHERE region IS NOT NULL
  GROUP BY ALL
), zeros AS (
  SELECT grain, practice_id, location_id, member_id, week_start, kpi, sample FROM members
  UNION ALL BY NAME
  SELECT o.*
  FROM rolled o
  ANTI JOIN kpi_rows r
    ON r.practice_id = o.practice_id AND r.grain = o.grain
    AND r.member_id IS NOT DISTINCT FROM o.member_id AND r.week_start = o.week_start
    AND r.kpi = o.kpi
)
SELECT
  z.grain, z.practice_id, z.location_id, z.member_id, z.week_start, z.kpi, 0 AS value, 0 AS numerator,
  CASE WHEN d.has_sample
    THEN scaled(CAST(z.sample AS DECIMAL(38, 10)), d.sample_multiply, d.sample_divide) END
    AS sample_size,
  NOT d.has_sample OR z.sample * d.sample_multiply >= 20 * d.sample_divide AS is_stable,
  d.version AS definition_version
FROM zeros z
JOIN kpi_scales d USING (kpi)
ORDER BY z.grain, z.practice_id, z.location_id, z.member_id, z.kpi, z.week_start
