-- Revenue: services and fees are the performing provider's, retail is the seller's.

CREATE TABLE credited AS
SELECT *, coalesce(CASE WHEN kind = 'retail' THEN seller_id ELSE provider_id END, 'unattributed')
    AS credited_to,
  CASE WHEN client_id IS NOT NULL THEN 'client ' || client_id || ' on ' || day
    ELSE 'sale ' || sale_id END AS sales_visit
FROM current_sale_lines, parameters
WHERE NOT is_gone AND day < as_of;

CREATE TABLE revenue AS
SELECT practice_id, location_id, credited_to AS provider_id, week_of(day) AS week_start,
  coalesce(sum(net) FILTER (WHERE kind = 'service'), 0) AS service,
  coalesce(sum(net) FILTER (WHERE kind IN ('service', 'retail')), 0) AS service_and_retail,
  coalesce(sum(net) FILTER (WHERE kind IN ('service', 'retail', 'fee')), 0) AS revenue,
  count(DISTINCT (day, sales_visit)) FILTER (WHERE kind IN ('service', 'retail') AND quantity > 0)
    AS visits
FROM credited
GROUP BY GROUPING SETS (
  (practice_id, location_id, credited_to, week_of(day)),
  (practice_id, location_id, week_of(day)));

INSERT INTO judged
SELECT practice_id, location_id, provider_id, week_start, 'average_ticket', service_and_retail,
  visits
FROM revenue;

INSERT INTO judged
SELECT practice_id, location_id, provider_id, week_start, 'net_revenue', revenue, NULL
FROM revenue;

INSERT INTO judged
SELECT coalesce(r.practice_id, h.practice_id), coalesce(r.location_id, h.location_id),
  coalesce(r.provider_id, h.provider_id), coalesce(r.week_start, h.week_start), name,
  coalesce(r.service, 0),
  coalesce(CASE name WHEN 'revenue_per_provider_hour' THEN bookable ELSE kept END, 0) / 3600
FROM revenue r FULL JOIN hours h ON r.practice_id = h.practice_id
  AND r.location_id = h.location_id AND r.week_start = h.week_start
  AND r.provider_id IS NOT DISTINCT FROM h.provider_id
CROSS JOIN (VALUES ('revenue_per_provider_hour'), ('revenue_per_treated_hour')) AS names(name);

INSERT INTO judged
SELECT coalesce(r.practice_id, h.practice_id), coalesce(r.location_id, h.location_id),
  coalesce(r.provider_id, h.provider_id), coalesce(r.week_start, h.week_start),
  'revenue_per_worked_hour', coalesce(r.service, 0), coalesce(worked, 0) / 3600
FROM revenue r FULL JOIN worked_hours h ON r.practice_id = h.practice_id
  AND r.location_id = h.location_id AND r.week_start = h.week_start
  AND r.provider_id IS NOT DISTINCT FROM h.provider_id;

-- Receipts: every payment before the as-of to receipts that the export holds.
INSERT INTO judged
WITH receipts AS (
  SELECT practice_id, location_id, sale_id, week_of(min(day)) AS week_start,
    sum(net + tax) AS billed
  FROM credited GROUP BY ALL),
paid AS (
  SELECT practice_id, location_id, sale_id, sum(amount) AS collected
  FROM current_payments, parameters WHERE NOT is_gone AND day < as_of GROUP BY ALL)
SELECT practice_id, location_id, NULL, week_start, 'collection_rate',
  coalesce(sum(collected), 0), sum(billed)
FROM receipts LEFT JOIN paid USING (practice_id, location_id, sale_id)
GROUP BY ALL;
