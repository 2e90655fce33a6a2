-- The last week of which a location's exports tell, of ratios that would read 0 in the weeks after it
-- because their denominator comes from elsewhere: hours from shifts, rooms from the configuration.
CREATE TEMP TABLE kpi_told AS
SELECT m.practice_id, m.location_id, e.kpi, max(m.week_start) AS last_week
FROM measures_weekly m
JOIN kpi_evidence e USING (measure)
JOIN kpi_scales d USING (kpi)
WHERE d.is_ratio AND m.grain = 'location' AND m.amount <> 0
GROUP BY ALL;

-- Numerator, denominator and sample of every KPI as exact sums of measures, per week and member of
-- every grain at which the KPI is published. Only locations of the configuration; what the practice
-- has of its own is at no location.
CREATE TEMP TABLE kpi_sums AS
SELECT
  m.practice_id, m.location_id, m.grain, m.member_id, m.week_start, t.kpi,
  CAST(coalesce(sum(m.amount) FILTER (t.part = 'numerator'), 0) AS DECIMAL(38, 10)) AS numerator,
  CAST(coalesce(sum(m.amount) FILTER (t.part = 'denominator'), 0) AS DECIMAL(38, 10)) AS denominator,
  CAST(coalesce(sum(m.amount) FILTER (t.part = 'sample'), 0) AS DECIMAL(38, 10)) AS sample
FROM measures_weekly m
JOIN kpi_measures t USING (measure)
JOIN kpi_grains g ON g.kpi = t.kpi AND g.grain = m.grain AND g.period = 'week'
LEFT JOIN locations l ON l.practice_id = m.practice_id AND l.location_id = m.location_id
LEFT JOIN kpi_told o
  ON o.practice_id = m.practice_id AND o.location_id = m.location_id AND o.kpi = t.kpi
WHERE (m.grain = 'practice' OR l.location_id IS NOT NULL)
  AND (o.last_week IS NULL OR m.week_start <= o.last_week)
GROUP BY ALL;

-- Per configured location and KPI the first need that its whole history does not meet; NULL where
-- all are met. A made-up 0 is worse than no number.
CREATE TEMP TABLE kpi_availability AS
WITH measure_evidence AS (
  SELECT DISTINCT practice_id, location_id, measure
  FROM measures_weekly
  WHERE grain = 'location' AND amount <> 0
)
SELECT
  l.practice_id, l.location_id, d.kpi,
  arg_min(n.reason, n.position) FILTER (
    n.kpi IS NOT NULL AND t.table_name IS NULL AND m.measure IS NULL) AS reason
FROM locations l
CROSS JOIN kpi_scales d
LEFT JOIN kpi_needs n USING (kpi)
LEFT JOIN table_evidence t
  ON t.practice_id = l.practice_id AND t.table_name = n.table_name
  AND (t.location_id IS NULL OR t.location_id = l.location_id)
LEFT JOIN measure_evidence m
  ON m.practice_id = l.practice_id AND m.location_id = l.location_id AND m.measure = n.measure
GROUP BY ALL;

-- Every published KPI row. A practice adds the measures of those of its locations at which the KPI
-- is available, a region those of a practice's locations in it, and each divides then: never a mean
-- of ratios.
CREATE TEMP TABLE kpi_rows AS
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
WHERE g.numerator <> 0 OR g.denominator <> 0;
