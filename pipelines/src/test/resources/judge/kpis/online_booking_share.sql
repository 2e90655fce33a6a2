INSERT INTO judged
SELECT practice_id, location_id, 'location', NULL, 'week', week_of(day), 'online_booking_share',
  count(*) FILTER (WHERE booking_channel IN ('online', 'app')), count(*), count(*)
FROM current_appointments, parameters
WHERE NOT is_gone AND status <> 'deleted' AND booking_channel IS NOT NULL AND day < as_of
GROUP BY ALL;
