-- $1 is the practice. What is booked for later is no last day.
SELECT
  location_id, room_id, count(*) AS bookings,
  min(local_date) FILTER (local_date < (SELECT as_of FROM runs)) AS first_day,
  max(local_date) FILTER (local_date < (SELECT as_of FROM runs)) AS last_day
FROM appointments
WHERE practice_id = $1 AND room_id IS NOT NULL AND status NOT IN ('cancelled', 'deleted')
GROUP BY ALL
ORDER BY location_id, bookings DESC, room_id
