-- $1 is the practice. Use a week is that of the weeks that are known, from the product's first movement on,
-- at most thirteen; of less than two weeks nothing is told. Deliveries are counted at each location: two on one day are one.
WITH moves AS (
  SELECT *, (SELECT max(local_date) FROM stock_movements WHERE practice_id = $1) AS last_day
  FROM stock_movements WHERE practice_id = $1
), usage AS (
  SELECT
    product_id,
    -sum(quantity) FILTER (kind IN ('usage', 'sale') AND local_date > last_day - 91) AS used,
    least(91, date_diff('day', min(local_date), any_value(last_day)) + 1) AS known_days,
    CASE WHEN known_days >= 14 THEN used * 7 / known_days END AS used_weekly,
    arg_max(unit_cost, moved_at) FILTER (kind = 'receipt' AND unit_cost IS NOT NULL) AS last_cost
  FROM moves
  GROUP BY product_id
), received AS (
  SELECT
    product_id, local_date,
    date_diff('day', lag(local_date) OVER (
      PARTITION BY product_id, location_id ORDER BY local_date), local_date) AS days
  FROM (SELECT DISTINCT product_id, location_id, local_date FROM moves WHERE kind = 'receipt')
), deliveries AS (
  SELECT product_id, count(*) AS receipts, median(days) AS days_between
  FROM received GROUP BY product_id
), named AS (
  SELECT product_id FROM moves
  UNION SELECT product_id FROM stock_counts WHERE practice_id = $1
  UNION SELECT product_id FROM sale_lines WHERE practice_id = $1
)
SELECT
  product_id, round(used_weekly, 2) AS used_weekly, receipts, days_between,
  round(last_cost, 4) AS last_cost
FROM named LEFT JOIN usage USING (product_id) LEFT JOIN deliveries USING (product_id)
WHERE product_id IS NOT NULL
ORDER BY coalesce(used, 0) DESC, product_id
