-- Each provider's and each room's day as marks on one line of time: between two marks everything
-- stays as it is, so that unions and intersections are running sums, without comparing any two
-- intervals. The stretches are cut into quarters of an hour, because the hours of every time zone
-- begin on one, and a quarter belongs to the local hour in which it begins.
WITH span AS (
  SELECT last_week - 84 AS first_date, last_week + 6 AS last_date FROM computed
), room_days AS (
  -- Opening hours as instants, on each open day since the location opened; a location without any
  -- is left out.
  SELECT
    l.practice_id, l.location_id, l.rooms,
    epoch_us(instant_of(l.time_zone, d.date + h.opens)) AS starts,
    -- Closing at 00:00 is at the end of the day.
    epoch_us(instant_of(
      l.time_zone,
      CASE WHEN h.closes > h.opens THEN d.date + h.closes
        ELSE CAST(d.date + 1 AS TIMESTAMP) END)) AS ends
  FROM span
  JOIN dates d ON d.date BETWEEN span.first_date AND span.last_date
  JOIN opening_hours h ON h.weekday = d.weekday
  JOIN locations l USING (practice_id, location_id)
  ANTI JOIN closed_days c
    ON c.practice_id = l.practice_id AND c.location_id = l.location_id AND c.date = d.date
  WHERE l.opened_on IS NULL OR d.date >= l.opened_on
), room_ids AS (
  SELECT DISTINCT practice_id, location_id, room_id
  FROM appointments
  WHERE room_id IS NOT NULL
), room_evidence AS (
  -- Where no export tells who came into which room, rooms that nobody occupied would be made up.
  SELECT DISTINCT practice_id, location_id
  FROM appointments
  WHERE room_id IS NOT NULL AND status IN ('arrived', 'completed')
), intervals AS (
  SELECT
    practice_id, location_id, 'provider' AS line, provider_id AS member,
    epoch_us(start_at) AS starts, epoch_us(end_at) AS ends,
    CASE WHEN kind = 'bookable' THEN 1 ELSE 0 END AS available,
    CASE WHEN kind = 'bookable' THEN 0 ELSE 1 END AS blocked,
    0 AS taken
  FROM shifts, span
  WHERE local_date BETWEEN first_date - 2 AND last_date + 2
  UNION ALL
  -- Kept, no-show, late-cancelled and unresolved: what the booked fill rate counts.
  SELECT
    a.practice_id, a.location_id, 'provider', a.provider_id, epoch_us(a.start_at),
    epoch_us(a.end_at), 0, 0, 1
  FROM appointments a
  JOIN locations l USING (practice_id, location_id)
  CROSS JOIN span
  WHERE a.local_date BETWEEN first_date - 2 AND last_date + 2 AND a.provider_id IS NOT NULL
    AND outcome_rank(a.status, a.start_at, a.cancelled_at, l.notice_hours) <= 4
  UNION ALL
  SELECT
    a.practice_id, a.location_id, 'room', a.room_id,
    epoch_us(a.start_at) - 60000000 * CAST(coalesce(s.setup_minutes, 0) AS BIGINT),
    epoch_us(a.end_at) + 60000000
      * (CAST(coalesce(s.turnover_minutes, 0) AS BIGINT) + coalesce(s.buffer_minutes, 0)),
    0, 0, 1
  FROM appointments a
  LEFT JOIN services s USING (practice_id, service_id)
  CROSS JOIN span
  WHERE a.local_date BETWEEN first_date - 2 AND last_date + 2 AND a.room_id IS NOT NULL
    AND a.status IN ('arrived', 'completed')
  UNION ALL
  SELECT d.practice_id, d.location_id, 'room', r.room_id, d.starts, d.ends, 1, 0, 0
  FROM room_days d
  JOIN room_ids r USING (practice_id, location_id)
), marks AS (
  SELECT practice_id, location_id, line, member, starts AS since, available, blocked, taken
  FROM intervals
  UNION ALL
  SELECT practice_id, location_id, line, member, ends, -available, -blocked, -taken
  FROM intervals
), moments AS (
  SELECT
    practice_id, location_id, line, member, since,
    sum(available) AS available, sum(blocked) AS blocked, sum(taken) AS taken
  FROM marks
  GROUP BY ALL
), stretches AS (
  SELECT
    practice_id, location_id, line, since,
    lead(since) OVER one_line AS until,
    sum(available) OVER one_line AS available,
    sum(blocked) OVER one_line AS blocked,
    sum(taken) OVER one_line AS taken
  FROM moments
  WINDOW one_line AS (PARTITION BY practice_id, location_id, line, member ORDER BY since)
), usable AS (
  SELECT practice_id, location_id, line, since, until, taken > 0 AS is_taken
  FROM stretches
  WHERE available > 0 AND blocked = 0
  UNION ALL
  -- All rooms of the location, the ones without a single appointment too.
  SELECT practice_id, location_id, 'open', starts, ends, false
  FROM room_days
), quarters AS (
  SELECT
    practice_id, location_id, line, is_taken, since, until,
    unnest(range(since // 900000000, (until - 1) // 900000000 + 1)) AS quarter
  FROM usable
), filled AS (
  SELECT
    practice_id, location_id, quarter, line, is_taken,
    sum(least(until, (quarter + 1) * 900000000) - greatest(since, quarter * 900000000)) AS micros
  FROM quarters
  GROUP BY ALL
), localised AS (
  SELECT
    f.*, l.rooms, timezone(l.time_zone, make_timestamptz(f.quarter * 900000000)) AS local_time
  FROM filled f
  JOIN locations l USING (practice_id, location_id)
), hours AS (
  SELECT
    practice_id, location_id, isodow(local_time) AS weekday, hour(local_time) AS hour,
    sum(micros) FILTER (line = 'provider') AS bookable,
    sum(micros) FILTER (line = 'provider' AND is_taken) AS booked,
    sum(micros * rooms) FILTER (line = 'open') AS open_room,
    sum(micros) FILTER (line = 'room' AND is_taken) AS occupied
  FROM localised, span
  WHERE CAST(local_time AS DATE) BETWEEN span.first_date AND span.last_date
  GROUP BY ALL
), minutes AS (
  SELECT
    practice_id, location_id, weekday, hour,
    CAST(coalesce(bookable, 0) AS DECIMAL(38, 0)) / 60000000 AS bookable_minutes,
    CAST(coalesce(booked, 0) AS DECIMAL(38, 0)) / 60000000 AS booked_minutes,
    CAST(booked AS DOUBLE) AS booked, CAST(bookable AS DOUBLE) AS bookable,
    CAST(open_room AS DECIMAL(38, 0)) / 60000000 AS open_room_minutes,
    CASE WHEN open_room IS NOT NULL AND e.location_id IS NOT NULL
      THEN CAST(coalesce(occupied, 0) AS DECIMAL(38, 0)) / 60000000 END AS occupied_minutes,
    CASE WHEN e.location_id IS NOT NULL
      THEN coalesce(occupied, 0) * 100 >= open_room * 95 END AS is_bottleneck
  FROM hours h
  LEFT JOIN room_evidence e USING (practice_id, location_id)
)
SELECT
  m.practice_id, m.location_id, c.last_week AS week_start, m.weekday, m.hour,
  m.bookable_minutes, m.booked_minutes,
  CASE WHEN m.bookable > 0 THEN coalesce(m.booked, 0) / m.bookable END AS booked_share,
  m.open_room_minutes, m.occupied_minutes,
  CASE WHEN m.open_room_minutes > 0 THEN m.occupied_minutes / m.open_room_minutes END
    AS occupied_share,
  m.is_bottleneck
FROM minutes m
CROSS JOIN computed c
ORDER BY m.practice_id, m.location_id, m.weekday, m.hour
