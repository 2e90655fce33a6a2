WITH hours AS (
  SELECT
    h.practice_id, h.location_id, h.provider_id, sum(h.seconds) AS bookable,
    coalesce(sum(h.seconds) FILTER (h.is_booked), 0) AS booked
  FROM flash_hours h
  CROSS JOIN computed c
  WHERE h.date = c.as_of
  GROUP BY ALL
), booked AS (
  SELECT
    b.practice_id, b.location_id, coalesce(b.provider_id, 'unattributed') AS provider_id,
    count(*) AS rows_booked
  FROM flash_bookings b
  CROSS JOIN computed c
  WHERE b.date = c.as_of AND b.is_standing
  GROUP BY ALL
)
SELECT
  practice_id, location_id, provider_id, coalesce(b.rows_booked, 0) AS rows_booked,
  CASE WHEN t.bookable_minutes IS NOT NULL
    THEN CAST(coalesce(h.bookable, 0) AS DECIMAL(38, 0)) / 60 END AS bookable_minutes,
  CASE WHEN t.bookable_minutes IS NOT NULL
    THEN CAST(coalesce(h.booked, 0) AS DECIMAL(38, 0)) / 60 END AS booked_minutes
FROM hours h
FULL JOIN booked b USING (practice_id, location_id, provider_id)
JOIN flash_today t USING (practice_id, location_id)
ORDER BY practice_id, location_id, provider_id
