-- Where the bookable hours of a location went, in money.
SELECT step, label, role, minutes, amount, unavailable_reason
FROM leakage_weekly
WHERE practice_id = $1 AND location_id = $2 AND week_start = $3
ORDER BY position
