SELECT audience_id AS consultant_id, * EXCLUDE (audience, audience_id)
FROM benchmark_compared
WHERE audience = 'consultant'
ORDER BY consultant_id, kpi, range_weeks, week_start, peer_group, practice_id, location_id
