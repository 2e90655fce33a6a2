-- Inventory per day: each product's on-hand is what was last counted plus what has moved since;
-- where counts name lots, lot by lot.

CREATE TABLE lot_counted AS
SELECT practice_id, location_id, product_id,
  CASE WHEN bool_and(lot <> '') THEN true WHEN bool_or(lot <> '')
    THEN error('Counts with and without lots of ' || product_id || ' at ' || location_id)
    ELSE false END AS by_lot
FROM current_stock_counts WHERE NOT is_gone GROUP BY practice_id, location_id, product_id;

CREATE TABLE stock_events AS
WITH events AS (
  SELECT practice_id, location_id, product_id, lot, moved_at AS moment, day, 0 AS step,
    movement_id AS id, quantity
  FROM current_stock_movements, parameters WHERE NOT is_gone AND day < as_of
  UNION ALL
  SELECT practice_id, location_id, product_id, lot, counted_at, day, 1, count_id, quantity
  FROM current_stock_counts, parameters WHERE NOT is_gone AND day < as_of)
SELECT e.* REPLACE (CASE WHEN by_lot THEN lot ELSE '' END AS lot)
FROM events e LEFT JOIN lot_counted USING (practice_id, location_id, product_id);

CREATE TABLE lot_days AS
WITH since AS (
  SELECT *, sum(step) OVER (PARTITION BY practice_id, location_id, product_id, lot
    ORDER BY moment, step, id ROWS UNBOUNDED PRECEDING) AS counts
  FROM stock_events),
running AS (
  SELECT *, sum(quantity) OVER (PARTITION BY practice_id, location_id, product_id, lot, counts
    ORDER BY moment, step, id ROWS UNBOUNDED PRECEDING) AS on_hand
  FROM since)
SELECT practice_id, location_id, product_id, lot, day, on_hand
FROM running
QUALIFY row_number() OVER (PARTITION BY practice_id, location_id, product_id, lot, day
  ORDER BY moment DESC, step DESC, id DESC) = 1;

CREATE TABLE history AS
SELECT practice_id, location_id, min(day) AS first_day
FROM stock_events GROUP BY ALL;

CREATE TABLE days AS
SELECT practice_id, location_id,
  unnest(generate_series(first_day::TIMESTAMP, as_of::TIMESTAMP - INTERVAL 1 DAY,
    INTERVAL 1 DAY))::DATE AS day
FROM history, parameters;

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

CREATE TABLE daily_stock AS
WITH lots AS (SELECT DISTINCT practice_id, location_id, product_id, lot FROM lot_days),
filled AS (
  SELECT d.practice_id, d.location_id, l.product_id, d.day, x.on_hand
  FROM days d
  JOIN lots l ON l.practice_id = d.practice_id AND l.location_id = d.location_id
  ASOF LEFT JOIN lot_days x ON x.practice_id = d.practice_id AND x.location_id = d.location_id
    AND x.product_id = l.product_id AND x.lot = l.lot AND d.day >= x.day)
SELECT practice_id, location_id, product_id, day, coalesce(sum(on_hand), 0) AS on_hand
FROM filled GROUP BY ALL;

CREATE TABLE daily_value AS
SELECT practice_id, location_id, day, sum(greatest(on_hand, 0)::DOUBLE * cost) AS value
FROM daily_stock JOIN daily_costs USING (practice_id, location_id, product_id, day)
WHERE NOT is_consignment AND cost IS NOT NULL
GROUP BY ALL;

CREATE TABLE daily_use AS
SELECT m.practice_id, m.location_id, m.day,
  sum(-m.quantity::DOUBLE * coalesce(m.unit_cost::DOUBLE, c.cost)) AS used
FROM current_stock_movements m
JOIN daily_costs c ON c.practice_id = m.practice_id AND c.location_id = m.location_id
  AND c.product_id = m.product_id AND c.day = m.day
WHERE NOT m.is_gone AND m.kind IN ('usage', 'sale', 'return') AND NOT c.is_consignment
GROUP BY ALL;

CREATE TABLE periods AS
WITH weeks AS (
  SELECT DISTINCT practice_id, location_id, week_of(day) AS week_start FROM days),
ranges AS (
  SELECT w.*, week_start + 6 AS last_day, greatest(week_start - 84, first_day) AS first_day,
  FROM weeks w JOIN history USING (practice_id, location_id))
SELECT practice_id, location_id, week_start, last_day - first_day + 1 AS days,
  (SELECT sum(value) FROM daily_value v WHERE v.practice_id = r.practice_id
    AND v.location_id = r.location_id AND v.day BETWEEN r.first_day AND r.last_day) AS value,
  (SELECT sum(used) FROM daily_use u WHERE u.practice_id = r.practice_id
    AND u.location_id = r.location_id AND u.day BETWEEN r.first_day AND r.last_day) AS used
FROM ranges r;

INSERT INTO judged
SELECT practice_id, location_id, NULL, week_start, 'inventory_turn',
  coalesce(used, 0) * 364 / days, coalesce(value, 0) / days
FROM periods WHERE days >= 28;

INSERT INTO judged
SELECT practice_id, location_id, NULL, week_start, 'days_on_hand', coalesce(value, 0) / days * 364,
  coalesce(used, 0) * 364 / days
FROM periods WHERE days >= 28;
