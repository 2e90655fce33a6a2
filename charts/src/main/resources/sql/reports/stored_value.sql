-- What the clients of a location have paid in advance and not used.
SELECT kind, closing, weeks_missing
FROM stored_value_weekly
WHERE practice_id = $1 AND location_id = $2 AND week_start = $3 AND closing > 0
ORDER BY closing DESC, kind
