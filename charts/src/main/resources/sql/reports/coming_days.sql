-- The week ahead of some practices' locations, day by day.
SELECT practice_id, location_id, date, bookable_minutes, booked_minutes, rows_booked
FROM coming_days
WHERE practice_id = ANY($1)
ORDER BY date, location_id
