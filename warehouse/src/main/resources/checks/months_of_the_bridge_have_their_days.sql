-- Each month of the bridge has exactly the days that lie in it: every column that adds up is the sum of
-- these days, which the calendar tells here and not the days of the periods. A month begins with the first
-- computed day, and what was sold and paid before it is on its days only. Of a month with a week of which
-- one side is told alone, what needs both is unknown and not compared.
WITH day_rows AS (
  SELECT b.* EXCLUDE (date, paid_of_other_days, unpaid_at_day_end), r.calendar, r.period_start
  FROM revenue_bridge_daily b
  JOIN computed c ON b.date BETWEEN c.first_week AND c.last_week + 6
  JOIN periods r
    ON CASE r.calendar WHEN 'month' THEN r.period_start = date_trunc('month', b.date)
      ELSE b.date BETWEEN r.period_start AND r.period_end END
), month_rows AS (
  SELECT * EXCLUDE (period_end, is_whole, sales_days_missing, payments_days_missing, paid_of_other_periods,
    unpaid_at_period_end)
  FROM revenue_bridge_monthly
), days AS (
  FROM day_rows
  UNPIVOT (
    amount FOR item IN (COLUMNS(* EXCLUDE (practice_id, location_id, calendar, period_start))))
), sums AS (
  SELECT practice_id, location_id, calendar, period_start, item, sum(amount) AS amount
  FROM days
  GROUP BY ALL
), months AS (
  FROM month_rows
  UNPIVOT INCLUDE NULLS (
    amount FOR item IN (COLUMNS(* EXCLUDE (practice_id, location_id, calendar, period_start))))
)
SELECT practice_id, location_id, calendar, period_start, item
FROM months m
FULL JOIN sums d USING (practice_id, location_id, calendar, period_start, item)
WHERE m.practice_id IS NULL OR m.amount <> coalesce(d.amount, 0)
ORDER BY ALL
