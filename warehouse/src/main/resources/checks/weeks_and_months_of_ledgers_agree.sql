-- Days, weeks and months of the bridge have the same cash, sales and revenue at each location, where
-- all of its weeks arrived; what stored value closes with, and the stock on hand at a month's end that
-- is a week's end, too, are the week's; and the cost of goods of months is that of their days.
WITH amounts AS (
  SELECT practice_id, location_id, 'week' AS calendar, cash_collected, billed, tax, recognised_revenue
  FROM revenue_bridge_weekly
  JOIN computed ON week_start >= first_week
  UNION ALL
  SELECT practice_id, location_id, 'day', cash_collected, billed, tax, recognised_revenue
  FROM revenue_bridge_daily
  JOIN computed ON date >= first_week
  UNION ALL
  SELECT practice_id, location_id, calendar, cash_collected, billed, tax, recognised_revenue
  FROM revenue_bridge_monthly
), bridge AS (
  SELECT practice_id, location_id, calendar, sum(cash_collected) AS cash, sum(billed) AS billed,
    sum(tax) AS tax, sum(recognised_revenue) AS revenue
  FROM amounts
  GROUP BY ALL
)
SELECT 'revenue_bridge' AS ledger, w.practice_id, w.location_id, o.calendar, NULL AS member
FROM bridge w
JOIN bridge o USING (practice_id, location_id)
WHERE w.calendar = 'week'
  AND (w.cash IS DISTINCT FROM o.cash OR w.billed IS DISTINCT FROM o.billed
    OR w.tax IS DISTINCT FROM o.tax OR w.revenue IS DISTINCT FROM o.revenue)
UNION ALL
SELECT 'stored_value', m.practice_id, m.location_id, m.calendar, m.kind
FROM stored_value_monthly m
JOIN periods r USING (calendar, period_start)
JOIN stored_value_weekly w
  ON w.practice_id = m.practice_id AND w.location_id = m.location_id AND w.kind = m.kind
  AND w.week_start + 6 = r.last_day
WHERE w.closing <> m.closing
  OR m.opening + m.sold - m.redeemed - m.refunded - m.expired <> m.closing
UNION ALL
SELECT 'stock', m.practice_id, m.location_id, m.calendar, m.product_id
FROM stock_monthly m
LEFT JOIN stock_weekly w
  ON w.practice_id = m.practice_id AND w.location_id = m.location_id
  AND w.product_id = m.product_id AND w.week_start + 6 = m.last_day
WHERE m.opening_on_hand + m.received + m.used + m.wasted + m.expired + m.adjusted + m.transferred
    + m.opening_balance + m.count_correction <> m.on_hand
  OR w.on_hand <> m.on_hand
  OR (w.week_start IS NOT NULL AND coalesce(w.stock_value, 0) <> coalesce(m.stock_value, 0))
  OR w.history_days <> m.history_days
  OR w.goods_used_cost_91 <> m.goods_used_cost_91
  OR w.expired_cost_91 <> m.expired_cost_91
  OR abs(w.mean_stock_value_91 - m.mean_stock_value_91) > 0.000000001
  OR abs(w.annual_goods_used - m.annual_goods_used) > 0.000000001
UNION ALL
SELECT 'cost_of_goods', practice_id, location_id, calendar, NULL
FROM (
  SELECT practice_id, location_id, calendar, period_start, cost_of_goods AS amount FROM inventory_monthly
  UNION ALL
  SELECT d.practice_id, d.location_id, p.calendar, p.period_start, -d.amount
  FROM measures_daily d
  JOIN period_days p ON p.date = d.date AND p.calendar IN ('month', 'fiscal')
  SEMI JOIN inventory_monthly i
    ON i.practice_id = d.practice_id AND i.location_id = d.location_id AND i.calendar = p.calendar
    AND i.period_start = p.period_start
  WHERE d.measure = 'goods_used' AND d.grain = 'location'
)
GROUP BY practice_id, location_id, calendar, period_start
HAVING sum(amount) <> 0
ORDER BY ALL
