-- A sweep as in week_ahead_hours, for single days: over the moments at which a shift, what takes time
-- away, or a booking begins or ends. A provider's time with two bookings at once is booked once.
WITH days AS (
  SELECT
    l.practice_id, l.location_id, l.time_zone, c.as_of - CAST(d.back AS INTEGER) AS date
  FROM locations l
  CROSS JOIN computed c
  CROSS JOIN range(29) d (back)
), spans AS (
  SELECT
    d.practice_id, d.location_id, s.provider_id, d.date, s.start_at, s.end_at,
    CASE WHEN s.kind = 'bookable' THEN 1 ELSE 0 END AS bookable,
    CASE WHEN s.kind <> 'bookable' THEN 1 ELSE 0 END AS taken, 0 AS booked, 0 AS filled
  FROM shifts s
  JOIN days d
    ON d.practice_id = s.practice_id AND d.location_id = s.location_id
    AND d.date BETWEEN s.local_date AND s.local_date + 1
  WHERE s.provider_id IS NOT NULL AND s.end_at > s.start_at
  UNION ALL BY NAME
  SELECT
    d.practice_id, d.location_id, b.provider_id, d.date, b.start_at, b.end_at, 0 AS bookable,
    0 AS taken, CASE WHEN b.is_standing THEN 1 ELSE 0 END AS booked,
    CASE WHEN b.is_attended AND NOT b.is_standing THEN 1 ELSE 0 END AS filled
  FROM flash_bookings b
  JOIN days d
    ON d.practice_id = b.practice_id AND d.location_id = b.location_id
    AND d.date BETWEEN b.date AND b.date + 1
  WHERE b.provider_id IS NOT NULL AND (b.is_standing OR b.is_attended)
), worked AS (
  SELECT DISTINCT practice_id, location_id, provider_id, date FROM spans WHERE bookable = 1
), moments AS (
  SELECT
    practice_id, location_id, provider_id, date, start_at AS moment, bookable, taken, booked, filled
  FROM spans
  UNION ALL
  SELECT
    practice_id, location_id, provider_id, date, end_at, -bookable, -taken, -booked, -filled
  FROM spans
  UNION ALL
  SELECT
    w.practice_id, w.location_id, w.provider_id, w.date,
    instant_of(d.time_zone, CAST(w.date + CAST(m.day AS INTEGER) AS TIMESTAMP)), 0, 0, 0, 0
  FROM worked w
  JOIN days d USING (practice_id, location_id, date)
  CROSS JOIN range(2) m (day)
), swept AS (
  SELECT
    practice_id, location_id, provider_id, date, moment, lead(moment) OVER one AS until,
    sum(bookable) OVER upto AS bookable, sum(taken) OVER upto AS taken,
    sum(booked) OVER upto AS booked, sum(filled) OVER upto AS filled
  FROM (
    SELECT
      practice_id, location_id, provider_id, date, moment, sum(bookable) AS bookable,
      sum(taken) AS taken, sum(booked) AS booked, sum(filled) AS filled
    FROM moments
    GROUP BY ALL
  )
  WINDOW
    one AS (PARTITION BY practice_id, location_id, provider_id, date ORDER BY moment),
    upto AS (PARTITION BY practice_id, location_id, provider_id, date ORDER BY moment
      ROWS UNBOUNDED PRECEDING)
)
SELECT
  s.practice_id, s.location_id, s.provider_id, s.date, s.moment AS from_at, s.until AS until_at,
  s.booked > 0 AS is_booked, s.booked = 0 AND s.filled > 0 AS is_filled,
  (epoch_us(s.until) - epoch_us(s.moment)) // 1000000 AS seconds
FROM swept s
JOIN locations l USING (practice_id, location_id)
WHERE s.bookable > 0 AND s.taken = 0 AND s.until > s.moment
  AND CAST(timezone(l.time_zone, s.moment) AS DATE) = s.date
