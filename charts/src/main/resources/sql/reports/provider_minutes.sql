-- Where the bookable time of the providers of some practices went in one week.
SELECT *
FROM provider_minutes_weekly
WHERE practice_id = ANY($1) AND week_start = $2
