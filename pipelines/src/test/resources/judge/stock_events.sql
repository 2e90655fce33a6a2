-- Everything that happens to a product at a location, in the order in which it counts: at one
-- instant movements, then counts of lots, then counts of the product.

CREATE TABLE stock_events AS
SELECT practice_id, location_id, product_id, lot, expires_on, moved_at AS moment, day, 0 AS step,
  movement_id AS id, quantity
FROM current_stock_movements, parameters WHERE NOT is_gone AND day < as_of
UNION ALL
SELECT practice_id, location_id, product_id, lot, NULL, counted_at, day,
  CASE WHEN lot <> '' THEN 1 ELSE 2 END, count_id, quantity
FROM current_stock_counts, parameters WHERE NOT is_gone AND day < as_of;

CREATE TABLE history AS
SELECT practice_id, location_id, min(day) AS first_day, max(day) AS last_day
FROM stock_events GROUP BY ALL;

-- Nobody tells of stock after the last week in which anything of it is told.
CREATE TABLE days AS
SELECT practice_id, location_id,
  unnest(generate_series(first_day::TIMESTAMP,
    least(as_of - 1, week_of(last_day) + 6)::TIMESTAMP, INTERVAL 1 DAY))::DATE AS day
FROM history, parameters;

CREATE TABLE daily_stock (practice_id VARCHAR, location_id VARCHAR, product_id VARCHAR, day DATE,
  on_hand DECIMAL(18, 4), usable DECIMAL(18, 4));

CREATE TABLE counted_lines (practice_id VARCHAR, location_id VARCHAR, product_id VARCHAR, day DATE,
  book DECIMAL(18, 4), counted DECIMAL(18, 4), is_opening BOOLEAN);
