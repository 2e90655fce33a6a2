-- What can be gained at the locations that a consultant compares, a week, the most first.
SELECT practice_id, location_id, kpi, held_against, value, reference, low, expected, high
FROM portfolio_gaps
WHERE consultant_id = $1 AND expected > 0
ORDER BY expected DESC, practice_id, location_id, kpi
