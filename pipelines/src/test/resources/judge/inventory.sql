-- What stock is worth and what of it was used, lost or short. The shelves are walked through in
-- Java: daily_stock has the product's on-hand and usable on-hand at the end of every day since the
-- location's first movement or count, counted_lines what the books said at each count.

-- The mean cost of all receipts up to the end of the day, before the first the product's own.
CREATE TABLE receipt_costs AS
WITH received AS (
  SELECT practice_id, location_id, product_id, day, sum(quantity * unit_cost) AS money,
    sum(quantity) AS pieces
  FROM current_stock_movements, parameters
  WHERE NOT is_gone AND day < as_of AND kind = 'receipt' AND unit_cost IS NOT NULL
  GROUP BY ALL)
SELECT practice_id, location_id, product_id, day, sum(money) OVER past AS money,
  sum(pieces) OVER past AS pieces
FROM received
WINDOW past AS (PARTITION BY practice_id, location_id, product_id ORDER BY day);

CREATE TABLE daily_costs AS
WITH products AS (SELECT DISTINCT practice_id, location_id, product_id FROM stock_events)
SELECT d.practice_id, d.location_id, p.product_id, d.day,
  CASE WHEN r.pieces IS NOT NULL THEN r.money::DOUBLE / r.pieces::DOUBLE
    ELSE c.unit_cost::DOUBLE END AS cost,
  coalesce(c.is_consignment, false) AS is_consignment
FROM days d
JOIN products p ON p.practice_id = d.practice_id AND p.location_id = d.location_id
LEFT JOIN current_products c
  ON c.practice_id = d.practice_id AND c.product_id = p.product_id
ASOF LEFT JOIN receipt_costs r ON r.practice_id = d.practice_id
  AND r.location_id = d.location_id AND r.product_id = p.product_id AND d.day >= r.day;

CREATE TABLE daily_value AS
SELECT practice_id, location_id, product_id, day, greatest(on_hand, 0)::DOUBLE * cost AS value
FROM daily_stock JOIN daily_costs USING (practice_id, location_id, product_id, day)
WHERE NOT is_consignment AND cost IS NOT NULL;

CREATE TABLE movement_costs AS
SELECT m.practice_id, m.location_id, m.product_id, m.day, m.kind, c.is_consignment,
  -m.quantity::DOUBLE * coalesce(m.unit_cost::DOUBLE, c.cost, 0) AS cost
FROM current_stock_movements m
JOIN daily_costs c ON c.practice_id = m.practice_id AND c.location_id = m.location_id
  AND c.product_id = m.product_id AND c.day = m.day
WHERE NOT m.is_gone;

-- The 91 days to each week's end, or as many as there is history.
CREATE TABLE periods AS
WITH weeks AS (
  SELECT DISTINCT practice_id, location_id, week_of(day) AS starts FROM days),
ranges AS (
  SELECT w.*, starts + 6 AS last_day, greatest(starts - 84, first_day) AS first_day
  FROM weeks w JOIN history USING (practice_id, location_id))
SELECT practice_id, location_id, starts, last_day - first_day + 1 AS days,
  (SELECT coalesce(sum(value), 0) FROM daily_value v WHERE v.practice_id = r.practice_id
    AND v.location_id = r.location_id AND v.day BETWEEN r.first_day AND r.last_day) AS value,
  (SELECT coalesce(sum(cost), 0) FROM movement_costs u WHERE u.practice_id = r.practice_id
    AND u.location_id = r.location_id AND u.day BETWEEN r.first_day AND r.last_day
    AND u.kind IN ('usage', 'sale', 'return') AND NOT is_consignment) AS used,
  (SELECT coalesce(sum(cost), 0) FROM movement_costs u WHERE u.practice_id = r.practice_id
    AND u.location_id = r.location_id AND u.day BETWEEN r.first_day AND r.last_day
    AND u.kind = 'expired' AND NOT is_consignment) AS expired
FROM ranges r;

INSERT INTO judged
SELECT practice_id, location_id, 'location', NULL, 'week', starts, 'inventory_turn',
  used * 364 / days, value / days, NULL
FROM periods WHERE days >= 28;

INSERT INTO judged
SELECT practice_id, location_id, 'location', NULL, 'week', starts, 'days_on_hand',
  value / days * 364, used * 364 / days, NULL
FROM periods WHERE days >= 28;

INSERT INTO judged
SELECT practice_id, location_id, 'location', NULL, 'week', starts, 'expired_share', expired,
  used + expired, NULL
FROM periods WHERE days >= 28;

-- A product that was used in the 91 days to the week's end, on evenings without anything usable since
-- its first movement or count.
INSERT INTO judged
WITH uses AS (
  SELECT DISTINCT practice_id, location_id, product_id, day
  FROM current_stock_movements WHERE NOT is_gone AND kind IN ('usage', 'sale')),
known AS (
  SELECT practice_id, location_id, product_id, min(day) AS first_day
  FROM stock_events GROUP BY ALL),
short AS (
  SELECT practice_id, location_id, product_id, day
  FROM daily_stock s JOIN known USING (practice_id, location_id, product_id)
  SEMI JOIN days USING (practice_id, location_id, day)
  WHERE usable <= 0 AND day >= first_day AND EXISTS (FROM uses u WHERE u.practice_id = s.practice_id
    AND u.location_id = s.location_id AND u.product_id = s.product_id
    AND u.day BETWEEN week_of(s.day) - 84 AND week_of(s.day) + 6))
SELECT practice_id, location_id, 'location', NULL, 'week', week_of(day), 'stockout_days', count(*),
  NULL, NULL
FROM short GROUP BY ALL;

CREATE TABLE count_costs AS
SELECT l.practice_id, l.location_id, l.product_id, week_of(l.day) AS starts, book::DOUBLE AS book,
  counted::DOUBLE AS counted, coalesce(cost, 0) AS cost, is_consignment
FROM counted_lines l JOIN daily_costs USING (practice_id, location_id, product_id, day)
WHERE NOT is_opening;

INSERT INTO judged
SELECT practice_id, location_id, 'location', NULL, 'week', starts, 'shrinkage_cost',
  sum((book - counted) * cost), NULL, count(*)
FROM count_costs WHERE NOT is_consignment GROUP BY ALL;

INSERT INTO judged
SELECT practice_id, location_id, CASE WHEN product IS NULL THEN 'location' ELSE 'product' END,
  product, 'week', starts, 'count_error_share', sum(abs(book - counted) * cost),
  sum(greatest(book, 0) * cost), count(*)
FROM (
  SELECT *, product_id AS product FROM count_costs
  UNION ALL SELECT *, NULL FROM count_costs)
GROUP BY practice_id, location_id, product, starts;

INSERT INTO judged
SELECT practice_id, location_id, 'location', NULL, 'week', week_of(day), 'expedited_freight',
  sum(freight_amount), NULL, NULL
FROM current_stock_movements, parameters
WHERE NOT is_gone AND day < as_of AND kind = 'receipt' AND is_expedited
GROUP BY ALL;

INSERT INTO judged
SELECT practice_id, location_id, CASE WHEN product IS NULL THEN 'location' ELSE 'product' END,
  product, 'week', day - 6, 'stock_value', sum(value), NULL, NULL
FROM (
  SELECT *, product_id AS product FROM daily_value
  UNION ALL SELECT *, NULL FROM daily_value)
WHERE week_of(day) = day - 6
GROUP BY practice_id, location_id, product, day;

INSERT INTO judged
WITH goods AS (
  SELECT practice_id, location_id, week_of(day) AS starts, sum(cost) AS used
  FROM movement_costs, parameters
  WHERE kind IN ('usage', 'sale', 'return') AND day < as_of GROUP BY ALL)
SELECT coalesce(r.practice_id, g.practice_id), coalesce(r.location_id, g.location_id), 'location',
  NULL, 'week', coalesce(r.starts, g.starts), 'margin_after_goods',
  coalesce(service_and_retail, 0) - coalesce(used, 0), coalesce(service_and_retail, 0),
  coalesce(visits, 0)
FROM (FROM weekly_revenue WHERE grain = 'location') r
FULL JOIN goods g ON g.practice_id = r.practice_id AND g.location_id = r.location_id
  AND g.starts = r.starts
-- After the last day that the stock exports tell of, what goods cost is not known.
WHERE coalesce(r.starts, g.starts) <= (SELECT max(d.day) FROM days d
  WHERE d.practice_id = coalesce(r.practice_id, g.practice_id)
    AND d.location_id = coalesce(r.location_id, g.location_id));
