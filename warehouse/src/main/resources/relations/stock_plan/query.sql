-- Usage of the last 8 weeks, par and lots by expiry, for the lists of stock. Products of a fraction are
-- multiplied out before they are divided, so that what is exact stays exact.
WITH begun AS (
  SELECT practice_id, location_id, product_id, min(date) AS first_date
  FROM stock_ledger
  GROUP BY ALL
), usage AS (
  -- A week with a stockout says how much there was, not how much was wanted.
  SELECT
    w.practice_id, w.location_id, w.product_id,
    count(*) FILTER (w.stockout_days = 0) AS usage_weeks,
    count(*) FILTER (w.stockout_days > 0) AS stockout_weeks,
    sum(w.units_used) FILTER (w.stockout_days = 0) AS units_used,
    CAST(stddev_samp(CAST(w.units_used AS DOUBLE)) FILTER (w.stockout_days = 0)
      AS DECIMAL(38, 6)) AS usage_deviation
  FROM stock_weekly w
  JOIN begun b USING (practice_id, location_id, product_id)
  CROSS JOIN computed c
  WHERE w.week_start > c.last_week - 56 AND w.week_start >= b.first_date
  GROUP BY ALL
), known AS (
  SELECT
    e.practice_id, e.location_id, e.product_id, e.is_consignment,
    c.last_week + 6 AS on_date, e.on_hand, e.usable_on_hand, e.unit_cost,
    coalesce(u.usage_weeks, 0) AS usage_weeks, coalesce(u.stockout_weeks, 0) AS stockout_weeks,
    u.units_used, greatest(u.units_used, 0) AS usage_units, u.usage_deviation,
    CASE WHEN p.lead_time_days >= 0 THEN p.lead_time_days END AS lead_time_days,
    p.safety_stock AS own_safety_stock,
    CASE WHEN p.pack_quantity > 0 THEN p.pack_quantity ELSE 1 END AS pack_quantity
  FROM stock_weekly e
  JOIN computed c ON e.week_start = c.last_week
  LEFT JOIN usage u USING (practice_id, location_id, product_id)
  LEFT JOIN products p ON p.practice_id = e.practice_id AND p.product_id = e.product_id
), demand AS (
  SELECT *,
    CASE WHEN usage_weeks > 0 THEN scaled(usage_units, 1, usage_weeks) END AS weekly_usage,
    CASE WHEN usage_weeks > 0
      THEN scaled(usage_units, lead_time_days, 7 * usage_weeks) END AS demand_in_lead_time,
    CAST(coalesce(
      CAST(own_safety_stock AS DOUBLE),
      1.65 * CAST(usage_deviation AS DOUBLE) * sqrt(lead_time_days / 7))
      AS DECIMAL(38, 6)) AS safety_stock
  FROM known
)
SELECT *,
  demand_in_lead_time + safety_stock AS par,
  CASE
    WHEN lead_time_days IS NULL THEN 'no lead time'
    WHEN usage_weeks = 0 THEN 'no whole week without a stockout among the last 8'
    WHEN safety_stock IS NULL
      THEN 'no safety stock, and only one whole week without a stockout among the last 8'
  END AS unavailable_reason
FROM demand
