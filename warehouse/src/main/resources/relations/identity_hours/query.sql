SELECT practice_id, location_id, week_start, provider_id AS value, bookable_minutes / 60 AS hours
FROM provider_minutes_weekly
WHERE bookable_minutes <> 0
UNION ALL
SELECT t.practice_id, t.location_id, w.week_start, t.provider_id,
  sum(epoch(t.clock_out_at) - epoch(t.clock_in_at)) / 3600
FROM timecards t
JOIN dates w ON w.date = t.local_date
CROSS JOIN computed c
WHERE t.local_date < c.as_of
  AND t.practice_id NOT IN (SELECT practice_id FROM provider_minutes_weekly WHERE bookable_minutes <> 0)
GROUP BY ALL
