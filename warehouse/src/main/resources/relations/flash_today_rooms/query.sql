-- The full cycle of a booking, [start − setup, end + turnover + buffer), cut to the opening hours: a
-- sweep over the moments at which a room opens, closes, is taken or is free again.
WITH places AS (
  SELECT
    l.practice_id, l.location_id, l.time_zone, c.as_of AS date, t.is_closed,
    EXISTS (FROM opening_hours o
      WHERE o.practice_id = l.practice_id AND o.location_id = l.location_id) AS has_hours
  FROM locations l
  JOIN flash_today t USING (practice_id, location_id)
  CROSS JOIN computed c
), cycles AS (
  SELECT
    b.practice_id, b.location_id, b.room_id,
    epoch_us(b.start_at) - 60000000 * CAST(coalesce(s.setup_minutes, 0) AS BIGINT) AS starts,
    epoch_us(b.end_at) + 60000000
      * (CAST(coalesce(s.turnover_minutes, 0) AS BIGINT) + coalesce(s.buffer_minutes, 0)) AS ends
  FROM flash_bookings b
  CROSS JOIN computed c
  LEFT JOIN services s USING (practice_id, service_id)
  WHERE b.date = c.as_of AND b.is_standing AND b.room_id IS NOT NULL
), rows_of AS (
  SELECT practice_id, location_id, room_id, count(*) AS rows_booked FROM cycles GROUP BY ALL
), all_rooms AS (
  SELECT practice_id, location_id, room_id FROM rooms WHERE lower(kind) = 'treatment'
  UNION
  SELECT practice_id, location_id, room_id FROM rows_of
), open AS (
  -- Closing at 00:00 is at the end of the day; without opening hours the whole day is looked at.
  SELECT
    p.practice_id, p.location_id,
    epoch_us(instant_of(p.time_zone, p.date + o.opens)) AS starts,
    epoch_us(instant_of(p.time_zone, CASE WHEN o.closes > o.opens THEN p.date + o.closes
      ELSE CAST(p.date + 1 AS TIMESTAMP) END)) AS ends
  FROM places p
  JOIN opening_hours o
    ON o.practice_id = p.practice_id AND o.location_id = p.location_id
    AND o.weekday = isodow(p.date)
  WHERE NOT p.is_closed
  UNION ALL
  SELECT
    practice_id, location_id, epoch_us(instant_of(time_zone, CAST(date AS TIMESTAMP))),
    epoch_us(instant_of(time_zone, CAST(date + 1 AS TIMESTAMP)))
  FROM places
  WHERE NOT has_hours
), intervals AS (
  SELECT practice_id, location_id, room_id, starts, ends, 0 AS open, 1 AS taken FROM cycles
  UNION ALL
  SELECT r.practice_id, r.location_id, r.room_id, o.starts, o.ends, 1, 0
  FROM all_rooms r
  JOIN open o USING (practice_id, location_id)
), moments AS (
  SELECT
    practice_id, location_id, room_id, moment, sum(open) AS open, sum(taken) AS taken
  FROM (
    SELECT practice_id, location_id, room_id, starts AS moment, open, taken FROM intervals
    UNION ALL
    SELECT practice_id, location_id, room_id, ends, -open, -taken FROM intervals
  )
  GROUP BY ALL
), swept AS (
  SELECT
    practice_id, location_id, room_id, moment, lead(moment) OVER room AS until,
    sum(open) OVER room AS open, sum(taken) OVER room AS taken
  FROM moments
  WINDOW room AS (PARTITION BY practice_id, location_id, room_id ORDER BY moment)
), summed AS (
  SELECT
    practice_id, location_id, room_id,
    coalesce(sum(until - moment) FILTER (open > 0), 0) AS open,
    coalesce(sum(until - moment) FILTER (open > 0 AND taken > 0), 0) AS taken
  FROM swept
  GROUP BY ALL
)
SELECT
  r.practice_id, r.location_id, r.room_id, coalesce(b.rows_booked, 0) AS rows_booked,
  CASE WHEN p.has_hours
    THEN CAST(coalesce(s.open, 0) AS DECIMAL(38, 0)) / 60000000 END AS open_minutes,
  CAST(coalesce(s.taken, 0) AS DECIMAL(38, 0)) / 60000000 AS booked_minutes
FROM all_rooms r
JOIN places p USING (practice_id, location_id)
LEFT JOIN rows_of b USING (practice_id, location_id, room_id)
LEFT JOIN summed s USING (practice_id, location_id, room_id)
ORDER BY r.practice_id, r.location_id, r.room_id
