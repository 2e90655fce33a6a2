-- Bookable and booked time as seen at the start of a week: a sweep over the moments at which a shift,
-- what takes time away, or a booking begins or ends, cut at midnight and noon. A booking stands if it
-- was made before the week began and not cancelled by then; of the week ahead that is what is known
-- now. A provider's time with two bookings at once is booked once.
WITH weeks AS (
  SELECT c.last_week + CAST(7 * w.ahead AS INTEGER) AS week_start
  FROM computed c
  CROSS JOIN range(-12, 2) w (ahead)
), days AS (
  SELECT
    l.practice_id, l.location_id, l.time_zone, w.week_start,
    w.week_start + CAST(d.day AS INTEGER) AS date
  FROM locations l
  CROSS JOIN weeks w
  CROSS JOIN range(7) d (day)
), spans AS (
  SELECT
    s.practice_id, s.location_id, s.provider_id, s.start_at, s.end_at,
    CASE WHEN s.kind = 'bookable' THEN 1 ELSE 0 END AS bookable,
    CASE WHEN s.kind <> 'bookable' THEN 1 ELSE 0 END AS taken, 0 AS booked, d.week_start
  FROM shifts s
  JOIN days d
    ON d.practice_id = s.practice_id AND d.location_id = s.location_id AND d.date = s.local_date
  WHERE s.provider_id IS NOT NULL AND s.end_at > s.start_at
  UNION ALL BY NAME
  SELECT
    a.practice_id, a.location_id, a.provider_id, a.start_at, a.end_at, 0 AS bookable, 0 AS taken,
    1 AS booked, d.week_start
  FROM appointments a
  JOIN days d
    ON d.practice_id = a.practice_id AND d.location_id = a.location_id AND d.date = a.local_date
  WHERE a.provider_id IS NOT NULL AND a.end_at > a.start_at AND a.status <> 'deleted'
    AND (a.booked_at IS NULL
      OR CAST(timezone(d.time_zone, a.booked_at) AS DATE) < d.week_start)
    AND (a.status <> 'cancelled'
      OR CAST(timezone(d.time_zone, a.cancelled_at) AS DATE) >= d.week_start)
), worked AS (
  SELECT DISTINCT practice_id, location_id, provider_id, week_start FROM spans WHERE bookable = 1
), moments AS (
  SELECT
    practice_id, location_id, provider_id, week_start, start_at AS moment, bookable, taken, booked
  FROM spans
  UNION ALL
  SELECT
    practice_id, location_id, provider_id, week_start, end_at, -bookable, -taken, -booked
  FROM spans
  UNION ALL
  SELECT
    w.practice_id, w.location_id, w.provider_id, w.week_start,
    instant_of(d.time_zone, CAST(d.date AS TIMESTAMP) + to_hours(h.hour)), 0, 0, 0
  FROM worked w
  JOIN days d USING (practice_id, location_id, week_start)
  CROSS JOIN (VALUES (0), (12), (24)) h (hour)
), swept AS (
  SELECT
    practice_id, location_id, provider_id, week_start, moment,
    lead(moment) OVER one AS until,
    sum(bookable) OVER upto AS bookable, sum(taken) OVER upto AS taken,
    sum(booked) OVER upto AS booked
  FROM (
    SELECT
      practice_id, location_id, provider_id, week_start, moment,
      sum(bookable) AS bookable, sum(taken) AS taken, sum(booked) AS booked
    FROM moments
    GROUP BY ALL
  )
  WINDOW
    one AS (PARTITION BY practice_id, location_id, provider_id, week_start ORDER BY moment),
    upto AS (PARTITION BY practice_id, location_id, provider_id, week_start ORDER BY moment
      ROWS UNBOUNDED PRECEDING)
), pieces AS (
  SELECT
    s.*, timezone(l.time_zone, s.moment) AS local_at,
    (epoch_us(s.until) - epoch_us(s.moment)) // 1000000 AS seconds
  FROM swept s
  JOIN locations l USING (practice_id, location_id)
  WHERE s.bookable > 0 AND s.taken = 0 AND s.until > s.moment
)
SELECT
  practice_id, location_id, provider_id, week_start, CAST(local_at AS DATE) AS date,
  hour(local_at) >= 12 AS is_afternoon, sum(seconds) AS bookable_seconds,
  coalesce(sum(seconds) FILTER (booked > 0), 0) AS booked_seconds
FROM pieces
WHERE CAST(local_at AS DATE) BETWEEN week_start AND week_start + 6
GROUP BY ALL
ORDER BY practice_id, location_id, provider_id, date, is_afternoon
