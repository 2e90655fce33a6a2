SELECT
  a.practice_id, a.location_id, a.appointment_id, a.local_date AS date, a.provider_id, a.room_id,
  a.service_id, a.start_at, a.end_at,
  (a.booked_at IS NULL OR CAST(timezone(l.time_zone, a.booked_at) AS DATE) < a.local_date)
    AND (a.status <> 'cancelled'
      OR coalesce(CAST(timezone(l.time_zone, a.cancelled_at) AS DATE) >= a.local_date, false))
    AS is_standing,
  a.local_date < c.as_of AND a.status IN ('arrived', 'completed') AS is_attended
FROM appointments a
JOIN locations l USING (practice_id, location_id)
CROSS JOIN computed c
WHERE a.local_date BETWEEN c.as_of - 28 AND c.as_of AND a.status <> 'deleted'
  AND a.end_at > a.start_at
