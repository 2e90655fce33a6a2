WITH asked AS (
  SELECT
    CASE
      WHEN CAST(first_day AS DATE) > CAST(last_day AS DATE)
        THEN error('kpi_between: the first day ' || CAST(first_day AS DATE)
          || ' is after the last one ' || CAST(last_day AS DATE) || '; exchange them')
      WHEN CAST(first_day AS DATE) < first_week_start
          OR CAST(last_day AS DATE) > last_week_start + 6
        THEN error('kpi_between: the days from ' || CAST(first_day AS DATE) || ' to '
          || CAST(last_day AS DATE) || ' are not all computed; ask for a range within '
          || first_week_start || ' to ' || (last_week_start + 6))
      ELSE CAST(first_day AS DATE)
    END AS from_day,
    CAST(last_day AS DATE) AS to_day,
    -- The weeks that hold the first and the last day.
    CAST(first_day AS DATE) - CAST((CAST(first_day AS DATE) - first_week_start) % 7 AS INTEGER)
      AS first_week,
    CAST(last_day AS DATE) - CAST((CAST(last_day AS DATE) - first_week_start) % 7 AS INTEGER)
      AS last_week
  FROM runs
), ranges AS MATERIALIZED (
  SELECT *, last_week + 6 = to_day AS ends_with_week
  FROM asked
), numbers AS MATERIALIZED (
  SELECT grain, practice_id, location_id, member_id, kpi, week_start
  FROM kpi_weekly_numbers
), amounts AS (
  SELECT
    m.grain, m.practice_id, m.location_id, m.member_id, t.kpi, t.part, m.amount,
    m.date - CAST((m.date - r.first_week) % 7 AS INTEGER) AS week_start
  FROM measures_daily m
  JOIN ranges r ON m.date BETWEEN r.from_day AND r.to_day
  JOIN kpi_measures t USING (measure)
  JOIN kpi_definitions d USING (kpi)
  WHERE d.months = 'sum'
  UNION ALL
  -- Of what ends a period the last week's is taken.
  SELECT m.grain, m.practice_id, m.location_id, m.member_id, t.kpi, t.part, m.amount, m.week_start
  FROM measures_weekly m
  JOIN ranges r ON r.ends_with_week AND m.week_start = r.last_week
  JOIN kpi_measures t USING (measure)
  JOIN kpi_definitions d USING (kpi)
  WHERE d.months = 'period_end'
  UNION ALL
  -- No measure is 0, so a sum that is known in a week of the range adds one; practices and regions
  -- follow.
  SELECT n.grain, n.practice_id, n.location_id, n.member_id, n.kpi, 'numerator', 0, n.week_start
  FROM numbers n
  JOIN ranges r ON n.week_start BETWEEN r.first_week AND r.last_week
  JOIN kpi_definitions d USING (kpi)
  WHERE d.denominator IS NULL AND n.grain NOT IN ('practice', 'region')
    AND (d.months = 'sum'
      OR (d.months = 'period_end' AND r.ends_with_week AND n.week_start = r.last_week))
), chosen AS (
  -- A ratio adds up the weeks of which the exports of its location tell.
  SELECT m.grain, m.practice_id, m.location_id, m.member_id, m.kpi, m.part, m.amount
  FROM amounts m
  LEFT JOIN kpi_told t
    ON t.practice_id = m.practice_id AND t.location_id = m.location_id AND t.kpi = m.kpi
    AND t.week_start = m.week_start
  LEFT JOIN (SELECT DISTINCT practice_id, location_id, kpi FROM kpi_told) e
    ON e.practice_id = m.practice_id AND e.location_id = m.location_id AND e.kpi = m.kpi
  WHERE (e.kpi IS NULL OR t.kpi IS NOT NULL)
), published AS (
  -- Where a KPI is available, and at which grains: as in its weeks.
  SELECT grain, practice_id, location_id, kpi, bool_or(member_id <> 'unattributed') AS names_members
  FROM numbers
  GROUP BY ALL
), members AS (
  SELECT c.*
  FROM chosen c
  JOIN published p USING (grain, practice_id, location_id, kpi)
  -- Where sales name nobody, hours of a provider would make a revenue of 0.
  WHERE c.grain <> 'provider' OR c.member_id = 'unattributed' OR p.names_members
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
), told AS (
  SELECT n.practice_id, n.location_id, n.kpi,
    sum(least(n.week_start + 6, r.to_day) - greatest(n.week_start, r.from_day) + 1) AS days
  FROM numbers n
  JOIN ranges r ON n.week_start BETWEEN r.first_week AND r.last_week
  JOIN kpi_definitions d ON d.kpi = n.kpi AND d.months <> 'period_end'
  WHERE n.grain = 'location'
  GROUP BY ALL
), told_of AS (
  SELECT practice_id, location_id, NULL AS region, kpi, days, NULL AS locations FROM told
  UNION ALL
  SELECT practice_id, NULL, NULL, kpi, sum(days), count(*) FROM told GROUP BY ALL
  UNION ALL
  SELECT t.practice_id, NULL, l.region, t.kpi, sum(t.days), count(*)
  FROM told t
  JOIN locations l USING (practice_id, location_id)
  WHERE l.region IS NOT NULL
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
  d.version AS definition_version,
  NULL AS unavailable_reason,
  CAST(o.days AS INTEGER) AS days_told,
  CAST(o.locations AS INTEGER) AS locations_told
FROM joined j
JOIN kpi_definitions d USING (kpi)
JOIN factors n ON n.kpi = j.kpi AND n.part = 'numerator'
LEFT JOIN factors q ON q.kpi = j.kpi AND q.part = 'denominator'
LEFT JOIN told_of o
  ON o.practice_id = j.practice_id AND o.kpi = j.kpi
  AND o.location_id IS NOT DISTINCT FROM j.location_id
  AND o.region IS NOT DISTINCT FROM CASE WHEN j.grain = 'region' THEN j.member_id END
WHERE coalesce(j.numerator_amount, 0) <> 0 OR coalesce(j.denominator_amount, 0) <> 0
  OR (d.denominator IS NULL AND j.numerator_amount = 0)
UNION ALL
SELECT
  p.grain, p.practice_id, p.location_id, NULL, p.kpi, NULL, NULL, NULL, NULL, NULL, d.version,
  'holds at the end of a week; end the range on ' || (r.last_week + 6)
    || ', or read kpi_monthly for a month''s end',
  NULL, NULL
FROM published p
JOIN kpi_definitions d USING (kpi)
CROSS JOIN ranges r
WHERE p.grain IN ('location', 'practice')
  AND d.months = 'period_end' AND NOT r.ends_with_week
ORDER BY 1, 2, 3, 4, 5
