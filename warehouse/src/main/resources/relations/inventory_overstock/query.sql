WITH planned AS (
  SELECT *, scaled(usage_units, 4, usage_weeks) AS four_weeks_usage
  FROM stock_plan
  WHERE NOT is_consignment AND unavailable_reason IS NULL
)
SELECT *,
  on_hand - par - four_weeks_usage AS overstock,
  CAST(on_hand - par - four_weeks_usage AS DECIMAL(20, 6)) * CAST(unit_cost AS DECIMAL(18, 6))
    AS overstock_cost
FROM planned
WHERE on_hand - par - four_weeks_usage > 0
ORDER BY practice_id, location_id, product_id
