-- What the clients of each location have paid in advance and not used.
SELECT practice_id, location_id, kind, closing, weeks_missing
FROM stored_value_weekly
WHERE practice_id = ANY($1) AND week_start = $2 AND closing > 0
ORDER BY closing DESC, kind
