-- Where the bookable hours of each location went, in money.
SELECT practice_id, location_id, step, label, role, minutes, amount, unavailable_reason
FROM leakage_weekly
WHERE practice_id = ANY($1) AND week_start = $2
ORDER BY position
