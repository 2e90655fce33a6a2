-- Revenue: services and fees are the performing provider's, retail is the seller's; a category has
-- the services that belong to it.

CREATE TABLE credited AS
SELECT l.*, coalesce(CASE WHEN kind = 'retail' THEN seller_id ELSE provider_id END, 'unattributed')
    AS credited_to,
  coalesce(category, 'uncategorised') AS category,
  CASE WHEN client_id IS NOT NULL THEN 'client ' || client_id || ' on ' || day
    ELSE 'sale ' || sale_id END AS sales_visit
FROM current_sale_lines l CROSS JOIN parameters
LEFT JOIN current_services s ON s.practice_id = l.practice_id AND s.service_id = l.service_id
WHERE NOT is_gone AND day < as_of;

CREATE TABLE credited_members AS
SELECT *, 'location' AS grain, NULL AS member FROM credited
UNION ALL
SELECT *, 'provider', credited_to FROM credited
UNION ALL
SELECT *, 'category', category FROM credited WHERE kind = 'service';

CREATE TABLE revenue AS
SELECT practice_id, location_id, grain, member, period, start_of(period, day) AS starts,
  coalesce(sum(net) FILTER (WHERE kind = 'service'), 0) AS service,
  coalesce(sum(net) FILTER (WHERE kind = 'retail'), 0) AS retail,
  coalesce(sum(net) FILTER (WHERE kind IN ('service', 'retail')), 0) AS service_and_retail,
  coalesce(sum(net) FILTER (WHERE kind IN ('service', 'retail', 'fee')), 0) AS revenue,
  coalesce(sum(gross) FILTER (WHERE kind IN ('service', 'retail')), 0) AS gross,
  coalesce(sum(discount) FILTER (WHERE kind IN ('service', 'retail')), 0) AS discount,
  count(*) FILTER (WHERE kind IN ('service', 'retail')) AS lines,
  count(DISTINCT (day, sales_visit)) FILTER (WHERE kind IN ('service', 'retail') AND quantity > 0)
    AS visits
FROM credited_members CROSS JOIN spans
GROUP BY ALL;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, period, starts, 'average_ticket',
  service_and_retail, visits, visits
FROM revenue WHERE grain <> 'category';

INSERT INTO judged
SELECT practice_id, location_id, grain, member, period, starts, 'net_revenue', revenue, NULL, visits
FROM revenue;

INSERT INTO judged
SELECT practice_id, location_id, grain, member, period, starts, 'retail_share', retail,
  service_and_retail, visits
FROM revenue WHERE grain <> 'category';

INSERT INTO judged
SELECT practice_id, location_id, grain, member, period, starts, 'discount_rate', discount, gross,
  lines
FROM revenue WHERE grain <> 'category';

-- The rooms are there in every week from the location's first sale line, or from its opening if
-- that is later, to its last sale line.
INSERT INTO judged
WITH weeks AS (
  SELECT practice_id, location_id, unnest(generate_series(week_of(min(day))::TIMESTAMP,
    max(day)::TIMESTAMP, INTERVAL 7 DAY))::DATE AS starts
  FROM credited GROUP BY practice_id, location_id)
SELECT w.practice_id, w.location_id, 'location', NULL, 'week', w.starts, 'revenue_per_room',
  coalesce(service, 0), t.rooms, coalesce(visits, 0)
FROM weeks w JOIN treatment_rooms t USING (practice_id, location_id)
JOIN places p USING (practice_id, location_id)
LEFT JOIN (FROM revenue WHERE grain = 'location' AND period = 'week') r
  USING (practice_id, location_id, starts)
WHERE t.rooms > 0 AND (p.opened_on IS NULL OR w.starts + 6 >= p.opened_on);

CREATE TABLE weekly_revenue AS
FROM revenue WHERE period = 'week' AND grain <> 'category';

INSERT INTO judged
SELECT coalesce(r.practice_id, h.practice_id), coalesce(r.location_id, h.location_id),
  coalesce(r.grain, h.grain), coalesce(r.member, h.member), 'week',
  coalesce(r.starts, h.week_start), name, coalesce(r.service, 0), hours, hours
FROM weekly_revenue r FULL JOIN hours h ON r.practice_id = h.practice_id
  AND r.location_id = h.location_id AND r.starts = h.week_start AND r.grain = h.grain
  AND r.member IS NOT DISTINCT FROM h.member
CROSS JOIN LATERAL (
  SELECT 'revenue_per_provider_hour' AS name, coalesce(h.bookable, 0) / 3600 AS hours
  UNION ALL SELECT 'revenue_per_treated_hour', coalesce(h.kept, 0) / 3600);

INSERT INTO judged
SELECT coalesce(r.practice_id, h.practice_id), coalesce(r.location_id, h.location_id),
  coalesce(r.grain, h.grain), coalesce(r.member, h.member), 'week',
  coalesce(r.starts, h.week_start), 'revenue_per_worked_hour', coalesce(r.service, 0),
  coalesce(worked, 0) / 3600, coalesce(worked, 0) / 3600
FROM weekly_revenue r FULL JOIN worked_hours h ON r.practice_id = h.practice_id
  AND r.location_id = h.location_id AND r.starts = h.week_start AND r.grain = h.grain
  AND r.member IS NOT DISTINCT FROM h.member;

-- Receipts: every payment before the as-of to receipts that the export holds.
INSERT INTO judged
WITH receipts AS (
  SELECT practice_id, location_id, sale_id, min(day) AS day, sum(net + tax) AS billed
  FROM credited GROUP BY ALL),
paid AS (
  SELECT practice_id, location_id, sale_id, sum(amount) AS collected
  FROM current_payments, parameters WHERE NOT is_gone AND day < as_of GROUP BY ALL)
SELECT practice_id, location_id, 'location', NULL, period, start_of(period, day) AS starts,
  'collection_rate', coalesce(sum(collected), 0), sum(billed), count(*)
FROM receipts LEFT JOIN paid USING (practice_id, location_id, sale_id) CROSS JOIN spans
GROUP BY practice_id, location_id, period, starts;
