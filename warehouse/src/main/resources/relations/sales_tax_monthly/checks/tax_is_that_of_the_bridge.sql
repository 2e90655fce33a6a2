-- Collected and refunded together are the tax of the bridge's month.
SELECT practice_id, location_id, calendar, period_start
FROM (
  SELECT practice_id, location_id, calendar, period_start, tax_collected + tax_refunded AS tax
  FROM sales_tax_monthly
  UNION ALL
  SELECT practice_id, location_id, calendar, period_start, -tax
  FROM revenue_bridge_monthly
)
GROUP BY ALL
HAVING sum(tax) <> 0
ORDER BY ALL
