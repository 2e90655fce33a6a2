-- What was published stands as it was published first; only weeks of which nothing was are computed as
-- of their first day. The errors of the last 13 weeks make the range of the coming one.
WITH published AS (
  SELECT p.*
  FROM past_forecasts p
  CROSS JOIN computed c
  WHERE p.week_start <= c.last_week
  QUALIFY row_number() OVER (
    PARTITION BY p.practice_id, p.location_id, p.date
    ORDER BY p.expected_net_revenue IS NULL, p.publication) = 1
), forecasts AS (
  SELECT 'published' AS basis, * FROM published
  UNION ALL BY NAME
  SELECT
    CASE WHEN m.week_start > c.last_week THEN 'coming' ELSE 'backtest' END AS basis,
    m.* EXCLUDE (days_ahead)
  FROM forecast_made m
  CROSS JOIN computed c
  ANTI JOIN published USING (practice_id, location_id, date)
), scored AS (
  SELECT
    f.*, d.net_service + d.net_other AS net_revenue,
    d.net_service + d.net_other - f.expected_net_revenue AS error,
    d.net_service + d.net_other - f.weekday_mean AS error_of_mean
  FROM forecasts f
  JOIN locations USING (practice_id, location_id)
  LEFT JOIN forecast_days d
    ON d.practice_id = f.practice_id AND d.location_id = f.location_id AND d.date = f.date
    AND d.is_told
), recent AS (
  SELECT s.*
  FROM scored s
  CROSS JOIN computed c
  WHERE s.week_start BETWEEN c.last_week - 84 AND c.last_week AND s.error IS NOT NULL
), spreads AS (
  SELECT
    practice_id, location_id, isodow(date) AS weekday,
    quantile_cont(CAST(error AS DOUBLE), 0.1) AS low, quantile_cont(CAST(error AS DOUBLE), 0.9) AS high
  FROM recent
  GROUP BY ALL
  HAVING count(*) >= 8
), skills AS (
  SELECT
    practice_id, location_id,
    1 - CAST(sum(abs(error)) AS DOUBLE) / nullif(CAST(sum(abs(error_of_mean)) AS DOUBLE), 0) AS skill
  FROM recent
  WHERE error_of_mean IS NOT NULL
  GROUP BY ALL
  HAVING count(DISTINCT week_start) >= 8
)
SELECT
  s.practice_id, s.location_id, s.week_start, s.date, s.basis, s.publication, s.rows_booked,
  s.booked_hours, s.bookable_hours, s.expected_visits, s.expected_net_revenue,
  CASE
    WHEN s.basis <> 'coming' THEN s.low
    WHEN s.bookable_hours IS DISTINCT FROM 0 AND s.expected_net_revenue IS NOT NULL
      AND e.low IS NOT NULL
      THEN greatest(0, CAST(s.expected_net_revenue AS DOUBLE) + least(0, e.low))
  END AS low,
  CASE
    WHEN s.basis <> 'coming' THEN s.high
    WHEN s.bookable_hours IS DISTINCT FROM 0 AND e.high IS NOT NULL
      THEN CAST(s.expected_net_revenue AS DOUBLE) + greatest(0, e.high)
  END AS high,
  s.weekday_mean, s.net_revenue, s.error, k.skill, s.withheld_reason
FROM scored s
LEFT JOIN spreads e
  ON e.practice_id = s.practice_id AND e.location_id = s.location_id AND e.weekday = isodow(s.date)
LEFT JOIN skills k ON k.practice_id = s.practice_id AND k.location_id = s.location_id
ORDER BY s.practice_id, s.location_id, s.date
