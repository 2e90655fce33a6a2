-- What changed at the locations that a consultant compares: revenue, and what is to be gained, in dollars a week.
SELECT practice_id, location_id, measure, kpi, range_weeks, before, since
FROM portfolio_moves
WHERE consultant_id = $1
ORDER BY practice_id, location_id, measure, kpi, range_weeks
