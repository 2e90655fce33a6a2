-- Typed Parquet into all KPIs at all grains, weekly and daily. Before: `parameters` (as_of, first_weekday), `places`,
-- `opening_hours`, `closed_days`, `files`, and current_<table> for each table of facts: the current row per key.

CREATE OR REPLACE MACRO week_of(day) AS
  day - ((isodow(day) - (SELECT first_weekday FROM parameters) + 7) % 7)::INTEGER;
CREATE OR REPLACE MACRO local_instant(wall, zone) AS
  CASE WHEN timezone(zone, timezone(zone, wall) - INTERVAL 1 HOUR) = wall
    THEN timezone(zone, wall) - INTERVAL 1 HOUR ELSE timezone(zone, wall) END;

-- member is NULL for a location; period is week or day.
CREATE TABLE kpi_rows (place INTEGER, practice_id VARCHAR, grain VARCHAR, member VARCHAR, period VARCHAR,
  starts DATE, kpi VARCHAR, numerator DOUBLE, denominator DOUBLE);

-- Appointments with what visits and hours need to know of them.
CREATE TEMP TABLE bookings AS
SELECT a.place, p.practice_id, p.zone, appointment_id, class_id, client_id, coalesce(provider_id, 'unattributed') AS provider,
  provider_id, room_id, coalesce(s.category, 'uncategorised') AS category, coalesce(s.setup, 0) AS setup,
  coalesce(s.clearing, 0) AS clearing, starts, ends, booked, checked_in, started, finished, booking_channel, status,
  a.day, day < as_of AS is_past,
  CASE WHEN visit_id IS NOT NULL THEN 'v' || visit_id WHEN client_id IS NOT NULL THEN 'c' || client_id || ' ' || day
    ELSE 'r' || appointment_id END AS visit,
  -- The best outcome of a visit's rows is the largest.
  CASE WHEN is_gone OR status = 'deleted' THEN 0
    WHEN status IN ('arrived', 'completed') THEN 5
    WHEN status = 'no_show' THEN 4
    WHEN status = 'cancelled' AND epoch_us(starts) - epoch_us(cancelled) < p.notice_hours * 3600000000 THEN 3
    WHEN status = 'cancelled' THEN 1
    ELSE 2 END AS outcome,
  coalesce(status = 'cancelled' AND epoch_us(starts) - epoch_us(cancelled) < 86400000000, false) AS is_last_minute,
  is_gone
FROM current_appointments a JOIN places p USING (place) CROSS JOIN parameters
LEFT JOIN services s ON s.practice_id = p.practice_id AND s.service_id = a.service_id;

CREATE TEMP TABLE visits AS
WITH members AS (
  SELECT *, unnest([{grain: 'location', member: NULL::VARCHAR}, {grain: 'provider', member: provider},
    {grain: 'category', member: category}], recursive := true)
  FROM bookings WHERE is_past),
formed AS (
  SELECT place, grain, member, visit, any_value(practice_id) AS practice_id, min(day) AS day, max(outcome) AS outcome,
    bool_or(client_id IS NOT NULL) AS has_client
  FROM members GROUP BY place, grain, member, visit)
SELECT *, week_of(day) AS week FROM formed;

CREATE TEMP TABLE dues AS
SELECT place, practice_id, grain, member, period, CASE period WHEN 'week' THEN week ELSE day END AS starts,
  count(*) FILTER (outcome = 4) AS no_show, count(*) FILTER (outcome = 3) AS late,
  count(*) FILTER (outcome = 1) AS early, count(*) FILTER (outcome >= 3) AS due, count(*) FILTER (outcome > 0) AS visits
FROM visits CROSS JOIN (VALUES ('week'), ('day')) AS periods (period)
GROUP BY ALL;

INSERT INTO kpi_rows
SELECT place, practice_id, grain, member, period, starts, 'no_show_rate', no_show, due FROM dues
UNION ALL
SELECT place, practice_id, grain, member, period, starts, 'late_cancel_rate', late, due FROM dues WHERE period = 'week'
UNION ALL
SELECT place, practice_id, grain, member, period, starts, 'cancel_rate', early, visits FROM dues
WHERE grain = 'location' AND period = 'week'
UNION ALL
SELECT place, practice_id, 'location', NULL, 'week', starts, 'last_minute_change_rate', coalesce(changes, 0) * 100,
  coalesce(due, 0)
FROM (FROM dues WHERE grain = 'location' AND period = 'week')
FULL JOIN (
  SELECT place, practice_id, week_of(day) AS starts, count(*) AS changes FROM bookings
  WHERE is_past AND is_last_minute AND NOT is_gone GROUP BY ALL) USING (place, practice_id, starts);

-- The first time that a client booked something for a later day, of each client and day.
CREATE TEMP TABLE next_booked AS
SELECT practice_id, client_id, day,
  min(booked) OVER (PARTITION BY practice_id, client_id ORDER BY day
    RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING) AS booked
FROM (
  SELECT practice_id, client_id, day, min(booked) FILTER (outcome > 0) AS booked FROM bookings
  WHERE client_id IS NOT NULL GROUP BY ALL);

CREATE TEMP TABLE first_attended AS
SELECT practice_id, client_id, min(starts) AS starts, arg_min(day, (starts, place)) AS day,
  arg_min(place, (starts, place)) AS place
FROM bookings WHERE is_past AND outcome = 5 AND client_id IS NOT NULL GROUP BY ALL;

-- Whether a client of the visit booked again in time, and whether it holds the first attended start of one.
CREATE TEMP TABLE attended AS
WITH rows AS (
  SELECT b.place, unnest([{grain: 'location', member: NULL::VARCHAR}, {grain: 'provider', member: provider}],
      recursive := true),
    b.visit, b.day, b.zone, b.client_id, n.booked,
    b.outcome = 5 AND f.starts = b.starts AND (c.first_seen_on IS NULL OR c.first_seen_on >= b.day) AS is_first
  FROM bookings b LEFT JOIN next_booked n USING (practice_id, client_id, day)
  LEFT JOIN first_attended f USING (practice_id, client_id)
  LEFT JOIN clients c USING (practice_id, client_id)
  WHERE b.is_past AND b.client_id IS NOT NULL)
SELECT v.place, v.practice_id, v.grain, v.member, v.visit, v.week,
  bool_or(r.day = v.day AND r.booked < local_instant((v.day + 1)::TIMESTAMP, r.zone)) AS is_rebooked,
  bool_or(r.is_first) AS is_new
FROM visits v JOIN rows r ON r.place = v.place AND r.grain = v.grain AND r.visit = v.visit
  AND r.member IS NOT DISTINCT FROM v.member
WHERE v.outcome = 5 AND v.has_client
GROUP BY ALL;

INSERT INTO kpi_rows
SELECT place, practice_id, grain, member, 'week', week, 'rebooking_rate', count(*) FILTER (is_rebooked), count(*)
FROM attended GROUP BY ALL
UNION ALL
SELECT place, practice_id, 'location', NULL, 'week', week, 'new_client_share', count(*) FILTER (is_new), count(*)
FROM attended JOIN places USING (place, practice_id)
WHERE grain = 'location' AND (history_from IS NULL OR week >= history_from) GROUP BY ALL
UNION ALL
SELECT f.place, practice_id, 'location', NULL, 'week', week_of(f.day + 90), 'new_client_return_90',
  count(*) FILTER (next_day <= f.day + 90), count(*)
FROM first_attended f LEFT JOIN (
  SELECT b.practice_id, b.client_id, min(b.day) AS next_day
  FROM bookings b JOIN first_attended f USING (practice_id, client_id)
  WHERE b.is_past AND b.outcome = 5 AND b.day > f.day GROUP BY ALL) USING (practice_id, client_id)
GROUP BY ALL;

-- Rows of the schedule.
INSERT INTO kpi_rows
WITH came AS (
  SELECT place, practice_id, week_of(day) AS week, unnest([{grain: 'location', member: NULL::VARCHAR},
      {grain: 'provider', member: provider}, {grain: 'category', member: category}], recursive := true),
    epoch(starts) AS start_s, epoch(ends) AS end_s, epoch(started) AS started_s, epoch(finished) AS finished_s,
    epoch(checked_in) AS in_s
  FROM bookings WHERE is_past AND outcome = 5 AND started IS NOT NULL),
sums AS (
  SELECT place, practice_id, grain, member, week, count(*) AS started,
    count(*) FILTER (started_s - start_s > 600) AS late, count(finished_s) AS finished,
    sum(finished_s - started_s) AS took, sum(end_s - start_s) FILTER (finished_s IS NOT NULL) AS planned,
    count(in_s) AS arrived, sum(greatest(0, started_s - greatest(in_s, start_s))) FILTER (in_s IS NOT NULL) AS waited
  FROM came GROUP BY ALL)
SELECT place, practice_id, grain, member, 'week', week, 'late_start_rate', late, started FROM sums WHERE grain <> 'category'
UNION ALL
SELECT place, practice_id, grain, member, 'week', week, 'duration_ratio', took / 3600, planned / 3600 FROM sums WHERE finished > 0
UNION ALL
SELECT place, practice_id, grain, member, 'week', week, 'wait_minutes', waited / 60, arrived FROM sums
WHERE grain = 'location' AND arrived > 0
UNION ALL
SELECT place, practice_id, 'location', NULL, 'week', week_of(day), 'online_booking_share',
  count(*) FILTER (booking_channel IN ('online', 'app')), count(*)
FROM bookings WHERE is_past AND outcome > 0 AND booking_channel IS NOT NULL GROUP BY ALL;

-- Pairs of uses that overlap: the rows of a class are one use; no row lasts longer than a day.
CREATE TEMP TABLE standing AS
SELECT place, practice_id, provider_id, room_id, starts, ends, day, class_id, appointment_id,
  CASE WHEN class_id IS NULL THEN appointment_id
    ELSE concat_ws(' ', 'class', class_id, day, coalesce(provider_id, '-'), coalesce(room_id, '-')) END AS use
FROM bookings WHERE is_past AND outcome > 0 AND status <> 'cancelled';

INSERT INTO kpi_rows
WITH near AS (SELECT *, unnest([day - 1, day, day + 1]) AS near_day FROM standing),
pairs AS (
  SELECT a.place, a.practice_id, least(a.use, b.use) AS one, greatest(a.use, b.use) AS other, a.provider_id AS provider,
    CASE WHEN a.starts >= b.starts THEN a.day ELSE b.day END AS day
  FROM standing a JOIN near b ON b.place = a.place AND b.provider_id = a.provider_id AND b.near_day = a.day
    AND a.appointment_id < b.appointment_id AND a.starts < b.ends AND b.starts < a.ends
  WHERE (a.class_id = b.class_id) IS NOT TRUE
  UNION ALL
  SELECT a.place, a.practice_id, least(a.use, b.use), greatest(a.use, b.use), NULL,
    CASE WHEN a.starts >= b.starts THEN a.day ELSE b.day END
  FROM standing a JOIN near b ON b.place = a.place AND b.room_id = a.room_id AND b.near_day = a.day
    AND a.appointment_id < b.appointment_id AND a.starts < b.ends AND b.starts < a.ends
  WHERE (a.class_id = b.class_id) IS NOT TRUE),
clashes AS (
  SELECT place, practice_id, max(provider) AS provider, week_of(max(day)) AS week FROM pairs GROUP BY place, practice_id, one, other)
SELECT place, practice_id, 'location', NULL, 'week', week, 'double_bookings', count(*), NULL FROM clashes GROUP BY ALL
UNION ALL
SELECT place, practice_id, 'provider', provider, 'week', week, 'double_bookings', count(*), NULL FROM clashes
WHERE provider IS NOT NULL GROUP BY ALL;

-- Time of providers: what begins and ends, and the local midnights that lie between.
CREATE TEMP TABLE stretches AS
SELECT place, provider_id, zone, starts, ends, kind = 'bookable' AS bookable, kind <> 'bookable' AS taken, 0 AS outcome
FROM current_shifts WHERE NOT is_gone
UNION ALL
SELECT place, provider_id, zone, starts, ends, false, false, outcome FROM bookings, parameters
WHERE provider_id IS NOT NULL AND (outcome IN (3, 4, 5)
  OR outcome = 2 AND starts < local_instant(as_of::TIMESTAMP, zone));

CREATE TEMP TABLE provider_seconds AS
WITH cuts AS (
  SELECT DISTINCT place, provider_id, zone,
    unnest(generate_series(timezone(zone, starts)::DATE::TIMESTAMP, timezone(zone, ends)::DATE::TIMESTAMP, INTERVAL 1 DAY))
      AS midnight
  FROM stretches),
events AS (
  SELECT place, provider_id, starts AS moment, bookable::INTEGER AS bookable, taken::INTEGER AS taken,
    (outcome = 5)::INTEGER AS kept, (outcome >= 2)::INTEGER AS booked FROM stretches
  UNION ALL
  SELECT place, provider_id, ends, -bookable::INTEGER, -taken::INTEGER, -(outcome = 5)::INTEGER, -(outcome >= 2)::INTEGER
  FROM stretches
  UNION ALL
  SELECT place, provider_id, local_instant(midnight, zone), 0, 0, 0, 0 FROM cuts),
points AS (
  SELECT place, provider_id, moment, sum(bookable)::INTEGER AS bookable, sum(taken)::INTEGER AS taken,
    sum(kept)::INTEGER AS kept, sum(booked)::INTEGER AS booked
  FROM events GROUP BY ALL),
pieces AS (
  SELECT place, provider_id, moment, epoch(lead(moment) OVER so_far) - epoch(moment) AS seconds,
    sum(bookable) OVER so_far > 0 AND sum(taken) OVER so_far = 0 AS is_bookable, sum(kept) OVER so_far > 0 AS is_kept,
    sum(booked) OVER so_far > 0 AS is_booked
  FROM points WINDOW so_far AS (PARTITION BY place, provider_id ORDER BY moment))
SELECT place, practice_id, provider_id, week_of(timezone(zone, moment)::DATE) AS week, sum(seconds) AS bookable,
  coalesce(sum(seconds) FILTER (is_kept), 0) AS kept, coalesce(sum(seconds) FILTER (is_booked), 0) AS booked
FROM pieces JOIN places USING (place) WHERE is_bookable AND seconds > 0
GROUP BY ALL;

CREATE TEMP TABLE hours AS
SELECT place, practice_id, 'location' AS grain, NULL::VARCHAR AS member, week, sum(bookable) AS bookable, sum(kept) AS kept,
  sum(booked) AS booked
FROM provider_seconds GROUP BY ALL
UNION ALL
SELECT place, practice_id, 'provider', provider_id, week, bookable, kept, booked FROM provider_seconds;

CREATE TEMP TABLE worked AS
WITH cards AS (
  SELECT place, practice_id, provider_id, week_of(day) AS week, sum(epoch(ends) - epoch(starts)) AS seconds
  FROM current_timecards JOIN places USING (place), parameters WHERE NOT is_gone AND day < as_of GROUP BY ALL)
SELECT place, practice_id, 'location' AS grain, NULL::VARCHAR AS member, week, sum(seconds) AS seconds,
  sum(greatest(seconds - 144000, 0)) AS over
FROM cards GROUP BY ALL
UNION ALL
SELECT place, practice_id, 'provider', provider_id, week, seconds, greatest(seconds - 144000, 0) FROM cards
UNION ALL
SELECT NULL, practice_id, 'practice', NULL, week, sum(seconds), sum(greatest(seconds - 144000, 0))
FROM (SELECT practice_id, provider_id, week, sum(seconds) AS seconds FROM cards GROUP BY ALL) GROUP BY ALL;

INSERT INTO kpi_rows
SELECT place, practice_id, grain, member, 'week', week, 'fill_rate', kept / 60, bookable / 60 FROM hours
UNION ALL
SELECT place, practice_id, grain, member, 'week', week, 'booked_fill_rate', booked / 60, bookable / 60 FROM hours
UNION ALL
SELECT place, practice_id, grain, member, 'week', week, 'overtime_hours', over / 3600, NULL FROM worked;

-- Rooms: the union of each room's cycles within the opening hours of its location.
CREATE TEMP TABLE treatment_rooms AS
SELECT p.place, p.practice_id, coalesce(p.rooms, count(r.room_id) FILTER (r.kind = 'treatment')) AS room_count
FROM places p LEFT JOIN rooms r USING (place) GROUP BY p.place, p.practice_id, p.rooms;

CREATE TEMP TABLE open_days AS
WITH calendar AS (
  SELECT place, unnest(generate_series(min(day)::TIMESTAMP, any_value(as_of)::TIMESTAMP - INTERVAL 1 DAY, INTERVAL 1 DAY))::DATE AS day
  FROM current_appointments CROSS JOIN parameters GROUP BY place)
SELECT place, practice_id, c.day, week_of(c.day) AS week, local_instant(c.day + opens, zone) AS opens, local_instant(c.day + closes, zone) AS closes
FROM calendar c JOIN places USING (place) JOIN opening_hours o USING (place)
ANTI JOIN closed_days x ON x.place = c.place AND x.day = c.day
WHERE o.weekday = isodow(c.day);

CREATE TEMP TABLE room_use AS
WITH cycles AS (
  SELECT place, room_id, starts - to_seconds(setup::DOUBLE * 60) AS begins, ends + to_seconds(clearing::DOUBLE * 60) AS finishes
  FROM bookings WHERE is_past AND outcome = 5 AND room_id IS NOT NULL),
islands AS (
  SELECT *, max(finishes) OVER (PARTITION BY place, room_id ORDER BY begins, finishes
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM cycles),
unions AS (
  SELECT place, room_id, greatest(begins, before) AS begins, finishes FROM islands WHERE before IS NULL OR finishes > before),
near AS (
  SELECT u.place, room_id, begins, finishes,
    unnest(list_distinct([timezone(zone, begins)::DATE, timezone(zone, finishes)::DATE])) AS day
  FROM unions u JOIN places USING (place))
SELECT place, room_id, o.week,
  sum(greatest(0, epoch(least(finishes, closes)) - epoch(greatest(begins, opens)))) AS used
FROM near JOIN open_days o USING (place, day) GROUP BY ALL;

INSERT INTO kpi_rows
WITH opened AS (
  SELECT place, practice_id, week, sum(epoch(closes) - epoch(opens)) AS seconds FROM open_days GROUP BY ALL),
known AS (
  SELECT place, room_id FROM rooms WHERE kind = 'treatment'
  UNION SELECT place, room_id FROM bookings WHERE is_past AND outcome = 5 AND room_id IS NOT NULL)
SELECT place, practice_id, 'room', room_id, 'week', week, 'room_utilization', coalesce(used, 0) / 60, seconds / 60
FROM opened JOIN known USING (place) LEFT JOIN room_use USING (place, room_id, week)
UNION ALL
SELECT place, practice_id, 'location', NULL, 'week', week, 'room_utilization', coalesce(used, 0) / 60, seconds * room_count / 60
FROM opened JOIN treatment_rooms USING (place, practice_id)
LEFT JOIN (SELECT place, week, sum(used) AS used FROM room_use GROUP BY ALL) USING (place, week) WHERE room_count > 0;

-- Sales.
CREATE TEMP TABLE lines AS
SELECT place, p.practice_id, kind, pieces, gross, discount, net, tax, sale_id, l.day, week_of(l.day) AS week,
  coalesce(CASE WHEN kind = 'retail' THEN seller_id ELSE provider_id END, 'unattributed') AS credited,
  coalesce(category, 'uncategorised') AS category, coalesce('c' || client_id, 's' || sale_id) AS buyer
FROM current_sale_lines l JOIN places p USING (place) CROSS JOIN parameters
LEFT JOIN services s ON s.practice_id = p.practice_id AND s.service_id = l.service_id
WHERE NOT is_gone AND day < as_of;

CREATE TEMP TABLE revenue_daily AS
WITH members AS (
  SELECT *, unnest([{grain: 'location', member: NULL::VARCHAR}, {grain: 'provider', member: credited},
    {grain: 'category', member: category}], recursive := true)
  FROM lines)
SELECT place, practice_id, grain, member, day, week, coalesce(sum(net) FILTER (kind = 'service'), 0) AS service,
  coalesce(sum(net) FILTER (kind = 'retail'), 0) AS retail, coalesce(sum(net) FILTER (kind = 'fee'), 0) AS fee,
  coalesce(sum(gross) FILTER (kind IN ('service', 'retail')), 0) AS gross,
  coalesce(sum(discount) FILTER (kind IN ('service', 'retail')), 0) AS discount,
  count(DISTINCT buyer) FILTER (kind IN ('service', 'retail') AND pieces > 0) AS visits
FROM members WHERE grain <> 'category' OR kind = 'service' GROUP BY ALL;

CREATE TEMP TABLE revenue AS
SELECT place, practice_id, grain, member, 'week' AS period, week AS starts, sum(service) AS service, sum(retail) AS retail,
  sum(fee) AS fee, sum(gross) AS gross, sum(discount) AS discount, sum(visits) AS visits
FROM revenue_daily GROUP BY ALL
UNION ALL
SELECT place, practice_id, grain, member, 'day', day, service, retail, fee, gross, discount, visits FROM revenue_daily;

INSERT INTO kpi_rows
SELECT place, practice_id, grain, member, period, starts, 'average_ticket', service + retail, visits FROM revenue WHERE grain <> 'category'
UNION ALL
SELECT place, practice_id, grain, member, period, starts, 'net_revenue', service + retail + fee, NULL FROM revenue
UNION ALL
SELECT place, practice_id, grain, member, period, starts, 'retail_share', retail, service + retail FROM revenue
WHERE grain <> 'category' AND period = 'week'
UNION ALL
SELECT place, practice_id, grain, member, period, starts, 'discount_rate', discount, gross FROM revenue
WHERE grain <> 'category' AND period = 'week';

INSERT INTO kpi_rows
WITH weekly AS (FROM revenue WHERE period = 'week' AND grain <> 'category')
SELECT coalesce(r.place, h.place), coalesce(r.practice_id, h.practice_id), coalesce(r.grain, h.grain),
  coalesce(r.member, h.member), 'week', coalesce(starts, week),
  unnest(['revenue_per_provider_hour', 'revenue_per_treated_hour']), coalesce(service, 0),
  unnest([coalesce(bookable, 0) / 3600, coalesce(kept, 0) / 3600])
FROM weekly r FULL JOIN hours h ON h.place = r.place AND h.grain = r.grain AND h.week = r.starts
  AND h.member IS NOT DISTINCT FROM r.member
UNION ALL
SELECT coalesce(r.place, h.place), coalesce(r.practice_id, h.practice_id), coalesce(r.grain, h.grain),
  coalesce(r.member, h.member), 'week', coalesce(starts, week), 'revenue_per_worked_hour', coalesce(service, 0),
  coalesce(seconds, 0) / 3600
FROM weekly r FULL JOIN (FROM worked WHERE grain <> 'practice') h ON h.place = r.place AND h.grain = r.grain
  AND h.week = r.starts AND h.member IS NOT DISTINCT FROM r.member
UNION ALL
SELECT place, practice_id, 'location', NULL, 'week', week, 'revenue_per_room', coalesce(service, 0), room_count
FROM (
  SELECT place, unnest(generate_series(min(week)::TIMESTAMP, max(day)::TIMESTAMP, INTERVAL 7 DAY))::DATE AS week
  FROM lines GROUP BY place)
JOIN treatment_rooms USING (place) JOIN places p USING (place, practice_id)
LEFT JOIN (SELECT place, starts AS week, service FROM weekly WHERE grain = 'location') USING (place, week)
WHERE room_count > 0 AND (p.opened_on IS NULL OR week + 6 >= p.opened_on);

-- Receipts, and what was paid on them: by the as-of, and by the end of the week of their earliest line.
CREATE TEMP TABLE receipts AS
SELECT place, practice_id, sale_id, min(day) AS day, min(week) AS week, sum(net + tax) AS billed,
  sum(net + tax) FILTER (day < week_of_first + 7) AS billed_at_close
FROM (SELECT *, min(week) OVER (PARTITION BY place, sale_id) AS week_of_first FROM lines) GROUP BY ALL;

INSERT INTO kpi_rows
WITH settled AS (
  SELECT r.place, r.practice_id, r.day, r.week, r.billed, r.billed_at_close, p.collected, p.collected_at_close
  FROM receipts r LEFT JOIN (
    SELECT place, sale_id, sum(money) AS collected, sum(money) FILTER (p.day < r.week + 7) AS collected_at_close
    FROM current_payments p JOIN receipts r USING (place, sale_id), parameters
    WHERE NOT p.is_gone AND p.day < as_of GROUP BY ALL) p USING (place, sale_id))
SELECT place, practice_id, 'location', NULL, 'week', week, 'collection_rate', coalesce(sum(collected), 0), sum(billed)
FROM settled GROUP BY ALL
UNION ALL
SELECT place, practice_id, 'location', NULL, 'day', day, 'collection_rate', coalesce(sum(collected), 0), sum(billed)
FROM settled GROUP BY ALL
UNION ALL
SELECT place, practice_id, 'location', NULL, 'week', week, 'collected_at_close', coalesce(sum(collected_at_close), 0),
  sum(billed_at_close)
FROM settled GROUP BY ALL;

-- Goods: what left for clients, at the movement's cost, else at the mean cost of all receipts up to the day.
CREATE TEMP TABLE goods AS
WITH costs AS (
  SELECT place, product_id, day, sum(money) OVER past AS money, sum(pieces) OVER past AS pieces
  FROM (
    SELECT place, product_id, day, sum(pieces * cost) AS money, sum(pieces) AS pieces
    FROM current_stock_movements, parameters
    WHERE NOT is_gone AND day < as_of AND kind = 'receipt' AND cost IS NOT NULL GROUP BY ALL)
  WINDOW past AS (PARTITION BY place, product_id ORDER BY day))
SELECT m.place, p.practice_id, week_of(m.day) AS week,
  sum(-m.pieces::DOUBLE * coalesce(m.cost::DOUBLE, c.money::DOUBLE / c.pieces::DOUBLE, x.unit_cost::DOUBLE, 0)) AS used
FROM (
  SELECT m.* FROM current_stock_movements m, parameters
  WHERE NOT is_gone AND m.day < as_of AND kind IN ('usage', 'sale', 'return')) m
JOIN places p USING (place)
LEFT JOIN products x ON x.practice_id = p.practice_id AND x.product_id = m.product_id
ASOF LEFT JOIN costs c ON c.place = m.place AND c.product_id = m.product_id AND m.day >= c.day
GROUP BY ALL;

INSERT INTO kpi_rows
SELECT place, practice_id, 'location', NULL, 'week', week_of(day), 'expedited_freight', sum(freight), NULL
FROM current_stock_movements JOIN places USING (place), parameters
WHERE NOT is_gone AND day < as_of AND kind = 'receipt' AND expedited GROUP BY ALL
UNION ALL
SELECT place, practice_id, 'location', NULL, 'week', week, 'margin_after_goods',
  coalesce(service + retail, 0)::DOUBLE - coalesce(used, 0), coalesce(service + retail, 0)
FROM (SELECT place, practice_id, starts AS week, service, retail FROM revenue WHERE grain = 'location' AND period = 'week')
FULL JOIN goods USING (place, practice_id, week)
JOIN (
  SELECT place, least(any_value(as_of) - 1, week_of(max(day)) + 6) AS last_day FROM (
    SELECT place, day FROM current_stock_movements WHERE NOT is_gone
    UNION ALL SELECT place, day FROM current_stock_counts WHERE NOT is_gone) CROSS JOIN parameters
  WHERE day < as_of GROUP BY place) USING (place)
WHERE week <= last_day;

-- No number where the exports tell nothing of clients, or of sales, in a week.
DELETE FROM kpi_rows
WHERE kpi IN ('fill_rate', 'booked_fill_rate', 'room_utilization')
AND place IN (SELECT place FROM bookings WHERE is_past AND outcome IN (4, 5))
AND (place, starts) NOT IN (SELECT DISTINCT place, week_of(day) FROM bookings WHERE is_past AND outcome IN (4, 5));
DELETE FROM kpi_rows
WHERE kpi IN ('revenue_per_provider_hour', 'revenue_per_treated_hour', 'revenue_per_worked_hour', 'revenue_per_room')
AND place IN (SELECT place FROM lines) AND (place, starts) NOT IN (SELECT DISTINCT place, week FROM lines);

-- Practices and regions are sums of their locations; overtime of a practice is of a provider over all its locations.
INSERT INTO kpi_rows
SELECT NULL, practice_id, 'practice', NULL, 'week', starts, kpi, sum(numerator), sum(denominator) FROM kpi_rows
WHERE grain = 'location' AND period = 'week' AND kpi <> 'overtime_hours' GROUP BY ALL
UNION ALL
SELECT NULL, practice_id, 'region', region, 'week', starts, kpi, sum(numerator), sum(denominator)
FROM kpi_rows JOIN places USING (place, practice_id)
WHERE grain = 'location' AND period = 'week' AND region IS NOT NULL GROUP BY ALL;

-- Whole weeks and days before the as-of, where numerator or denominator is not zero.
CREATE TABLE kpis AS
SELECT practice_id, location_id, grain, member, period, starts, kpi, numerator::DECIMAL(38, 6) AS numerator,
  denominator::DECIMAL(38, 6) AS denominator, numerator / denominator AS value
FROM kpi_rows LEFT JOIN places USING (place, practice_id), parameters
WHERE (numerator <> 0 OR coalesce(denominator, 0) <> 0) AND (period = 'day' OR starts + 7 <= as_of)
AND (period = 'week' OR grain = 'location' OR grain = 'category' AND kpi = 'net_revenue')
ORDER BY kpi, grain, starts, practice_id, location_id, member;
DROP TABLE kpi_rows;
