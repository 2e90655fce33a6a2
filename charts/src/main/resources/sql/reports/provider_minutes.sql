-- Where the bookable time of a location's providers went in one week.
SELECT *
FROM provider_minutes_weekly
WHERE practice_id = $1 AND location_id = $2 AND week_start = $3
