-- What is counted in rows of the schedule.

-- Pairs of standing rows that overlap and share a provider, a room or both. Two such rows start on
-- the same day or on neighbouring ones, because none lasts longer than a day.
-- The rows of a class are one use of a provider in a room: they are no pair, and others meet them once.
CREATE TABLE standing AS
SELECT practice_id, location_id, appointment_id, class_id, provider_id, room_id, start_at, end_at, day,
  CASE WHEN class_id IS NULL THEN appointment_id
    ELSE concat_ws(' ', 'class', class_id, day, coalesce(provider_id, '-'), coalesce(room_id, '-')) END AS use
FROM current_appointments, parameters
WHERE NOT is_gone AND status NOT IN ('cancelled', 'deleted') AND day < as_of;

CREATE TABLE nearby AS
SELECT *, unnest([day - 1, day, day + 1]) AS near_day FROM standing;

CREATE TABLE clashes AS
WITH pairs AS (
  SELECT a.practice_id, a.location_id, least(a.use, b.use) AS one, greatest(a.use, b.use) AS other,
    a.day AS one_day, b.day AS other_day, a.start_at AS one_start, b.start_at AS other_start,
    a.provider_id AS provider, true AS by_provider
  FROM standing a JOIN nearby b ON b.practice_id = a.practice_id AND b.location_id = a.location_id
    AND b.provider_id = a.provider_id AND b.near_day = a.day
  WHERE a.appointment_id < b.appointment_id AND a.start_at < b.end_at AND b.start_at < a.end_at
    AND (a.class_id = b.class_id) IS NOT TRUE
  UNION ALL
  SELECT a.practice_id, a.location_id, least(a.use, b.use), greatest(a.use, b.use), a.day, b.day, a.start_at,
    b.start_at, NULL, false
  FROM standing a JOIN nearby b ON b.practice_id = a.practice_id AND b.location_id = a.location_id
    AND b.room_id = a.room_id AND b.near_day = a.day
  WHERE a.appointment_id < b.appointment_id AND a.start_at < b.end_at AND b.start_at < a.end_at
    AND (a.class_id = b.class_id) IS NOT TRUE)
SELECT practice_id, location_id, one, other, max(provider) AS provider,
  max(CASE WHEN one_start >= other_start THEN one_day ELSE other_day END) AS day
FROM pairs GROUP BY practice_id, location_id, one, other;

CREATE TABLE booked_rows AS
SELECT practice_id, location_id, 'location' AS grain, NULL AS member, week_of(day) AS starts,
  count(*) AS booked
FROM standing GROUP BY ALL
UNION ALL
SELECT practice_id, location_id, 'provider', coalesce(provider_id, 'unattributed'), week_of(day),
  count(*)
FROM standing GROUP BY ALL;

INSERT INTO judged
WITH counted AS (
  SELECT practice_id, location_id, 'location' AS grain, NULL AS member, week_of(day) AS starts,
    count(*) AS pairs
  FROM clashes GROUP BY ALL
  UNION ALL
  SELECT practice_id, location_id, 'provider', provider, week_of(day), count(*)
  FROM clashes WHERE provider IS NOT NULL GROUP BY ALL)
SELECT b.practice_id, b.location_id, b.grain, b.member, 'week', b.starts, 'double_bookings',
  coalesce(pairs, 0), NULL, booked
FROM booked_rows b LEFT JOIN counted c ON c.practice_id = b.practice_id
  AND c.location_id = b.location_id AND c.grain = b.grain
  AND c.member IS NOT DISTINCT FROM b.member AND c.starts = b.starts;

CREATE TABLE came AS
WITH rows AS (
  SELECT a.practice_id, a.location_id, provider_id, coalesce(category, 'uncategorised') AS category,
    week_of(day) AS starts, epoch(start_at) AS start_s, epoch(end_at) AS end_s,
    epoch(started_at) AS started_s, epoch(finished_at) AS finished_s,
    epoch(checked_in_at) AS checked_in_s
  FROM current_appointments a CROSS JOIN parameters
  LEFT JOIN current_services s ON s.practice_id = a.practice_id AND s.service_id = a.service_id
  WHERE NOT is_gone AND status IN ('arrived', 'completed') AND day < as_of)
SELECT *, 'location' AS grain, NULL AS member FROM rows
UNION ALL SELECT *, 'provider', coalesce(provider_id, 'unattributed') FROM rows
UNION ALL SELECT *, 'category', category FROM rows;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, 'week', starts, 'late_start_rate',
  count(*) FILTER (WHERE started_s - start_s > 600), count(*), count(*)
FROM came WHERE started_s IS NOT NULL AND grain <> 'category'
GROUP BY ALL;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, 'week', starts, 'duration_ratio',
  sum(finished_s - started_s) / 3600, sum(end_s - start_s) / 3600, count(*)
FROM came WHERE started_s IS NOT NULL AND finished_s IS NOT NULL
GROUP BY ALL;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, 'week', starts, 'wait_minutes',
  sum(greatest(0, started_s - greatest(checked_in_s, start_s))) / 60, count(*), count(*)
FROM came WHERE started_s IS NOT NULL AND checked_in_s IS NOT NULL AND grain = 'location'
GROUP BY ALL;
