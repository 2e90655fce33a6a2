SELECT * EXCLUDE (audience, audience_id)
FROM benchmark_compared
WHERE audience = 'practice'
ORDER BY kpi, range_weeks, week_start, peer_group, practice_id, location_id
