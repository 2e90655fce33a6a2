WITH amounts AS (
  SELECT
    m.grain, m.practice_id, m.location_id, m.member_id, m.week_start, t.kpi, t.part, m.amount
  FROM measures_weekly m
  JOIN kpi_measures t USING (measure)
  UNION ALL
  -- No measure is 0, so a sum that is known to be 0 adds one; practices and regions follow.
  SELECT grain, practice_id, location_id, member_id, week_start, kpi, 'numerator', 0
  FROM kpi_weekly_numbers
  WHERE is_known_zero AND grain NOT IN ('practice', 'region')
), told AS (
  -- A ratio adds up the weeks in which its location has a number: of others the exports tell nothing.
  SELECT practice_id, location_id, kpi, week_start
  FROM kpi_weekly_numbers
  WHERE grain = 'location' AND denominator IS NOT NULL
), chosen AS (
  SELECT m.grain, m.practice_id, m.location_id, m.member_id, m.kpi, m.part, m.amount
  FROM amounts m
  JOIN kpi_definitions d USING (kpi)
  LEFT JOIN told t
    ON t.practice_id = m.practice_id AND t.location_id = m.location_id AND t.kpi = m.kpi
    AND t.week_start = m.week_start
  LEFT JOIN (SELECT DISTINCT practice_id, location_id, kpi FROM told) e
    ON e.practice_id = m.practice_id AND e.location_id = m.location_id AND e.kpi = m.kpi
  WHERE (e.kpi IS NULL OR t.kpi IS NOT NULL)
    AND m.week_start BETWEEN CAST(first_week AS DATE) AND CAST(last_week AS DATE)
    -- What ends a period is not added up: the last week stands for the range.
    AND (d.rollup = 'sum' OR m.week_start = (
      SELECT max(week_start) FROM measures_weekly
      WHERE week_start BETWEEN CAST(first_week AS DATE) AND CAST(last_week AS DATE)))
), published AS (
  -- Where a KPI is available, and at which grains: as in its weeks.
  SELECT DISTINCT grain, practice_id, location_id, kpi FROM kpi_weekly_numbers
), members AS (
  SELECT c.* FROM chosen c SEMI JOIN published USING (grain, practice_id, location_id, kpi)
), own AS (
  -- What a practice measures for itself is not rolled up from its locations.
  SELECT c.*
  FROM chosen c
  SEMI JOIN (SELECT practice_id, kpi FROM kpi_weekly_practice) p USING (practice_id, kpi)
  WHERE c.grain = 'practice'
), grained AS (
  SELECT * FROM members
  UNION ALL
  SELECT * FROM own
  UNION ALL
  SELECT 'practice', practice_id, NULL, NULL, kpi, part, amount
  FROM members
  ANTI JOIN own USING (practice_id, kpi)
  WHERE grain = 'location'
  UNION ALL
  SELECT 'region', m.practice_id, NULL, l.region, m.kpi, m.part, m.amount
  FROM members m
  JOIN locations l USING (practice_id, location_id)
  WHERE m.grain = 'location' AND l.region IS NOT NULL
), sums AS (
  SELECT
    grain, practice_id, location_id, member_id, kpi, part,
    CAST(sum(amount) AS DECIMAL(38, 10)) AS amount
  FROM grained
  GROUP BY ALL
), factors AS (
  SELECT DISTINCT kpi, part, multiply_by, divide_by FROM kpi_measures
), parts AS (
  SELECT s.*, f.multiply_by, f.divide_by,
    -- Half away from zero to 6 decimals, in whole numbers only.
    CASE WHEN f.divide_by = 1 THEN CAST(s.amount * f.multiply_by AS DECIMAL(38, 6))
    ELSE CAST(
      CAST(
        sign(s.amount)
        * ((abs(CAST(s.amount * 10000000000 AS HUGEINT)) * f.multiply_by * 2 + f.divide_by * 10000)
           // (f.divide_by * 20000))
      AS DECIMAL(38, 0)) * CAST(0.000001 AS DECIMAL(7, 6))
    AS DECIMAL(38, 6)) END AS scaled
  FROM sums s
  JOIN factors f USING (kpi, part)
), joined AS (
  SELECT
    p.grain, p.practice_id, p.location_id, p.member_id, p.kpi,
    max(p.amount) FILTER (p.part = 'numerator') AS numerator_amount,
    max(p.amount) FILTER (p.part = 'denominator') AS denominator_amount,
    max(p.scaled) FILTER (p.part = 'numerator') AS numerator,
    max(p.scaled) FILTER (p.part = 'denominator') AS denominator,
    max(p.scaled) FILTER (p.part = 'sample') AS sample_size,
    bool_or(p.part = 'sample' AND p.amount * p.multiply_by >= 20 * p.divide_by) AS is_sample_enough
  FROM parts p
  GROUP BY ALL
)
SELECT
  j.grain, j.practice_id, j.location_id, j.member_id, j.kpi,
  CASE
    WHEN d.denominator IS NULL THEN CAST(coalesce(j.numerator, 0) AS DOUBLE)
    WHEN coalesce(j.denominator_amount, 0) = 0 THEN NULL
    ELSE CAST(coalesce(j.numerator_amount, 0) * n.multiply_by * q.divide_by AS DOUBLE)
      / CAST(j.denominator_amount * q.multiply_by * n.divide_by AS DOUBLE)
  END AS value,
  CAST(coalesce(j.numerator, 0) AS DECIMAL(38, 6)) AS numerator,
  CASE WHEN d.denominator IS NOT NULL
    THEN CAST(coalesce(j.denominator, 0) AS DECIMAL(38, 6)) END AS denominator,
  CASE WHEN d.sample IS NOT NULL
    THEN CAST(coalesce(j.sample_size, 0) AS DECIMAL(38, 6)) END AS sample_size,
  d.sample IS NULL OR j.is_sample_enough AS is_stable,
  d.version AS definition_version
FROM joined j
JOIN kpi_definitions d USING (kpi)
JOIN factors n ON n.kpi = j.kpi AND n.part = 'numerator'
LEFT JOIN factors q ON q.kpi = j.kpi AND q.part = 'denominator'
WHERE coalesce(j.numerator_amount, 0) <> 0 OR coalesce(j.denominator_amount, 0) <> 0
  OR (d.denominator IS NULL AND j.numerator_amount = 0)
ORDER BY j.grain, j.practice_id, j.location_id, j.member_id, j.kpi
