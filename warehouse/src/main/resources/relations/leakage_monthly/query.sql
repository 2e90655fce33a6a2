SELECT l.*, r.period_end, r.is_whole
FROM leakage_periods l
JOIN periods r USING (calendar, period_start)
ORDER BY l.practice_id, l.location_id, l.calendar, l.period_start, l.position
