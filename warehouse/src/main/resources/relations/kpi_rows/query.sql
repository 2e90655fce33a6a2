-- Every published KPI row. A practice adds the measures of those of its locations at which the KPI
-- is available, a region those of a practice's locations in it, and each divides then: never a mean
-- of ratios.
WITH attributed AS (
  -- Where an export names nobody, an amount of 0 for each provider would be made up.
  SELECT DISTINCT practice_id, location_id, kpi
  FROM kpi_sums
  WHERE grain = 'provider' AND member_id <> 'unattributed' AND numerator <> 0
), available AS (
  SELECT s.*
  FROM kpi_sums s
  JOIN kpi_availability a USING (practice_id, location_id, kpi)
  JOIN kpi_definitions d USING (kpi)
  LEFT JOIN attributed n USING (practice_id, location_id, kpi)
  WHERE a.reason IS NULL
    AND (s.grain <> 'provider' OR s.member_id = 'unattributed'
      OR d.unit NOT IN ('money', 'money_per_hour') OR n.kpi IS NOT NULL)
), at_practice AS (
  -- The KPIs that a practice measures for itself.
  SELECT kpi FROM kpi_grains WHERE grain = 'practice' AND period = 'week'
), grained AS (
  SELECT * FROM available
  UNION ALL BY NAME
  SELECT s.*
  FROM kpi_sums s
  SEMI JOIN (SELECT practice_id, kpi FROM kpi_availability WHERE reason IS NULL) a
    USING (practice_id, kpi)
  WHERE s.grain = 'practice'
  UNION ALL BY NAME
  SELECT
    practice_id, 'practice' AS grain, week_start, kpi,
    sum(numerator) AS numerator, sum(denominator) AS denominator, sum(sample) AS sample
  FROM available
  ANTI JOIN at_practice USING (kpi)
  WHERE grain = 'location'
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT
    s.practice_id, 'region' AS grain, l.region AS member_id, s.week_start, s.kpi,
    sum(s.numerator) AS numerator, sum(s.denominator) AS denominator, sum(s.sample) AS sample
  FROM available s
  JOIN locations l USING (practice_id, location_id)
  WHERE s.grain = 'location' AND l.region IS NOT NULL
  GROUP BY ALL
)
SELECT
  g.grain, g.practice_id, g.location_id, g.member_id, g.week_start, g.kpi,
  kpi_value(
    d.is_ratio, g.numerator, d.numerator_multiply, d.numerator_divide,
    g.denominator, d.denominator_multiply, d.denominator_divide) AS value,
  scaled(g.numerator, d.numerator_multiply, d.numerator_divide) AS numerator,
  CASE WHEN d.is_ratio
    THEN scaled(g.denominator, d.denominator_multiply, d.denominator_divide) END AS denominator,
  CASE WHEN d.has_sample
    THEN scaled(g.sample, d.sample_multiply, d.sample_divide) END AS sample_size,
  NOT d.has_sample OR g.sample * d.sample_multiply >= 20 * d.sample_divide AS is_stable,
  d.version AS definition_version
FROM grained g
JOIN kpi_scales d USING (kpi)
WHERE g.numerator <> 0 OR g.denominator <> 0
