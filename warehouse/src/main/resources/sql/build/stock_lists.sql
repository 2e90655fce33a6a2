-- Usage of the last 8 weeks, par and lots by expiry, for the lists of stock. Products of a fraction are
-- multiplied out before they are divided, so that what is exact stays exact.
CREATE TEMP TABLE stock_plan AS
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
FROM demand;

-- Use by the end of lot i's last day is at most the usage until then, and at most what is in lots 1 to i:
-- used(i) = least(used(i - 1) + quantity(i), usage until i), which in closed form is the running
-- minimum below. Lots without an expiry date come last and are never too late.
CREATE TEMP TABLE lot_outlook AS
WITH dated AS (
  SELECT
    l.practice_id, l.location_id, l.product_id, l.is_consignment, l.lot, l.expires_on, l.on_date,
    l.expires_on - l.on_date AS days_left, l.on_hand, l.unit_cost, p.weekly_usage,
    CASE
      WHEN l.expires_on <= l.on_date THEN 0
      WHEN p.usage_weeks > 0
        THEN scaled(p.usage_units, l.expires_on - l.on_date, 7 * p.usage_weeks)
    END AS usage_until
  FROM stock_lots l
  LEFT JOIN stock_plan p USING (practice_id, location_id, product_id)
  WHERE l.expires_on IS NOT NULL
), summed AS (
  SELECT *, sum(CAST(on_hand AS DECIMAL(38, 6))) OVER lots AS quantity
  FROM dated
  WINDOW lots AS (
    PARTITION BY practice_id, location_id, product_id ORDER BY expires_on, lot NULLS FIRST
    ROWS UNBOUNDED PRECEDING)
), used AS (
  SELECT *, quantity + least(0, min(usage_until - quantity) OVER lots) AS used_through
  FROM summed
  WINDOW lots AS (
    PARTITION BY practice_id, location_id, product_id ORDER BY expires_on, lot NULLS FIRST
    ROWS UNBOUNDED PRECEDING)
), projected AS (
  SELECT *,
    CASE WHEN usage_until IS NOT NULL THEN used_through - coalesce(lag(used_through) OVER lots, 0)
    END AS projected_use
  FROM used
  WINDOW lots AS (
    PARTITION BY practice_id, location_id, product_id ORDER BY expires_on, lot NULLS FIRST)
)
SELECT * EXCLUDE (usage_until, quantity, used_through), on_hand - projected_use AS at_risk
FROM projected;
