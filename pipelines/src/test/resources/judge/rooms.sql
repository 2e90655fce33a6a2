-- Rooms: a sweep over the instants at which a location opens or closes and a room's cycle of setup,
-- treatment and clearing begins or ends.

CREATE TABLE treatment_rooms AS
SELECT p.practice_id, p.location_id,
  coalesce(p.rooms, count(r.room_id) FILTER (WHERE r.kind = 'treatment')) AS rooms
FROM places p LEFT JOIN current_rooms r USING (practice_id, location_id)
GROUP BY p.practice_id, p.location_id, p.rooms;

CREATE TABLE first_days AS
SELECT practice_id, location_id, min(day) AS day
FROM current_appointments GROUP BY practice_id, location_id;

CREATE TABLE open_hours AS
WITH calendar AS (
  SELECT f.practice_id, f.location_id, p.zone,
    unnest(generate_series(f.day::TIMESTAMP, as_of::TIMESTAMP - INTERVAL 1 DAY, INTERVAL 1 DAY))::DATE
      AS day
  FROM first_days f JOIN places p USING (practice_id, location_id) CROSS JOIN parameters)
SELECT c.practice_id, c.location_id, c.zone, c.day,
  local_instant(c.day + o.opens, c.zone) AS opens_at,
  local_instant(c.day + o.closes, c.zone) AS closes_at
FROM calendar c JOIN opening_hours o ON o.location_id = c.location_id AND o.weekday = isodow(c.day)
ANTI JOIN closed_days x ON x.location_id = c.location_id AND x.day = c.day;

CREATE TABLE cycles AS
SELECT a.practice_id, a.location_id, a.room_id,
  start_at - to_seconds(coalesce(setup_minutes, 0)::DOUBLE * 60) AS begins_at,
  end_at + to_seconds(coalesce(clearing_minutes, 0)::DOUBLE * 60) AS ends_at
FROM current_appointments a CROSS JOIN parameters
LEFT JOIN current_services s ON s.practice_id = a.practice_id AND s.service_id = a.service_id
WHERE NOT is_gone AND status IN ('arrived', 'completed') AND day < as_of
  AND a.room_id IS NOT NULL;

CREATE TABLE room_sweep AS
WITH known AS (
  SELECT practice_id, location_id, room_id FROM current_rooms WHERE kind = 'treatment'
  UNION SELECT practice_id, location_id, room_id FROM cycles),
events AS (
  SELECT practice_id, location_id, room_id, begins_at AS moment, 1 AS used, 0 AS opened FROM cycles
  UNION ALL
  SELECT practice_id, location_id, room_id, ends_at, -1, 0 FROM cycles
  UNION ALL
  SELECT practice_id, location_id, room_id, opens_at, 0, 1
  FROM known JOIN open_hours USING (practice_id, location_id)
  UNION ALL
  SELECT practice_id, location_id, room_id, closes_at, 0, -1
  FROM known JOIN open_hours USING (practice_id, location_id)),
points AS (
  SELECT practice_id, location_id, room_id, moment, sum(used) AS used, sum(opened) AS opened
  FROM events GROUP BY ALL)
SELECT practice_id, location_id, room_id, local_day(moment, zone) AS day,
  epoch(lead(moment) OVER following) - epoch(moment) AS seconds,
  sum(used) OVER so_far > 0 AS is_used, sum(opened) OVER so_far > 0 AS is_open
FROM points JOIN places USING (practice_id, location_id)
WINDOW following AS (PARTITION BY practice_id, location_id, room_id ORDER BY moment),
  so_far AS (PARTITION BY practice_id, location_id, room_id ORDER BY moment
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW);

-- Opening hours lie within a day, so what is used while it is open does as well.
CREATE TABLE room_minutes AS
SELECT practice_id, location_id, room_id, week_of(day) AS starts,
  coalesce(sum(seconds) FILTER (WHERE is_open AND is_used), 0) / 60 AS used,
  coalesce(sum(seconds) FILTER (WHERE is_open), 0) / 60 AS opened
FROM room_sweep GROUP BY ALL;

CREATE TABLE attended_in_rooms AS
SELECT practice_id, location_id, room_id, starts, count(*) AS visits
FROM (
  SELECT a.practice_id, a.location_id, room_id, v.visit, week_of(min(v.day)) AS starts
  FROM visit_rows v JOIN current_appointments a USING (practice_id, location_id, appointment_id)
  WHERE room_id IS NOT NULL
  GROUP BY a.practice_id, a.location_id, room_id, v.visit
  HAVING bool_or(v.outcome = 'attended'))
GROUP BY ALL;

INSERT INTO judged
SELECT m.practice_id, m.location_id, 'room', m.room_id, 'week', m.starts, 'room_utilization', used,
  opened, coalesce(visits, 0)
FROM room_minutes m LEFT JOIN attended_in_rooms v USING (practice_id, location_id, room_id, starts);

INSERT INTO judged
WITH open_minutes AS (
  SELECT practice_id, location_id, starts, max(opened) AS opened, sum(used) AS used
  FROM room_minutes GROUP BY ALL)
SELECT o.practice_id, o.location_id, 'location', NULL, 'week', o.starts, 'room_utilization', used,
  opened * rooms, coalesce(v.visits, 0)
FROM open_minutes o JOIN treatment_rooms USING (practice_id, location_id)
LEFT JOIN (
  SELECT practice_id, location_id, week_of(day) AS starts, count(*) AS visits
  FROM visits WHERE grain = 'location' AND outcome = 'attended' GROUP BY ALL) v
USING (practice_id, location_id, starts)
WHERE rooms > 0;
