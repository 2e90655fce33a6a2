-- Open seconds during which attended appointments hold a room, each given to the first of them, and
-- the opening hours times the treatment rooms. The hours are in asked_opening_hours, one row per
-- stretch and day, without overlaps.
WITH held AS (
  SELECT a.*, row_number() OVER (ORDER BY a.start_at, a.appointment_id) AS number,
    a.start_at - to_minutes(coalesce(s.setup_minutes, 0)) AS held_from,
    a.end_at
      + to_minutes(coalesce(s.turnover_minutes, 0) + coalesce(s.buffer_minutes, 0)) AS held_until
  FROM asked_appointments a
  LEFT JOIN services s USING (practice_id, service_id)
  WHERE a.outcome = 'attended' AND a.room_id IS NOT NULL
), pieces AS (
  SELECT h.room_id, h.number, greatest(h.held_from, o.opens_at) AS piece_start,
    least(h.held_until, o.closes_at) AS piece_end
  FROM held h
  JOIN asked_opening_hours o ON o.opens_at < h.held_until AND o.closes_at > h.held_from
), bounds AS (
  SELECT room_id, piece_start AS segment_start FROM pieces
  UNION
  SELECT room_id, piece_end FROM pieces
), segments AS (
  SELECT *, lead(segment_start) OVER (PARTITION BY room_id ORDER BY segment_start) AS segment_end
  FROM bounds
), given AS (
  SELECT min(p.number) AS number,
    epoch_us(any_value(s.segment_end)) - epoch_us(s.segment_start) AS micros
  FROM segments s
  JOIN pieces p
    ON p.room_id = s.room_id AND p.piece_start <= s.segment_start
    AND p.piece_end >= s.segment_end
  GROUP BY s.room_id, s.segment_start
), sums AS (
  SELECT number, sum(micros) AS micros FROM given GROUP BY number
), places AS (
  SELECT CASE WHEN getvariable('room_id') IS NULL THEN coalesce(rooms, 0) ELSE 1 END AS rooms
  FROM locations
  WHERE practice_id = getvariable('practice_id') AND location_id = getvariable('location_id')
), known AS (
  SELECT min(local_date) AS first_day
  FROM practice_appointments
  WHERE location_id = getvariable('location_id') AND outcome <> 'deleted'
)
SELECT
  'room_used_seconds' AS measure, 'appointments' AS table_name, h.appointment_id AS record_id,
  h.source_file_id, h.source_line, h.local_date,
  'held ' || h.room_id || ' for ' || minutes(s.micros) || ' open min of '
    || span(h.held_from, h.held_until, h.time_zone) AS words,
  seconds(s.micros) AS amount, h.held_from AS since
FROM held h
JOIN sums s USING (number)
UNION ALL
SELECT
  'room_open_seconds', 'opening_hours', o.name, 'configuration', NULL, o.open_on,
  'open ' || span(o.opens_at, o.closes_at, getvariable('zone')) || ' × ' || p.rooms
    || CASE p.rooms WHEN 1 THEN ' room' ELSE ' rooms' END,
  seconds((epoch_us(o.closes_at) - epoch_us(o.opens_at)) * p.rooms), o.opens_at
FROM asked_opening_hours o
CROSS JOIN places p
CROSS JOIN known k
WHERE o.open_on >= k.first_day
ORDER BY since, record_id
