SELECT *, period_start AS week_start
FROM leakage_periods
WHERE calendar = 'week'
ORDER BY practice_id, location_id, period_start, position
