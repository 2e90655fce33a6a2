-- The weeks of which a location's exports tell, of ratios that would read 0 in others because their
-- denominator comes from elsewhere: hours from shifts, rooms from the configuration.
SELECT DISTINCT m.practice_id, m.location_id, e.kpi, m.week_start
FROM measures_weekly m
JOIN kpi_told_where e USING (measure)
WHERE m.grain = 'location' AND m.amount <> 0
