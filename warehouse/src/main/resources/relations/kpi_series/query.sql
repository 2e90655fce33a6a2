-- The weekly series whose changes are judged: weeks that rest on enough data, of each location, each
-- location's net revenue by category (location_id set, category set) and each practice with several
-- locations (location_id NULL). KPIs over 91 days are left out: their neighbouring weeks share most of
-- their data. A week in which a location opened is no whole week of it. A practice is compared like
-- for like: only locations that were open and told in each of the last 26 weeks in which any was; what
-- the others had would read as a change.
WITH told AS (
  -- A sum that is known to be 0 has no sums of measures.
  SELECT
    n.practice_id, n.location_id, n.member_id AS category, n.kpi, n.week_start,
    coalesce(s.numerator, 0) AS numerator, coalesce(s.denominator, 0) AS denominator,
    coalesce(s.sample, 0) AS sample, n.week_start >= c.last_week - 175 AS is_recent
  FROM kpi_weekly_numbers n
  JOIN kpi_scales d ON d.kpi = n.kpi AND d.is_judged AND NOT d.is_period_end
  JOIN locations l ON l.practice_id = n.practice_id AND l.location_id = n.location_id
  CROSS JOIN computed c
  LEFT JOIN kpi_sums s
    ON s.practice_id = n.practice_id AND s.location_id = n.location_id AND s.grain = n.grain
    AND s.member_id IS NOT DISTINCT FROM n.member_id AND s.week_start = n.week_start
    AND s.kpi = n.kpi
  WHERE (n.grain = 'location' OR (n.grain = 'category' AND n.kpi = 'net_revenue'))
    AND n.value IS NOT NULL
    AND n.week_start BETWEEN c.first_week AND c.last_week
    AND (l.opened_on IS NULL OR l.opened_on <= n.week_start)
), several AS (
  SELECT practice_id FROM locations GROUP BY ALL HAVING count(*) > 1
), own AS (
  -- The KPIs that a practice measures for itself.
  SELECT kpi FROM kpi_grains WHERE grain = 'practice' AND period = 'week'
), told_weeks AS (
  SELECT practice_id, kpi, count(DISTINCT week_start) AS weeks
  FROM told
  WHERE category IS NULL AND is_recent
  GROUP BY ALL
), alike AS (
  SELECT t.practice_id, t.location_id, t.kpi
  FROM told t
  JOIN told_weeks w USING (practice_id, kpi)
  WHERE t.category IS NULL AND t.is_recent
  GROUP BY t.practice_id, t.location_id, t.kpi, w.weeks
  HAVING count(*) = w.weeks
), members AS (
  SELECT * EXCLUDE (is_recent), 1 AS locations FROM told
  UNION ALL BY NAME
  SELECT
    practice_id, NULL AS location_id, NULL AS category, kpi, week_start,
    sum(numerator) AS numerator, sum(denominator) AS denominator, sum(sample) AS sample,
    CAST(count(*) AS INTEGER) AS locations
  FROM told
  SEMI JOIN alike USING (practice_id, location_id, kpi)
  SEMI JOIN several USING (practice_id)
  ANTI JOIN own USING (kpi)
  WHERE category IS NULL AND is_recent
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT
    n.practice_id, NULL AS location_id, NULL AS category, n.kpi, n.week_start,
    coalesce(s.numerator, 0) AS numerator, coalesce(s.denominator, 0) AS denominator,
    coalesce(s.sample, 0) AS sample, NULL AS locations
  FROM kpi_weekly_numbers n
  JOIN kpi_scales d ON d.kpi = n.kpi AND d.is_judged AND NOT d.is_period_end
  SEMI JOIN several ON several.practice_id = n.practice_id
  SEMI JOIN own ON own.kpi = n.kpi
  CROSS JOIN computed c
  LEFT JOIN kpi_sums s
    ON s.practice_id = n.practice_id AND s.grain = n.grain AND s.week_start = n.week_start
    AND s.kpi = n.kpi
  WHERE n.grain = 'practice' AND n.value IS NOT NULL
    AND n.week_start BETWEEN greatest(c.first_week, c.last_week - 175) AND c.last_week
)
SELECT
  m.practice_id, m.location_id, m.kpi, m.category, m.week_start,
  kpi_value(
    d.is_ratio, m.numerator, d.numerator_multiply, d.numerator_divide,
    m.denominator, d.denominator_multiply, d.denominator_divide) AS value,
  scaled(CAST(m.numerator AS DECIMAL(38, 10)), d.numerator_multiply, d.numerator_divide)
    AS numerator,
  CASE WHEN d.is_ratio
    THEN scaled(CAST(m.denominator AS DECIMAL(38, 10)), d.denominator_multiply, d.denominator_divide)
    END AS denominator,
  m.locations
FROM members m
JOIN kpi_scales d USING (kpi)
WHERE NOT d.has_sample OR m.sample * d.sample_multiply >= 20 * d.sample_divide
ORDER BY m.practice_id, m.location_id, m.kpi, m.category, m.week_start
