SELECT b.*, r.period_end, r.is_whole
FROM revenue_bridge_periods b
JOIN periods r USING (calendar, period_start)
ORDER BY b.practice_id, b.location_id, b.calendar, b.period_start
