-- A row's full cycle is [start − setup, end + turnover + buffer). Each row of a room is held against
-- the one before it whose cycle ends last: mostly the row just before, but a long treatment may reach
-- over a short one. One sort per room, so that it stays fast.
-- The clients of a class that begin together are in its room together, and stand as one row.
WITH occupied AS (
  SELECT
    practice_id, location_id, room_id, local_date, appointment_id, service_id, start_at, end_at
  FROM appointments
  WHERE status NOT IN ('cancelled', 'deleted') AND room_id IS NOT NULL AND class_id IS NULL
  UNION ALL BY NAME
  SELECT
    practice_id, location_id, room_id, local_date, min(appointment_id) AS appointment_id,
    first(service_id ORDER BY appointment_id) AS service_id, start_at, max(end_at) AS end_at
  FROM appointments
  WHERE status NOT IN ('cancelled', 'deleted') AND room_id IS NOT NULL AND class_id IS NOT NULL
  GROUP BY practice_id, location_id, room_id, class_id, local_date, start_at
), cycles AS (
  SELECT
    a.practice_id, a.location_id, a.room_id, a.local_date, a.appointment_id, a.service_id,
    a.start_at, a.end_at,
    epoch_us(a.start_at) - 60000000 * CAST(coalesce(s.setup_minutes, 0) AS BIGINT) AS cycle_start,
    epoch_us(a.end_at) + 60000000
      * (CAST(coalesce(s.turnover_minutes, 0) AS BIGINT) + coalesce(s.buffer_minutes, 0))
      AS cycle_end
  FROM occupied a
  LEFT JOIN services s USING (practice_id, service_id)
), ordered AS (
  SELECT
    *,
    row_number() OVER room AS place,
    max(cycle_end) OVER (room ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS occupied_until
  FROM cycles
  WINDOW room AS (
    PARTITION BY practice_id, location_id, room_id ORDER BY start_at, appointment_id)
), late AS (
  SELECT * FROM ordered WHERE occupied_until > cycle_start
), in_the_way AS (
  -- Only rows that something collides with are looked up, by the moment at which their cycle ends.
  SELECT
    l.practice_id, l.location_id, l.room_id, l.appointment_id AS next_appointment_id,
    arg_max(o.appointment_id, o.place) AS appointment_id,
    arg_max(o.service_id, o.place) AS service_id,
    arg_max(o.end_at, o.place) AS end_at
  FROM late l
  JOIN ordered o
    ON o.practice_id = l.practice_id AND o.location_id = l.location_id AND o.room_id = l.room_id
    AND o.cycle_end = l.occupied_until AND o.place < l.place
  GROUP BY ALL
)
SELECT
  l.practice_id, l.location_id, l.room_id, l.local_date,
  w.appointment_id, w.service_id,
  l.appointment_id AS next_appointment_id, l.service_id AS next_service_id,
  make_timestamptz(l.occupied_until) AS cycle_ends_at,
  make_timestamptz(l.cycle_start) AS next_cycle_starts_at,
  CAST(l.occupied_until - l.cycle_start AS DECIMAL(38, 0)) / 60000000 AS missing_minutes,
  w.end_at > l.start_at AS is_double_booked
FROM late l
JOIN in_the_way w
  ON w.practice_id = l.practice_id AND w.location_id = l.location_id AND w.room_id = l.room_id
  AND w.next_appointment_id = l.appointment_id
ORDER BY l.practice_id, l.location_id, l.room_id, l.start_at, l.appointment_id
