-- The net revenue that is expected of the week after the report's, of a practice before its locations.
SELECT practice_id, location_id, locations, expected_net_revenue, low, high, weeks_scored, skill, withheld_reason
FROM forecast_weekly
WHERE practice_id = ANY($1) AND week_start = CAST($2 AS DATE) + 7
ORDER BY location_id NULLS FIRST
