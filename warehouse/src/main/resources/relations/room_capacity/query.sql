-- Treatments that fit one room on a weekday of opening hours: whole ones only, so each stretch of
-- opening hours is rounded down on its own; a break at noon is not treated through.
WITH hours AS (
  SELECT
    practice_id, location_id, weekday,
    -- Closing at 00:00 is at the end of the day.
    CAST(
      (CASE WHEN closes > opens THEN epoch_us(closes) ELSE 86400000000 END - epoch_us(opens))
      // 60000000 AS INTEGER) AS minutes
  FROM opening_hours
), cycles AS (
  SELECT
    practice_id, service_id, category, duration_minutes,
    duration_minutes + coalesce(setup_minutes, 0) + coalesce(turnover_minutes, 0)
      + coalesce(buffer_minutes, 0) AS cycle_minutes
  FROM services
  WHERE duration_minutes > 0
), per_room AS (
  SELECT
    h.practice_id, h.location_id, s.service_id, s.category, h.weekday,
    s.duration_minutes, s.cycle_minutes,
    sum(h.minutes) AS open_minutes,
    sum(h.minutes // s.duration_minutes) AS naive_per_room,
    sum(h.minutes // s.cycle_minutes) AS true_per_room
  FROM hours h
  JOIN cycles s USING (practice_id)
  GROUP BY ALL
)
SELECT
  p.*, l.rooms,
  p.naive_per_room * l.rooms AS naive_capacity,
  p.true_per_room * l.rooms AS true_capacity,
  (p.naive_per_room - p.true_per_room) * l.rooms AS overstated_by
FROM per_room p
JOIN locations l USING (practice_id, location_id)
ORDER BY p.practice_id, p.location_id, p.service_id, p.weekday
