-- Numerator, denominator and sample of every KPI as exact sums of measures, per location and week
-- (provider_id NULL) and per provider. Only locations of the configuration.
CREATE TEMP TABLE kpi_sums AS
SELECT
  m.practice_id, m.location_id, m.provider_id, m.week_start, t.kpi,
  CAST(coalesce(sum(m.amount) FILTER (t.part = 'numerator'), 0) AS DECIMAL(38, 10)) AS numerator,
  CAST(coalesce(sum(m.amount) FILTER (t.part = 'denominator'), 0) AS DECIMAL(38, 10)) AS denominator,
  CAST(coalesce(sum(m.amount) FILTER (t.part = 'sample'), 0) AS DECIMAL(38, 10)) AS sample
FROM measures_weekly m
JOIN locations USING (practice_id, location_id)
JOIN kpi_terms t USING (measure)
GROUP BY ALL;

-- Per configured location and KPI the first need that its whole history does not meet; NULL where
-- all are met. A made-up 0 is worse than no number.
CREATE TEMP TABLE kpi_availability AS
WITH measure_evidence AS (
  SELECT DISTINCT practice_id, location_id, measure
  FROM measures_weekly
  WHERE provider_id IS NULL AND amount <> 0
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
-- is available, and divides then: never a mean of ratios.
CREATE TEMP TABLE kpi_rows AS
WITH attributed AS (
  -- Where an export names nobody, an amount of 0 for each provider would be made up.
  SELECT DISTINCT practice_id, location_id, kpi
  FROM kpi_sums
  WHERE provider_id <> 'unattributed' AND numerator <> 0
), available AS (
  SELECT s.*
  FROM kpi_sums s
  JOIN kpi_availability a USING (practice_id, location_id, kpi)
  JOIN kpi_definitions d USING (kpi)
  LEFT JOIN attributed n USING (practice_id, location_id, kpi)
  WHERE a.reason IS NULL
    AND (s.provider_id IS NULL OR s.provider_id = 'unattributed'
      OR d.unit NOT IN ('money', 'money_per_hour') OR n.kpi IS NOT NULL)
), grained AS (
  SELECT
    CASE WHEN provider_id IS NULL THEN 'location' ELSE 'provider' END AS grain, *
  FROM available
  UNION ALL BY NAME
  SELECT
    'practice' AS grain, practice_id, week_start, kpi,
    sum(numerator) AS numerator, sum(denominator) AS denominator, sum(sample) AS sample
  FROM available
  WHERE provider_id IS NULL
  GROUP BY ALL
)
SELECT
  g.grain, g.practice_id, g.location_id, g.provider_id, g.week_start, g.kpi,
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
WHERE (g.numerator <> 0 OR g.denominator <> 0)
  AND CASE g.grain WHEN 'location' THEN d.at_location WHEN 'provider' THEN d.at_provider ELSE true END;
