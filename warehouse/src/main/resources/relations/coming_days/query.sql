WITH hours AS (
  SELECT
    h.practice_id, h.location_id, h.date, sum(h.bookable_seconds) AS bookable,
    sum(h.booked_seconds) AS booked
  FROM week_ahead_hours h
  CROSS JOIN computed c
  WHERE h.week_start = c.last_week + 7
  GROUP BY ALL
), planned AS (
  SELECT DISTINCT practice_id, location_id, true AS is_planned FROM hours
), standing AS (
  SELECT a.practice_id, a.location_id, a.local_date AS date, count(*) AS rows_booked
  FROM appointments a
  JOIN locations l USING (practice_id, location_id)
  CROSS JOIN computed c
  WHERE a.local_date BETWEEN c.last_week + 7 AND c.last_week + 13
    AND a.status NOT IN ('cancelled', 'deleted')
    AND (a.booked_at IS NULL OR CAST(timezone(l.time_zone, a.booked_at) AS DATE) < c.as_of)
  GROUP BY ALL
)
SELECT
  practice_id, location_id, date,
  CASE WHEN is_planned THEN CAST(coalesce(bookable, 0) AS DECIMAL(38, 0)) / 60 END AS bookable_minutes,
  CASE WHEN is_planned THEN CAST(coalesce(booked, 0) AS DECIMAL(38, 0)) / 60 END AS booked_minutes,
  coalesce(rows_booked, 0) AS rows_booked
FROM hours
FULL JOIN standing USING (practice_id, location_id, date)
LEFT JOIN planned USING (practice_id, location_id)
ORDER BY practice_id, location_id, date
