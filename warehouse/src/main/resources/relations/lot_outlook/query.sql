-- Use by the end of lot i's last day is at most the usage until then, and at most what is in lots 1 to i:
-- used(i) = least(used(i - 1) + quantity(i), usage until i), which in closed form is the running
-- minimum below. Lots without an expiry date come last and are never too late.
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
FROM projected
