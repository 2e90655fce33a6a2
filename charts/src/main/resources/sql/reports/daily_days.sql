-- The days of the week up to yesterday.
SELECT date, is_closed, net_revenue, visits_due, visits_unresolved
FROM flash_days
WHERE practice_id = $1 AND location_id = $2 AND weeks_ago = 0
ORDER BY date
