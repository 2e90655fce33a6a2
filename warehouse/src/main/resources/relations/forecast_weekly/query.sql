-- A practice's weeks are those of the same locations all the way: where only some tell a week, its sum
-- would be compared with less than was expected.
WITH told AS (
  SELECT
    practice_id, location_id, week_start,
    CASE
      WHEN bool_or(basis = 'backtest') THEN 'backtest'
      ELSE min(basis)
    END AS basis,
    CASE WHEN count(expected_net_revenue) = 7 THEN sum(expected_net_revenue) END AS expected,
    CASE WHEN count(weekday_mean) = 7 THEN sum(weekday_mean) END AS mean,
    CASE WHEN count(net_revenue) = 7 THEN sum(net_revenue) END AS came,
    min(withheld_reason) AS withheld_reason
  FROM forecast_daily
  GROUP BY ALL
), expected_ahead AS (
  SELECT t.practice_id, t.location_id
  FROM told t
  CROSS JOIN computed c
  WHERE t.week_start > c.last_week AND t.expected IS NOT NULL
), sizes AS (
  SELECT practice_id, count(*) AS locations FROM expected_ahead GROUP BY ALL
), summed AS (
  SELECT 'location' AS grain, *, 1 AS locations FROM told
  UNION ALL BY NAME
  SELECT
    'practice' AS grain, t.practice_id, NULL AS location_id, t.week_start,
    CASE WHEN bool_or(t.basis = 'backtest') THEN 'backtest' ELSE min(t.basis) END AS basis,
    s.locations,
    CASE WHEN count(t.expected) = s.locations THEN sum(t.expected) END AS expected,
    CASE WHEN count(t.mean) = s.locations THEN sum(t.mean) END AS mean,
    CASE WHEN count(t.came) = s.locations THEN sum(t.came) END AS came, NULL AS withheld_reason
  FROM told t
  JOIN expected_ahead USING (practice_id, location_id)
  JOIN sizes s USING (practice_id)
  GROUP BY t.practice_id, t.week_start, s.locations
), scores AS (
  SELECT
    s.grain, s.practice_id, s.location_id, count(*) AS weeks,
    quantile_cont(CAST(s.came - s.expected AS DOUBLE), 0.1) AS low,
    quantile_cont(CAST(s.came - s.expected AS DOUBLE), 0.9) AS high,
    1 - CAST(sum(abs(s.came - s.expected)) AS DOUBLE)
      / nullif(CAST(sum(abs(s.came - s.mean)) AS DOUBLE), 0) AS skill
  FROM summed s
  CROSS JOIN computed c
  WHERE s.week_start BETWEEN c.last_week - 84 AND c.last_week
    AND s.expected IS NOT NULL AND s.mean IS NOT NULL AND s.came IS NOT NULL
  GROUP BY ALL
)
SELECT
  s.grain, s.practice_id, s.location_id, s.week_start, s.basis, s.locations,
  s.expected AS expected_net_revenue,
  CASE WHEN s.week_start > c.last_week AND k.weeks >= 8 AND s.expected IS NOT NULL
    THEN greatest(0, CAST(s.expected AS DOUBLE) + least(0, k.low)) END AS low,
  CASE WHEN s.week_start > c.last_week AND k.weeks >= 8
    THEN CAST(s.expected AS DOUBLE) + greatest(0, k.high) END AS high,
  s.mean AS four_week_mean, s.came AS net_revenue, s.came - s.expected AS error,
  coalesce(k.weeks, 0) AS weeks_scored, CASE WHEN k.weeks >= 8 THEN k.skill END AS skill,
  s.withheld_reason
FROM summed s
CROSS JOIN computed c
LEFT JOIN scores k
  ON k.grain = s.grain AND k.practice_id = s.practice_id
  AND k.location_id IS NOT DISTINCT FROM s.location_id
ORDER BY s.practice_id, s.grain, s.location_id, s.week_start
