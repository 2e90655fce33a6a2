-- The last week of which a location's exports tell, of ratios that would read 0 in the weeks after it
-- because their denominator comes from elsewhere: hours from shifts, rooms from the configuration.
SELECT m.practice_id, m.location_id, e.kpi, max(m.week_start) AS last_week
FROM measures_weekly m
JOIN kpi_told_until e USING (measure)
WHERE m.grain = 'location' AND m.amount <> 0
GROUP BY ALL
