-- Time of providers: a sweep over all instants at which anything begins or ends for a provider at
-- a location, and over the local midnights between them. Between two such instants nothing changes.

CREATE TABLE stretches AS
SELECT practice_id, location_id, provider_id, zone, start_at, end_at,
  (kind = 'bookable')::INTEGER AS bookable, (kind <> 'bookable')::INTEGER AS taken,
  0 AS attended, 0 AS no_show, 0 AS late, 0 AS unresolved
FROM current_shifts WHERE NOT is_gone
UNION ALL
SELECT practice_id, location_id, provider_id, zone, start_at, end_at, 0, 0,
  (status IN ('arrived', 'completed'))::INTEGER,
  (status = 'no_show')::INTEGER,
  coalesce(status = 'cancelled'
    AND epoch_us(start_at) - epoch_us(cancelled_at) < notice_hours * 3600000000, false)::INTEGER,
  (status IN ('booked', 'confirmed') AND start_at < local_instant(as_of::TIMESTAMP, zone))::INTEGER
FROM current_appointments, parameters
WHERE NOT is_gone AND provider_id IS NOT NULL;

CREATE TABLE sweep AS
WITH spans AS (
  SELECT practice_id, location_id, provider_id, zone,
    min(local_day(start_at, zone))::TIMESTAMP AS first_midnight,
    max(local_day(end_at, zone))::TIMESTAMP AS last_midnight
  FROM stretches GROUP BY ALL),
midnights AS (
  SELECT practice_id, location_id, provider_id, zone,
    unnest(generate_series(first_midnight, last_midnight, INTERVAL 1 DAY)) AS midnight
  FROM spans),
events AS (
  SELECT practice_id, location_id, provider_id, zone, start_at AS moment, bookable, taken, attended,
    no_show, late, unresolved
  FROM stretches
  UNION ALL
  SELECT practice_id, location_id, provider_id, zone, end_at, -bookable, -taken, -attended,
    -no_show, -late, -unresolved
  FROM stretches
  UNION ALL
  SELECT practice_id, location_id, provider_id, zone, local_instant(midnight, zone), 0, 0, 0, 0,
    0, 0
  FROM midnights),
points AS (
  SELECT practice_id, location_id, provider_id, zone, moment, sum(bookable) AS bookable,
    sum(taken) AS taken, sum(attended) AS attended, sum(no_show) AS no_show, sum(late) AS late,
    sum(unresolved) AS unresolved
  FROM events GROUP BY ALL)
SELECT practice_id, location_id, provider_id, local_day(moment, zone) AS day,
  epoch(lead(moment) OVER following) - epoch(moment) AS seconds,
  sum(bookable) OVER so_far > 0 AND sum(taken) OVER so_far = 0 AS is_bookable,
  sum(attended) OVER so_far > 0 AS is_attended,
  sum(no_show) OVER so_far > 0 AS is_no_show,
  sum(late) OVER so_far > 0 AS is_late,
  sum(unresolved) OVER so_far > 0 AS is_unresolved
FROM points
WINDOW following AS (PARTITION BY practice_id, location_id, provider_id ORDER BY moment),
  so_far AS (PARTITION BY practice_id, location_id, provider_id ORDER BY moment
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW);

-- Seconds per provider and week; booked is kept, no-show, late-cancelled and unresolved together.
CREATE TABLE provider_seconds AS
SELECT practice_id, location_id, provider_id, week_of(day) AS week_start,
  coalesce(sum(seconds) FILTER (WHERE is_bookable), 0) AS bookable,
  coalesce(sum(seconds) FILTER (WHERE is_bookable AND is_attended), 0) AS kept,
  coalesce(sum(seconds) FILTER (WHERE is_bookable
    AND (is_attended OR is_no_show OR is_late OR is_unresolved)), 0) AS booked
FROM sweep GROUP BY ALL;

CREATE TABLE worked_seconds AS
SELECT practice_id, location_id, provider_id, week_of(day) AS week_start,
  sum(epoch(clock_out_at) - epoch(clock_in_at)) AS worked
FROM current_timecards, parameters
WHERE NOT is_gone AND day < as_of
GROUP BY ALL;

CREATE TABLE hours AS
SELECT practice_id, location_id, 'location' AS grain, NULL AS member, week_start,
  sum(bookable) AS bookable, sum(kept) AS kept, sum(booked) AS booked
FROM provider_seconds GROUP BY practice_id, location_id, week_start
UNION ALL
SELECT practice_id, location_id, 'provider', provider_id, week_start, bookable, kept, booked
FROM provider_seconds;

CREATE TABLE worked_hours AS
SELECT practice_id, location_id, 'location' AS grain, NULL AS member, week_start,
  sum(worked) AS worked
FROM worked_seconds GROUP BY practice_id, location_id, week_start
UNION ALL
SELECT practice_id, location_id, 'provider', provider_id, week_start, worked
FROM worked_seconds;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, 'week', week_start, 'fill_rate', kept / 60,
  bookable / 60, bookable / 3600
FROM hours;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, 'week', week_start, 'booked_fill_rate',
  booked / 60, bookable / 60, bookable / 3600
FROM hours;

-- Overtime: what is over 40 hours, of each provider at a location; at the practice of each
-- provider over all its locations.
INSERT INTO judged
WITH at_locations AS (
  SELECT practice_id, location_id, provider_id, week_start,
    greatest(worked - 40 * 3600, 0) / 3600 AS over
  FROM worked_seconds),
at_practices AS (
  SELECT practice_id, provider_id, week_start, greatest(sum(worked) - 40 * 3600, 0) / 3600 AS over
  FROM worked_seconds GROUP BY ALL)
SELECT practice_id, location_id, 'provider', provider_id, 'week', week_start, 'overtime_hours',
  over, NULL, NULL
FROM at_locations
UNION ALL
SELECT practice_id, location_id, 'location', NULL, 'week', week_start, 'overtime_hours',
  sum(over), NULL, NULL
FROM at_locations GROUP BY practice_id, location_id, week_start
UNION ALL
SELECT practice_id, NULL, 'practice', NULL, 'week', week_start, 'overtime_hours', sum(over), NULL,
  NULL
FROM at_practices GROUP BY practice_id, week_start;
