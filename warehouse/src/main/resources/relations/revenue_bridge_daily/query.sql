SELECT
  * EXCLUDE (period_start, paid_of_other_periods, unpaid_at_period_end), period_start AS date,
  paid_of_other_periods AS paid_of_other_days, unpaid_at_period_end AS unpaid_at_day_end
FROM revenue_bridge_periods
WHERE calendar = 'day'
ORDER BY practice_id, location_id, period_start
