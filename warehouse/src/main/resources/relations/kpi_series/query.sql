-- What process behaviour charts are drawn over: the values of the last 26 weeks that rest on enough
-- data, of each location, each location's net revenue by category (location_id set, category set)
-- and each practice with several locations (location_id NULL). Half a year is long enough for firm
-- limits, and short enough that what was usual last year does not count. KPIs over 91 days are left
-- out: their neighbouring weeks share most of their data, so that moving ranges understate.
WITH judged AS (
  SELECT greatest(first_week, last_week - 175) AS first_week, last_week FROM computed
), available AS (
  SELECT
    s.practice_id, s.location_id, CASE WHEN s.grain = 'category' THEN s.member_id END AS category,
    s.kpi, s.week_start, s.numerator, s.denominator, s.sample
  FROM kpi_sums s
  JOIN kpi_availability a USING (practice_id, location_id, kpi)
  WHERE a.reason IS NULL
    AND (s.grain = 'location' OR (s.grain = 'category' AND s.kpi = 'net_revenue'))
), several AS (
  SELECT practice_id FROM locations GROUP BY ALL HAVING count(*) > 1
), members AS (
  SELECT * FROM available
  UNION ALL BY NAME
  SELECT
    practice_id, NULL AS location_id, NULL AS category, kpi, week_start,
    sum(numerator) AS numerator, sum(denominator) AS denominator, sum(sample) AS sample
  FROM available
  SEMI JOIN several USING (practice_id)
  WHERE category IS NULL
    AND kpi NOT IN (SELECT kpi FROM kpi_grains WHERE grain = 'practice' AND period = 'week')
  GROUP BY ALL
  UNION ALL BY NAME
  -- The KPIs that a practice measures for itself.
  SELECT practice_id, NULL AS location_id, NULL AS category, kpi, week_start, numerator,
    denominator, sample
  FROM kpi_sums
  SEMI JOIN several USING (practice_id)
  WHERE grain = 'practice'
), scaled_members AS (
  SELECT m.*, d.* EXCLUDE (kpi)
  FROM members m
  JOIN kpi_scales d USING (kpi)
  WHERE NOT d.is_period_end
), zeros AS (
  -- A sum without a sample, in weeks in which it is known to be 0: a week without overtime is a week
  -- with none. One with a sample has its weeks above.
  SELECT
    z.practice_id, z.location_id, NULL AS category, z.kpi, z.week_start, CAST(0 AS DOUBLE) AS value
  FROM kpi_weekly_numbers z
  JOIN kpi_scales d USING (kpi)
  WHERE z.is_known_zero AND NOT d.has_sample AND NOT d.is_period_end
    AND (z.grain = 'location'
      OR (z.grain = 'practice' AND z.practice_id IN (SELECT practice_id FROM several)))
), week_values AS (
  SELECT
    practice_id, location_id, category, kpi, week_start,
    kpi_value(
      is_ratio, numerator, numerator_multiply, numerator_divide,
      denominator, denominator_multiply, denominator_divide) AS value
  FROM scaled_members
  WHERE NOT has_sample OR sample * sample_multiply >= 20 * sample_divide
  UNION ALL
  SELECT * FROM zeros
)
-- Locations that cancel out are a row of 0 and a known 0 of their practice.
SELECT DISTINCT practice_id, location_id, category, kpi, week_start, value
FROM week_values
CROSS JOIN judged
WHERE value IS NOT NULL AND week_start BETWEEN first_week AND last_week
