-- $1 is the practice. A cancelled booking holds no room, so it stands between no others.
WITH held AS (
  SELECT
    *,
    date_diff('minute', end_at, lead(start_at) OVER (
      PARTITION BY location_id, room_id, local_date ORDER BY start_at, end_at)) AS gap
  FROM appointments
  WHERE practice_id = $1 AND status NOT IN ('cancelled', 'deleted', 'no_show')
), booked AS (
  SELECT
    service_id,
    count(*) AS bookings,
    median(date_diff('minute', start_at, end_at)) AS booked_minutes,
    median(date_diff('minute', started_at, finished_at)) FILTER (finished_at > started_at)
      AS actual_minutes,
    CASE WHEN count(gap) FILTER (room_id IS NOT NULL AND gap BETWEEN 0 AND 60) >= 5
      -- Booked back to back, the book does not show what the room needs.
      THEN nullif(median(gap) FILTER (room_id IS NOT NULL AND gap BETWEEN 0 AND 60), 0) END
      AS gap_minutes
  FROM held
  GROUP BY service_id
), billed AS (
  SELECT service_id, count(*) AS sold
  FROM sale_lines WHERE practice_id = $1 AND kind = 'service' GROUP BY service_id
)
SELECT service_id, bookings, sold, booked_minutes, actual_minutes, gap_minutes
FROM booked FULL JOIN billed USING (service_id)
WHERE service_id IS NOT NULL
ORDER BY coalesce(bookings, 0) DESC, coalesce(sold, 0) DESC, service_id
