-- $1 is the practice. What is booked or planned for later is no last day.
WITH days AS (
  SELECT provider_id, local_date, 1 AS bookings, 0 AS sold
  FROM appointments
  WHERE practice_id = $1 AND status NOT IN ('cancelled', 'deleted')
  UNION ALL
  SELECT provider_id, local_date, 0, 0 FROM shifts WHERE practice_id = $1 AND kind = 'bookable'
  UNION ALL
  SELECT provider_id, local_date, 0, 0 FROM timecards WHERE practice_id = $1
  UNION ALL
  SELECT coalesce(provider_id, seller_id), local_date, 0, 1
  FROM sale_lines WHERE practice_id = $1
)
SELECT
  provider_id, sum(bookings) AS bookings, sum(sold) AS sold,
  min(local_date) FILTER (local_date < (SELECT as_of FROM runs)) AS first_day,
  max(local_date) FILTER (local_date < (SELECT as_of FROM runs)) AS last_day
FROM days
WHERE provider_id IS NOT NULL AND provider_id <> 'unattributed'
GROUP BY provider_id
ORDER BY bookings DESC, sold DESC, provider_id
