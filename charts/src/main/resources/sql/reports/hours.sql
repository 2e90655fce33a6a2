-- Hours of the week of some practices' locations with bookable time in every week of 13, the fullest first.
SELECT practice_id, location_id, weekday, hour, booked_share, coalesce(is_bottleneck, false) AS is_bottleneck
FROM seasonality_hourly
WHERE practice_id = ANY($1) AND bookable_minutes >= 13 * 60 AND booked_share IS NOT NULL
ORDER BY booked_share DESC, weekday, hour
