WITH places AS (
  SELECT
    l.practice_id, l.location_id, c.as_of AS date, coalesce(l.opened_on = c.as_of, false)
      AS is_first_day,
    EXISTS (FROM closed_days o
      WHERE o.practice_id = l.practice_id AND o.location_id = l.location_id AND o.date = c.as_of)
    OR (
      EXISTS (FROM opening_hours o
        WHERE o.practice_id = l.practice_id AND o.location_id = l.location_id)
      AND NOT EXISTS (FROM opening_hours o
        WHERE o.practice_id = l.practice_id AND o.location_id = l.location_id
          AND o.weekday = isodow(c.as_of))) AS is_closed
  FROM locations l
  CROSS JOIN computed c
  WHERE l.opened_on IS NULL OR l.opened_on <= c.as_of
), booked AS (
  SELECT b.practice_id, b.location_id, count(*) AS rows_booked
  FROM flash_bookings b
  CROSS JOIN computed c
  WHERE b.date = c.as_of AND b.is_standing
  GROUP BY ALL
), booking_until AS (
  SELECT practice_id, location_id, max(local_date) AS date FROM appointments GROUP BY ALL
), shifts_until AS (
  SELECT practice_id, location_id, max(local_date) AS date FROM shifts GROUP BY ALL
), hours AS (
  SELECT
    h.practice_id, h.location_id,
    sum(h.seconds) FILTER (h.date = c.as_of) AS bookable,
    sum(h.seconds) FILTER (h.date = c.as_of AND h.is_booked) AS booked,
    sum(h.seconds) FILTER (h.date < c.as_of AND NOT h.is_booked) AS free_before,
    sum(h.seconds) FILTER (h.date < c.as_of AND h.is_filled) AS filled_before
  FROM flash_hours h
  CROSS JOIN computed c
  GROUP BY ALL
), booking_times AS (
  SELECT DISTINCT a.practice_id, a.location_id
  FROM appointments a
  CROSS JOIN computed c
  WHERE a.booked_at IS NOT NULL AND a.status IN ('arrived', 'completed')
    AND a.local_date BETWEEN c.as_of - 28 AND c.as_of - 1
), sold AS (
  SELECT s.practice_id, s.location_id, max(s.local_date) AS date
  FROM sale_lines s
  CROSS JOIN computed c
  WHERE s.local_date < c.as_of
  GROUP BY ALL
), paid AS (
  SELECT p.practice_id, p.location_id, max(p.local_date) AS date
  FROM payments p
  CROSS JOIN computed c
  WHERE p.local_date < c.as_of
  GROUP BY ALL
), came AS (
  SELECT v.practice_id, v.location_id, max(v.visit_date) AS date
  FROM visits v
  CROSS JOIN computed c
  WHERE v.visit_date < c.as_of AND v.outcome IN ('attended', 'no_show', 'late_cancelled')
  GROUP BY ALL
), stocked AS (
  SELECT m.practice_id, m.location_id, max(m.local_date) AS date
  FROM (
    SELECT practice_id, location_id, local_date FROM stock_movements
    UNION ALL
    SELECT practice_id, location_id, local_date FROM stock_counts
  ) m
  CROSS JOIN computed c
  WHERE m.local_date < c.as_of
  GROUP BY ALL
)
SELECT
  p.practice_id, p.location_id, p.date, p.is_first_day, p.is_closed,
  CASE WHEN u.date >= p.date THEN coalesce(b.rows_booked, 0) END AS rows_booked,
  CASE WHEN w.date >= p.date THEN CAST(coalesce(h.bookable, 0) AS DECIMAL(38, 0)) / 60 END
    AS bookable_minutes,
  CASE WHEN w.date >= p.date THEN CAST(coalesce(h.booked, 0) AS DECIMAL(38, 0)) / 60 END
    AS booked_minutes,
  CASE WHEN t.location_id IS NOT NULL AND h.free_before > 0
    THEN CAST(coalesce(h.filled_before, 0) AS DOUBLE) / CAST(h.free_before AS DOUBLE) END
    AS filled_share,
  g.net_per_treated_hour, s.date AS sales_until, d.date AS payments_until, v.date AS outcomes_until,
  k.date AS stock_until
FROM places p
CROSS JOIN computed c
LEFT JOIN booked b USING (practice_id, location_id)
LEFT JOIN booking_until u USING (practice_id, location_id)
LEFT JOIN shifts_until w USING (practice_id, location_id)
LEFT JOIN hours h USING (practice_id, location_id)
LEFT JOIN booking_times t USING (practice_id, location_id)
LEFT JOIN gap_rates g
  ON g.practice_id = p.practice_id AND g.location_id = p.location_id AND g.range_weeks = 13
  AND g.week_start = c.last_week
LEFT JOIN sold s ON s.practice_id = p.practice_id AND s.location_id = p.location_id
LEFT JOIN paid d ON d.practice_id = p.practice_id AND d.location_id = p.location_id
LEFT JOIN came v ON v.practice_id = p.practice_id AND v.location_id = p.location_id
LEFT JOIN stocked k ON k.practice_id = p.practice_id AND k.location_id = p.location_id
ORDER BY p.practice_id, p.location_id
