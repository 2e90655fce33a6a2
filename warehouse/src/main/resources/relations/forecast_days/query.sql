-- A day is told unless somebody came and nothing was sold, or services were sold and nobody came: there
-- one of the exports did not arrive. On a closed day refunds and retail may be sold. Of a week without
-- a day on which somebody came and something was sold nothing is told.
WITH sold AS (
  SELECT
    s.practice_id, s.location_id, s.local_date AS date,
    sum(s.net_amount) FILTER (s.kind = 'service') AS net_service,
    sum(s.net_amount) FILTER (s.kind <> 'service') AS net_other,
    bool_or(s.kind = 'service' AND s.quantity > 0) AS has_services
  FROM sale_lines s
  CROSS JOIN computed c
  WHERE s.kind IN ('service', 'retail', 'fee')
    AND s.local_date BETWEEN c.first_week AND c.last_week + 6
  GROUP BY ALL
), came AS (
  SELECT practice_id, location_id, date, count(*) AS rows_attended
  FROM forecast_bookings
  WHERE is_attended
  GROUP BY ALL
), visited AS (
  SELECT practice_id, location_id, visit_date AS date, count(*) AS visits_attended
  FROM visits
  WHERE outcome = 'attended'
  GROUP BY ALL
), told_weeks AS (
  SELECT DISTINCT s.practice_id, s.location_id, week_of(s.date, c.last_week) AS week_start
  FROM sold s
  JOIN came USING (practice_id, location_id, date)
  CROSS JOIN computed c
), days AS (
  SELECT w.*, CAST(d.day AS BIGINT) AS days_ahead, w.week_start + CAST(d.day AS INTEGER) AS date
  FROM told_weeks w
  CROSS JOIN range(7) d (day)
)
SELECT
  d.practice_id, d.location_id, d.week_start, d.date, d.days_ahead,
  CASE WHEN k.date IS NULL THEN NOT coalesce(s.has_services, false) ELSE s.date IS NOT NULL END AS is_told,
  k.date IS NOT NULL AS is_open,
  coalesce(s.net_service, 0) AS net_service, coalesce(s.net_other, 0) AS net_other,
  coalesce(k.rows_attended, 0) AS rows_attended, coalesce(v.visits_attended, 0) AS visits_attended
FROM days d
LEFT JOIN sold s USING (practice_id, location_id, date)
LEFT JOIN came k USING (practice_id, location_id, date)
LEFT JOIN visited v USING (practice_id, location_id, date)
