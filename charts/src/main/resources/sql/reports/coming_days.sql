-- The week ahead of a practice's locations, day by day.
SELECT location_id, date, bookable_minutes, booked_minutes, rows_booked
FROM coming_days
WHERE practice_id = $1
ORDER BY date, location_id
