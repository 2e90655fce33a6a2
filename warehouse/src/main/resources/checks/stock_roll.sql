-- Opening + movements + count corrections = closing, per location and product, day by day and week by
-- week; the movements are those of the published rows, and what is on hand is where they end.
WITH days AS (
  SELECT practice_id, location_id, product_id, date, opening_on_hand, on_hand,
    received + used + wasted + expired + adjusted + transferred AS moved,
    opening_balance + count_correction AS corrected,
    lag(on_hand, 1, 0) OVER (
      PARTITION BY practice_id, location_id, product_id ORDER BY date) AS closing_before
  FROM stock_ledger
), moved AS (
  SELECT m.practice_id, m.location_id, m.product_id, m.local_date AS date, sum(m.quantity) AS moved
  FROM stock_movements m
  CROSS JOIN computed c
  WHERE m.local_date <= c.last_week + 6
  GROUP BY ALL
), weeks AS (
  SELECT *, lag(on_hand, 1, 0) OVER (
    PARTITION BY practice_id, location_id, product_id ORDER BY week_start) AS closing_before
  FROM stock_weekly
), closing AS (
  -- What is on hand is listed where the last week is told.
  SELECT practice_id, location_id, product_id, max(date) AS date, arg_max(on_hand, date) AS on_hand
  FROM stock_ledger
  SEMI JOIN (
    SELECT practice_id, location_id FROM stock_weekly JOIN computed c ON week_start = c.last_week)
    USING (practice_id, location_id)
  GROUP BY ALL
)
SELECT practice_id, location_id, product_id, date
FROM days
WHERE opening_on_hand <> closing_before OR opening_on_hand + moved + corrected <> on_hand
UNION
SELECT practice_id, location_id, product_id, date
FROM (SELECT practice_id, location_id, product_id, date, moved FROM days WHERE moved <> 0) l
FULL JOIN (FROM moved WHERE moved <> 0) m USING (practice_id, location_id, product_id, date)
WHERE l.moved IS DISTINCT FROM m.moved
UNION
SELECT practice_id, location_id, product_id, week_start
FROM weeks
WHERE opening_on_hand <> closing_before
  OR opening_on_hand + movements + count_corrections <> on_hand
UNION
SELECT practice_id, location_id, product_id, coalesce(c.date, o.on_date)
FROM closing c
FULL JOIN inventory_on_hand o USING (practice_id, location_id, product_id)
WHERE c.on_hand IS DISTINCT FROM o.on_hand
ORDER BY ALL
