-- Visits: of a location, of a provider from that provider's rows alone, of a service category from
-- that category's rows alone.

CREATE TABLE visit_rows AS
SELECT a.practice_id, a.location_id, a.zone, appointment_id, provider_id,
  coalesce(category, 'uncategorised') AS category, client_id, start_at, day,
  CASE WHEN visit_id IS NOT NULL THEN 'visit ' || visit_id
    WHEN client_id IS NOT NULL THEN 'client ' || client_id || ' on ' || day
    ELSE 'row ' || appointment_id END AS visit,
  CASE WHEN is_gone OR status = 'deleted' THEN 'deleted'
    WHEN status IN ('arrived', 'completed') THEN 'attended'
    WHEN status = 'no_show' THEN 'no_show'
    WHEN status = 'cancelled' AND cancelled_at IS NOT NULL
      AND epoch_us(start_at) - epoch_us(cancelled_at) < notice_hours * 3600000000 THEN 'late'
    WHEN status = 'cancelled' THEN 'early'
    ELSE 'unresolved' END AS outcome
FROM current_appointments a CROSS JOIN parameters
LEFT JOIN current_services s ON s.practice_id = a.practice_id AND s.service_id = a.service_id
WHERE day < as_of;

CREATE TABLE visit_members AS
SELECT *, 'location' AS grain, NULL::VARCHAR AS member FROM visit_rows
UNION ALL
SELECT *, 'provider', coalesce(provider_id, 'unattributed') FROM visit_rows
UNION ALL
SELECT *, 'category', category FROM visit_rows;

CREATE TABLE visits AS
SELECT practice_id, location_id, any_value(zone) AS zone, grain, member, visit, min(day) AS day,
  bool_or(client_id IS NOT NULL) AS has_client,
  CASE WHEN bool_or(outcome = 'attended') THEN 'attended'
    WHEN bool_or(outcome = 'no_show') THEN 'no_show'
    WHEN bool_or(outcome = 'late') THEN 'late'
    WHEN bool_or(outcome = 'unresolved') THEN 'unresolved'
    WHEN bool_or(outcome = 'early') THEN 'early'
    ELSE 'deleted' END AS outcome
FROM visit_members
GROUP BY practice_id, location_id, grain, member, visit;

CREATE TABLE dues AS
SELECT practice_id, location_id, grain, member, period, start_of(period, day) AS starts,
  count(*) FILTER (WHERE outcome = 'no_show') AS no_show,
  count(*) FILTER (WHERE outcome = 'late') AS late,
  count(*) FILTER (WHERE outcome = 'early') AS early,
  count(*) FILTER (WHERE outcome IN ('attended', 'no_show', 'late')) AS due,
  count(*) FILTER (WHERE outcome <> 'deleted') AS visits
FROM visits CROSS JOIN spans
GROUP BY ALL;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, period, starts, 'no_show_rate', no_show, due, due
FROM dues;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, period, starts, 'late_cancel_rate', late, due, due
FROM dues;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, period, starts, 'cancel_rate', early, visits, visits
FROM dues WHERE grain = 'location';

-- Rows that were cancelled in the last 24 hours, whatever the notice; 100 per due visit.
INSERT INTO judged
WITH changed AS (
  SELECT practice_id, location_id, week_of(day) AS starts, count(*) AS changes
  FROM current_appointments, parameters
  WHERE NOT is_gone AND status = 'cancelled' AND day < as_of
    AND epoch_us(start_at) - epoch_us(cancelled_at) < 86400000000
  GROUP BY ALL)
SELECT coalesce(d.practice_id, c.practice_id), coalesce(d.location_id, c.location_id), 'location',
  NULL, 'week', coalesce(d.starts, c.starts), 'last_minute_change_rate',
  coalesce(changes, 0) * 100, coalesce(due, 0), coalesce(due, 0)
FROM (FROM dues WHERE grain = 'location' AND period = 'week') d
FULL JOIN changed c ON c.practice_id = d.practice_id AND c.location_id = d.location_id
  AND c.starts = d.starts;

-- A visit with a client is rebooked where the client has a booking, anywhere in the practice, for
-- a later day that was made before the visit's day was over.
CREATE TABLE visit_clients AS
SELECT DISTINCT practice_id, location_id, grain, coalesce(member, '') AS member, visit, client_id
FROM visit_members WHERE client_id IS NOT NULL AND grain <> 'category';

CREATE TABLE client_days AS
SELECT DISTINCT practice_id, client_id, day, local_instant((day + 1)::TIMESTAMP, zone) AS day_ends
FROM visit_rows WHERE client_id IS NOT NULL;

CREATE TABLE rebooking_days AS
SELECT DISTINCT d.practice_id, d.client_id, d.day, d.day_ends
FROM client_days d JOIN current_appointments o
  ON o.practice_id = d.practice_id AND o.client_id = d.client_id
WHERE NOT o.is_gone AND o.status <> 'deleted' AND o.day > d.day AND o.booked_at < d.day_ends;

CREATE TABLE rebooked AS
SELECT DISTINCT v.practice_id, v.location_id, v.grain, v.member, v.visit
FROM (SELECT * REPLACE (coalesce(member, '') AS member) FROM visits) v
JOIN visit_clients c USING (practice_id, location_id, grain, member, visit)
JOIN rebooking_days d ON d.practice_id = c.practice_id AND d.client_id = c.client_id
  AND d.day = v.day AND d.day_ends = local_instant((v.day + 1)::TIMESTAMP, v.zone);

INSERT INTO judged
SELECT v.practice_id, v.location_id, v.grain, v.member, 'week', week_of(v.day), 'rebooking_rate',
  count(r.visit), count(*), count(*)
FROM visits v
LEFT JOIN rebooked r ON r.practice_id = v.practice_id AND r.location_id = v.location_id
  AND r.grain = v.grain AND r.member = coalesce(v.member, '') AND r.visit = v.visit
WHERE v.outcome = 'attended' AND v.has_client AND v.grain IN ('location', 'provider')
GROUP BY ALL;

-- A client is new at the earliest attended start in the practice, unless it was seen before.
CREATE TABLE first_starts AS
SELECT practice_id, client_id, min(start_at) AS start_at
FROM visit_rows WHERE outcome = 'attended' AND client_id IS NOT NULL GROUP BY ALL;

INSERT INTO judged
WITH newcomers AS (
  SELECT DISTINCT r.practice_id, r.location_id, r.visit
  FROM visit_rows r
  JOIN first_starts f ON f.practice_id = r.practice_id AND f.client_id = r.client_id
    AND f.start_at = r.start_at
  LEFT JOIN current_clients c ON c.practice_id = r.practice_id AND c.client_id = r.client_id
  WHERE r.outcome = 'attended' AND (c.first_seen_on IS NULL OR c.first_seen_on >= r.day))
SELECT v.practice_id, v.location_id, 'location', NULL, 'week', week_of(v.day), 'new_client_share',
  count(n.visit), count(*), count(*)
FROM visits v
JOIN places p ON p.practice_id = v.practice_id AND p.location_id = v.location_id
LEFT JOIN newcomers n ON n.practice_id = v.practice_id AND n.location_id = v.location_id
  AND n.visit = v.visit
WHERE v.grain = 'location' AND v.outcome = 'attended' AND v.has_client
  AND (p.history_from IS NULL OR week_of(v.day) >= p.history_from)
GROUP BY ALL;

-- Of the clients whose 90th day after their first attended visit falls in the week, those who had
-- another attended visit on a later day by then, anywhere in the practice.
INSERT INTO judged
WITH firsts AS (
  SELECT f.practice_id, f.client_id, min(r.location_id) AS location_id, min(r.day) AS day
  FROM first_starts f JOIN visit_rows r ON r.practice_id = f.practice_id
    AND r.client_id = f.client_id AND r.start_at = f.start_at AND r.outcome = 'attended'
  GROUP BY ALL),
returned AS (
  SELECT DISTINCT f.practice_id, f.client_id
  FROM firsts f JOIN visit_rows r ON r.practice_id = f.practice_id AND r.client_id = f.client_id
  WHERE r.outcome = 'attended' AND r.day > f.day AND r.day <= f.day + 90)
SELECT f.practice_id, f.location_id, 'location', NULL, 'week', week_of(f.day + 90),
  'new_client_return_90', count(r.client_id), count(*), count(*)
FROM firsts f LEFT JOIN returned r USING (practice_id, client_id)
GROUP BY ALL;
